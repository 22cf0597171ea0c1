/* fuzz_table.c -- opens any bytes as a rule table. The checksum is made right first, so that the
 * fuzzer gets past it to the offsets and counts.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/vocab.h"
#include "table/table.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    uint64_t *copy = malloc(size + sizeof *copy);
    if (!copy)
        return 0;
    memcpy(copy, data, size);
    if (size >= sizeof(struct tab_header)) {
        struct tab_header *header = (struct tab_header *)copy;
        memcpy(header->magic, TAB_MAGIC, sizeof header->magic);
        header->version = TAB_VERSION;
        header->oldest_reader = TAB_OLDEST_READER;
        header->size = size;
        header->vocab = vocab_hash();
        header->checksum =
            hash_bytes((const char *)copy + sizeof *header, size - sizeof *header, 0);
    }
    struct table table;
    if (table_open_memory(copy, size, &table, NULL) == ISG_OK)
        table_close(&table);
    free(copy);
    return 0;
}

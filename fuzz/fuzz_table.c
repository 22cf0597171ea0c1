/* fuzz_table.c -- opens any bytes as a rule table, and uses what opens. Magic, versions and checksum
 * are made right first, so that the fuzzer gets past them to the offsets, counts and programs.
 * ISOGLOSS_DATA names the folder with model and lexicon.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stddef.h>
#include <isogloss.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/vocab.h"
#include "table/format.h"

static const char text[] = "My brother and I don't want any trouble. Has she just sold the boat?\n"
                           "Where does the old man who lives here keep his dog's food, boys?\n";

static void mend(struct tab_header *header, size_t size)
{
    memcpy(header->magic, TAB_MAGIC, sizeof header->magic);
    header->version = TAB_VERSION;
    header->oldest_reader = TAB_OLDEST_READER;
    header->feature_bits = TAB_FEATURE_BITS;
    header->size = size;
    header->vocab = vocab_hash();
    header->checksum = hash_bytes((const char *)header + sizeof *header, size - sizeof *header, 0);
}

static void use(const isg_engine *engine)
{
    isg_profile *profile = NULL;
    isg_document *document = NULL;
    isg_feature_info info;
    for (size_t i = 0; i < isg_engine_feature_count(engine) && i < 300; i++) {
        char id[16] = "";
        if (isg_engine_feature(engine, i, &info) == ISG_OK)
            snprintf(id, sizeof id, "%u", info.id);
        isg_profile_options options = {.features = id};
        const char *report;
        size_t length;
        if (isg_profile_new(engine, &options, &profile, NULL) == ISG_OK &&
            isg_document_new(engine, &document, NULL) == ISG_OK &&
            isg_document_analyse(document, text, sizeof text - 1, NULL, NULL) == ISG_OK) {
            isg_document_rewrite(document, profile, NULL, NULL);
            isg_document_explain(document, profile, NULL, &report, &length, NULL);
        }
        isg_document_free(document);
        isg_profile_free(profile);
        document = NULL;
        profile = NULL;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < sizeof(struct tab_header))
        return 0;
    uint64_t *copy = malloc(size + sizeof *copy);
    if (!copy)
        return 0;
    memcpy(copy, data, size);
    mend((struct tab_header *)copy, size);
    isg_engine *engine;
    isg_engine_options options = {
        .table_data = copy, .table_size = size, .data_dir = getenv("ISOGLOSS_DATA")};
    if (isg_engine_open(&options, &engine, NULL) == ISG_OK) {
        use(engine);
        isg_engine_free(engine);
    }
    free(copy);
    return 0;
}

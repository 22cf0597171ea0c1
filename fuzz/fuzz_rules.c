/* fuzz_rules.c -- compiles any bytes as a feature file.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <isogloss_rules.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    isg_rules *rules;
    isg_error error;
    const void *table;
    size_t length;
    isg_rules_options options = {.only_named = true, .schema_path = getenv("ISOGLOSS_SCHEMA")};
    if (isg_rules_new(&options, &rules, &error) != ISG_OK)
        abort(); /* ISOGLOSS_SCHEMA names no folder with feature.rng */
    isg_rules_add_memory(rules, "features/fuzz/001-fuzz.xml", (const char *)data, size, &error);
    isg_rules_compile(rules, &table, &length, &error);
    isg_rules_free(rules);
    return 0;
}

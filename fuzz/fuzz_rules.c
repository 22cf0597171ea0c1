/* fuzz_rules.c -- compiles any bytes as a feature file (or, when they do not begin like one, as a
 * lexicon of slang or a word list), lints them, and makes the table anew from the files in it.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <isogloss_rules.h>

static isg_rules *new_rules(void)
{
    isg_rules *rules;
    isg_rules_options options = {.only_named = true, .schema_path = getenv("ISOGLOSS_SCHEMA")};
    if (isg_rules_new(&options, &rules, NULL) != ISG_OK)
        abort(); /* ISOGLOSS_SCHEMA names no folder with feature.rng */
    return rules;
}

static void ignore(void *context, const char *text, bool is_error)
{
    (void)context;
    (void)text;
    (void)is_error;
}

/* The files in a table give the same table. */
static void make_again(const void *table, size_t size)
{
    isg_rules *rules = new_rules();
    const void *again;
    size_t length;
    if (isg_rules_add_table(rules, table, size, NULL) != ISG_OK ||
        isg_rules_compile(rules, &again, &length, NULL) != ISG_OK || length != size ||
        memcmp(again, table, size) != 0)
        abort();
    isg_rules_free(rules);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const names[] = {"features/fuzz/001-fuzz.xml", "slang/fuzz.slang",
                                        "lists/fuzz.tsv", "lists/fuzz.txt"};
    size_t kind = size == 0 || data[0] == '<' || data[0] == ' ' ? 0 : 1 + data[0] % 3;
    isg_rules *rules = new_rules();
    const void *table;
    size_t length, warnings;
    isg_rules_set_report(rules, ignore, NULL);
    isg_rules_add_memory(rules, names[kind], (const char *)data, size, NULL);
    if (isg_rules_compile(rules, &table, &length, NULL) == ISG_OK)
        make_again(table, length);
    isg_rules_lint(rules, NULL, &warnings, NULL);
    isg_rules_free(rules);
    return 0;
}

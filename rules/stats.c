/* stats.c -- what is in a table, in figures for people.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "compile.h"

static const struct {
    enum tab_section_id section;
    const char *name;
} counted[] = {
    {TAB_FEATURES, "features"},       {TAB_RULES, "rules"},
    {TAB_GUARDS, "guards"},           {TAB_REALISATIONS, "realisations"},
    {TAB_DIALECTS, "dialects"},       {TAB_LITERALS, "literals"},
    {TAB_LISTS, "lists"},             {TAB_MAPS, "maps"},
    {TAB_PREDICATES, "predicates"},   {TAB_TESTS, "test records"},
    {TAB_PATHS, "paths"},             {TAB_SEQUENCES, "sequence records"},
    {TAB_CODE, "match records"},      {TAB_EDITS, "edits"},
    {TAB_REGEXES, "regular expressions"}, {TAB_TRIGGERS, "trigger entries"},
};

/* The commonest kind of key by which a rule is found, and how many keys it has. */
static void rule_keys(const struct trigger_key *keys, size_t n, uint32_t rule, uint32_t *kind,
                      unsigned *count)
{
    *kind = KEY_FORM;
    *count = 0;
    for (size_t i = 0; i < n; i++)
        if (keys[i].rule == rule) {
            *kind = keys[i].kind > *kind ? keys[i].kind : *kind;
            ++*count;
        }
}

void write_stats(const struct builder *b, const struct buffer *keys, size_t size,
                 struct buffer *out)
{
    static const char *const kinds[] = {"form",         "lemma",    "XPOS tag",
                                        "UPOS tag", "relation", "any token"};
    const struct trigger_key *all = (const struct trigger_key *)(const void *)keys->bytes;
    size_t n = keys->length / sizeof *all;
    const char *strings = b->sections[TAB_STRINGS].bytes;
    const struct tab_rule *rules = (const void *)b->sections[TAB_RULES].bytes;
    const struct tab_feature *features = (const void *)b->sections[TAB_FEATURES].bytes;
    for (size_t i = 0; i < sizeof counted / sizeof *counted; i++)
        buffer_printf(out, "%8u  %s\n", builder_count(b, counted[i].section), counted[i].name);
    buffer_printf(out, "%8zu  bytes\n", size);
    buffer_printf(out, "\nRules that start at tags, relations or any token, commonest first:\n");
    static const uint32_t order[] = {KEY_ANY, KEY_UPOS, KEY_DEPREL, KEY_XPOS};
    for (size_t k = 0; k < sizeof order / sizeof *order; k++)
        for (uint32_t i = 0; i < builder_count(b, TAB_RULES); i++) {
            uint32_t kind;
            unsigned count;
            rule_keys(all, n, i, &kind, &count);
            if (kind != order[k])
                continue;
            const struct tab_feature *f = &features[rules[i].feature];
            buffer_printf(out, "  %-10s %3u %s.%s (%u key%s)\n", kinds[kind], f->id,
                          strings + f->name, strings + rules[i].name, count, count == 1 ? "" : "s");
        }
}

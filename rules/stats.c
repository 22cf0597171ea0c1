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
    {TAB_AUTOMATA, "automaton nodes"}, {TAB_CODE, "match records"},      {TAB_EDITS, "edits"},
    {TAB_REGEXES, "regular expressions"}, {TAB_TRIGGERS, "trigger entries"},
};

/* How a rule is found: the commonest kind of its keys, and how many there are. */
struct found_by {
    uint32_t kind, count;
};

static struct found_by *count_keys(const struct builder *b, const struct buffer *keys)
{
    const struct trigger_key *all = (const struct trigger_key *)(const void *)keys->bytes;
    size_t n = keys->length / sizeof *all;
    uint32_t rules = builder_count(b, TAB_RULES);
    struct found_by *found = arena_calloc(b->arena, rules + 1, sizeof *found);
    for (size_t i = 0; found && i < n; i++) {
        struct found_by *f = &found[all[i].rule];
        if (all[i].kind == KEY_NEED)
            continue;
        f->kind = all[i].kind > f->kind ? all[i].kind : f->kind;
        f->count++;
    }
    return found;
}

void write_stats(const struct builder *b, const struct buffer *keys, size_t size,
                 struct buffer *out)
{
    static const char *const kinds[] = {"form", "lemma", "XPOS", "UPOS", "relation", "any token"};
    static const uint32_t order[] = {KEY_ANY, KEY_UPOS, KEY_DEPREL, KEY_XPOS};
    const char *strings = b->sections[TAB_STRINGS].bytes;
    const struct tab_rule *rules = (const void *)b->sections[TAB_RULES].bytes;
    const struct tab_feature *features = (const void *)b->sections[TAB_FEATURES].bytes;
    const struct found_by *found = count_keys(b, keys);
    for (size_t i = 0; i < sizeof counted / sizeof *counted; i++)
        buffer_printf(out, "%8u  %s\n", builder_count(b, counted[i].section), counted[i].name);
    buffer_printf(out, "%8zu  bytes\n\n", size);
    buffer_printf(out, "Rules that start at tags, relations or any token, commonest first:\n");
    for (size_t k = 0; found && k < sizeof order / sizeof *order; k++)
        for (uint32_t i = 0; i < builder_count(b, TAB_RULES); i++) {
            const struct tab_feature *f = &features[rules[i].feature];
            if (found[i].kind == order[k])
                buffer_printf(out, "  %-10s %3u %s.%s (%u key%s)\n", kinds[order[k]], f->id,
                              strings + f->name, strings + rules[i].name, found[i].count,
                              found[i].count == 1 ? "" : "s");
        }
}

/* stats.c -- what is in a table, in figures for people.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdlib.h>

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

static int by_value(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

/* Different pairs of term and plain words of slang that some region of a set has. */
static uint32_t count_senses(const struct builder *b, uint32_t regions, uint64_t *pairs)
{
    const struct tab_sense *senses = (const void *)b->sections[TAB_SENSES].bytes;
    const char *strings = b->sections[TAB_STRINGS].bytes;
    uint32_t n = 0, different = 0;
    for (uint32_t i = 0; i < builder_count(b, TAB_SENSES); i++)
        if ((senses[i].regions & regions) && !senses[i].is_word && strings[senses[i].plain])
            pairs[n++] = (uint64_t)senses[i].term << 32 | senses[i].plain;
    qsort(pairs, n, sizeof *pairs, by_value);
    for (uint32_t i = 0; i < n; i++)
        different += i == 0 || pairs[i] != pairs[i - 1];
    return different;
}

static void write_senses(const struct builder *b, struct buffer *out)
{
    uint64_t *pairs = arena_calloc(b->arena, builder_count(b, TAB_SENSES) + 1, sizeof *pairs);
    if (!pairs || builder_count(b, TAB_SENSES) == 0)
        return;
    buffer_printf(out, "%8u  senses of slang (different terms and plain words), by region:\n",
                  count_senses(b, UINT32_MAX, pairs));
    for (unsigned i = 0; i < REGION_COUNT; i++)
        buffer_printf(out, "%8u    %s\n", count_senses(b, (uint32_t)1 << i, pairs),
                      vocab_name(VOCAB_LIST_REGION, i));
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
    write_senses(b, out);
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

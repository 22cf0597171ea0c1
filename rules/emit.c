/* emit.c -- the last steps of a table: literals sorted and renumbered, lists by literal, the hash,
 * the trigger index, and all sections written one after another.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "compile.h"

struct word_order {
    const char *text;
    uint32_t old;
};

static int by_bytes(const void *a, const void *b)
{
    return strcmp(((const struct word_order *)a)->text, ((const struct word_order *)b)->text);
}

/* Sorts TAB_LITERALS; the new number of each old one. */
static uint32_t *sort_literals(struct builder *b)
{
    uint32_t n = builder_count(b, TAB_LITERALS);
    struct word_order *order = arena_calloc(b->arena, n + 1, sizeof *order);
    uint32_t *numbers = arena_calloc(b->arena, n + 1, sizeof *numbers);
    struct tab_literal *literals = builder_at(b, TAB_LITERALS, 0);
    if (!order || !numbers)
        return NULL;
    for (uint32_t i = 0; i < n; i++)
        order[i] = (struct word_order){b->sections[TAB_STRINGS].bytes + literals[i].text, i};
    if (n)
        qsort(order, n, sizeof *order, by_bytes);
    struct tab_literal *sorted = arena_calloc(b->arena, n + 1, sizeof *sorted);
    if (!sorted)
        return NULL;
    for (uint32_t i = 0; i < n; i++) {
        numbers[order[i].old] = i;
        sorted[i] = literals[order[i].old];
    }
    if (n)
        memcpy(literals, sorted, n * sizeof *sorted);
    return numbers;
}

static void renumber(struct builder *b, const uint32_t *numbers)
{
    uint32_t n = builder_count(b, TAB_PREDICATES);
    for (uint32_t i = 0; i < n; i++) {
        struct tab_predicate *p = builder_at(b, TAB_PREDICATES, i);
        if (p->kind == PRED_FORM || p->kind == PRED_LEMMA || p->kind == PRED_ATTR_WORD)
            p->c = numbers[p->c];
    }
    n = builder_count(b, TAB_MAP_ENTRIES);
    for (uint32_t i = 0; i < n; i++) {
        struct tab_map_entry *e = builder_at(b, TAB_MAP_ENTRIES, i);
        e->from = numbers[e->from];
    }
}

static int by_from(const void *a, const void *b)
{
    const struct tab_map_entry *x = a, *y = b;
    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    return x->upos < y->upos ? -1 : x->upos > y->upos; /* 255, any, comes last */
}

/* Maps of forms are looked up by halves. */
static void sort_exact_maps(struct builder *b)
{
    for (uint32_t i = 0; i < builder_count(b, TAB_MAPS); i++) {
        const struct tab_map *map = builder_at(b, TAB_MAPS, i);
        struct tab_map_entry *first = builder_at(b, TAB_MAP_ENTRIES, map->entries);
        if (map->exact && first && map->count > 1)
            qsort(first, map->count, sizeof *first, by_from);
    }
}

/* Of each literal, the lists it stands in. */
static void add_literal_lists(struct builder *b, const uint32_t *numbers)
{
    uint32_t n = builder_count(b, TAB_LITERALS), total = 0;
    for (int pass = 0; pass < 2; pass++) {
        uint32_t number = 0;
        for (uint32_t i = 0; i < b->list_count; i++) {
            const struct list *list = b->lists[i];
            for (uint32_t k = 0; k < list->count && !list->is_map; k++) {
                uint32_t literal = numbers[builder_literal(b, list->entries[k].from)];
                struct tab_literal *l = builder_at(b, TAB_LITERALS, literal);
                uint32_t *pool = builder_at(b, TAB_LITERAL_LISTS, 0);
                if (pass)
                    pool[l->lists + l->list_count] = number;
                l->list_count++;
            }
            number += !list->is_map;
        }
        for (uint32_t i = 0; i < n && pass == 0; i++) {
            struct tab_literal *l = builder_at(b, TAB_LITERALS, i);
            l->lists = total;
            total += l->list_count;
            l->list_count = 0;
        }
        if (pass == 0 && !buffer_extend(&b->sections[TAB_LITERAL_LISTS], total * sizeof total))
            return;
    }
}

static void add_hash(struct builder *b)
{
    uint32_t n = builder_count(b, TAB_LITERALS), slots = 16;
    while (slots < n * 2)
        slots *= 2;
    uint32_t *hash = buffer_extend(&b->sections[TAB_LITERAL_HASH], slots * sizeof *hash);
    if (!hash)
        return;
    memset(hash, 0xff, slots * sizeof *hash);
    for (uint32_t i = 0; i < n; i++) {
        const struct tab_literal *l = builder_at(b, TAB_LITERALS, i);
        const char *text = b->sections[TAB_STRINGS].bytes + l->text;
        uint32_t at = (uint32_t)hash_bytes(text, strlen(text), 0) & (slots - 1);
        while (hash[at] != TAB_NONE)
            at = (at + 1) & (slots - 1);
        hash[at] = i;
    }
}

static uint32_t key_number(const struct trigger_key *key, const uint32_t *numbers,
                           uint32_t literals)
{
    switch (key->kind) {
    case KEY_FORM: return numbers[key->number];
    case KEY_LEMMA: return literals + numbers[key->number];
    case KEY_XPOS: return 2 * literals + key->number;
    case KEY_UPOS: return 2 * literals + XPOS_COUNT + key->number;
    case KEY_DEPREL: return 2 * literals + XPOS_COUNT + UPOS_COUNT + key->number;
    case KEY_NEED: return 2 * literals + XPOS_COUNT + UPOS_COUNT + REL_COUNT + 1 +
                          numbers[key->number];
    default: return 2 * literals + XPOS_COUNT + UPOS_COUNT + REL_COUNT;
    }
}

static int by_key(const void *a, const void *b)
{
    const struct trigger_key *x = a, *y = b;
    if (x->number != y->number)
        return x->number < y->number ? -1 : 1;
    return x->rule < y->rule ? -1 : x->rule > y->rule;
}

static void add_triggers(struct builder *b, const struct buffer *keys, const uint32_t *numbers)
{
    uint32_t literals = builder_count(b, TAB_LITERALS);
    uint32_t n = (uint32_t)(keys->length / sizeof(struct trigger_key));
    size_t count = TAB_TRIGGER_KEYS((size_t)literals, XPOS_COUNT, UPOS_COUNT, REL_COUNT);
    struct trigger_key *sorted = arena_calloc(b->arena, n + 1, sizeof *sorted);
    struct tab_range *index =
        buffer_extend(&b->sections[TAB_TRIGGER_INDEX], count * sizeof *index);
    if (!sorted || !index)
        return;
    for (uint32_t i = 0; i < n; i++) {
        sorted[i] = ((const struct trigger_key *)(const void *)keys->bytes)[i];
        sorted[i].number = key_number(&sorted[i], numbers, literals);
    }
    qsort(sorted, n, sizeof *sorted, by_key);
    for (uint32_t i = 0; i < n; i++) {
        if (i > 0 && by_key(&sorted[i], &sorted[i - 1]) == 0)
            continue;
        struct tab_range *range = &index[sorted[i].number];
        uint32_t at = builder_add(b, TAB_TRIGGERS, &sorted[i].rule);
        if (range->count++ == 0)
            range->first = at;
    }
}

static void write_file(struct builder *b, unsigned dialect_count, struct buffer *out)
{
    struct tab_header header;
    memset(&header, 0, sizeof header);
    memcpy(header.magic, TAB_MAGIC, sizeof header.magic);
    header.version = TAB_VERSION;
    header.oldest_reader = TAB_OLDEST_READER;
    header.feature_bits = TAB_FEATURE_BITS;
    header.vocab = vocab_hash();
    header.variety_words = (dialect_count + 63) / 64;
    buffer_reset(out);
    buffer_extend(out, sizeof header);
    for (unsigned i = 0; i < TAB_SECTION_COUNT; i++) {
        const struct buffer *section = &b->sections[i];
        buffer_extend(out, (8 - out->length % 8) % 8);
        header.sections[i] = (struct tab_section){out->length, section->length / builder_stride(i),
                                                  (uint32_t)builder_stride(i), 0};
        if (section->length)
            buffer_add(out, section->bytes, section->length);
    }
    buffer_extend(out, (8 - out->length % 8) % 8);
    if (out->failed)
        return;
    header.size = out->length;
    header.checksum = hash_bytes(out->bytes + sizeof header, out->length - sizeof header, 0);
    memcpy(out->bytes, &header, sizeof header);
}

bool emit_table(struct builder *b, const struct buffer *keys, unsigned dialect_count,
                struct buffer *out)
{
    const uint32_t *numbers = builder_failed(b) || keys->failed ? NULL : sort_literals(b);
    if (!numbers)
        return false;
    renumber(b, numbers);
    sort_exact_maps(b);
    add_literal_lists(b, numbers);
    add_hash(b);
    add_triggers(b, keys, numbers);
    if (builder_failed(b))
        return false;
    write_file(b, dialect_count, out);
    return !out->failed;
}

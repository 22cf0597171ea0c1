/* builder.c -- see builder.h. Numbers are given in the order of first use, so equal rules in equal
 * order give equal tables.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "builder.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"

void intern_clear(struct intern *intern)
{
    buffer_clear(&intern->pool);
    free(intern->slots);
    memset(intern, 0, sizeof *intern);
}

static struct intern_slot *find_slot(struct intern *intern, const void *key, size_t length)
{
    size_t mask = intern->capacity - 1;
    for (size_t i = (size_t)hash_bytes(key, length, 7) & mask;; i = (i + 1) & mask) {
        struct intern_slot *slot = &intern->slots[i];
        if (slot->number == 0 || (slot->length == length &&
                                  memcmp(intern->pool.bytes + slot->at, key, length) == 0))
            return slot;
    }
}

static bool grow(struct intern *intern)
{
    struct intern bigger = *intern;
    bigger.capacity = intern->capacity ? intern->capacity * 2 : 64;
    bigger.slots = calloc(bigger.capacity, sizeof *bigger.slots);
    if (!bigger.slots)
        return false;
    for (size_t i = 0; i < intern->capacity; i++)
        if (intern->slots[i].number)
            *find_slot(&bigger, intern->pool.bytes + intern->slots[i].at,
                       intern->slots[i].length) = intern->slots[i];
    free(intern->slots);
    *intern = bigger;
    return true;
}

uint32_t intern_key(struct intern *intern, const void *key, size_t length, uint32_t number,
                    bool *fresh)
{
    *fresh = false;
    if (intern->failed || (intern->count * 2 >= intern->capacity && !grow(intern))) {
        intern->failed = true;
        return 0;
    }
    struct intern_slot *slot = find_slot(intern, key, length);
    if (slot->number)
        return slot->number - 1;
    uint32_t at = (uint32_t)intern->pool.length;
    buffer_add(&intern->pool, key, length);
    if (intern->pool.failed || intern->pool.length > UINT32_MAX / 2) {
        intern->failed = true;
        return 0;
    }
    *slot = (struct intern_slot){number + 1, at, (uint32_t)length};
    intern->count++;
    *fresh = true;
    return number;
}

static const uint32_t strides[TAB_SECTION_COUNT] = TAB_STRIDES;

size_t builder_stride(enum tab_section_id section)
{
    return strides[section];
}

void builder_init(struct builder *b, struct arena *arena)
{
    memset(b, 0, sizeof *b);
    b->arena = arena;
    builder_string(b, ""); /* offset 0 */
}

void builder_clear(struct builder *b)
{
    for (unsigned i = 0; i < TAB_SECTION_COUNT; i++)
        buffer_clear(&b->sections[i]);
    struct intern *const interns[] = {&b->strings, &b->literals, &b->predicates, &b->tests,
                                      &b->paths,   &b->regexes,  &b->sequences};
    for (size_t i = 0; i < sizeof interns / sizeof *interns; i++)
        intern_clear(interns[i]);
}

bool builder_failed(const struct builder *b)
{
    bool failed = b->failed || b->arena->failed || b->strings.failed || b->literals.failed ||
                  b->predicates.failed || b->tests.failed || b->paths.failed ||
                  b->regexes.failed || b->sequences.failed;
    for (unsigned i = 0; i < TAB_SECTION_COUNT; i++)
        failed |= b->sections[i].failed;
    return failed;
}

size_t builder_size(const struct builder *b)
{
    size_t size = 0;
    for (unsigned i = 0; i < TAB_SECTION_COUNT; i++)
        size += b->sections[i].length;
    return size;
}

uint32_t builder_count(const struct builder *b, enum tab_section_id section)
{
    return (uint32_t)(b->sections[section].length / strides[section]);
}

uint32_t builder_add(struct builder *b, enum tab_section_id section, const void *record)
{
    uint32_t number = builder_count(b, section);
    buffer_add(&b->sections[section], record, strides[section]);
    return number;
}

void *builder_at(struct builder *b, enum tab_section_id section, uint32_t number)
{
    return number < builder_count(b, section)
               ? b->sections[section].bytes + (size_t)number * strides[section]
               : NULL;
}

uint32_t builder_string(struct builder *b, const char *string)
{
    bool fresh;
    if (!string)
        return TAB_NONE;
    size_t length = strlen(string);
    uint32_t at = intern_key(&b->strings, string, length, builder_count(b, TAB_STRINGS), &fresh);
    if (fresh)
        buffer_add(&b->sections[TAB_STRINGS], string, length + 1);
    return at;
}

uint32_t builder_literal(struct builder *b, const char *folded)
{
    bool fresh;
    uint32_t number = intern_key(&b->literals, folded, strlen(folded),
                                 builder_count(b, TAB_LITERALS), &fresh);
    if (fresh) {
        struct tab_literal literal = {builder_string(b, folded), 0, 0};
        builder_add(b, TAB_LITERALS, &literal);
    }
    return number;
}

uint32_t builder_predicate(struct builder *b, const struct tab_predicate *predicate)
{
    bool fresh;
    uint32_t number = intern_key(&b->predicates, predicate, sizeof *predicate,
                                 builder_count(b, TAB_PREDICATES), &fresh);
    if (fresh)
        builder_add(b, TAB_PREDICATES, predicate);
    return number;
}

uint32_t builder_regex(struct builder *b, const char *pattern)
{
    bool fresh;
    uint32_t number = intern_key(&b->regexes, pattern, strlen(pattern),
                                 builder_count(b, TAB_REGEXES), &fresh);
    if (fresh) {
        uint32_t string = builder_string(b, pattern);
        builder_add(b, TAB_REGEXES, &string);
    }
    return number;
}

static void add_map(struct builder *b, const struct list *list)
{
    struct tab_map map = {builder_string(b, list->name), builder_count(b, TAB_MAP_ENTRIES),
                          list->count, list->exact};
    for (uint32_t i = 0; i < list->count; i++) {
        struct tab_map_entry entry = {builder_literal(b, list->entries[i].from),
                                      list->entries[i].upos,
                                      {0, 0, 0},
                                      builder_string(b, list->entries[i].to)};
        builder_add(b, TAB_MAP_ENTRIES, &entry);
    }
    builder_add(b, TAB_MAPS, &map);
}

uint32_t builder_list(struct builder *b, const struct list *list)
{
    uint32_t number = 0;
    for (uint32_t i = 0; i < b->list_count; i++) {
        if (b->lists[i] == list)
            return number;
        number += b->lists[i]->is_map == list->is_map;
    }
    if (b->list_count == b->list_capacity) {
        uint32_t capacity = b->list_capacity ? b->list_capacity * 2 : 32;
        const struct list **lists = arena_calloc(b->arena, capacity, sizeof *lists);
        if (!lists)
            return 0;
        if (b->list_count)
            memcpy(lists, b->lists, b->list_count * sizeof *lists);
        b->lists = lists;
        b->list_capacity = capacity;
    }
    b->lists[b->list_count++] = list;
    if (list->is_map) {
        add_map(b, list);
        return number;
    }
    struct tab_list record = {builder_string(b, list->name), builder_string(b, list->file)};
    for (uint32_t i = 0; i < list->count; i++)
        builder_literal(b, list->entries[i].from);
    builder_add(b, TAB_LISTS, &record);
    return number;
}

uint32_t builder_tests(struct builder *b, const struct tab_test *tests, uint32_t count)
{
    bool fresh;
    uint32_t base = builder_count(b, TAB_TESTS);
    uint32_t number = intern_key(&b->tests, tests, count * sizeof *tests, base, &fresh);
    for (uint32_t i = 0; fresh && i < count; i++) {
        struct tab_test test = tests[i];
        if (test.yes < TAB_REJECT)
            test.yes += base;
        if (test.no < TAB_REJECT)
            test.no += base;
        builder_add(b, TAB_TESTS, &test);
    }
    return number;
}

uint32_t builder_path(struct builder *b, const struct tab_path *path,
                      const struct tab_path_edge *edges)
{
    bool fresh;
    struct buffer key;
    buffer_init(&key);
    buffer_add(&key, (const char *)path, sizeof *path);
    buffer_add(&key, (const char *)edges, path->count * sizeof *edges);
    if (key.failed) {
        b->failed = true;
        buffer_clear(&key);
        return 0;
    }
    uint32_t number =
        intern_key(&b->paths, key.bytes, key.length, builder_count(b, TAB_PATHS), &fresh);
    buffer_clear(&key);
    if (fresh) {
        struct tab_path record = *path;
        record.edges = builder_count(b, TAB_PATH_EDGES);
        for (uint32_t i = 0; i < path->count; i++)
            builder_add(b, TAB_PATH_EDGES, &edges[i]);
        builder_add(b, TAB_PATHS, &record);
    }
    return number;
}

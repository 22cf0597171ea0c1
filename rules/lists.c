/* lists.c -- see lists.h. Words are folded here, once; the same word twice in a list counts once.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lists.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lex.h"

enum { LONGEST_WORD = 90 }; /* bytes; what the runtime compares is no longer */

struct reader {
    struct arena *arena;
    struct diagnostics *diagnostics;
    const struct text *text;
    struct list *list;
    uint32_t capacity;
    bool failed;
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static struct reader start(struct arena *arena, struct diagnostics *d, const char *name,
                           const struct text *text, bool is_map)
{
    struct reader r = {arena, d, text, arena_calloc(arena, 1, sizeof(struct list)), 0, false};
    if (!r.list)
        r.failed = true;
    else {
        r.list->name = name;
        r.list->at = text_place(text, 0);
        r.list->is_map = is_map;
    }
    return r;
}

/* word NULL: the message says it all. */
static void wrong(struct reader *r, uint32_t at, const char *word, const char *message)
{
    struct place place = text_place(r->text, at);
    if (word)
        diagnostics_error(r->diagnostics, place, "\"%.60s\" %s", word, message);
    else
        diagnostics_error(r->diagnostics, place, "%s", message);
    r->failed = true;
}

static struct list_entry *add(struct reader *r)
{
    struct list *list = r->list;
    if (r->failed && !list)
        return NULL;
    if (list->count == r->capacity) {
        uint32_t capacity = r->capacity ? r->capacity * 2 : 32;
        struct list_entry *entries = arena_calloc(r->arena, capacity, sizeof *entries);
        if (!entries) {
            r->failed = true;
            return NULL;
        }
        if (list->count)
            memcpy(entries, list->entries, list->count * sizeof *entries);
        list->entries = entries;
        r->capacity = capacity;
    }
    return &list->entries[list->count++];
}

/* Adds text[from, to) as a word, perhaps word/UPOS in a map. */
static void add_word(struct reader *r, uint32_t from, uint32_t to, const char *value)
{
    char *word = arena_strndup(r->arena, r->text->bytes + from, to - from);
    struct list_entry *entry = add(r);
    if (!word || !entry) {
        r->failed = true;
        return;
    }
    char *slash = r->list->is_map ? strrchr(word, '/') : NULL;
    int upos = UPOS_NONE;
    if (slash && slash > word && slash[1]) {
        upos = vocab_find(VOCAB_LIST_UPOS, slash + 1, strlen(slash + 1));
        if (upos < 0)
            wrong(r, from + (uint32_t)(slash + 1 - word), slash + 1,
                  "is no part of speech (UPOS)");
        *slash = '\0';
    }
    if (strlen(word) > LONGEST_WORD)
        wrong(r, from, word, "is too long for a word");
    if (strchr(word, ' '))
        wrong(r, from, word, "is more than one word; a list holds single tokens");
    entry->from = lex_fold_word(r->arena, word);
    entry->to = value;
    entry->upos = (uint8_t)(upos < 0 ? UPOS_NONE : upos);
    if (!entry->from)
        r->failed = true;
}

static int by_word(const void *a, const void *b)
{
    return strcmp(((const struct list_entry *)a)->from, ((const struct list_entry *)b)->from);
}

static struct list *finish(struct reader *r, const char *what)
{
    if (!r->list || r->arena->failed)
        return NULL;
    if (!r->failed && r->list->count == 0)
        wrong(r, 0, NULL, what);
    if (r->failed)
        return NULL;
    struct list *list = r->list;
    if (list->is_map)
        return list;
    qsort(list->entries, list->count, sizeof *list->entries, by_word);
    uint32_t n = 1;
    for (uint32_t i = 1; i < list->count; i++)
        if (strcmp(list->entries[i].from, list->entries[n - 1].from) != 0)
            list->entries[n++] = list->entries[i];
    list->count = n;
    return list;
}

/* Calls a reader for each line, trimmed, without comments. */
static void each_line(struct reader *r, void (*line)(struct reader *, uint32_t, uint32_t))
{
    const char *bytes = r->text->bytes;
    uint32_t at = 0;
    if (r->text->length >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0)
        at = 3;
    while (at < r->text->length && !r->arena->failed) {
        uint32_t end = at;
        while (end < r->text->length && bytes[end] != '\n')
            end++;
        uint32_t from = at, to = end;
        while (from < to && is_blank(bytes[from]))
            from++;
        while (to > from && is_blank(bytes[to - 1]))
            to--;
        if (from < to && bytes[from] != '#')
            line(r, from, to);
        at = end + 1;
    }
}

static void word_line(struct reader *r, uint32_t from, uint32_t to)
{
    add_word(r, from, to, NULL);
}

static void column_line(struct reader *r, uint32_t from, uint32_t to)
{
    const char *bytes = r->text->bytes;
    if (to - from == 6 && memcmp(bytes + from, "%exact", 6) == 0) {
        r->list->exact = true;
        return;
    }
    const char *tab = memchr(bytes + from, '\t', to - from);
    if (!tab) {
        wrong(r, from, NULL, "expected two columns with a tab between them");
        return;
    }
    uint32_t first_end = (uint32_t)(tab - bytes), second = first_end + 1;
    while (first_end > from && is_blank(bytes[first_end - 1]))
        first_end--;
    while (second < to && is_blank(bytes[second]))
        second++;
    add_word(r, from, first_end, arena_strndup(r->arena, bytes + second, to - second));
}

struct list *list_read_words(struct arena *arena, struct diagnostics *d, const char *name,
                             const struct text *text)
{
    struct reader r = start(arena, d, name, text, false);
    each_line(&r, word_line);
    return finish(&r, "this list is empty");
}

struct list *list_read_columns(struct arena *arena, struct diagnostics *d, const char *name,
                               const struct text *text)
{
    struct reader r = start(arena, d, name, text, true);
    each_line(&r, column_line);
    return finish(&r, "this map is empty");
}

/* The next run of non-blanks from *at; false at the end. */
static bool next_run(const struct text *text, uint32_t *at, uint32_t *from, uint32_t *to)
{
    while (*at < text->length && is_blank(text->bytes[*at]))
        ++*at;
    *from = *at;
    while (*at < text->length && !is_blank(text->bytes[*at]))
        ++*at;
    *to = *at;
    return *to > *from;
}

struct list *list_read_inline(struct arena *arena, struct diagnostics *d, const char *name,
                              const struct text *text)
{
    struct reader r = start(arena, d, name, text, false);
    uint32_t at = 0, from, to;
    while (next_run(text, &at, &from, &to) && !arena->failed)
        add_word(&r, from, to, NULL);
    return finish(&r, "this list is empty");
}

/* The value that begins at from: up to the run before the next one with "=". */
static const char *read_value(struct reader *r, uint32_t from, uint32_t to, uint32_t *at)
{
    uint32_t next = *at, run_from, run_to;
    while (next_run(r->text, &next, &run_from, &run_to)) {
        if (memchr(r->text->bytes + run_from, '=', run_to - run_from))
            break;
        to = run_to;
        *at = next;
    }
    char *value = arena_strndup(r->arena, r->text->bytes + from, to - from);
    for (char *c = value; c && *c; c++)
        if (is_blank(*c))
            *c = ' ';
    return value;
}

struct list *list_read_pairs(struct arena *arena, struct diagnostics *d, const char *name,
                             const struct text *text)
{
    struct reader r = start(arena, d, name, text, true);
    uint32_t at = 0, from, to;
    while (next_run(text, &at, &from, &to) && !arena->failed) {
        const char *eq = memchr(text->bytes + from, '=', to - from);
        if (!eq || eq == text->bytes + from) {
            wrong(&r, from, NULL, "expected pairs such as any=no");
            break;
        }
        uint32_t split = (uint32_t)(eq - text->bytes);
        add_word(&r, from, split, read_value(&r, split + 1, to, &at));
    }
    return finish(&r, "this map is empty");
}

const struct list *list_find(const struct list *lists, const char *name)
{
    for (; lists; lists = lists->next)
        if (strcmp(lists->name, name) == 0)
            return lists;
    return NULL;
}

struct text text_of_source(struct arena *arena, const struct source *source)
{
    static const uint32_t nowhere = 0;
    struct text text = {source, "", 0, &nowhere};
    uint32_t *origin = arena_alloc(arena, (source->length + 1) * sizeof *origin);
    if (!origin)
        return text;
    for (uint32_t i = 0; i <= source->length; i++)
        origin[i] = i;
    return (struct text){source, source->bytes, (uint32_t)source->length, origin};
}

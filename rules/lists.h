/* lists.h -- word lists and maps: shared ones from files, local ones from a feature. A list is a
 * set of words; a map takes a word (perhaps only as one part of speech) to a text.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RULES_LISTS_H
#define RULES_LISTS_H

#include "diagnostics.h"

struct list_entry {
    const char *from; /* folded: lower case, straight apostrophes */
    const char *to;   /* maps */
    uint8_t upos;     /* maps: enum upos or UPOS_NONE */
};

struct list {
    const char *name;
    const char *file;  /* as the table records it; NULL: inside a feature */
    struct place at;
    bool is_map;
    bool exact;        /* a map of forms, not of lemmas */
    struct list_entry *entries;
    uint32_t count;
    struct list *next;
};

/* One word a line, # comments. */
struct list *list_read_words(struct arena *arena, struct diagnostics *d, const char *name,
                             const struct text *text);
/* from<TAB>to a line, # comments; a line %exact: the words are forms, not lemmas. */
struct list *list_read_columns(struct arena *arena, struct diagnostics *d, const char *name,
                               const struct text *text);
/* Words separated by white space, as in a <list>. */
struct list *list_read_inline(struct arena *arena, struct diagnostics *d, const char *name,
                              const struct text *text);
/* from=to separated by white space, as in a <map>; words without "=" go on with the value. */
struct list *list_read_pairs(struct arena *arena, struct diagnostics *d, const char *name,
                             const struct text *text);
const struct list *list_find(const struct list *lists, const char *name);
/* A whole file as text: every byte is where it is. */
struct text text_of_source(struct arena *arena, const struct source *source);

#endif

/* slang.h -- slang lexicons (*.slang): what the reader makes of an entry, and how entries become
 * rules. An entry is read into phrases and conditions; phrases and conditions are woven into
 * pattern text, each byte of which knows where in the file it came from; the text goes through
 * the parser and lowering that all rules go through. docs/slang.md is the manual of the format.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RULES_SLANG_H
#define RULES_SLANG_H

#include "base/buffer.h"
#include "feature.h"
#include "table/format.h"

enum slang_pos {
    SLANG_NOUN, SLANG_VERB, SLANG_ADJ, SLANG_ADV, SLANG_PHRASE, SLANG_ADDRESS, SLANG_PARTICLE,
    SLANG_POS_COUNT
};
/* The word that a heading has for it. */
extern const char *const slang_pos_names[SLANG_POS_COUNT + 1];

enum piece_kind {
    PIECE_WORD,
    PIECE_NP,     /* NP: a noun phrase */
    PIECE_POSS,   /* POSS: my, your, his ... */
    PIECE_SELF,   /* SELF: myself, yourself ... */
    PIECE_SB,     /* SB: whom SB's stands for on the other side */
    PIECE_SBS,    /* SB's */
    PIECE_TAG,    /* TAG: isn't it, do they ... */
    PIECE_ARTICLE /* (the), (a): there where the place has no determiner */
};

struct piece {
    enum piece_kind kind;
    struct place at;
    const char *text;   /* WORD, ARTICLE */
    const char *form;   /* of a head: a form of its own (be*pres); NULL: as the other side's */
    bool head;          /* the word that inflects */
    bool optional;      /* word? */
    bool particle;      /* +word: may stand behind the object */
    struct piece *next;
};

/* One side of a sense. */
struct phrase {
    struct place at;
    const char *said;    /* its words, without signs */
    const char *key;     /* as written, with it: what a <plain> is found by */
    struct piece *pieces;
    const struct piece *head;
    unsigned count;      /* pieces that are words */
    bool nothing;        /* "-": the words may go */
    bool np_last, np_inside;
    struct phrase *next;
};

/* "if" and "not" lines. */
struct condition {
    struct place at;     /* of text */
    const char *text;    /* KEY TESTS { "or" KEY TESTS } */
    bool negative;
    struct condition *next;
};

enum slang_kind { SLANG_SENSE, SLANG_PLAIN, SLANG_WORD };

struct slang_entry {
    const struct source *source;
    struct place at;
    enum slang_kind kind;
    enum slang_pos pos;
    struct phrase *terms;   /* spelling variants, the first is written */
    struct phrase *plains;  /* "=": the first that can be done is taken */
    struct phrase *froms;   /* "from": plain words it is written for, besides the first of plains */
    struct phrase *likes;   /* "like", of SLANG_PLAIN: what is written for these is for its terms */
    struct condition *conditions, *generating;
    uint32_t regions;       /* bits of enum region */
    unsigned label;         /* enum tab_label */
    uint32_t weight;        /* thousandths */
    const char *period;
    unsigned register_;     /* enum register_ */
    bool any_tag;           /* whatever tag it has */
    bool literal_only, written_only;
    bool last;              /* its turn is after that of all others of as many words */
    bool mass, plural;
    bool broken;
    unsigned condition_count;
    uint32_t number;        /* in the table; given by the compiler */
    uint32_t taken;         /* terms that other entries take first; given by lint */
    struct feature_test *tests;
    struct slang_entry *next;
};

/* Reads a lexicon; errors are reported, and entries with errors are left out. */
struct slang_entry *slang_read(const struct reading *reading, const struct source *source);

/* Whether words of this part of speech stand as they are, in the place of plain words of any. */
bool slang_is_fixed(enum slang_pos pos);
/* Features made of entries: one for each way, linked. Broken patterns are reported, or, when quiet,
 * passed over. */
struct feature *slang_features(struct arena *arena, struct diagnostics *diagnostics,
                               struct slang_entry *entries);
/* A term and the regions that entries other than general ones give it. */
struct term_regions {
    const char *said;
    uint32_t regions;
};
/* Sorted by term, each once. NULL: out of memory. */
struct term_regions *slang_list_regions(struct arena *arena, struct slang_entry *const *all,
                                        uint32_t entries, uint32_t *count);
/* 0: none. */
uint32_t slang_regions_of(const struct term_regions *list, uint32_t count, const char *said);
/* Writes TAB_SENSES and numbers the entries. */
struct builder;
void slang_emit(struct builder *b, struct slang_entry *entries);

/* ---- used among these files ---- */

/* A phrase from the text at .. at + length of a source; NULL: reported. */
struct phrase *phrase_read(const struct reading *reading, const struct source *source,
                           uint32_t at, uint32_t length, enum slang_pos pos, bool plain);

/* Pattern text in the making. */
struct weave {
    struct arena *arena;
    const struct source *source;
    struct buffer bytes, origins;
};
void weave_start(struct weave *w, struct arena *arena, const struct source *source);
/* Text of the weaver's own, said to come from a place. */
void weave_add(struct weave *w, struct place at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Text that stands at a place. */
void weave_copy(struct weave *w, struct place at, const char *text, size_t length);
struct text weave_end(struct weave *w);

/* One way of finding a phrase: which of its slots are how. */
struct way {
    bool apart;   /* a particle stands behind the object */
    bool owner;   /* SB's is a noun phrase and 's, not a pronoun */
    unsigned place; /* of words that may go: with both commas, with one, before one, bare */
    bool article; /* the other side's article is wanted */
    bool behind;  /* the other side's particle goes behind a pronoun */
};
enum { PLACE_NONE, PLACE_BOTH, PLACE_BETWEEN, PLACE_FIRST, PLACE_BARE, PLACE_COUNT };
/* What an output speaks of that the words found do not hold. */
enum { NEED_OBJECT = 1, NEED_PRONOUN = 2, NEED_SUBJECT = 4 };
unsigned phrase_needs(const struct phrase *a, const struct phrase *b);
/* Statements that find phrase a of an entry. */
void weave_match(struct weave *w, const struct slang_entry *e, const struct phrase *a,
                 struct way way, bool plain);
/* Statements that bind what outputs need, if it is there. */
void weave_needed(struct weave *w, const struct phrase *a, struct way way, unsigned needs);
/* Statements of "if" and "not" lines; p is the name of the words found. */
void weave_conditions(struct weave *w, const struct condition *conditions, const char *p);
/* The "if" lines alone, or the "not" lines. */
void weave_conditions_of(struct weave *w, const struct condition *conditions, const char *p,
                         bool negative);
/* Whether every part of a condition begins with a key there is; reports those that do not. */
bool condition_check(struct diagnostics *diagnostics, const struct condition *condition);
bool phrase_is_single(const struct phrase *a);
/* Whether a verb's phrase has a passive: the verb, particles, prepositions, and NP last. */
bool phrase_takes_passive(const struct phrase *a);
/* x or p: the name that all words of a phrase have. */
const char *phrase_span(const struct phrase *a, struct way way);
/* The particle that may stand behind the object; NULL: none. */
const struct piece *phrase_particle(const struct phrase *a);
/* The first piece of a kind; NULL: none. */
const struct piece *phrase_find(const struct phrase *a, enum piece_kind kind);
/* What puts phrase b in the place of a: "when", what b asks of the place, and edits. */
void weave_action(struct weave *w, const struct slang_entry *e, const struct phrase *a,
                  const struct phrase *b, struct way way, const struct condition *conditions);

#endif

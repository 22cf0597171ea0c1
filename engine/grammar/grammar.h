/* grammar.h -- objects over the dependency tree (verb group, noun phrase, coordination, clause,
 * quotation, reference), built on demand and cached for one state of one sentence; and the realiser
 * of verb groups. Rules see objects as numbers with attributes and roles (base/schema.h).
 *
 * A verb group is a chain of links, each asking a form of the next: has sold = have + sell:pp. Its
 * attributes may be set and its links rewritten; rendering keeps tense, agreement, inversion,
 * negation, adverbs, particles and contraction style, adds or drops do-support, and logs only the
 * tokens that differ. A group whose unchanged rendering is not its own bytes is not sound, and is
 * never rebuilt.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef GRAMMAR_GRAMMAR_H
#define GRAMMAR_GRAMMAR_H

#include "analysis/lexicon.h"
#include "base/arena.h"
#include "base/limits.h"
#include "base/schema.h"
#include "grammar/edit.h"
#include "text/sentence.h"

enum value_kind { VALUE_IS_NONE, VALUE_IS_TOKEN, VALUE_IS_SPAN, VALUE_IS_SET, VALUE_IS_OBJECT };

/* What a name or role stands for. TOKEN: a. SPAN: a..b inclusive. SET: grammar->sets[a] .. b of
 * them, in token order. OBJECT: number a of kind object. */
struct value {
    uint8_t kind, object;
    int32_t a, b;
};

/* A phrase that later pronouns may refer to, with no pointers, so that it outlives its sentence.
 * The second half describes the entity: of a pronoun, what its antecedent says. */
struct mention {
    uint64_t feats;
    uint32_t sentence, place;   /* numbers in the record: of the sentence, of the mention */
    uint32_t entity;            /* number in the record: mentions of one thing share it */
    int32_t token, head, end;   /* in its sentence: itself, its governor (-1: none), last token */
    int32_t antecedent;         /* token of its sentence that it takes up; -1: none there */
    uint32_t distance;          /* tokens back to what it takes up; 0: nothing */
    uint16_t back;              /* sentences back to it */
    uint8_t taken_role;         /* the role that had */
    uint32_t governor;          /* hash of the governor's lemma */
    uint32_t bits;              /* enum mention_bit */
    uint8_t role, relation;     /* VALUE_SUBJ ...; REL_* without subtype */
    uint8_t number, form;       /* VALUE_SG PL; of a pronoun: which */
    uint8_t link, sure;         /* of a pronoun: how sure its antecedent is, and the noun that names
                                   it, through all pronouns between; percent */
    uint8_t kind, gender;       /* the entity: VALUE_PERSON ...; VALUE_MASC ... */
    uint8_t upos, xpos, deprel; /* its head word */
    uint16_t mentioned;         /* how often so far, saturating */
    uint32_t key, last_key;     /* hashes of its head word and of the last word of its name */
    uint32_t classes, form_id, lemma_id;
    uint32_t described;         /* enum mention_bit of the phrase that names it */
};

/* What the sentences before this one in the record have told (plural addressees, entities);
 * forward only. Zeroed at the start of a record, but for mentions: room that the sentences of a
 * window share; the newest LIMIT_MENTIONS are looked at. Without room nothing is remembered. */
struct grammar_document {
    uint8_t addressee_plural, addressee_singular; /* cues seen in this record, saturating */
    uint32_t addressed;         /* the sentence that had them */
    uint32_t sentences, entities, places;
    struct mention *mentions;
    uint32_t mention_count, mention_capacity;
    const struct ref_model *model; /* weights of the choice; NULL: the library's own */
};

struct vg_object;
struct clause_object;
struct np_object;
struct coord_object;
struct grammar_extra;

struct grammar {
    const struct sentence *sentence;
    const struct lexicon *lexicon;
    struct arena *arena;
    struct grammar_document *document;
    int32_t *heads;                       /* by token: its head; cycles are cut, -1: a root */
    int32_t *first_child, *next_sibling;  /* by token, in token order; -1: none */
    int32_t *subtree_start, *subtree_end; /* by token: leftmost and rightmost token below it */
    int32_t *sets;                        /* pool of SET values */
    uint32_t set_count, set_capacity;
    int16_t *cache[OBJECT_COUNT];         /* by token: 0 not asked, -1 none, 1 + number */
    void *objects[OBJECT_COUNT];
    uint32_t counts[OBJECT_COUNT];
    struct grammar_extra *extra;          /* private to engine/grammar */
};

/* Prepares the tree indexes of a sentence; everything else is lazy. document may be NULL. Returns
 * false when the arena failed. */
bool grammar_init(struct grammar *grammar, const struct sentence *sentence,
                  const struct lexicon *lexicon, struct arena *arena,
                  struct grammar_document *document);
/* Notes what this sentence tells the ones after it (once a sentence, on its unedited state). */
void grammar_remember(struct grammar *grammar);

/* The object of a kind that token belongs to (any token of a verb group gives the group; a clause
 * is that of the nearest predicate at or above the token). -1: none. relations: for KIDS only. */
int32_t grammar_object(struct grammar *grammar, enum object_kind kind, int32_t token,
                       uint64_t relations);
struct value grammar_role(struct grammar *grammar, enum object_kind kind, int32_t number,
                          enum role role);
/* A role of a token: START and END of its subtree (without flanking punctuation and coordinators),
 * HEAD its parent. */
struct value grammar_token_role(struct grammar *grammar, int32_t token, enum role role);

/* A SET value of tokens in text order; VALUE_IS_NONE for none, and when the arena failed. */
struct value grammar_set(struct grammar *grammar, const int32_t *tokens, size_t count);

struct attr_value {
    int32_t number;   /* bool, value id or number; of ATTR_WORD: whether there is one */
    const char *word; /* ATTR_WORD, and neg=WORD: the lemma or form, lower-case; borrowed */
    size_t length;
};
struct attr_value grammar_attr(struct grammar *grammar, enum object_kind kind, int32_t number,
                               enum attr attr);

/* The head word of what a reference stands for, wherever it was named: its tags, features, classes
 * and literals, for tests; it has no form and no place. false: it stands for nothing known. */
bool grammar_ref_word(struct grammar *grammar, int32_t number, struct token *word);

/* The clause above a clause and by which edge; -1 at the root. */
int32_t grammar_clause_parent(struct grammar *grammar, int32_t clause, enum clause_edge *edge);
uint32_t grammar_clause_count(struct grammar *grammar); /* builds all clauses */
/* The predicate token of a clause. */
int32_t grammar_clause_predicate(struct grammar *grammar, int32_t clause);

/* The tokens of an np, a verb phrase (predicate with complements, without subject and
 * auxiliaries) or a whole subtree, as an inclusive span; false if they are not contiguous. */
bool grammar_subtree_span(struct grammar *grammar, int32_t token, int32_t *start, int32_t *end);
bool grammar_np_span(struct grammar *grammar, int32_t token, int32_t *start, int32_t *end);
bool grammar_vp_span(struct grammar *grammar, int32_t clause, int32_t *start, int32_t *end);

/* A link of a chain pattern or replacement. */
enum link_kind { LINK_LEMMA, LINK_VARIABLE, LINK_TEXT };
struct chain_link {
    enum link_kind kind;
    const char *text; /* LEMMA: the lemma; TEXT: the word as written, no link of its own */
    size_t length;
    uint8_t variable; /* 0..7 */
    uint8_t form;     /* FORM_PP, ING, BASE, ...; FORM_COUNT: whatever the place asks (the first) */
};

/* Whether the pattern matches consecutive links of the group as it stands. */
bool vg_chain_matches(struct grammar *grammar, int32_t vg, const struct chain_link *left,
                      size_t left_count);
/* Rewrites links; false: the pattern does not match, or a form is missing. */
bool vg_chain(struct grammar *grammar, int32_t vg, const struct chain_link *left,
              size_t left_count, const struct chain_link *right, size_t right_count);
/* Sets an attribute: neg (word for VALUE_WORD, e.g. "ain't"), inv, agree, fin, stranded, tense,
 * perf, prog, modal... ; false: this attribute cannot be set so on this group. */
bool vg_set(struct grammar *grammar, int32_t vg, enum attr attr, enum value_id value,
            const char *word, size_t length);
/* Puts the group back as it was matched (a match that is voided after it set something: saved
 * with vg_save before). */
struct vg_saved {
    void *copy;
};
struct vg_saved vg_save(struct grammar *grammar, int32_t vg);
void vg_restore(struct grammar *grammar, int32_t vg, struct vg_saved saved);
/* The group of the tag question that repeats the auxiliary of this group as read; -1: none. */
int32_t vg_tag_of(struct grammar *grammar, int32_t vg);
/* Gives that tag the auxiliary and tense that the group has now; false: it has them, or the group
 * has none. */
bool vg_follow(struct grammar *grammar, int32_t vg, int32_t tag);
/* Logs the token edits that turn the group's tokens into its present state; nothing when it is
 * unchanged. false: it cannot be rendered (a form is missing): log is left as it was. */
bool vg_render(struct grammar *grammar, int32_t vg, struct edit_log *log, uint32_t maker);
/* Tokens that rendering might touch (links, negator, particles not): for protection checks. */
size_t vg_tokens(struct grammar *grammar, int32_t vg, int32_t *tokens, size_t size);

#endif

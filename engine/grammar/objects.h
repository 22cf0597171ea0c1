/* objects.h -- what the files of engine/grammar share and nobody else sees: closed-class words, the
 * structs behind the objects, and the steps from one to the other. Flow: tree -> words -> vg (read,
 * agree, layout, render) -> clause -> np, coord, quote, ref; object.c answers for all of them.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef GRAMMAR_OBJECTS_H
#define GRAMMAR_OBJECTS_H

#include "grammar/grammar.h"

/* ---- closed-class words ---- */

/* Classes of subjects for agreement; a set of bits. */
enum { AGR_1SG = 1, AGR_3SG = 2, AGR_PL = 4 };

enum word_bit {
    WORD_NOT = 1 << 0,       /* not n't */
    WORD_NEGATIVE = 1 << 1,  /* no nobody never ... */
    WORD_SEMINEG = 1 << 2,   /* hardly scarcely ... */
    WORD_WH = 1 << 3,        /* who what how ... */
    WORD_RELATIVE = 1 << 4,  /* who which that ... */
    WORD_NOMINATIVE = 1 << 5,/* I he she we they */
    WORD_PERSONAL = 1 << 6,  /* any personal pronoun that can be a subject */
    WORD_HOST = 1 << 7,      /* takes 're and 've */
    WORD_QUANTITY = 1 << 8,  /* a number of dogs: the complement gives the number */
    WORD_SENTENCE = 1 << 9,  /* an adverb that goes before the finite verb: probably */
    WORD_AND = 1 << 10,
    WORD_OR = 1 << 11,       /* or nor */
    WORD_INDEFINITE = 1 << 12, /* someone anything ... */
    WORD_WHETHER = 1 << 13,  /* whether if */
    WORD_ACCUSATIVE = 1 << 14, /* me him us them */
    WORD_SECOND = 1 << 15,   /* you and its spellings */
    WORD_PLURAL_NOUN = 1 << 16, /* people police */
    WORD_MASC = 1 << 17, WORD_FEM = 1 << 18, WORD_NEUT = 1 << 19,
    WORD_GROUP = 1 << 20,    /* plural addressees: guys folks everyone ladies */
    WORD_SPEECH = 1 << 21,   /* verbs of saying */
    WORD_NOINVERT = 1 << 22, /* not only, just, merely: "not" before them is theirs */
    WORD_WEATHER = 1 << 23,  /* rain snow */
    WORD_SUBORDINATOR = 1 << 24 /* had I known, were it: clauses inverted without being asked */
};

/* A form of an auxiliary. agr: the subjects a finite present (or was, were) goes with. */
struct aux_form {
    const char *form, *lemma;
    uint8_t place; /* FORM_FIN BASE PP ING */
    uint8_t tense; /* VALUE_PRES PAST NONE */
    uint8_t agr;
    bool modal, clitic;
};

struct word {
    const char *text; /* lower-case, straight apostrophe */
    uint32_t bits;
    uint8_t agr;
};

/* Entry of the word list for a token; an empty one if it is not listed. */
const struct word *word_at(struct grammar *grammar, int32_t token);
/* The word list itself, in strcmp order (a test checks that). */
const struct word *word_list(size_t *count);
/* The reading of an auxiliary's form; NULL if it is none. 's and 'd are given as is and had. */
const struct aux_form *aux_form_find(const char *folded);
/* Lower-cases ASCII and straightens apostrophes; "" when it does not fit. */
enum { FOLD_SIZE = 24 };
void token_fold(const struct token *token, char out[FOLD_SIZE]);
/* Whether a token's form or lemma is this word (lower-case, straight apostrophe). */
bool form_is(const struct token *token, const char *word);
bool lemma_is(const struct token *token, const char *word);
/* Whether the word list gives the lemma one of these bits. */
bool lemma_has(const struct token *token, uint32_t bits);
/* Compares case-blind, ignoring apostrophes of any kind. */
bool same_form(const char *a, size_t a_length, const char *b, size_t b_length);

/* ---- tree ---- */

struct grammar_extra {
    uint16_t *words;           /* by token: 1 + number in the word list + 1; 0: not asked */
    bool tag_asked, clauses_built, curly_asked, curly;
    int32_t tag_aux, tag_neg, tag_pronoun; /* the tag question of the sentence; -1: none */
    int32_t *kids_first;       /* by token: newest kids object + 1 */
    uint32_t capacity[OBJECT_COUNT];
    uint8_t *predicate;        /* by token: 0 not asked, 1 no, 2 yes */
    int32_t *clause_of;        /* by token, once built */
    struct mention *mentions;  /* of the sentence, once asked for */
    uint32_t mention_count, entities;
};

static inline const struct token *token_at(const struct grammar *grammar, int32_t token)
{
    return &grammar->sentence->tokens[token];
}
static inline bool has_token(const struct grammar *grammar, int32_t token)
{
    return token >= 0 && (uint32_t)token < grammar->sentence->count;
}
/* The relation to the head; root wherever there is no head, whatever the analysis says. */
static inline enum deprel rel_of(const struct grammar *grammar, int32_t token)
{
    return grammar->heads[token] < 0 ? REL_ROOT : (enum deprel)token_at(grammar, token)->deprel;
}
/* The relation without subtype, by table look-up. */
enum deprel base_rel(const struct grammar *grammar, int32_t token);
/* The first child in token order with one of a set of relations (bits 1 << REL_*); -1: none. */
int32_t child_with(const struct grammar *grammar, int32_t token, uint64_t relations);
#define REL_BIT(id) ((uint64_t)1 << REL_##id)
bool is_punct(const struct grammar *grammar, int32_t token);
/* Is the token written on to the word before it? */
bool is_glued(const struct grammar *grammar, int32_t token);
/* The subtree's edges without flanking punctuation and coordinators. */
void subtree_trim(const struct grammar *grammar, int32_t token, int32_t *start, int32_t *end);
/* Adds an object of a kind; *number gets its number; NULL: limit or memory. */
void *object_new(struct grammar *grammar, enum object_kind kind, size_t size, int32_t *number);
void *object_at(struct grammar *grammar, enum object_kind kind, int32_t number);

static inline struct value no_value(void)
{
    return (struct value){VALUE_IS_NONE, 0, -1, -1};
}
static inline struct value token_value(int32_t token)
{
    return token < 0 ? no_value() : (struct value){VALUE_IS_TOKEN, 0, token, token};
}

/* ---- verb groups ---- */

struct vg_link {
    const char *lemma;
    uint16_t lemma_length;
    uint8_t form;   /* the form its place asks; FORM_FIN of the finite one */
    bool modal;
    bool frozen;    /* gon|na: cannot be inflected */
    bool doubled;   /* travelling: written with the last letter doubled */
    int32_t token;  /* -1: made */
};

struct vg_text {
    const char *word;
    uint16_t length;
    uint8_t before; /* link it stands before; count: after the last */
};

/* One state of a group; do-support is derived, not a link. */
struct vg_state {
    struct vg_link links[LIMIT_LINKS];
    struct vg_text texts[LIMIT_LINKS];
    uint8_t count, text_count;
    uint8_t form, tense;          /* VALUE_FIN INF TO ING PP IMP; VALUE_PRES PAST NONE */
    uint8_t neg;                  /* VALUE_NO NOT NT WORD */
    uint8_t agree, finite;        /* VALUE_STD ZERO S WAS; VALUE_STD ZERO */
    bool inv, stranded;
    bool emphatic;                /* do without need for it */
    bool main_operator;           /* haven't a clue; she does: have or do without another do */
    bool whole;                   /* inverted as a whole: says Mary */
    const char *neg_word;
    size_t neg_length;
};

struct vg_object {
    int32_t predicate;
    bool outer;           /* the copula over a clause: the thing is that ... */
    bool tag;             /* a tag question's */
    int32_t fin, neg, to, prt, main, do_token; /* tokens; -1: none */
    int32_t subject;      /* surface subject, maybe another clause's; -1: none */
    bool own_subject;     /* it is the predicate's own */
    int32_t subject_start, subject_end;
    int32_t owner;        /* the verb that the subject belongs to */
    uint8_t agr;          /* one AGR bit; 0: unknown */
    bool copular, sound, contracted, upper, passive, shared;
    uint8_t broken;       /* enum vg_fault: why it is not sound */
    struct vg_state as_read, now;
};

enum vg_fault {
    FAULT_NONE, FAULT_ORDER, FAULT_LINKS, FAULT_CHAIN, FAULT_FORM, FAULT_FINITE, FAULT_SUBJECT,
    FAULT_GOESWITH, FAULT_TYPO, FAULT_SHARED, FAULT_COUNT
};
const char *vg_fault_name(enum vg_fault fault);

/* One word of a rendered group. */
enum element_kind { ELEMENT_LINK, ELEMENT_DO, ELEMENT_NEG, ELEMENT_TEXT, ELEMENT_TO };
struct element {
    enum element_kind kind;
    const char *form, *lemma;
    size_t form_length, lemma_length;
    int32_t token;   /* the token it was read from; -1: made */
    uint8_t zone;    /* 0 before the subject of an inverted group, 1 elsewhere */
    bool clitic;     /* written on to the word before it */
    bool finite, frozen;
    uint8_t place, agr, tense;
    bool modal;
};
enum { ELEMENT_LIMIT = 2 * LIMIT_LINKS + 6 };

/* vg_link.c: what a link's token says of itself. */
struct reading {
    const char *lemma;
    size_t lemma_length;
    uint8_t place, tense, agr; /* FORM_*, VALUE_*, AGR bits */
    bool modal, clitic, auxiliary;
};
bool reads(const struct reading *reading, const char *lemma);
/* The form a verb's tag names: FORM_FIN BASE PP ING; FORM_COUNT: none. */
uint8_t place_of_tag(const struct token *token);
/* next: the link after it; NULL: the last one. */
struct reading link_reading(const struct token *token, const struct token *next);
/* vg.c */
int32_t vg_of_token(struct grammar *grammar, int32_t token);
struct vg_object *vg_at(struct grammar *grammar, int32_t number);
/* vg_read.c: fills links, form, tense, negation of a group whose tokens are known. */
void vg_read(struct grammar *grammar, struct vg_object *vg, const int32_t *links, size_t count);
/* vg_agree.c */
void vg_find_subject(struct grammar *grammar, struct vg_object *vg);
/* AGR bits a subject may go with; 0: unknown. */
uint8_t subject_agreement(struct grammar *grammar, int32_t subject);
/* vg_layout.c: the words of a state in order; false: it cannot be rendered. */
bool vg_layout(struct grammar *grammar, const struct vg_object *vg, const struct vg_state *state,
               struct element out[ELEMENT_LIMIT], size_t *count);
bool is_operator(const struct vg_state *state);
bool needs_do(const struct vg_state *state);
const char *folded_copy(struct grammar *grammar, const struct token *token, size_t *length);
/* vg_set.c */
bool vg_insert_link(struct vg_state *state, size_t place, const char *lemma, bool modal);
struct attr_value vg_attr(struct grammar *grammar, int32_t number, enum attr attr);
struct value vg_role(struct grammar *grammar, int32_t number, enum role role);

/* ---- clauses ---- */

struct clause_object {
    int32_t predicate, parent;
    uint8_t edge, type, gap;
    bool root, sub, conj, there, negative, inverted;
    int32_t vg, subject, verb, object, indirect, complement, mark, antecedent, neg, start, end,
        slot, wh_start, wh_end;
    bool described;
};

bool is_predicate(struct grammar *grammar, int32_t token);
int32_t clause_of_token(struct grammar *grammar, int32_t token);
struct clause_object *clause_at(struct grammar *grammar, int32_t number);
/* The mark that ends the sentence the token stands in: '?', '!', '.', ';' or 0. */
char closing_mark(const struct grammar *grammar, int32_t from);
/* clause_type.c: type, polarity, gap and roles, on demand. */
void clause_describe(struct grammar *grammar, int32_t number);
/* The subject of a predicate, its own or shared; *owner gets the predicate that has it. */
int32_t predicate_subject(struct grammar *grammar, int32_t predicate, int32_t *owner);
struct attr_value clause_attr(struct grammar *grammar, int32_t number, enum attr attr);
struct value clause_role(struct grammar *grammar, int32_t number, enum role role);
/* tag.c: finds the sentence's tag question, once. */
void tag_find(struct grammar *grammar);
bool in_tag(struct grammar *grammar, int32_t token);

/* ---- phrases ---- */

struct np_object {
    int32_t head, start, end;
};
struct coord_object {
    int32_t head, cc, set, count;
};
struct quote_object {
    int32_t verb, subject, open, first, last;
    uint8_t order;
    bool direct;
};
struct ref_object {
    int32_t token;
    const struct mention *mention; /* NULL: none */
    uint8_t number, sure;
};
struct kids_object {
    uint64_t relations;
    int32_t set, count, next;
};

int32_t np_of_token(struct grammar *grammar, int32_t token);
/* The nominal a token belongs to; -1: none. */
int32_t np_head(struct grammar *grammar, int32_t token);
struct attr_value np_attr(struct grammar *grammar, int32_t number, enum attr attr);
struct value np_role(struct grammar *grammar, int32_t number, enum role role);
/* VALUE_SUBJ OBJ OBL POSS PRED NONE of a nominal, through coordination. */
enum value_id nominal_role(struct grammar *grammar, int32_t head);
bool np_is_plural(struct grammar *grammar, int32_t head);
enum value_id np_person(struct grammar *grammar, int32_t head);
enum value_id np_gender(struct grammar *grammar, int32_t head);
bool np_is_animate(struct grammar *grammar, int32_t head);
int32_t coord_of_token(struct grammar *grammar, int32_t token);
struct attr_value coord_attr(struct grammar *grammar, int32_t number, enum attr attr);
struct value coord_role(struct grammar *grammar, int32_t number, enum role role);
int32_t quote_of_token(struct grammar *grammar, int32_t token);
struct attr_value quote_attr(struct grammar *grammar, int32_t number, enum attr attr);
struct value quote_role(struct grammar *grammar, int32_t number, enum role role);
int32_t ref_of_token(struct grammar *grammar, int32_t token);
struct attr_value ref_attr(struct grammar *grammar, int32_t number, enum attr attr);
struct value ref_role(struct grammar *grammar, int32_t number, enum role role);
int32_t kids_of_token(struct grammar *grammar, int32_t token, uint64_t relations);
struct attr_value kids_attr(struct grammar *grammar, int32_t number, enum attr attr);
struct value kids_role(struct grammar *grammar, int32_t number, enum role role);

static inline struct attr_value number_attr(int32_t number)
{
    return (struct attr_value){number, NULL, 0};
}

#endif

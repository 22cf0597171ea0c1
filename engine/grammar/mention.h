/* mention.h -- noun phrases and pronouns of a record as things that a later pronoun may refer to,
 * and the choice among them. Flow: mention.c finds the mentions of a sentence; ref_features.c says
 * of a pronoun and a candidate what speaks for and against; resolve.c weighs it (ref_weights.c,
 * made by train/reference.c) and chooses; ref.c answers for ref(x). Everything is integers.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef GRAMMAR_MENTION_H
#define GRAMMAR_MENTION_H

#include "grammar/objects.h"

/* The pronouns that look for an antecedent, by what they look for. */
enum pronoun_class { CLASS_OF_IT, CLASS_OF_THEY, CLASS_OF_HE, CLASS_OF_THIS, PRONOUN_CLASSES,
                     NO_PRONOUN_CLASS = 255 };

enum mention_bit {
    MENTION_DEF = 1 << 0,     /* definite */
    MENTION_INDEF = 1 << 1,   /* with a, an, some */
    MENTION_NAME = 1 << 2,
    MENTION_PRO = 1 << 3,
    MENTION_COORD = 1 << 4,   /* a whole coordination; token is its first member */
    MENTION_QUOTED = 1 << 5,
    MENTION_OWNED = 1 << 6,   /* has a possessor */
    MENTION_COUNTED = 1 << 7, /* has a number */
    MENTION_MEMBER = 1 << 8,  /* member of a coordination, not the first */
    MENTION_BELOW = 1 << 9,   /* in a subordinate clause */
    MENTION_LEADS = 1 << 10,  /* the first mention of its sentence */
    MENTION_PASSIVE = 1 << 11,/* subject of a passive */
    MENTION_INSIDE = 1 << 12, /* part of another phrase (nmod) */
    MENTION_PARAGRAPH = 1 << 13 /* in the first sentence of a paragraph */
};

/* What is chosen when it is no mention: their places after the candidates. */
enum { CHOICE_NONE = -1, CHOICE_DUMMY = -2 };

/* The features of one choice; each is a row of the weights. */
enum { FEATURES_MOST = 48 };
struct ref_features {
    uint16_t rows[FEATURES_MOST];
    uint32_t count;
};

/* A pronoun and what it may refer to: earlier mentions, newest last. */
struct ref_question {
    struct grammar *grammar;
    const struct ref_model *model;
    const struct mention *pronoun;
    enum pronoun_class class;
    uint16_t form;                    /* number of the pronoun's form, for the features */
    const struct mention *candidates[LIMIT_MENTIONS];
    uint32_t count;
    /* Entities of the subject of its clause (alone, and with what it is coordinated with) and of
     * the clause above; 0: none that comes before. */
    uint32_t own_subject[2], upper_subject[2];
};

struct ref_answer {
    int choice;                       /* number of a candidate, CHOICE_NONE or CHOICE_DUMMY */
    uint32_t share, empty;            /* of the chosen entity, of the empty "it": 0..65535 */
    uint8_t sure;                     /* calibrated, percent */
};

/* mention.c */
enum pronoun_class pronoun_class_of(struct grammar *grammar, int32_t token, uint16_t *form);
/* Finds the mentions of the sentence; antecedents are left open. */
uint32_t mention_find(struct grammar *grammar, struct mention *mentions, uint32_t capacity);
bool is_nominal_argument(struct grammar *grammar, int32_t token);
/* What kind of thing word classes speak of. */
enum value_id mention_kind(uint32_t classes);

/* ref_features.c */
enum { FEATURE_ROWS = 1280 };
void ref_features_of(const struct ref_question *question, int choice, struct ref_features *out);
/* Which of the rows that all classes of pronouns have this is; -1: none of them. */
int ref_shared_row(uint16_t row);

/* resolve.c */
void ref_ask(struct grammar *grammar, const struct mention *here, uint32_t here_count,
             const struct mention *pronoun, struct ref_question *question);
struct ref_answer ref_answer(const struct ref_question *question);
int32_t ref_score(const struct ref_question *question, int choice);
/* Whether the pronoun may stand for nothing. */
bool ref_may_be_empty(const struct ref_question *question);
/* The mentions of the sentence in token order, resolved against those before; NULL: memory. */
const struct mention *sentence_mentions(struct grammar *grammar, uint32_t *count);
/* Adds them to the document, for the sentences to come. */
void remember_mentions(struct grammar *grammar, struct grammar_document *document);

/* you.c: whether "you" is one or several, by what stands about it and who was addressed. */
struct number_guess {
    uint8_t number, sure; /* VALUE_SG PL NONE; percent */
};
struct number_guess you_number(struct grammar *grammar, int32_t you);
void remember_addresses(struct grammar *grammar, struct grammar_document *document);

/* ref_weights.c, made by train/reference.c. WEIGHT_SCALE units are a factor of e; calibration: by
 * twentieths of the share, how often such a choice is right, percent (last: of the empty "it"). */
enum { WEIGHT_SCALE = 64, CALIBRATION_STEPS = 20 };
struct ref_model {
    int16_t weights[FEATURE_ROWS];
    uint8_t calibration[PRONOUN_CLASSES + 1][CALIBRATION_STEPS + 1];
};
extern const struct ref_model ref_model;

#endif

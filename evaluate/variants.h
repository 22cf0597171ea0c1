/* variants.h -- the arms of an evaluation and what each makes of each item: dialects, slang, single
 * features, and the controls that are no dialect. A text that occurs often is one question.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EVALUATE_VARIANTS_H
#define EVALUATE_VARIANTS_H

#include "evaluate/controls.h"
#include "evaluate/items.h"

enum arm_kind { ARM_DIALECT, ARM_SLANG, ARM_FEATURE, ARM_CONTROL, ARM_PARALLEL };
enum control { CONTROL_SAME, CONTROL_PARAPHRASE, CONTROL_TYPO, CONTROL_DENSE_TYPO, CONTROLS };

struct arm {
    enum arm_kind kind;
    const char *id;            /* borrowed: code, feature as the user wrote it, control's name */
    const char *name;
    char *own_id, *own_name;   /* of slang, which has no other place for them */
    const char *slang;         /* regions; NULL: none */
    isg_dialect_info dialect;  /* of ARM_DIALECT, and of slang in a dialect */
    uint32_t variety;          /* of ARM_PARALLEL; NAMES_NONE: none is named */
    enum control control;
    isg_profile *profile;      /* NULL: a control */
    unsigned rewrite;          /* parts it rewrites: bits 1 << enum part */
};

struct variant {
    uint32_t question;         /* number of its text */
    uint32_t edit_count;
    struct edit *edits;        /* those of the text first */
    bool changed;
    bool excluded;             /* not to be compared: there is none, or its label may not hold */
};

struct variants {
    struct arm *arms;          /* dialects, slang, features, people's variants, controls */
    size_t arm_count, dialects;
    size_t family;             /* dialects and slang: what is corrected for its number */
    size_t people;             /* the last ones before the controls: variants by people */
    struct names questions;    /* texts; tag 1: asked a second time */
    uint32_t *sources;         /* by item: the question of its source */
    uint32_t (*words)[PARTS];  /* by item */
    struct variant *list;      /* [item * arm_count + arm] */
    size_t count;              /* of list */
    size_t neutralised;        /* variants left out for what the labels need */
};

/* The arms that are compared with one another: dialects and slang, or features if there are no
 * such. */
static inline size_t variants_compared(const struct variants *v)
{
    return v->family ? v->family : v->arm_count - CONTROLS;
}

isg_status variants_make(struct variants *v, const isg_engine *engine, const struct items *items,
                         const isg_evaluate_options *o, isg_error *error);
void variants_clear(struct variants *v);

static inline const struct variant *variant_of(const struct variants *v, size_t item, size_t arm)
{
    return &v->list[item * v->arm_count + arm];
}

/* Makes the arms that the options name, with their profiles. */
isg_status arms_make(struct variants *v, const isg_engine *engine, const struct items *items,
                     const isg_evaluate_options *o, isg_error *error);

#endif

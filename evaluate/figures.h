/* figures.h -- from answers to figures: outcomes of items, then what docs/evaluation.md defines.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EVALUATE_FIGURES_H
#define EVALUATE_FIGURES_H

#include "evaluate/ask.h"
#include "evaluate/items.h"
#include "evaluate/stats.h"
#include "evaluate/task.h"
#include "evaluate/variants.h"

enum set_kind { SET_ALL, SET_CHANGED, SET_COMMON, SETS };

/* A comparison of one arm with the source over a set of items; NaN: not to be had. */
struct comparison {
    size_t n, clusters, failed;
    double standard, variant;
    struct stats_interval gap;
    double p, p_corrected;
    const char *test;          /* NULL: none */
    double flips;              /* share of answers that differ */
    struct stats_interval ratio; /* of error rates, or of shares over the threshold */
    bool has_events;           /* for that ratio */
    double worst[2];
    /* A second figure of the task: macro F1, or the share over the threshold. */
    double second_standard, second_variant;
    struct stats_interval second;
};

/* Answers in words: how long they are, and how much dialect is in them; NaN: there are none. */
struct answers_figures {
    size_t n;
    double words, marks;       /* of an answer; per 100 words */
};

struct arm_figures {
    struct comparison sets[SETS];
    double distance;           /* from standard English by ratings; NaN: no dialect */
    size_t edits, changed;
    size_t words;              /* of the sources, in the parts that are rewritten */
    double density;            /* edits per 100 words */
    bool exceeds_controls;
    struct answers_figures answers;
};

struct feature_figures {
    unsigned id;
    size_t items;              /* with it in some variant of a dialect, or of its own run */
    struct stats_interval gap; /* of a run of its own */
    double p, q;
    struct stats_interval coefficient;
};

struct slice_figures {
    uint32_t slice;
    size_t arm, n;
    struct stats_interval gap, difference;
    double p;
};

/* The set of items over which arms are ranked. */
struct ranking {
    bool by_common;            /* false: by all items */
    size_t changed_under;      /* of the compared arms, at least, for an item to be common */
    size_t all_changed, items; /* items changed under every compared arm; common items */
};

/* What a metric makes of the same answers in dialects; NaN: not tried. */
struct own_gap {
    size_t pairs;
    double standard, variant;
    struct stats_interval gap;
};

struct figures {
    const struct items *items;
    const struct variants *variants;
    const struct ask *ask;
    const isg_evaluate_options *o;
    const isg_engine *engine;
    const struct scorer *scorer; /* of free answers; NULL: the task needs none */
    struct stats_options stats;
    double alpha;
    size_t clusters;
    double *base;              /* outcome by item; NaN: failed */
    double *outcome;           /* [arm * items + item] */
    struct arm_figures *arms;
    struct ranking ranking;
    struct feature_figures *features;
    size_t feature_count;
    struct slice_figures *slices;
    size_t slice_count;
    double mde_single, mde_corrected, discordance;
    struct own_gap own;
    struct answers_figures answers; /* to sources */
    struct stats_mantel mantel, partial;
    size_t mantel_n;
};

bool figures_make(struct figures *f);
void figures_clear(struct figures *f);

/* The parts of figures_make. */
bool figures_compare(struct figures *f);
bool figures_features(struct figures *f);
bool figures_slices(struct figures *f);
bool figures_distance(struct figures *f);
bool figures_answers(struct figures *f);

/* arm may be SOURCE_ARM. */
static inline uint32_t question_of(const struct figures *f, size_t item, size_t arm)
{
    return arm == SOURCE_ARM ? f->variants->sources[item]
                             : variant_of(f->variants, item, arm)->question;
}

static inline const struct answer *answer_of(const struct figures *f, size_t item, size_t arm)
{
    return &f->ask->answers[question_of(f, item, arm)];
}

static inline double outcome_of(const struct figures *f, size_t item, size_t arm)
{
    return f->outcome[arm * f->items->count + item];
}

#endif

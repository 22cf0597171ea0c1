/* task.h -- what sets one task apart from another: the kind of its answers, what an answer is
 * worth, which way is better, what is said. Everything else asks here, never for a task's name; a
 * task is added by one more entry in task.c.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EVALUATE_TASK_H
#define EVALUATE_TASK_H

#include <isogloss_evaluate.h>

struct answer;
struct figures;

enum answer_kind { KIND_LABEL, KIND_NUMBER, KIND_TEXT, KIND_NATS, KIND_CHOICE };
enum direction { HIGHER_IS_BETTER, LOWER_IS_BETTER, AS_THE_USER_SAYS };

/* What an answer to an item is worth; arm: whose variant was asked, SOURCE_ARM: none. NaN: it
 * cannot be said. The answer is given, and of the task's kind. */
typedef double (*task_worth)(const struct figures *f, size_t item, size_t arm,
                             const struct answer *answer);
enum { SOURCE_ARM = SIZE_MAX };

struct task {
    const char *name;          /* in options and result */
    const char *metric;        /* the mean of the outcomes */
    const char *second;        /* the second figure; NULL: none, or the share over a threshold */
    enum answer_kind kind;
    enum direction direction;
    const char *label_field;   /* if the user does not say; NULL: label */
    bool is_alone;             /* its figures need no variants */
    bool wants_label;          /* an item without one cannot be used */
    bool is_rate;              /* outcomes are 0 or 1 */
    bool is_share;             /* outcomes are from 0 to 1 */
    bool has_threshold;        /* outcomes may be compared with one */
    uint32_t max_tokens;       /* of an answer of a language model, if the user does not say */
    const char *about;         /* what the model is to do, for people */
    const char *no_headline;   /* why its gap is no harm: reported, but no arm is ranked, said to
                                  exceed the controls, or held against a limit; NULL: it is one */
    task_worth outcome;
    task_worth second_outcome; /* its mean is the second figure; NULL: macro F1, or none */
    /* Whether two answers say the same; NULL: their outcomes tell. */
    bool (*agrees)(const struct answer *x, const struct answer *y);
    /* The prompt of a language model; NULL: one of its kind of answer. */
    const char *(*ask)(const isg_evaluate_options *o);
};

/* Whether the metric that the options name is one. */
bool task_has_metric(const isg_evaluate_options *o);
/* The task that the options name; never NULL. */
const struct task *task_of(const isg_evaluate_options *o);
/* Why a gap is no harm, by the task or because labels may change; NULL: it is. */
const char *task_no_headline(const isg_evaluate_options *o);
/* What the mean of the outcomes is called. */
const char *task_metric(const isg_evaluate_options *o);
/* Whether more of the metric is worse for people. */
bool task_is_lower_better(const isg_evaluate_options *o);
/* Whether a ratio of rates can be had, and what is counted for it: errors, or outcomes over the
 * threshold. */
bool task_has_events(const isg_evaluate_options *o);
double task_event(const isg_evaluate_options *o, double outcome);
/* An outcome as a loss: more of it is worse. */
double task_loss(const isg_evaluate_options *o, double outcome);
/* The second figure's name, and an item's part in it; NULL: there is none. */
const char *task_second(const isg_evaluate_options *o);
/* Whether a task's items have gold answers in words, several of them, instead of a label. */
static inline bool task_has_gold(const struct task *task)
{
    return task->wants_label && task->kind == KIND_TEXT;
}

#endif

/* isogloss_evaluate.h -- is a model worse for people who write a dialect: items are rewritten, the
 * model answers source and variants, and the paired answers are compared. What each figure means is
 * in docs/evaluation.md, the result's form in docs/evaluate.schema.json. A library of its own, so
 * that the runtime needs no network, data base or JSON.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef ISOGLOSS_EVALUATE_H
#define ISOGLOSS_EVALUATE_H

#include <isogloss.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct isg_evaluation isg_evaluation;

typedef enum isg_evaluate_task {
    ISG_TASK_CLASSIFY, /* a label; compared with the item's own */
    ISG_TASK_SCORE,    /* a number; compared with that of the source */
    ISG_TASK_QA,       /* words; compared with the item's own answers */
    ISG_TASK_GENERATE, /* words; judged by a metric */
    ISG_TASK_PREFER,   /* which of two answers to the text is better */
    ISG_TASK_LIKELIHOOD, /* how likely a language model finds the text; no arm is ranked by it, and
                           isg_evaluation_check never finds its condition met */
    ISG_TASK_MARK      /* where slang is: the words with | between them, or none */
} isg_evaluate_task;

/* The task of a name ("classify"); false: there is none. */
ISG_API bool isg_evaluate_find_task(const char *name, isg_evaluate_task *task);

/* Parts of a question. */
enum {
    ISG_REWRITE_TEXT = 1,
    ISG_REWRITE_CONTEXT = 2,
    ISG_REWRITE_CHOSEN = 4,  /* prefer: the answers */
    ISG_REWRITE_REJECTED = 8 /* alone: the chosen answer competes with its own variant; no other is
                                read */
};

/* What a model is asked. */
typedef struct isg_question {
    const char *text;
    const char *context; /* what the text is about; NULL: nothing */
    const char *a, *b;   /* prefer: two answers to the text, each pair in both orders; else NULL */
    const char *messages; /* of a conversation, as JSON, with the text in them; NULL: it is none */
} isg_question;

/* What a model said. Pointers need not outlive the next call. */
typedef struct isg_answer {
    bool answered;     /* false: it failed; the others are then ignored */
    const char *label; /* classify; prefer: "a", "b" or "tie" */
    const char *text;  /* qa, generate: UTF-8 */
    double score;      /* score; NaN counts as failed. prefer without a label: how much better a is
                          than b */
    /* likelihood: the text cut into tokens, and the natural logarithm of the probability of each
     * after those before it, NaN for the first where nothing is; or both NULL, and score is the
     * negative of their sum. token_count 0: not known. */
    const char *const *tokens;
    const double *logprobs;
    size_t token_count;
} isg_answer;

/* A model in the caller's program: answers count questions; called again and again with batches.
 * Returns false to stop the evaluation. */
typedef bool (*isg_answer_fn)(void *context, const isg_question *questions, size_t count,
                              isg_answer *answers);

/* Told now and then how far things are: questions answered or failed, of how many. */
typedef void (*isg_progress_fn)(void *context, size_t done, size_t total);

typedef struct isg_evaluate_options {
    const char *path;           /* items: .csv and .tsv by their names, else JSON lines */
    const char *licence;        /* of the items, in the result; NULL: not known */
    const char *input_field, *label_field, *id_field, *cluster_field, *slice_field;
                                /* NULL: text (else messages), label, id, none, none; of JSON lines
                                   the input may be an array of messages {"role", "content"} */
    const char *context_field;  /* what stands beside the text: a passage; items without it are left
                                   out; NULL: nothing */
    bool is_inference;          /* the text is a hypothesis, the context a premise: so they are
                                   named to the model, and where rewrite is 0, dialects are put
                                   into each and into both, in arms of their own */
    const char *chosen_field, *rejected_field; /* prefer: the answers; NULL: chosen, rejected */
    unsigned rewrite;           /* which of them are rewritten: ISG_REWRITE_...; 0: the text */
    bool all_turns;             /* of conversations, all turns of the user are rewritten, not the
                                   last only */
    const char *parallel_field; /* where people's own variant of an item is; NULL: nowhere */
    const char *variety_field;  /* which variety that is in: an arm of its own for each; NULL: one
                                   arm for all */
    bool are_pairs;             /* the items are pairs people wrote: where they are not named, the
                                   field of clusters is id, and that of varieties variety; both may
                                   be missing */
    const char *needs;          /* what labels depend on: "tense,number"; variants by features that
                                   neutralise it are left out and counted; NULL: nothing. "form":
                                   on how it is said, which every variant changes: refused without
                                   label_changes */
    bool label_changes;         /* labels may change with the variants: it is said how answers
                                   differ, no arm is ranked, and isg_evaluation_check meets no
                                   condition */
    const char *labels;         /* "good,bad": that may be answered, beside those of the items */
    isg_evaluate_task task;
    const char *metric;         /* generate: "refusal", "length", "language", or "cmd:PROGRAM",
                                   which is asked about the texts of items and answers */
    bool lower_is_better;       /* score: a higher number is worse (toxicity) */
    bool has_threshold;         /* score: the share above it is compared too */
    double threshold;

    const char *const *dialects;
    size_t dialect_count;
    bool all_dialects;          /* all that are no contact languages */
    bool contact_language;      /* allow creoles and pidgins */
    const char *const *slang;   /* plain words into slang of these regions ("UK,IE"): for each an
                                   arm of its own, and one with each of dialects */
    size_t slang_count;
    double slang_density;       /* as in isg_profile_options */
    unsigned slang_coarseness;  /* the same */
    const char *const *features; /* an arm of its own for each, at every site */
    size_t feature_count;
    const isg_rates *rates;     /* of dialects; NULL: natural */
    const char *const *protect; /* patterns whose matches are not rewritten */
    size_t protect_count;

    const char *model;          /* "cmd:PROGRAM ARGUMENT..." as a shell takes it;
                                   "builtin:sentiment", which says positive or negative, or how
                                   positive; "http://..." or "https://...", an interface as
                                   OpenAI's; NULL: answer */
    isg_answer_fn answer;
    void *answer_context;
    const char *model_name;     /* in the result; NULL: the model */
    /* Of http: */
    const char *api_model;      /* the interface's name of the model; NULL: "default" */
    const char *prompt;         /* {text} and {context} stand for these; NULL: one of the task */
    const char *key_env;        /* the environment variable with the key; NULL: none is sent */
    uint32_t max_tokens;        /* of an answer; 0: as the task needs (16, qa 64,
                                   generate 256) */
    uint32_t concurrency;       /* requests at once, up to 64; 0: 4 */
    uint64_t max_requests;      /* then no more is asked; 0: no limit */
    const char *cache;          /* file of answers, made if it is not there; the model's identity is
                                   model, task, model_name, api_model, prompt and max_tokens;
                                   NULL: none are kept */
    double timeout;             /* seconds without a sign of life from a model; 0: 60 */

    const char *reference;      /* score: pairs that were written to mean the same, with standard,
                                   variant and variety, whose gap is said beside the others; NULL:
                                   none */
    const char *baseline;       /* an older result, as JSON, to compare gaps with; NULL: none */
    bool outcomes;              /* put the outcomes of all items into the result, however many: with
                                   them a later run can be paired with this one by item */
    uint64_t seed;
    uint32_t resamples;         /* 0: 10,000 */
    double confidence;          /* 0: 0.95 */
    size_t minimum_slice;       /* items a slice needs; 0: 20 */
    size_t examples;            /* in the result */
    unsigned jobs;              /* threads that rewrite; 0: 1 */
    const char *command;        /* to be repeated; in the result */

    isg_progress_fn progress;
    void *progress_context;
    const volatile int *stop;   /* counted up in a signal handler: asks the model no more */
    bool partial;               /* generate: the answers that were there when it was are judged;
                                   counted up again, that ends, too */
} isg_evaluate_options;

/* Runs an evaluation. A model that fails is no failure of the run: its answers count as failed.
 * ISG_ARGUMENT, ISG_UNKNOWN, ISG_IO, ISG_SYNTAX: options or items make no sense. ISG_MISMATCH: of
 * likelihood, the model gets texts wrong whose order is known. ISG_CALLBACK: answer ended it. */
ISG_API isg_status isg_evaluate(const isg_engine *engine, const isg_evaluate_options *options,
                                isg_evaluation **evaluation, isg_error *error);
ISG_API void isg_evaluation_free(isg_evaluation *evaluation);
/* The result as JSON, ended by a line end; borrowed. */
ISG_API const char *isg_evaluation_json(const isg_evaluation *evaluation);
/* The same in short, for a terminal; borrowed. */
ISG_API const char *isg_evaluation_table(const isg_evaluation *evaluation);
/* Writes the result as an HTML page that needs no network. */
ISG_API isg_status isg_evaluation_report(const isg_evaluation *evaluation, const char *path,
                                         isg_error *error);
/* Items whose answer became worse, as JSON lines with source, label, variant and arm: items for
 * another run, the variants being its parallel field. Borrowed. */
ISG_API const char *isg_evaluation_regressions(const isg_evaluation *evaluation);
/* Whether *stop ended it before all was asked. */
ISG_API bool isg_evaluation_is_stopped(const isg_evaluation *evaluation);
/* Whether some dialect meets a condition: "gap>0.03" (also ">="): its gap over all items, taken as
 * harm, is more than that; "gap>old", "gap>old+0.01": more than that of the older run by so much;
 * an arm that was not in it does not meet it. *which: the first such arm's id, borrowed.
 * evaluation may be NULL: the condition is only read. */
ISG_API isg_status isg_evaluation_check(const isg_evaluation *evaluation, const char *condition,
                                        bool *met, const char **which, isg_error *error);

#ifdef __cplusplus
}
#endif
#endif

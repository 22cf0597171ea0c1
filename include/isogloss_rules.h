/* isogloss_rules.h -- compile feature files (XML) into a rule table. A library of its own, so that
 * the runtime needs no XML parser.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef ISOGLOSS_RULES_H
#define ISOGLOSS_RULES_H

#include <isogloss.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct isg_rules isg_rules;

typedef struct isg_rules_options {
    const char *schema_path; /* feature.rng and dialect.rng stand in this folder; NULL: installed */
    bool only_named;         /* compile only the files added, no dialects needed (for tests) */
} isg_rules_options;

/* A diagnostic as people read it: file:line:column, the message, the source line and a caret. */
typedef void (*isg_rules_report_fn)(void *context, const char *text, bool is_error);

ISG_API isg_status isg_rules_new(const isg_rules_options *options, isg_rules **rules,
                                 isg_error *error);
ISG_API void isg_rules_free(isg_rules *rules);
/* Where diagnostics go; without it only the first error is kept, in *error. */
ISG_API void isg_rules_set_report(isg_rules *rules, isg_rules_report_fn report, void *context);
/* The same in parts, for programs; it is then given instead of the text. */
typedef struct isg_rules_message {
    const char *file;
    unsigned line, column;
    const char *severity;          /* "error", "warning" or "note" */
    const char *code;              /* of lint: "W4"; NULL: none */
    const char *message;
} isg_rules_message;
typedef void (*isg_rules_message_fn)(void *context, const isg_rules_message *message);
ISG_API void isg_rules_set_message(isg_rules *rules, isg_rules_message_fn message, void *context);
/* Reads one file (a feature, a dialect, a list) or every *.xml and list below a folder, sorted by
 * path. A file with errors is reported and left out; the call then returns ISG_SYNTAX, and the
 * others may still be compiled. */
ISG_API isg_status isg_rules_add(isg_rules *rules, const char *path, isg_error *error);
/* As isg_rules_add, for a file's bytes in memory; name is used in messages. */
ISG_API isg_status isg_rules_add_memory(isg_rules *rules, const char *name, const char *bytes,
                                        size_t length, isg_error *error);
/* Adds everything that a compiled table (8-byte aligned) was made from, to be extended: call it
 * first. A feature, dialect or list that is added later replaces one of the same number, code or
 * name, with a note. */
ISG_API isg_status isg_rules_add_table(isg_rules *rules, const void *table, size_t size,
                                       isg_error *error);
/* The index-th file that has errors, and is therefore left out; NULL: there are no more. */
ISG_API const char *isg_rules_left_out(const isg_rules *rules, size_t index);
/* How many features (and senses of slang) are there to be compiled. */
ISG_API size_t isg_rules_feature_count(const isg_rules *rules);
/* Compiles all that was added; *table is 8-byte aligned, borrowed from rules until the next call.
 * The same sources give the same bytes, whatever the order they were added in. */
ISG_API isg_status isg_rules_compile(isg_rules *rules, const void **table, size_t *size,
                                     isg_error *error);
/* Counts for people: predicates, literals, tests, code, bytes, rules by trigger. Borrowed. */
ISG_API const char *isg_rules_stats(isg_rules *rules);

/* The tests written beside the rules. */
typedef struct isg_rules_test {
    unsigned feature;
    const char *file;
    unsigned line;
    bool keep;                     /* the input must come out unchanged */
    const char *because;           /* keep: the guard that saves it, or "match" */
    const char *input;
    const char *const *outputs;    /* allowed ones, the expected first */
    size_t output_count;
    const char *rule, *realisation, *variety, *with; /* NULL where the test does not narrow */
    bool all;                      /* every output must be reached by some seed */
    const char *sense;             /* of a lexicon's entry: its file:line; NULL: of a feature */
} isg_rules_test;

ISG_API size_t isg_rules_test_count(const isg_rules *rules);
ISG_API isg_status isg_rules_test_get(const isg_rules *rules, size_t index, isg_rules_test *test);

/* The file that a feature was read from, as messages name it; NULL: there is no such feature. */
ISG_API const char *isg_rules_feature_file(const isg_rules *rules, unsigned feature);
/* The index-th realisation of a feature, over all its rules; false: there are no more. Strings are
 * borrowed from rules. */
ISG_API bool isg_rules_realisation(const isg_rules *rules, unsigned feature, size_t index,
                                   const char **rule, const char **realisation);

/* What lint asks of those who know words and can run tests; what is NULL is not asked, and not
 * warned of. Strings are borrowed during the call. */
typedef struct isg_rules_lint_options {
    void *context;
    /* Whether a feature of this file is to be looked at (NULL: all are). */
    bool (*wants)(void *context, const char *file);
    /* How a word is known: 2 as a lemma, 1 only as a form of another word, 0 not at all. */
    int (*knows)(void *context, const char *word);
    /* Whether some test of the feature reaches a realisation. */
    bool (*reaches)(void *context, unsigned feature, const char *rule, const char *realisation);
    /* An output of the feature's tests that the rule would change again; NULL: there is none. */
    const char *(*repeats)(void *context, unsigned feature, const char *rule);
    /* The index-th time that a feature found its place taken by another of its stratum: in which
     * text. False: there are no more. */
    bool (*conflicts)(void *context, size_t index, unsigned *feature, unsigned *by,
                      const char **text);
} isg_rules_lint_options;

/* Looks over all that was added for what is likely a mistake; warnings and errors are reported, and
 * warnings counted. ISG_SYNTAX: there are errors. */
ISG_API isg_status isg_rules_lint(isg_rules *rules, const isg_rules_lint_options *options,
                                  size_t *warnings, isg_error *error);

#ifdef __cplusplus
}
#endif
#endif

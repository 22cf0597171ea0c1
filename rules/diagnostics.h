/* diagnostics.h -- messages about rule files: file:line:column, what is wrong and what to do, the
 * line itself and a caret. Every error of a file is reported, in the order of the file; the
 * first is kept for the caller.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RULES_DIAGNOSTICS_H
#define RULES_DIAGNOSTICS_H

#include <isogloss_rules.h>

#include "base/buffer.h"
#include "base/nearest.h"
#include "base/vocab.h"
#include "source.h"

struct diagnostics {
    isg_rules_report_fn report;
    void *context;
    isg_rules_message_fn message; /* instead of report, if it is not NULL */
    void *message_context;
    isg_error *error;    /* of the running call: gets the first error; may be NULL */
    unsigned warnings;   /* since the running call began */
    unsigned errors;     /* since the running call began */
    unsigned quiet;      /* > 0: only count (a trial whose failure is no error) */
    bool warned;         /* warnings were given when the file was added: no more of them */
    struct buffer pending, texts; /* messages not yet given, and what they say */
};

/* Gives out what is pending, by place, each once. */
void diagnostics_flush(struct diagnostics *d);
void diagnostics_clear(struct diagnostics *d);

void diagnostics_error(struct diagnostics *d, struct place at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void diagnostics_warning(struct diagnostics *d, struct place at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* A warning of lint, with its number, such as "W4" (a constant string), or an error ("L5"). */
void diagnostics_lint(struct diagnostics *d, const char *code, struct place at, const char *format,
                      ...) __attribute__((format(printf, 4, 5)));
/* Something to know that is neither. */
void diagnostics_note(struct diagnostics *d, struct place at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* An error of no place: a file that cannot be read. */
void diagnostics_plain(struct diagnostics *d, const isg_error *error);

/* Names near a wrong one, for a hint; each counts once. */
void hint_start(struct nearest *nearest, const char *word);
void hint_offer(struct nearest *nearest, const char *name);
void hint_offer_vocab(struct nearest *nearest, enum vocab_list list);
/* "; did you mean a, b?", or an empty string. hint should have 240 bytes. */
const char *hint_print(const struct nearest *nearest, char *hint, size_t size);

#endif

/* cli.h -- what the commands of the program share: exit codes, the list of commands, messages.
 * A command gets its own arguments (argv[0] is its name) and returns an exit code.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include <isogloss.h>
#include <stdio.h>

enum exit_code {
    EXIT_DONE = 0,
    EXIT_RECORDS = 1, /* some records or tests failed, the rest are done */
    EXIT_USAGE = 2,
    EXIT_FILES = 3,   /* a file cannot be read or written */
    EXIT_TABLES = 4,  /* a table, model or rule file is wrong */
    EXIT_CONDITION = 5, /* what --fail-if names has come */
    EXIT_STOPPED = 6  /* Ctrl-C ended it */
};

/* Only where its libraries are. */
#ifdef HAVE_EVALUATE
#define CLI_EVALUATE(X) X(evaluate, "is a model worse for people who write a dialect?")
#else
#define CLI_EVALUATE(X)
#endif

/* Every command: name, and what it does in one line. */
#define CLI_COMMANDS(X)                                                                            \
    X(transform, "rewrite text into dialects")                                                     \
    X(paraphrase, "put slang into plain words, or plain words into slang")                        \
    X(analyse, "print the analysis of a text as CoNLL-U")                                          \
    X(features, "list the features of the rule table")                                             \
    X(dialects, "list the dialects of the rule table")                                             \
    X(distance, "how far two dialects are apart by their ratings")                                 \
    X(explain, "say why each rule matched a text or did not")                                      \
    X(compile, "compile feature files into a rule table")                                          \
    X(test, "run the tests written in feature files")                                              \
    X(lint, "say what in feature files is likely a mistake")                                       \
    CLI_EVALUATE(X)                                                                                \
    X(bench, "measure words a second on this machine")

#define X(name, about) int cmd_##name(int argc, char **argv);
CLI_COMMANDS(X)
#undef X

/* Writes "isogloss: ..." and a line end to stderr. */
void report(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* Reports an error of the library, with its place if it has one; returns its exit code. */
int report_error(const isg_error *error);
/* Reports wrong usage of a command, with where to read more; returns EXIT_USAGE. */
int report_usage(const char *command, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* The exit code of a status of the library. */
int exit_code_of(isg_status status);
/* Prints a help text to stdout; returns the exit code. */
int print_help(const char *text);
/* Flushes stdout; returns code, or EXIT_FILES (with a message unless the reader has gone). */
int finish_output(int code);

#endif

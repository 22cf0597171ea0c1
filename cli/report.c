/* report.c -- messages to people on stderr, and the exit codes that go with them. Each message is
 * one line and begins with the program's name or with the place in a file it is about.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "cli.h"

#include <errno.h>
#include <stdarg.h>
#include <string.h>

void report(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fputs("isogloss: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
}

int exit_code_of(isg_status status)
{
    switch (status) {
    case ISG_OK: return EXIT_DONE;
    case ISG_ARGUMENT:
    case ISG_UNKNOWN: return EXIT_USAGE;
    case ISG_FORMAT:
    case ISG_VERSION:
    case ISG_MISMATCH:
    case ISG_SYNTAX: return EXIT_TABLES;
    case ISG_LIMIT: return EXIT_RECORDS;
    default: return EXIT_FILES;
    }
}

int report_error(const isg_error *error)
{
    if (!error->file[0])
        report("%s", error->message);
    else if (error->line && error->column)
        report("%s:%u:%u: %s", error->file, error->line, error->column, error->message);
    else if (error->line)
        report("%s:%u: %s", error->file, error->line, error->message);
    else if (strstr(error->message, error->file))
        report("%s", error->message);
    else
        report("%s: %s", error->file, error->message);
    return exit_code_of(error->code);
}

int report_usage(const char *command, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fprintf(stderr, "isogloss %s: ", command);
    vfprintf(stderr, format, arguments);
    fprintf(stderr, "\nTry 'isogloss %s --help'.\n", command);
    va_end(arguments);
    return EXIT_USAGE;
}

int print_help(const char *text)
{
    fputs(text, stdout);
    return finish_output(EXIT_DONE);
}

int finish_output(int code)
{
    errno = 0;
    if (fflush(stdout) == 0 && !ferror(stdout))
        return code;
    if (errno != EPIPE)
        report("cannot write to standard output: %s", errno ? strerror(errno) : "write error");
    return EXIT_FILES;
}

/* cmd_bench.c -- the command bench: words a second for analysis alone, one dialect and all of them.
 * All are measured in one run, in CPU time of one thread: the ratios are what can be compared
 * between machines.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "cli.h"
#include "locate.h"
#include "parse.h"
#include "whole.h"

static const char help[] =
    "Usage: isogloss bench [--seconds N] [--dialect NAME] [FILE]\n"
    "Measures, in CPU time of one thread, words a second for analysis alone, for one dialect, and\n"
    "for all Englishes of the rule table from one analysis; each line of FILE (of the project's\n"
    "sample text without FILE) is a record.\n\n"
    "      --seconds N     how long each measurement takes (default 2)\n"
    "  -d, --dialect NAME  the one dialect (default IrE)\n"
    "      --table FILE    another rule table than the standard one\n"
    "      --data DIR      folder with table, model and lexicon\n"
    "  -h, --help          print this\n";

static const struct option long_options[] = {
    {"seconds", required_argument, NULL, 's'},
    {"dialect", required_argument, NULL, 'd'},
    {"table", required_argument, NULL, 't'},
    {"data", required_argument, NULL, 'D'},
    {"help", no_argument, NULL, 'h'},
    {NULL, 0, NULL, 0},
};

struct bench {
    struct data_options data;
    const char *file, *dialect;
    uint64_t seconds;
    isg_engine *engine;
    isg_document *document;
    isg_profile **profiles; /* the first is the one dialect, then all */
    size_t profile_count;
    char *text;
    size_t length;
};

static double cpu_time(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* Analyses a record and rewrites it with some profiles; returns its words. */
static size_t run_record(const struct bench *b, const char *text, size_t length,
                         isg_profile *const *profiles, size_t count)
{
    if (isg_document_analyse(b->document, text, length, NULL, NULL) != ISG_OK)
        return 0;
    for (size_t i = 0; i < count; i++)
        isg_document_rewrite(b->document, profiles[i], NULL, NULL);
    return isg_document_word_count(b->document);
}

/* Seconds a word, over whole passes through the text. */
static double measure(const struct bench *b, isg_profile *const *profiles, size_t count)
{
    double start = cpu_time(), used = 0;
    size_t words = 0;
    do {
        for (const char *at = b->text, *end = b->text + b->length; at < end;) {
            const char *stop = memchr(at, '\n', (size_t)(end - at));
            stop = stop ? stop : end;
            words += run_record(b, at, (size_t)(stop - at), profiles, count);
            at = stop + 1;
        }
        used = cpu_time() - start;
    } while (words && used < (double)b->seconds);
    return words ? used / (double)words : 0;
}

static int add_profile(struct bench *b, const char *dialect)
{
    isg_error error;
    isg_profile_options options = {.dialect = dialect};
    if (isg_profile_new(b->engine, &options, &b->profiles[b->profile_count], &error) != ISG_OK)
        return report_error(&error);
    b->profile_count++;
    return EXIT_DONE;
}

static int add_profiles(struct bench *b)
{
    size_t count = isg_engine_dialect_count(b->engine);
    b->profiles = calloc(count + 1, sizeof(isg_profile *));
    if (!b->profiles) {
        report("out of memory");
        return EXIT_FILES;
    }
    int code = add_profile(b, b->dialect);
    for (size_t i = 0; code == EXIT_DONE && i < count; i++) {
        isg_dialect_info info;
        if (isg_engine_dialect(b->engine, i, &info) == ISG_OK && !info.contact_language)
            code = add_profile(b, info.code);
    }
    return code;
}

static int print_measures(const struct bench *b)
{
    size_t all = b->profile_count - 1;
    measure(b, NULL, 0); /* warms caches up */
    double analysis = measure(b, NULL, 0);
    double one = measure(b, b->profiles, 1);
    double many = measure(b, b->profiles + 1, all);
    if (!(analysis > 0 && one > 0 && many > 0)) {
        report("no words to measure");
        return EXIT_FILES;
    }
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    printf("analysis     %10.0f words/s\n", 1 / analysis);
    printf("1 dialect    %10.0f words/s   %.2f times the time of analysis\n", 1 / one,
           one / analysis);
    printf("%zu dialects  %10.0f words/s   %.2f times the time of 1 dialect\n", all, 1 / many,
           many / one);
    printf("memory       %10.1f MB\n", (double)usage.ru_maxrss / 1024);
    return finish_output(EXIT_DONE);
}

static int prepare(struct bench *b)
{
    struct location *location = malloc(sizeof *location);
    if (!location) {
        report("out of memory");
        return EXIT_FILES;
    }
    int code = locate(b->data.data, location);
    if (code == EXIT_DONE)
        code = whole_read(b->file ? b->file : location->sample, &b->text, &b->length);
    free(location);
    double start = cpu_time();
    if (code == EXIT_DONE)
        code = open_engine(&b->data, &b->engine);
    isg_error error;
    if (code == EXIT_DONE && isg_document_new(b->engine, &b->document, &error) != ISG_OK)
        code = report_error(&error);
    if (code == EXIT_DONE)
        printf("open         %10.1f ms\n", (cpu_time() - start) * 1e3);
    return code == EXIT_DONE ? add_profiles(b) : code;
}

int cmd_bench(int argc, char **argv)
{
    struct bench b = {.dialect = "IrE", .seconds = 2};
    int option;
    opterr = 0;
    while ((option = getopt_long(argc, argv, ":d:h", long_options, NULL)) != -1) {
        switch (option) {
        case 's':
            if (!parse_number(optarg, 3600, &b.seconds) || !b.seconds)
                return report_usage("bench", "--seconds takes a whole number from 1 to 3600");
            break;
        case 'd': b.dialect = optarg; break;
        case 't': b.data.table = optarg; break;
        case 'D': b.data.data = optarg; break;
        case 'h': return print_help(help);
        case ':': return report_usage("bench", "%s needs a value", argv[optind - 1]);
        default: return report_usage("bench", "no option '%s'", argv[optind - 1]);
        }
    }
    if (argc - optind > 1)
        return report_usage("bench", "one file at a time, please");
    b.file = optind < argc ? argv[optind] : NULL;
    int code = prepare(&b);
    if (code == EXIT_DONE)
        code = print_measures(&b);
    for (size_t i = 0; i < b.profile_count; i++)
        isg_profile_free(b.profiles[i]);
    free(b.profiles);
    isg_document_free(b.document);
    isg_engine_free(b.engine);
    free(b.text);
    return code;
}

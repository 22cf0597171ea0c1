/* cmd_analyse.c -- the command analyse: text in, CoNLL-U out. With --pretokenized CoNLL-U in, its
 * tokens and sentences kept. Long input is cut at empty lines, so that memory stays bounded.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "locate.h"
#include "whole.h"

enum { PART_BYTES = 16 << 20 };

static const char help[] =
    "Usage: isogloss analyse [--pretokenized] [FILE]\n"
    "Prints the analysis of a text (of standard input without FILE) as CoNLL-U: tokens, lemmas,\n"
    "parts of speech, features, heads and relations of Universal Dependencies v2.\n\n"
    "      --pretokenized  FILE is CoNLL-U: its tokens and sentences are kept, every other\n"
    "                      column is replaced\n"
    "      --data DIR      folder with table, model and lexicon\n"
    "  -h, --help          print this\n";

static const struct option long_options[] = {
    {"pretokenized", no_argument, NULL, 'p'},
    {"data", required_argument, NULL, 'd'},
    {"help", no_argument, NULL, 'h'},
    {NULL, 0, NULL, 0},
};

/* Where the part that starts at the beginning ends: after the last empty line within reach. */
static size_t part_end(const char *bytes, size_t length)
{
    if (length <= PART_BYTES)
        return length;
    for (size_t i = PART_BYTES; i > 1; i--)
        if (bytes[i - 1] == '\n' && bytes[i - 2] == '\n')
            return i;
    for (size_t i = PART_BYTES; i > 1; i--)
        if (bytes[i - 1] == '\n')
            return i;
    return PART_BYTES;
}

static int analyse_part(isg_document *document, const char *bytes, size_t length, bool conllu)
{
    isg_error error;
    const char *text;
    size_t text_length;
    isg_status status = conllu ? isg_document_analyse_conllu(document, bytes, length, &error)
                               : isg_document_analyse(document, bytes, length, NULL, &error);
    if (status == ISG_OK)
        status = isg_document_conllu(document, &text, &text_length, &error);
    if (status != ISG_OK) {
        report_error(&error);
        return EXIT_RECORDS;
    }
    fwrite(text, 1, text_length, stdout);
    return finish_output(EXIT_DONE);
}

static int analyse(const struct data_options *data, const char *file, bool conllu)
{
    isg_engine *engine = NULL;
    isg_document *document = NULL;
    isg_error error;
    char *bytes = NULL;
    size_t length = 0;
    int code = open_engine(data, &engine);
    if (code == EXIT_DONE && isg_document_new(engine, &document, &error) != ISG_OK)
        code = report_error(&error);
    if (code == EXIT_DONE)
        code = whole_read(file, &bytes, &length);
    for (size_t at = 0; code == EXIT_DONE && at < length;) {
        size_t n = part_end(bytes + at, length - at);
        code = analyse_part(document, bytes + at, n, conllu);
        at += n;
    }
    free(bytes);
    isg_document_free(document);
    isg_engine_free(engine);
    return code;
}

int cmd_analyse(int argc, char **argv)
{
    struct data_options data = {0};
    bool conllu = false;
    int option;
    opterr = 0;
    while ((option = getopt_long(argc, argv, ":h", long_options, NULL)) != -1) {
        switch (option) {
        case 'p': conllu = true; break;
        case 'd': data.data = optarg; break;
        case 'h': return print_help(help);
        case ':': return report_usage("analyse", "%s needs a value", argv[optind - 1]);
        default: return report_usage("analyse", "no option '%s'", argv[optind - 1]);
        }
    }
    if (argc - optind > 1)
        return report_usage("analyse", "one file at a time, please");
    return analyse(&data, optind < argc ? argv[optind] : NULL, conllu);
}

/* cmd_explain.c -- the command explain: for a text, what each rule of a profile made of it and,
 * where it did not match, the statement that failed.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "locate.h"
#include "parse.h"
#include "whole.h"

static const char help[] =
    "Usage: isogloss explain [--dialect NAME | --feature ID[,ID...] | --literal | --slang REGION]\n"
    "                        [TEXT...]\n"
    "Says for each rule and each place it could start at whether it matched; if so, what it did "
    "or\n"
    "what stopped it, and if not, the statement that failed furthest on. Without TEXT, reads\n"
    "standard input.\n\n"
    "  -d, --dialect NAME       the features of a dialect\n"
    "  -f, --feature ID[,ID...] just these features (154, 154.any or a name)\n"
    "      --literal            slang to be put into plain words\n"
    "      --slang R[,R...]     plain words put into slang of these regions, wherever they can\n"
    "      --vocabulary R       everyday words to be put into those of a region\n"
    "      --seed N             as in transform (default 0)\n"
    "      --contact-language   allow a creole or pidgin\n"
    "      --table FILE         another rule table than the standard one\n"
    "      --data DIR           folder with table, model and lexicon\n"
    "  -h, --help               print this\n";

static const struct option long_options[] = {
    {"dialect", required_argument, NULL, 'd'},
    {"feature", required_argument, NULL, 'f'},
    {"literal", no_argument, NULL, 'l'},
    {"slang", required_argument, NULL, 'S'},
    {"vocabulary", required_argument, NULL, 'V'},
    {"seed", required_argument, NULL, 's'},
    {"contact-language", no_argument, NULL, 'c'},
    {"table", required_argument, NULL, 't'},
    {"data", required_argument, NULL, 'D'},
    {"help", no_argument, NULL, 'h'},
    {NULL, 0, NULL, 0},
};

struct explain {
    struct data_options data;
    isg_profile_options profile;
    isg_request request;
    char *text;
    size_t length;
};

static int explain(const isg_engine *engine, const struct explain *e)
{
    isg_profile *profile = NULL;
    isg_document *document = NULL;
    isg_error error;
    const char *text;
    size_t length;
    isg_status status = isg_profile_new(engine, &e->profile, &profile, &error);
    if (status == ISG_OK)
        status = isg_document_new(engine, &document, &error);
    if (status == ISG_OK)
        status = isg_document_analyse(document, e->text, e->length, NULL, &error);
    if (status == ISG_OK)
        status = isg_document_explain(document, profile, &e->request, &text, &length, &error);
    int code = EXIT_DONE;
    if (status == ISG_OK) {
        fwrite(text, 1, length, stdout);
        code = finish_output(EXIT_DONE);
    } else {
        code = report_error(&error);
    }
    isg_document_free(document);
    isg_profile_free(profile);
    return code;
}

/* The words of the command line as one text. */
static int join_words(char **words, int count, struct explain *e)
{
    size_t size = 1;
    for (int i = 0; i < count; i++)
        size += strlen(words[i]) + 1;
    e->text = calloc(1, size);
    if (!e->text) {
        report("out of memory");
        return EXIT_FILES;
    }
    for (int i = 0; i < count; i++)
        e->length += (size_t)sprintf(e->text + e->length, "%s%s", i ? " " : "", words[i]);
    return EXIT_DONE;
}

static int read_text(int argc, char **argv, struct explain *e)
{
    if (optind < argc)
        return join_words(argv + optind, argc - optind, e);
    int code = whole_read(NULL, &e->text, &e->length);
    if (code == EXIT_DONE && e->length && e->text[e->length - 1] == '\n')
        e->length--;
    return code;
}

int cmd_explain(int argc, char **argv)
{
    struct explain e = {0};
    int option;
    opterr = 0;
    while ((option = getopt_long(argc, argv, ":d:f:h", long_options, NULL)) != -1) {
        switch (option) {
        case 'd': e.profile.dialect = optarg; break;
        case 'f': e.profile.features = optarg; break;
        case 'l': e.profile.literal = true; break;
        case 'V': e.profile.vocabulary = optarg; break;
        case 'S':
            e.profile.slang = optarg;
            e.profile.density = 1;
            break;
        case 's':
            if (!parse_number(optarg, UINT64_MAX, &e.request.seed))
                return report_usage("explain", "--seed takes a whole number, not '%s'", optarg);
            break;
        case 'c': e.profile.contact_language = true; break;
        case 't': e.data.table = optarg; break;
        case 'D': e.data.data = optarg; break;
        case 'h': return print_help(help);
        case ':': return report_usage("explain", "%s needs a value", argv[optind - 1]);
        default: return report_usage("explain", "no option '%s'", argv[optind - 1]);
        }
    }
    if (!e.profile.dialect && !e.profile.features && !e.profile.literal && !e.profile.slang &&
        !e.profile.vocabulary)
        return report_usage("explain", "give --dialect, --feature, --literal or --slang");
    isg_engine *engine = NULL;
    int code = open_engine(&e.data, &engine);
    if (code == EXIT_DONE)
        code = read_text(argc, argv, &e);
    if (code == EXIT_DONE)
        code = explain(engine, &e);
    isg_engine_free(engine);
    free(e.text);
    return code;
}

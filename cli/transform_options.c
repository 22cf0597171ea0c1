/* transform_options.c -- the command line of transform. Whatever makes no sense together is refused
 * here, before anything is opened.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "transform.h"

#include <getopt.h>
#include <limits.h>
#include <string.h>
#include <strings.h>

#include "cli.h"
#include "transform_help.h"

enum { MOST_JOBS = 256, MOST_VARIANTS = 1000000 };

enum option_code {
    OPTION_ALL = 256, OPTION_CONTACT, OPTION_RATE, OPTION_RATES, OPTION_MAX, OPTION_SEED,
    OPTION_VARIANTS, OPTION_FORMAT, OPTION_FIELD, OPTION_ID, OPTION_PROTECT, OPTION_QUOTES,
    OPTION_EXPLAIN, OPTION_COLOUR, OPTION_TABLE, OPTION_DATA, OPTION_LITERAL, OPTION_REGION,
    OPTION_MARK, OPTION_SPELLING, OPTION_VOCABULARY, OPTION_SLANG, OPTION_DENSITY, OPTION_REGISTER
};

static const struct option long_options[] = {
    {"dialect", required_argument, NULL, 'd'},
    {"all-dialects", no_argument, NULL, OPTION_ALL},
    {"contact-language", no_argument, NULL, OPTION_CONTACT},
    {"feature", required_argument, NULL, 'f'},
    {"rate", required_argument, NULL, OPTION_RATE},
    {"rates", required_argument, NULL, OPTION_RATES},
    {"max-features", required_argument, NULL, OPTION_MAX},
    {"seed", required_argument, NULL, OPTION_SEED},
    {"variants", required_argument, NULL, OPTION_VARIANTS},
    {"format", required_argument, NULL, OPTION_FORMAT},
    {"field", required_argument, NULL, OPTION_FIELD},
    {"id-field", required_argument, NULL, OPTION_ID},
    {"protect", required_argument, NULL, OPTION_PROTECT},
    {"keep-quotes", no_argument, NULL, OPTION_QUOTES},
    {"output", required_argument, NULL, 'o'},
    {"explain", no_argument, NULL, OPTION_EXPLAIN},
    {"colour", required_argument, NULL, OPTION_COLOUR},
    {"color", required_argument, NULL, OPTION_COLOUR},
    {"jobs", required_argument, NULL, 'j'},
    {"literal", no_argument, NULL, OPTION_LITERAL},
    {"mark", no_argument, NULL, OPTION_MARK},
    {"region", required_argument, NULL, OPTION_REGION},
    {"slang", required_argument, NULL, OPTION_SLANG},
    {"spelling", required_argument, NULL, OPTION_SPELLING},
    {"vocabulary", required_argument, NULL, OPTION_VOCABULARY},
    {"density", required_argument, NULL, OPTION_DENSITY},
    {"register", required_argument, NULL, OPTION_REGISTER},
    {"table", required_argument, NULL, OPTION_TABLE},
    {"data", required_argument, NULL, OPTION_DATA},
    {"help", no_argument, NULL, 'h'},
    {NULL, 0, NULL, 0},
};

static bool is_paraphrase(const struct transform_options *o)
{
    return !strcmp(o->command, "paraphrase");
}

/* Whether the command has an option: dialects are transform's, plain words paraphrase's. */
static bool has_option(const struct transform_options *o, int code)
{
    switch (code) {
    case 'd': case 'f': case OPTION_ALL: case OPTION_CONTACT: case OPTION_RATE: case OPTION_RATES:
    case OPTION_MAX:
        return !is_paraphrase(o);
    case OPTION_LITERAL: case OPTION_REGION: case OPTION_MARK:
        return is_paraphrase(o);
    default:
        return true;
    }
}

static int wrong_value(const struct transform_options *o, const char *option, const char *value,
                       const char *wanted)
{
    return report_usage(o->command, "--%s takes %s, not '%s'", option, wanted, value);
}

static int read_count(const struct transform_options *o, const char *option, uint64_t least,
                      uint64_t most, uint64_t *number)
{
    if (parse_number(optarg, most, number) && *number >= least)
        return EXIT_DONE;
    char wanted[80];
    snprintf(wanted, sizeof wanted, "a whole number from %llu to %llu",
             (unsigned long long)least, (unsigned long long)most);
    return wrong_value(o, option, optarg, wanted);
}

static int read_word(const struct transform_options *o, const char *option,
                     const char *const *words, const char *wanted, unsigned *number)
{
    for (unsigned i = 0; words[i]; i++)
        if (!strcmp(optarg, words[i])) {
            *number = i;
            return EXIT_DONE;
        }
    return wrong_value(o, option, optarg, wanted);
}

static int keep(struct strings *strings)
{
    if (strings_add(strings, optarg))
        return EXIT_DONE;
    report("out of memory");
    return EXIT_FILES;
}

/* --register: how coarse what is written may be, and registers, with commas. */
static int read_register(struct transform_options *o)
{
    static const char *const labels[] = {"plain", "coarse", "obscene", NULL};
    static const char *const names[] = {"slang", "colloquial", "youth", "local", "cant", "dated",
                                        "all", NULL};
    const char *at = optarg;
    do {
        size_t n = strcspn(at, ","), used = strlen(o->registers);
        unsigned label = 0, name = 0;
        while (labels[label] && (strlen(labels[label]) != n || memcmp(labels[label], at, n)))
            label++;
        while (names[name] && (strlen(names[name]) != n || memcmp(names[name], at, n)))
            name++;
        if (!labels[label] && !names[name])
            return wrong_value(o, "register", optarg, "plain, coarse or obscene, and slang, "
                               "colloquial, youth, local, cant, dated or all, with commas");
        if (labels[label] && label > o->coarseness)
            o->coarseness = label;
        if (names[name] && !strstr(o->registers, names[name]) &&
            used + n + 2 < sizeof o->registers)
            snprintf(o->registers + used, sizeof o->registers - used, "%s%s", used ? "," : "",
                     names[name]);
        at += n + (at[n] == ',');
    } while (*at);
    return EXIT_DONE;
}

/* Options whose value is a number or one of some words. */
static int read_value(int code, struct transform_options *o)
{
    static const char *const formats[] = {"lines", "text", "jsonl", "csv", "tsv", NULL};
    static const char *const whens[] = {"auto", "always", "never", NULL};
    uint64_t number = 0;
    unsigned word = 0;
    int result = EXIT_DONE;
    switch (code) {
    case OPTION_RATE:
        return parse_fraction(optarg, &o->rate)
                   ? EXIT_DONE : wrong_value(o, "rate", optarg, "a number from 0 to 1");
    case OPTION_RATES:
        return parse_rates(optarg, &o->rates)
                   ? EXIT_DONE
                   : wrong_value(o, "rates", optarg, "natural, multivalue, or A=.6,B=.2,C=.02");
    case OPTION_DENSITY:
        return parse_fraction(optarg, &o->density) && o->density > 0
                   ? EXIT_DONE : wrong_value(o, "density", optarg, "a number above 0, up to 1");
    case OPTION_REGISTER:
        return read_register(o);
    case OPTION_SEED:
        return read_count(o, "seed", 0, UINT64_MAX, &o->seed);
    case OPTION_MAX:
        result = read_count(o, "max-features", 1, UINT_MAX, &number);
        o->max_features = (unsigned)number;
        return result;
    case OPTION_VARIANTS:
        result = read_count(o, "variants", 1, MOST_VARIANTS, &number);
        o->variants = (uint32_t)number;
        return result;
    case 'j':
        result = read_count(o, "jobs", 1, MOST_JOBS, &number);
        o->jobs = (unsigned)number;
        return result;
    case OPTION_FORMAT:
        result = read_word(o, "format", formats, "lines, text, jsonl, csv or tsv", &word);
        o->format = (enum format)word;
        return result;
    default:
        result = read_word(o, "colour", whens, "auto, always or never", &word);
        o->colour = (enum when)word;
        return result;
    }
}

static int read_option(int code, struct transform_options *o)
{
    switch (code) {
    case 'd': return keep(&o->dialects);
    case 'f':
        if (o->features)
            return report_usage(o->command, "give --feature once: --feature %s,%s", o->features,
                                optarg);
        o->features = optarg;
        return EXIT_DONE;
    case 'o': o->output = optarg; return EXIT_DONE;
    case OPTION_ALL: o->all_dialects = true; return EXIT_DONE;
    case OPTION_CONTACT: o->contact_language = true; return EXIT_DONE;
    case OPTION_FIELD: return keep(&o->fields);
    case OPTION_ID: o->id_field = optarg; return EXIT_DONE;
    case OPTION_PROTECT: return keep(&o->protect);
    case OPTION_QUOTES: o->keep_quotes = true; return EXIT_DONE;
    case OPTION_EXPLAIN: o->explain = true; return EXIT_DONE;
    case OPTION_LITERAL: o->literal = true; return EXIT_DONE;
    case OPTION_MARK: o->literal = o->mark = true; return EXIT_DONE;
    case OPTION_REGION: o->regions = optarg; return EXIT_DONE;
    case OPTION_SPELLING: o->spelling = optarg; return EXIT_DONE;
    case OPTION_VOCABULARY: o->vocabulary = optarg; return EXIT_DONE;
    case OPTION_SLANG: o->slang = optarg; return EXIT_DONE;
    case OPTION_TABLE: o->data.table = optarg; return EXIT_DONE;
    case OPTION_DATA: o->data.data = optarg; return EXIT_DONE;
    case 'h':
        o->done = true;
        return print_help(is_paraphrase(o) ? paraphrase_help : transform_help);
    default: return read_value(code, o);
    }
}

/* Refuses what does not go together. */
static int check(struct transform_options *o)
{
    bool layers = o->spelling || o->vocabulary;
    if (is_paraphrase(o) && ((o->literal && o->slang) || !(o->literal || o->slang || layers)))
        return report_usage(o->command, "give --literal (slang into plain words), --slang REGION "
                            "(plain words into slang), --mark (slang found), --spelling or "
                            "--vocabulary");
    if (o->regions && !o->literal)
        return report_usage(o->command, "--region needs --literal; --slang names its own");
    if (!o->slang && (o->density > 0 || o->coarseness || o->registers[0]))
        return report_usage(o->command, "--density and --register need --slang");
    bool fields = o->format == FORMAT_JSONL || o->format == FORMAT_CSV || o->format == FORMAT_TSV;
    if (!fields && (o->fields.count || o->id_field))
        return report_usage(o->command, "--field and --id-field need --format jsonl, csv or tsv");
    for (size_t i = 0; i < o->fields.count; i++)
        for (size_t k = 0; k < i; k++)
            if (!strcmp(o->fields.items[i], o->fields.items[k]))
                return report_usage(o->command, "--field '%s' is given twice",
                                    o->fields.items[i]);
    if (o->all_dialects && o->dialects.count)
        return report_usage(o->command, "--all-dialects and --dialect exclude each other");
    if (o->format == FORMAT_TEXT && o->variants > 1)
        return report_usage(o->command, "several variants need another format than text");
    if (!fields || o->fields.count || strings_add(&o->fields, "text"))
        return EXIT_DONE;
    report("out of memory");
    return EXIT_FILES;
}

int transform_options_read(int argc, char **argv, struct transform_options *o)
{
    *o = (struct transform_options){.command = argv[0],
        .rates = ISG_RATES_NATURAL, .rate = -1, .variants = 1, .jobs = 1};
    int code, result = EXIT_DONE;
    opterr = 0;
    while (result == EXIT_DONE && !o->done &&
           (code = getopt_long(argc, argv, ":d:f:o:j:h", long_options, NULL)) != -1) {
        if (code == ':')
            result = report_usage(o->command, "%s needs a value", argv[optind - 1]);
        else if (code == '?' || !has_option(o, code))
            result = report_usage(o->command, "no option '%s'", argv[optind - 1]);
        else
            result = read_option(code, o);
    }
    if (result != EXIT_DONE || o->done)
        return result;
    o->files = (const char *const *)argv + optind;
    o->file_count = (size_t)(argc - optind);
    return check(o);
}

void transform_options_clear(struct transform_options *options)
{
    strings_clear(&options->dialects);
    strings_clear(&options->fields);
    strings_clear(&options->protect);
}

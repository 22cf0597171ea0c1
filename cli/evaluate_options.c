/* evaluate_options.c -- reads the command line of evaluate.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <getopt.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "evaluate.h"

enum { COMMAND = 1 << 14, RESAMPLES = 1000000, EXAMPLES = 1000, JOBS = 64 };

enum {
    MODEL = 256, NAME, TASK, INPUT, LABEL, ID, CLUSTER, SLICE, MINIMUM, THRESHOLD, LOWER, ALL,
    CONTACT, RATES, PROTECT, SEED, RESAMPLE, TIMEOUT, SHOWN, JSON, REPORT, DEMO, CONDITION, PARTIAL,
    CACHE, API_MODEL, PROMPT, KEY, TOKENS, CONCURRENCY, REQUESTS, NEEDS,
    LABELS, CONTEXT, CHOSEN, REJECTED, REWRITE, SLANG, DENSITY, REGISTER, PREMISE, HYPOTHESIS,
    TURNS, PAIRS, VARIETY, NO_REFERENCE, CHANGES, PARALLEL, REGRESSIONS, BASELINE,
    OUTCOMES, METRIC, TABLE, DATA
};

static const struct option long_options[] = {
    {"model", required_argument, NULL, MODEL},
    {"model-name", required_argument, NULL, NAME},
    {"task", required_argument, NULL, TASK},
    {"input-field", required_argument, NULL, INPUT},
    {"label-field", required_argument, NULL, LABEL},
    {"metric", required_argument, NULL, METRIC},
    {"context-field", required_argument, NULL, CONTEXT},
    {"chosen-field", required_argument, NULL, CHOSEN},
    {"rejected-field", required_argument, NULL, REJECTED},
    {"rewrite", required_argument, NULL, REWRITE},
    {"id-field", required_argument, NULL, ID},
    {"cluster-field", required_argument, NULL, CLUSTER},
    {"slice-field", required_argument, NULL, SLICE},
    {"slice-minimum", required_argument, NULL, MINIMUM},
    {"threshold", required_argument, NULL, THRESHOLD},
    {"lower-is-better", no_argument, NULL, LOWER},
    {"dialect", required_argument, NULL, 'd'},
    {"all-dialects", no_argument, NULL, ALL},
    {"no-reference", no_argument, NULL, NO_REFERENCE},
    {"parallel", required_argument, NULL, PAIRS},
    {"variety-field", required_argument, NULL, VARIETY},
    {"premise-field", required_argument, NULL, PREMISE},
    {"hypothesis-field", required_argument, NULL, HYPOTHESIS},
    {"rewrite-turns", required_argument, NULL, TURNS},
    {"slang", required_argument, NULL, SLANG},
    {"density", required_argument, NULL, DENSITY},
    {"register", required_argument, NULL, REGISTER},
    {"contact-language", no_argument, NULL, CONTACT},
    {"feature", required_argument, NULL, 'f'},
    {"rates", required_argument, NULL, RATES},
    {"protect", required_argument, NULL, PROTECT},
    {"seed", required_argument, NULL, SEED},
    {"resamples", required_argument, NULL, RESAMPLE},
    {"api-model", required_argument, NULL, API_MODEL},
    {"prompt", required_argument, NULL, PROMPT},
    {"key-env", required_argument, NULL, KEY},
    {"max-tokens", required_argument, NULL, TOKENS},
    {"concurrency", required_argument, NULL, CONCURRENCY},
    {"max-requests", required_argument, NULL, REQUESTS},
    {"label-changes", no_argument, NULL, CHANGES},
    {"needs", required_argument, NULL, NEEDS},
    {"parallel-field", required_argument, NULL, PARALLEL},
    {"save-regressions", required_argument, NULL, REGRESSIONS},
    {"labels", required_argument, NULL, LABELS},
    {"cache", required_argument, NULL, CACHE},
    {"timeout", required_argument, NULL, TIMEOUT},
    {"examples", required_argument, NULL, SHOWN},
    {"json", required_argument, NULL, JSON},
    {"report", required_argument, NULL, REPORT},
    {"demo", no_argument, NULL, DEMO},
    {"baseline", required_argument, NULL, BASELINE},
    {"outcomes", no_argument, NULL, OUTCOMES},
    {"fail-if", required_argument, NULL, CONDITION},
    {"partial", no_argument, NULL, PARTIAL},
    {"jobs", required_argument, NULL, 'j'},
    {"table", required_argument, NULL, TABLE},
    {"data", required_argument, NULL, DATA},
    {"help", no_argument, NULL, 'h'},
    {NULL, 0, NULL, 0},
};

/* The options that are numbers; false: the value is none. */
static bool read_number(int option, struct evaluate_options *o)
{
    uint64_t number;
    char *end;
    switch (option) {
    case SEED: return parse_number(optarg, INT64_MAX, &o->run.seed);
    case RESAMPLE:
        if (!parse_number(optarg, RESAMPLES, &number) || number < 100)
            return false;
        o->run.resamples = (uint32_t)number;
        return true;
    case SHOWN:
        if (!parse_number(optarg, EXAMPLES, &number))
            return false;
        o->run.examples = (size_t)number;
        return true;
    case MINIMUM:
        if (!parse_number(optarg, INT32_MAX, &number) || number < 2)
            return false;
        o->run.minimum_slice = (size_t)number;
        return true;
    case 'j':
        if (!parse_number(optarg, JOBS, &number) || number < 1)
            return false;
        o->run.jobs = (unsigned)number;
        return true;
    case REQUESTS:
        return parse_number(optarg, INT64_MAX, &o->run.max_requests) && o->run.max_requests > 0;
    case TOKENS:
        if (!parse_number(optarg, INT32_MAX, &number) || number < 1)
            return false;
        o->run.max_tokens = (uint32_t)number;
        return true;
    case CONCURRENCY:
        if (!parse_number(optarg, JOBS, &number) || number < 1)
            return false;
        o->run.concurrency = (uint32_t)number;
        return true;
    case DENSITY:
        return parse_fraction(optarg, &o->run.slang_density) && o->run.slang_density > 0;
    case TIMEOUT:
        o->run.timeout = strtod(optarg, &end);
        return end != optarg && !*end && o->run.timeout > 0 && isfinite(o->run.timeout);
    default:
        o->run.has_threshold = true;
        o->run.threshold = strtod(optarg, &end);
        return end != optarg && !*end && isfinite(o->run.threshold);
    }
}

static bool read_rewrite(struct evaluate_options *o)
{
    static const struct {
        const char *name;
        unsigned parts;
    } known[] = {{"question", ISG_REWRITE_TEXT}, {"text", ISG_REWRITE_TEXT},
                 {"hypothesis", ISG_REWRITE_TEXT}, {"context", ISG_REWRITE_CONTEXT},
                 {"premise", ISG_REWRITE_CONTEXT}, {"rejected", ISG_REWRITE_REJECTED},
                 {"answers", ISG_REWRITE_CHOSEN | ISG_REWRITE_REJECTED},
                 {"both", ISG_REWRITE_TEXT | ISG_REWRITE_CONTEXT}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (!strcmp(optarg, known[i].name)) {
            o->run.rewrite = known[i].parts;
            return true;
        }
    return false;
}

/* The options that are kept as they are; false: it is none of these. */
static bool read_string(int option, struct evaluate_options *o)
{
    switch (option) {
    case MODEL: o->run.model = optarg; return true;
    case API_MODEL: o->run.api_model = optarg; return true;
    case PROMPT: o->run.prompt = optarg; return true;
    case KEY: o->run.key_env = optarg; return true;
    case NEEDS: o->run.needs = optarg; return true;
    case PARALLEL: o->run.parallel_field = optarg; return true;
    case REGRESSIONS: o->regressions = optarg; return true;
    case LABELS: o->run.labels = optarg; return true;
    case CACHE: o->run.cache = optarg; return true;
    case NAME: o->run.model_name = optarg; return true;
    case INPUT: o->run.input_field = optarg; return true;
    case METRIC: o->run.metric = optarg; return true;
    case CHOSEN: o->run.chosen_field = optarg; return true;
    case REJECTED: o->run.rejected_field = optarg; return true;
    case CONTEXT: o->run.context_field = optarg; return true;
    case LABEL: o->run.label_field = optarg; return true;
    case ID: o->run.id_field = optarg; return true;
    case CLUSTER: o->run.cluster_field = optarg; return true;
    case SLICE: o->run.slice_field = optarg; return true;
    case LOWER: o->run.lower_is_better = true; return true;
    case ALL: o->run.all_dialects = true; return true;
    case CONTACT: o->run.contact_language = true; return true;
    case JSON: o->json = optarg; return true;
    case REPORT: o->report = optarg; return true;
    case DEMO: o->demo = true; return true;
    case CHANGES: o->run.label_changes = true; return true;
    case NO_REFERENCE: o->no_reference = true; return true;
    case PAIRS: o->pairs = optarg; return true;
    case VARIETY: o->run.variety_field = optarg; return true;
    case PREMISE: o->premise = optarg; return true;
    case HYPOTHESIS: o->hypothesis = optarg; return true;
    case TURNS:
        o->run.all_turns = !strcmp(optarg, "all");
        return o->run.all_turns || !strcmp(optarg, "last");
    case BASELINE: o->run.baseline = optarg; return true;
    case OUTCOMES: o->run.outcomes = true; return true;
    case CONDITION: o->condition = optarg; return true;
    case PARTIAL: o->run.partial = true; return true;
    case TABLE: o->data.table = optarg; return true;
    case DATA: o->data.data = optarg; return true;
    default: return false;
    }
}

static int no_memory(void)
{
    report("out of memory");
    return EXIT_FILES;
}

/* Features that are separated by commas are arms of their own. */
static bool add_features(struct evaluate_options *o, char *list)
{
    bool ok = true;
    for (char *name = strtok(list, ","); ok && name; name = strtok(NULL, ","))
        ok = strings_add(&o->features, name);
    return ok;
}

static int read_register(struct evaluate_options *o)
{
    static const char *const registers[] = {"plain", "coarse", "obscene"};
    for (unsigned k = 0; k < 3; k++)
        if (!strcmp(optarg, registers[k])) {
            o->run.slang_coarseness = k;
            return EXIT_DONE;
        }
    return report_usage("evaluate", "no register '%s': plain, coarse or obscene", optarg);
}

static int read_option(int option, char **argv, struct evaluate_options *o)
{
    switch (option) {
    case 'd': return strings_add(&o->dialects, optarg) ? EXIT_DONE : no_memory();
    case 'f': return add_features(o, optarg) ? EXIT_DONE : no_memory();
    case SLANG: return strings_add(&o->slang, optarg) ? EXIT_DONE : no_memory();
    case REGISTER: return read_register(o);
    case PROTECT: return strings_add(&o->protect, optarg) ? EXIT_DONE : no_memory();
    case TASK:
        o->has_task = true;
        return isg_evaluate_find_task(optarg, &o->run.task)
                   ? EXIT_DONE
                   : report_usage("evaluate", "no task '%s': classify, score, qa, generate, "
                                  "prefer, mark or likelihood", optarg);
    case REWRITE:
        return read_rewrite(o) ? EXIT_DONE
                               : report_usage("evaluate", "--rewrite goes with question (or text), "
                                              "hypothesis, context, premise, both, answers and "
                                              "rejected");
    case RATES:
        o->run.rates = &o->rates;
        return parse_rates(optarg, &o->rates)
                   ? EXIT_DONE : report_usage("evaluate", "no rates '%s'", optarg);
    case ':': return report_usage("evaluate", "%s needs a value", argv[optind - 1]);
    case '?': return report_usage("evaluate", "no option '%s'", argv[optind - 1]);
    default:
        if (read_string(option, o) || read_number(option, o))
            return EXIT_DONE;
        return report_usage("evaluate", "'%s' is no value that can be used", optarg);
    }
}

/* The command line, quoted for a shell; NULL: out of memory. */
static char *join_command(int argc, char **argv)
{
    char *text = NULL;
    size_t length;
    FILE *out = open_memstream(&text, &length);
    if (!out)
        return NULL;
    fputs("isogloss", out);
    for (int i = 0; i < argc; i++) {
        bool plain = argv[i][0] && !argv[i][strspn(argv[i],
            "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./:=,+@%")];
        fputc(' ', out);
        if (!plain)
            fputc('\'', out);
        for (const char *c = argv[i]; *c; c++)
            if (*c == '\'')
                fputs("'\\''", out);
            else
                fputc(*c, out);
        if (!plain)
            fputc('\'', out);
    }
    return fclose(out) == 0 ? text : NULL;
}

/* What --demo means where the user says nothing else. */
static void fill_demo(int argc, struct evaluate_options *o)
{
    if (argc == optind)
        o->run.path = "embedded:sentiment";
    if (!o->run.model)
        o->run.model = "builtin:sentiment";
    if (!o->dialects.count && !o->slang.count && !o->features.count && !o->run.parallel_field)
        o->run.all_dialects = true;
}

/* A file of pairs that people wrote is the items. */
static void take_pairs(isg_evaluate_options *run, const char *path)
{
    run->path = path;
    run->are_pairs = true;
    run->input_field = run->input_field ? run->input_field : "standard";
    run->parallel_field = run->parallel_field ? run->parallel_field : "variant";
}

static int check(int argc, char **argv, struct evaluate_options *o)
{
    if (o->demo)
        fill_demo(argc, o);
    if (o->pairs)
        take_pairs(&o->run, o->pairs);
    if (argc - optind + (o->pairs != NULL) > 1 || (argc == optind && !o->run.path))
        return report_usage("evaluate", "it takes one file of items");
    if (!o->run.model)
        return report_usage("evaluate", "--model is needed");
    if (o->run.all_dialects && o->dialects.count)
        return report_usage("evaluate", "--all-dialects and --dialect exclude each other");
    if (o->condition && o->run.label_changes)
        return report_usage("evaluate", "--fail-if does not go with --label-changes, where no gap "
                            "is harm");
    if (o->condition && o->run.task == ISG_TASK_LIKELIHOOD)
        return report_usage("evaluate", "--fail-if does not go with likelihood, whose differences "
                            "are no harm");
    if (!o->premise != !o->hypothesis)
        return report_usage("evaluate", "--premise-field and --hypothesis-field go together");
    if (o->premise && (o->run.input_field || o->run.context_field))
        return report_usage("evaluate", "--premise-field takes the place of --input-field and "
                            "--context-field");
    if (o->premise) {
        o->run.input_field = o->hypothesis;
        o->run.context_field = o->premise;
        o->run.is_inference = true;
    }
    if (!o->slang.count && (o->run.slang_density > 0 || o->run.slang_coarseness))
        return report_usage("evaluate", "--density and --register need --slang");
    bool met;
    const char *which;
    isg_error error;
    if (o->condition &&
        isg_evaluation_check(NULL, o->condition, &met, &which, &error) != ISG_OK)
        return report_usage("evaluate", "%s", error.message);
    if (o->condition && strstr(o->condition, "old") && !o->run.baseline)
        return report_usage("evaluate", "'%s' needs --baseline", o->condition);
    if (argc > optind)
        o->run.path = argv[optind];
    o->run.dialects = o->dialects.items;
    o->run.dialect_count = o->dialects.count;
    o->run.slang = o->slang.items;
    o->run.slang_count = o->slang.count;
    o->run.features = o->features.items;
    o->run.feature_count = o->features.count;
    o->run.protect = o->protect.items;
    o->run.protect_count = o->protect.count;
    o->run.command = o->command;
    return EXIT_DONE;
}

int evaluate_read_options(int argc, char **argv, struct evaluate_options *o)
{
    int option, code = EXIT_DONE;
    o->run.examples = 20;
    o->run.jobs = 1;
    o->command = join_command(argc, argv);
    if (!o->command)
        return no_memory();
    opterr = 0;
    while (code == EXIT_DONE &&
           (option = getopt_long(argc, argv, ":d:f:j:h", long_options, NULL)) != -1)
        code = read_option(option, argv, o);
    return code == EXIT_DONE ? check(argc, argv, o) : code;
}

void evaluate_clear_options(struct evaluate_options *o)
{
    strings_clear(&o->dialects);
    strings_clear(&o->slang);
    strings_clear(&o->features);
    strings_clear(&o->protect);
    free(o->command);
}

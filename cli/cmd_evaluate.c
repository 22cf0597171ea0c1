/* cmd_evaluate.c -- the command evaluate: a model on items and their variants; the result as a
 * table and as JSON. Built where the libraries of the evaluation are.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <errno.h>
#include <getopt.h>
#include <isogloss_evaluate.h>
#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"
#include "evaluate.h"
#include "evaluate_help.h"
#include "locate.h"
#include "progress.h"

static volatile int stop;

static void ask_to_stop(int number)
{
    (void)number;
    stop = stop + 1;
}

struct shown {
    bool on;
    double start, last;
};

/* The line on a terminal: not before a second has passed, then five times a second. */
static void show(void *context, size_t done, size_t total)
{
    struct shown *s = context;
    double now = s->on ? progress_clock() : 0;
    if (!s->on || now - s->start < 1 || now - s->last < 0.2)
        return;
    s->last = now;
    double rate = (double)done / (now - s->start);
    fprintf(stderr, "\r%zu of %zu answers, %.0f a second", done, total, rate);
    if (rate > 0)
        fprintf(stderr, ", %.0f s left", (double)(total - done) / rate);
    fputs("\033[K", stderr);
}

static int write_file(const char *path, const char *text)
{
    if (!strcmp(path, "-")) {
        fputs(text, stdout);
        return EXIT_DONE;
    }
    FILE *file = fopen(path, "w");
    bool ok = file && fputs(text, file) >= 0;
    if (file && fclose(file) != 0)
        ok = false;
    if (!ok)
        report("cannot write '%s': %s", path, strerror(errno));
    return ok ? EXIT_DONE : EXIT_FILES;
}

/* What is said and written of a result; its exit code. */
static int conclude(const struct evaluate_options *o, const isg_evaluation *e)
{
    int code = EXIT_DONE;
    if (isg_evaluation_is_stopped(e) && !o->run.partial) {
        report("stopped; with --partial the figures of what was answered are written");
        return EXIT_STOPPED;
    }
    if (!o->json || strcmp(o->json, "-"))
        fputs(isg_evaluation_table(e), stdout);
    if (o->json)
        code = write_file(o->json, isg_evaluation_json(e));
    if (code == EXIT_DONE && o->regressions)
        code = write_file(o->regressions, isg_evaluation_regressions(e));
    if (code == EXIT_DONE && o->report) {
        isg_error error;
        if (isg_evaluation_report(e, o->report, &error) != ISG_OK)
            return report_error(&error);
    }
    if (code == EXIT_DONE && o->condition) {
        bool met;
        const char *which;
        isg_error error;
        if (isg_evaluation_check(e, o->condition, &met, &which, &error) != ISG_OK)
            return report_error(&error);
        if (met) {
            report("%s: %s", which, o->condition);
            code = EXIT_CONDITION;
        }
    }
    if (code == EXIT_DONE && isg_evaluation_is_stopped(e))
        code = EXIT_STOPPED;
    return finish_output(code);
}

/* Items that come with the program: what they are for, and their fields; NULL: as always. */
struct embedded {
    const char *name;
    isg_evaluate_task task;
    const char *input, *label, *context, *cluster, *slice;
};

static const struct embedded sets[] = {
    {"sentiment", ISG_TASK_CLASSIFY, NULL, NULL, NULL, NULL, NULL},
    {"neutral", ISG_TASK_CLASSIFY, NULL, NULL, NULL, NULL, NULL},
    {"safe", ISG_TASK_GENERATE, NULL, NULL, NULL, NULL, "kind"},
    {"nli", ISG_TASK_CLASSIFY, "hypothesis", NULL, "premise", "cluster", NULL},
    {"reference", ISG_TASK_SCORE, NULL, NULL, NULL, NULL, NULL},
    {"questions", ISG_TASK_QA, "question", "answer", "passage", "cluster", NULL},
};

static void choose(const char **field, const char *name)
{
    *field = *field ? *field : name;
}

/* Takes from a set what the user does not say. */
static void fill_embedded(isg_evaluate_options *run, const struct embedded *set, bool has_task)
{
    run->task = has_task ? run->task : set->task;
    if (!run->input_field) {
        choose(&run->context_field, set->context);
        run->is_inference = set->context && !strcmp(set->context, "premise") &&
                            !strcmp(run->context_field, set->context);
    }
    if (run->task == ISG_TASK_GENERATE)
        choose(&run->metric, "refusal");
    choose(&run->input_field, set->input);
    choose(&run->label_field, set->label);
    choose(&run->cluster_field, set->cluster);
    choose(&run->slice_field, set->slice);
    run->licence = "CC0 1.0";
}

/* Finds items that come with the program: "embedded:NAME". */
static int find_items(struct evaluate_options *o)
{
    static const char start[] = "embedded:";
    struct location location;
    if (strncmp(o->run.path, start, sizeof start - 1))
        return EXIT_DONE;
    const char *name = o->run.path + sizeof start - 1;
    const struct embedded *set = NULL;
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++)
        set = !strcmp(name, sets[i].name) ? &sets[i] : set;
    if (!set)
        return report_usage("evaluate", "no items '%s': embedded: goes with sentiment, neutral, "
                            "safe, nli, questions and reference", o->run.path);
    int code = locate(o->data.data, &location);
    if (code != EXIT_DONE)
        return code;
    snprintf(o->path, sizeof o->path, "%s/evaluate/%s.jsonl", location.data, name);
    o->run.path = o->path;
    fill_embedded(&o->run, set, o->has_task);
    return EXIT_DONE;
}

/* The reference pairs that come with the program, where they are. */
static int find_reference(struct evaluate_options *o)
{
    struct location location;
    if (o->no_reference || o->run.task != ISG_TASK_SCORE)
        return EXIT_DONE;
    int code = locate(o->data.data, &location);
    if (code != EXIT_DONE)
        return code;
    snprintf(o->reference, sizeof o->reference, "%s/evaluate/reference.jsonl", location.data);
    if (access(o->reference, R_OK) == 0)
        o->run.reference = o->reference;
    return EXIT_DONE;
}

static int run(struct evaluate_options *o)
{
    isg_engine *engine = NULL;
    isg_evaluation *evaluation = NULL;
    isg_error error;
    struct sigaction old, action = {.sa_handler = ask_to_stop};
    struct shown shown = {.on = isatty(STDERR_FILENO), .start = progress_clock()};
    int code = find_items(o);
    if (code == EXIT_DONE)
        code = find_reference(o);
    if (code == EXIT_DONE)
        code = open_engine(&o->data, &engine);
    if (code != EXIT_DONE)
        return code;
    o->run.progress = show;
    o->run.progress_context = &shown;
    o->run.stop = &stop;
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, &old);
    isg_status status = isg_evaluate(engine, &o->run, &evaluation, &error);
    sigaction(SIGINT, &old, NULL);
    if (shown.last > 0)
        fputs("\r\033[K", stderr);
    code = status == ISG_OK ? conclude(o, evaluation) : report_error(&error);
    isg_evaluation_free(evaluation);
    isg_engine_free(engine);
    return code;
}

int cmd_evaluate(int argc, char **argv)
{
    struct evaluate_options options = {0};
    if (argc > 1 && (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h")))
        return print_help(evaluate_help);
    int code = evaluate_read_options(argc, argv, &options);
    if (code == EXIT_DONE)
        code = run(&options);
    evaluate_clear_options(&options);
    return code;
}

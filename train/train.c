/* train.c -- the program that makes data/isogloss.model: reads treebanks and GloVe, trains the
 * network, prints how well it does on the development files, and writes it in integers. Same seed,
 * same files, same compiler and machine: same bytes.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#define _POSIX_C_SOURCE 200809L

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "corpus.h"
#include "evaluate.h"
#include "export.h"
#include "learner.h"

enum { DEVS = 4 };

struct options {
    struct corpus train, devs[DEVS];
    const char *dev_names[DEVS], *glove, *output, *calibrate;
    int dev_count;
    uint32_t vectors;
    struct learner_options learner;
};

static const char usage[] =
    "usage: train --train FILE... --dev FILE... --glove FILE --output FILE\n"
    "    [--epochs N] [--average N] [--hidden N] [--layers N] [--slot N] [--arc N]\n"
    "    [--vectors N] [--rate X] [--dropout X] [--step-dropout X] [--batch N]\n"
    "    [--seed N] [--reach N,N...]\n"
    "or:    train --calibrate MODEL --dev FILE...   fits the confidences of a model anew\n"
    "Files are CoNLL-U; GloVe is text (see glove.py). Widths are multiples of 32.\n";

/* "1,1,2,4": of each layer in turn. */
static void read_reach(struct learner_options *o, const char *text)
{
    for (size_t l = 0; l < MODEL_LAYERS_MAX && *text; l++) {
        char *end;
        o->reach[l] = (uint8_t)strtoul(text, &end, 10);
        text = *end ? end + 1 : end;
    }
}

static bool read_number(struct learner_options *o, int option, const char *text, uint32_t *vectors)
{
    uint32_t number = (uint32_t)strtoul(text, NULL, 10);
    switch (option) {
    case 'e': o->epochs = number; return true;
    case 'a': o->average = number; return true;
    case 'h': o->hidden = number; return true;
    case 'l': o->layers = number; return true;
    case 's': o->slot_width = number; return true;
    case 'r': o->arc_width = number; return true;
    case 'b': o->batch_words = number; return true;
    case 'S': o->seed = number; return true;
    case 'c': read_reach(o, text); return true;
    case 'v': *vectors = number; return true;
    case 'R': o->rate = strtof(text, NULL); return true;
    case 'D': o->dropout = strtof(text, NULL); return true;
    case 'P': o->step_dropout = strtof(text, NULL); return true;
    default: return false;
    }
}

static bool read_options(int argc, char **argv, struct options *o)
{
    static const struct option names[] = {
        {"train", 1, NULL, 't'}, {"dev", 1, NULL, 'd'}, {"glove", 1, NULL, 'g'},
        {"output", 1, NULL, 'o'}, {"epochs", 1, NULL, 'e'}, {"average", 1, NULL, 'a'},
        {"hidden", 1, NULL, 'h'}, {"layers", 1, NULL, 'l'}, {"slot", 1, NULL, 's'},
        {"arc", 1, NULL, 'r'}, {"batch", 1, NULL, 'b'}, {"seed", 1, NULL, 'S'},
        {"vectors", 1, NULL, 'v'}, {"rate", 1, NULL, 'R'}, {"dropout", 1, NULL, 'D'},
        {"step-dropout", 1, NULL, 'P'}, {"reach", 1, NULL, 'c'},
        {"calibrate", 1, NULL, 'C'}, {NULL, 0, NULL, 0}};
    int c;
    while ((c = getopt_long(argc, argv, "", names, NULL)) != -1) {
        if (c == 't') {
            corpus_read(&o->train, optarg);
        } else if (c == 'd' && o->dev_count < DEVS) {
            o->dev_names[o->dev_count] = optarg;
            corpus_read(&o->devs[o->dev_count++], optarg);
        } else if (c == 'g') {
            o->glove = optarg;
        } else if (c == 'o') {
            o->output = optarg;
        } else if (c == 'C') {
            o->calibrate = optarg;
        } else if (!read_number(&o->learner, c, optarg, &o->vectors)) {
            return false;
        }
    }
    if (o->calibrate)
        return optind == argc && o->dev_count;
    const struct learner_options *l = &o->learner;
    bool fits = l->hidden % 32 == 0 && l->slot_width % 32 == 0 && l->arc_width % 32 == 0
                && l->hidden >= 32 && l->slot_width >= 32 && l->arc_width >= 32
                && l->hidden <= MODEL_WIDTH_MAX && l->slot_width <= MODEL_WIDTH_MAX
                && l->arc_width <= MODEL_WIDTH_MAX && l->layers >= 1
                && l->layers <= MODEL_LAYERS_MAX && l->epochs >= 1;
    return optind == argc && o->glove && o->output && o->dev_count && o->train.count && fits;
}

static double cpu_seconds(void)
{
    return (double)clock() / CLOCKS_PER_SEC;
}

static void finish(const struct options *o, const char *model)
{
    if (evaluate_calibrate(model, o->devs, o->dev_count))
        for (int i = 0; i < o->dev_count; i++)
            evaluate_model(model, o->dev_names[i], &o->devs[i]);
}

static void run(struct options *o)
{
    struct dictionary dictionary;
    struct learner learner;
    dictionary_init(&dictionary, &o->train, o->glove, o->vectors);
    printf("%zu words in %zu sentences (%zu skipped), %u tags, %u labels, "
           "%u words and %u vectors\n",
           o->train.words, o->train.count, o->train.skipped, dictionary.tag_count,
           dictionary.label_count, dictionary.words - 1, dictionary.vectors - 1);
    learner_init(&learner, &o->learner, &dictionary, &o->train);
    for (uint32_t epoch = 0; epoch < o->learner.epochs; epoch++) {
        learner_epoch(&learner, epoch);
        printf("epoch %u, %.0f s, losses %.3f %.4f %.3f:", epoch + 1, cpu_seconds(),
               learner.losses.tag, learner.losses.action, learner.losses.label);
        evaluate_floats(&learner, &o->devs[0]);
    }
    if (learner_average(&learner)) {
        printf("average of %u epochs:", o->learner.average);
        evaluate_floats(&learner, &o->devs[0]);
    }
    if (export_model(&learner.network, &dictionary, o->output))
        finish(o, o->output);
    learner_clear(&learner);
    dictionary_clear(&dictionary);
}

int main(int argc, char **argv)
{
    static struct options o = {.vectors = 40000};
    o.learner = learner_defaults();
    if (!read_options(argc, argv, &o)) {
        fputs(usage, stderr);
        return 2;
    }
    setvbuf(stdout, NULL, _IOLBF, 0);
    if (o.calibrate)
        finish(&o, o.calibrate);
    else
        run(&o);
    corpus_clear(&o.train);
    for (int i = 0; i < o.dev_count; i++)
        corpus_clear(&o.devs[i]);
    return 0;
}

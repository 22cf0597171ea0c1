/* reference.c -- learns the weights by which a pronoun finds what it takes up (engine/grammar/
 * resolve.c) and prints them as engine/grammar/ref_weights.c:
 *   reference DATA FILE ... > ref_weights.c
 * A file is a treebank with Entity= (gold and predicted trees are learned from), one without (which
 * "it" is expletive), or texts with keys (.tsv). A softmax over the candidates, nothing and no
 * phrase, in several rounds, since earlier answers are evidence for later ones. The calibration is
 * how often choices were right in documents left out of the learning. Not installed.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "entities.h"

enum { ROUNDS = 3, EPOCHS = 20, FOLDS = 6, CHOICES = LIMIT_MENTIONS + 2,
       SOURCES_MOST = 16, TEXT_TIMES = 5 };
enum { ROWS = PRONOUN_CLASSES + 1 }; /* of the calibration: the last is the empty "it" */
static const double RATE = 0.05, DECAY = 1.2e-2, FRAME_DECAY = 2e-3; /* frames: rare, telling */

struct choice {
    struct ref_features features;
    bool right;
};

struct source {
    struct entities all;
    bool predicted, texts, counts; /* counts: for the calibration */
    uint8_t times;
};

struct example {
    uint8_t row, fold, times; /* row: the class of the pronoun */
    bool counts, only_empty; /* only_empty: all that is known is whether it is empty */
    uint32_t first, count;           /* in choices */
    int empty;                       /* which choice is the empty "it"; -1: none */
    uint32_t entities[LIMIT_MENTIONS];
};

struct examples {
    struct example *list;
    size_t count, capacity;
    struct choice *choices;
    size_t choice_count, choice_capacity;
};

struct parameters {
    double own[FEATURE_ROWS], shared[FEATURE_ROWS];
};

static void *grow(void *list, size_t *capacity, size_t size)
{
    *capacity = *capacity ? *capacity * 2 : 1024;
    list = realloc(list, *capacity * size);
    if (!list) {
        fprintf(stderr, "reference: no memory\n");
        exit(1);
    }
    return list;
}

static void add_choice(struct examples *all, const struct ref_question *q, int number, bool right)
{
    if (all->choice_count == all->choice_capacity)
        all->choices = grow(all->choices, &all->choice_capacity, sizeof *all->choices);
    struct choice *c = &all->choices[all->choice_count++];
    ref_features_of(q, number, &c->features);
    c->right = right;
}

static void add_question(struct examples *all, const struct source *source, uint32_t sentence,
                         const struct ref_question *q)
{
    const struct entities *from = &source->all;
    struct gold_pronoun gold = gold_of_pronoun(from, sentence, q->pronoun->token);
    bool found = false, some = gold.state == GOLD_REFERS;
    if (gold.state == GOLD_UNKNOWN)
        return;
    if (all->count == all->capacity)
        all->list = grow(all->list, &all->capacity, sizeof *all->list);
    struct example *e = &all->list[all->count++];
    e->row = (uint8_t)q->class;
    e->fold = (uint8_t)(from->documents[sentence] % FOLDS);
    e->counts = source->counts;
    e->only_empty = some || (from->keyed && !source->texts);
    e->times = source->times;
    e->first = (uint32_t)all->choice_count;
    e->empty = -1;
    for (uint32_t i = 0; i < q->count; i++) {
        const struct mention *m = q->candidates[i];
        uint32_t where = sentence - (q->pronoun->sentence - m->sentence);
        bool right = some ||
                     (gold.state == GOLD_TAKES_UP && gold_is(from, where, m, gold.entity)) ||
                     (gold.type[0] == '*' && m->kind == VALUE_EVENT);
        e->entities[i] = m->entity;
        add_choice(all, q, (int)i, right);
        found |= right;
    }
    add_choice(all, q, CHOICE_NONE,
               some || gold.type[0] == '*' || (!found && gold.state != GOLD_DUMMY));
    e->count = q->count + 1;
    if (ref_may_be_empty(q)) {
        e->empty = (int)e->count++;
        add_choice(all, q, CHOICE_DUMMY, !found && gold.state == GOLD_DUMMY);
    } else if (!found && gold.state == GOLD_DUMMY) {
        all->choices[all->choice_count - 1].right = true;
    }
}

static void collect(struct examples *all, const struct source *source,
                    const struct lexicon *lexicon, const struct ref_model *model)
{
    const struct entities *from = &source->all;
    static struct mention pool[1 << 18];
    struct grammar_document document;
    struct arena arena;
    struct grammar g;
    arena_init(&arena);
    for (uint32_t i = 0; i < from->conllu.count; i++) {
        if (i == 0 || from->documents[i] != from->documents[i - 1]) {
            memset(&document, 0, sizeof document);
            document.mentions = pool;
            document.mention_capacity = sizeof pool / sizeof *pool;
            document.model = model;
        }
        const struct sentence *s = &from->conllu.sentences[i];
        arena_reset(&arena);
        if (!grammar_init(&g, s, lexicon, &arena, &document))
            exit(1);
        uint32_t count;
        const struct mention *mentions = sentence_mentions(&g, &count);
        for (uint32_t k = 0; k < count; k++) {
            uint16_t form;
            struct ref_question q;
            if (pronoun_class_of(&g, mentions[k].token, &form) == NO_PRONOUN_CLASS ||
                (mentions[k].bits & MENTION_COORD))
                continue;
            struct mention pronoun = mentions[k]; /* as it was before it was answered */
            pronoun.gender = (uint8_t)np_gender(&g, pronoun.token);
            ref_ask(&g, mentions, k, &pronoun, &q);
            add_question(all, source, i, &q);
        }
        grammar_remember(&g);
    }
    arena_clear(&arena);
}

static double weight(const struct parameters *p, uint16_t row)
{
    int shared = ref_shared_row(row);
    return p->own[row] + (shared >= 0 ? p->shared[shared] : 0);
}

static void shares(const struct parameters *p, const struct examples *all, const struct example *e,
                   double *out)
{
    double most = -1e9, sum = 0;
    for (uint32_t i = 0; i < e->count; i++) {
        const struct ref_features *f = &all->choices[e->first + i].features;
        out[i] = 0;
        for (uint32_t k = 0; k < f->count; k++)
            out[i] += weight(p, f->rows[k]);
        most = out[i] > most ? out[i] : most;
    }
    for (uint32_t i = 0; i < e->count; i++)
        sum += out[i] = exp(out[i] - most);
    for (uint32_t i = 0; i < e->count; i++)
        out[i] /= sum;
}

static void step(double *w, double *square, double gradient, double decay)
{
    double g = gradient + decay * *w;
    *square += g * g;
    *w -= RATE * g / sqrt(*square + 1e-2);
}

static double learn_one(struct parameters *p, struct parameters *squares,
                        const struct examples *all, const struct example *e)
{
    double share[CHOICES], good = 1e-12;
    shares(p, all, e, share);
    for (uint32_t i = 0; i < e->count; i++)
        if (all->choices[e->first + i].right)
            good += share[i];
    for (uint32_t i = 0; i < e->count; i++) {
        const struct choice *c = &all->choices[e->first + i];
        double gradient = e->times * (share[i] - (c->right ? share[i] / good : 0));
        if (fabs(gradient) < 1e-4 || (e->only_empty && (int)i != e->empty))
            continue;
        for (uint32_t k = 0; k < c->features.count; k++) {
            uint16_t row = c->features.rows[k];
            int shared = ref_shared_row(row);
            step(&p->own[row], &squares->own[row], gradient, shared >= 0 ? DECAY : FRAME_DECAY);
            if (shared >= 0)
                step(&p->shared[shared], &squares->shared[shared], gradient, DECAY);
        }
    }
    return -log(good);
}

/* Weights of all examples but those of a fold (-1: all), averaged over the second half. */
static void learn(struct parameters *average, const struct examples *all, int without)
{
    static struct parameters p, squares;
    uint64_t state = 88172645463325252u;
    uint32_t *order = calloc(all->count + 1, sizeof *order);
    if (!order)
        exit(1);
    memset(&p, 0, sizeof p);
    memset(&squares, 0, sizeof squares);
    memset(average, 0, sizeof *average);
    for (uint32_t i = 0; i < all->count; i++)
        order[i] = i;
    double loss = 0;
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
        loss = 0;
        for (size_t i = all->count; i > 1; i--) {
            state ^= state << 13, state ^= state >> 7, state ^= state << 17;
            size_t j = state % i;
            uint32_t swap = order[i - 1];
            order[i - 1] = order[j];
            order[j] = swap;
        }
        for (size_t i = 0; i < all->count; i++)
            if (all->list[order[i]].fold != without)
                loss += learn_one(&p, &squares, all, &all->list[order[i]]);
        for (int k = 0; epoch >= EPOCHS / 2 && k < FEATURE_ROWS; k++) {
            average->own[k] += p.own[k] / (EPOCHS - EPOCHS / 2);
            average->shared[k] += p.shared[k] / (EPOCHS - EPOCHS / 2);
        }
    }
    fprintf(stderr, "without %d: loss %.4f\n", without, loss / (double)all->count);
    free(order);
}

static void round_off(struct ref_model *model, const struct parameters *p)
{
    for (int row = 0; row < FEATURE_ROWS; row++)
        model->weights[row] = (int16_t)lround(weight(p, (uint16_t)row) * WEIGHT_SCALE);
}

/* How often choices of a share were right: counts by hundredths of the share. */
struct counts {
    double all[ROWS][101], right[ROWS][101];
    double loss, questions;
};

static void count_fold(struct counts *counts, const struct examples *all, int fold,
                       const struct parameters *p)
{
    for (size_t n = 0; n < all->count; n++) {
        const struct example *e = &all->list[n];
        double share[CHOICES], chosen = 0;
        uint32_t best = 0;
        if (e->fold != fold || !e->counts)
            continue;
        shares(p, all, e, share);
        for (uint32_t i = 1; i < e->count; i++)
            if (share[i] >= share[best])
                best = i;
        double good = 1e-12;
        for (uint32_t i = 0; i < e->count; i++)
            good += all->choices[e->first + i].right ? share[i] : 0;
        counts->loss -= log(good);
        counts->questions++;
        uint32_t named = e->count - 1 - (e->empty >= 0);
        if (best == named)
            continue; /* no phrase: nothing is claimed */
        for (uint32_t i = 0; i < e->count; i++)
            if (i == best || (i < named && best < named && e->entities[i] == e->entities[best]))
                chosen += share[i];
        int row = (int)best == e->empty ? PRONOUN_CLASSES : e->row;
        int at = (int)(chosen * 100);
        counts->all[row][at]++;
        counts->right[row][at] += all->choices[e->first + best].right;
    }
}

/* The share of right choices about each twentieth, never falling. */
static void calibrate(struct ref_model *model, const struct counts *counts)
{
    fprintf(stderr, "left out: loss %.4f\n", counts->loss / counts->questions);
    for (int row = 0; row < ROWS; row++) {
        double last = 0, seen = 0, right = 0;
        for (int i = 0; i <= CALIBRATION_STEPS; i++) {
            int at = i * 100 / CALIBRATION_STEPS;
            double all = 4, good = 4 * 0.9 * at / 100;
            for (int k = at - 6; k <= at + 6; k++)
                if (k >= 0 && k <= 100) {
                    all += counts->all[row][k];
                    good += counts->right[row][k];
                }
            last = good / all > last ? good / all : last;
            model->calibration[row][i] = (uint8_t)lround(100 * (last > .99 ? .99 : last));
        }
        for (int k = 0; k <= 100; k++) {
            seen += counts->all[row][k];
            right += counts->right[row][k];
        }
        fprintf(stderr, "row %d: %.0f chosen, %.3f right\n", row, seen, right / (seen + 1e-9));
    }
}

static void print_model(const struct ref_model *m)
{
    printf("/* ref_weights.c -- the weights of the choice of antecedents, made by "
           "train/reference.c from\n * UD English GUM and EWT (train) and train/reference_texts.tsv.\n *\n"
           " * SPDX-License-Identifier: CC-BY-SA-4.0\n */\n#include \"grammar/mention.h\"\n\n"
           "const struct ref_model ref_model = {\n    {");
    for (int i = 0; i < FEATURE_ROWS; i++)
        printf("%s%d%s", i % 16 == 0 ? "\n     " : " ", m->weights[i],
               i + 1 < FEATURE_ROWS ? "," : "},\n    {");
    for (int row = 0; row < ROWS; row++) {
        printf("%s{", row ? "     " : "");
        for (int i = 0; i <= CALIBRATION_STEPS; i++)
            printf("%d%s", m->calibration[row][i], i < CALIBRATION_STEPS ? ", " : "}");
        printf("%s", row + 1 < ROWS ? ",\n" : "},\n};\n");
    }
}

static int read_sources(struct source *sources, char **paths, int count, const char *data,
                        struct lexicon *lexicon)
{
    int n = 0;
    for (int i = 0; i < count; i++) {
        struct source *s = &sources[n++];
        s->times = 1;
        if (strstr(paths[i], ".tsv")) {
            entities_read_keys(&s->all, paths[i], data, lexicon);
            if (s->all.broken)
                fprintf(stderr, "%s: %u keys fit nothing\n", paths[i], s->all.broken);
            s->texts = true;
            s->times = TEXT_TIMES;
            continue;
        }
        s->predicted = true;
        entities_read(&s->all, paths[i], data, true, lexicon);
        s->counts = !s->all.keyed;
        if (s->counts)
            entities_read(&sources[n++].all, paths[i], data, false, lexicon);
        sources[n - 1].times = 1;
    }
    return n;
}

int main(int argc, char **argv)
{
    static struct ref_model model;
    static struct parameters p;
    static struct counts counts;
    static struct source sources[SOURCES_MOST];
    struct examples all = {0};
    struct lexicon *lexicon;
    isg_error error;
    char name[4096];
    if (argc < 3 || 2 * (argc - 2) > SOURCES_MOST) {
        fprintf(stderr, "usage: reference DATA FILE ... > ref_weights.c\n");
        return 2;
    }
    snprintf(name, sizeof name, "%s/isogloss.lex", argv[1]);
    if (lexicon_open(name, &lexicon, &error) != ISG_OK)
        return fprintf(stderr, "%s\n", error.message), 1;
    int count = read_sources(sources, argv + 2, argc - 2, argv[1], lexicon);
    for (int round = 0; round < ROUNDS; round++) {
        all.count = all.choice_count = 0;
        for (int i = 0; i < count; i++)
            collect(&all, &sources[i], lexicon, &model);
        fprintf(stderr, "round %d: %zu pronouns\n", round + 1, all.count);
        learn(&p, &all, -1);
        round_off(&model, &p);
    }
    for (int fold = 0; fold < FOLDS; fold++) {
        learn(&p, &all, fold);
        count_fold(&counts, &all, fold, &p);
    }
    calibrate(&model, &counts);
    print_model(&model);
    for (int i = 0; i < count; i++)
        entities_clear(&sources[i].all);
    lexicon_close(lexicon);
    free(all.list);
    free(all.choices);
    return 0;
}

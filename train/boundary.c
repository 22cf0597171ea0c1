/* boundary.c -- learns the weights of the sentence splitter (engine/text/boundary.c) and prints
 * them as engine/text/boundary_weights.c. Usage: boundary TREEBANK.conllu ... > boundary_weights.c
 * Logistic regression over the splitter's own features, on each treebank's text as it is, wrapped
 * at several widths, and with line ends for empty lines. Not installed.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/conllu.h"
#include "base/limits.h"
#include "text/boundary.h"

enum { SIZE = 1 << BOUNDARY_BITS, EPOCHS = 4, MAX_PIECES = LIMIT_SENTENCE_TOKENS };
static const double RATE = 0.12, DECAY = 2e-3, SCALE = 7.0;

struct example {
    uint16_t features[BOUNDARY_FEATURES];
    bool ends;
};

struct examples {
    struct example *list;
    size_t count, capacity;
};

static void stop(const char *message)
{
    fprintf(stderr, "boundary: %s\n", message);
    exit(1);
}

static struct example *add_example(struct examples *all)
{
    if (all->count == all->capacity) {
        all->capacity = all->capacity ? all->capacity * 2 : 1 << 16;
        all->list = realloc(all->list, all->capacity * sizeof *all->list);
        if (!all->list)
            stop("no memory");
    }
    return &all->list[all->count++];
}

static uint64_t next_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

/* A text with the places where its sentences end. */
struct corpus {
    char *text;
    bool *ends;
    size_t length;
};

static void add_bytes(struct corpus *corpus, const char *bytes, size_t length)
{
    memcpy(corpus->text + corpus->length, bytes, length);
    corpus->length += length;
}

static bool is_plain(const struct conllu *from, size_t i)
{
    const struct sentence *s = &from->sentences[i];
    const char *text = from->text.bytes;
    return !memchr(text + s->start, '"', s->end - s->start) && strchr(".?!", text[s->end - 1]);
}

/* Copies the sentences; of those with a full stop, one in every so many (0: none), or two
 * neighbours, are put into quotation marks or brackets, which treebanks of news and mail have too
 * few of. */
static void copy_text(struct corpus *corpus, const struct conllu *from, unsigned every)
{
    static const char *const marks[][2] = {
        {"\"", "\""}, {"\"", "\""}, {"\xE2\x80\x9C", "\xE2\x80\x9D"}, {"(", ")"}, {"[", "]"}};
    const char *text = from->text.bytes, *close = NULL;
    uint64_t state = 424242;
    corpus->length = 0;
    for (size_t i = 0; i < from->count; i++) {
        const struct sentence *s = &from->sentences[i];
        size_t next = i + 1 < from->count ? s[1].start : from->text.length;
        if (every && !close && is_plain(from, i) && next_random(&state) % every == 0) {
            size_t kind = next_random(&state) % (sizeof marks / sizeof *marks);
            close = marks[kind][1];
            add_bytes(corpus, marks[kind][0], strlen(marks[kind][0]));
        }
        add_bytes(corpus, text + s->start, s->end - s->start);
        bool more = i + 1 < from->count && !s[1].new_paragraph && is_plain(from, i + 1) &&
                    next_random(&state) % 3;
        if (close && !more) {
            add_bytes(corpus, close, strlen(close));
            close = NULL;
        }
        corpus->ends[corpus->length] = true;
        add_bytes(corpus, text + s->end, next - s->end);
    }
}

/* Breaks lines at spaces so that none is longer than width, if a break can help it. */
static void wrap(char *text, size_t length, size_t width)
{
    size_t line = 0, space = 0;
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '\n') {
            line = i + 1;
            space = 0;
        } else if (text[i] == ' ') {
            space = i;
        }
        if (i - line >= width && space) {
            text[space] = '\n';
            line = space + 1;
            space = 0;
        }
    }
}

static void join_paragraphs(char *text, size_t length)
{
    for (size_t i = 0; i + 1 < length; i++)
        if (text[i] == '\n' && text[i + 1] == '\n')
            text[i] = ' ';
}

/* Adds the places of a text that the rules leave open; with the answers. */
static void collect(struct examples *all, const struct corpus *corpus)
{
    const char *text = corpus->text;
    const bool *ends = corpus->ends;
    struct scan scan;
    struct piece pieces[MAX_PIECES], queue[3], none;
    unsigned count = 0, queued = 0;
    int depth = 0;
    scan_init(&scan, text, (uint32_t)corpus->length);
    for (;;) {
        while (queued < 3 && scan_next(&scan, &queue[queued]))
            queued++;
        if (!queued)
            break;
        struct boundary here = {text, pieces, count, queue, queued, depth};
        if (count && boundary_rule(&here) == BOUNDARY_ASK) {
            struct example *e = add_example(all);
            (void)boundary_features(&here, e->features);
            e->ends = ends[pieces[count - 1].end];
        }
        if (count == MAX_PIECES || (count && ends[pieces[count - 1].end])) {
            count = 0;
            depth = 0;
        }
        none = queue[0];
        pieces[count++] = none;
        depth += (none.kind == PIECE_OPEN) - (none.kind == PIECE_CLOSE);
        queued--;
        memmove(queue, queue + 1, queued * sizeof *queue);
    }
}

static void read_treebank(struct examples *all, const char *path)
{
    struct buffer bytes;
    struct arena arena;
    struct conllu conllu;
    isg_error error;
    char block[65536];
    size_t n;
    FILE *file = fopen(path, "rb");
    if (!file)
        stop("cannot open a treebank");
    buffer_init(&bytes);
    arena_init(&arena);
    while ((n = fread(block, 1, sizeof block, file)) > 0)
        buffer_add(&bytes, block, n);
    fclose(file);
    struct conllu_source source = {bytes.bytes, bytes.length, path, false};
    if (conllu_read(&source, &arena, &conllu, &error))
        stop(error.message);
    static const struct {
        size_t width;
        unsigned quote;
        bool lines;
    } variants[] = {{0, 0, false}, {0, 0, false},  {64, 0, false}, {78, 0, false},
                    {0, 0, true},  {0, 12, false}, {72, 12, false}};
    struct corpus corpus = {NULL, NULL, 0};
    size_t room = conllu.text.length + conllu.count * 8 + 1;
    corpus.text = malloc(room);
    corpus.ends = malloc(room * sizeof *corpus.ends);
    if (!corpus.text || !corpus.ends)
        stop("no memory");
    for (size_t i = 0; i < sizeof variants / sizeof *variants; i++) {
        memset(corpus.ends, 0, room * sizeof *corpus.ends);
        copy_text(&corpus, &conllu, variants[i].quote);
        if (variants[i].lines)
            join_paragraphs(corpus.text, corpus.length);
        if (variants[i].width)
            wrap(corpus.text, corpus.length, variants[i].width);
        collect(all, &corpus);
    }
    free(corpus.ends);
    free(corpus.text);
    conllu_clear(&conllu);
    arena_clear(&arena);
    buffer_clear(&bytes);
}

static void shuffle(struct examples *all, uint64_t *state)
{
    for (size_t i = all->count; i > 1; i--) {
        size_t j = next_random(state) % i;
        struct example e = all->list[i - 1];
        all->list[i - 1] = all->list[j];
        all->list[j] = e;
    }
}

/* Stochastic gradient descent with AdaGrad and weights averaged over the second half. */
static void learn(struct examples *all, double *average)
{
    static double weights[SIZE], squares[SIZE];
    uint64_t state = 88172645463325252u;
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
        double loss = 0;
        shuffle(all, &state);
        for (size_t i = 0; i < all->count; i++) {
            const struct example *e = &all->list[i];
            double sum = 0;
            for (int f = 0; f < BOUNDARY_FEATURES; f++)
                sum += weights[e->features[f]];
            double p = 1 / (1 + exp(-sum)), gradient = p - e->ends;
            loss -= log((e->ends ? p : 1 - p) + 1e-12);
            for (int f = 0; f < BOUNDARY_FEATURES; f++) {
                uint16_t k = e->features[f];
                double g = gradient + DECAY * weights[k];
                squares[k] += g * g;
                weights[k] -= RATE * g / sqrt(squares[k] + 1e-3);
            }
        }
        fprintf(stderr, "epoch %d loss %.5f\n", epoch + 1, loss / (double)all->count);
        for (int k = 0; epoch >= EPOCHS / 2 && k < SIZE; k++)
            average[k] += weights[k] / (EPOCHS - EPOCHS / 2);
    }
}

static void print_weights(const double *weights)
{
    printf("/* boundary_weights.c -- the weights of the sentence splitter, made by "
           "train/boundary.c from "
           "UD\n * English EWT and GUM (train); one printable character a weight.\n *\n"
           " * SPDX-License-Identifier: CC-BY-SA-4.0\n */\n#include \"text/boundary.h\"\n\n"
           "const char boundary_weights[(1 << BOUNDARY_BITS) + 1] =");
    for (int k = 0; k < SIZE; k++) {
        int w = (int)lround(weights[k] * SCALE);
        w = w > BOUNDARY_LIMIT ? BOUNDARY_LIMIT : w < -BOUNDARY_LIMIT ? -BOUNDARY_LIMIT : w;
        char c = (char)(w + BOUNDARY_ZERO);
        if (c == '\\' || c == '?') /* the neighbour reads better than an escape */
            c++;
        if (k % 92 == 0)
            printf("%s\n    \"", k ? "\"" : "");
        putchar(c);
    }
    printf("\";\n");
}

int main(int argc, char **argv)
{
    static double average[SIZE];
    struct examples all = {NULL, 0, 0};
    if (argc < 2)
        stop("usage: boundary TREEBANK.conllu ... > boundary_weights.c");
    for (int i = 1; i < argc; i++)
        read_treebank(&all, argv[i]);
    fprintf(stderr, "%zu places\n", all.count);
    learn(&all, average);
    print_weights(average);
    free(all.list);
    return 0;
}

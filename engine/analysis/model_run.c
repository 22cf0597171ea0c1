/* model_run.c -- analyses a sentence: words to rows of the stream, layer by layer over the whole
 * sentence; tags from the last layer; then transitions, each scored by summing what was computed
 * once a token. Every number is an integer and none overflows, so nothing depends on the machine.
 * What a word type brings to the first layer is kept in a cache, which changes no result.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdlib.h>
#include <string.h>

#include "analysis/model_private.h"
#include "analysis/model_transition.h"
#include "analysis/model_word.h"
#include "base/status.h"

enum {
    CACHE_LINE = 64,
    CACHE_SIZE = 4096,
    ROW_NONE = 0,
    ROW_ROOT = 1,
    ROW_WORDS = 2,
    FIRST_CAPACITY = 64
};

/* Rows of the slot and arc parts: nothing, the root, then the words. */
struct model_scratch {
    const struct kernel *kernel;
    size_t capacity; /* words */
    uint16_t (*cached)[PART_COUNT + 1]; /* the rows a place of the cache is for; last: it is full */
    int16_t *cache;
    uint16_t (*rows)[PART_COUNT];
    uint32_t *missing; /* places of the cache */
    const int16_t **partial; /* of each word, and of both edges, its row of the first layer */
    uint8_t *input, *stream, *window;
    int16_t *computed, *edge, *grown, *tags, *slots, *arcs, *margin;
    struct transition state;
};

struct best {
    uint32_t index;
    int32_t margin; /* to the second best */
};

static uint32_t divide_up(size_t n)
{
    return (uint32_t)(n / 64 + 1) * 64;
}

/* Zeroed; rows of a whole number of cache lines then straddle none. */
static void *new_rows(size_t count, size_t size)
{
    size_t bytes = (count * size + CACHE_LINE - 1) / CACHE_LINE * CACHE_LINE;
    void *rows = aligned_alloc(CACHE_LINE, bytes);
    return rows ? memset(rows, 0, bytes) : NULL;
}

static void free_rows(struct model_scratch *s)
{
    free(s->rows);
    free(s->missing);
    free(s->input);
    free(s->stream);
    free(s->window);
    free(s->computed);
    free(s->partial);
    free(s->edge);
    free(s->grown);
    free(s->tags);
    free(s->slots);
    free(s->arcs);
    free(s->margin);
    free(s->state.stack);
    free(s->state.head);
    free(s->state.left);
    free(s->state.right);
    free(s->state.label);
    s->capacity = 0;
}

/* Makes room for count words; what was there is lost. */
static bool reserve(const struct model *model, struct model_scratch *s, size_t count)
{
    const struct model_header *h = model->header;
    size_t n = divide_up(count + ROW_WORDS), edge = 2;
    if (count <= s->capacity)
        return true;
    free_rows(s);
    s->rows = new_rows(n, sizeof *s->rows);
    s->missing = new_rows(n, sizeof *s->missing);
    s->input = new_rows(n, INPUT_WIDTH);
    s->stream = new_rows(n + edge, h->hidden);
    s->window = new_rows(n, 3 * h->hidden);
    s->computed = new_rows(n, 3 * h->hidden * sizeof *s->computed);
    s->partial = new_rows(n + edge, sizeof *s->partial);
    s->edge = new_rows(1, 3 * h->hidden * sizeof *s->edge);
    s->grown = new_rows(n, h->hidden * sizeof *s->grown);
    s->tags = new_rows(n, model->tag.columns * sizeof *s->tags);
    s->slots = new_rows(n, model->slot.columns * sizeof *s->slots);
    s->arcs = new_rows(n, model->arc.columns * sizeof *s->arcs);
    s->margin = new_rows(n, sizeof *s->margin);
    s->state.stack = calloc(n, sizeof *s->state.stack);
    s->state.head = calloc(n, sizeof *s->state.head);
    s->state.left = calloc(n, sizeof *s->state.left);
    s->state.right = calloc(n, sizeof *s->state.right);
    s->state.label = calloc(n, sizeof *s->state.label);
    if (!s->rows || !s->missing || !s->input || !s->stream || !s->window || !s->computed
        || !s->partial || !s->edge || !s->grown || !s->tags || !s->slots || !s->arcs || !s->margin
        || !s->state.stack || !s->state.head || !s->state.left || !s->state.right
        || !s->state.label)
        return false;
    s->capacity = n - ROW_WORDS;
    /* special: the root's row, then that of nothing */
    s->kernel->product(&model->slot, model->special + h->hidden, 0, 1, s->slots);
    s->kernel->product(&model->slot, model->special, 0, 1, s->slots + model->slot.columns);
    s->kernel->product(&model->arc, model->special + h->hidden, 0, 1, s->arcs);
    s->kernel->product(&model->arc, model->special, 0, 1, s->arcs + model->arc.columns);
    return true;
}

isg_status model_scratch_new_with(const struct model *model, const struct kernel *kernel,
                                  struct model_scratch **scratch, isg_error *error)
{
    struct model_scratch *s = calloc(1, sizeof *s);
    *scratch = s;
    if (!s)
        return status_nomem(error);
    s->kernel = kernel;
    s->cached = calloc(CACHE_SIZE, sizeof *s->cached);
    s->cache = new_rows(CACHE_SIZE, 3 * model->header->hidden * sizeof *s->cache);
    if (s->cached && s->cache && reserve(model, s, FIRST_CAPACITY))
        return ISG_OK;
    model_scratch_free(s);
    *scratch = NULL;
    return status_nomem(error);
}

isg_status model_scratch_new(const struct model *model, struct model_scratch **scratch,
                             isg_error *error)
{
    const struct kernel *kernels[KERNELS_MAX];
    kernel_list(kernels);
    return model_scratch_new_with(model, kernels[0], scratch, error);
}

void model_scratch_free(struct model_scratch *scratch)
{
    if (!scratch)
        return;
    free_rows(scratch);
    free(scratch->cached);
    free(scratch->cache);
    free(scratch);
}

/* Puts the rows of a word's tables side by side; 128 added makes them unsigned. */
static void gather(const struct model *model, const uint16_t *rows, uint8_t *out)
{
    for (int p = 0; p < PART_COUNT; p++) {
        size_t width = word_part_width((enum word_part)p);
        const int8_t *row = model->parts[p] + rows[p] * width;
        for (size_t i = 0; i < width; i++)
            *out++ = (uint8_t)(row[i] ^ -128);
    }
}

static uint32_t cache_place(uint64_t hash, const uint16_t *rows)
{
    return (uint32_t)(hash ^ hash >> 32 ^ rows[PART_SHAPE] * 37u) & (CACHE_SIZE - 1);
}

/* Finds each word's row of the first layer, in the cache or, for all missing words at once, by the
 * product; returns how many were missing. Rows stay where they are until they are remembered. */
static size_t look_up(const struct model *model, struct model_scratch *s,
                      const struct sentence *sentence)
{
    size_t width = 3 * (size_t)model->header->hidden, missing = 0;
    const int16_t **partial = s->partial + 1; /* before it is the left edge */
    for (uint32_t i = 0; i < sentence->count; i++) {
        const struct token *token = &sentence->tokens[i];
        struct word_key key;
        word_key_make(token->form, token->form_length, &key);
        word_key_find(model->lexicon, model->header->lexicon, &key);
        uint32_t place = cache_place(key.hash, key.row);
        uint16_t *cached = s->cached[place];
        if (cached[PART_COUNT] && memcmp(cached, key.row, sizeof key.row) == 0) {
            partial[i] = s->cache + place * width;
            continue;
        }
        memcpy(s->rows[missing], key.row, sizeof key.row);
        gather(model, key.row, s->input + missing * INPUT_WIDTH);
        partial[i] = s->computed + missing * width;
        s->missing[missing++] = place;
    }
    s->kernel->product(&model->first, s->input, INPUT_WIDTH, missing, s->computed);
    return missing;
}

/* Puts the first missing rows into the cache. */
static void remember(const struct model *model, struct model_scratch *s, size_t missing)
{
    size_t width = 3 * (size_t)model->header->hidden;
    for (size_t m = 0; m < missing; m++) {
        size_t place = s->missing[m];
        memcpy(s->cache + place * width, s->computed + m * width, width * sizeof *s->cache);
        memcpy(s->cached[place], s->rows[m], sizeof s->rows[m]);
        s->cached[place][PART_COUNT] = 1;
    }
}

/* What a layer that reaches further than the next word sees: three rows of the stream, side by
 * side, for each word. Rows outside the sentence are zero. */
static void spread(const uint8_t *stream, size_t n, size_t h, size_t reach, uint8_t *window)
{
    for (size_t i = 0; i < n; i++, window += 3 * h) {
        memset(window, 0, 3 * h);
        if (i >= reach)
            memcpy(window, stream + (i - reach) * h, h);
        memcpy(window + h, stream + i * h, h);
        if (i + reach < n)
            memcpy(window + 2 * h, stream + (i + reach) * h, h);
    }
}

static void encode(const struct model *model, struct model_scratch *s,
                   const struct sentence *sentence)
{
    size_t h = model->header->hidden, n = sentence->count;
    uint8_t *stream = s->stream + h; /* rows -1 and n are zero */
    size_t missing = look_up(model, s, sentence);
    s->partial[0] = s->partial[n + 1] = s->edge;
    memset(stream + n * h, 0, h);
    for (size_t i = 0; i < n; i++) {
        const int16_t **row = s->partial + i;
        s->kernel->join(row[0], row[1] + h, row[2] + 2 * h, stream + i * h, h);
    }
    remember(model, s, missing);
    for (uint32_t l = 0; l < model->header->layers; l++) {
        size_t reach = model->header->reach[l];
        if (reach > 1)
            spread(stream, n, h, reach, s->window);
        s->kernel->product(&model->conv[l], reach > 1 ? s->window : stream - h,
                           reach > 1 ? 3 * h : h, n, s->grown);
        s->kernel->grow(s->grown, stream, n * h);
    }
    s->kernel->product(&model->tag, stream, h, n, s->tags);
    s->kernel->product(&model->slot, stream, h, n, s->slots + ROW_WORDS * model->slot.columns);
    s->kernel->product(&model->arc, stream, h, n, s->arcs + ROW_WORDS * model->arc.columns);
}

/* The first of the highest scores from first to count, two at least. */
static struct best find_best(const int16_t *scores, uint32_t first, uint32_t count)
{
    int32_t most = INT32_MIN, second = INT32_MIN;
    uint32_t index = first;
    for (uint32_t i = first; i < count; i++) {
        if (scores[i] > most) {
            second = most;
            most = scores[i];
            index = i;
        } else if (scores[i] > second) {
            second = scores[i];
        }
    }
    return (struct best){index, second == INT32_MIN ? INT16_MAX : most - second};
}

static uint32_t bucket(int32_t margin, uint32_t bits, uint32_t buckets)
{
    uint32_t b = (uint32_t)margin >> bits;
    return b < buckets ? b : buckets - 1;
}

static void set_tags(const struct model *model, const struct model_scratch *s,
                     struct sentence *sentence)
{
    const struct model_header *h = model->header;
    for (uint32_t i = 0; i < sentence->count; i++) {
        struct token *token = &sentence->tokens[i];
        struct best best = find_best(s->tags + (size_t)i * model->tag.columns, 0, h->tags);
        token->upos = model->tags[best.index][0];
        token->xpos = model->tags[best.index][1];
        token->tag_confidence =
            model->tag_confidence[bucket(best.margin, h->tag_margin_bits, CONFIDENCE_BUCKETS)];
    }
}

static size_t node_row(const struct transition *state, int32_t node)
{
    if (node < 0)
        return ROW_NONE;
    return node == state->count ? ROW_ROOT : (size_t)node + ROW_WORDS;
}

static struct best choose_action(const struct model *model, const struct model_scratch *s)
{
    const struct transition *state = &s->state;
    const int16_t *parts[SLOT_COUNT + STATE_EMBED_COUNT];
    size_t width = model->header->slot_width;
    struct transition_view look;
    uint8_t hidden[MODEL_WIDTH_MAX];
    int16_t scores[ACTION_COLUMNS];
    transition_look(state, model->header->labels, &look);
    for (size_t k = 0; k < SLOT_COUNT; k++)
        parts[k] = s->slots + (node_row(state, look.slots[k]) * SLOT_COUNT + k) * width;
    for (size_t k = 0; k < STATE_EMBED_COUNT; k++)
        parts[SLOT_COUNT + k] = model->state_embed + look.embeds[k] * width;
    s->kernel->hide(parts, SLOT_COUNT + STATE_EMBED_COUNT, hidden, width);
    s->kernel->product(&model->action, hidden, 0, 1, scores);
    struct best best = {ACTION_COUNT, INT16_MAX};
    for (uint32_t a = 0; a < ACTION_COUNT; a++) {
        if (!transition_is_allowed(state, (enum transition_action)a))
            continue;
        if (best.index == ACTION_COUNT) {
            best.index = a;
            continue;
        }
        int32_t ahead = scores[a] - scores[best.index], distance = ahead > 0 ? ahead : -ahead;
        if (ahead > 0) /* the old best is now the second, nearer than any other */
            best = (struct best){a, distance};
        else if (distance < best.margin)
            best.margin = distance;
    }
    return best;
}

static struct best choose_label(const struct model *model, const struct model_scratch *s,
                                enum transition_action action)
{
    const struct transition *state = &s->state;
    const int16_t *parts[ARC_SLOT_COUNT + ARC_EMBED_COUNT];
    size_t width = model->header->arc_width;
    struct transition_arc look;
    uint8_t hidden[MODEL_WIDTH_MAX];
    int16_t scores[MODEL_WIDTH_MAX];
    transition_look_arc(state, action, model->header->labels, &look);
    if (look.slots[0] == state->count)
        return (struct best){0, INT16_MAX};
    for (size_t k = 0; k < ARC_SLOT_COUNT; k++)
        parts[k] = s->arcs + (node_row(state, look.slots[k]) * ARC_SLOT_COUNT + k) * width;
    for (size_t k = 0; k < ARC_EMBED_COUNT; k++)
        parts[ARC_SLOT_COUNT + k] = model->arc_embed + look.embeds[k] * width;
    s->kernel->hide(parts, ARC_SLOT_COUNT + ARC_EMBED_COUNT, hidden, width);
    s->kernel->product(&model->label, hidden, 0, 1, scores);
    return find_best(scores, 1, model->header->labels);
}

static void set_arc(const struct model *model, struct model_scratch *s, struct token *token,
                    int32_t head, struct best label, int32_t margin)
{
    const struct model_header *h = model->header;
    token->head = head == s->state.count ? -1 : head;
    token->deprel = model->labels[label.index];
    token->arc_confidence = model->arc_confidence[
        bucket(margin, h->action_margin_bits, MARGIN_BUCKETS) * MARGIN_BUCKETS
        + bucket(label.margin, h->label_margin_bits, MARGIN_BUCKETS)];
}

static void parse(const struct model *model, struct model_scratch *s, struct sentence *sentence)
{
    struct transition *state = &s->state;
    transition_begin(state, (int32_t)sentence->count);
    while (!transition_is_done(state)) {
        struct best best = choose_action(model, s), label = {LABEL_UNSET, 0};
        enum transition_action action = (enum transition_action)best.index;
        int32_t top = state->depth > 0 ? state->stack[state->depth - 1] : NODE_NONE;
        if (top >= 0 && best.margin < s->margin[top])
            s->margin[top] = (int16_t)best.margin;
        if (action == ACTION_SHIFT) {
            s->margin[state->next] = INT16_MAX;
        } else {
            label = choose_label(model, s, action);
        }
        transition_apply(state, action, (uint8_t)label.index);
        if (action != ACTION_SHIFT)
            set_arc(model, s, &sentence->tokens[top], state->head[top], label, s->margin[top]);
    }
}

isg_status model_run(const struct model *model, struct model_scratch *scratch,
                     struct sentence *sentence)
{
    if (!reserve(model, scratch, sentence->count))
        return ISG_NOMEM;
    if (sentence->count == 0)
        return ISG_OK;
    encode(model, scratch, sentence);
    set_tags(model, scratch, sentence);
    parse(model, scratch, sentence);
    return ISG_OK;
}

/* steps.c -- learning to parse with a dynamic oracle and exploration (Goldberg and Nivre 2013): in
 * every state, each action that loses no reachable arc is right, and the parser mostly follows its
 * own choice. Labels are learned where an arc is right.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "steps.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { IMPOSSIBLE = 1 << 20 };

static const float FOLLOW = 0.9f, OWN_LABEL = 0.25f;
static const float STREAM_MOST = 255.0f / (1 << STREAM_BITS);

/* A hidden layer as a sum of parts: rows of parts and of embeddings. */
struct layer_view {
    size_t width, slots, embeds;
    size_t rows[SLOT_COUNT];
    const uint32_t *embed_rows;
    const float *parts;
    const struct param *embed;
};

static size_t node_row(const struct batch *batch, size_t sentence, int32_t node)
{
    return node < 0 ? 0 : batch->start[sentence] + (size_t)node;
}

static void hidden_forward(const struct layer_view *view, float *hidden)
{
    size_t w = view->width;
    memset(hidden, 0, w * sizeof *hidden);
    for (size_t k = 0; k < view->slots; k++) {
        const float *part = view->parts + (view->rows[k] * view->slots + k) * w;
        for (size_t j = 0; j < w; j++)
            hidden[j] += part[j];
    }
    for (size_t k = 0; k < view->embeds; k++) {
        const float *part = view->embed->value + view->embed_rows[k] * w;
        for (size_t j = 0; j < w; j++)
            hidden[j] += part[j];
    }
    for (size_t j = 0; j < w; j++)
        hidden[j] = hidden[j] > 0 ? hidden[j] : 0;
}

static void hidden_back(const struct layer_view *view, const float *d, float *d_parts)
{
    size_t w = view->width;
    for (size_t k = 0; k < view->slots; k++) {
        float *part = d_parts + (view->rows[k] * view->slots + k) * w;
        for (size_t j = 0; j < w; j++)
            part[j] += d[j];
    }
    for (size_t k = 0; k < view->embeds; k++) {
        float *part = view->embed->gradient + view->embed_rows[k] * w;
        for (size_t j = 0; j < w; j++)
            part[j] += d[j];
    }
}

static struct layer_view view_state(const struct network *network, const struct batch *batch,
                                    size_t sentence, const struct transition_view *look)
{
    struct layer_view view = {.width = network->size.slot_width, .slots = SLOT_COUNT,
                              .embeds = STATE_EMBED_COUNT, .embed_rows = look->embeds,
                              .parts = batch->slot, .embed = &network->state_embed};
    for (size_t k = 0; k < SLOT_COUNT; k++)
        view.rows[k] = node_row(batch, sentence, look->slots[k]);
    return view;
}

static struct layer_view view_arc(const struct network *network, const struct batch *batch,
                                  size_t sentence, const struct transition_arc *look)
{
    struct layer_view view = {.width = network->size.arc_width, .slots = ARC_SLOT_COUNT,
                              .embeds = ARC_EMBED_COUNT, .embed_rows = look->embeds,
                              .parts = batch->arc, .embed = &network->arc_embed};
    for (size_t k = 0; k < ARC_SLOT_COUNT; k++)
        view.rows[k] = node_row(batch, sentence, look->slots[k]);
    return view;
}

/* Rounds hidden as the analyser does, and multiplies: scores = hidden times matrix plus bias. */
static void score(const struct param *matrix, const struct param *bias, float *hidden,
                  float *scores)
{
    size_t columns = matrix->columns;
    memcpy(scores, bias->value, columns * sizeof *scores);
    for (size_t i = 0; i < matrix->rows; i++) {
        float x = round_nearest(hidden[i] * (1 << STREAM_BITS));
        hidden[i] = x >= 255 ? STREAM_MOST : x / (1 << STREAM_BITS);
        const float *row = matrix->seen + i * columns;
        for (size_t j = 0; hidden[i] > 0 && j < columns; j++)
            scores[j] += hidden[i] * row[j];
    }
}

/* From the gradient of scores to those of matrix, bias and what hidden was before dropout. */
static void score_back(struct param *matrix, struct param *bias, const float *hidden,
                       const float *d_scores, float *d_hidden)
{
    size_t columns = matrix->columns;
    for (size_t j = 0; j < columns; j++)
        bias->gradient[j] += d_scores[j];
    for (size_t i = 0; i < matrix->rows; i++) {
        d_hidden[i] = 0;
        if (hidden[i] == 0)
            continue;
        const float *row = matrix->seen + i * columns;
        float *gradient = matrix->gradient + i * columns, sum = 0;
        for (size_t j = 0; j < columns; j++) {
            sum += row[j] * d_scores[j];
            gradient[j] += hidden[i] * d_scores[j];
        }
        d_hidden[i] = hidden[i] < STREAM_MOST ? sum : 0;
    }
}

/* The best label but 0, which is the root's. */
static uint8_t best_label(const struct network *network, const float *scores)
{
    uint8_t best = 1;
    for (uint32_t j = 2; j < network->size.labels; j++)
        if (scores[j] > scores[best])
            best = (uint8_t)j;
    return best;
}

/* Turns scores from first to count into the gradient of the cross entropy; returns the loss. */
static double entropy_back(float *scores, size_t first, size_t count, size_t columns, size_t right,
                           float scale)
{
    float most = scores[right], sum = 0;
    for (size_t j = first; j < count; j++)
        most = scores[j] > most ? scores[j] : most;
    double loss = 0;
    for (size_t j = 0; j < columns; j++) {
        scores[j] = j >= first && j < count ? expf(scores[j] - most) : 0;
        sum += scores[j];
    }
    loss = -log((double)(scores[right] / sum) + 1e-9);
    for (size_t j = 0; j < columns; j++)
        scores[j] *= scale / sum;
    scores[right] -= scale;
    return loss;
}

/* Drops parts of a hidden layer; what is zero gets no gradient, the rest needs scale_kept. */
static void drop_hidden(float *hidden, size_t width, const struct teaching *teaching)
{
    if (teaching->dropout <= 0)
        return;
    for (size_t j = 0; j < width; j++)
        hidden[j] = random_unit(teaching->random) < teaching->dropout
                        ? 0 : hidden[j] / (1 - teaching->dropout);
}

static void scale_kept(float *d_hidden, size_t width, const struct teaching *teaching)
{
    for (size_t j = 0; j < width; j++)
        d_hidden[j] /= 1 - teaching->dropout;
}

/* The label of the arc that action makes; learned if the arc is right. */
static uint8_t learn_label(struct network *network, struct batch *batch, size_t sentence,
                           const struct transition *state, enum transition_action action,
                           const struct lesson *lesson, const struct teaching *teaching,
                           struct losses *losses)
{
    float hidden[MODEL_WIDTH_MAX], scores[MODEL_WIDTH_MAX], d[MODEL_WIDTH_MAX];
    struct transition_arc look;
    transition_look_arc(state, action, network->size.labels, &look);
    if (look.slots[0] == state->count)
        return 0;
    size_t row = node_row(batch, sentence, look.slots[1]);
    bool right = lesson->head[row] == look.slots[0];
    struct layer_view view = view_arc(network, batch, sentence, &look);
    hidden_forward(&view, hidden);
    if (right)
        drop_hidden(hidden, view.width, teaching);
    score(&network->label, &network->label_bias, hidden, scores);
    uint8_t label = best_label(network, scores);
    if (right) {
        losses->label += entropy_back(scores, 1, network->size.labels, network->size.label_columns,
                                      lesson->label[row], 1 / (float)batch->words);
        losses->labels++;
        score_back(&network->label, &network->label_bias, hidden, scores, d);
        scale_kept(d, view.width, teaching);
        hidden_back(&view, d, batch->d_arc);
        if (random_unit(teaching->random) >= OWN_LABEL)
            label = lesson->label[row];
    }
    return label;
}

/* How many arcs of gold each action makes unreachable. */
static void count_costs(const struct transition *state, const int32_t *gold, int *costs)
{
    int32_t b = state->next, depth = state->depth;
    int32_t s0 = depth > 0 ? state->stack[depth - 1] : NODE_NONE;
    int32_t s1 = depth > 1 ? state->stack[depth - 2] : NODE_NONE;
    costs[ACTION_SHIFT] = costs[ACTION_LEFT] = costs[ACTION_RIGHT] = IMPOSSIBLE;
    if (transition_is_allowed(state, ACTION_SHIFT)) {
        costs[ACTION_SHIFT] = 0;
        for (int32_t i = 0; i < depth; i++) {
            int32_t k = state->stack[i];
            costs[ACTION_SHIFT] += gold[k] == b;
            costs[ACTION_SHIFT] += k != s0 && gold[b] == k;
        }
    }
    if (s0 < 0)
        return;
    int children = 0;
    for (int32_t i = b; i < state->count; i++)
        children += gold[i] == s0;
    if (transition_is_allowed(state, ACTION_LEFT))
        costs[ACTION_LEFT] = children + (gold[s0] > b) + (s1 >= 0 && gold[s0] == s1);
    if (transition_is_allowed(state, ACTION_RIGHT))
        costs[ACTION_RIGHT] = children + (gold[s0] >= b);
}

struct choice {
    enum transition_action own, right; /* the parser's best, and its best among the right */
    float d[ACTION_COLUMNS];           /* gradient of the loss */
    double loss;
};

static struct choice weigh(const struct transition *state, const float *scores, const int *costs)
{
    struct choice choice = {ACTION_COUNT, ACTION_COUNT, {0}, 0};
    float p[ACTION_COUNT], most = -1e9f, sum = 0, right = 0;
    int least = IMPOSSIBLE;
    for (int a = 0; a < ACTION_COUNT; a++) {
        bool allowed = transition_is_allowed(state, (enum transition_action)a);
        least = allowed && costs[a] < least ? costs[a] : least;
        most = allowed && scores[a] > most ? scores[a] : most;
    }
    for (int a = 0; a < ACTION_COUNT; a++) {
        p[a] = 0;
        if (!transition_is_allowed(state, (enum transition_action)a))
            continue;
        p[a] = expf(scores[a] - most);
        sum += p[a];
        if (choice.own == ACTION_COUNT || scores[a] > scores[choice.own])
            choice.own = (enum transition_action)a;
        if (costs[a] != least)
            continue;
        right += p[a];
        if (choice.right == ACTION_COUNT || scores[a] > scores[choice.right])
            choice.right = (enum transition_action)a;
    }
    choice.loss = -log((double)(right / sum) + 1e-9);
    for (int a = 0; a < ACTION_COUNT; a++)
        choice.d[a] = p[a] / sum - (costs[a] == least ? p[a] / (right + 1e-9f) : 0);
    return choice;
}

static void learn_sentence(struct network *network, struct batch *batch, size_t sentence,
                           const struct lesson *lesson, struct transition *state,
                           const struct teaching *teaching, struct losses *losses)
{
    float hidden[MODEL_WIDTH_MAX], d_hidden[MODEL_WIDTH_MAX], scores[ACTION_COLUMNS];
    const int32_t *gold = lesson->head + batch->start[sentence];
    float scale = 1 / (float)batch->words;
    transition_begin(state, (int32_t)batch->length[sentence]);
    while (!transition_is_done(state)) {
        struct transition_view look;
        int costs[ACTION_COUNT];
        transition_look(state, network->size.labels, &look);
        struct layer_view view = view_state(network, batch, sentence, &look);
        hidden_forward(&view, hidden);
        drop_hidden(hidden, view.width, teaching);
        score(&network->action, &network->action_bias, hidden, scores);
        count_costs(state, gold, costs);
        struct choice choice = weigh(state, scores, costs);
        losses->action += choice.loss;
        losses->actions++;
        if (choice.loss > 1e-6) {
            for (int a = 0; a < ACTION_COUNT; a++)
                choice.d[a] *= scale;
            score_back(&network->action, &network->action_bias, hidden, choice.d, d_hidden);
            scale_kept(d_hidden, view.width, teaching);
            hidden_back(&view, d_hidden, batch->d_slot);
        }
        bool follow = teaching->explore && random_unit(teaching->random) < FOLLOW;
        enum transition_action action = follow ? choice.own : choice.right;
        uint8_t label = LABEL_UNSET;
        if (action != ACTION_SHIFT)
            label = learn_label(network, batch, sentence, state, action, lesson, teaching, losses);
        transition_apply(state, action, label);
    }
}

void steps_learn(struct network *network, struct batch *batch, const struct lesson *lesson,
                 struct analysis *analysis, const struct teaching *teaching,
                 struct losses *losses)
{
    const struct network_size *size = &network->size;
    memset(batch->d_slot, 0, batch->rows * SLOT_COUNT * size->slot_width * sizeof(float));
    memset(batch->d_arc, 0, batch->rows * ARC_SLOT_COUNT * size->arc_width * sizeof(float));
    memset(batch->d_tag, 0, batch->rows * size->tag_columns * sizeof(float));
    for (size_t r = 0; r < batch->rows; r++) {
        if (batch->kind[r] != ROW_WORD)
            continue;
        float *d = batch->d_tag + r * size->tag_columns;
        memcpy(d, batch->tag + r * size->tag_columns, size->tag_columns * sizeof *d);
        losses->tag += entropy_back(d, 0, size->tags, size->tag_columns, lesson->tag[r],
                                    1 / (float)batch->words);
        losses->words++;
    }
    for (size_t s = 0; s < batch->sentences; s++)
        learn_sentence(network, batch, s, lesson, &analysis->state, teaching, losses);
}

void steps_analyse(const struct network *network, const struct batch *batch, size_t number,
                   struct analysis *analysis)
{
    float hidden[MODEL_WIDTH_MAX], scores[MODEL_WIDTH_MAX];
    struct transition *state = &analysis->state;
    const struct network_size *size = &network->size;
    transition_begin(state, (int32_t)batch->length[number]);
    for (size_t i = 0; i < batch->length[number]; i++) {
        const float *tag = batch->tag + (batch->start[number] + i) * size->tag_columns;
        analysis->tags[i] = 0;
        for (uint32_t j = 1; j < size->tags; j++)
            if (tag[j] > tag[analysis->tags[i]])
                analysis->tags[i] = (uint8_t)j;
    }
    while (!transition_is_done(state)) {
        struct transition_view look;
        transition_look(state, size->labels, &look);
        struct layer_view view = view_state(network, batch, number, &look);
        hidden_forward(&view, hidden);
        score(&network->action, &network->action_bias, hidden, scores);
        int costs[ACTION_COUNT] = {0};
        enum transition_action action = weigh(state, scores, costs).own;
        uint8_t label = 0;
        struct transition_arc arc;
        if (action != ACTION_SHIFT) {
            transition_look_arc(state, action, size->labels, &arc);
            if (arc.slots[0] != state->count) {
                view = view_arc(network, batch, number, &arc);
                hidden_forward(&view, hidden);
                score(&network->label, &network->label_bias, hidden, scores);
                label = best_label(network, scores);
            }
        }
        transition_apply(state, action, label);
    }
}

void analysis_init(struct analysis *analysis, size_t most)
{
    size_t n = most + 1;
    analysis->room = must_calloc(4 * n, sizeof *analysis->room);
    analysis->tags = must_calloc(2 * n, 1);
    analysis->state = (struct transition){
        .stack = analysis->room, .head = analysis->room + n, .left = analysis->room + 2 * n,
        .right = analysis->room + 3 * n, .label = analysis->tags + n};
}

void analysis_clear(struct analysis *analysis)
{
    free(analysis->room);
    free(analysis->tags);
}

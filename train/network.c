/* network.c -- the parameters, and the memory of a batch.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "network.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/model_transition.h"

enum { FIXED_PARAMS = 13 };

struct param *network_param(struct network *network, unsigned index)
{
    struct param *fixed[FIXED_PARAMS] = {
        &network->first, &network->first_bias, &network->tag, &network->tag_bias, &network->slot,
        &network->arc, &network->label, &network->label_bias, &network->special,
        &network->state_embed, &network->arc_embed, &network->action, &network->action_bias};
    if (index < FIXED_PARAMS)
        return fixed[index];
    index -= FIXED_PARAMS;
    if (index >= 2 * network->size.layers)
        return NULL;
    return index % 2 ? &network->conv_bias[index / 2] : &network->conv[index / 2];
}

static void init_tables(struct network *network, const struct dictionary *dictionary,
                        struct random *random)
{
    for (int p = 0; p < PART_COUNT; p++) {
        size_t rows = word_part_rows((enum word_part)p);
        if (p == PART_WORD)
            rows = dictionary->words;
        else if (p == PART_VECTOR)
            rows = dictionary->vectors;
        param_init(&network->tables[p], rows, word_part_width((enum word_part)p), 0.1f, random);
    }
    memcpy(network->tables[PART_VECTOR].value, dictionary->vector_rows,
           network->tables[PART_VECTOR].size * sizeof(float));
}

void network_init(struct network *network, const struct network_size *size,
                  const struct dictionary *dictionary, struct random *random)
{
    size_t h = size->hidden, s = size->slot_width, a = size->arc_width;
    float input = sqrtf(2.0f / (3 * INPUT_WIDTH)), wide = sqrtf(1.0f / (float)h);
    *network = (struct network){.size = *size};
    init_tables(network, dictionary, random);
    matrix_init(&network->first, INPUT_WIDTH, 3 * h, input, random);
    param_init(&network->first_bias, 1, h, 0, random);
    for (uint32_t l = 0; l < size->layers; l++) {
        matrix_init(&network->conv[l], 3 * h, h, sqrtf(1.0f / (3 * (float)h)), random);
        param_init(&network->conv_bias[l], 1, h, 0, random);
    }
    matrix_init(&network->tag, h, size->tag_columns, wide, random);
    param_init(&network->tag_bias, 1, size->tag_columns, 0, random);
    matrix_init(&network->slot, h, SLOT_COUNT * s, wide / 2, random);
    matrix_init(&network->arc, h, ARC_SLOT_COUNT * a, wide / 1.5f, random);
    matrix_init(&network->label, a, size->label_columns, sqrtf(1.0f / (float)a), random);
    param_init(&network->label_bias, 1, size->label_columns, 0, random);
    param_init(&network->special, 2, h, 0.1f, random);
    for (size_t i = 0; i < network->special.size; i++)
        network->special.value[i] = fabsf(network->special.value[i]);
    param_init(&network->state_embed, transition_state_rows(size->labels), s, 0.05f, random);
    param_init(&network->arc_embed, transition_arc_rows(size->labels), a, 0.05f, random);
    matrix_init(&network->action, s, ACTION_COLUMNS, sqrtf(1.0f / (float)s), random);
    param_init(&network->action_bias, 1, ACTION_COLUMNS, 0, random);
}

void network_clear(struct network *network)
{
    struct param *param;
    for (int p = 0; p < PART_COUNT; p++)
        param_clear(&network->tables[p]);
    for (unsigned i = 0; (param = network_param(network, i)); i++)
        param_clear(param);
}

void network_step(struct network *network, float rate, unsigned long step)
{
    float t = (float)step, c1 = 1 / (1 - powf(0.9f, t)), c2 = 1 / (1 - powf(0.99f, t));
    struct param *param;
    for (unsigned i = 0; (param = network_param(network, i)); i++)
        param_step(param, rate, c1, c2);
}

void network_collect(struct network *network)
{
    struct param *param;
    for (int p = 0; p < PART_COUNT; p++)
        param_collect(&network->tables[p]);
    for (unsigned i = 0; (param = network_param(network, i)); i++)
        param_collect(param);
}

void network_use_average(struct network *network, unsigned count)
{
    struct param *param;
    for (int p = 0; p < PART_COUNT; p++)
        param_use_average(&network->tables[p], count);
    for (unsigned i = 0; (param = network_param(network, i)); i++)
        param_use_average(param, count);
}

static float *new_rows(size_t columns)
{
    return (float *)must_calloc((BATCH_ROWS + 2) * columns, sizeof(float)) + columns;
}

static void free_rows(float *rows, size_t columns)
{
    free(rows - columns);
}

void batch_init(struct batch *batch, const struct network_size *size)
{
    size_t h = size->hidden;
    *batch = (struct batch){0};
    batch->input = new_rows(INPUT_WIDTH);
    batch->input_mask = new_rows(INPUT_WIDTH);
    batch->d_input = new_rows(INPUT_WIDTH);
    batch->partial = new_rows(3 * h);
    batch->d_partial = new_rows(3 * h);
    for (uint32_t l = 0; l <= size->layers; l++) {
        batch->stream[l] = new_rows(h);
        batch->dropped[l] = new_rows(h);
        batch->mask[l] = new_rows(h);
        if (l < size->layers)
            batch->grown[l] = new_rows(h);
    }
    batch->d_stream = new_rows(h);
    batch->window = new_rows(3 * h);
    batch->d_window = new_rows(3 * h);
    batch->d_grown = new_rows(h);
    batch->tag = new_rows(size->tag_columns);
    batch->d_tag = new_rows(size->tag_columns);
    batch->slot = new_rows(SLOT_COUNT * size->slot_width);
    batch->d_slot = new_rows(SLOT_COUNT * size->slot_width);
    batch->arc = new_rows(ARC_SLOT_COUNT * size->arc_width);
    batch->d_arc = new_rows(ARC_SLOT_COUNT * size->arc_width);
}

/* Frees what batch_init made; size must be the same. */
static void clear_rows(struct batch *batch, const struct network_size *size)
{
    size_t h = size->hidden;
    for (uint32_t l = 0; l <= size->layers; l++) {
        free_rows(batch->stream[l], h);
        free_rows(batch->dropped[l], h);
        free_rows(batch->mask[l], h);
        if (l < size->layers)
            free_rows(batch->grown[l], h);
    }
}

void batch_clear(struct batch *batch, const struct network_size *size)
{
    size_t h = size->hidden;
    clear_rows(batch, size);
    free_rows(batch->input, INPUT_WIDTH);
    free_rows(batch->input_mask, INPUT_WIDTH);
    free_rows(batch->d_input, INPUT_WIDTH);
    free_rows(batch->partial, 3 * h);
    free_rows(batch->d_partial, 3 * h);
    free_rows(batch->d_stream, h);
    free_rows(batch->window, 3 * h);
    free_rows(batch->d_window, 3 * h);
    free_rows(batch->d_grown, h);
    free_rows(batch->tag, size->tag_columns);
    free_rows(batch->d_tag, size->tag_columns);
    free_rows(batch->slot, SLOT_COUNT * size->slot_width);
    free_rows(batch->d_slot, SLOT_COUNT * size->slot_width);
    free_rows(batch->arc, ARC_SLOT_COUNT * size->arc_width);
    free_rows(batch->d_arc, ARC_SLOT_COUNT * size->arc_width);
}

void batch_begin(struct batch *batch)
{
    batch->rows = 1;
    batch->sentences = batch->words = 0;
    batch->kind[0] = ROW_NONE;
    batch->owner[0] = 0;
}

bool batch_add(struct batch *batch, const uint16_t (*ids)[PART_COUNT], size_t length, size_t index)
{
    if (batch->rows + length + 1 > BATCH_ROWS || batch->sentences == BATCH_SENTENCES)
        return false;
    memcpy(batch->ids + batch->rows, ids, length * sizeof *ids);
    memset(batch->kind + batch->rows, ROW_WORD, length);
    for (size_t i = 0; i < length; i++)
        batch->owner[batch->rows + i] = (uint16_t)(batch->sentences + 1);
    batch->owner[batch->rows + length] = 0;
    batch->kind[batch->rows + length] = ROW_ROOT;
    batch->start[batch->sentences] = batch->rows;
    batch->length[batch->sentences] = length;
    batch->index[batch->sentences++] = index;
    batch->rows += length + 1;
    batch->words += length;
    return true;
}

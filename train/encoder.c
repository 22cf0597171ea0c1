/* encoder.c -- words to rows: a window-3 convolution of the words' vectors, then residual window-3
 * ReLU convolutions, forwards and back. Rounding is passed through by the gradient
 * (straight-through estimator: Bengio, Leonard and Courville 2013).
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <math.h>
#include <string.h>

#include "network.h"

static const float WORD_DROPOUT = 0.12f, VECTOR_DROPOUT = 0.05f;
static const float STREAM_MOST = 255.0f / (1 << STREAM_BITS);
static const float INPUT_MOST = 127.0f / (1 << INPUT_BITS);

static float quantise_stream(float x)
{
    x = x < 0 ? 0 : x > STREAM_MOST ? STREAM_MOST : x;
    return round_nearest(x * (1 << STREAM_BITS)) * (1.0f / (1 << STREAM_BITS));
}

/* Fills mask with 0 and 1 / (1 - dropout), and out with in times mask; rows of words only. */
static void drop(const struct batch *batch, const float *in, float *out, float *mask, size_t width,
                 float dropout, struct random *random)
{
    uint32_t threshold = (uint32_t)(dropout * 65536);
    float keep = 1 / (1 - dropout);
    for (size_t r = 0; r < batch->rows; r++) {
        float *o = out + r * width, *k = mask + r * width;
        const float *x = in + r * width;
        if (batch->kind[r] != ROW_WORD) {
            memset(o, 0, width * sizeof *o);
            memset(k, 0, width * sizeof *k);
            continue;
        }
        if (threshold == 0) {
            memmove(o, x, width * sizeof *o);
            continue;
        }
        for (size_t j = 0; j < width; j += 4) {
            uint64_t bits = random_next(random);
            for (size_t i = 0; i < 4; i++, bits >>= 16)
                k[j + i] = (uint32_t)(bits & 0xffff) < threshold ? 0 : keep;
        }
        for (size_t j = 0; j < width; j++)
            o[j] = x[j] * k[j];
    }
}

static void gather(const struct network *network, struct batch *batch, bool training,
                   struct random *random)
{
    for (size_t r = 0; r < batch->rows; r++) {
        float *x = batch->input + r * INPUT_WIDTH;
        uint16_t *id = batch->ids[r];
        if (batch->kind[r] != ROW_WORD)
            continue;
        if (training && random_unit(random) < WORD_DROPOUT)
            id[PART_WORD] = 0;
        if (training && random_unit(random) < VECTOR_DROPOUT)
            id[PART_VECTOR] = 0;
        for (int p = 0; p < PART_COUNT; p++) {
            const struct param *table = &network->tables[p];
            const float *row = table->value + (size_t)id[p] * table->columns;
            for (size_t j = 0; j < table->columns; j++)
                x[j] = round_nearest(row[j] * (1 << INPUT_BITS)) / (1 << INPUT_BITS);
            x += table->columns;
        }
    }
}

/* sum = rows times matrix (plus bias); for all rows. */
static void apply(const struct batch *batch, const float *rows, const struct param *matrix,
                  const struct param *bias, float *sum)
{
    size_t n = matrix->columns;
    for (size_t r = 0; r < batch->rows; r++) {
        if (bias)
            memcpy(sum + r * n, bias->value, n * sizeof *sum);
        else
            memset(sum + r * n, 0, n * sizeof *sum);
    }
    matrix_product(&(struct product){.m = batch->rows, .n = n, .k = matrix->rows,
                                     .left = {rows, matrix->rows, 1}, .right = matrix->seen,
                                     .right_stride = n, .sum = sum, .sum_stride = n});
}

static void first_layer(const struct network *network, struct batch *batch)
{
    size_t h = network->size.hidden;
    apply(batch, batch->input, &network->first, NULL, batch->partial);
    for (size_t r = 0; r < batch->rows; r++) {
        float *out = batch->stream[0] + r * h;
        if (batch->kind[r] != ROW_WORD) {
            memset(out, 0, h * sizeof *out);
            continue;
        }
        const float *here = batch->partial + r * 3 * h, *before = here - 3 * h;
        const float *after = here + 3 * h;
        for (size_t j = 0; j < h; j++)
            out[j] = quantise_stream(network->first_bias.value[j] + before[j]
                                     + here[h + j] + after[2 * h + j]);
    }
}

/* The row that tap (0, 1, 2) of a layer sees at row; -1: beyond the sentence. */
static ptrdiff_t seen_row(const struct batch *batch, size_t row, size_t tap, size_t reach)
{
    ptrdiff_t at = (ptrdiff_t)(row + tap * reach) - (ptrdiff_t)reach;
    if (at < 0 || at >= (ptrdiff_t)batch->rows || batch->owner[at] != batch->owner[row])
        return -1;
    return at;
}

static void fill_window(const struct network *network, struct batch *batch, uint32_t l)
{
    size_t h = network->size.hidden, size = h * sizeof(float);
    for (size_t r = 0; r < batch->rows; r++)
        for (size_t tap = 0; tap < 3; tap++) {
            float *out = batch->window + (r * 3 + tap) * h;
            ptrdiff_t at = batch->owner[r] ? seen_row(batch, r, tap, network->size.reach[l]) : -1;
            if (at < 0)
                memset(out, 0, size);
            else
                memcpy(out, batch->dropped[l] + (size_t)at * h, size);
        }
}

static void layer(const struct network *network, struct batch *batch, uint32_t l)
{
    size_t h = network->size.hidden;
    float *z = batch->grown[l];
    fill_window(network, batch, l);
    apply(batch, batch->window, &network->conv[l], &network->conv_bias[l], z);
    for (size_t r = 0; r < batch->rows; r++) {
        float *grown = z + r * h, *out = batch->stream[l + 1] + r * h;
        const float *in = batch->stream[l] + r * h;
        bool is_word = batch->kind[r] == ROW_WORD;
        for (size_t j = 0; j < h; j++) {
            grown[j] = is_word && grown[j] > 0 ? grown[j] : 0;
            out[j] = is_word ? quantise_stream(in[j] + grown[j]) : 0;
        }
    }
}

void encoder_forward(const struct network *network, struct batch *batch, float dropout,
                     struct random *random)
{
    uint32_t layers = network->size.layers;
    size_t h = network->size.hidden;
    /* Row -1 and the row after the last are no words: they are zero. */
    gather(network, batch, dropout > 0, random);
    drop(batch, batch->input, batch->input, batch->input_mask, INPUT_WIDTH, dropout, random);
    memset(batch->partial + batch->rows * 3 * h, 0, 3 * h * sizeof(float));
    first_layer(network, batch);
    for (uint32_t l = 0; l <= layers; l++) {
        drop(batch, batch->stream[l], batch->dropped[l], batch->mask[l], h, dropout, random);
        if (l < layers)
            layer(network, batch, l);
    }
    float *result = batch->dropped[layers];
    for (size_t r = 0; r < batch->rows; r++)
        for (size_t j = 0; batch->kind[r] != ROW_WORD && j < h; j++)
            result[r * h + j] = quantise_stream(
                network->special.value[(batch->kind[r] == ROW_ROOT ? 0 : h) + j]);
    apply(batch, result, &network->tag, &network->tag_bias, batch->tag);
    apply(batch, result, &network->slot, NULL, batch->slot);
    apply(batch, result, &network->arc, NULL, batch->arc);
}

/* Gradient of a product: of the matrix, and, added to d_rows, of the rows. */
static void apply_back(const struct batch *batch, const float *rows, struct param *matrix,
                       const float *d_sum, float *d_rows)
{
    size_t k = matrix->rows, n = matrix->columns;
    matrix_product(&(struct product){.m = k, .n = n, .k = batch->rows, .left = {rows, 1, k},
                                     .right = d_sum, .right_stride = n,
                                     .sum = matrix->gradient, .sum_stride = n});
    matrix_product(&(struct product){.m = batch->rows, .n = k, .k = n, .left = {d_sum, n, 1},
                                     .right = matrix->transposed, .right_stride = k,
                                     .sum = d_rows, .sum_stride = k});
}

static void add_rows(const struct batch *batch, const float *rows, struct param *bias)
{
    for (size_t r = 0; r < batch->rows; r++)
        for (size_t j = 0; j < bias->columns; j++)
            bias->gradient[j] += rows[r * bias->columns + j];
}

static void heads_back(struct network *network, struct batch *batch)
{
    size_t h = network->size.hidden;
    const float *result = batch->dropped[network->size.layers];
    const float *mask = batch->mask[network->size.layers];
    float *d = batch->d_stream;
    memset(d, 0, batch->rows * h * sizeof *d);
    apply_back(batch, result, &network->tag, batch->d_tag, d);
    add_rows(batch, batch->d_tag, &network->tag_bias);
    apply_back(batch, result, &network->slot, batch->d_slot, d);
    apply_back(batch, result, &network->arc, batch->d_arc, d);
    for (size_t r = 0; r < batch->rows; r++) {
        float *special = network->special.gradient + (batch->kind[r] == ROW_ROOT ? 0 : h);
        for (size_t j = 0; batch->kind[r] != ROW_WORD && j < h; j++)
            special[j] += d[r * h + j];
    }
    for (size_t i = 0; i < batch->rows * h; i++)
        d[i] *= mask[i];
}

static void layer_back(struct network *network, struct batch *batch, uint32_t l)
{
    size_t h = network->size.hidden, size = batch->rows * h;
    float *d = batch->d_stream, *dz = batch->d_grown;
    for (size_t i = 0; i < size; i++) {
        d[i] = batch->stream[l + 1][i] >= STREAM_MOST ? 0 : d[i];
        dz[i] = batch->grown[l][i] > 0 ? d[i] : 0;
    }
    add_rows(batch, dz, &network->conv_bias[l]);
    fill_window(network, batch, l);
    memset(batch->d_window, 0, 3 * size * sizeof(float));
    apply_back(batch, batch->window, &network->conv[l], dz, batch->d_window);
    for (size_t r = 0; r < batch->rows; r++)
        for (size_t tap = 0; batch->owner[r] && tap < 3; tap++) {
            ptrdiff_t at = seen_row(batch, r, tap, network->size.reach[l]);
            const float *dx = batch->d_window + (r * 3 + tap) * h;
            const float *mask = batch->mask[l] + at * (ptrdiff_t)h;
            for (size_t j = 0; at >= 0 && j < h; j++)
                d[at * (ptrdiff_t)h + (ptrdiff_t)j] += dx[j] * mask[j];
        }
}

static void first_back(struct network *network, struct batch *batch)
{
    size_t h = network->size.hidden, rows = batch->rows;
    float *d = batch->d_stream, *dp = batch->d_partial;
    for (size_t i = 0; i < rows * h; i++)
        d[i] = batch->stream[0][i] > 0 && batch->stream[0][i] < STREAM_MOST ? d[i] : 0;
    add_rows(batch, d, &network->first_bias);
    memset(d - h, 0, h * sizeof *d);
    memset(d + rows * h, 0, h * sizeof *d);
    for (size_t r = 0; r < rows; r++)
        for (size_t tap = 0; tap < 3; tap++)
            memcpy(dp + (r * 3 + tap) * h, d + (r + 1) * h - tap * h, h * sizeof *d);
    memset(batch->d_input, 0, rows * INPUT_WIDTH * sizeof(float));
    apply_back(batch, batch->input, &network->first, dp, batch->d_input);
}

/* One step for one row; Adam without bias correction. */
static void step_row(struct param *table, size_t row, const float *gradient, float rate)
{
    size_t n = table->columns;
    float *w = table->value + row * n, *m = table->first + row * n, *v = table->second + row * n;
    for (size_t i = 0; i < n; i++) {
        m[i] = 0.9f * m[i] + 0.1f * gradient[i];
        v[i] = 0.99f * v[i] + 0.01f * gradient[i] * gradient[i];
        float x = w[i] - rate * m[i] / (sqrtf(v[i]) + 1e-6f);
        w[i] = x > INPUT_MOST ? INPUT_MOST : x < -INPUT_MOST ? -INPUT_MOST : x;
    }
}

void encoder_backward(struct network *network, struct batch *batch, float rate)
{
    heads_back(network, batch);
    for (uint32_t l = network->size.layers; l-- > 0;)
        layer_back(network, batch, l);
    first_back(network, batch);
    for (size_t r = 0; r < batch->rows; r++) {
        float *d = batch->d_input + r * INPUT_WIDTH;
        if (batch->kind[r] != ROW_WORD)
            continue;
        for (size_t j = 0; j < INPUT_WIDTH; j++)
            d[j] *= batch->input_mask[r * INPUT_WIDTH + j];
        for (int p = 0; p < PART_COUNT; p++) {
            if (p != PART_VECTOR)
                step_row(&network->tables[p], batch->ids[r][p], d, rate);
            d += network->tables[p].columns;
        }
    }
}

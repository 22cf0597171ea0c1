/* matrix.c -- products in tiles of 12 rows and 32 columns, which the compiler keeps in registers.
 * Weights are quantised as the analyser will read them: 7 bits a weight, one scale a column.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "matrix.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/model_format.h"

enum { LANES = 16, PANEL = 2 * LANES, TILE_ROWS = 12, DEPTH = 256 };

typedef float lanes __attribute__((vector_size(64), aligned(4)));

static const float BETA1 = 0.9f, BETA2 = 0.99f;

/* rows x columns lanes at m, n; right: depth rows of PANEL. */
static inline __attribute__((always_inline)) void tile(const struct product *p, size_t m, size_t n,
                                                       size_t k0, size_t depth,
                                                       const float *right, int rows, int columns)
{
    lanes sum[TILE_ROWS][2];
    const float *left = p->left.values + m * p->left.row + k0 * p->left.column;
    float *out = p->sum + m * p->sum_stride + n;
#pragma GCC unroll 12
    for (int i = 0; i < rows; i++)
#pragma GCC unroll 2
        for (int j = 0; j < columns; j++)
            sum[i][j] = *(const lanes *)(out + (size_t)i * p->sum_stride + (size_t)j * LANES);
    for (size_t k = 0; k < depth; k++, right += PANEL, left += p->left.column) {
#pragma GCC unroll 12
        for (int i = 0; i < rows; i++) {
            float x = left[(size_t)i * p->left.row];
#pragma GCC unroll 2
            for (int j = 0; j < columns; j++)
                sum[i][j] += x * *(const lanes *)(right + (size_t)j * LANES);
        }
    }
#pragma GCC unroll 12
    for (int i = 0; i < rows; i++)
#pragma GCC unroll 2
        for (int j = 0; j < columns; j++)
            *(lanes *)(out + (size_t)i * p->sum_stride + (size_t)j * LANES) = sum[i][j];
}

static void panel(const struct product *p, size_t n, size_t k, size_t depth, const float *right)
{
    size_t m = 0;
    if (p->n - n < PANEL) {
        for (; m < p->m; m++)
            tile(p, m, n, k, depth, right, 1, 1);
        return;
    }
    for (; m + TILE_ROWS <= p->m; m += TILE_ROWS)
        tile(p, m, n, k, depth, right, TILE_ROWS, 2);
    for (; m + 4 <= p->m; m += 4)
        tile(p, m, n, k, depth, right, 4, 2);
    for (; m < p->m; m++)
        tile(p, m, n, k, depth, right, 1, 2);
}

void matrix_product(const struct product *p)
{
    float right[DEPTH * PANEL] __attribute__((aligned(64)));
    for (size_t k = 0; k < p->k; k += DEPTH) {
        size_t depth = p->k - k < DEPTH ? p->k - k : DEPTH;
        for (size_t n = 0; n < p->n; n += PANEL) {
            size_t width = p->n - n < PANEL ? p->n - n : PANEL;
            for (size_t i = 0; i < depth; i++)
                memcpy(right + i * PANEL, p->right + (k + i) * p->right_stride + n,
                       width * sizeof(float));
            panel(p, n, k, depth, right);
        }
    }
}

void *must_calloc(size_t count, size_t size)
{
    size_t bytes = (count * size + 63) / 64 * 64;
    void *p = aligned_alloc(64, bytes ? bytes : 64);
    if (!p) {
        fprintf(stderr, "train: out of memory\n");
        exit(1);
    }
    return memset(p, 0, bytes ? bytes : 64);
}

float random_normal(struct random *random)
{
    float u = random_unit(random) + 1e-7f, v = random_unit(random);
    return sqrtf(-2 * logf(u)) * cosf(6.2831853f * v);
}

static void init(struct param *param, size_t rows, size_t columns, bool is_matrix)
{
    size_t size = rows * columns;
    *param = (struct param){.rows = rows, .columns = columns, .size = size,
                            .is_matrix = is_matrix};
    param->value = must_calloc(size, sizeof(float));
    param->gradient = must_calloc(size, sizeof(float));
    param->first = must_calloc(size, sizeof(float));
    param->second = must_calloc(size, sizeof(float));
    param->average = must_calloc(size, sizeof(float));
    param->seen = is_matrix ? must_calloc(size, sizeof(float)) : param->value;
    param->transposed = is_matrix ? must_calloc(size, sizeof(float)) : NULL;
    param->scale = is_matrix ? must_calloc(columns, sizeof(int)) : NULL;
}

static void fill(struct param *param, float deviation, struct random *random)
{
    for (size_t i = 0; i < param->size; i++)
        param->value[i] = deviation > 0 ? deviation * random_normal(random) : 0;
    param_refresh(param);
}

void param_init(struct param *param, size_t rows, size_t columns, float deviation,
                struct random *random)
{
    init(param, rows, columns, false);
    fill(param, deviation, random);
}

void matrix_init(struct param *param, size_t rows, size_t columns, float deviation,
                 struct random *random)
{
    init(param, rows, columns, true);
    fill(param, deviation, random);
}

void param_clear(struct param *param)
{
    if (param->is_matrix)
        free(param->seen);
    free(param->value);
    free(param->gradient);
    free(param->first);
    free(param->second);
    free(param->average);
    free(param->transposed);
    free(param->scale);
    *param = (struct param){0};
}

/* One scale a column, in units of 2^-scale_bits that the widest column just fits. */
static void choose_scales(struct param *param, const float *most)
{
    float all = 1e-6f;
    for (size_t j = 0; j < param->columns; j++)
        all = most[j] > all ? most[j] : all;
    int bits = 0;
    while (bits < 20 && all / WEIGHT_MAX * (float)(1 << (bits + 1)) <= 255)
        bits++;
    param->scale_bits = bits;
    for (size_t j = 0; j < param->columns; j++) {
        int scale = (int)ceilf(most[j] / WEIGHT_MAX * (float)(1 << bits));
        param->scale[j] = scale > 0 ? scale : 1;
    }
}

static void quantise(struct param *param)
{
    size_t n = param->columns;
    float *most = must_calloc(n, sizeof(float)), *step = must_calloc(n, sizeof(float));
    for (size_t i = 0; i < param->rows; i++)
        for (size_t j = 0; j < n; j++) {
            float x = fabsf(param->value[i * n + j]);
            most[j] = x > most[j] ? x : most[j];
        }
    choose_scales(param, most);
    for (size_t j = 0; j < n; j++) {
        step[j] = (float)param->scale[j] / (float)(1 << param->scale_bits);
        most[j] = 1 / step[j];
    }
    for (size_t i = 0; i < param->rows; i++)
        for (size_t j = 0; j < n; j++)
            param->seen[i * n + j] = round_nearest(param->value[i * n + j] * most[j]) * step[j];
    free(most);
    free(step);
}

void param_refresh(struct param *param)
{
    if (!param->is_matrix)
        return;
    quantise(param);
    size_t rows = param->rows, n = param->columns;
    for (size_t i0 = 0; i0 < rows; i0 += 16)
        for (size_t j0 = 0; j0 < n; j0 += 16)
            for (size_t i = i0; i < rows && i < i0 + 16; i++)
                for (size_t j = j0; j < n && j < j0 + 16; j++)
                    param->transposed[j * rows + i] = param->seen[i * n + j];
}

void param_step(struct param *param, float rate, float c1, float c2)
{
    float *w = param->value, *g = param->gradient, *m = param->first, *v = param->second;
    for (size_t i = 0; i < param->size; i++) {
        m[i] = BETA1 * m[i] + (1 - BETA1) * g[i];
        v[i] = BETA2 * v[i] + (1 - BETA2) * g[i] * g[i];
        w[i] -= rate * (m[i] * c1) / (sqrtf(v[i] * c2) + 1e-7f);
        g[i] = 0;
    }
    param_refresh(param);
}

void param_collect(struct param *param)
{
    for (size_t i = 0; i < param->size; i++)
        param->average[i] += param->value[i];
}

void param_use_average(struct param *param, unsigned count)
{
    for (size_t i = 0; i < param->size; i++)
        param->value[i] = param->average[i] / (float)count;
    param_refresh(param);
}

/* matrix.h -- the arithmetic of training: matrix products, and parameters with their gradients,
 * their Adam moments and the quantised values the forward pass sees.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef TRAIN_MATRIX_H
#define TRAIN_MATRIX_H

#include <stdbool.h>
#include <stddef.h>

#include "random.h"

/* Element (i, k) of the left factor is values[i * row + k * column]. */
struct factor {
    const float *values;
    size_t row, column;
};

/* sum[m][n] += left[m][k] * right[k][n]; n is a multiple of 16; strides in floats. */
struct product {
    size_t m, n, k;
    struct factor left;
    const float *right;
    size_t right_stride;
    float *sum;
    size_t sum_stride;
};

void matrix_product(const struct product *product);

/* A parameter of rows x columns. value is what Adam moves, seen what the forward pass reads. */
struct param {
    size_t rows, columns, size;
    bool is_matrix; /* quantised by column, and kept transposed as well */
    float *value, *gradient, *first, *second, *seen, *transposed, *average;
    int *scale;     /* of a column: one step of a weight is scale / 2^scale_bits */
    int scale_bits;
};

/* deviation: of the normal distribution that values are drawn from. */
void param_init(struct param *param, size_t rows, size_t columns, float deviation,
                struct random *random);
void matrix_init(struct param *param, size_t rows, size_t columns, float deviation,
                 struct random *random);
void param_clear(struct param *param);
/* One step of Adam with bias corrections c1, c2; the gradient becomes zero. */
void param_step(struct param *param, float rate, float c1, float c2);
/* Brings seen and transposed up to date with value. */
void param_refresh(struct param *param);
/* average += value; and value = average / count. */
void param_collect(struct param *param);
void param_use_average(struct param *param, unsigned count);
/* x to the nearest whole number, for |x| < 2^22. */
static inline float round_nearest(float x)
{
    return (x + 12582912.0f) - 12582912.0f;
}

void *must_calloc(size_t count, size_t size);
float random_normal(struct random *random);

#endif

/* model_kernel_neon.c -- the kernel for ARM's 64-bit processors, all of which have NEON. It has no
 * product of uint8 and int8, so 128 is taken from the inputs and given back, times the sum of the
 * weights, at the end: 128 * WEIGHT_MAX twice fits an int16, and nothing saturates.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "analysis/model_kernel.h"

#if defined(__aarch64__) && defined(__ARM_NEON)

#include <arm_neon.h>

#define KERNEL_LANES 8
#define KERNEL_TARGET

#include "analysis/model_kernel_body.h"

enum { TILE = 2, QUARTERS = 4 /* of a block of 16 columns */, ZERO_POINT = 128 };

/* Four sums of four products each, in two halves that settle adds up. */
struct sums {
    int32x4_t low, high;
};

static inline struct sums add_products(struct sums sum, int8x16_t x, int8x16_t w)
{
    sum.low = vpadalq_s16(sum.low, vmull_s8(vget_low_s8(x), vget_low_s8(w)));
    sum.high = vpadalq_s16(sum.high, vmull_high_s8(x, w));
    return sum;
}

static inline int32x4_t settle(const struct kernel_matrix *m, size_t column, struct sums sum,
                               struct sums weights)
{
    int32x4_t all = vpaddq_s32(sum.low, sum.high);
    all = vmlaq_n_s32(all, vpaddq_s32(weights.low, weights.high), ZERO_POINT);
    all = vaddq_s32(vmulq_s32(all, vld1q_s32(m->scale + column)), vld1q_s32(m->bias + column));
    return vshlq_s32(all, vdupq_n_s32(-m->shift));
}

/* rows rows of in by one block of 16 columns. */
static inline __attribute__((always_inline)) void tile(const struct kernel_matrix *m,
                                                       const uint8_t *in, size_t stride,
                                                       size_t column, int16_t *out, int rows)
{
    const int8x16_t ones = vdupq_n_s8(1), middle = vdupq_n_s8(-ZERO_POINT);
    const int16x8_t limit = vdupq_n_s16((int16_t)m->limit);
    const int8_t *w = m->weights + column * m->rows;
    struct sums sum[TILE][QUARTERS], weights[QUARTERS];
    for (int q = 0; q < QUARTERS; q++) {
        weights[q].low = weights[q].high = vdupq_n_s32(0);
        for (int i = 0; i < rows; i++)
            sum[i][q] = weights[q];
    }
    for (size_t k = 0; k < m->rows; k += 4)
        for (int q = 0; q < QUARTERS; q++, w += 16) {
            int8x16_t wide = vld1q_s8(w);
            weights[q] = add_products(weights[q], ones, wide);
            for (int i = 0; i < rows; i++) {
                int32_t four;
                memcpy(&four, in + (size_t)i * stride + k, sizeof four);
                int8x16_t x = veorq_s8(vreinterpretq_s8_s32(vdupq_n_s32(four)), middle);
                sum[i][q] = add_products(sum[i][q], x, wide);
            }
        }
    for (int i = 0; i < rows; i++)
        for (int q = 0; q < QUARTERS; q += 2) {
            size_t at = column + 4 * (size_t)q;
            int16x4_t low = vqmovn_s32(settle(m, at, sum[i][q], weights[q]));
            int16x8_t x = vqmovn_high_s32(
                low, settle(m, at + 4, sum[i][q + 1], weights[q + 1]));
            x = vmaxq_s16(vminq_s16(x, limit), vnegq_s16(limit));
            vst1q_s16(out + (size_t)i * m->columns + at, x);
        }
}

static void product(const struct kernel_matrix *m, const uint8_t *in, size_t stride, size_t count,
                    int16_t *out)
{
    for (size_t column = 0; column < m->columns; column += 16) {
        size_t i = 0;
        for (; i + TILE <= count; i += TILE)
            tile(m, in + i * stride, stride, column, out + i * m->columns, TILE);
        for (; i < count; i++)
            tile(m, in + i * stride, stride, column, out + i * m->columns, 1);
    }
}

const struct kernel kernel_neon = {"neon", product, join, grow, hide};

#else

typedef int model_kernel_neon_unused;

#endif

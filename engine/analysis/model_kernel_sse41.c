/* model_kernel_sse41.c -- the kernel for processors with SSE4.1, which is nearly every x86 one.
 * pmaddubsw adds two products in int16: 2 * 255 * WEIGHT_MAX fits, so nothing saturates.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "analysis/model_kernel.h"

#if defined(__x86_64__)

#include <immintrin.h>

#define KERNEL_LANES 8
#define KERNEL_TARGET __attribute__((target("sse4.1")))

#include "analysis/model_kernel_body.h"

enum { TILE = 2, QUARTERS = 4 /* of a block of 16 columns */ };

KERNEL_TARGET static inline __m128i settle(const struct kernel_matrix *m, size_t column,
                                           __m128i sum)
{
    __m128i scale = _mm_loadu_si128((const __m128i *)(m->scale + column));
    __m128i bias = _mm_loadu_si128((const __m128i *)(m->bias + column));
    return _mm_sra_epi32(_mm_add_epi32(_mm_mullo_epi32(sum, scale), bias),
                         _mm_cvtsi32_si128(m->shift));
}

/* rows rows of in by one block of 16 columns. */
KERNEL_TARGET static inline __attribute__((always_inline)) void
tile(const struct kernel_matrix *m, const uint8_t *in, size_t stride, size_t column, int16_t *out,
     int rows)
{
    const __m128i ones = _mm_set1_epi16(1), limit = _mm_set1_epi16((int16_t)m->limit);
    const int8_t *w = m->weights + column * m->rows;
    __m128i sum[TILE][QUARTERS];
    for (int i = 0; i < rows; i++)
        for (int q = 0; q < QUARTERS; q++)
            sum[i][q] = _mm_setzero_si128();
    for (size_t k = 0; k < m->rows; k += 4, w += 64)
#pragma GCC unroll 2
        for (int i = 0; i < rows; i++) {
            int32_t four;
            memcpy(&four, in + (size_t)i * stride + k, sizeof four);
            __m128i x = _mm_set1_epi32(four);
#pragma GCC unroll 4
            for (int q = 0; q < QUARTERS; q++) {
                __m128i wide = _mm_loadu_si128((const __m128i *)(w + 16 * q));
                sum[i][q] = _mm_add_epi32(
                    sum[i][q], _mm_madd_epi16(_mm_maddubs_epi16(x, wide), ones));
            }
        }
#pragma GCC unroll 2
    for (int i = 0; i < rows; i++)
#pragma GCC unroll 2
        for (int q = 0; q < QUARTERS; q += 2) {
            size_t at = column + 4 * (size_t)q;
            __m128i x = _mm_packs_epi32(settle(m, at, sum[i][q]), settle(m, at + 4, sum[i][q + 1]));
            x = _mm_max_epi16(_mm_min_epi16(x, limit), _mm_sub_epi16(_mm_setzero_si128(), limit));
            _mm_storeu_si128((__m128i *)(out + (size_t)i * m->columns + at), x);
        }
}

KERNEL_TARGET static void product(const struct kernel_matrix *m, const uint8_t *in, size_t stride,
                                  size_t count, int16_t *out)
{
    for (size_t column = 0; column < m->columns; column += 16) {
        size_t i = 0;
        for (; i + TILE <= count; i += TILE)
            tile(m, in + i * stride, stride, column, out + i * m->columns, TILE);
        for (; i < count; i++)
            tile(m, in + i * stride, stride, column, out + i * m->columns, 1);
    }
}

const struct kernel kernel_sse41 = {"sse4.1", product, join, grow, hide};

#else

typedef int model_kernel_sse41_unused;

#endif

/* model_kernel_avx2.c -- the kernel for processors with AVX2. vpmaddubsw adds two products in
 * int16: 2 * 255 * WEIGHT_MAX fits, so nothing saturates.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "analysis/model_kernel.h"

#if defined(__x86_64__)

#include <immintrin.h>

#define KERNEL_LANES 16
#define KERNEL_TARGET __attribute__((target("avx2")))

#include "analysis/model_kernel_body.h"

enum { TILE = 4 };

KERNEL_TARGET static inline __m256i settle(const struct kernel_matrix *m, size_t column,
                                           __m256i sum)
{
    __m256i scale = _mm256_loadu_si256((const __m256i *)(m->scale + column));
    __m256i bias = _mm256_loadu_si256((const __m256i *)(m->bias + column));
    return _mm256_sra_epi32(_mm256_add_epi32(_mm256_mullo_epi32(sum, scale), bias),
                            _mm_cvtsi32_si128(m->shift));
}

KERNEL_TARGET static inline __m256i cut(const struct kernel_matrix *m, __m256i low, __m256i high)
{
    __m256i x = _mm256_permute4x64_epi64(_mm256_packs_epi32(low, high), 0xd8);
    __m256i limit = _mm256_set1_epi16((int16_t)m->limit);
    x = _mm256_min_epi16(x, limit);
    return _mm256_max_epi16(x, _mm256_sub_epi16(_mm256_setzero_si256(), limit));
}

/* rows rows of in by one block of 16 columns. */
KERNEL_TARGET static inline __attribute__((always_inline)) void
tile(const struct kernel_matrix *m, const uint8_t *in, size_t stride, size_t column, int16_t *out,
     int rows)
{
    const __m256i ones = _mm256_set1_epi16(1);
    const int8_t *w = m->weights + column * m->rows;
    __m256i low[TILE], high[TILE];
    for (int i = 0; i < rows; i++)
        low[i] = high[i] = _mm256_setzero_si256();
    for (size_t k = 0; k < m->rows; k += 4, w += 64) {
        __m256i w0 = _mm256_loadu_si256((const __m256i *)w);
        __m256i w1 = _mm256_loadu_si256((const __m256i *)(w + 32));
#pragma GCC unroll 4
        for (int i = 0; i < rows; i++) {
            int32_t four;
            memcpy(&four, in + (size_t)i * stride + k, sizeof four);
            __m256i x = _mm256_set1_epi32(four);
            low[i] = _mm256_add_epi32(
                low[i], _mm256_madd_epi16(_mm256_maddubs_epi16(x, w0), ones));
            high[i] = _mm256_add_epi32(
                high[i], _mm256_madd_epi16(_mm256_maddubs_epi16(x, w1), ones));
        }
    }
#pragma GCC unroll 4
    for (int i = 0; i < rows; i++)
        _mm256_storeu_si256((__m256i *)(out + (size_t)i * m->columns + column),
                            cut(m, settle(m, column, low[i]), settle(m, column + 8, high[i])));
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

const struct kernel kernel_avx2 = {"avx2", product, join, grow, hide};

#else

typedef int model_kernel_avx2_unused;

#endif

/* model_kernel_vnni.c -- the kernel for processors with AVX-512 VNNI, whose vpdpbusd adds four
 * products of uint8 and int8 to an int32. Tiles of 6 rows and 64 columns stay in registers.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "analysis/model_kernel.h"

#if defined(__x86_64__)

#include <immintrin.h>

#define KERNEL_LANES 32
#define KERNEL_TARGET __attribute__((target("avx512f,avx512bw,avx512vnni")))

#include "analysis/model_kernel_body.h"

enum { TILE_ROWS = 6, TILE_BLOCKS = 4 };

/* sum += four products in each lane. In assembly: gcc 12 copies sum around its intrinsic. */
#define ADD_PRODUCTS(sum, x, w) __asm__("vpdpbusd %2, %1, %0" : "+v"(sum) : "v"(x), "v"(w))
/* Keeps x in its register; gcc would load it again for each use. */
#define KEEP(x) __asm__("" : "+v"(x))

KERNEL_TARGET static inline __attribute__((always_inline)) __m512i
settle(const struct kernel_matrix *m, size_t column, __m512i sum)
{
    __m512i x = _mm512_add_epi32(_mm512_mullo_epi32(sum, _mm512_loadu_si512(m->scale + column)),
                                 _mm512_loadu_si512(m->bias + column));
    return _mm512_srav_epi32(x, _mm512_set1_epi32(m->shift));
}

/* Two blocks of 16 columns to int16. */
KERNEL_TARGET static inline __attribute__((always_inline)) void
settle_pair(const struct kernel_matrix *m, size_t column, __m512i low, __m512i high, int16_t *out)
{
    const __m512i order = _mm512_setr_epi64(0, 2, 4, 6, 1, 3, 5, 7);
    __m512i limit = _mm512_set1_epi16((int16_t)m->limit);
    __m512i x = _mm512_packs_epi32(settle(m, column, low), settle(m, column + 16, high));
    x = _mm512_min_epi16(x, limit);
    x = _mm512_max_epi16(x, _mm512_sub_epi16(_mm512_setzero_si512(), limit));
    _mm512_storeu_si512(out + column, _mm512_permutexvar_epi64(order, x));
}

/* rows rows of in by blocks blocks of 16 columns. */
KERNEL_TARGET static inline __attribute__((always_inline)) void
tile(const struct kernel_matrix *m, const uint8_t *in, size_t stride, size_t column, int16_t *out,
     int rows, int blocks)
{
    const size_t block = 16 * (size_t)m->rows;
    const int8_t *w = m->weights + column * m->rows;
    __m512i sum[TILE_ROWS][TILE_BLOCKS];
#pragma GCC unroll 6
    for (int i = 0; i < rows; i++)
#pragma GCC unroll 4
        for (int j = 0; j < blocks; j++)
            sum[i][j] = _mm512_setzero_si512();
    for (size_t k = 0; k < m->rows; k += 4, w += 64) {
        __m512i wide[TILE_BLOCKS];
#pragma GCC unroll 4
        for (int j = 0; j < blocks; j++) {
            wide[j] = _mm512_loadu_si512(w + (size_t)j * block);
            KEEP(wide[j]);
        }
#pragma GCC unroll 6
        for (int i = 0; i < rows; i++) {
            int32_t four;
            memcpy(&four, in + (size_t)i * stride + k, sizeof four);
            __m512i x = _mm512_set1_epi32(four);
#pragma GCC unroll 4
            for (int j = 0; j < blocks; j++)
                ADD_PRODUCTS(sum[i][j], x, wide[j]);
        }
    }
#pragma GCC unroll 6
    for (int i = 0; i < rows; i++)
#pragma GCC unroll 4
        for (int j = 0; j < blocks; j += 2)
            settle_pair(m, column + 16 * (size_t)j, sum[i][j], sum[i][j + 1],
                        out + (size_t)i * m->columns);
}

/* Fewer rows than a tile has, by four blocks. */
KERNEL_TARGET static void rest(const struct kernel_matrix *m, const uint8_t *in, size_t stride,
                               size_t column, int16_t *out, size_t rows)
{
    switch (rows) {
    case 1: tile(m, in, stride, column, out, 1, 4); break;
    case 2: tile(m, in, stride, column, out, 2, 4); break;
    case 3: tile(m, in, stride, column, out, 3, 4); break;
    case 4: tile(m, in, stride, column, out, 4, 4); break;
    case 5: tile(m, in, stride, column, out, 5, 4); break;
    default: break;
    }
}

/* One row by one block, in four sums side by side: a single one would wait for itself. */
KERNEL_TARGET static void strip(const struct kernel_matrix *m, const uint8_t *in, size_t column,
                                int16_t *out)
{
    const int8_t *w = m->weights + column * m->rows;
    __m512i sum[4];
    for (int s = 0; s < 4; s++)
        sum[s] = _mm512_setzero_si512();
    size_t k = 0;
    for (; k + 16 <= m->rows; k += 16)
#pragma GCC unroll 4
        for (int s = 0; s < 4; s++, w += 64) {
            int32_t four;
            memcpy(&four, in + k + 4 * (size_t)s, sizeof four);
            ADD_PRODUCTS(sum[s], _mm512_set1_epi32(four), _mm512_loadu_si512(w));
        }
    for (; k < m->rows; k += 4, w += 64) {
        int32_t four;
        memcpy(&four, in + k, sizeof four);
        ADD_PRODUCTS(sum[0], _mm512_set1_epi32(four), _mm512_loadu_si512(w));
    }
    __m512i x = settle(m, column, _mm512_add_epi32(_mm512_add_epi32(sum[0], sum[1]),
                                                   _mm512_add_epi32(sum[2], sum[3])));
    x = _mm512_min_epi32(x, _mm512_set1_epi32(m->limit));
    x = _mm512_max_epi32(x, _mm512_set1_epi32(-m->limit));
    _mm256_storeu_si256((__m256i *)(out + column), _mm512_cvtepi32_epi16(x));
}

KERNEL_TARGET static void product(const struct kernel_matrix *m, const uint8_t *in, size_t stride,
                                  size_t count, int16_t *out)
{
    size_t column = 0;
    for (; column + 64 <= m->columns; column += 64) {
        size_t i = 0;
        for (; i + 6 <= count; i += 6)
            tile(m, in + i * stride, stride, column, out + i * m->columns, 6, 4);
        rest(m, in + i * stride, stride, column, out + i * m->columns, count - i);
    }
    for (; column < m->columns; column += 16)
        for (size_t i = 0; i < count; i++)
            strip(m, in + i * stride, column, out + i * m->columns);
}

const struct kernel kernel_vnni = {"vnni", product, join, grow, hide};

#else

typedef int model_kernel_vnni_unused;

#endif

/* model_kernel_amx.c -- the kernel for processors with AMX: a tile instruction multiplies 16 rows
 * of 64 uint8 by 64 x 16 int8, which is how the weights lie in the file. What is too small or too
 * odd for tiles goes to the VNNI kernel, which every such processor can run too.
 *
 * Linux gives a process the tiles' registers once it has asked for them (its
 * Documentation/arch/x86/ xstate.rst). That changes the process, so it is for the program to do,
 * never for the library.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#define _DEFAULT_SOURCE /* syscall */

#include "analysis/model_kernel.h"

#if defined(__x86_64__) && defined(__linux__) && defined(__has_include)
#if __has_include(<amxtileintrin.h>) /* gcc 11, clang 11 */
#define HAS_TILES 1
#endif
#endif

#ifdef HAS_TILES

#include <cpuid.h>
#include <immintrin.h>
#include <sys/syscall.h>
#include <unistd.h>

#define KERNEL_LANES 32
#define KERNEL_TARGET                                                                              \
    __attribute__((target("avx512f,avx512bw,avx512vnni,amx-tile,amx-int8")))

#include "analysis/model_kernel_body.h"

enum { TILE_ROWS = 16, TILE_BYTES = 64, LEAST_ROWS = 3,
       GET_PERMISSION = 0x1022, TILE_DATA = 18, /* of arch_prctl; the state's number */
       CPUID_TILES = 1 << 24, CPUID_INT8 = 1 << 25 };

/* What ldtilecfg reads. Tiles 0 to 3 are sums, 4 and 5 rows of in, 6 and 7 blocks of weights. */
struct tile_config {
    uint8_t palette, start, reserved[14];
    uint16_t bytes[16];
    uint8_t rows[16];
};

bool kernel_amx_is_usable(void)
{
    unsigned a, b, c, d;
    unsigned long allowed = 0;
    if (!__get_cpuid_count(7, 0, &a, &b, &c, &d) || !(d & CPUID_TILES) || !(d & CPUID_INT8))
        return false;
    return syscall(SYS_arch_prctl, GET_PERMISSION, &allowed) == 0 && allowed >> TILE_DATA & 1;
}

KERNEL_TARGET static void configure(size_t upper, size_t lower)
{
    struct tile_config config = {.palette = 1};
    for (int t = 0; t < 8; t++) {
        bool is_lower = t == 2 || t == 3 || t == 5;
        config.bytes[t] = TILE_BYTES;
        config.rows[t] = (uint8_t)(t >= 6 ? TILE_ROWS : is_lower ? lower : upper);
    }
    __asm__ volatile("ldtilecfg %0" : : "m"(config));
}

KERNEL_TARGET static inline __m512i settle(const struct kernel_matrix *m, size_t column,
                                           const int32_t *sum)
{
    __m512i x = _mm512_mullo_epi32(_mm512_loadu_si512(sum), _mm512_loadu_si512(m->scale + column));
    x = _mm512_add_epi32(x, _mm512_loadu_si512(m->bias + column));
    return _mm512_srav_epi32(x, _mm512_set1_epi32(m->shift));
}

/* rows rows of two blocks of sums to int16. */
KERNEL_TARGET static inline void settle_tiles(const struct kernel_matrix *m, size_t column,
                                              int32_t (*sums)[TILE_ROWS][TILE_ROWS], size_t rows,
                                              int16_t *out)
{
    const __m512i order = _mm512_setr_epi64(0, 2, 4, 6, 1, 3, 5, 7);
    __m512i limit = _mm512_set1_epi16((int16_t)m->limit);
    __m512i least = _mm512_sub_epi16(_mm512_setzero_si512(), limit);
    for (size_t i = 0; i < rows; i++, out += m->columns) {
        __m512i x = _mm512_packs_epi32(settle(m, column, sums[0][i]),
                                       settle(m, column + 16, sums[1][i]));
        x = _mm512_max_epi16(_mm512_min_epi16(x, limit), least);
        _mm512_storeu_si512(out + column, _mm512_permutexvar_epi64(order, x));
    }
}

/* upper and lower rows of in by two blocks of 16 columns; lower may be 0. */
KERNEL_TARGET static void multiply(const struct kernel_matrix *m, const uint8_t *in, size_t stride,
                                   size_t column, size_t lower,
                                   int32_t (*sums)[TILE_ROWS][TILE_ROWS])
{
    const int8_t *w = m->weights + column * m->rows, *next = w + 16 * (size_t)m->rows;
    const uint8_t *below = in + TILE_ROWS * stride;
    _tile_zero(0);
    _tile_zero(1);
    if (lower) {
        _tile_zero(2);
        _tile_zero(3);
    }
    for (size_t k = 0; k < m->rows; k += TILE_BYTES) {
        _tile_loadd(4, in + k, stride);
        _tile_loadd(6, w + 16 * k, TILE_BYTES);
        _tile_loadd(7, next + 16 * k, TILE_BYTES);
        _tile_dpbusd(0, 4, 6);
        _tile_dpbusd(1, 4, 7);
        if (lower) {
            _tile_loadd(5, below + k, stride);
            _tile_dpbusd(2, 5, 6);
            _tile_dpbusd(3, 5, 7);
        }
    }
    _tile_stored(0, sums[0], TILE_BYTES);
    _tile_stored(1, sums[1], TILE_BYTES);
    if (lower) {
        _tile_stored(2, sums[2], TILE_BYTES);
        _tile_stored(3, sums[3], TILE_BYTES);
    }
}

KERNEL_TARGET static void product(const struct kernel_matrix *m, const uint8_t *in, size_t stride,
                                  size_t count, int16_t *out)
{
    int32_t sums[4][TILE_ROWS][TILE_ROWS] __attribute__((aligned(64)));
    if (count < LEAST_ROWS || m->rows % TILE_BYTES || m->columns % (2 * TILE_ROWS)) {
        kernel_vnni.product(m, in, stride, count, out);
        return;
    }
    for (size_t i = 0; i < count; i += 2 * TILE_ROWS) {
        size_t rest = count - i, upper = rest < TILE_ROWS ? rest : TILE_ROWS;
        size_t lower = rest - upper < TILE_ROWS ? rest - upper : TILE_ROWS;
        configure(upper, lower ? lower : 1);
        for (size_t column = 0; column < m->columns; column += 2 * TILE_ROWS) {
            multiply(m, in + i * stride, stride, column, lower, sums);
            settle_tiles(m, column, sums, upper, out + i * m->columns);
            settle_tiles(m, column, sums + 2, lower, out + (i + TILE_ROWS) * m->columns);
        }
    }
    _tile_release();
}

const struct kernel kernel_amx = {"amx", product, join, grow, hide};

#else

bool kernel_amx_is_usable(void)
{
    return false;
}

const struct kernel kernel_amx = {"amx", 0, 0, 0, 0};

#endif

/* model_kernel.c -- the portable kernel, and the choice among kernels.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "analysis/model_kernel.h"

#define KERNEL_LANES 8
#define KERNEL_TARGET

#include "analysis/model_kernel_body.h"

static int16_t settle(const struct kernel_matrix *m, size_t column, int32_t sum)
{
    int32_t x = (sum * m->scale[column] + m->bias[column]) >> m->shift;
    return (int16_t)(x > m->limit ? m->limit : x < -m->limit ? -m->limit : x);
}

static void product(const struct kernel_matrix *m, const uint8_t *in, size_t stride, size_t count,
                    int16_t *out)
{
    for (size_t i = 0; i < count; i++, in += stride, out += m->columns) {
        const int8_t *w = m->weights;
        for (size_t j = 0; j < m->columns; j += 16) {
            int32_t sum[16] = {0};
            for (size_t k = 0; k < m->rows; k += 4, w += 64)
                for (size_t c = 0; c < 16; c++)
                    sum[c] += in[k] * w[4 * c] + in[k + 1] * w[4 * c + 1]
                              + in[k + 2] * w[4 * c + 2] + in[k + 3] * w[4 * c + 3];
            for (size_t c = 0; c < 16; c++)
                out[j + c] = settle(m, j + c, sum[c]);
        }
    }
}

const struct kernel kernel_portable = {"portable", product, join, grow, hide};

void kernel_list(const struct kernel *list[KERNELS_MAX])
{
    size_t n = 0;
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw")
        && __builtin_cpu_supports("avx512vnni")) {
        if (kernel_amx_is_usable())
            list[n++] = &kernel_amx;
        list[n++] = &kernel_vnni;
    }
    if (__builtin_cpu_supports("avx2"))
        list[n++] = &kernel_avx2;
    if (__builtin_cpu_supports("sse4.1"))
        list[n++] = &kernel_sse41;
#elif defined(__aarch64__) && defined(__ARM_NEON)
    list[n++] = &kernel_neon;
#endif
    list[n++] = &kernel_portable;
    list[n] = NULL;
}

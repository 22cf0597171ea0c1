/* model_kernel.h -- the model's arithmetic, in versions for several processors. It is integer
 * arithmetic without overflow, so all versions give the same numbers.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef ANALYSIS_MODEL_KERNEL_H
#define ANALYSIS_MODEL_KERNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* weights: of column j and row k at [j / 16][k / 4][j % 16][k % 4], from -WEIGHT_MAX to WEIGHT_MAX;
 * rows is a multiple of 4, columns of 16. Borrowed. */
struct kernel_matrix {
    uint32_t rows, columns;
    int32_t shift, limit;
    const int32_t *scale, *bias;
    const int8_t *weights;
};

enum { KERNEL_PARTS_MAX = 24, KERNELS_MAX = 8 };

struct kernel {
    const char *name;
    /* out[i][j] = (sum over k of in[i][k] * weight[k][j]) * scale[j] + bias[j], shifted right by
     * shift and cut to +-limit; row i of in starts at in + i * stride; out has columns a row. */
    void (*product)(const struct kernel_matrix *matrix, const uint8_t *in, size_t stride,
                    size_t count, int16_t *out);
    /* out = before + here + after, in units of the stream; width values, a multiple of 32. */
    void (*join)(const int16_t *before, const int16_t *here, const int16_t *after, uint8_t *out,
                 size_t width);
    /* stream += what of grown is positive, both cut to the stream's range; size values. */
    void (*grow)(const int16_t *grown, uint8_t *stream, size_t size);
    /* out = the sum of count parts of width values, in units of the stream. */
    void (*hide)(const int16_t *const *parts, size_t count, uint8_t *out, size_t width);
};

extern const struct kernel kernel_portable, kernel_sse41, kernel_avx2, kernel_vnni,
    kernel_amx, kernel_neon;

/* Whether the processor has AMX, and this process may use it. */
bool kernel_amx_is_usable(void);
/* The kernels this processor can run, best first, and NULL. */
void kernel_list(const struct kernel *list[KERNELS_MAX]);

#endif

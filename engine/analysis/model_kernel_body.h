/* model_kernel_body.h -- the small operations of a kernel, in vectors of KERNEL_LANES int16. A
 * model_kernel_*.c defines KERNEL_LANES and KERNEL_TARGET, the attribute its functions need, and
 * includes this once.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <string.h>

#include "analysis/model_format.h"

typedef int16_t words __attribute__((vector_size(2 * KERNEL_LANES), aligned(2), may_alias));
typedef uint8_t octets __attribute__((vector_size(KERNEL_LANES), aligned(1), may_alias));

/* Of values in 2^-bits: in units of the stream, cut to its range. */
#define TO_STREAM(x, bits)                                                                         \
    do {                                                                                           \
        (x) = ((x) + (1 << ((bits) - STREAM_BITS - 1))) >> ((bits) - STREAM_BITS);                 \
        (x) = (x) & ((x) > 0);                                                                     \
        (x) = ((x) | ((x) > 255)) & 255;                                                           \
    } while (0)

KERNEL_TARGET static void join(const int16_t *before, const int16_t *here, const int16_t *after,
                               uint8_t *out, size_t width)
{
    for (size_t i = 0; i < width; i += KERNEL_LANES) {
        words x = *(const words *)(before + i) + *(const words *)(here + i)
                  + *(const words *)(after + i);
        TO_STREAM(x, SUM_BITS);
        *(octets *)(out + i) = __builtin_convertvector(x, octets);
    }
}

KERNEL_TARGET static void grow(const int16_t *grown, uint8_t *stream, size_t size)
{
    for (size_t i = 0; i < size; i += KERNEL_LANES) {
        words x = *(const words *)(grown + i);
        TO_STREAM(x, SUM_BITS);
        x += __builtin_convertvector(*(const octets *)(stream + i), words);
        x = (x | (x > 255)) & 255;
        *(octets *)(stream + i) = __builtin_convertvector(x, octets);
    }
}

KERNEL_TARGET static void hide(const int16_t *const *parts, size_t count, uint8_t *out,
                               size_t width)
{
    for (size_t i = 0; i < width; i += KERNEL_LANES) {
        words x = *(const words *)(parts[0] + i);
        for (size_t k = 1; k < count; k++)
            x += *(const words *)(parts[k] + i);
        TO_STREAM(x, SCORE_BITS);
        *(octets *)(out + i) = __builtin_convertvector(x, octets);
    }
}

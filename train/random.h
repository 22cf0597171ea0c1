/* random.h -- the trainer's random numbers: splitmix64 (Steele, Lea and Flood 2014), one state for
 * the whole training, so that a seed gives a model.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef TRAIN_RANDOM_H
#define TRAIN_RANDOM_H

#include <stdint.h>

struct random {
    uint64_t state;
};

static inline uint64_t random_next(struct random *random)
{
    uint64_t x = random->state += 0x9e3779b97f4a7c15u;
    x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9u;
    x = (x ^ x >> 27) * 0x94d049bb133111ebu;
    return x ^ x >> 31;
}

/* In [0, 1). */
static inline float random_unit(struct random *random)
{
    return (float)(random_next(random) >> 40) * 0x1p-24f;
}

static inline uint32_t random_below(struct random *random, uint32_t limit)
{
    return (uint32_t)((random_next(random) >> 32) * limit >> 32);
}

#endif

/* random.h -- random numbers by counter: the number at a place of a stream is a hash of both, so
 * that runs repeat to the bit whatever the order or the number of threads. Not for secrets.
 * Source of the mixing: splitmix64, Steele, Lea and Flood 2014.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EVALUATE_RANDOM_H
#define EVALUATE_RANDOM_H

#include <stdint.h>

static inline uint64_t random_mix(uint64_t x)
{
    x += 0x9e3779b97f4a7c15u;
    x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9u;
    x = (x ^ x >> 27) * 0x94d049bb133111ebu;
    return x ^ x >> 31;
}

/* The number at a place of the stream of a seed and a purpose. */
static inline uint64_t random_at(uint64_t seed, uint64_t purpose, uint64_t place)
{
    return random_mix(random_mix(random_mix(seed) ^ purpose) ^ place);
}

/* A whole number below a bound, from the upper bits of a random one (bias below 2^-32). */
static inline uint32_t random_below(uint64_t number, uint32_t bound)
{
    return (uint32_t)((number >> 32) * bound >> 32);
}

/* A number in [0, 1), exact in a double. */
static inline double random_unit(uint64_t number)
{
    return (double)(number >> 11) * 0x1p-53;
}

#endif

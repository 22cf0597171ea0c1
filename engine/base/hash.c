/* hash.c -- eight bytes a step, multiply and fold; finalised as in splitmix64 (Steele, Lea and
 * Flood 2014). Bytes are read as little-endian whatever the machine is.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "base/hash.h"

static uint64_t finish(uint64_t x)
{
    x ^= x >> 30;
    x *= 0xbf58476d1ce4e5b9u;
    x ^= x >> 27;
    x *= 0x94d049bb133111ebu;
    return x ^ (x >> 31);
}

static uint64_t step(uint64_t hash, uint64_t word)
{
    hash = (hash ^ word) * 0x9e3779b97f4a7c15u;
    return hash ^ (hash >> 32);
}

uint64_t hash_bytes(const void *bytes, size_t length, uint64_t seed)
{
    const unsigned char *p = bytes;
    uint64_t h = step(seed ^ 0x2545f4914f6cdd1du, length);
    while (length >= 8) {
        uint64_t w = 0;
        for (int i = 7; i >= 0; i--)
            w = w << 8 | p[i];
        h = step(h, w);
        p += 8;
        length -= 8;
    }
    uint64_t w = 0;
    while (length > 0)
        w = w << 8 | p[--length];
    return finish(step(h, w));
}

uint64_t hash_mix(uint64_t hash, uint64_t number)
{
    return finish(step(hash, number));
}

double hash_draw(uint64_t hash)
{
    return (double)(hash >> 11) * 0x1p-53;
}

/* hash.h -- the one hash of the project: for record keys, draws, checksums and string tables. The
 * same bytes give the same number on every machine; it is not meant to resist an attacker.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

/* A 64-bit hash of length bytes, continued from seed (0 to begin). */
uint64_t hash_bytes(const void *bytes, size_t length, uint64_t seed);
/* Mixes a number into a hash. */
uint64_t hash_mix(uint64_t hash, uint64_t number);
/* A hash as a draw in [0, 1), exact in a double: the upper 53 bits. */
double hash_draw(uint64_t hash);

#endif

/* baseline.c -- scores a text by hashed words and pairs of words; the tokens and the hash are those
 * of train/make_baseline.py.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "evaluate/baseline.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

enum { MOST_WORDS = 1024 };

static const uint32_t hash_start = 2166136261u;

/* FNV-1a. */
static uint32_t hash_byte(uint32_t hash, unsigned char byte)
{
    return (hash ^ byte) * 16777619u;
}

static uint32_t bucket(uint32_t hash)
{
    return (hash ^ hash >> 15) % BASELINE_BUCKETS;
}

/* ASCII letters and whatever is not ASCII; 0 for other bytes, else the byte in lower case. */
static unsigned char letter(char c)
{
    unsigned char byte = (unsigned char)c;
    if (byte >= 'A' && byte <= 'Z')
        return (unsigned char)(byte + ('a' - 'A'));
    return (byte >= 'a' && byte <= 'z') || byte >= 0x80 ? byte : 0;
}

struct words {
    const char *text;
    size_t length, at;
};

/* The next word from *at on: letters, with single apostrophes inside. */
static bool next_word(struct words *words, size_t *start, size_t *end)
{
    size_t i = words->at;
    while (i < words->length && !letter(words->text[i]))
        i++;
    *start = i;
    while (i < words->length &&
           (letter(words->text[i]) ||
            (words->text[i] == '\'' && i + 1 < words->length && letter(words->text[i + 1]))))
        i++;
    words->at = *end = i;
    return i > *start;
}

static uint32_t hash_word(uint32_t hash, const char *text, size_t start, size_t end)
{
    for (size_t i = start; i < end; i++)
        hash = hash_byte(hash, text[i] == '\'' ? '\'' : letter(text[i]));
    return hash;
}

int32_t baseline_logit(const char *text, size_t length)
{
    struct words words = {.text = text, .length = length};
    unsigned char seen[BASELINE_BUCKETS / 8] = {0};
    size_t start, end;
    int32_t sum = 0;
    uint32_t before = 0;
    for (size_t n = 0; n < MOST_WORDS && next_word(&words, &start, &end); n++) {
        uint32_t alone = hash_word(hash_start, text, start, end);
        uint32_t found[2] = {bucket(alone),
                             bucket(hash_word(hash_byte(before, ' '), text, start, end))};
        for (size_t i = 0; i < (n ? 2 : 1); i++) {
            unsigned char bit = (unsigned char)(1 << found[i] % 8);
            if (!(seen[found[i] / 8] & bit))
                sum += baseline_weights[found[i]];
            seen[found[i] / 8] |= bit;
        }
        before = alone;
    }
    return sum;
}

double baseline_score(const char *text, size_t length)
{
    return 1 / (1 + exp(-(double)baseline_logit(text, length) / BASELINE_SCALE));
}

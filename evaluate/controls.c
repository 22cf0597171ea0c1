/* controls.c -- choosing places and writing them; the slips of the keyboard.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "evaluate/controls.h"

#include <stdlib.h>
#include <string.h>

#include "evaluate/random.h"

enum { PURPOSE_SITE = 101, PURPOSE_SLIP = 102, SITES = 256 };

static const char *const rows[] = {"qwertyuiop", "asdfghjkl", "zxcvbnm"};

/* Keeps up to wanted sites drawn at random, in the order of the text; a head goes with its tail. */
static size_t choose(struct site *sites, size_t count, uint32_t wanted, uint64_t seed)
{
    size_t kept = 0, left = wanted < count ? wanted : count;
    bool head = false;
    for (size_t i = 0; i < count; i++) {
        uint32_t rest = (uint32_t)(count - i);
        size_t size = sites[i].part == SITE_HEAD ? 2 : 1;
        uint32_t draw = random_below(random_at(seed, PURPOSE_SITE, i), rest);
        bool take = sites[i].part == SITE_TAIL ? head : left >= size && draw < left;
        if (sites[i].part != SITE_WHOLE)
            head = take && sites[i].part == SITE_HEAD;
        if (!take)
            continue;
        left -= sites[i].part == SITE_TAIL ? 0 : size;
        sites[kept++] = sites[i];
    }
    return kept;
}

bool control_apply(const char *text, size_t length, struct site *sites, size_t count,
                   uint32_t wanted, uint64_t seed, struct reworded *out)
{
    count = choose(sites, count, wanted, seed);
    *out = (struct reworded){.text = malloc(length + count * sizeof sites->text + 1),
                             .edits = count ? malloc(count * sizeof *out->edits) : NULL};
    if (!out->text || (count && !out->edits))
        return false;
    size_t at = 0;
    for (size_t i = 0; i < count; i++) {
        size_t n = strlen(sites[i].text);
        memcpy(out->text + out->length, text + at, sites[i].start - at);
        out->length += sites[i].start - at;
        out->edits[i] = (struct edit){sites[i].start, sites[i].end, (uint32_t)out->length,
                                      (uint32_t)(out->length + n), 0, 0, 0, NULL};
        memcpy(out->text + out->length, sites[i].text, n);
        out->length += n;
        at = sites[i].end;
    }
    memcpy(out->text + out->length, text + at, length - at);
    out->length += length - at;
    out->text[out->length] = '\0';
    out->edit_count = (uint32_t)count;
    return true;
}

static bool is_letter(char c)
{
    return c >= 'a' && c <= 'z';
}

/* What may stand beside a word of plain prose. */
static bool is_edge(char c)
{
    return c == '\0' || strchr(" \n\t,;.!?\"()", c) != NULL;
}

/* The neighbour of a key on its row. */
static char neighbour(char c, uint64_t number)
{
    for (int r = 0; r < 3; r++) {
        const char *key = strchr(rows[r], c);
        if (!key)
            continue;
        if (key == rows[r])
            return key[1];
        return key[1] && number & 1 ? key[1] : key[-1];
    }
    return c;
}

/* A slip in a word, not in its first letter. */
static void slip(struct site *site, const char *word, size_t n, uint64_t seed, uint32_t start)
{
    uint64_t number = random_at(seed, PURPOSE_SLIP, start);
    size_t k = 1 + random_below(number, (uint32_t)n - 2);
    memcpy(site->text, word, n);
    site->text[n] = '\0';
    if (number & 1 && word[k] != word[k + 1]) {
        site->text[k] = word[k + 1];
        site->text[k + 1] = word[k];
    } else {
        site->text[k] = neighbour(word[k], number >> 1);
    }
}

bool control_typo(const char *text, size_t length, uint32_t wanted, uint64_t seed,
                  struct reworded *out)
{
    struct site sites[SITES];
    size_t count = 0;
    for (size_t i = 0; i < length && count < SITES;) {
        size_t end = i;
        while (end < length && is_letter(text[end]))
            end++;
        bool whole = (i == 0 || is_edge(text[i - 1])) && is_edge(text[end]);
        /* A full stop inside a name of a site or file is no edge. */
        if (end < length && text[end] == '.' && end + 1 < length && !is_edge(text[end + 1]))
            whole = false;
        if (i > 1 && text[i - 1] == '.')
            whole = false;
        if (whole && end - i >= 4 && end - i < sizeof sites->text) {
            sites[count] = (struct site){.start = (uint32_t)i, .end = (uint32_t)end};
            slip(&sites[count++], text + i, end - i, seed, (uint32_t)i);
        }
        i = end + 1;
    }
    return control_apply(text, length, sites, count, wanted, seed, out);
}

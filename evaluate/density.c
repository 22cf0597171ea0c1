/* density.c -- marks of grammar by sequences of words, slang by the engine.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "evaluate/density.h"

#include <stdlib.h>
#include <string.h>

#include "evaluate/generate.h"
#include "evaluate/words.h"

enum { WORDS = 4096, WORD = 24, GAP = 3 };

/* Words one after the other within a clause: | between alternatives, * any letters, .. up to three
 * words of any kind; ^ first: where a clause begins. Each is one mark of a feature of eWAVE, in a
 * form that standard English hardly has; numbers are those of eWAVE. */
static const char *const patterns[] = {
    "ain't|hain't|amn't",                                     /* 155-157 */
    "*n't|not|never .. nothing|nobody|nowhere|none",          /* 154 */
    "he|she|it don't",                                        /* 158 */
    "we|you|they was|wasn't",                                 /* 180 */
    "y'all|yall|youse|yous|yiz|yinz",                         /* 34 */
    "innit",                                                  /* 165 */
    "a-*ing|a-*in'",                                          /* 134 */
    "might|must could|can|would|should|oughta",           /* 121 */
    "^ i|you|he|she|it|we|they be *ing|*in'",
    "i'm|you're|he's|she's|it's|we're|they're after doing|going|seeing|getting|taking|making|"
    "coming|eating|buying|finding|losing|leaving|telling|giving|hearing|having", /* 98 */
    "i|you|he|she|it|we|they done *ed|gone|told|sold|lost|left|took|been|said|forgot|got", /* 104 */
    "^ i|you|he|she|it|we|they seen|knowed|growed",
    "hisself|theirselves|theirself",                          /* 11 */
    "more|most better|worse|easier|bigger|smaller|happier|best|worst|easiest|biggest", /* 78 */
    "for to be|do|get|go|have|make|see|take",
    "me mam|mum|ma|da",
    "finna|fixin|fixin'",
};

struct word {
    char text[WORD]; /* lower case; cut off */
    bool first;      /* of a clause: punctuation is before it */
};

struct density {
    isg_document *document;
    isg_profile *profile;
};

/* The words of a text, up to most of them. */
static size_t cut(const char *text, struct word *list, size_t most)
{
    size_t count = 0;
    struct words words = {text, true};
    for (; count < most && words_next(&words, list[count].text, WORD); count++) {
        list[count].first = words.first;
        words.first = false;
    }
    return count;
}

/* Whether a word is one of the alternatives of a pattern. */
static bool fits(const char *alternatives, size_t length, const char *word)
{
    size_t n = strlen(word);
    for (const char *at = alternatives, *end = at + length; at < end;) {
        size_t k = strcspn(at, "| ");
        k = at + k > end ? (size_t)(end - at) : k;
        const char *star = memchr(at, '*', k);
        size_t head = star ? (size_t)(star - at) : k, tail = star ? k - head - 1 : 0;
        if (star ? n > head + tail && !strncmp(word, at, head) &&
                       !strncmp(word + n - tail, star + 1, tail)
                 : n == k && !strncmp(word, at, k))
            return true;
        at += k + 1;
    }
    return false;
}

/* Whether a pattern stands at a word; words must not be the first of a clause but there. */
static bool stands(const char *pattern, const struct word *words, size_t count)
{
    size_t at = 0, gap = 0;
    if (*pattern == '^') {
        if (count == 0 || !words[0].first)
            return false;
        pattern += 2;
    }
    while (*pattern) {
        size_t n = strcspn(pattern, " ");
        const char *next = pattern + n + (pattern[n] == ' ');
        if (n == 2 && !strncmp(pattern, "..", 2)) {
            gap = GAP;
            pattern = next;
            continue;
        }
        size_t last = at + gap;
        while (at < count && at <= last && !(at > 0 && words[at].first) &&
               !fits(pattern, n, words[at].text))
            at++;
        if (at >= count || at > last || (at > 0 && words[at].first))
            return false;
        at++;
        gap = 0;
        pattern = next;
    }
    return true;
}

size_t density_grammar(const char *text)
{
    size_t marks = 0;
    struct word *words = malloc(WORDS * sizeof *words);
    size_t count = words ? cut(text, words, WORDS) : 0;
    for (size_t i = 0; i < count; i++)
        for (size_t p = 0; p < sizeof patterns / sizeof *patterns; p++)
            marks += stands(patterns[p], words + i, count - i);
    free(words);
    return marks;
}

/* Whether a mark of slang is a word that counts as grammar already. */
static bool is_counted(const char *text, isg_mark mark)
{
    struct word list[2];
    char span[WORD] = "";
    if (mark.end - mark.start >= WORD)
        return false;
    memcpy(span, text + mark.start, mark.end - mark.start);
    size_t count = cut(span, list, 2);
    for (size_t p = 0; count == 1 && p < sizeof patterns / sizeof *patterns; p++)
        if (!strchr(patterns[p], ' ') && fits(patterns[p], strlen(patterns[p]), list[0].text))
            return true;
    return false;
}

isg_status density_open(const isg_engine *engine, struct density **out, isg_error *error)
{
    struct density *d = *out = calloc(1, sizeof *d);
    isg_profile_options options = {.literal = true, .mark = true};
    if (!d)
        return ISG_NOMEM;
    isg_status status = isg_document_new(engine, &d->document, error);
    if (status == ISG_OK)
        status = isg_profile_new(engine, &options, &d->profile, error);
    return status;
}

void density_close(struct density *d)
{
    if (!d)
        return;
    isg_document_free(d->document);
    isg_profile_free(d->profile);
    free(d);
}

isg_status density_add(struct density *d, const char *text, size_t *marks, size_t *words,
                       isg_error *error)
{
    isg_status status = isg_document_analyse(d->document, text, strlen(text), NULL, error);
    if (status == ISG_OK)
        status = isg_document_rewrite(d->document, d->profile, NULL, error);
    if (status != ISG_OK)
        return status;
    for (size_t i = 0; i < isg_document_mark_count(d->document); i++)
        *marks += !is_counted(text, isg_document_mark(d->document, i));
    *marks += density_grammar(text);
    *words += generate_words(text);
    return ISG_OK;
}

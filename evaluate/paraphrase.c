/* paraphrase.c -- the control of standard English: expressions that stand for one another in any
 * variety's formal writing and mean the same. No pair may be one of dialect: that is checked by
 * reading.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdlib.h>
#include <string.h>

#include "evaluate/controls.h"

enum { SITES = 256 };

/* When a wording may be put for the other. */
enum condition {
    ALWAYS,
    BEFORE_WORD,   /* a word follows, and not a pronoun: "they are" does not end its clause */
    BEFORE_CLAUSE  /* a subject pronoun follows */
};

struct pair {
    const char *from, *to;
    enum condition when;
};

static const struct pair pairs[] = {
    {"do not", "don't", ALWAYS}, {"don't", "do not", BEFORE_WORD},
    {"does not", "doesn't", ALWAYS}, {"doesn't", "does not", BEFORE_WORD},
    {"did not", "didn't", ALWAYS}, {"didn't", "did not", BEFORE_WORD},
    {"is not", "isn't", ALWAYS}, {"isn't", "is not", BEFORE_WORD},
    {"are not", "aren't", ALWAYS}, {"aren't", "are not", BEFORE_WORD},
    {"was not", "wasn't", ALWAYS}, {"wasn't", "was not", BEFORE_WORD},
    {"were not", "weren't", ALWAYS}, {"weren't", "were not", BEFORE_WORD},
    {"cannot", "can't", ALWAYS}, {"can't", "cannot", BEFORE_WORD},
    {"will not", "won't", ALWAYS}, {"won't", "will not", BEFORE_WORD},
    {"could not", "couldn't", ALWAYS}, {"couldn't", "could not", BEFORE_WORD},
    {"would not", "wouldn't", ALWAYS}, {"wouldn't", "would not", BEFORE_WORD},
    {"should not", "shouldn't", ALWAYS}, {"shouldn't", "should not", BEFORE_WORD},
    {"has not", "hasn't", ALWAYS}, {"hasn't", "has not", BEFORE_WORD},
    {"have not", "haven't", ALWAYS}, {"haven't", "have not", BEFORE_WORD},
    {"had not", "hadn't", ALWAYS}, {"hadn't", "had not", BEFORE_WORD},
    {"I'm", "I am", ALWAYS}, {"I am", "I'm", BEFORE_WORD},
    {"they're", "they are", ALWAYS}, {"they are", "they're", BEFORE_WORD},
    {"we're", "we are", ALWAYS}, {"we are", "we're", BEFORE_WORD},
    {"you're", "you are", ALWAYS}, {"you are", "you're", BEFORE_WORD},
    {"I've", "I have", BEFORE_WORD}, {"they've", "they have", BEFORE_WORD},
    {"we've", "we have", BEFORE_WORD}, {"you've", "you have", BEFORE_WORD},
    {"I'll", "I will", ALWAYS}, {"I will", "I'll", BEFORE_WORD},
    {"she'll", "she will", ALWAYS}, {"she will", "she'll", BEFORE_WORD},
    {"he'll", "he will", ALWAYS}, {"he will", "he'll", BEFORE_WORD},
    {"they'll", "they will", ALWAYS}, {"they will", "they'll", BEFORE_WORD},
    {"we'll", "we will", ALWAYS}, {"we will", "we'll", BEFORE_WORD},
    {"you'll", "you will", ALWAYS}, {"you will", "you'll", BEFORE_WORD},
    {"said that", "said", BEFORE_CLAUSE}, {"said", "said that", BEFORE_CLAUSE},
    {"says that", "says", BEFORE_CLAUSE}, {"says", "says that", BEFORE_CLAUSE},
    {"think that", "think", BEFORE_CLAUSE}, {"think", "think that", BEFORE_CLAUSE},
    {"thought that", "thought", BEFORE_CLAUSE}, {"thought", "thought that", BEFORE_CLAUSE},
    {"thinks that", "thinks", BEFORE_CLAUSE}, {"thinks", "thinks that", BEFORE_CLAUSE},
    {"believe that", "believe", BEFORE_CLAUSE}, {"believe", "believe that", BEFORE_CLAUSE},
    {"hope that", "hope", BEFORE_CLAUSE}, {"hope", "hope that", BEFORE_CLAUSE},
    {"knew that", "knew", BEFORE_CLAUSE}, {"knew", "knew that", BEFORE_CLAUSE},
    {"told me that", "told me", BEFORE_CLAUSE}, {"told us that", "told us", BEFORE_CLAUSE},
    {"such as", "like", ALWAYS}, {"perhaps", "maybe", ALWAYS}, {"maybe", "perhaps", ALWAYS},
    {"began", "started", ALWAYS}, {"begins", "starts", ALWAYS}, {"begin", "start", ALWAYS},
    {"started to", "began to", ALWAYS}, {"starts to", "begins to", ALWAYS},
    {"purchased", "bought", ALWAYS}, {"bought", "purchased", ALWAYS},
    {"big", "large", ALWAYS}, {"large", "big", ALWAYS}, {"almost", "nearly", ALWAYS},
    {"nearly", "almost", ALWAYS}, {"often", "frequently", ALWAYS},
    {"frequently", "often", ALWAYS}, {"quickly", "rapidly", ALWAYS},
    {"rapidly", "quickly", ALWAYS}, {"although", "though", ALWAYS},
    {"in order to", "to", ALWAYS}, {"so that", "so", BEFORE_CLAUSE},
    {"everyone", "everybody", ALWAYS}, {"everybody", "everyone", ALWAYS},
    {"someone", "somebody", ALWAYS}, {"somebody", "someone", ALWAYS},
    {"anyone", "anybody", ALWAYS}, {"anybody", "anyone", ALWAYS},
    {"no one", "nobody", ALWAYS}, {"nobody", "no one", ALWAYS},
    {"attempted to", "tried to", ALWAYS}, {"tried to", "attempted to", ALWAYS},
    {"tries to", "attempts to", ALWAYS}, {"try to", "attempt to", ALWAYS},
    {"received", "got", ALWAYS}, {"answered", "replied", ALWAYS}, {"replied", "answered", ALWAYS},
    {"immediately", "at once", ALWAYS}, {"at once", "immediately", ALWAYS},
    {"sometimes", "at times", ALWAYS}, {"usually", "normally", ALWAYS},
    {"normally", "usually", ALWAYS}, {"entire", "whole", ALWAYS}, {"whole", "entire", ALWAYS},
    {"difficult", "hard", ALWAYS}, {"hard to", "difficult to", ALWAYS},
    {"for example", "for instance", ALWAYS}, {"for instance", "for example", ALWAYS},
    {"right now", "at the moment", ALWAYS}, {"at the moment", "right now", ALWAYS},
    {"every day", "each day", ALWAYS}, {"each day", "every day", ALWAYS},
    {"every morning", "each morning", ALWAYS}, {"every evening", "each evening", ALWAYS},
    {"every week", "each week", ALWAYS}, {"every month", "each month", ALWAYS},
    {"every year", "each year", ALWAYS}, {"a lot of", "plenty of", ALWAYS},
    {"lots of", "plenty of", ALWAYS}, {"shortly", "soon", ALWAYS}, {"close to", "near", ALWAYS},
    {"at last", "finally", ALWAYS}, {"in the end", "eventually", ALWAYS},
    {"eventually", "in the end", ALWAYS}, {"all of the", "all the", ALWAYS},
    {"all the", "all of the", ALWAYS}, {"both of the", "both the", ALWAYS},
    {"have to", "need to", ALWAYS}, {"need to", "have to", ALWAYS},
    {"has to", "needs to", ALWAYS}, {"needs to", "has to", ALWAYS},
    {"had to", "needed to", ALWAYS}, {"needed to", "had to", ALWAYS},
    {"rarely", "seldom", ALWAYS}, {"seldom", "rarely", ALWAYS}, {"awful", "terrible", ALWAYS},
    {"terrible", "awful", ALWAYS}, {"delicious", "tasty", ALWAYS}, {"tasty", "delicious", ALWAYS},
    {"the next day", "the following day", ALWAYS}, {"in spite of", "despite", ALWAYS},
    {"despite", "in spite of", ALWAYS}, {"due to", "because of", ALWAYS},
    {"because of", "due to", ALWAYS}, {"concerning", "about", ALWAYS},
    {"regarding", "about", ALWAYS}, {"prior to", "before", ALWAYS},
    {"as soon as", "once", ALWAYS}, {"once more", "again", ALWAYS}, {"again", "once more", ALWAYS},
    {"suddenly", "all of a sudden", ALWAYS}, {"happened", "occurred", ALWAYS},
    {"occurred", "happened", ALWAYS}, {"seems to", "appears to", ALWAYS},
    {"appears to", "seems to", ALWAYS}, {"seemed to", "appeared to", ALWAYS},
    {"several", "a number of", ALWAYS}, {"a number of", "several", ALWAYS},
    {"very", "really", ALWAYS}, {"extremely", "very", ALWAYS}, {"photo", "photograph", ALWAYS},
    {"photos", "photographs", ALWAYS}, {"fridge", "refrigerator", ALWAYS},
    {"children", "kids", ALWAYS}, {"kids", "children", ALWAYS}, {"glad", "pleased", ALWAYS},
    {"pleased", "glad", ALWAYS}, {"certainly", "surely", ALWAYS}, {"simply", "just", ALWAYS},
    {"unable to", "not able to", ALWAYS}, {"not able to", "unable to", ALWAYS},
    {"two", "2", ALWAYS}, {"three", "3", ALWAYS}, {"four", "4", ALWAYS}, {"five", "5", ALWAYS},
    {"six", "6", ALWAYS}, {"seven", "7", ALWAYS}, {"eight", "8", ALWAYS}, {"nine", "9", ALWAYS},
    {"ten", "10", ALWAYS}, {"twelve", "12", ALWAYS}, {"twenty", "20", ALWAYS},
};

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool is_word(char c)
{
    return lower(c) != c || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '\'' ||
           c == '-' || c == '_' || c == '@' || c == '/' || c == '#' || (unsigned char)c >= 0x80;
}

/* Whether text starts with a wording, up to an edge of a word; case counts but in its first
 * letter. */
static bool stands_at(const char *text, const char *from)
{
    size_t n = strlen(from);
    if (lower(text[0]) != lower(from[0]) || strncmp(text + 1, from + 1, n - 1))
        return false;
    return !is_word(text[n]) && !(text[n] == '.' && is_word(text[n + 1]));
}

static bool follows(const char *text, const char *const *words)
{
    for (; *words; words++) {
        size_t n = strlen(*words);
        if (!strncmp(text, *words, n) && !is_word(text[n]))
            return true;
    }
    return false;
}

static bool holds(enum condition when, const char *rest)
{
    static const char *const pronouns[] = {"I", "you", "he", "she", "it", "we", "they", "there",
                                           "this", "that", "these", "those", NULL};
    static const char *const subjects[] = {"I", "he", "she", "we", "they", NULL};
    if (when == ALWAYS)
        return true;
    if (rest[0] != ' ' || !is_word(rest[1]))
        return false;
    if (when == BEFORE_CLAUSE) {
        if (!follows(rest + 1, subjects))
            return false;
        const char *end = strchr(rest + 1, ' ');
        return end && is_word(end[1]);
    }
    return !follows(rest + 1, pronouns);
}

/* The wordings that may stand at a place, one of them by its number. */
static const struct pair *find(const char *text)
{
    const struct pair *best = NULL;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        const struct pair *p = &pairs[i];
        if (lower(p->from[0]) == lower(text[0]) && stands_at(text, p->from) &&
            (!best || strlen(p->from) > strlen(best->from)) &&
            holds(p->when, text + strlen(p->from)))
            best = p;
    }
    return best;
}

bool control_paraphrase(const char *text, size_t length, uint32_t wanted, uint64_t seed,
                        struct reworded *out)
{
    struct site sites[SITES];
    size_t count = 0;
    for (size_t i = 0; i < length && count < SITES;) {
        bool starts = is_word(text[i]) && (i == 0 || (!is_word(text[i - 1]) && text[i - 1] != '.'));
        const struct pair *pair = starts ? find(text + i) : NULL;
        if (!pair) {
            i++;
            continue;
        }
        struct site *site = &sites[count++];
        site->start = (uint32_t)i;
        site->end = (uint32_t)(i + strlen(pair->from));
        strncpy(site->text, pair->to, sizeof site->text - 1);
        site->text[sizeof site->text - 1] = '\0';
        if (text[i] != lower(text[i]) && pair->from[0] == lower(pair->from[0]) &&
            site->text[0] >= 'a' && site->text[0] <= 'z')
            site->text[0] = (char)(site->text[0] - 'a' + 'A');
        i = site->end;
    }
    return control_apply(text, length, sites, count, wanted, seed, out);
}

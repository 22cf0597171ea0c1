/* inflect.c -- regular English inflection by spelling and sound: what a form is when the
 * lexicon does not list it. Pure functions of the lemma, used by the lexicon's builder too, which
 * lists only the forms that differ from these.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "base/inflect.h"

#include <string.h>

bool lex_is_vowel(char c)
{
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u';
}

static bool is_letter(char c)
{
    return (unsigned)((c | 0x20) - 'a') < 26;
}

static bool ends(struct lex_text s, const char *suffix)
{
    size_t n = strlen(suffix);
    return s.length >= n && memcmp(s.bytes + s.length - n, suffix, n) == 0;
}

static bool ends_any(struct lex_text s, const char *const *suffixes, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (ends(s, suffixes[i]))
            return true;
    return false;
}

static bool is_any(struct lex_text s, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strlen(words[i]) == s.length && memcmp(words[i], s.bytes, s.length) == 0)
            return true;
    return false;
}

#define COUNT(a) (sizeof(a) / sizeof *(a))

/* The character at from the end (0: the last), '\0' before the start. */
static char last(struct lex_text s, size_t from)
{
    return s.length > from ? s.bytes[s.length - 1 - from] : '\0';
}

static bool is_consonant(char c)
{
    return is_letter(c) && !lex_is_vowel((char)(c | 0x20));
}

unsigned lex_syllables(struct lex_text word)
{
    unsigned n = 0;
    bool in_vowel = false;
    for (size_t i = 0; i < word.length; i++) {
        char c = (char)(word.bytes[i] | 0x20);
        bool vowel = lex_is_vowel(c) || (c == 'y' && i > 0);
        n += vowel && !in_vowel;
        in_vowel = vowel;
    }
    if (n > 1 && last(word, 0) == 'e' && is_consonant(last(word, 1)) && last(word, 1) != 'l')
        n--;
    else if (n > 1 && ends(word, "le") && !is_consonant(last(word, 2)))
        n--;
    return n;
}

/* Whether the last consonant is doubled before a vowel: one short vowel before it, stressed. */
static bool doubles(struct lex_text s)
{
    char c = last(s, 0), v = last(s, 1), before = last(s, 2);
    if (!is_consonant(c) || c == 'w' || c == 'x' || c == 'y' || c == 'h' || !lex_is_vowel(v))
        return false;
    if (lex_is_vowel(before) && !(before == 'u' && last(s, 3) == 'q'))
        return false;
    if (lex_syllables(s) <= 1)
        return true;
    static const char *const stressed[] = {"fer", "mit", "pel", "cur", "gret", "quip", "humbug",
                                           "kidnap", "worship", "format", "zigzag", "program"};
    return ends_any(s, stressed, COUNT(stressed)) && !ends(s, "offer") && !ends(s, "suffer") &&
           !ends(s, "differ") && !ends(s, "limit") && !ends(s, "vomit") && !ends(s, "buffer");
}

/* Writes lemma without its last cut bytes, then suffix. */
static size_t put(struct lex_text s, size_t cut, const char *suffix, char *out)
{
    size_t n = s.length - cut, m = strlen(suffix);
    memcpy(out, s.bytes, n);
    memcpy(out + n, suffix, m);
    return n + m;
}

static size_t put_doubled(struct lex_text s, const char *suffix, char *out)
{
    memcpy(out, s.bytes, s.length);
    out[s.length] = last(s, 0);
    size_t m = strlen(suffix);
    memcpy(out + s.length + 1, suffix, m);
    return s.length + 1 + m;
}

static bool is_sibilant(struct lex_text s)
{
    static const char *const hard[] = {"stomach", "loch", "monarch", "patriarch", "matriarch",
                                       "eunuch", "oligarch", "epoch", "tech"};
    char c = (char)(last(s, 0) | 0x20);
    if (c == 's' || c == 'x' || c == 'z')
        return true;
    char before = (char)(last(s, 1) | 0x20);
    return c == 'h' && (before == 's' || (before == 'c' && !ends_any(s, hard, COUNT(hard))));
}

static size_t inflect_verb(enum form form, struct lex_text s, char *out)
{
    bool consonant_y = last(s, 0) == 'y' && !lex_is_vowel(last(s, 1));
    bool hard_c = last(s, 0) == 'c' && lex_is_vowel(last(s, 1));
    switch (form) {
    case FORM_S:
        if (is_sibilant(s))
            return last(s, 0) == 'z' && doubles(s) ? put_doubled(s, "es", out)
                                                   : put(s, 0, "es", out);
        if (consonant_y)
            return put(s, 1, "ies", out);
        return put(s, 0, last(s, 0) == 'o' && is_consonant(last(s, 1)) ? "es" : "s", out);
    case FORM_PAST:
    case FORM_PP:
        if (last(s, 0) == 'e')
            return put(s, 0, "d", out);
        if (consonant_y)
            return put(s, 1, "ied", out);
        if (hard_c)
            return put(s, 0, "ked", out);
        return doubles(s) ? put_doubled(s, "ed", out) : put(s, 0, "ed", out);
    case FORM_ING:
        if (ends(s, "ie"))
            return put(s, 2, "ying", out);
        if (last(s, 0) == 'e' && s.length > 2 && last(s, 1) != 'e' && last(s, 1) != 'o' &&
            last(s, 1) != 'y')
            return put(s, 1, "ing", out);
        if (hard_c)
            return put(s, 0, "king", out);
        return doubles(s) ? put_doubled(s, "ing", out) : put(s, 0, "ing", out);
    default:
        return 0;
    }
}

/* Compounds that end in an irregular noun: cut and new ending. */
static bool compound_plural(struct lex_text s, size_t *cut, const char **ending)
{
    static const char *const not_man[] = {"human", "german", "roman", "talisman", "shaman",
                                          "ottoman", "caiman", "norman", "turkoman", "burman"};
    static const struct {
        const char *end, *plural;
        size_t cut;
    } table[] = {{"woman", "en", 2}, {"child", "ren", 0}, {"foot", "eet", 3}, {"tooth", "eeth", 4},
                 {"goose", "eese", 4}, {"mouse", "ice", 4}, {"wife", "ves", 2}, {"knife", "ves", 2},
                 {"midlife", "ves", 2}, {"shelf", "ves", 1}, {"loaf", "ves", 1}, {"wolf", "ves", 1},
                 {"calf", "ves", 1}, {"leaf", "ves", 1}, {"thief", "ves", 1}, {"person", "ople", 4},
                 {"sis", "es", 2}, {"craft", "", 0}, {"fish", "", 0}, {"sheep", "", 0}};
    for (size_t i = 0; i < COUNT(table); i++)
        if (ends(s, table[i].end)) {
            *cut = table[i].cut;
            *ending = table[i].plural;
            return true;
        }
    *cut = 2;
    *ending = "en";
    return s.length > 4 && ends(s, "man") && !ends_any(s, not_man, COUNT(not_man));
}

static size_t inflect_noun(struct lex_text s, bool compounds, bool proper, char *out)
{
    size_t cut;
    const char *ending;
    char c = last(s, 0);
    if ((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))
        return put(s, 0, "s", out);
    if (compounds && compound_plural(s, &cut, &ending))
        return put(s, cut, ending, out);
    if (is_sibilant(s))
        return c == 'z' && doubles(s) ? put_doubled(s, "es", out) : put(s, 0, "es", out);
    if (!proper && c == 'y' && is_consonant(last(s, 1)))
        return put(s, 1, "ies", out);
    if (!proper && ends(s, "quy"))
        return put(s, 1, "ies", out);
    return put(s, 0, "s", out);
}

/* Whether an adjective of this shape takes -er and -est. */
static bool is_gradable(struct lex_text s)
{
    static const char *const never[] = {"ed", "ing", "ful", "less", "ous", "ish", "ic", "al",
                                        "ive", "ent", "ant", "ible", "able"};
    unsigned syllables = lex_syllables(s);
    if (s.length < 3 || syllables > 2)
        return false;
    if (syllables == 1)
        return !ends(s, "ed");
    if (ends_any(s, never, COUNT(never)))
        return false;
    return (last(s, 0) == 'y' && is_consonant(last(s, 1))) || ends(s, "ow") ||
           (ends(s, "le") && is_consonant(last(s, 2)));
}

static size_t grade(struct lex_text s, const char *er, char *out)
{
    if (last(s, 0) == 'e')
        return put(s, 0, er + 1, out);
    if (last(s, 0) == 'y' && is_consonant(last(s, 1))) {
        size_t n = put(s, 1, "i", out);
        memcpy(out + n, er, strlen(er));
        return n + strlen(er);
    }
    return doubles(s) && lex_syllables(s) == 1 ? put_doubled(s, er, out) : put(s, 0, er, out);
}

static size_t adverb(struct lex_text s, char *out)
{
    static const char *const same[] = {"fast", "hard", "late", "early", "straight", "low", "high"};
    if (is_any(s, same, COUNT(same)))
        return put(s, 0, "", out);
    if (s.length < 3 || ends(s, "ly"))
        return 0;
    if (last(s, 0) == 'y' && is_consonant(last(s, 1)) && lex_syllables(s) > 1)
        return put(s, 1, "ily", out);
    if (ends(s, "ic"))
        return put(s, 0, "ally", out);
    if (ends(s, "ll"))
        return put(s, 0, "y", out);
    if (ends(s, "le") && is_consonant(last(s, 2)))
        return put(s, 1, "y", out);
    return put(s, 0, "ly", out);
}

int lex_form_slot(enum lex_pos pos, enum form form)
{
    switch (pos) {
    case LEX_VERB:
        return form == FORM_S ? 0 : form == FORM_PAST ? 1 : form == FORM_PP ? 2
             : form == FORM_ING ? 3 : -1;
    case LEX_NOUN:
    case LEX_PROPN:
        return form == FORM_PL ? 0 : -1;
    case LEX_ADJ:
        return form == FORM_ER ? 0 : form == FORM_EST ? 1 : form == FORM_ADV ? 2 : -1;
    case LEX_ADV:
        return form == FORM_ER ? 0 : form == FORM_EST ? 1 : form == FORM_BASE ? 2 : -1;
    default:
        return -1;
    }
}

size_t lex_inflect_regular(enum lex_pos pos, enum form form, struct lex_text lemma, char *out)
{
    if (lemma.length == 0 || lex_form_slot(pos, form) < 0)
        return 0;
    switch (pos) {
    case LEX_VERB:
        return inflect_verb(form, lemma, out);
    case LEX_NOUN:
    case LEX_PROPN:
        return inflect_noun(lemma, pos == LEX_NOUN, pos == LEX_PROPN, out);
    case LEX_ADJ:
        if (form == FORM_ADV)
            return adverb(lemma, out);
        return is_gradable(lemma) ? grade(lemma, form == FORM_ER ? "er" : "est", out) : 0;
    default:
        return 0;
    }
}

size_t lex_inflect_plain(enum form form, struct lex_text lemma, char *out)
{
    if (lemma.length == 0)
        return 0;
    switch (form) {
    case FORM_S: case FORM_PAST: case FORM_PP: case FORM_ING:
        return inflect_verb(form, lemma, out);
    case FORM_PL:
        return inflect_noun(lemma, false, false, out);
    case FORM_ER: case FORM_EST:
        return grade(lemma, form == FORM_ER ? "er" : "est", out);
    case FORM_ADV:
        return adverb(lemma, out);
    default:
        return 0;
    }
}

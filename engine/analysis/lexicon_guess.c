/* lexicon_guess.c -- the lemma of an inflected form that is not listed: endings are taken off, a
 * listed lexeme is preferred among what may remain, and a learned table of stem endings says where
 * an -e belongs. Parts before a hyphen or a common prefix are put aside first.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <string.h>

#include "analysis/lexicon_lookup.h"

/* Keys of stem endings in the lexicon: this byte, then the ending; the reading's lemma is the same
 * key with "e" where stems so ending take -e. */
#define STEM_MARK '\x01'

#define STEM_MAX 48

static bool ends(struct lex_text s, const char *suffix)
{
    size_t n = strlen(suffix);
    return s.length > n && memcmp(s.bytes + s.length - n, suffix, n) == 0;
}

/* s without its last cut bytes, followed by added. */
static struct lex_text edit(struct arena *arena, struct lex_text s, size_t cut, const char *added)
{
    size_t n = s.length - cut, m = strlen(added);
    if (m == 0)
        return (struct lex_text){s.bytes, n};
    char *out = arena_alloc(arena, n + m + 1);
    if (out == NULL)
        return s;
    memcpy(out, s.bytes, n);
    memcpy(out + n, added, m + 1);
    return (struct lex_text){out, n + m};
}

static bool is_lexeme(const struct lexicon *lexicon, struct lex_text s, size_t cut,
                      const char *added, enum lex_pos pos)
{
    char key[STEM_MAX + 4];
    size_t n = s.length - cut, m = strlen(added);
    if (n == 0 || n + m > STEM_MAX)
        return false;
    memcpy(key, s.bytes, n);
    memcpy(key + n, added, m);
    return lex_find_lexeme(lexicon, key, n + m, pos) != NULL;
}

/* Whether stems that end like the first length bytes of s take -e: the longest ending listed. */
static bool takes_e(const struct lexicon *lexicon, const char *s, size_t length)
{
    char key[8] = {STEM_MARK};
    for (size_t n = length < 4 ? length : 4; n > 0; n--) {
        memcpy(key + 1, s + length - n, n);
        uint32_t word = lex_find(lexicon, key, n + 1);
        const struct lex_reading *r = lex_reading_of(lexicon, word, UPOS_NONE, XPOS_VB);
        if (r != NULL)
            return lex_string(lexicon, r->lemma).length > n + 1;
    }
    return false;
}

static bool is_doubled(const char *s, size_t length)
{
    return length > 2 && s[length - 1] == s[length - 2] && !lex_is_vowel(s[length - 1]) &&
           (unsigned)(s[length - 1] - 'a') < 26;
}

/* Takes off -ed, -ing, -er or -est (cut bytes, beginning with a vowel). */
static struct lex_text strip(const struct lexicon *lexicon, struct arena *arena,
                             struct lex_text s, size_t cut, enum lex_pos pos)
{
    size_t n = s.length - cut;
    if (is_lexeme(lexicon, s, cut, "", pos) && !(is_lexeme(lexicon, s, cut, "e", pos) &&
                                                 takes_e(lexicon, s.bytes, n)))
        return edit(arena, s, cut, "");
    if (is_lexeme(lexicon, s, cut, "e", pos))
        return edit(arena, s, cut, "e");
    if (n > 1 && s.bytes[n - 1] == 'i' && s.bytes[n] == 'e')
        return edit(arena, s, cut + 1, "y");
    if (n > 2 && s.bytes[n - 1] == 'k' && s.bytes[n - 2] == 'c' &&
        is_lexeme(lexicon, s, cut + 1, "", pos))
        return edit(arena, s, cut + 1, "");
    if (is_doubled(s.bytes, n)) {
        char c = s.bytes[n - 1];
        bool stays = c == 'l' || c == 's' || c == 'f' || c == 'z';
        bool single = !stays || is_lexeme(lexicon, s, cut + 1, "", pos);
        return edit(arena, s, single ? cut + 1 : cut, "");
    }
    return edit(arena, s, cut, takes_e(lexicon, s.bytes, n) ? "e" : "");
}

/* Takes off the -s of a plural noun or of a verb. */
static struct lex_text strip_s(const struct lexicon *lexicon, struct arena *arena,
                               struct lex_text s, enum lex_pos pos)
{
    if (pos != LEX_VERB && s.length > 4 && ends(s, "men"))
        return edit(arena, s, 2, "an");
    if (ends(s, "'s"))
        return edit(arena, s, 2, "");
    if (!ends(s, "s") || s.length < 2 || ends(s, "ss"))
        return s;
    if (pos != LEX_VERB && ends(s, "ses") && is_lexeme(lexicon, s, 2, "is", pos) &&
        !is_lexeme(lexicon, s, 1, "", pos))
        return edit(arena, s, 2, "is");
    if (ends(s, "ies") && s.length > 4 && !is_lexeme(lexicon, s, 1, "", pos))
        return edit(arena, s, 3, "y");
    if (ends(s, "es") && !is_lexeme(lexicon, s, 1, "", pos) &&
        (is_lexeme(lexicon, s, 2, "", pos) || ends(s, "sses") || ends(s, "ches") ||
         ends(s, "shes") || ends(s, "xes") || ends(s, "zzes")))
        return edit(arena, s, 2, "");
    return edit(arena, s, 1, "");
}

static struct lex_text guess_part(const struct lexicon *lexicon, struct arena *arena,
                                  struct lex_text s, enum xpos xpos)
{
    switch (xpos) {
    case XPOS_NNS:
    case XPOS_NNPS:
        return strip_s(lexicon, arena, s, LEX_NOUN);
    case XPOS_VBZ:
        return strip_s(lexicon, arena, s, LEX_VERB);
    case XPOS_VBG:
        if (ends(s, "ying") && s.length < 7 && is_lexeme(lexicon, s, 4, "ie", LEX_VERB))
            return edit(arena, s, 4, "ie");
        if (ends(s, "in'") && s.length > 4)
            return strip(lexicon, arena, s, 3, LEX_VERB);
        return ends(s, "ing") && s.length > 4 ? strip(lexicon, arena, s, 3, LEX_VERB) : s;
    case XPOS_VBD:
    case XPOS_VBN:
        if (ends(s, "'d") && s.length > 2)
            return edit(arena, s, 2, "");
        return ends(s, "ed") && s.length > 3 ? strip(lexicon, arena, s, 2, LEX_VERB) : s;
    case XPOS_JJR:
    case XPOS_RBR:
        return ends(s, "er") && s.length > 4 ? strip(lexicon, arena, s, 2, LEX_ADJ) : s;
    case XPOS_JJS:
    case XPOS_RBS:
        return ends(s, "est") && s.length > 5 ? strip(lexicon, arena, s, 3, LEX_ADJ) : s;
    default:
        return s;
    }
}

/* Bytes of a part that inflection leaves alone: up to the last hyphen, or a common prefix before
 * a listed form. 0: none. */
static size_t fixed_prefix(const struct lexicon *lexicon, struct lex_text s, enum xpos xpos)
{
    static const char *const prefixes[] = {"re", "un", "over", "out", "under", "mis", "pre",
                                           "inter", "counter", "super", "non", "anti", "micro",
                                           "mini", "sub", "co", "de", "fore", "up", "down", "cyber",
                                           "multi", "mega"};
    for (size_t i = s.length - 1; i > 0; i--)
        if (s.bytes[i - 1] == '-' || s.bytes[i - 1] == '/')
            return i;
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
        size_t n = strlen(prefixes[i]);
        if (s.length > n + 3 && memcmp(s.bytes, prefixes[i], n) == 0 &&
            lex_reading_of(lexicon, lex_find(lexicon, s.bytes + n, s.length - n), UPOS_NONE,
                           xpos) != NULL)
            return n;
    }
    return 0;
}

struct lex_text lex_guess_lemma(const struct lexicon *lexicon, struct arena *arena,
                                struct lex_text form, enum xpos xpos)
{
    if (form.length < 2)
        return form;
    size_t fixed = fixed_prefix(lexicon, form, xpos);
    if (fixed == 0 || fixed == form.length)
        return guess_part(lexicon, arena, form, xpos);
    struct lex_text rest = {form.bytes + fixed, form.length - fixed}, lemma;
    uint32_t word = lex_find(lexicon, rest.bytes, rest.length);
    const struct lex_reading *r = lex_reading_of(lexicon, word, UPOS_NONE, xpos);
    if (r != NULL)
        lemma = lex_string(lexicon, r->lemma);
    else
        lemma = guess_part(lexicon, arena, rest, xpos);
    char *out = arena_alloc(arena, fixed + lemma.length + 1);
    if (out == NULL)
        return form;
    memcpy(out, form.bytes, fixed);
    memcpy(out + fixed, lemma.bytes, lemma.length);
    out[fixed + lemma.length] = '\0';
    return (struct lex_text){out, fixed + lemma.length};
}

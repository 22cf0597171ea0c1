/* lexicon_inflect.c -- any form of any lemma: the lexicon's irregular forms first, then compounds
 * of listed words, then the rules of base/inflect.c.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <string.h>

#include "analysis/lexicon_lookup.h"

struct request {
    const struct lexicon *lexicon;
    struct arena *arena;
    enum form form;
};

static bool give(struct lex_text text, const char **out, size_t *length)
{
    *out = text.bytes;
    *length = text.length;
    return text.bytes != NULL;
}

static bool has_upper(struct lex_text s)
{
    for (size_t i = 0; i < s.length; i++)
        if ((unsigned)(s.bytes[i] - 'A') < 26)
            return true;
    return false;
}

/* The regular form, in the arena; NULL bytes: none. */
static struct lex_text by_rule(const struct request *q, enum lex_pos pos, struct lex_text lemma)
{
    struct lex_text none = {NULL, 0};
    char *out = arena_alloc(q->arena, lemma.length + 10);
    if (out == NULL)
        return none;
    size_t n = lex_inflect_regular(pos, q->form, lemma, out);
    out[n] = '\0';
    return n == 0 ? none : (struct lex_text){out, n};
}

/* The form of a listed lexeme; NULL bytes: it has none. */
static struct lex_text of_lexeme(const struct request *q, const struct lex_lexeme *x, int slot)
{
    struct lex_text none = {NULL, 0};
    uint32_t listed = x->forms == LEX_NO_WORD ? 0 : q->lexicon->forms[x->forms + (uint32_t)slot];
    if (listed != 0)
        return lex_string(q->lexicon, listed);
    if (slot < 2 && (x->flags & LEX_NO_GRADES) && x->pos != LEX_VERB)
        return none;
    if (slot == 2 && (x->flags & LEX_NO_DERIVED) && x->pos != LEX_VERB)
        return none;
    return by_rule(q, (enum lex_pos)x->pos, lex_string(q->lexicon, x->lemma));
}

/* before, the inflected part, after: in the arena. */
static struct lex_text join(struct arena *arena, struct lex_text whole, size_t from, size_t to,
                            struct lex_text part)
{
    char *out = arena_alloc(arena, whole.length + part.length + 1);
    if (out == NULL)
        return (struct lex_text){NULL, 0};
    size_t after = whole.length - to;
    memcpy(out, whole.bytes, from);
    memcpy(out + from, part.bytes, part.length);
    memcpy(out + from + part.length, whole.bytes + to, after);
    out[from + part.length + after] = '\0';
    return (struct lex_text){out, from + part.length + after};
}

static const struct lex_lexeme *find(const struct request *q, struct lex_text s, enum lex_pos pos)
{
    struct lex_key key;
    lex_fold(s.bytes, s.length, &key);
    return lex_find_lexeme(q->lexicon, key.bytes, key.length, pos);
}

/* Whether a listed form is that of another cell: some verbs are listed with -ing for their past. */
static bool is_misplaced(const struct request *q, struct lex_text lemma, struct lex_text form)
{
    bool past = q->form == FORM_PAST || q->form == FORM_PP;
    return past && form.bytes != NULL && form.length > lemma.length + 2 &&
           memcmp(form.bytes + form.length - 3, "ing", 3) == 0;
}

/* A lemma without a separator: listed, or a prefix before a listed verb, or by rule. */
static struct lex_text of_word(const struct request *q, enum lex_pos pos, struct lex_text s)
{
    static const char *const prefixes[] = {"re", "un", "over", "out", "under", "mis", "fore",
                                           "pre", "up", "with", "down", "inter", "cyber", "super"};
    int slot = lex_form_slot(pos, q->form);
    const struct lex_lexeme *x = find(q, s, pos);
    if (x == NULL && pos == LEX_NOUN && has_upper(s))
        x = find(q, s, LEX_PROPN);
    if (x != NULL && (!has_upper(s) || x->pos == LEX_PROPN)) {
        struct lex_text form =
            of_lexeme(q, x, x->pos == LEX_PROPN ? lex_form_slot(LEX_PROPN, q->form) : slot);
        return is_misplaced(q, s, form) ? by_rule(q, pos, s) : form;
    }
    for (size_t i = 0; pos == LEX_VERB && i < sizeof prefixes / sizeof *prefixes; i++) {
        size_t n = strlen(prefixes[i]);
        if (s.length < n + 3 || memcmp(s.bytes, prefixes[i], n) != 0)
            continue;
        struct lex_text rest = {s.bytes + n, s.length - n};
        x = find(q, rest, pos);
        if (x == NULL)
            continue;
        struct lex_text part = of_lexeme(q, x, slot);
        return part.bytes == NULL ? part : join(q->arena, s, n, s.length, part);
    }
    bool name = pos == LEX_NOUN && s.length > 0 && (unsigned)(s.bytes[0] - 'A') < 26;
    return by_rule(q, name ? LEX_PROPN : pos, s);
}

static bool is_linker(const char *s, size_t n)
{
    static const char *const linkers[] = {"in", "at", "of", "by", "up", "on", "de", "to", "for",
                                          "about", "the", "off", "out", "down", "over", "and"};
    for (size_t i = 0; i < sizeof linkers / sizeof *linkers; i++)
        if (strlen(linkers[i]) == n && memcmp(linkers[i], s, n) == 0)
            return true;
    return false;
}

static bool is_separator(char c)
{
    return c == '-' || c == ' ' || c == '/';
}

/* The part of a compound that is inflected: the first of a verb with a particle and of a noun with
 * a linking word (mother-in-law), else the last. */
static void inflected_part(const struct request *q, enum lex_pos pos, struct lex_text s,
                           size_t *from, size_t *to)
{
    size_t first_end = 0, second_end, last_start = s.length;
    while (first_end < s.length && !is_separator(s.bytes[first_end]))
        first_end++;
    second_end = first_end < s.length ? first_end + 1 : s.length;
    while (second_end < s.length && !is_separator(s.bytes[second_end]))
        second_end++;
    while (last_start > 0 && !is_separator(s.bytes[last_start - 1]))
        last_start--;
    *from = last_start;
    *to = s.length;
    if (first_end == 0 || first_end >= s.length)
        return;
    bool linked = is_linker(s.bytes + first_end + 1, second_end - first_end - 1);
    struct lex_text first = {s.bytes, first_end};
    bool head_first = (pos == LEX_VERB && s.bytes[first_end] == ' ') ||
                      (pos == LEX_VERB && linked) ||
                      (pos == LEX_NOUN && linked && find(q, first, LEX_NOUN) != NULL);
    if (head_first) {
        *from = 0;
        *to = first_end;
    }
}

static struct lex_text of_lemma(const struct request *q, enum lex_pos pos, struct lex_text s)
{
    size_t from, to;
    const struct lex_lexeme *x = find(q, s, pos);
    inflected_part(q, pos, s, &from, &to);
    if (x != NULL || from >= to || (from == 0 && to == s.length))
        return of_word(q, pos, s);
    struct lex_text part = of_word(q, pos, (struct lex_text){s.bytes + from, to - from});
    return part.bytes == NULL ? part : join(q->arena, s, from, to, part);
}

/* The singular of what may be a plural. */
static struct lex_text singular(const struct request *q, struct lex_text s)
{
    struct lex_key key;
    lex_fold(s.bytes, s.length, &key);
    uint32_t word = lex_find(q->lexicon, key.bytes, key.length);
    if (lex_lexeme_of(q->lexicon, word, LEX_NOUN) != NULL)
        return s;
    const struct lex_reading *r = lex_reading_of(q->lexicon, word, UPOS_NOUN, XPOS_NNS);
    return r != NULL ? lex_string(q->lexicon, r->lemma) : s;
}

/* The adjective that an adverb is regularly made of: cheerfully, tidily, heroically. NULL: none. */
static struct lex_text adjective_of(const struct request *q, struct lex_text adverb)
{
    static const struct {
        size_t cut;
        const char *add;
    } endings[] = {{2, ""}, {3, "y"}, {4, ""}, {1, "e"}, {1, ""}};
    static const char *const parted[] = {"hardly", "lately", "nearly", "barely", "scarcely",
                                         "shortly", "presently"}; /* no longer of that sense */
    struct request back = {q->lexicon, q->arena, FORM_ADV};
    for (size_t i = 0; i < sizeof parted / sizeof *parted; i++)
        if (strlen(parted[i]) == adverb.length &&
            memcmp(parted[i], adverb.bytes, adverb.length) == 0)
            return (struct lex_text){NULL, 0};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        size_t n = strlen(endings[i].add), kept = adverb.length - endings[i].cut;
        if (adverb.length < endings[i].cut + 3)
            continue;
        char *word = arena_alloc(q->arena, kept + n + 1);
        if (word == NULL)
            break;
        memcpy(word, adverb.bytes, kept);
        memcpy(word + kept, endings[i].add, n + 1);
        struct lex_text found = {word, kept + n};
        if (find(q, found, LEX_ADJ) == NULL)
            continue;
        struct lex_text again = by_rule(&back, LEX_ADJ, found);
        if (again.length == adverb.length && memcmp(again.bytes, adverb.bytes, again.length) == 0)
            return found;
    }
    return (struct lex_text){NULL, 0};
}

static struct lex_text base_of(const struct request *q, struct lex_text s)
{
    if (find(q, s, LEX_VERB) != NULL)
        return s;
    struct lex_text found = {NULL, 0};
    if (find(q, s, LEX_ADV) != NULL)
        found = of_lemma(q, LEX_ADV, s);
    if (found.bytes == NULL && find(q, s, LEX_ADJ) == NULL && s.length > 2 &&
        memcmp(s.bytes + s.length - 2, "ly", 2) == 0)
        found = adjective_of(q, s);
    return found.bytes != NULL ? found : s;
}

bool lexicon_inflect(const struct lexicon *lexicon, struct arena *arena, const char *lemma,
                     size_t lemma_length, enum form form, const char **out, size_t *length)
{
    struct request q = {lexicon, arena, form};
    struct lex_text s = {lemma, lemma_length};
    *out = NULL;
    *length = 0;
    if (lemma_length == 0)
        return false;
    switch (form) {
    case FORM_S: case FORM_PAST: case FORM_PP: case FORM_ING:
        return give(of_lemma(&q, LEX_VERB, s), out, length);
    case FORM_PL:
        return give(of_lemma(&q, LEX_NOUN, s), out, length);
    case FORM_SG:
        return give(singular(&q, s), out, length);
    case FORM_BASE:
        return give(base_of(&q, s), out, length);
    case FORM_ER: case FORM_EST:
        if (find(&q, s, LEX_ADJ) == NULL && find(&q, s, LEX_ADV) != NULL)
            return give(of_lemma(&q, LEX_ADV, s), out, length);
        return give(of_lemma(&q, LEX_ADJ, s), out, length);
    case FORM_ADV:
        if (find(&q, s, LEX_ADJ) == NULL && find(&q, s, LEX_ADV) != NULL)
            return give(s, out, length);
        return give(of_lemma(&q, LEX_ADJ, s), out, length);
    default:
        return false;
    }
}

bool lexicon_inflect_regular(struct arena *arena, const char *lemma, size_t lemma_length,
                             enum form form, const char **out, size_t *length)
{
    char *bytes = arena_alloc(arena, lemma_length + 10);
    *length = bytes == NULL ? 0 : lex_inflect_plain(form, (struct lex_text){lemma, lemma_length},
                                                    bytes);
    *out = bytes;
    return *length > 0;
}

/* repair.c -- what an edit forces on its neighbours, and nothing else: a contraction that lost its
 * host is written out, "a" and "an" follow the sound after them, and capitals belong to places (the
 * start of a sentence or of quoted speech), not to the words that happened to stand there.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "rewrite/rewriter.h"

struct repair {
    struct rewriter *r;
    const struct sentence *original;
    struct sentence *edited;
};

static UChar32 first_char(const struct token *x, int32_t *width)
{
    UChar32 c;
    int32_t i = 0;
    U8_NEXT((const uint8_t *)x->form, i, (int32_t)x->form_length, c);
    *width = i;
    return c;
}

static bool begins_upper(const struct token *x)
{
    int32_t width;
    UChar32 c = x->form_length ? first_char(x, &width) : -1;
    return c >= 0 && (u_isupper(c) || u_istitle(c));
}

static bool begins_word(const struct token *x)
{
    int32_t width;
    UChar32 c = x->form_length ? first_char(x, &width) : -1;
    if (c == '\'' || c == 0x2019)
        return x->form_length > (uint32_t)width;
    return c >= 0 && u_isalnum(c);
}

static bool same_word(const struct token *x, const struct token *original)
{
    return x->form_length == original->form_length &&
           memcmp(x->form, original->form, x->form_length) == 0;
}

/* The match that made this place what it is. */
static uint32_t cause(const struct repair *p, uint32_t i)
{
    const struct sentence *s = p->edited;
    const struct token *x = &s->tokens[i];
    if (x->maker)
        return x->maker;
    if (i + 1 < s->count && s->tokens[i + 1].maker)
        return s->tokens[i + 1].maker;
    if (i > 0 && s->tokens[i - 1].maker)
        return s->tokens[i - 1].maker;
    int32_t at = x->source;
    for (int32_t d = 1; at >= 0 && d < 4; d++) {
        if (at >= d && p->r->deleted_by[at - d])
            return p->r->deleted_by[at - d];
        if (at + d < (int32_t)p->original->count && p->r->deleted_by[at + d])
            return p->r->deleted_by[at + d];
    }
    return 1;
}

static void change(struct repair *p, uint32_t i, const char *form, size_t length)
{
    struct token *x = &p->edited->tokens[i];
    x->maker = cause(p, i);
    x->form = form;
    x->form_length = (uint32_t)length;
}

static void change_case(struct repair *p, uint32_t i, bool upper)
{
    struct token *x = &p->edited->tokens[i];
    int32_t skip = x->form_length && x->form[0] == '\'' ? 1 : 0;
    struct token rest = *x;
    rest.form += skip;
    rest.form_length -= (uint32_t)skip;
    int32_t width = 0, out = skip;
    UChar32 c = rest.form_length ? first_char(&rest, &width) : -1;
    UChar32 changed = upper ? u_toupper(c) : u_tolower(c);
    if (c < 0 || changed == c)
        return;
    char *form = arena_alloc(p->r->arena, x->form_length + 8);
    if (!form)
        return;
    memcpy(form, x->form, (size_t)skip);
    UBool failed = 0;
    U8_APPEND((uint8_t *)form, out, skip + 4, (uint32_t)changed, failed);
    if (failed)
        return;
    size_t tail = rest.form_length - (uint32_t)width;
    memcpy(form + out, rest.form + width, tail);
    change(p, i, form, (size_t)out + tail);
}

/* ---- contractions ---- */

static const char *written_out(const struct token *x)
{
    static const struct {
        const char *clitic, *lemma, *full;
    } forms[] = {
        {"s", "be", "is"},     {"s", "have", "has"}, {"s", "do", "does"},   {"s", "we", "us"},
        {"m", "be", "am"},     {"re", "be", "are"},  {"ve", "have", "have"}, {"d", "have", "had"},
        {"d", "would", "would"}, {"ll", "will", "will"}, {"ll", "shall", "shall"},
        {"d", "do", "did"},    {"d", "will", "would"},
    };
    char folded[8];
    size_t n = tables_fold(x->form, x->form_length, folded, sizeof folded);
    size_t mark = n > 1 && folded[0] == '\''; /* im, theyre: also without an apostrophe */
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (strlen(forms[i].clitic) == n - mark &&
            memcmp(forms[i].clitic, folded + mark, n - mark) == 0 &&
            strlen(forms[i].lemma) == x->lemma_length &&
            memcmp(forms[i].lemma, x->lemma, x->lemma_length) == 0)
            return forms[i].full;
    return NULL;
}

/* Whether a clitic can be written on to a word that took its host's place. */
static bool can_host(const struct token *host, const struct token *clitic)
{
    char folded[8];
    size_t n = tables_fold(clitic->form, clitic->form_length, folded, sizeof folded);
    bool plain = n > 1 && (folded[1] == 's' || folded[1] == 'l' || folded[1] == 'd');
    if (host->upos != UPOS_PRON && host->upos != UPOS_NOUN && host->upos != UPOS_PROPN)
        return false;
    char word[8];
    size_t m = tables_fold(host->form, host->form_length, word, sizeof word);
    static const char *const pronouns[] = {"i", "you", "he", "she", "it", "we", "they", "who"};
    for (size_t i = 0; i < sizeof pronouns / sizeof *pronouns; i++)
        if (m == strlen(pronouns[i]) && memcmp(word, pronouns[i], m) == 0)
            return true;
    return plain && m > 0 && word[m - 1] != 's';
}

static void repair_contraction(struct repair *p, uint32_t i)
{
    struct token *x = &p->edited->tokens[i];
    if (x->source <= 0 || x->space_before || !(x->flags & FLAG(CONTRACTED)) ||
        x->xpos == XPOS_POS || p->original->tokens[x->source].space_before)
        return;
    const struct token *before = i > 0 ? &p->edited->tokens[i - 1] : NULL;
    bool in_place = before && before->source == x->source - 1;
    if (in_place && (same_word(before, &p->original->tokens[before->source]) ||
                     can_host(before, x)))
        return;
    if (before && before->source < 0 && can_host(before, x))
        return;
    const char *full = written_out(x);
    if (!full)
        return;
    change(p, i, full, strlen(full));
    x->space_before = 1;
    x->flags &= ~FLAG(CONTRACTED);
}

/* ---- a, an ---- */

static void repair_article(struct repair *p, uint32_t i)
{
    struct token *x = &p->edited->tokens[i];
    bool an = x->form_length == 2;
    if (x->upos != UPOS_DET || x->form_length > 2 || x->form_length == 0 ||
        (x->form[0] | 32) != 'a' || (an && (x->form[1] | 32) != 'n') ||
        i + 1 >= p->edited->count)
        return;
    const struct token *next = &p->edited->tokens[i + 1];
    if (!x->maker && x->source >= 0 && next->source == x->source + 1 && !next->maker)
        return;
    if (!begins_word(next))
        return;
    bool wants = lexicon_takes_an(p->r->tables->lexicon, next->form, next->form_length);
    if (wants == an)
        return;
    bool upper = begins_upper(x);
    change(p, i, wants ? (upper ? "An" : "an") : (upper ? "A" : "a"), wants ? 2 : 1);
}

/* ---- capitals ---- */

static bool is_opening(const struct token *x)
{
    if (x->xpos == XPOS_OPENQ)
        return true;
    static const char *const marks[] = {"\"", "\xe2\x80\x9c", "\xe2\x80\x98", "\xc2\xab", "``"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (x->form_length == strlen(marks[i]) && memcmp(x->form, marks[i], x->form_length) == 0)
            return x->xpos != XPOS_CLOSEQ;
    return false;
}

/* Grandma, Dad: a name where nothing determines it. */
static bool is_kin_name(const struct sentence *s, int32_t word)
{
    static const char *const kin[] = {"grandma", "grandpa", "granny", "grandad", "granddad", "mum",
                                      "mom", "mummy", "mommy", "dad", "daddy", "nan", "nana",
                                      "gran", "auntie", "mother", "father", "papa", "mama"};
    char folded[16];
    const struct token *x = &s->tokens[word];
    size_t n = tables_fold(x->form, x->form_length, folded, sizeof folded);
    bool named = false;
    for (size_t i = 0; i < sizeof kin / sizeof *kin && !named; i++)
        named = strlen(kin[i]) == n && memcmp(kin[i], folded, n) == 0;
    for (uint32_t i = 0; i < s->count && named; i++)
        if (s->tokens[i].head == word &&
            (s->tokens[i].deprel == REL_DET || s->tokens[i].deprel == REL_NMOD_POSS))
            named = false;
    return named;
}

/* Whether a capital is the word's own, wherever it stands. */
static bool keeps_capital(const struct token *x)
{
    if (x->upos == UPOS_PROPN || x->xpos == XPOS_NNP || x->xpos == XPOS_NNPS ||
        (x->flags & FLAG(TITLE)))
        return true;
    if (x->lemma_length && x->lemma[0] >= 'A' && x->lemma[0] <= 'Z')
        return true; /* the pronoun I, Monday, English */
    for (uint32_t i = 1; i < x->form_length; i++)
        if (x->form[i] >= 'A' && x->form[i] <= 'Z')
            return true;
    return false;
}

static int32_t find_source(const struct sentence *s, int32_t source)
{
    for (uint32_t i = 0; i < s->count; i++)
        if (s->tokens[i].source == source)
            return (int32_t)i;
    return -1;
}

/* The place of original token `word`, behind original token `left` (-1: the sentence start). */
static void repair_place(struct repair *p, int32_t left, int32_t word)
{
    const struct token *was = &p->original->tokens[word];
    struct sentence *s = p->edited;
    uint32_t i = 0;
    if (left >= 0) {
        int32_t at = find_source(s, left);
        if (at < 0)
            return;
        i = (uint32_t)at + 1;
    }
    while (i < s->count && !begins_word(&s->tokens[i]))
        i++;
    if (i == s->count || !begins_upper(was))
        return;
    if (s->tokens[i].source == word && same_word(&s->tokens[i], was))
        return;
    if (!begins_upper(&s->tokens[i]))
        change_case(p, i, true);
    int32_t now = find_source(s, word);
    if (now >= 0 && now != (int32_t)i && begins_upper(&s->tokens[now]) &&
        same_word(&s->tokens[now], was) && !keeps_capital(was) &&
        !is_kin_name(p->original, word))
        change_case(p, (uint32_t)now, false);
}

static void repair_capitals(struct repair *p)
{
    const struct sentence *o = p->original;
    bool start = true;
    for (uint32_t i = 0; i < o->count; i++) {
        bool quoted = i > 0 && is_opening(&o->tokens[i - 1]);
        if (!begins_word(&o->tokens[i]))
            continue;
        if (start)
            repair_place(p, -1, (int32_t)i);
        else if (quoted)
            repair_place(p, (int32_t)i - 1, (int32_t)i);
        start = false;
    }
}

bool repair_sentence(struct rewriter *rewriter, const struct sentence *original,
                     struct sentence *edited)
{
    struct repair p = {rewriter, original, edited};
    for (uint32_t i = 0; i < edited->count; i++) {
        repair_contraction(&p, i);
        repair_article(&p, i);
    }
    repair_capitals(&p);
    return !rewriter->arena->failed;
}

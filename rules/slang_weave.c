/* slang_weave.c -- phrases as text of the rule language. The names in it: x, the word that inflects
 * (or the last word); v9, the first word of an adjective of several; p, all words; d, a
 * possessive or reflexive; n, a noun phrase inside; q, a particle behind the object; o, the object;
 * s, the subject; c, a comma.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/hyphen.h"
#include "base/inflect.h"
#include "slang.h"

void weave_start(struct weave *w, struct arena *arena, const struct source *source)
{
    w->arena = arena;
    w->source = source;
    buffer_init(&w->bytes);
    buffer_init(&w->origins);
}

static void add_origins(struct weave *w, uint32_t at, size_t length, bool moves)
{
    for (size_t i = 0; i < length; i++) {
        uint32_t origin = at + (moves ? (uint32_t)i : 0);
        buffer_add(&w->origins, (const char *)&origin, sizeof origin);
    }
}

void weave_add(struct weave *w, struct place at, const char *format, ...)
{
    char text[1024];
    va_list arguments;
    va_start(arguments, format);
    int n = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    size_t length = n < 0 ? 0 : (size_t)n < sizeof text ? (size_t)n : sizeof text - 1;
    buffer_add(&w->bytes, text, length);
    add_origins(w, at.offset, length, false);
}

void weave_copy(struct weave *w, struct place at, const char *text, size_t length)
{
    buffer_add(&w->bytes, text, length);
    add_origins(w, at.offset, length, true);
}

struct text weave_end(struct weave *w)
{
    static const uint32_t nowhere;
    struct text text = {w->source, "", 0, &nowhere};
    size_t n = w->bytes.length;
    add_origins(w, n ? ((uint32_t *)(void *)w->origins.bytes)[n - 1] : 0, 1, false);
    if (!w->bytes.failed && !w->origins.failed && n) {
        char *bytes = arena_strndup(w->arena, w->bytes.bytes, n);
        uint32_t *origin = arena_alloc(w->arena, (n + 1) * sizeof *origin);
        if (bytes && origin) {
            memcpy(origin, w->origins.bytes, (n + 1) * sizeof *origin);
            text = (struct text){w->source, bytes, (uint32_t)n, origin};
        }
    }
    buffer_clear(&w->bytes);
    buffer_clear(&w->origins);
    return text;
}

/* ---- words as tokens ---- */

/* Words that the tokeniser cuts, as Universal Dependencies does. */
static const char *const cut_words[][4] = {
    {"gonna", "gon", "na"}, {"wanna", "wan", "na"}, {"gotta", "got", "ta"}, {"sorta", "sort", "a"},
    {"outta", "out", "ta"}, {"lemme", "lem", "me"}, {"gimme", "gim", "me"},
    {"dunno", "du", "n", "no"}, {"cannot", "can", "not"}, {"'tis", "'t", "is"},
    {"c'mon", "c'm", "on"}, {"'twas", "'t", "was"},
};

enum { MOST_TOKENS = 8, TOKEN_SIZE = 64 };
struct tokens {
    char text[MOST_TOKENS][TOKEN_SIZE];
    unsigned count, main; /* which of them the sentence's grammar speaks of */
};

static void add_token(struct tokens *t, const char *text, size_t length)
{
    if (t->count < MOST_TOKENS && length > 0 && length < TOKEN_SIZE) {
        memcpy(t->text[t->count], text, length);
        t->text[t->count++][length] = '\0';
    }
}

/* Where a clitic begins: n't, 's, 're, 've, 'll, 'd, 'm. */
static size_t clitic(const char *word, size_t length)
{
    static const char *const ends[] = {"n't", "'s", "'re", "'ve", "'ll", "'d", "'m"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        size_t n = strlen(ends[i]);
        if (length > n && memcmp(word + length - n, ends[i], n) == 0)
            return length - n;
    }
    return length;
}

/* The bytes up to a hyphen that cuts a word, or an underscore. */
static size_t part_length(const char *word)
{
    size_t n = strcspn(word, "_-");
    while (word[n] == '-') {
        size_t next = strcspn(word + n + 1, "_-");
        bool suffix = hyphen_is_suffix(word + n + 1, next) && word[n + 1 + next] != '-';
        if (next == 0 || !(hyphen_is_prefix(word, n) || suffix))
            break;
        n += 1 + next;
    }
    return n;
}

/* Whether an apostrophe at the end of a word is a token: ol', mates', but not lovin'. */
static bool is_open(const char *word, size_t length)
{
    return length > 1 && word[length - 1] == '\'' &&
           !(length > 4 && memcmp(word + length - 3, "in", 2) == 0);
}

static void split_word(struct tokens *t, const char *word)
{
    t->count = t->main = 0;
    for (size_t i = 0; i < sizeof cut_words / sizeof *cut_words; i++)
        if (strcmp(cut_words[i][0], word) == 0) {
            for (unsigned k = 1; k < 4 && cut_words[i][k]; k++)
                add_token(t, cut_words[i][k], strlen(cut_words[i][k]));
            return;
        }
    bool has_clitic = false;
    bool cut = word[0] == '\'' && !hyphen_is_clipped(word + 1, strlen(word + 1));
    if (cut && strlen(word) > 2 && !strstr("'re 've 'll", word)) {
        add_token(t, word, 1); /* 'ere */
        word++;
    }
    while (*word) {
        size_t n = part_length(word);
        size_t stem = clitic(word, n);
        has_clitic |= stem < n;
        bool open = is_open(word, stem);
        add_token(t, word, stem - open);
        add_token(t, word + stem - open, open);
        add_token(t, word + stem, n - stem);
        word += n;
        if (*word == '-')
            add_token(t, "-", 1);
        word += *word != '\0';
    }
    t->main = t->count && !has_clitic ? t->count - 1 : 0;
    if (t->main > 0 && strcmp(t->text[t->main], "'") == 0)
        t->main--;
}

/* ---- finding ---- */

static const char *const possessives =
    "\"my\"|\"your\"|\"his\"|\"her\"|\"its\"|\"our\"|\"their\"|\"one's\"|\"yer\"";
static const char *const reflexives =
    "\"myself\"|\"yourself\"|\"himself\"|\"herself\"|\"itself\"|\"ourselves\"|\"yourselves\"|"
    "\"themselves\"|\"oneself\"|\"themself\"";

/* A noun phrase as words side by side. */
static const char *const object =
    "[!PUNCT !VERB !AUX !ADP !CCONJ] [!PUNCT !VERB !AUX (!ADP)|\"of\"]{0,3}";

static bool is_common(const char *word)
{
    static const char words[] =
        " a an the of in on at to up off out it its for and or with by from over down be is are "
        "was "
        "take get have go do make give put come not n't 's that this as so you your my his her all "
        "one no me him them run pull throw keep let time way good be like lose hit have - ";
    char key[TOKEN_SIZE + 2];
    snprintf(key, sizeof key, " %s ", word);
    return strstr(words, key) != NULL;
}

static int rarity(const struct piece *piece)
{
    if (piece->kind != PIECE_WORD || piece->optional)
        return -1000;
    return (int)strlen(piece->text) - (is_common(piece->text) ? 100 : 0) + !piece->head;
}

/* The word that a rule begins at: a rare one. */
static const struct piece *find_trigger(const struct phrase *a)
{
    const struct piece *best = NULL;
    for (const struct piece *piece = a->pieces; piece; piece = piece->next)
        if (rarity(piece) > (best ? rarity(best) : -1000))
            best = piece;
    return best;
}

/* The word that conditions speak of. */
static const struct piece *find_anchor(const struct phrase *a)
{
    const struct piece *last = a->head;
    for (const struct piece *piece = a->pieces; piece && !a->head; piece = piece->next)
        if (piece->kind == PIECE_WORD && !piece->optional)
            last = piece;
    return last;
}

static bool is_lemma(const char *word)
{
    return word[0] >= 'a' && word[0] <= 'z' &&
           word[strspn(word, "abcdefghijklmnopqrstuvwxyz0123456789")] == '\0';
}

/* A plain phrase of several words may be a fixed one itself: fall asleep, tell lies. */
static void add_tags(struct weave *w, const struct slang_entry *e, const struct phrase *a,
                     struct place at, bool plain)
{
    bool any = e->any_tag && (!plain || e->kind == SLANG_PLAIN);
    switch (any ? SLANG_PHRASE : e->pos) { /* the tag of a word that no lexicon has is a guess */
    case SLANG_NOUN: weave_add(w, at, " NOUN|(.unknown ADJ|ADV|INTJ|X) !:compound"); break;
    case SLANG_VERB: weave_add(w, at, " VERB|AUX"); break;
    case SLANG_ADJ: weave_add(w, at, " ADJ|VBN|VBG|.unknown"); break;
    default: break;
    }
    if (plain)
        weave_add(w, at, e->pos == SLANG_NOUN || a->count > 1 ? " !.title" : " !.title !.mwe");
}

/* The regular forms of a word: its lemma may not be known to the analyser. */
static void add_forms(struct weave *w, const struct slang_entry *e, struct place at,
                      const char *text)
{
    static const enum form verb[] = {FORM_S, FORM_PAST, FORM_ING}, noun[] = {FORM_PL};
    bool is_verb = e->pos == SLANG_VERB, is_noun = e->pos == SLANG_NOUN;
    unsigned n = is_verb ? 3 : is_noun && !e->mass && !e->plural ? 1 : 0;
    for (unsigned i = 0; i < n; i++) {
        char form[TOKEN_SIZE + 16];
        size_t length = lex_inflect_regular(is_verb ? LEX_VERB : LEX_NOUN,
                                            is_verb ? verb[i] : noun[i],
                                            (struct lex_text){text, strlen(text)}, form);
        if (length > 0)
            weave_add(w, at, "|\"%.*s\"", (int)length, form);
    }
}

/* One word as tokens in brackets. */
static void add_piece(struct weave *w, const struct slang_entry *e, const struct phrase *a,
                      const struct piece *piece, bool plain, bool alone)
{
    struct tokens tokens;
    struct place at = piece->at;
    split_word(&tokens, piece->text);
    bool trigger = alone || piece == find_trigger(a), anchor = piece == find_anchor(a);
    for (unsigned i = 0; i < tokens.count; i++) {
        const char *text = tokens.text[i];
        bool main = i == tokens.main;
        bool opens = e->pos == SLANG_ADJ && e->any_tag && piece == a->pieces && !anchor && main;
        weave_add(w, at, " %s%s[", trigger && main ? "@" : "",
                  anchor && main ? "x:" : opens ? "v9:" : "");
        if (piece->head && main) {
            if (is_lemma(text))
                weave_add(w, at, "%s|", text);
            weave_add(w, at, "\"%s\"", text);
            add_forms(w, e, at, text);
            if (a->count == 1 || e->pos == SLANG_VERB)
                add_tags(w, e, a, at, plain);
            if (plain && a->count == 1 && is_lemma(text))
                weave_add(w, at, " !.capital");
        } else {
            weave_add(w, at, "\"%s\"", text);
        }
        weave_add(w, at, "]%s", piece->optional ? "?" : "");
    }
}

static void add_pieces(struct weave *w, const struct slang_entry *e, const struct phrase *a,
                       struct way way, bool plain)
{
    for (const struct piece *piece = a->pieces; piece; piece = piece->next)
        switch (piece->kind) {
        case PIECE_WORD: add_piece(w, e, a, piece, plain, false); break;
        case PIECE_NP:
        case PIECE_SB:
            if (piece->next)
                weave_add(w, piece->at, " n:( %s )", object);
            break;
        case PIECE_POSS: weave_add(w, piece->at, " d:[%s]", possessives); break;
        case PIECE_SELF: weave_add(w, piece->at, " d:[%s]", reflexives); break;
        case PIECE_SBS:
            if (way.owner)
                weave_add(w, piece->at, " n:( [!PUNCT !VERB !AUX]{1,3} ) [\"'s\"|\"'\"]");
            else
                weave_add(w, piece->at, " d:[%s]", possessives);
            break;
        case PIECE_TAG:
        case PIECE_ARTICLE: break;
        }
}

bool phrase_is_single(const struct phrase *a)
{
    struct tokens tokens;
    unsigned pieces = 0;
    for (const struct piece *piece = a->pieces; piece; piece = piece->next)
        pieces += piece->kind != PIECE_ARTICLE &&
                  ((piece->kind != PIECE_NP && piece->kind != PIECE_SB) || piece->next);
    if (pieces != 1 || a->count != 1)
        return false;
    const struct piece *word = find_anchor(a);
    if (!word)
        return false;
    split_word(&tokens, word->text);
    return tokens.count == 1;
}

const char *phrase_span(const struct phrase *a, struct way way)
{
    return phrase_is_single(a) || way.apart ? "x" : "p";
}

const struct piece *phrase_find(const struct phrase *a, enum piece_kind kind)
{
    const struct piece *piece = a->pieces;
    while (piece && piece->kind != kind)
        piece = piece->next;
    return piece;
}

const struct piece *phrase_particle(const struct phrase *a)
{
    const struct piece *piece = a->pieces;
    while (piece && !piece->particle)
        piece = piece->next;
    return piece;
}

bool phrase_takes_passive(const struct phrase *a)
{
    static const char words[] = " about across after against around at away back by down for from "
                                "in into of off on onto out over through to under up upon with ";
    const struct piece *last = NULL;
    for (const struct piece *piece = a->pieces; piece; piece = piece->next) {
        char word[TOKEN_SIZE];
        int n = snprintf(word, sizeof word, " %s ", piece->text ? piece->text : "");
        bool small = n > 0 && (size_t)n < sizeof word && strstr(words, word);
        if (piece->kind != PIECE_NP && !piece->head && !piece->particle && !small)
            return false;
        last = piece;
    }
    return last && (a->np_last || a->count == 1);
}

/* Around words that may go: the comma that goes with them. */
static void add_place(struct weave *w, struct place at, const char *p, unsigned place)
{
    static const char end[] = "( [\",\"|\".\"|\"!\"|\"?\"|\";\"|\"...\"] | $ )";
    if (place == PLACE_BOTH)
        weave_add(w, at, " ; seq c:[\",\"] %s c2:[\",\"] ; not { seq [.first|INTJ] c }", p);
    else if (place == PLACE_BETWEEN)
        weave_add(w, at, " ; seq c:[\",\"] %s %s", p, end);
    else if (place == PLACE_FIRST)
        weave_add(w, at, " ; seq ^ %s c:[\",\"]", p);
    else if (place == PLACE_BARE)
        weave_add(w, at, " ; seq [INTJ|\"thanks\"|\"you\"|\"cheers\"|\"ta\"|\"hi\"|\"hey\"|"
                  "\"hello\"|"
                  "\"sorry\"|\"yes\"|\"no\"|\"yeah\"|\"right\"|\"alright\"|\"ok\"|\"okay\"|"
                  "\"on\"|\"please\"|\"it\"|\"there\"] %s %s", p,
                  end);
}

/* Adjectives of any tag (busted, knocked up) are no verbs that do it to somebody. */
static void add_no_verb(struct weave *w, const struct phrase *a)
{
    const char *v = a->pieces == find_anchor(a) ? "x" : "v9";
    if (a->pieces->kind == PIECE_WORD)
        weave_add(w, a->at, " ; not { %s[VBD|VBN|VBZ] ; obj|iobj(%s, []) ; "
                  "not { aux:pass(%s, []) } } ; not { %s[VBD|VBP|VBZ|VB] ; "
                  "nsubj!(%s, []) ; not { cop|aux|aux:pass(%s, [be]) } }",
                  v, v, v, v, v, v);
}

void weave_match(struct weave *w, const struct slang_entry *e, const struct phrase *a,
                 struct way way, bool plain)
{
    const char *p = phrase_span(a, way);
    if (way.apart) {
        const struct piece *particle = phrase_particle(a);
        add_piece(w, e, a, a->head, plain, true);
        weave_add(w, a->at, " ; seq x n:( %s ) q:[\"%s\"] ; "
                  "not { q[!RP] ; ^case(q, []) ; seq q [!ADP] }", object,
                  particle ? particle->text : "");
    } else if (phrase_is_single(a)) {
        add_piece(w, e, a, find_anchor(a), plain, true);
    } else {
        weave_add(w, a->at, "seq p:(");
        add_pieces(w, e, a, way, plain);
        weave_add(w, a->at, " )");
    }
    const struct piece *article = phrase_find(a, PIECE_ARTICLE);
    if (article)
        weave_add(w, article->at, " ; maybe { seq l:[\"%s\"] %s }", article->text, p);
    if (a->np_last && !way.apart && e->pos != SLANG_VERB)
        weave_add(w, a->at, " ; seq %s [!PUNCT !CCONJ !SCONJ !ADP]", p);
    add_place(w, a->at, p, way.place);
    if (e->pos == SLANG_ADJ && e->any_tag)
        add_no_verb(w, a);
    if (plain && !way.apart) /* well-understood, tiny-tiny */
        weave_add(w, a->at, " ; not { seq [\"-\"] %s } ; not { seq %s [\"-\"] }", p, p);
    /* "a chat" in the fixed phrase "have a chat" is a chat; "dog" in "hot dog" is no dog. */
    if (plain && e->pos == SLANG_NOUN && phrase_is_single(a))
        weave_add(w, a->at, " ; not { compound|flat(x, k0) } ; "
                  "any { x[!.mwe] } or { seq [\"a\"|\"an\"] x }");
}

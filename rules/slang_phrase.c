/* slang_phrase.c -- one side of a sense: words as the tokeniser cuts them, the word that inflects,
 * and slots.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <string.h>

#include "slang.h"

struct phrase_reader {
    const struct reading *reading;
    const struct source *source;
    enum slang_pos pos;
    struct phrase *phrase;
    struct piece **tail;
    struct piece spare; /* for one that there was no memory for */
    bool good;
};

static void wrong(struct phrase_reader *r, uint32_t at, const char *what)
{
    diagnostics_error(r->reading->diagnostics, (struct place){r->source, at}, "%s", what);
    r->good = false;
}

static struct piece *add_piece(struct phrase_reader *r, uint32_t at, enum piece_kind kind,
                               const char *text, size_t length)
{
    struct piece *piece = arena_calloc(r->reading->arena, 1, sizeof *piece);
    char *copy = arena_strndup(r->reading->arena, text, length);
    if (!piece || !copy)
        return &r->spare;
    piece->kind = kind;
    piece->at = (struct place){r->source, at};
    piece->text = copy;
    *r->tail = piece;
    r->tail = &piece->next;
    r->phrase->count += kind == PIECE_WORD;
    return piece;
}

/* Slots by name. */
static bool add_slot(struct phrase_reader *r, uint32_t at, const char *word, size_t length)
{
    static const struct {
        const char *name;
        enum piece_kind kind;
    } slots[] = {{"NP", PIECE_NP}, {"POSS", PIECE_POSS}, {"SELF", PIECE_SELF},
                 {"SB", PIECE_SB}, {"SB's", PIECE_SBS},
                 {"TAG", PIECE_TAG}};
    for (size_t i = 0; i < sizeof slots / sizeof *slots; i++)
        if (strlen(slots[i].name) == length && memcmp(slots[i].name, word, length) == 0) {
            add_piece(r, at, slots[i].kind, word, length);
            return true;
        }
    return false;
}

static bool is_form(const char *form, size_t length)
{
    return vocab_find(VOCAB_LIST_FORM, form, length) >= 0;
}

static bool is_article(const char *word, size_t length)
{
    static const char *const articles[] = {"(the)", "(a)", "(an)"};
    for (unsigned i = 0; i < 3; i++)
        if (strlen(articles[i]) == length && memcmp(word, articles[i], length) == 0)
            return true;
    return false;
}

/* Names of slots that there are not, but that people write. */
static bool is_no_slot(const char *word, size_t length)
{
    static const char *const names[] = {"NP's", "PERSON", "THING", "BEING", "PERSON's"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strlen(names[i]) == length && memcmp(word, names[i], length) == 0)
            return true;
    return false;
}

/* A word between spaces: word, word*, word*form, word?, +word, (the). */
static void add_word(struct phrase_reader *r, uint32_t at, const char *word, size_t length)
{
    if (add_slot(r, at, word, length))
        return;
    if (is_no_slot(word, length)) {
        wrong(r, at, "slots are NP, POSS, SELF, SB and SB's; who NP is says a line such as "
              "if obj PERSON");
        return;
    }
    if (word[0] == '(') {
        if (!is_article(word, length)) {
            wrong(r, at, "in parentheses stands an article: (the), (a)");
            return;
        }
        add_piece(r, at, PIECE_ARTICLE, word + 1, length - 2);
        return;
    }
    bool particle = word[0] == '+' && length > 1;
    word += particle;
    length -= particle;
    const char *star = memchr(word, '*', length);
    bool optional = length > 1 && word[length - 1] == '?';
    size_t stem = star ? (size_t)(star - word) : length - optional;
    const char *form = star && star + 1 < word + length ? star + 1 : NULL;
    if (stem == 0 || memchr(word, '"', length)) {
        wrong(r, at, "this is no word");
        return;
    }
    struct piece *piece = add_piece(r, at, PIECE_WORD, word, stem);
    piece->head = star != NULL;
    piece->optional = optional;
    piece->particle = particle;
    if (!form)
        return;
    size_t n = length - stem - 1;
    if (is_form(form, n))
        piece->form = arena_strndup(r->reading->arena, form, n);
    else
        wrong(r, at, "after * stands nothing, or a form: base s past pp ing pres sg pl er est");
}

/* Which word inflects, if none is marked. */
static void find_head(struct phrase_reader *r, bool fixed)
{
    struct phrase *p = r->phrase;
    struct piece *last = NULL;
    for (struct piece *piece = p->pieces; piece; piece = piece->next) {
        if (piece->kind != PIECE_WORD)
            continue;
        last = piece;
        if (piece->head && p->head)
            wrong(r, piece->at.offset, "a second *: one word inflects");
        if (piece->head)
            p->head = piece;
    }
    bool inflects = r->pos == SLANG_NOUN || r->pos == SLANG_VERB || r->pos == SLANG_ADJ;
    if (p->head || fixed || !last || !inflects)
        return;
    if (p->count > 1 && r->pos == SLANG_VERB) {
        wrong(r, p->at.offset, "mark the word that inflects, such as leg* it");
        return;
    }
    if (p->count > 1 && r->pos == SLANG_ADJ)
        return;
    last->head = true;
    p->head = last;
}

static void find_slots(struct phrase *p)
{
    for (const struct piece *piece = p->pieces; piece; piece = piece->next)
        if (piece->kind == PIECE_NP || piece->kind == PIECE_SB) {
            p->np_last |= !piece->next;
            p->np_inside |= piece->next != NULL;
        }
}

/* The words of a phrase as people read them. */
static void say(struct phrase_reader *r)
{
    struct buffer said;
    buffer_init(&said);
    for (const struct piece *piece = r->phrase->pieces; piece; piece = piece->next) {
        if (said.length)
            buffer_add_char(&said, ' ');
        buffer_add_string(&said, piece->text);
    }
    const char *text = said.length ? said.bytes : r->phrase->nothing ? "-" : "";
    r->phrase->said = arena_strndup(r->reading->arena, text, strlen(text));
    buffer_clear(&said);
}

/* Takes "/tag" off the end of a plain phrase. */
static size_t untagged(const char *text, size_t length)
{
    for (size_t i = length; i > 1; i--) {
        if (text[i - 1] == '/')
            return i - 1;
        if (text[i - 1] == ' ')
            break;
    }
    return length;
}

struct phrase *phrase_read(const struct reading *reading, const struct source *source,
                           uint32_t at, uint32_t length, enum slang_pos pos, bool plain)
{
    struct phrase *p = arena_calloc(reading->arena, 1, sizeof *p);
    if (!p)
        return NULL;
    const char *bytes = source->bytes;
    while (length && bytes[at] == ' ') {
        at++;
        length--;
    }
    while (length && (bytes[at + length - 1] == ' ' || bytes[at + length - 1] == '\t'))
        length--;
    p->at = (struct place){source, at};
    p->key = arena_strndup(reading->arena, bytes + at, length);
    if (plain)
        length = (uint32_t)untagged(bytes + at, length);
    struct phrase_reader r = {.reading = reading, .source = source, .pos = pos, .phrase = p,
                              .tail = &p->pieces, .good = true};
    if (length == 0)
        wrong(&r, at, plain ? "nothing stands here; \"-\" says that the words may go"
                            : "nothing stands here");
    bool fixed = length > 2 && bytes[at] == '"' && bytes[at + length - 1] == '"';
    if (fixed) {
        at++;
        length -= 2;
    }
    p->nothing = plain && length == 1 && bytes[at] == '-';
    for (uint32_t i = at; i < at + length && !p->nothing;) {
        uint32_t n = 0;
        while (i + n < at + length && bytes[i + n] != ' ')
            n++;
        if (n)
            add_word(&r, i, bytes + i, n);
        i += n ? n : 1;
    }
    if (!p->nothing)
        find_head(&r, fixed);
    find_slots(p);
    say(&r);
    return r.good && !reading->arena->failed && p->said ? p : NULL;
}

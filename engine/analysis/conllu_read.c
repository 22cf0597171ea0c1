/* conllu_read.c -- reads CoNLL-U into tokens over one joined text. Lines are taken one by one; a
 * sentence's words are collected, then placed in its text. Offsets are kept until the text has its
 * final place in memory.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "analysis/conllu.h"

#include <string.h>

#include "base/limits.h"
#include "base/status.h"
#include "text/chars.h"
#include "text/text.h"

enum { COLUMNS = 10, MISC = 9, ID_DIGITS = 6, FIRST_SENTENCES = 64 };

struct field {
    const char *bytes;
    size_t length;
};

/* A surface token: a word, or a range with its words. */
struct surface {
    struct field form;
    unsigned first, count; /* words in the sentence */
    bool space_after;
};

struct reader {
    const struct conllu_source *source;
    struct arena *arena;
    struct conllu *conllu;
    isg_error *error;
    size_t position, capacity;
    unsigned line;
    /* the present sentence */
    struct token words[LIMIT_SENTENCE_TOKENS];
    struct surface surfaces[LIMIT_SENTENCE_TOKENS];
    unsigned word_count, surface_count, range_end, sentence_line;
    struct field text;
    bool paragraph, space_before;
};

static isg_status fail(const struct reader *r, isg_status status, const char *message)
{
    return status_at(r->error, status, r->source->name, r->line, 0, "%s", message);
}

/* ---- lines and fields ---- */

static bool next_line(struct reader *r, struct field *line)
{
    const struct conllu_source *source = r->source;
    if (r->position >= source->length)
        return false;
    line->bytes = source->bytes + r->position;
    size_t rest = source->length - r->position;
    const char *feed = memchr(line->bytes, '\n', rest);
    line->length = feed ? (size_t)(feed - line->bytes) : rest;
    r->position += line->length + (feed != NULL);
    if (line->length && line->bytes[line->length - 1] == '\r')
        line->length--;
    r->line++;
    return true;
}

static unsigned split_fields(struct field line, struct field fields[COLUMNS])
{
    unsigned count = 0;
    while (count < COLUMNS) {
        const char *tab = memchr(line.bytes, '\t', line.length);
        size_t length = tab ? (size_t)(tab - line.bytes) : line.length;
        fields[count++] = (struct field){line.bytes, length};
        if (!tab)
            return count;
        line.bytes += length + 1;
        line.length -= length + 1;
    }
    return count + 1;
}

static bool starts_with(struct field field, const char *prefix)
{
    size_t length = strlen(prefix);
    return field.length >= length && !memcmp(field.bytes, prefix, length);
}

static bool is_empty(struct field field)
{
    return field.length == 1 && *field.bytes == '_';
}

/* A number at the front of a field, which is cut off it; -1: there is none. */
static int take_number(struct field *field)
{
    int value = 0;
    size_t i = 0;
    while (i < field->length && i < ID_DIGITS && is_ascii_digit(field->bytes[i]))
        value = value * 10 + (field->bytes[i++] - '0');
    field->bytes += i;
    field->length -= i;
    return i ? value : -1;
}

/* Whether the MISC column says SpaceAfter=No. */
static bool has_space_after(struct field misc)
{
    static const char no[] = "SpaceAfter=No";
    for (size_t i = 0; i + sizeof no - 1 <= misc.length; i++) {
        bool edge = i == 0 || misc.bytes[i - 1] == '|';
        size_t end = i + sizeof no - 1;
        if (edge && !memcmp(misc.bytes + i, no, sizeof no - 1) &&
            (end == misc.length || misc.bytes[end] == '|'))
            return false;
    }
    return true;
}

/* ---- words ---- */

static uint8_t find_name(enum vocab_list list, struct field field, uint8_t none)
{
    int number = vocab_find(list, field.bytes, field.length);
    if (number < 0 && list == VOCAB_LIST_DEPREL) {
        const char *colon = memchr(field.bytes, ':', field.length);
        if (colon)
            number = vocab_find(list, field.bytes, (size_t)(colon - field.bytes));
    }
    return number < 0 ? none : (uint8_t)number;
}

static isg_status read_annotations(struct reader *r, const struct field *fields, struct token *word)
{
    struct field head = fields[6];
    int number = take_number(&head);
    if (number < 0 || head.length)
        return fail(r, ISG_FORMAT, "the HEAD column is not a number");
    if (number > LIMIT_SENTENCE_TOKENS)
        return fail(r, ISG_FORMAT, "HEAD is no word of the sentence");
    word->head = number - 1;
    word->upos = find_name(VOCAB_LIST_UPOS, fields[3], UPOS_NONE);
    word->xpos = find_name(VOCAB_LIST_XPOS, fields[4], XPOS_NONE);
    word->deprel = find_name(VOCAB_LIST_DEPREL, fields[7], REL_DEP);
    if (!is_empty(fields[5]))
        word->feats = vocab_feats_parse(fields[5].bytes, fields[5].length);
    word->lemma = fields[2].bytes; /* made the arena's own in place_words */
    word->lemma_length = (uint32_t)fields[2].length;
    return ISG_OK;
}

static isg_status read_range(struct reader *r, const struct field *fields, int first, int last)
{
    if (first != (int)r->word_count + 1 || last <= first || last > LIMIT_SENTENCE_TOKENS ||
        r->range_end > r->word_count || last - first >= UINT8_MAX)
        return fail(r, ISG_FORMAT, "the range of a multiword token does not fit its words");
    r->surfaces[r->surface_count++] = (struct surface){
        fields[1], r->word_count, (unsigned)(last - first + 1), has_space_after(fields[MISC])};
    r->range_end = (unsigned)last;
    return ISG_OK;
}

static isg_status read_word(struct reader *r, const struct field *fields)
{
    struct token *word = &r->words[r->word_count];
    *word = (struct token){.upos = UPOS_NONE, .xpos = XPOS_NONE, .deprel = REL_NONE, .head = -1};
    word->form = fields[1].bytes;
    word->form_length = (uint32_t)fields[1].length;
    if (r->source->annotations) {
        isg_status status = read_annotations(r, fields, word);
        if (status)
            return status;
    }
    if (r->word_count >= r->range_end)
        r->surfaces[r->surface_count++] =
            (struct surface){fields[1], r->word_count, 1, has_space_after(fields[MISC])};
    r->word_count++;
    return ISG_OK;
}

static isg_status read_token(struct reader *r, struct field line)
{
    struct field fields[COLUMNS], id;
    if (split_fields(line, fields) != COLUMNS)
        return fail(r, ISG_FORMAT, "a line of CoNLL-U has ten columns with tabs between");
    id = fields[0];
    int number = take_number(&id);
    if (number >= 0 && id.length && *id.bytes == '.')
        return ISG_OK; /* an empty node */
    if (!fields[1].length)
        return fail(r, ISG_FORMAT, "the FORM column is empty");
    if (fields[1].length > LIMIT_TOKEN_BYTES || fields[2].length > LIMIT_TOKEN_BYTES)
        return fail(r, ISG_LIMIT, "a form or lemma is too long");
    if (number > 0 && id.length && *id.bytes == '-') {
        id.bytes++;
        id.length--;
        int last = take_number(&id);
        if (last < 0 || id.length)
            return fail(r, ISG_FORMAT, "the ID column is neither a number nor a range");
        return read_range(r, fields, number, last);
    }
    if (id.length || number != (int)r->word_count + 1)
        return fail(r, ISG_FORMAT, "the ID column does not count 1, 2, 3 ...");
    if (r->word_count == LIMIT_SENTENCE_TOKENS)
        return fail(r, ISG_LIMIT, "a sentence has too many words");
    return read_word(r, fields);
}

static void read_comment(struct reader *r, struct field line)
{
    if (starts_with(line, "# newpar") || starts_with(line, "# newdoc"))
        r->paragraph = true;
    if (starts_with(line, "# text = "))
        r->text = (struct field){line.bytes + 9, line.length - 9};
}

/* ---- placing words in the text ---- */

/* Where the form begins in the sentence's text, past white space; SIZE_MAX: it does not follow. */
static size_t match_form(struct field text, size_t from, struct field form)
{
    while (from < text.length && char_peek(text.bytes, from, text.length) & CHAR_SPACE)
        (void)char_next(text.bytes, &from, text.length);
    bool same =
        text.length - from >= form.length && !memcmp(text.bytes + from, form.bytes, form.length);
    return same ? from : SIZE_MAX;
}

/* Whether the forms, in order, make up the "# text" line; their places if they do. */
static bool fits_text(const struct reader *r, uint32_t *starts)
{
    size_t from = 0;
    if (!r->text.bytes)
        return false;
    for (unsigned i = 0; i < r->surface_count; i++) {
        size_t start = match_form(r->text, from, r->surfaces[i].form);
        if (start == SIZE_MAX)
            return false;
        starts[i] = (uint32_t)start;
        from = start + r->surfaces[i].form.length;
    }
    return match_form(r->text, from, (struct field){"", 0}) == r->text.length;
}

static void join_forms(struct reader *r, uint32_t *starts)
{
    struct buffer *out = &r->conllu->text;
    size_t base = out->length;
    for (unsigned i = 0; i < r->surface_count; i++) {
        const struct surface *s = &r->surfaces[i];
        if (i && s[-1].space_after)
            buffer_add_char(out, ' ');
        starts[i] = (uint32_t)(out->length - base);
        buffer_add(out, s->form.bytes, s->form.length);
    }
}

/* Divides the bytes of a multiword token among its words: exactly if their forms make it up, else
 * in proportion to their lengths, between characters. */
static void divide(struct reader *r, const struct surface *s, uint32_t start)
{
    size_t total = 0, done = 0, position = 0;
    bool exact = true;
    struct token *words = r->words + s->first;
    for (unsigned i = 0; i < s->count; i++) {
        size_t length = words[i].form_length;
        exact = exact && total + length <= s->form.length &&
                !memcmp(s->form.bytes + total, words[i].form, length);
        total += length;
    }
    exact = exact && total == s->form.length;
    for (unsigned i = 0; i < s->count; i++) {
        done += words[i].form_length;
        size_t end = exact ? done : done * s->form.length / total;
        while (end > position && end < s->form.length &&
               ((unsigned char)s->form.bytes[end] & 0xC0) == 0x80)
            end--;
        words[i].start = start + (uint32_t)position;
        words[i].end = start + (uint32_t)end;
        if (exact)
            words[i].form = NULL; /* a piece of the text */
        else
            words[i].form = arena_strndup(r->arena, words[i].form, words[i].form_length);
        position = end;
    }
}

static void place_words(struct reader *r, const uint32_t *starts, uint32_t base)
{
    for (unsigned i = 0; i < r->surface_count; i++) {
        const struct surface *s = &r->surfaces[i];
        struct token *word = &r->words[s->first];
        uint32_t start = base + starts[i];
        bool gap = i ? starts[i] > starts[i - 1] + s[-1].form.length : r->space_before;
        if (s->count > 1) {
            for (unsigned j = 0; j < s->count; j++)
                if (text_is_clitic(word, j))
                    word[j].flags |= FLAG(CONTRACTED);
            divide(r, s, start);
            word->mwt = (uint8_t)s->count;
        } else {
            word->start = start;
            word->end = start + (uint32_t)s->form.length;
            word->form = NULL;
        }
        word->space_before = gap;
    }
}

/* ---- sentences ---- */

/* Every word's chain of heads must end at the one root. */
static bool is_tree(const struct reader *r)
{
    uint16_t seen[LIMIT_SENTENCE_TOKENS] = {0};
    unsigned roots = 0;
    for (unsigned i = 0; i < r->word_count; i++) {
        int32_t at = (int32_t)i;
        roots += r->words[i].head < 0;
        while (at >= 0 && !seen[at]) {
            seen[at] = (uint16_t)(i + 1);
            at = r->words[at].head;
            if (at >= (int32_t)r->word_count)
                return false;
        }
        if (at >= 0 && seen[at] == i + 1)
            return false;
    }
    return roots == 1;
}

static struct sentence *add_sentence(struct reader *r)
{
    struct conllu *conllu = r->conllu;
    if (conllu->count == r->capacity) {
        size_t capacity = r->capacity ? r->capacity * 2 : FIRST_SENTENCES;
        struct sentence *more = arena_calloc(r->arena, capacity, sizeof *more);
        if (!more)
            return NULL;
        if (conllu->count)
            memcpy(more, conllu->sentences, conllu->count * sizeof *more);
        conllu->sentences = more;
        r->capacity = capacity;
    }
    return &conllu->sentences[conllu->count++];
}

static void own_lemmas(struct reader *r)
{
    for (unsigned i = 0; i < r->word_count; i++)
        if (r->words[i].lemma)
            r->words[i].lemma =
                arena_strndup(r->arena, r->words[i].lemma, r->words[i].lemma_length);
}

static isg_status end_sentence(struct reader *r)
{
    struct buffer *text = &r->conllu->text;
    uint32_t starts[LIMIT_SENTENCE_TOKENS];
    if (!r->word_count)
        return r->surface_count ? fail(r, ISG_FORMAT, "a range without words") : ISG_OK;
    if (r->range_end > r->word_count)
        return fail(r, ISG_FORMAT, "the range of a multiword token goes beyond the sentence");
    if (r->source->annotations && !is_tree(r))
        return fail(r, ISG_FORMAT, "the heads of this sentence are not a tree with one root");
    bool first = r->conllu->count == 0;
    if (!first && r->paragraph)
        buffer_add_string(text, "\n\n");
    else if (!first && r->space_before)
        buffer_add_char(text, ' ');
    uint32_t base = (uint32_t)text->length;
    r->space_before = !first && (r->paragraph || r->space_before);
    if (fits_text(r, starts))
        buffer_add(text, r->text.bytes, r->text.length);
    else
        join_forms(r, starts);
    if (text->length > LIMIT_RECORD_BYTES)
        return fail(r, ISG_LIMIT, "the text is too long");
    place_words(r, starts, base);
    own_lemmas(r);
    struct sentence *s = add_sentence(r);
    struct token *tokens = arena_alloc(r->arena, r->word_count * sizeof *tokens);
    if (!s || !tokens || text->failed)
        return status_nomem(r->error);
    memcpy(tokens, r->words, r->word_count * sizeof *tokens);
    *s = (struct sentence){.tokens = tokens,
                           .count = r->word_count,
                           .start = tokens[0].start,
                           .end = tokens[r->word_count - 1].end,
                           .number = (uint32_t)r->conllu->count - 1,
                           .new_paragraph = first || r->paragraph};
    r->space_before = r->surfaces[r->surface_count - 1].space_after;
    r->word_count = r->surface_count = r->range_end = 0;
    r->paragraph = false;
    r->text = (struct field){NULL, 0};
    return ISG_OK;
}

/* ---- after reading ---- */

/* Forms that are pieces of the text, now that it has its place; flags of words. */
static void finish_tokens(struct conllu *conllu)
{
    for (size_t i = 0; i < conllu->count; i++) {
        struct sentence *s = &conllu->sentences[i];
        for (uint32_t j = 0; j < s->count; j++) {
            struct token *t = &s->tokens[j];
            t->source = (int32_t)j;
            if (!t->form) {
                t->form = conllu->text.bytes + t->start;
                t->form_length = t->end - t->start;
            }
        }
        text_mark_words(s);
    }
}

/* QUOTED and PROTECTED as the scanner sees the text. */
static void mark_spans(struct conllu *conllu)
{
    struct scan scan;
    struct piece piece;
    size_t i = 0;
    uint32_t j = 0;
    scan_init(&scan, conllu->text.bytes, (uint32_t)conllu->text.length);
    while (scan_next(&scan, &piece)) {
        uint32_t flags = piece.flags & PIECE_PROTECTED ? FLAG(PROTECTED) : 0;
        flags |= piece.flags & PIECE_QUOTED ? FLAG(QUOTED) : 0;
        while (i < conllu->count) {
            struct sentence *s = &conllu->sentences[i];
            if (j == s->count) {
                i++;
                j = 0;
                continue;
            }
            if (s->tokens[j].start >= piece.end)
                break;
            s->tokens[j].flags |= flags;
            if (s->tokens[j].end > piece.end)
                break;
            j++;
        }
    }
}

static isg_status read_all(struct reader *r)
{
    struct field line;
    isg_status status = ISG_OK;
    while (!status && next_line(r, &line)) {
        if (!line.length)
            status = end_sentence(r);
        else if (*line.bytes == '#')
            read_comment(r, line);
        else
            status = read_token(r, line);
    }
    return status ? status : end_sentence(r);
}

isg_status conllu_read(const struct conllu_source *source, struct arena *arena,
                       struct conllu *conllu, isg_error *error)
{
    *conllu = (struct conllu){.count = 0};
    buffer_init(&conllu->text);
    struct reader *reader = arena_calloc(arena, 1, sizeof *reader);
    if (!reader)
        return status_nomem(error);
    reader->source = source;
    reader->arena = arena;
    reader->conllu = conllu;
    reader->error = error;
    isg_status status = read_all(reader);
    if (!status && arena->failed)
        status = status_nomem(error);
    if (status) {
        conllu_clear(conllu);
        return status;
    }
    if (conllu->count) {
        finish_tokens(conllu);
        mark_spans(conllu);
    }
    return ISG_OK;
}

void conllu_clear(struct conllu *conllu)
{
    buffer_clear(&conllu->text);
    conllu->sentences = NULL;
    conllu->count = 0;
}

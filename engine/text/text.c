/* text.c -- the walk over sentences: takes pieces from the scanner until a sentence ends, and makes
 * them tokens with flags. It holds only the present sentence and TEXT_LOOKAHEAD pieces more,
 * however long the text.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "text/text.h"

#include <string.h>

#include "text/boundary.h"
#include "text/chars.h"
#include "text/protect.h"
#include "text/words.h"

void text_cursor_init(struct text_cursor *cursor, const char *text, size_t length,
                      const struct protect *protect, bool keep_quotes)
{
    memset(cursor, 0, sizeof *cursor);
    if (length > UINT32_MAX)
        length = UINT32_MAX;
    cursor->text = text;
    cursor->length = length;
    cursor->protect = protect;
    cursor->keep_quotes = keep_quotes;
    scan_init(&cursor->scan, text, (uint32_t)length);
}

/* ---- pieces of a sentence ---- */

static void fill_queue(struct text_cursor *cursor)
{
    while (cursor->queued < TEXT_LOOKAHEAD
           && scan_next(&cursor->scan, &cursor->queue[cursor->queued]))
        cursor->queued++;
}

static unsigned part_count(const struct piece *piece)
{
    unsigned count = 1;
    while (count <= PIECE_CUTS && piece->cut[count - 1])
        count++;
    return count;
}

/* The last piece is U.S. or etc.: its full stop ends the sentence and is a token of its own. */
static unsigned split_stop(const char *text, struct piece *pieces, unsigned count)
{
    struct piece *last = &pieces[count - 1];
    bool abbreviation = last->kind == PIECE_ABBREVIATION || last->kind == PIECE_INITIAL;
    if (!abbreviation || text[last->end - 1] != '.' || last->end - last->start < 2)
        return count;
    pieces[count] = *last;
    pieces[count].start = --last->end;
    pieces[count].kind = PIECE_STOP;
    pieces[count].gap = GAP_NONE;
    memset(pieces[count].cut, 0, sizeof pieces[count].cut);
    return count + 1;
}

/* Takes the pieces of one sentence; *tokens is how many tokens they make. */
static unsigned take_pieces(struct text_cursor *cursor, struct piece *pieces, unsigned *tokens)
{
    unsigned count = 0;
    int depth = 0;
    *tokens = 0;
    for (;;) {
        fill_queue(cursor);
        if (!cursor->queued)
            break;
        unsigned parts = part_count(&cursor->queue[0]);
        if (*tokens + parts >= LIMIT_SENTENCE_TOKENS)
            break;
        struct boundary here = {cursor->text, pieces, count, cursor->queue, cursor->queued, depth};
        if (count && boundary_here(&here))
            break;
        pieces[count++] = cursor->queue[0];
        depth += (cursor->queue[0].kind == PIECE_OPEN) - (cursor->queue[0].kind == PIECE_CLOSE);
        *tokens += parts;
        cursor->queued--;
        memmove(cursor->queue, cursor->queue + 1, cursor->queued * sizeof *cursor->queue);
    }
    if (!count)
        return 0;
    unsigned with_stop = split_stop(cursor->text, pieces, count);
    *tokens += with_stop - count;
    return with_stop;
}

/* ---- tokens ---- */

static uint32_t piece_flags(const struct text_cursor *cursor, const struct piece *piece)
{
    uint32_t flags = 0;
    if (piece->flags & PIECE_PROTECTED)
        flags |= FLAG(PROTECTED);
    if (piece->flags & PIECE_QUOTED)
        flags |= cursor->keep_quotes ? FLAG(QUOTED) | FLAG(PROTECTED) : FLAG(QUOTED);
    return flags;
}

bool text_is_clitic(const struct token *tokens, unsigned i)
{
    return i > 0 || apostrophe_length(tokens->form, 0, tokens->form_length) > 0;
}

static unsigned make_tokens(const struct text_cursor *cursor, const struct piece *piece,
                            struct token *tokens)
{
    unsigned parts = part_count(piece);
    for (unsigned i = 0; i < parts; i++) {
        struct token *t = &tokens[i];
        *t = (struct token){.upos = UPOS_NONE, .xpos = XPOS_NONE, .deprel = REL_NONE, .head = -1};
        t->start = i ? piece->start + piece->cut[i - 1] : piece->start;
        t->end = i + 1 < parts ? piece->start + piece->cut[i] : piece->end;
        t->form = cursor->text + t->start;
        t->form_length = t->end - t->start;
        t->flags = piece_flags(cursor, piece);
        t->space_before = !i && piece->gap != GAP_NONE;
        t->mwt = (uint8_t)(!i && parts > 1 ? parts : 0);
        if (parts > 1 && text_is_clitic(tokens, i))
            t->flags |= FLAG(CONTRACTED);
    }
    return parts;
}

static bool is_word(const struct token *token)
{
    size_t p = 0;
    while (p < token->form_length)
        if (char_next(token->form, &p, token->form_length) & CHAR_ALNUM)
            return true;
    return false;
}

static void mark_edges(struct sentence *sentence)
{
    uint32_t i = 0, n = sentence->count;
    while (i < n && !is_word(&sentence->tokens[i]))
        i++;
    if (i == n)
        return;
    sentence->tokens[i].flags |= FLAG(FIRST);
    while (!is_word(&sentence->tokens[n - 1]))
        n--;
    sentence->tokens[n - 1].flags |= FLAG(LAST);
}

/* A heading: no final full stop, at least two words with a capital besides small ones, and at most
 * one in ten without. */
static void mark_title(struct sentence *sentence)
{
    uint32_t capital = 0, lower = 0;
    const struct token *last = &sentence->tokens[sentence->count - 1];
    if (last->form_length == 1 && *last->form == '.')
        return;
    for (uint32_t i = 0; i < sentence->count; i++) {
        const struct token *t = &sentence->tokens[i];
        unsigned bits = char_peek(t->form, 0, t->form_length);
        if (!(bits & CHAR_LETTER) || t->flags & (FLAG(PROTECTED) | FLAG(CONTRACTED)))
            continue;
        if (bits & CHAR_UPPER)
            capital++;
        else if (!word_is_function(t->form, t->form_length))
            lower++;
    }
    if (capital < 2 || lower * 10 > capital)
        return;
    for (uint32_t i = 0; i < sentence->count; i++)
        sentence->tokens[i].flags |= FLAG(TITLE);
}

void text_mark_words(struct sentence *sentence)
{
    mark_edges(sentence);
    if (sentence->count)
        mark_title(sentence);
}

bool text_next(struct text_cursor *cursor, struct arena *arena, struct sentence *sentence)
{
    struct piece pieces[LIMIT_SENTENCE_TOKENS + 1];
    unsigned tokens, count = take_pieces(cursor, pieces, &tokens);
    memset(sentence, 0, sizeof *sentence);
    if (!count)
        return false;
    sentence->tokens = arena_alloc(arena, tokens * sizeof *sentence->tokens);
    if (!sentence->tokens)
        return false;
    for (unsigned i = 0; i < count; i++)
        sentence->count += make_tokens(cursor, &pieces[i], sentence->tokens + sentence->count);
    for (uint32_t i = 0; i < sentence->count; i++)
        sentence->tokens[i].source = (int32_t)i;
    sentence->start = pieces[0].start;
    sentence->end = pieces[count - 1].end;
    sentence->number = cursor->sentences++;
    sentence->new_paragraph = pieces[0].gap == GAP_PARAGRAPH;
    text_mark_words(sentence);
    cursor->position = sentence->end;
    return protect_mark(cursor, sentence) || (arena->failed = true, false);
}

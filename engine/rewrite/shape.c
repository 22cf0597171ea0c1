/* shape.c -- capitals that a word takes over from the one in whose place it comes. Those that
 * belong to a place (the start of a sentence) are repair.c's.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <string.h>

#include "rewrite/rewriter.h"

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

/* All letters capitals, and at least two of them; a shape a replacement takes over. */
static bool is_shouted(const struct token *x)
{
    uint32_t capitals = 0;
    for (uint32_t i = 0; i < x->form_length; i++) {
        if (is_letter(x->form[i]) && !is_upper(x->form[i]))
            return false;
        capitals += is_upper(x->form[i]);
    }
    return capitals >= 2;
}

/* Whether a one-letter word ("I") stands among shouted ones. */
static bool is_among_shouted(const struct sentence *s, int32_t place, const struct token *x)
{
    if (x->form_length != 1 || !is_upper(x->form[0]))
        return false;
    bool before = place > 0 && is_shouted(&s->tokens[place - 1]);
    bool after = place + 1 < (int32_t)s->count && is_shouted(&s->tokens[place + 1]);
    return before && (after || place + 2 >= (int32_t)s->count);
}

const char *shape_text(struct arena *arena, const struct sentence *s, int32_t place,
                       const struct new_word *w, const struct token *old)
{
    bool shouted = is_shouted(old) || is_among_shouted(s, place, old);
    bool inflected = w->lemma_length == old->lemma_length &&
                     memcmp(w->lemma, old->lemma, w->lemma_length) == 0;
    bool title = !shouted && old->form_length > 1 && is_upper(old->form[0]) &&
                 !(old->flags & FLAG(FIRST)) && (inflected || (old->flags & FLAG(TITLE)));
    if (!shouted && !title)
        return w->text;
    char *text = arena_strndup(arena, w->text, w->length);
    for (uint32_t i = 0; text && i < (shouted ? w->length : 1); i++)
        if (text[i] >= 'a' && text[i] <= 'z')
            text[i] = (char)(text[i] - 32);
    return text ? text : w->text;
}

static bool has_letters(const struct token *x)
{
    for (uint32_t i = 0; i < x->form_length; i++)
        if (is_letter(x->form[i]))
            return true;
    return false;
}

bool shape_is_lone(const struct sentence *s, int32_t place, bool after)
{
    if (!is_shouted(&s->tokens[place]))
        return false;
    int32_t left = after ? place : place - 1, right = left + 1, n = (int32_t)s->count;
    while (left >= 0 && !has_letters(&s->tokens[left]))
        left--;
    while (right < n && !has_letters(&s->tokens[right]))
        right++;
    return (left >= 0 && !is_shouted(&s->tokens[left])) ||
           (right < n && !is_shouted(&s->tokens[right]));
}

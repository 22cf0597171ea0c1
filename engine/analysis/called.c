/* called.c -- who is spoken to: "They've sold the farm, Mrs. Hall," he said. The parser takes a
 * name at the end of what is said for an apposition, an object or one more member of a list. Behind
 * a comma, with a title and the end of the sentence after it, it names a person beside the clause,
 * unless what it would explain is a person. Runs once per sentence, after lemmas and classes;
 * changes heads and relations only, and never makes a cycle.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "analysis/lexicon_lookup.h"

#include <string.h>

enum { NAME_TOKENS = 4 };

static bool is_mark(const struct token *t, char mark)
{
    return t->form_length == 1 && t->form[0] == mark;
}

static bool is_title(const struct token *t)
{
    static const char *const titles[] = {"mr", "mr.", "mrs", "mrs.", "ms", "ms.", "dr", "dr.",
                                         "fr.", "prof.", "miss", "sir", "madam"};
    struct lex_key key;
    if (t->upos != UPOS_PROPN && t->upos != UPOS_NOUN)
        return false;
    lex_fold(t->form, t->form_length, &key);
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++)
        if (key.length == strlen(titles[i]) && memcmp(key.bytes, titles[i], key.length) == 0)
            return key.first_upper;
    return false;
}

/* Does the speech end before this token: a full stop, a closing quotation mark? */
static bool ends_speech(const struct sentence *s, int32_t i)
{
    if (i >= (int32_t)s->count)
        return true;
    const struct token *t = &s->tokens[i];
    if (is_mark(t, '.') || is_mark(t, '!') || is_mark(t, '?') || t->xpos == XPOS_CLOSEQ)
        return true;
    return is_mark(t, ',') && i + 1 < (int32_t)s->count &&
           s->tokens[i + 1].xpos == XPOS_CLOSEQ;
}

/* The word of a name that hangs outside of it; -1: there are several, or one hangs on it. */
static int32_t name_head(const struct sentence *s, int32_t from, int32_t to)
{
    int32_t found = -1;
    for (int32_t i = from; i < to; i++) {
        int32_t head = s->tokens[i].head;
        if (s->tokens[i].upos != UPOS_PROPN && i > from)
            return -1;
        if (head >= from && head < to)
            continue;
        if (found >= 0)
            return -1;
        found = i;
    }
    return found;
}

/* The predicate that a word belongs to; -1: it is one itself. */
static int32_t predicate_of(const struct sentence *s, int32_t word)
{
    int32_t at = s->tokens[word].head;
    for (uint32_t step = 0; at >= 0 && step < s->count; step++) {
        const struct token *t = &s->tokens[at];
        if (t->head < 0 || t->deprel == REL_CCOMP || t->deprel == REL_PARATAXIS ||
            (t->deprel == REL_CONJ && t->upos == UPOS_VERB))
            return at;
        at = t->head;
    }
    return -1;
}

static bool is_person(const struct token *t)
{
    return t->upos == UPOS_PROPN ||
           (t->classes & (CLASS(PERSON) | CLASS(MALE) | CLASS(FEMALE))) != 0;
}

/* Whether the name says more about a person named before it, or lists one more. */
static bool is_explained(const struct sentence *s, int32_t name)
{
    const struct token *t = &s->tokens[name];
    for (int32_t i = 0; i < (int32_t)s->count; i++)
        if (s->tokens[i].head == name &&
            (s->tokens[i].deprel == REL_CC || s->tokens[i].deprel == REL_CASE))
            return true;
    return (t->deprel == REL_APPOS || t->deprel == REL_CONJ) && is_person(&s->tokens[t->head]);
}

static void settle_called(struct sentence *s, int32_t comma)
{
    int32_t from = comma + 1, to = from + 1;
    while (to < (int32_t)s->count && to < from + NAME_TOKENS &&
           s->tokens[to].upos == UPOS_PROPN)
        to++;
    if (!ends_speech(s, to))
        return;
    int32_t name = name_head(s, from, to);
    if (name < 0 || s->tokens[name].head < 0 || s->tokens[name].head > comma ||
        is_explained(s, name))
        return;
    int32_t predicate = predicate_of(s, name);
    if (predicate < 0 || predicate > comma)
        return;
    s->tokens[name].head = predicate;
    s->tokens[name].deprel = REL_VOCATIVE;
    s->tokens[comma].head = name;
}

/* Although I'm old, Mr. Hall, I can dance: one verb has no two subjects side by side. */
static void settle_second(struct sentence *s, int32_t title)
{
    int32_t to = title + 1, count = (int32_t)s->count;
    while (to < count && to < title + NAME_TOKENS && s->tokens[to].upos == UPOS_PROPN)
        to++;
    if (to + 1 >= count || !is_mark(&s->tokens[to], ',') || s->tokens[to + 1].xpos != XPOS_PRP)
        return;
    int32_t name = name_head(s, title, to);
    if (name < 0 || s->tokens[name].deprel != REL_NSUBJ || s->tokens[to + 1].deprel != REL_NSUBJ ||
        s->tokens[name].head != s->tokens[to + 1].head)
        return;
    s->tokens[name].deprel = REL_VOCATIVE;
}

/* For Mrs. Hall: what stands before the title belongs to the name, of which the title is a part. */
static void settle_title(struct sentence *s, int32_t title)
{
    struct token *name = &s->tokens[s->tokens[title].head];
    for (int32_t i = title > NAME_TOKENS ? title - NAME_TOKENS : 0; i < title; i++) {
        struct token *t = &s->tokens[i];
        if (t->head != title || (t->deprel != REL_CASE && t->deprel != REL_CC))
            continue;
        t->head = s->tokens[title].head;
        if (t->deprel == REL_CASE && name->deprel == REL_APPOS)
            name->deprel = REL_NMOD;
    }
}

void lex_settle_called(struct sentence *sentence)
{
    for (int32_t i = 1; i + 1 < (int32_t)sentence->count; i++) {
        const struct token *t = &sentence->tokens[i];
        if (is_title(t) && t->head > i && t->upos == UPOS_PROPN &&
            (t->deprel == REL_NMOD_DESC || t->deprel == REL_COMPOUND) &&
            sentence->tokens[t->head].upos == UPOS_PROPN)
            settle_title(sentence, i);
        if (is_title(t))
            settle_second(sentence, i);
        if (is_mark(&sentence->tokens[i], ',') && is_title(&sentence->tokens[i + 1]))
            settle_called(sentence, i);
    }
}

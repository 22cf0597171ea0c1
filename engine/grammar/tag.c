/* tag.c -- tag questions ("You rang him, didn't you?"), found by their surface shape and by
 * agreement with what stands before them, because no relation of the tree is weaker. At most one
 * a sentence, the last. It works on words and tags only: groups and clauses are built after it.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "grammar/objects.h"

#include <string.h>

struct tag {
    int32_t aux, neg, pronoun, start;
};

static bool is_mark(const struct grammar *g, int32_t token, const char *marks)
{
    const struct token *t = token_at(g, token);
    return t->form_length == 1 && strchr(marks, t->form[0]) != NULL;
}

static bool is_dash(const struct grammar *g, int32_t token)
{
    const struct token *t = token_at(g, token);
    return is_punct(g, token) &&
           (is_mark(g, token, ",-;") || form_is(t, "--") || form_is(t, "...") ||
            (t->form_length == 3 && memcmp(t->form, "\xe2\x80", 2) == 0));
}

static const struct aux_form *finite_aux(const struct grammar *g, int32_t token)
{
    char folded[FOLD_SIZE];
    const struct token *t = token_at(g, token);
    if (t->upos != UPOS_AUX && t->upos != UPOS_VERB)
        return NULL;
    token_fold(t, folded);
    const struct aux_form *form = aux_form_find(folded);
    return form && form->place == FORM_FIN && !form->clitic && strcmp(form->lemma, "get") != 0
               ? form : NULL;
}

static bool is_pronoun(struct grammar *g, int32_t token)
{
    const struct token *t = token_at(g, token);
    uint32_t bits = word_at(g, token)->bits;
    return (t->upos == UPOS_PRON && (bits & (WORD_PERSONAL | WORD_NOMINATIVE))) ||
           form_is(t, "there") || form_is(t, "one");
}

/* AUX n't? PRON not? that ends with token last. */
static bool shape_before(struct grammar *g, int32_t last, struct tag *tag)
{
    int32_t at = last;
    tag->neg = -1;
    if (at >= 2 && form_is(token_at(g, at), "not"))
        tag->neg = at--;
    if (at < 1 || !is_pronoun(g, at))
        return false;
    tag->pronoun = at--;
    if (at >= 1 && (word_at(g, at)->bits & WORD_NOT) && is_glued(g, at)) {
        if (tag->neg >= 0)
            return false;
        tag->neg = at--;
    }
    if (!finite_aux(g, at))
        return false;
    tag->aux = tag->start = at;
    return at > 0;
}

/* Is there, before the tag, a finite verb that its auxiliary stands for? */
static bool verb_agrees(struct grammar *g, const struct tag *tag, int32_t from)
{
    const struct aux_form *aux = finite_aux(g, tag->aux);
    bool is_do = strcmp(aux->lemma, "do") == 0;
    bool request = form_is(token_at(g, tag->pronoun), "you") && aux->modal;
    for (int32_t i = from; i < tag->start; i++) {
        const struct token *t = token_at(g, i);
        char folded[FOLD_SIZE];
        if (t->upos != UPOS_AUX && t->upos != UPOS_VERB)
            continue;
        token_fold(t, folded);
        const struct aux_form *other = aux_form_find(folded);
        bool clitic_s = other && other->clitic && strcmp(other->form, "'s") == 0 &&
                        (strcmp(aux->lemma, "have") == 0 || strcmp(aux->lemma, "be") == 0);
        bool clitic_d = other && other->clitic && strcmp(other->form, "'d") == 0 &&
                        (strcmp(aux->lemma, "would") == 0 || strcmp(aux->lemma, "have") == 0);
        if (clitic_s || clitic_d || (other && strcmp(other->lemma, aux->lemma) == 0))
            return true;
        if (is_do && (aux->tense == VALUE_PAST ? t->xpos == XPOS_VBD
                                               : t->xpos == XPOS_VBZ || t->xpos == XPOS_VBP))
            return true;
        if (t->xpos == XPOS_VB && request && i == from)
            return true;
        if (lemma_is(t, "let") && strcmp(aux->lemma, "shall") == 0)
            return true;
    }
    return false;
}

/* I, you and we must have been named; the third person may stand for anything. */
static bool pronoun_agrees(struct grammar *g, const struct tag *tag, int32_t from)
{
    const struct word *pronoun = word_at(g, tag->pronoun);
    bool third = (pronoun->bits & (WORD_MASC | WORD_FEM | WORD_NEUT)) ||
                 form_is(token_at(g, tag->pronoun), "they") || !pronoun->bits ||
                 form_is(token_at(g, tag->pronoun), "there");
    bool modal = finite_aux(g, tag->aux)->modal;
    if (third || modal)
        return true;
    for (int32_t i = from; i < tag->start; i++)
        if (word_at(g, i)->text == pronoun->text ||
            (form_is(token_at(g, tag->pronoun), "we") && form_is(token_at(g, i), "us")) ||
            ((pronoun->bits & WORD_SECOND) && (word_at(g, i)->bits & WORD_SECOND)))
            return true;
    return form_is(token_at(g, tag->pronoun), "we");
}

/* Where the sentence that the tag closes begins. */
static int32_t stretch_start(const struct grammar *g, int32_t before)
{
    int32_t at = before;
    while (at > 0 && !is_mark(g, at - 1, "?!.;\"") && !(token_at(g, at - 1)->xpos == XPOS_OPENQ))
        at--;
    return at;
}

/* Before a name or noun that calls someone: did you, Tom? */
static int32_t skip_address(const struct grammar *g, int32_t last)
{
    int32_t at = last;
    while (at > 0 && last - at < 2 &&
           (token_at(g, at)->upos == UPOS_PROPN || token_at(g, at)->upos == UPOS_NOUN ||
            token_at(g, at)->upos == UPOS_INTJ))
        at--;
    return at < last && at > 0 && is_mark(g, at, ",") ? at - 1 : last;
}

static bool is_tag(struct grammar *g, int32_t last, struct tag *tag)
{
    if (!shape_before(g, last, tag))
        return false;
    int32_t before = tag->start - 1;
    bool marked = is_dash(g, before);
    int32_t from = stretch_start(g, before);
    if (from >= before)
        return false;
    if (!marked && (tag->neg < 0 || word_at(g, before)->bits & (WORD_WH | WORD_AND | WORD_OR)))
        return false;
    return verb_agrees(g, tag, from) && pronoun_agrees(g, tag, from);
}

void tag_find(struct grammar *grammar)
{
    struct grammar_extra *x = grammar->extra;
    if (x->tag_asked)
        return;
    x->tag_asked = true;
    bool open = true; /* nothing but punctuation follows */
    for (int32_t i = (int32_t)grammar->sentence->count - 1; i >= 3; i--) {
        struct tag tag;
        bool question = is_mark(grammar, i, "?");
        bool here = question || (open && !is_punct(grammar, i));
        open = open && is_punct(grammar, i);
        int32_t last = here ? skip_address(grammar, question ? i - 1 : i) : 0;
        if (here && is_tag(grammar, last, &tag)) {
            x->tag_aux = tag.aux;
            x->tag_neg = tag.neg;
            x->tag_pronoun = tag.pronoun;
            return;
        }
    }
}

bool in_tag(struct grammar *grammar, int32_t token)
{
    const struct grammar_extra *x = grammar->extra;
    tag_find(grammar);
    return token >= 0 && x->tag_aux >= 0 &&
           (token == x->tag_aux || token == x->tag_neg || token == x->tag_pronoun);
}

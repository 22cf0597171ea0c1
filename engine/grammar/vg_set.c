/* vg_set.c -- what rules may ask of a verb group: its attributes, setting one, and rewriting its
 * links. Only the present state changes; vg_render.c turns it into edits.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "grammar/objects.h"

#include <string.h>

static bool is_lemma(const struct vg_link *link, const char *lemma)
{
    return link->lemma_length == strlen(lemma) &&
           memcmp(link->lemma, lemma, link->lemma_length) == 0;
}

/* Is there a link of this lemma that asks this form of the next? */
static bool asks(const struct vg_state *s, const char *lemma, enum form form)
{
    for (size_t i = 0; i + 1 < s->count; i++)
        if (is_lemma(&s->links[i], lemma) && s->links[i + 1].form == form)
            return true;
    return false;
}

static struct attr_value neg_attr(const struct vg_state *s)
{
    struct attr_value value = number_attr(s->neg);
    value.word = s->neg == VALUE_WORD ? s->neg_word : s->neg == VALUE_NT ? "n't"
               : s->neg == VALUE_NOT ? "not" : NULL;
    value.length = s->neg == VALUE_WORD ? s->neg_length : value.word ? 3 : 0;
    return value;
}

static struct attr_value modal_attr(const struct vg_state *s)
{
    struct attr_value value = number_attr(0);
    if (s->count && s->links[0].modal) {
        value.number = 1;
        value.word = s->links[0].lemma;
        value.length = s->links[0].lemma_length;
    }
    return value;
}

struct attr_value vg_attr(struct grammar *grammar, int32_t number, enum attr attr)
{
    const struct vg_object *vg = vg_at(grammar, number);
    if (!vg)
        return number_attr(0);
    const struct vg_state *s = &vg->now;
    switch (attr) {
    case ATTR_FORM: return number_attr(s->form);
    case ATTR_TENSE: return number_attr(s->tense);
    case ATTR_PERF: return number_attr(asks(s, "have", FORM_PP));
    case ATTR_PROG: return number_attr(asks(s, "be", FORM_ING));
    case ATTR_PASS: return number_attr(asks(s, "be", FORM_PP) || asks(s, "get", FORM_PP));
    case ATTR_DO: return number_attr(needs_do(s));
    case ATTR_MODAL: return modal_attr(s);
    case ATTR_NEG: return neg_attr(s);
    case ATTR_INV: return number_attr(s->inv);
    case ATTR_COPULAR: return number_attr(vg->copular);
    case ATTR_CONTR: return number_attr(vg->contracted);
    case ATTR_STRANDED: return number_attr(s->stranded);
    case ATTR_AGREE: return number_attr(s->agree);
    case ATTR_SOUND: return number_attr(vg->sound);
    case ATTR_FINITE: return number_attr(s->finite);
    default: return number_attr(0);
    }
}

bool vg_insert_link(struct vg_state *state, size_t place, const char *lemma, bool modal)
{
    if (state->count == LIMIT_LINKS || place > state->count)
        return false;
    memmove(&state->links[place + 1], &state->links[place],
            (state->count - place) * sizeof *state->links);
    state->count++;
    for (size_t i = 0; i < state->text_count; i++)
        if (state->texts[i].before >= place)
            state->texts[i].before++;
    struct vg_link *link = &state->links[place];
    link->lemma = lemma;
    link->lemma_length = (uint16_t)strlen(lemma);
    link->modal = modal;
    link->frozen = link->doubled = false;
    link->token = -1;
    link->form = place < state->count - 1u ? state->links[place + 1].form : FORM_FIN;
    return true;
}

static void remove_link(struct vg_state *s, size_t place)
{
    if (place + 1 < s->count)
        s->links[place + 1].form = s->links[place].form;
    memmove(&s->links[place], &s->links[place + 1], (s->count - place - 1u) * sizeof *s->links);
    s->count--;
    for (size_t i = 0; i < s->text_count; i++)
        if (s->texts[i].before > place)
            s->texts[i].before--;
}

/* Adds or removes the link that asks form of the next (have: pp, be: ing). */
static bool set_aspect(struct vg_state *s, const char *lemma, enum form form, bool on)
{
    if (asks(s, lemma, form) == on)
        return true;
    size_t place = 0;
    if (!on) {
        while (!(is_lemma(&s->links[place], lemma) && s->links[place + 1].form == form))
            place++;
        remove_link(s, place);
        return true;
    }
    while (place + 1 < s->count &&
           (s->links[place].modal || (form == FORM_ING && is_lemma(&s->links[place], "have"))))
        place++;
    if (!vg_insert_link(s, place, lemma, false))
        return false;
    s->links[place + 1].form = (uint8_t)form;
    return true;
}

static bool set_modal(struct vg_state *s, enum value_id value, const char *word, size_t length)
{
    bool has = s->count && s->links[0].modal;
    if (s->form != VALUE_FIN)
        return false;
    if (value == VALUE_NO || value == VALUE_NONE) {
        if (!has)
            return true;
        if (s->count < 2)
            return false;
        remove_link(s, 0);
        s->tense = VALUE_PRES;
        return true;
    }
    if (!word || length > UINT16_MAX)
        return false;
    if (!has) {
        if (!vg_insert_link(s, 0, "", true))
            return false;
        s->links[1].form = FORM_BASE;
        s->tense = VALUE_NONE;
        s->main_operator = false;
    }
    s->links[0].lemma = word;
    s->links[0].lemma_length = (uint16_t)length;
    return true;
}

static bool set_neg(const struct vg_object *vg, struct vg_state *s, enum value_id value,
                    const char *word, size_t length)
{
    bool finite = s->form == VALUE_FIN || s->form == VALUE_IMP;
    if (value == VALUE_WORD) {
        if (!word || s->form != VALUE_FIN || s->links[0].modal || vg->fin < 0 ||
            s->links[0].form != FORM_FIN)
            return false;
        s->neg_word = word;
        s->neg_length = length;
    } else if (value != VALUE_NO && value != VALUE_NOT && (value != VALUE_NT || !finite)) {
        return false;
    }
    if (finite && s->links[0].form != FORM_FIN && value != VALUE_NO)
        return false;
    s->neg = (uint8_t)value;
    return true;
}

static bool set_inversion(const struct vg_object *vg, struct vg_state *s, enum value_id value)
{
    bool on = value == VALUE_YES;
    if (s->form != VALUE_FIN || !vg->own_subject || !vg->sound || s->links[0].form != FORM_FIN)
        return false;
    if (s->inv != on)
        s->whole = false;
    s->inv = on;
    return true;
}

static bool set_finite(const struct vg_object *vg, struct vg_state *s, enum value_id value)
{
    if (value == VALUE_ZERO && (s->form != VALUE_FIN || s->links[0].modal || s->stranded ||
                                !vg->sound || (!is_operator(s) && !needs_do(s))))
        return false;
    if (value != VALUE_ZERO && value != VALUE_STD)
        return false;
    s->finite = (uint8_t)value;
    return true;
}

static bool set_tense(struct vg_state *s, enum value_id value)
{
    if (s->form != VALUE_FIN || s->tense == VALUE_NONE ||
        (value != VALUE_PRES && value != VALUE_PAST))
        return false;
    s->tense = (uint8_t)value;
    return true;
}

bool vg_set(struct grammar *grammar, int32_t vg_number, enum attr attr, enum value_id value,
            const char *word, size_t length)
{
    struct vg_object *vg = vg_at(grammar, vg_number);
    if (!vg || vg->now.count == 0)
        return false;
    struct vg_state *s = &vg->now;
    bool on = value == VALUE_YES;
    switch (attr) {
    case ATTR_NEG: return set_neg(vg, s, value, word, length);
    case ATTR_INV: return set_inversion(vg, s, value);
    case ATTR_FINITE: return set_finite(vg, s, value);
    case ATTR_TENSE: return set_tense(s, value);
    case ATTR_AGREE:
        if (s->form != VALUE_FIN || (value != VALUE_STD && value != VALUE_ZERO &&
                                     value != VALUE_S && value != VALUE_WAS))
            return false;
        s->agree = (uint8_t)value;
        return true;
    case ATTR_STRANDED:
        s->stranded = on;
        return s->form == VALUE_FIN && vg->sound;
    case ATTR_DO:
        s->emphatic = on;
        return s->form == VALUE_FIN && vg->sound && (!on || !is_operator(s));
    case ATTR_PERF: return vg->sound && set_aspect(s, "have", FORM_PP, on);
    case ATTR_PROG: return vg->sound && set_aspect(s, "be", FORM_ING, on);
    case ATTR_MODAL: return vg->sound && set_modal(s, value, word, length);
    default: return false;
    }
}

struct vg_saved vg_save(struct grammar *grammar, int32_t vg_number)
{
    struct vg_object *vg = vg_at(grammar, vg_number);
    struct vg_state *copy = vg ? arena_alloc(grammar->arena, sizeof *copy) : NULL;
    if (copy)
        *copy = vg->now;
    return (struct vg_saved){copy};
}

void vg_restore(struct grammar *grammar, int32_t vg_number, struct vg_saved saved)
{
    struct vg_object *vg = vg_at(grammar, vg_number);
    if (vg && saved.copy)
        vg->now = *(struct vg_state *)saved.copy;
}

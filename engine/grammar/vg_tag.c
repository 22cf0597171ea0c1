/* vg_tag.c -- a tag question repeats the auxiliary of the verb group before it: have you just
 * eaten, haven't you. When that group gets another auxiliary or tense, the tag goes with it.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "grammar/objects.h"

#include <string.h>

static const struct vg_link do_link = {"do", 2, FORM_FIN, false, false, false, -1};

/* The auxiliary that stands for a finite group; NULL: none is left. */
static const struct vg_link *operator_of(const struct vg_state *s)
{
    if (s->count == 0 || s->form != VALUE_FIN || s->links[0].form != FORM_FIN ||
        s->finite == VALUE_ZERO)
        return NULL;
    return is_operator(s) ? &s->links[0] : &do_link;
}

static bool same_operator(const struct vg_link *a, const struct vg_link *b)
{
    return a->lemma_length == b->lemma_length && memcmp(a->lemma, b->lemma, a->lemma_length) == 0;
}

int32_t vg_tag_of(struct grammar *grammar, int32_t vg_number)
{
    tag_find(grammar);
    int32_t aux = grammar->extra->tag_aux;
    int32_t number = aux >= 0 ? vg_of_token(grammar, aux) : -1;
    const struct vg_object *vg = vg_at(grammar, vg_number), *tag = vg_at(grammar, number);
    if (!vg || !tag || !tag->tag || vg->tag || vg->predicate > aux || tag->as_read.count != 1)
        return -1;
    const struct vg_link *operator = operator_of(&vg->as_read);
    bool same = operator && same_operator(operator, &tag->as_read.links[0]) &&
                vg->as_read.tense == tag->as_read.tense && (vg->agr == tag->agr || !vg->agr);
    return same ? number : -1;
}

bool vg_follow(struct grammar *grammar, int32_t vg_number, int32_t tag_number)
{
    const struct vg_object *vg = vg_at(grammar, vg_number);
    struct vg_object *tag = vg_at(grammar, tag_number);
    const struct vg_link *operator = vg ? operator_of(&vg->now) : NULL;
    if (!operator || !tag || (same_operator(operator, &tag->now.links[0]) &&
                              vg->now.tense == tag->now.tense))
        return false;
    struct vg_link *link = &tag->now.links[0];
    link->lemma = operator->lemma;
    link->lemma_length = operator->lemma_length;
    link->modal = operator->modal;
    tag->now.main_operator = true;
    tag->now.tense = vg->now.tense;
    return true;
}

/* vg_read.c -- reads a verb group's tokens as a state: links with the form each asks, tense,
 * negation, inversion, agreement. The written forms are the evidence; the group is sound only if
 * rendering the state gives the same words back.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "grammar/objects.h"

#include <string.h>

enum { AGR_ANY = AGR_1SG | AGR_3SG | AGR_PL, CLIMB_LIMIT = 16 };

/* Is the token written as this form of its lemma? */
static bool is_form(struct grammar *g, const struct token *t, enum form form)
{
    const char *text;
    size_t length;
    return lexicon_inflect(g->lexicon, g->arena, t->lemma, t->lemma_length, form, &text,
                           &length) &&
           same_form(text, length, t->form, t->form_length);
}

/* The form that a link asks of the next one, given how that is written; FORM_COUNT: none fits. */
static uint8_t asked_form(struct grammar *g, const struct reading *link,
                          const struct token *next, bool to_between)
{
    uint8_t place = place_of_tag(next);
    bool ing = place == FORM_ING;
    if (to_between || link->modal)
        return FORM_BASE;
    if (reads(link, "do"))
        return FORM_BASE;
    if (reads(link, "have"))
        return FORM_PP;
    if (reads(link, "be")) {
        if (ing)
            return FORM_ING;
        bool participle = place == FORM_PP || next->xpos == XPOS_VBD || is_form(g, next, FORM_PP);
        return participle ? FORM_PP : FORM_COUNT;
    }
    if (reads(link, "get"))
        return ing ? FORM_ING : FORM_PP;
    return FORM_COUNT;
}

/* travelling, cancelled: the last letter of the lemma is doubled before the ending. */
static bool doubles_last(const struct token *t)
{
    uint32_t n = t->lemma_length;
    return n > 2 && t->form_length > n + 2 && t->form[n] == t->lemma[n - 1] &&
           same_form(t->form, n, t->lemma, n) && (t->form[n + 1] == 'i' || t->form[n + 1] == 'e');
}

static bool is_frozen(struct grammar *g, int32_t token)
{
    int32_t next = token + 1;
    if (!has_token(g, next) || !is_glued(g, next))
        return false;
    const struct token *t = token_at(g, next);
    return form_is(t, "na") || form_is(t, "ta") || form_is(t, "a");
}

static void fill_link(struct grammar *g, struct vg_link *link, const struct reading *r,
                      uint8_t form, int32_t token)
{
    link->lemma = r->lemma;
    link->lemma_length = (uint16_t)r->lemma_length;
    link->form = form;
    link->modal = r->modal;
    link->token = token;
    link->frozen = is_frozen(g, token);
    link->doubled = doubles_last(token_at(g, token));
}

static bool is_lemma(const struct vg_link *link, const char *lemma)
{
    return link->lemma_length == strlen(lemma) &&
           memcmp(link->lemma, lemma, link->lemma_length) == 0;
}

static void fault(struct vg_object *vg, enum vg_fault fault)
{
    if (vg->broken == FAULT_NONE)
        vg->broken = (uint8_t)fault;
}

/* Fills links after the first, whose reading is given. */
static void read_chain(struct grammar *g, struct vg_object *vg, struct reading r,
                       const int32_t *links, size_t count)
{
    struct vg_state *s = &vg->as_read;
    for (size_t i = 1; i < count; i++) {
        const struct token *t = token_at(g, links[i]);
        bool to_between = vg->to > links[i - 1] && vg->to < links[i];
        uint8_t form = asked_form(g, &r, t, to_between);
        if (r.modal && place_of_tag(t) == FORM_FIN && link_reading(t, NULL).modal)
            form = FORM_FIN; /* might could */
        r = link_reading(t, i + 1 < count ? token_at(g, links[i + 1]) : NULL);
        if (form == FORM_COUNT) {
            fault(vg, FAULT_CHAIN);
            form = FORM_BASE;
        }
        if (t->deprel == REL_AUX_PASS || (i + 1 == count && form == FORM_PP &&
                                          s->links[s->count - 1].lemma_length == 2))
            vg->passive = true;
        fill_link(g, &s->links[s->count++], &r, form, links[i]);
        if (links[i] < links[i - 1])
            fault(vg, FAULT_ORDER);
    }
}

/* not of the group: after the finite verb, or before a non-finite one. */
static bool negates(struct grammar *g, const struct vg_object *vg, int32_t token, int32_t first,
                    int32_t last)
{
    if (!(word_at(g, token)->bits & WORD_NOT) || in_tag(g, token))
        return false;
    bool clitic = is_glued(g, token);
    if (!clitic && has_token(g, token + 1) && (word_at(g, token + 1)->bits & WORD_NOINVERT))
        return false;
    if (token == first + 1 && token_at(g, first)->upos == UPOS_AUX)
        return true;
    if (g->heads[token] != vg->predicate || vg->outer)
        return clitic && token == first + 1;
    return (token > first && token < last) || token == first + 1;
}

static void find_negator(struct grammar *g, struct vg_object *vg, const int32_t *links,
                         size_t count, bool finite)
{
    int32_t first = links[0], last = links[count - 1];
    if (vg->copular && vg->predicate > last)
        last = vg->predicate;
    if (vg->subject_end >= 0 && vg->own_subject && vg->subject_end + 1 > last &&
        vg->subject_start > first)
        last = vg->subject_end + 2;
    if (finite && has_token(g, first + 1) && negates(g, vg, first + 1, first, last)) {
        vg->neg = first + 1;
        return;
    }
    for (int32_t c = g->first_child[vg->predicate]; c >= 0 && vg->neg < 0; c = g->next_sibling[c])
        if (finite && negates(g, vg, c, first, last))
            vg->neg = c;
        else if (!finite && (word_at(g, c)->bits & WORD_NOT) && (c < first || c < last) &&
                 (c + 1 == first || c + 1 == vg->to || c == first + 1 || vg->to == c - 1))
            vg->neg = c;
}

static void read_negator(struct grammar *g, struct vg_object *vg)
{
    struct vg_state *s = &vg->as_read;
    s->neg = VALUE_NO;
    if (vg->neg < 0)
        return;
    s->neg = form_is(token_at(g, vg->neg), "not") ? VALUE_NOT : VALUE_NT;
    if (vg->fin >= 0 && form_is(token_at(g, vg->fin), "ai")) {
        s->neg = VALUE_WORD;
        s->neg_word = "ain't";
        s->neg_length = 5;
    }
}

/* The predicate at the head of a coordination. */
static int32_t chain_top(struct grammar *g, int32_t token)
{
    for (int step = 0; step < CLIMB_LIMIT && rel_of(g, token) == REL_CONJ &&
                       g->heads[token] >= 0; step++)
        token = g->heads[token];
    return token;
}

/* Don't you know her? asks; Don't you dare! and Don't you forget it, will you? command. */
static bool asks_with_do(struct grammar *g, const struct vg_object *vg)
{
    tag_find(g);
    return vg->own_subject && g->extra->tag_aux < 0 && closing_mark(g, vg->predicate) == '?';
}

static bool is_imperative(struct grammar *g, const struct vg_object *vg, bool with_do)
{
    int32_t p = vg->predicate;
    if (vg->outer || vg->to >= 0 || child_with(g, p, REL_BIT(MARK)) >= 0)
        return false;
    if (vg->own_subject && !(with_do && (word_at(g, vg->subject)->bits & WORD_SECOND) &&
                             vg->subject == vg->fin + 2))
        return false;
    if (with_do && asks_with_do(g, vg))
        return false;
    if (rel_of(g, p) == REL_CONJ) {
        int32_t top = chain_top(g, p);
        if (rel_of(g, top) == REL_CONJ)
            return false;
        struct vg_object *head = vg_at(g, vg_of_token(g, top));
        return head && (head->as_read.form == VALUE_IMP || with_do);
    }
    switch (base_rel(g, p)) {
    case REL_ROOT: case REL_PARATAXIS: case REL_LIST: case REL_DEP: case REL_APPOS:
        return true;
    case REL_CCOMP:
        return p < g->heads[p] || token_at(g, p)->flags & FLAG(QUOTED);
    default:
        return g->heads[p] < 0;
    }
}

/* The group of one finite word at the head of the coordination that a verb is in; NULL: none. */
static const struct vg_object *joined_verb(struct grammar *g, const struct vg_object *vg)
{
    int32_t top = chain_top(g, vg->predicate);
    if (rel_of(g, vg->predicate) != REL_CONJ || rel_of(g, top) == REL_CONJ)
        return NULL;
    const struct vg_object *head = vg_at(g, vg_of_token(g, top));
    bool plain = head && head->as_read.form == VALUE_FIN && head->as_read.count == 1 &&
                 head->do_token < 0 && !head->copular;
    return plain && !vg->own_subject ? head : NULL;
}

/* I go and see: a conjunct without auxiliary is as finite as the present it is joined to. */
static bool joins_present(struct grammar *g, const struct vg_object *vg)
{
    const struct vg_object *head = joined_verb(g, vg);
    return head && head->as_read.tense == VALUE_PRES && head->agr != AGR_3SG;
}

/* He hurried, tripped and fell: a past tense among past tenses, though tagged as a participle. */
static bool joins_past(struct grammar *g, const struct vg_object *vg, const struct token *t)
{
    const struct vg_object *head = joined_verb(g, vg);
    return head && head->as_read.tense == VALUE_PAST && is_form(g, t, FORM_PAST);
}

/* A verb tagged as a participle or base that its subject shows to be finite. */
static void mend_first(struct grammar *g, const struct vg_object *vg, struct reading *r,
                       const struct token *t, size_t count)
{
    if (r->place == FORM_BASE && r->auxiliary && count > 1 && reads(r, "do") &&
        vg->subject > t - g->sentence->tokens && asks_with_do(g, vg))
        r->place = FORM_FIN;
    if (vg->tag && r->place == FORM_BASE && !lemma_is(t, "be")) { /* a tag is finite */
        r->place = FORM_FIN;
        r->tense = VALUE_PRES;
    }
    if (vg->to >= 0 || r->auxiliary || count > 1)
        return;
    if (r->place == FORM_BASE && !lemma_is(t, "be") && joins_present(g, vg))
        r->place = FORM_FIN;
    if (r->place == FORM_PP && joins_past(g, vg, t)) {
        r->place = FORM_FIN;
        r->tense = VALUE_PAST;
        r->agr = AGR_ANY;
    }
    if (!vg->own_subject)
        return;
    if (word_at(g, vg->subject)->bits & WORD_ACCUSATIVE)
        return;
    if (r->place == FORM_PP && token_at(g, vg->subject)->deprel != REL_NSUBJ_PASS &&
        is_form(g, t, FORM_PAST)) {
        r->place = FORM_FIN;
        r->tense = VALUE_PAST;
        r->agr = AGR_ANY;
    } else if (r->place == FORM_BASE && !lemma_is(t, "be") && vg->subject < vg->predicate &&
               base_rel(g, vg->predicate) != REL_CCOMP &&
               base_rel(g, vg->predicate) != REL_XCOMP &&
               !(subject_agreement(g, vg->subject) & AGR_3SG)) {
        r->place = FORM_FIN;
    } else if (r->place == FORM_FIN && r->tense == VALUE_PRES && !(r->agr & AGR_3SG) &&
               subject_agreement(g, vg->subject) == AGR_3SG && is_form(g, t, FORM_PAST)) {
        r->tense = VALUE_PAST; /* it cost, he put */
        r->agr = AGR_ANY;
    }
}

/* Which group the form belongs to, from the first link's place. */
static uint8_t group_form(struct grammar *g, struct vg_object *vg, const struct reading *r,
                          const struct token *t)
{
    bool is_do = reads(r, "do");
    bool plain = r->place == FORM_BASE || (r->tense == VALUE_PRES && r->place == FORM_FIN &&
                                           r->agr == (AGR_1SG | AGR_PL) && !r->clitic);
    if (vg->to >= 0 && r->place != FORM_FIN)
        return r->place == FORM_BASE ? VALUE_TO : r->place == FORM_ING ? VALUE_ING : VALUE_PP;
    switch (r->place) {
    case FORM_ING: return VALUE_ING;
    case FORM_PP: return VALUE_PP;
    default: break;
    }
    if (plain && !vg->tag && t->upos != UPOS_X && is_imperative(g, vg, is_do && r->auxiliary) &&
        (r->place == FORM_BASE || t->xpos == XPOS_VB || vg->subject < 0))
        return VALUE_IMP;
    return r->place == FORM_FIN ? VALUE_FIN : VALUE_INF;
}

/* Settles what the finite verb agrees with, from its form first and its subject second. */
static void settle_agreement(struct grammar *g, struct vg_object *vg, const struct reading *r)
{
    struct vg_state *s = &vg->as_read;
    uint8_t written = r->agr ? r->agr : AGR_ANY;
    s->agree = VALUE_STD;
    if (vg->subject < 0) {
        /* No subject: a note or a list; (it) was ..., (I) have ..., (they) are ... */
        bool at_start = vg->fin == 0 || is_punct(g, vg->fin - 1);
        vg->agr = written & AGR_3SG ? AGR_3SG : written & AGR_1SG && at_start ? AGR_1SG
                : written & AGR_PL ? AGR_PL : AGR_1SG;
        return;
    }
    uint8_t subject = subject_agreement(g, vg->subject);
    uint8_t both = subject & written;
    bool certain = (word_at(g, vg->subject)->bits & WORD_PERSONAL) != 0;
    bool am_not = subject == AGR_1SG && written == AGR_PL && r->tense == VALUE_PRES;
    if (both || am_not) {
        uint8_t of = both ? both : subject;
        vg->agr = of & AGR_3SG ? AGR_3SG : of & AGR_PL ? AGR_PL : AGR_1SG;
        if ((word_at(g, vg->subject)->bits & WORD_QUANTITY) && (of & AGR_PL))
            vg->agr = AGR_PL;
        return;
    }
    vg->agr = written & AGR_3SG ? AGR_3SG : AGR_PL;
    if (!certain || (subject != AGR_PL && reads(r, "be") && written == AGR_PL))
        return; /* if he were */
    vg->agr = subject;
    if (r->tense == VALUE_PAST)
        s->agree = VALUE_WAS;
    else
        s->agree = subject == AGR_3SG ? VALUE_ZERO : VALUE_S;
}

static bool all_upper(struct grammar *g, const struct vg_object *vg)
{
    size_t letters = 0;
    for (size_t i = 0; i < vg->as_read.count; i++) {
        const struct token *t = token_at(g, vg->as_read.links[i].token);
        for (size_t k = 0; k < t->form_length; k++) {
            if (t->form[k] >= 'a' && t->form[k] <= 'z')
                return false;
            letters += t->form[k] >= 'A' && t->form[k] <= 'Z';
        }
    }
    return letters > 1 || (letters == 1 && vg->contracted);
}

/* Leaves out of the subject what stands on the other side of the verb: a man came who ... */
static void clip_subject(struct grammar *g, struct vg_object *vg)
{
    int32_t fin = vg->fin;
    if (fin < vg->subject_start || fin > vg->subject_end)
        return;
    vg->subject_start = vg->subject_end = vg->subject;
    for (int32_t c = g->first_child[vg->subject]; c >= 0; c = g->next_sibling[c]) {
        if ((c < fin) != (vg->subject < fin) || is_punct(g, c))
            continue;
        int32_t a = g->subtree_start[c], b = g->subtree_end[c];
        if ((a < fin) != (b < fin))
            a = b = c;
        vg->subject_start = a < vg->subject_start ? a : vg->subject_start;
        vg->subject_end = b > vg->subject_end ? b : vg->subject_end;
    }
}

/* Whether the finite verb stands before the subject, and whether all of the group does. */
static void read_inversion(struct grammar *g, struct vg_object *vg)
{
    struct vg_state *s = &vg->as_read;
    if (vg->fin < 0 || !vg->own_subject || (s->form != VALUE_FIN && s->form != VALUE_IMP))
        return;
    clip_subject(g, vg);
    s->inv = vg->fin < vg->subject_start;
    int32_t last = s->links[s->count - 1].token;
    bool lexical = last == vg->fin && !vg->copular && token_at(g, last)->upos == UPOS_VERB &&
                   !is_lemma(&s->links[0], "be");
    s->whole = s->inv && (lexical || (s->count > 1 && last < vg->subject_start));
    if (lexical && s->inv && is_lemma(&s->links[0], "have")) {
        s->main_operator = true;
        s->whole = false;
    }
}

static void check_tokens(struct grammar *g, struct vg_object *vg)
{
    for (size_t i = 0; i < vg->as_read.count; i++) {
        int32_t token = vg->as_read.links[i].token;
        const struct token *t = token_at(g, token);
        if (t->deprel == REL_GOESWITH || child_with(g, token, REL_BIT(GOESWITH)) >= 0)
            fault(vg, FAULT_GOESWITH);
        if (t->upos != UPOS_VERB && t->upos != UPOS_AUX && place_of_tag(t) == FORM_COUNT)
            fault(vg, FAULT_LINKS);
        if (vg->tag && (t->upos != UPOS_AUX && t->upos != UPOS_VERB))
            fault(vg, FAULT_LINKS);
        if (i > 0 && place_of_tag(t) == FORM_FIN && t->xpos != XPOS_VBD && t->xpos != XPOS_VBP &&
            !vg->as_read.links[i].modal)
            fault(vg, FAULT_FINITE);
    }
}

/* A conjunct that leans on the auxiliaries or the "to" of the first one. */
static bool leans(struct grammar *g, const struct vg_object *vg)
{
    uint8_t form = vg->as_read.form;
    if (rel_of(g, vg->predicate) != REL_CONJ || vg->outer || vg->as_read.count != 1 ||
        (form != VALUE_PP && form != VALUE_INF && form != VALUE_ING))
        return false;
    int32_t top = chain_top(g, vg->predicate);
    struct vg_object *head = rel_of(g, top) == REL_CONJ ? NULL : vg_at(g, vg_of_token(g, top));
    return head && (head->as_read.count > 1 || head->do_token >= 0 || head->to >= 0);
}

/* Another spelling of the form a place asks (gotten, dreamt, travelling) or another form in its
 * place (has beat): the tag says that it is meant. */
static bool is_variant(struct grammar *g, const struct element *e, const struct token *t)
{
    bool past = e->place == FORM_FIN && e->tense == VALUE_PAST;
    bool participle = (past || e->place == FORM_PP) &&
                      (t->xpos == XPOS_VBD || t->xpos == XPOS_VBN);
    if (e->kind != ELEMENT_LINK || t->lemma_length != e->lemma_length || t->lemma_length < 2 ||
        memcmp(t->lemma, e->lemma, e->lemma_length) != 0)
        return false;
    if (!participle)
        return e->place == FORM_ING && t->xpos == XPOS_VBG && doubles_last(t);
    if (is_form(g, t, FORM_S) || is_form(g, t, FORM_ING))
        return false;
    return !(t->feats & FEAT(TYPO)) && same_form(t->form, 1, t->lemma, 1);
}

/* Checks that the state, rendered, is what is written. */
static void check_rendering(struct grammar *g, struct vg_object *vg)
{
    struct element elements[ELEMENT_LIMIT];
    size_t count;
    if (!vg_layout(g, vg, &vg->as_read, elements, &count) || count == 0)
        fault(vg, FAULT_FORM);
    for (size_t i = 0; i < count; i++) {
        const struct element *e = &elements[i];
        if (e->frozen)
            continue;
        if (e->token < 0) {
            fault(vg, FAULT_FORM);
            continue;
        }
        const struct token *t = token_at(g, e->token);
        if (!same_form(e->form, e->form_length, t->form, t->form_length) && !is_variant(g, e, t))
            fault(vg, t->feats & FEAT(TYPO) ? FAULT_TYPO : FAULT_FORM);
    }
}

/* Takes an auxiliary do out of the links: it is derived when rendering. */
static size_t take_do(struct vg_object *vg, const struct reading *r, const int32_t *links,
                      size_t count)
{
    if (!reads(r, "do") || count < 2 || r->place == FORM_ING || r->place == FORM_PP)
        return 0;
    vg->do_token = links[0];
    return 1;
}

static void find_to(struct grammar *g, struct vg_object *vg, int32_t last)
{
    if (vg->outer || vg->tag)
        return;
    for (int32_t c = g->first_child[vg->predicate]; c >= 0; c = g->next_sibling[c])
        if (rel_of(g, c) == REL_MARK && token_at(g, c)->xpos == XPOS_TO && c < last)
            vg->to = c;
}

/* Links, form and tense; gives the reading of the finite link. */
static struct reading read_links(struct grammar *g, struct vg_object *vg, const int32_t *links,
                                 size_t count)
{
    struct vg_state *s = &vg->as_read;
    const struct token *t = token_at(g, links[0]);
    struct reading r = link_reading(t, count > 1 ? token_at(g, links[1]) : NULL);
    mend_first(g, vg, &r, t, count);
    if (r.place == FORM_COUNT) {
        fault(vg, FAULT_LINKS);
        r.place = FORM_BASE;
    }
    vg->contracted = r.clitic;
    vg->fin = r.place == FORM_FIN || r.place == FORM_BASE ? links[0] : -1;
    s->form = group_form(g, vg, &r, t);
    bool finite = s->form == VALUE_FIN || s->form == VALUE_IMP;
    vg->fin = finite ? links[0] : -1;
    s->tense = s->form == VALUE_FIN ? r.tense : VALUE_NONE;
    size_t skip = finite ? take_do(vg, &r, links, count) : 0;
    struct reading first = r;
    if (skip)
        first = link_reading(token_at(g, links[1]), count > 2 ? token_at(g, links[2]) : NULL);
    uint8_t place = finite ? FORM_FIN : s->form == VALUE_ING ? FORM_ING
                  : s->form == VALUE_PP ? FORM_PP : FORM_BASE;
    fill_link(g, &s->links[s->count++], &first, place, links[skip]);
    read_chain(g, vg, first, links + skip, count - skip);
    if (skip && (links[1] < links[0] || first.modal))
        fault(vg, FAULT_ORDER);
    return r;
}

void vg_read(struct grammar *grammar, struct vg_object *vg, const int32_t *links, size_t count)
{
    struct vg_state *s = &vg->as_read;
    s->finite = s->agree = VALUE_STD;
    find_to(grammar, vg, links[count - 1]);
    struct reading r = read_links(grammar, vg, links, count);
    bool finite = s->form == VALUE_FIN || s->form == VALUE_IMP;
    if (!vg->tag)
        find_negator(grammar, vg, links, count, finite);
    read_negator(grammar, vg);
    s->stranded = vg->tag || (vg->main < 0 && !vg->copular);
    if (s->form == VALUE_FIN)
        settle_agreement(grammar, vg, &r);
    read_inversion(grammar, vg);
    bool operator = s->stranded || (vg->neg >= 0 && !vg->copular && vg->do_token < 0);
    if (s->count == 1 && operator && (reads(&r, "have") || (s->stranded && reads(&r, "do"))))
        s->main_operator = true;
    s->emphatic = vg->do_token >= 0 && s->neg == VALUE_NO && !s->inv;
    vg->upper = all_upper(grammar, vg);
    check_tokens(grammar, vg);
    if (leans(grammar, vg)) {
        vg->shared = true;
        fault(vg, FAULT_SHARED);
    }
    vg->now = *s;
    check_rendering(grammar, vg);
    vg->sound = vg->broken == FAULT_NONE;
}

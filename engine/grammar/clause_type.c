/* clause_type.c -- what a clause is like: type, polarity, gap, wh-phrase, antecedent, edges. Found
 * once, when first asked, from the verb group, the words before it and the relations below it.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "grammar/objects.h"

enum { CLIMB_LIMIT = 16 };

static int32_t chain_top(struct grammar *g, int32_t token)
{
    for (int step = 0; step < CLIMB_LIMIT && rel_of(g, token) == REL_CONJ &&
                       g->heads[token] >= 0; step++)
        token = g->heads[token];
    return token;
}

char closing_mark(const struct grammar *grammar, int32_t from)
{
    for (int32_t i = from + 1; i < (int32_t)grammar->sentence->count; i++) {
        const struct token *t = token_at(grammar, i);
        if (t->upos != UPOS_PUNCT || t->form_length == 0)
            continue;
        for (uint32_t k = 0; k < t->form_length; k++)
            if (t->form[k] == '?')
                return '?';
        if (t->form[0] == '!' || (t->form[0] == '.' && t->form_length == 1) || t->form[0] == ';')
            return t->form[0];
    }
    return 0;
}

static bool is_wh(struct grammar *g, int32_t token)
{
    uint8_t xpos = token_at(g, token)->xpos;
    if (!(word_at(g, token)->bits & (WORD_WH | WORD_RELATIVE)))
        return false;
    int32_t head = g->heads[token];
    if (xpos == XPOS_DT && head >= 0 && base_rel(g, token) == REL_NSUBJ)
        return rel_of(g, head) == REL_ACL_RELCL && g->heads[head] == token - 1; /* anyone that's */
    return xpos == XPOS_WDT || xpos == XPOS_WP || xpos == XPOS_WPS || xpos == XPOS_WRB;
}

/* The child of a predicate under which a token hangs; the token itself if it is a predicate. */
static int32_t phrase_top(struct grammar *g, int32_t token)
{
    for (int step = 0; step < CLIMB_LIMIT; step++) {
        int32_t head = g->heads[token];
        if (head < 0 || is_predicate(g, token) || is_predicate(g, head))
            break;
        token = head;
    }
    return token;
}

/* The wh-phrase in front of the clause: which of them, how long, to whom. *word: its wh-word. */
static void find_wh(struct grammar *g, struct clause_object *c, int32_t number, int32_t *word)
{
    struct vg_object *vg = vg_at(g, c->vg);
    int32_t limit = c->predicate;
    c->wh_start = c->wh_end = *word = -1;
    if (rel_of(g, c->predicate) == REL_ADVCL)
        return; /* when he came */
    if (vg && vg->fin >= 0 && vg->fin < limit)
        limit = vg->fin;
    if (vg && vg->own_subject && vg->subject_start >= 0 && vg->subject_end < limit)
        limit = vg->subject_end + 1;
    if (is_wh(g, c->predicate) && (!vg || c->predicate < vg->fin))
        *word = c->predicate;
    for (int32_t i = g->subtree_start[c->predicate]; i < limit && *word < 0; i++)
        if (g->extra->clause_of[i] == number && is_wh(g, i))
            *word = i;
    if (*word < 0)
        return;
    int32_t top = phrase_top(g, *word);
    c->wh_start = g->subtree_start[top] < *word ? g->subtree_start[top] : *word;
    c->wh_end = g->subtree_end[top];
    if (top == c->predicate || c->wh_end >= limit || is_predicate(g, top)) {
        c->wh_start = *word;
        c->wh_end = top == c->predicate && top != *word && top < limit ? top : *word;
    }
    while (c->wh_start < *word && (is_punct(g, c->wh_start) || base_rel(g, c->wh_start) == REL_CC))
        c->wh_start++;
    while (c->wh_end > *word && is_punct(g, c->wh_end))
        c->wh_end--;
}

/* What a wh-word or relative pronoun stands for in its own verb's frame. */
static enum value_id gap_of_word(struct grammar *g, int32_t word, int32_t *governor)
{
    int32_t top = phrase_top(g, word);
    *governor = g->heads[top];
    if (is_predicate(g, top))
        return VALUE_NO;
    for (int32_t at = word; at != top && at >= 0; at = g->heads[at])
        if (rel_of(g, at) == REL_NMOD_POSS)
            return VALUE_POSS;
    switch (base_rel(g, top)) {
    case REL_NSUBJ: case REL_CSUBJ: return VALUE_SUBJ;
    case REL_OBJ: case REL_IOBJ: return VALUE_OBJ;
    case REL_OBL: case REL_NMOD: /* whom they hired: nothing but an object goes without */
        return top == word && token_at(g, word)->upos == UPOS_PRON &&
                       child_with(g, word, REL_BIT(CASE)) < 0 ? VALUE_OBJ : VALUE_OBL;
    case REL_ADVMOD: return VALUE_ADV;
    default: return VALUE_NO;
    }
}

/* A preposition left without its noun, after the verb: lives in. */
static int32_t stranded(struct grammar *g, int32_t verb, int32_t wh)
{
    int32_t top = wh >= 0 ? phrase_top(g, wh) : -1;
    for (int32_t c = top >= 0 ? g->first_child[top] : -1; c >= 0; c = g->next_sibling[c])
        if (rel_of(g, c) == REL_CASE && c > verb)
            return c;
    for (int32_t c = g->first_child[verb]; c >= 0; c = g->next_sibling[c])
        if (c > verb && token_at(g, c)->upos == UPOS_ADP && rel_of(g, c) != REL_COMPOUND_PRT &&
            rel_of(g, c) != REL_MARK && g->first_child[c] < 0 &&
            (wh < 0 || base_rel(g, c) == REL_OBL || base_rel(g, c) == REL_CASE))
            return c;
    return -1;
}

static bool controls_object(struct grammar *g, int32_t verb)
{
    static const char *const verbs[] = {"ask", "tell", "force", "allow", "let", "make", "help",
                                        "see", "hear", "persuade", "teach", "order", "invite",
                                        "call", "keep", "find", "leave", "name"};
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        if (lemma_is(token_at(g, verb), verbs[i]))
            return true;
    return false;
}

/* A verb below another: to see, think you saw; not the main verb of "the socks that she chose
 * arrived", whatever the tree says. */
static bool is_complement(struct grammar *g, int32_t verb)
{
    uint8_t xpos = token_at(g, verb)->xpos;
    bool finite = xpos == XPOS_VBD || xpos == XPOS_VBZ || xpos == XPOS_VBN;
    return token_at(g, verb)->upos == UPOS_VERB &&
           (!finite || child_with(g, verb, REL_BIT(NSUBJ) | REL_BIT(NSUBJ_PASS) | REL_BIT(MARK) |
                                               REL_BIT(AUX) | REL_BIT(AUX_PASS)) >= 0);
}

/* The verb whose object is missing: saw in "the man that I think you saw". */
static int32_t lowest_verb(struct grammar *g, int32_t verb)
{
    for (int step = 0; step < CLIMB_LIMIT && !controls_object(g, verb); step++) {
        int32_t below = child_with(g, verb, REL_BIT(CCOMP) | REL_BIT(XCOMP));
        if (below <= verb || !is_complement(g, below) ||
            child_with(g, below, REL_BIT(OBJ) | REL_BIT(NSUBJ_PASS)) >= 0)
            break;
        verb = below;
    }
    return verb;
}

static bool is_time_noun(struct grammar *g, int32_t token)
{
    static const char *const nouns[] = {"time", "day", "way", "reason", "moment", "year", "week",
                                        "month", "night", "morning", "hour", "minute"};
    for (size_t i = 0; i < sizeof nouns / sizeof *nouns; i++)
        if (lemma_is(token_at(g, token), nouns[i]))
            return true;
    return false;
}

/* As child_with, behind the verb: "that" in "dogs that nobody had seen" is no object that fills. */
static int32_t child_after(struct grammar *g, int32_t verb, uint64_t relations)
{
    for (int32_t c = g->first_child[verb]; c >= 0; c = g->next_sibling[c])
        if (c > verb && (relations >> base_rel(g, c) & 1))
            return c;
    return -1;
}

/* The gap of a relative clause without a pronoun: the man I met, the flat he lives in. */
static enum value_id gap_without_word(struct grammar *g, struct clause_object *c)
{
    int32_t verb = c->predicate;
    for (int step = 0; step < CLIMB_LIMIT; step++) {
        int32_t adp = stranded(g, verb, -1);
        if (adp >= 0) {
            c->slot = adp;
            return VALUE_OBL;
        }
        int32_t below = child_with(g, verb, REL_BIT(XCOMP));
        if (below < 0 && child_after(g, verb, REL_BIT(OBJ)) < 0)
            below = child_with(g, verb, REL_BIT(CCOMP));
        if (below < 0 || below < verb)
            break;
        verb = below;
    }
    struct vg_object *vg = vg_at(g, vg_of_token(g, verb));
    bool lexical = vg && !vg->copular && !vg->passive && token_at(g, verb)->upos == UPOS_VERB;
    bool full = child_after(g, verb, REL_BIT(OBJ) | REL_BIT(CCOMP)) >= 0;
    if (lexical && !full && !(c->antecedent >= 0 && is_time_noun(g, c->antecedent))) {
        c->slot = verb;
        return VALUE_OBJ;
    }
    return full || (lexical && c->antecedent >= 0) ? VALUE_ADV : VALUE_NO;
}

static void find_gap(struct grammar *g, struct clause_object *c, int32_t word)
{
    int32_t governor = -1;
    c->gap = VALUE_NO;
    c->slot = -1;
    if (word >= 0) {
        c->gap = (uint8_t)gap_of_word(g, word, &governor);
    } else if (c->type == VALUE_REL) {
        struct vg_object *vg = vg_at(g, c->vg);
        bool finite = vg && vg->as_read.form == VALUE_FIN;
        if (vg && !vg->own_subject && finite)
            c->gap = VALUE_SUBJ;
        else if (finite)
            c->gap = (uint8_t)gap_without_word(g, c);
        return;
    }
    if (c->gap == VALUE_SUBJ && c->subject == c->predicate)
        c->gap = VALUE_NO; /* who is she? */
    if (governor < 0)
        return;
    struct vg_object *vg = vg_at(g, c->vg);
    if (c->gap == VALUE_SUBJ && governor == c->predicate && vg && vg->as_read.inv &&
        vg->own_subject && c->wh_end < vg->fin)
        c->gap = VALUE_OBJ; /* a subject follows the verb: which do you like? */
    if (c->gap == VALUE_OBJ)
        governor = c->slot = lowest_verb(g, governor);
    int32_t adp = stranded(g, governor, word);
    if (adp >= 0 && (c->gap == VALUE_OBL || c->gap == VALUE_OBJ)) {
        c->gap = VALUE_OBL;
        c->slot = adp;
    }
}

static bool excluded_negative(struct grammar *g, int32_t token)
{
    const struct token *t = token_at(g, token), *next =
        has_token(g, token + 1) ? token_at(g, token + 1) : NULL;
    if (t->upos == UPOS_INTJ || rel_of(g, token) == REL_DISCOURSE)
        return true;
    if (!next)
        return false;
    if (form_is(t, "no"))
        return next->upos == UPOS_NUM || lemma_is(next, "matter") || lemma_is(next, "doubt") ||
               lemma_is(next, "wonder") || form_is(next, ".");
    return (word_at(g, token)->bits & WORD_NOT) && !is_glued(g, token) &&
           (word_at(g, token + 1)->bits & WORD_NOINVERT);
}

/* The first word that negates the clause itself; -1: none. */
static int32_t own_negator(struct grammar *g, const struct clause_object *c, int32_t number)
{
    struct vg_object *vg = vg_at(g, c->vg);
    int32_t found = vg && vg->neg >= 0 ? vg->neg : -1;
    int32_t a = g->subtree_start[c->predicate], b = g->subtree_end[c->predicate];
    if (found >= 0 && found < b)
        b = found;
    for (int32_t i = a; i <= b; i++)
        if (g->extra->clause_of[i] == number &&
            (word_at(g, i)->bits & (WORD_NOT | WORD_NEGATIVE | WORD_SEMINEG)) &&
            !excluded_negative(g, i))
            return i;
    return found;
}

/* Negation reaches a conjunct joined by or, nor, or one that shares the negated auxiliary. */
static int32_t shared_negator(struct grammar *g, const struct clause_object *c)
{
    int32_t at = c->predicate;
    for (int step = 0; step < CLIMB_LIMIT && rel_of(g, at) == REL_CONJ && g->heads[at] >= 0;
         step++) {
        int32_t cc = child_with(g, at, REL_BIT(CC));
        struct vg_object *vg = vg_at(g, vg_of_token(g, at));
        bool joined = cc >= 0 && (word_at(g, cc)->bits & WORD_OR) && (!vg || !vg->own_subject);
        int32_t conjunct = at;
        if (!joined && !(vg && vg->shared))
            return -1;
        at = g->heads[at];
        struct vg_object *head = vg_at(g, vg_of_token(g, at));
        if (head && head->neg >= 0)
            return head->neg;
        int32_t number = g->extra->clause_of[at];
        int32_t neg = joined ? own_negator(g, clause_at(g, number), number) : -1;
        if (neg >= 0 && neg < conjunct)
            return neg;
    }
    return -1;
}

static bool is_exclamation(struct grammar *g, int32_t word, char closing)
{
    const struct token *t = token_at(g, word);
    if (closing == '?' || !has_token(g, word + 1))
        return false;
    const struct token *next = token_at(g, word + 1);
    if (form_is(t, "what"))
        return form_is(next, "a") || form_is(next, "an") || next->upos == UPOS_ADJ ||
               (next->upos == UPOS_NOUN && closing == '!');
    return form_is(t, "how") && (next->upos == UPOS_ADJ || next->upos == UPOS_ADV) &&
           closing == '!';
}

/* Does nothing but coordinators, adverbs and asides stand before the finite verb? */
static bool begins_with_verb(struct grammar *g, const struct vg_object *vg)
{
    int32_t from = g->subtree_start[vg->predicate];
    for (int32_t i = from; i < vg->fin; i++) {
        uint8_t upos = token_at(g, i)->upos;
        bool clause = upos == UPOS_VERB || upos == UPOS_AUX;
        if (i + 1 == vg->fin && (word_at(g, i)->bits & (WORD_NEGATIVE | WORD_SEMINEG)))
            return false;
        if (i + 1 == vg->fin && (form_is(token_at(g, i), "so") || form_is(token_at(g, i), "nor")))
            return false;
        if (clause && g->extra->clause_of[i] == g->extra->clause_of[vg->predicate])
            return false;
    }
    return true;
}

static enum value_id main_type(struct grammar *g, const struct clause_object *c, int32_t word)
{
    struct vg_object *vg = vg_at(g, c->vg);
    char closing = closing_mark(g, c->predicate);
    if (word >= 0 && (word_at(g, word)->bits & WORD_WH)) {
        if (is_exclamation(g, word, closing) && !c->inverted)
            return VALUE_EXCL;
        bool question = c->inverted || c->gap == VALUE_SUBJ || !vg || c->predicate == word;
        return question || closing == '?' ? VALUE_WH : VALUE_DECL;
    }
    if (c->inverted && vg && !vg->as_read.whole && (closing == '?' || vg->fin == c->start) &&
        begins_with_verb(g, vg) && c->mark < 0)
        return VALUE_YN;
    return VALUE_DECL;
}

static bool is_reporting(struct grammar *g, const struct clause_object *c)
{
    const struct token *t = token_at(g, c->predicate);
    if (rel_of(g, c->predicate) != REL_PARATAXIS || t->upos != UPOS_VERB)
        return false;
    return lemma_has(t, WORD_SPEECH) && child_with(g, c->predicate, REL_BIT(CCOMP)) < 0;
}

static enum value_id sub_type(struct grammar *g, const struct clause_object *c, int32_t word)
{
    enum deprel rel = base_rel(g, chain_top(g, c->predicate));
    bool whether = c->mark >= 0 && (word_at(g, c->mark)->bits & WORD_WHETHER);
    if (rel == REL_ADVCL)
        return VALUE_DECL;
    if (word >= 0 || (whether && rel == REL_CCOMP) ||
        (c->mark >= 0 && form_is(token_at(g, c->mark), "whether")))
        return VALUE_EMBQ;
    return VALUE_DECL;
}

static enum value_id type_of(struct grammar *g, const struct clause_object *c, int32_t word)
{
    struct vg_object *vg = vg_at(g, c->vg);
    int32_t top = chain_top(g, c->predicate);
    if (g->extra->tag_aux == c->predicate)
        return VALUE_TAG;
    if (rel_of(g, top) == REL_ACL_RELCL || rel_of(g, top) == REL_ADVCL_RELCL)
        return VALUE_REL;
    if (vg && !vg->shared && !vg->outer)
        switch (vg->as_read.form) {
        case VALUE_IMP: return VALUE_IMP;
        case VALUE_INF: case VALUE_TO: return word >= 0 && c->sub ? VALUE_EMBQ : VALUE_INF;
        case VALUE_ING: case VALUE_PP: return VALUE_ING;
        default: break;
        }
    if (is_reporting(g, c))
        return VALUE_QUOTE;
    return c->sub ? sub_type(g, c, word) : main_type(g, c, word);
}

static int32_t least(int32_t a, int32_t b)
{
    return b >= 0 && b < a ? b : a;
}

/* The core: from subject, verb, or wh-phrase to the last dependant that is no clause beside it. */
static void find_edges(struct grammar *g, struct clause_object *c)
{
    struct vg_object *vg = vg_at(g, c->vg);
    int32_t tokens[2 * LIMIT_LINKS];
    size_t count = vg_tokens(g, c->vg, tokens, 2 * LIMIT_LINKS);
    c->start = c->end = c->predicate;
    if (!vg || (vg->copular && c->predicate > vg->fin && vg->subject < 0 && vg->fin < 0))
        subtree_trim(g, c->predicate, &c->start, &c->end);
    for (size_t i = 0; i < count; i++) {
        c->start = least(c->start, tokens[i]);
        c->end = tokens[i] > c->end ? tokens[i] : c->end;
    }
    if (vg && vg->own_subject)
        c->start = least(c->start, vg->subject_start);
    c->start = least(c->start, c->wh_start);
    for (int32_t k = g->first_child[c->predicate]; k >= 0; k = g->next_sibling[k]) {
        enum deprel rel = base_rel(g, k);
        bool beside = rel == REL_PUNCT || rel == REL_PARATAXIS || rel == REL_CC ||
                      (rel == REL_CONJ && is_predicate(g, k)) || in_tag(g, k);
        if (!beside && g->subtree_end[k] > c->end)
            c->end = g->subtree_end[k];
    }
    while (c->end > c->predicate && is_punct(g, c->end))
        c->end--;
}

static void find_dependants(struct grammar *g, struct clause_object *c)
{
    int32_t p = c->predicate;
    struct vg_object *vg = vg_at(g, c->vg);
    bool tag = g->extra->tag_aux == p;
    c->subject = tag ? g->extra->tag_pronoun : predicate_subject(g, p, NULL);
    c->verb = vg && vg->main >= 0 ? vg->main : p;
    c->object = tag ? -1 : child_with(g, p, REL_BIT(OBJ));
    c->indirect = tag ? -1 : child_with(g, p, REL_BIT(IOBJ));
    c->complement = tag ? -1 : child_with(g, p, REL_BIT(CCOMP) | REL_BIT(XCOMP));
    if (c->complement < 0 && vg && vg->copular)
        c->complement = p;
    c->mark = -1;
    for (int32_t k = g->first_child[p]; k >= 0 && c->mark < 0; k = g->next_sibling[k])
        if (rel_of(g, k) == REL_MARK && token_at(g, k)->xpos != XPOS_TO)
            c->mark = k;
    c->there = c->subject >= 0 && rel_of(g, c->subject) == REL_EXPL &&
               form_is(token_at(g, c->subject), "there");
    if (c->there) {
        int32_t real = child_with(g, g->heads[c->subject],
                                  REL_BIT(NSUBJ) | REL_BIT(NSUBJ_PASS));
        c->subject = real >= 0 ? real : c->subject;
    }
}

static bool is_subordinate(struct grammar *g, int32_t predicate)
{
    int32_t top = chain_top(g, predicate);
    switch (base_rel(g, top)) {
    case REL_CSUBJ: case REL_ADVCL: case REL_ACL: case REL_XCOMP:
        return true;
    case REL_CCOMP: {
        bool quoted = token_at(g, top)->flags & FLAG(QUOTED) &&
                      !(token_at(g, g->heads[top])->flags & FLAG(QUOTED));
        return !quoted;
    }
    default:
        return false;
    }
}

void clause_describe(struct grammar *grammar, int32_t number)
{
    struct clause_object *c = clause_at(grammar, number);
    if (!c || c->described)
        return;
    c->described = true;
    int32_t word, top = chain_top(grammar, c->predicate);
    struct vg_object *vg = vg_at(grammar, c->vg);
    bool tag = grammar->extra->tag_aux == c->predicate;
    c->root = !tag && (grammar->heads[c->predicate] < 0 ||
                       in_tag(grammar, grammar->heads[c->predicate]));
    c->sub = !tag && is_subordinate(grammar, c->predicate);
    c->conj = rel_of(grammar, c->predicate) == REL_CONJ && !tag;
    c->inverted = vg && vg->as_read.inv;
    c->antecedent = c->slot = -1;
    find_dependants(grammar, c);
    find_wh(grammar, c, number, &word);
    find_edges(grammar, c);
    if (rel_of(grammar, top) == REL_ACL_RELCL || rel_of(grammar, top) == REL_ADVCL_RELCL) {
        c->type = VALUE_REL;
        c->antecedent = grammar->heads[top];
    }
    find_gap(grammar, c, word);
    c->type = (uint8_t)type_of(grammar, c, word);
    if (c->type == VALUE_DECL || c->type == VALUE_YN || c->type == VALUE_IMP ||
        c->type == VALUE_EXCL)
        c->gap = VALUE_NO;
    c->neg = tag ? grammar->extra->tag_neg : own_negator(grammar, c, number);
    if (c->neg < 0)
        c->neg = shared_negator(grammar, c);
    c->negative = c->neg >= 0;
}

/* vg_layout.c -- a state of a verb group as words in order: which form each link takes, where do
 * comes in, how the finite verb agrees, is negated and contracted. It says nothing of places among
 * other tokens (vg_render.c does), except on which side of an inverted subject a word stands.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "grammar/objects.h"

#include <string.h>

#define CURLY "\xe2\x80\x99"

struct layout {
    struct grammar *grammar;
    const struct vg_object *vg;
    const struct vg_state *state;
    struct element *out;
    size_t count;
    bool failed;
};

static bool is(const struct vg_link *link, const char *lemma)
{
    return link->lemma_length == strlen(lemma) &&
           memcmp(link->lemma, lemma, link->lemma_length) == 0;
}

bool is_operator(const struct vg_state *state)
{
    const struct vg_link *first = &state->links[0];
    if (state->count == 0)
        return false;
    if (first->modal || is(first, "be"))
        return true;
    if (is(first, "have"))
        return state->count > 1 || state->main_operator;
    return is(first, "do") && state->main_operator;
}

bool needs_do(const struct vg_state *state)
{
    if (state->count == 0 || state->links[0].form != FORM_FIN)
        return false;
    bool negated = state->neg == VALUE_NT || state->neg == VALUE_NOT;
    if (state->form == VALUE_IMP)
        return negated || state->inv || state->emphatic;
    if (state->form != VALUE_FIN || is_operator(state))
        return false;
    if (state->neg == VALUE_WORD)
        return false;
    return negated || (state->inv && !state->whole) || state->emphatic || state->stranded;
}

static const char *be_form(uint8_t agr, bool past, uint8_t agree)
{
    if (past)
        return agree == VALUE_WAS || agr == AGR_1SG || agr == AGR_3SG ? "was" : "were";
    if (agree == VALUE_ZERO)
        return "be";
    if (agree == VALUE_S)
        return "is";
    return agr == AGR_1SG ? "am" : agr == AGR_3SG ? "is" : "are";
}

/* As the lexicon has it, but travelling for traveling if the writer doubles the letter. */
static bool inflect(struct layout *l, const struct vg_link *link, enum form form,
                    const char **out, size_t *length)
{
    if (!lexicon_inflect(l->grammar->lexicon, l->grammar->arena, link->lemma, link->lemma_length,
                         form, out, length))
        return false;
    size_t n = link->lemma_length;
    if (!link->doubled || *length < n + 2 || memcmp(*out, link->lemma, n) != 0 ||
        ((*out)[n] != 'i' && (*out)[n] != 'e'))
        return true;
    char *copy = arena_alloc(l->grammar->arena, *length + 1);
    if (!copy)
        return false;
    memcpy(copy, link->lemma, n);
    copy[n] = link->lemma[n - 1];
    memcpy(copy + n + 1, *out + n, *length - n);
    *out = copy;
    ++*length;
    return true;
}

/* The finite form of a lemma; false: agreement or form unknown. */
static bool finite_form(struct layout *l, const struct vg_link *link, bool negated,
                        const char **form, size_t *length)
{
    const struct vg_state *s = l->state;
    uint8_t agree = s->agree;
    bool past = s->tense == VALUE_PAST;
    if (link->modal || s->form == VALUE_IMP || (s->tense == VALUE_NONE && !past)) {
        *form = link->lemma;
        *length = link->lemma_length;
        return true;
    }
    if (is(link, "be")) {
        if (l->vg->agr == 0 && !(agree == VALUE_S || (agree == VALUE_ZERO && !past)))
            return false;
        if (agree == VALUE_ZERO && (negated || past))
            agree = VALUE_STD;
        *form = be_form(l->vg->agr, past, agree);
        *length = strlen(*form);
        return true;
    }
    enum form place = past ? FORM_PAST : FORM_BASE;
    if (!past && l->vg->agr == 0 && agree == VALUE_STD)
        return false;
    if (!past && agree != VALUE_ZERO && (agree == VALUE_S || l->vg->agr == AGR_3SG))
        place = FORM_S;
    return inflect(l, link, place, form, length);
}

static struct element *add(struct layout *l, enum element_kind kind, int32_t token)
{
    if (l->count >= ELEMENT_LIMIT) {
        l->failed = true;
        return &l->out[ELEMENT_LIMIT - 1];
    }
    struct element *e = &l->out[l->count++];
    memset(e, 0, sizeof *e);
    e->kind = kind;
    e->token = token;
    e->zone = 1;
    return e;
}

static void set_form(struct element *e, const char *form)
{
    e->form = form;
    e->form_length = strlen(form);
}

static bool has_curly(struct grammar *g)
{
    struct grammar_extra *x = g->extra;
    if (x->curly_asked)
        return x->curly;
    x->curly_asked = true;
    for (uint32_t i = 0; i < g->sentence->count && !x->curly; i++) {
        const struct token *t = &g->sentence->tokens[i];
        for (size_t k = 0; k + 3 <= t->form_length && !x->curly; k++)
            x->curly = memcmp(t->form + k, CURLY, 3) == 0;
    }
    return x->curly;
}

/* A form with its apostrophe as the writer writes it. */
static const char *styled(struct grammar *g, const char *form)
{
    const char *mark = strchr(form, '\'');
    if (!mark || !has_curly(g))
        return form;
    size_t before = (size_t)(mark - form), length = strlen(form);
    char *copy = arena_alloc(g->arena, length + 3);
    if (!copy)
        return form;
    memcpy(copy, form, before);
    memcpy(copy + before, CURLY, 3);
    memcpy(copy + before + 3, mark + 1, length - before);
    return copy;
}

static const char *contraction(const char *form, size_t length)
{
    static const char *const pairs[][2] = {{"am", "'m"}, {"is", "'s"}, {"are", "'re"},
                                           {"have", "'ve"}, {"has", "'s"}, {"had", "'d"},
                                           {"will", "'ll"}, {"shall", "'ll"}, {"would", "'d"}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (strlen(pairs[i][0]) == length && memcmp(pairs[i][0], form, length) == 0)
            return pairs[i][1];
    return NULL;
}

/* The word that a contracted finite verb would be written on to; -1: none. */
static int32_t host_of(const struct layout *l)
{
    const struct vg_object *vg = l->vg;
    bool moved = l->state->inv != vg->as_read.inv;
    if (!moved)
        return vg->fin > 0 ? vg->fin - 1 : -1;
    if (l->state->inv || vg->subject < 0 || vg->subject_start != vg->subject_end)
        return -1;
    return word_at(l->grammar, vg->subject)->bits & WORD_PERSONAL ? vg->subject : -1;
}

/* Writes the finite form contracted, if the writer did and the new form can be. */
static void contract(struct layout *l, struct element *e, bool negated)
{
    if (!l->vg->contracted || negated || (l->state->stranded && !l->vg->as_read.stranded))
        return; /* nothing is written on to a host that ends its clause */
    const char *short_form = contraction(e->form, e->form_length);
    int32_t host = host_of(l);
    if (!short_form || host < 0)
        return;
    bool any_host = short_form[1] == 's' || strcmp(short_form, "'ll") == 0 ||
                    short_form[1] == 'd';
    bool same = e->token >= 0 && same_form(short_form, strlen(short_form),
                                           token_at(l->grammar, e->token)->form,
                                           token_at(l->grammar, e->token)->form_length);
    if (!any_host && !same && !(word_at(l->grammar, host)->bits & WORD_HOST))
        return;
    e->clitic = true;
    set_form(e, styled(l->grammar, short_form));
}

/* The form of a modal before n't; false: it has none. */
static bool negate_form(const struct layout *l, struct element *e, bool inverted)
{
    static const char *const changed[][2] = {{"can", "ca"}, {"will", "wo"}, {"shall", "sha"}};
    static const char *const plain[] = {"could", "would", "should", "must", "need",
                                        "is",    "are",   "was",    "were", "has",
                                        "have",  "had",   "do",     "does", "did"};
    if (e->form_length == 2 && memcmp(e->form, "am", 2) == 0 && inverted) {
        set_form(e, "are");
        return true;
    }
    for (size_t i = 0; i < sizeof changed / sizeof *changed; i++)
        if (strlen(changed[i][0]) == e->form_length &&
            memcmp(changed[i][0], e->form, e->form_length) == 0) {
            set_form(e, changed[i][1]);
            return true;
        }
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        if (strlen(plain[i]) == e->form_length && memcmp(plain[i], e->form, e->form_length) == 0)
            return true;
    /* mightn't: only if the writer says so. */
    const struct vg_link *first = &l->vg->as_read.links[0];
    return l->vg->as_read.neg == VALUE_NT && first->modal &&
           first->lemma_length == e->lemma_length &&
           memcmp(first->lemma, e->lemma, e->lemma_length) == 0;
}

const char *folded_copy(struct grammar *grammar, const struct token *token, size_t *length)
{
    char *copy = arena_strndup(grammar->arena, token->form, token->form_length);
    *length = token->form_length;
    for (size_t i = 0; copy && i < *length; i++)
        if (copy[i] >= 'A' && copy[i] <= 'Z')
            copy[i] = (char)(copy[i] - 'A' + 'a');
    return copy ? copy : token->form;
}

/* n't in the writer's own spelling if there is one, or not. */
static void add_negator(struct layout *l, bool attached, bool inverted)
{
    const struct vg_object *vg = l->vg;
    bool written = vg->neg >= 0 && vg->as_read.neg != VALUE_NOT;
    const struct element *before = l->count ? &l->out[l->count - 1] : NULL;
    bool can = before && before->form_length == 3 && memcmp(before->form, "can", 3) == 0;
    struct element *e = add(l, ELEMENT_NEG, vg->neg);
    e->lemma = "not";
    e->lemma_length = 3;
    if (attached) {
        e->clitic = true;
        e->zone = inverted ? 0 : 1;
        set_form(e, styled(l->grammar, "n't"));
        if (written)
            e->form = folded_copy(l->grammar, token_at(l->grammar, vg->neg), &e->form_length);
    } else {
        set_form(e, "not");
        e->clitic = can && vg->neg >= 0 && !written && is_glued(l->grammar, vg->neg);
    }
}

/* The token of the auxiliary that stood in the finite slot and is in no link now; -1: none. */
static int32_t vacant_token(const struct vg_object *vg, const struct vg_state *s)
{
    int32_t token = vg->do_token >= 0 ? vg->do_token : vg->fin;
    for (size_t i = 0; i < s->count; i++)
        if (s->links[i].token == token)
            return -1;
    return token;
}

/* The finite slot: auxiliary, do, or a negative word in its place; then n't. Says in *used whether
 * the first link has been spent on it. */
static void add_finite(struct layout *l, bool with_do, bool *used)
{
    const struct vg_state *s = l->state;
    const struct vg_object *vg = l->vg;
    struct vg_link do_link = {"do", 2, FORM_FIN, false, false, false, vg->do_token};
    const struct vg_link *link = with_do ? &do_link : &s->links[0];
    bool negated = s->neg == VALUE_NT || s->neg == VALUE_NOT || s->neg == VALUE_WORD;
    /* be stands before adverbs: has never been, was never */
    int32_t vacant = link->token < 0 || is(link, "be") ? vacant_token(vg, s) : -1;
    int32_t token = vacant >= 0 ? vacant : link->token;
    struct element *e = add(l, with_do ? ELEMENT_DO : ELEMENT_LINK, token);
    e->lemma = link->lemma;
    e->lemma_length = link->lemma_length;
    e->finite = true;
    e->modal = link->modal;
    e->frozen = link->frozen;
    e->place = FORM_FIN;
    e->tense = s->tense;
    e->agr = vg->agr;
    e->zone = s->inv ? 0 : 1;
    *used = !with_do;
    if (!finite_form(l, link, negated, &e->form, &e->form_length))
        l->failed = true;
    bool attached = s->neg == VALUE_NT && !l->failed && negate_form(l, e, s->inv);
    if (!l->failed)
        contract(l, e, attached);
    if (attached)
        add_negator(l, true, s->inv);
    else if (s->neg == VALUE_NT || s->neg == VALUE_NOT)
        add_negator(l, false, s->inv);
}

/* A negative word such as ain't takes the finite slot: as its own tokens ai + n't. */
static void add_negative_word(struct layout *l, bool *used)
{
    const struct vg_state *s = l->state;
    const struct vg_object *vg = l->vg;
    bool operator = is_operator(s);
    int32_t token = vg->do_token >= 0 ? vg->do_token : operator ? s->links[0].token : -1;
    struct element *e = add(l, ELEMENT_DO, token);
    bool split = s->neg_length > 3 && memcmp(s->neg_word + s->neg_length - 3, "n't", 3) == 0;
    char *word = arena_strndup(l->grammar->arena, s->neg_word,
                               split ? s->neg_length - 3 : s->neg_length);
    set_form(e, word ? word : "ai");
    e->lemma = vg->do_token >= 0 || !operator ? "do" : s->links[0].lemma;
    e->lemma_length = vg->do_token >= 0 || !operator ? 2 : s->links[0].lemma_length;
    e->finite = true;
    e->place = FORM_FIN;
    e->tense = s->tense;
    e->agr = vg->agr;
    e->zone = s->inv ? 0 : 1;
    *used = operator;
    if (split)
        add_negator(l, true, s->inv);
}

static void add_texts(struct layout *l, size_t before)
{
    const struct vg_state *s = l->state;
    for (size_t i = 0; i < s->text_count; i++)
        if (s->texts[i].before == before) {
            struct element *e = add(l, ELEMENT_TEXT, -1);
            e->form = e->lemma = s->texts[i].word;
            e->form_length = e->lemma_length = s->texts[i].length;
        }
}

/* A link that is not in the finite slot. */
static void add_link(struct layout *l, size_t i, bool bare)
{
    const struct vg_link *link = &l->state->links[i];
    struct element *e = add(l, ELEMENT_LINK, link->token);
    enum form form = bare ? FORM_BASE : (enum form)link->form;
    e->lemma = link->lemma;
    e->lemma_length = link->lemma_length;
    e->modal = link->modal;
    e->frozen = link->frozen;
    e->place = (uint8_t)form;
    e->tense = l->state->tense;
    e->agr = l->vg->agr;
    if (l->state->whole)
        e->zone = 0;
    if (form == FORM_FIN) {
        e->finite = true;
        if (!finite_form(l, link, false, &e->form, &e->form_length))
            l->failed = true;
    } else if (!inflect(l, link, form, &e->form, &e->form_length)) {
        l->failed = true;
    }
}

/* Marks what contracts in a later link (should've) as written. */
static void keep_clitics(struct layout *l)
{
    for (size_t i = 0; i < l->count; i++) {
        struct element *e = &l->out[i];
        if (e->kind != ELEMENT_LINK || e->finite || e->token < 0)
            continue;
        const struct token *t = token_at(l->grammar, e->token);
        if (is_glued(l->grammar, e->token) && e->form_length == 4 &&
            memcmp(e->form, "have", 4) == 0 && same_form("ve", 2, t->form, t->form_length)) {
            e->form = t->form;
            e->form_length = t->form_length;
            e->clitic = true;
        }
    }
}

static void lay_finite(struct layout *l)
{
    const struct vg_state *s = l->state;
    bool used = false, with_do = needs_do(s);
    bool slot_first = s->links[0].form == FORM_FIN && (with_do || is_operator(s));
    bool plain_do = false;
    add_texts(l, 0);
    if (s->neg == VALUE_WORD) {
        add_negative_word(l, &used);
        plain_do = l->vg->do_token >= 0;
    } else if (s->finite == VALUE_ZERO) {
        used = is_operator(s);
        plain_do = with_do;
        if (s->neg == VALUE_NT || s->neg == VALUE_NOT)
            add_negator(l, false, false);
    } else if (slot_first) {
        add_finite(l, with_do, &used);
        plain_do = with_do;
    }
    for (size_t i = used ? 1 : 0; i < s->count; i++) {
        if (i > 0)
            add_texts(l, i);
        add_link(l, i, i == 0 && plain_do);
    }
    add_texts(l, s->count);
}

static void lay_nonfinite(struct layout *l)
{
    const struct vg_state *s = l->state;
    bool after_to = l->vg->neg >= 0 && l->vg->to >= 0 && l->vg->neg > l->vg->to;
    bool after_first = l->vg->neg >= 0 && s->count > 1 && l->vg->neg > s->links[0].token;
    if (s->neg != VALUE_NO && !after_to && !after_first)
        add_negator(l, false, false);
    if (l->vg->to >= 0 && s->form == VALUE_TO) {
        struct element *e = add(l, ELEMENT_TO, l->vg->to);
        e->form = token_at(l->grammar, l->vg->to)->form;
        e->form_length = token_at(l->grammar, l->vg->to)->form_length;
    }
    if (s->neg != VALUE_NO && after_to && !after_first)
        add_negator(l, false, false);
    for (size_t i = 0; i < s->count; i++) {
        add_texts(l, i);
        add_link(l, i, false);
        if (i == 0 && after_first && s->neg != VALUE_NO)
            add_negator(l, false, false);
    }
    add_texts(l, s->count);
}

bool vg_layout(struct grammar *grammar, const struct vg_object *vg, const struct vg_state *state,
               struct element out[ELEMENT_LIMIT], size_t *count)
{
    struct layout l = {grammar, vg, state, out, 0, false};
    *count = 0;
    if (state->count == 0)
        return false;
    if (state->form == VALUE_FIN || state->form == VALUE_IMP)
        lay_finite(&l);
    else
        lay_nonfinite(&l);
    keep_clitics(&l);
    *count = l.count;
    return !l.failed && !grammar->arena->failed;
}

/* ref.c -- whom or what a noun or pronoun refers to, as far as that is cheap and certain: whether
 * "you" is one or several, which "it" is empty, and the nearest earlier phrase that agrees. Cues of
 * earlier sentences of a record come by struct grammar_document, forward only.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "grammar/objects.h"

enum { FAR_TOKENS = 15, CHAIN_LIMIT = 16, VOCATIVE_TOKENS = 5, LOOK_BACK = 64 };

static bool is_comma(const struct grammar *g, int32_t token)
{
    const struct token *t = token_at(g, token);
    return t->form_length == 1 && t->form[0] == ',';
}

static bool same_speech(const struct grammar *g, int32_t a, int32_t b)
{
    return ((token_at(g, a)->flags ^ token_at(g, b)->flags) & FLAG(QUOTED)) == 0;
}

static bool names_one(const struct grammar *g, int32_t token)
{
    static const char *const single[] = {"mum", "mom", "mummy", "dad", "daddy", "sir", "madam",
                                         "ma'am", "son", "honey", "darling", "love", "mate",
                                         "dude", "man", "bro", "sweetheart", "doctor", "officer",
                                         "professor", "grandma", "grandpa", "baby"};
    for (size_t i = 0; i < sizeof single / sizeof *single; i++)
        if (form_is(token_at(g, token), single[i]))
            return true;
    return false;
}

/* How many an address names: VALUE_PL, SG, or NONE if it is no address to people. */
static enum value_id address_number(struct grammar *g, int32_t head)
{
    const struct token *t = token_at(g, head);
    bool plural = t->xpos == XPOS_NNS || t->xpos == XPOS_NNPS;
    bool people = t->classes & (CLASS(PERSON) | CLASS(GROUP) | CLASS(MALE) | CLASS(FEMALE));
    if (names_one(g, head))
        return VALUE_SG;
    if (t->upos != UPOS_NOUN && t->upos != UPOS_PROPN && t->upos != UPOS_PRON)
        return VALUE_NONE;
    if (word_at(g, head)->bits & WORD_GROUP)
        return VALUE_PL;
    for (int32_t c = g->first_child[head]; c >= 0; c = g->next_sibling[c])
        if (rel_of(g, c) == REL_CONJ && child_with(g, c, REL_BIT(CC)) >= 0)
            return VALUE_PL;
    if (t->upos == UPOS_PROPN)
        return plural ? VALUE_NONE : VALUE_SG;
    if (!people)
        return VALUE_NONE;
    return plural ? VALUE_PL : VALUE_SG;
}

/* A short noun phrase between commas or sentence edges, from..to, as an address; its head or -1. */
static int32_t address_head(struct grammar *g, int32_t from, int32_t to)
{
    int32_t head = -1;
    if (to < from || to - from >= VOCATIVE_TOKENS)
        return -1;
    for (int32_t i = from; i <= to; i++) {
        const struct token *t = token_at(g, i);
        bool filler = t->upos == UPOS_INTJ || t->upos == UPOS_CCONJ || form_is(t, "dear") ||
                      form_is(t, "my") || form_is(t, "hey") || form_is(t, "hello") ||
                      form_is(t, "hi") || form_is(t, "okay") || form_is(t, "ok") ||
                      form_is(t, "good") || t->upos == UPOS_ADJ;
        bool name = t->upos == UPOS_NOUN || t->upos == UPOS_PROPN ||
                    (word_at(g, i)->bits & WORD_GROUP) || names_one(g, i);
        if (!filler && !name)
            return -1;
        if (name && (head < 0 || g->heads[head] == i || g->heads[i] != head))
            head = i;
    }
    return head;
}

struct cues {
    uint8_t plural, singular;
};

static void count_cue(struct cues *cues, enum value_id number)
{
    if (number == VALUE_PL && cues->plural < UINT8_MAX)
        cues->plural++;
    else if (number == VALUE_SG && cues->singular < UINT8_MAX)
        cues->singular++;
}

static bool is_break(const struct grammar *g, int32_t token)
{
    return is_punct(g, token) && token_at(g, token)->xpos != XPOS_HYPH;
}

/* Addresses of the sentence: vocatives of the tree, and short phrases set off by commas. y: the
 * "you" asked for, -1: any. */
static struct cues find_addresses(struct grammar *g, int32_t y)
{
    struct cues cues = {0, 0};
    int32_t n = (int32_t)g->sentence->count;
    for (int32_t i = 0; i < n; i++)
        if (rel_of(g, i) == REL_VOCATIVE && (y < 0 || same_speech(g, i, y)))
            count_cue(&cues, address_number(g, i));
    if (cues.plural || cues.singular)
        return cues;
    for (int32_t from = 0; from < n;) {
        int32_t to = from;
        while (to < n && !is_break(g, to))
            to++;
        bool set_off = (to < n && is_comma(g, to)) || (from > 0 && is_comma(g, from - 1));
        bool at_edge = from == 0 || to + 1 >= n || !is_comma(g, from - 1) ||
                       (to < n && !is_comma(g, to));
        int32_t head = set_off && at_edge ? address_head(g, from, to - 1) : -1;
        enum deprel rel = head >= 0 ? base_rel(g, head) : REL_DEP;
        bool argument = rel == REL_OBJ || rel == REL_OBL || rel == REL_CONJ || rel == REL_NMOD ||
                        rel == REL_APPOS;
        bool heard = y < 0 || (head >= 0 && same_speech(g, head, y));
        if (head >= 0 && heard && (!argument || (word_at(g, head)->bits & WORD_GROUP)) &&
            (from == 0 || rel != REL_NSUBJ))
            count_cue(&cues, address_number(g, head));
        from = to + 1;
    }
    return cues;
}

/* you two, you boys, both of you, yourselves: what stands next to it. */
static enum value_id nearby_number(struct grammar *g, int32_t y)
{
    static const char *const after[] = {"two", "three", "four", "five", "six", "all", "both",
                                        "guys", "lot", "folks", "people", "boys", "girls", "lads"};
    static const char *const before[] = {"both", "all", "some", "many", "each", "two", "three",
                                         "four", "none", "any", "most", "one", "several", "half",
                                         "neither", "either", "rest"};
    if (has_token(g, y + 1))
        for (size_t i = 0; i < sizeof after / sizeof *after; i++)
            if (form_is(token_at(g, y + 1), after[i]))
                return VALUE_PL;
    if (y >= 2 && form_is(token_at(g, y - 1), "of"))
        for (size_t i = 0; i < sizeof before / sizeof *before; i++)
            if (form_is(token_at(g, y - 2), before[i]))
                return VALUE_PL;
    for (int32_t i = 0; i < (int32_t)g->sentence->count; i++) {
        if (i == y || !same_speech(g, i, y))
            continue;
        if (form_is(token_at(g, i), "yourselves"))
            return VALUE_PL;
        if (form_is(token_at(g, i), "yourself"))
            return VALUE_SG;
    }
    return VALUE_NONE;
}

static enum value_id you_number(struct grammar *g, int32_t y)
{
    static const char *const plural[] = {"y'all", "yall", "yous", "youse"};
    for (size_t i = 0; i < sizeof plural / sizeof *plural; i++)
        if (form_is(token_at(g, y), plural[i]))
            return VALUE_PL;
    enum value_id number = nearby_number(g, y);
    if (number != VALUE_NONE)
        return number;
    struct cues cues = find_addresses(g, y);
    if (!cues.plural && !cues.singular && g->document) {
        cues.plural = g->document->addressee_plural;
        cues.singular = g->document->addressee_singular;
    }
    if (cues.plural && !cues.singular)
        return VALUE_PL;
    return cues.singular && !cues.plural ? VALUE_SG : VALUE_NONE;
}

void grammar_remember(struct grammar *grammar)
{
    struct grammar_document *document = grammar->document;
    if (!document)
        return;
    struct cues cues = find_addresses(grammar, -1);
    if (cues.plural || cues.singular) { /* a new address takes the place of an older one */
        document->addressee_plural = cues.plural;
        document->addressee_singular = cues.singular;
    }
    document->sentences++;
}

/* it rains; it is clear that ...; it of an expletive relation. */
static bool is_dummy(struct grammar *g, int32_t it)
{
    int32_t p = g->heads[it];
    if (rel_of(g, it) == REL_EXPL)
        return true;
    if (p < 0 || base_rel(g, it) != REL_NSUBJ)
        return false;
    const struct token *t = token_at(g, p);
    if (t->upos == UPOS_VERB && lemma_has(t, WORD_WEATHER))
        return true;
    if (t->classes & CLASS(WEATHER) && t->upos == UPOS_ADJ)
        return true;
    if (t->upos == UPOS_ADJ && child_with(g, p, REL_BIT(COP)) >= 0)
        return child_with(g, p, REL_BIT(CSUBJ) | REL_BIT(CCOMP)) >= 0;
    return (t->classes & CLASS(TIME)) && child_with(g, p, REL_BIT(COP)) >= 0;
}

static enum value_id kind_of(struct grammar *g, int32_t token)
{
    const struct token *t = token_at(g, token);
    if (form_is(t, "it"))
        return is_dummy(g, token) ? VALUE_DUMMY : VALUE_THING;
    if (rel_of(g, token) == REL_EXPL)
        return VALUE_DUMMY;
    if (np_is_animate(g, token))
        return VALUE_PERSON;
    if (t->upos == UPOS_PRON)
        return VALUE_NONE;
    if (t->classes & CLASS(GROUP))
        return VALUE_GROUP;
    return t->upos == UPOS_PROPN ? VALUE_NONE : VALUE_THING;
}

static bool agrees(struct grammar *g, int32_t token, int32_t other)
{
    const struct token *a = token_at(g, token), *b = token_at(g, other);
    if (b->upos != UPOS_NOUN && b->upos != UPOS_PROPN && b->upos != UPOS_PRON)
        return false;
    if (np_head(g, other) != other)
        return false;
    if (a->upos != UPOS_PRON)
        return b->upos == a->upos && a->lemma_length == b->lemma_length &&
               same_form(a->lemma, a->lemma_length, b->lemma, b->lemma_length);
    if (np_person(g, token) != np_person(g, other))
        return false;
    if (np_person(g, token) != VALUE_P3)
        return b->upos == UPOS_PRON;
    if (np_is_plural(g, token) != np_is_plural(g, other))
        return false;
    enum value_id mine = np_gender(g, token), its = np_gender(g, other);
    if (mine == its)
        return true;
    bool named = b->upos == UPOS_PROPN || np_is_animate(g, other);
    if (mine == VALUE_NEUT && (b->classes & CLASS(ANIMAL)))
        return true;
    return its == VALUE_NONE ? (mine == VALUE_NEUT ? !named : named) : mine == VALUE_NONE;
}

static int32_t previous_mention(struct grammar *g, int32_t token, enum value_id kind)
{
    if (kind == VALUE_DUMMY)
        return -1;
    for (int32_t i = token - 1; i >= 0 && token - i <= LOOK_BACK; i--) {
        bool same_frame = g->heads[i] == g->heads[token] && g->heads[i] >= 0 &&
                          rel_of(g, token) != REL_NMOD_POSS;
        if (!same_frame && agrees(g, token, i))
            return i;
    }
    return -1;
}

int32_t ref_of_token(struct grammar *grammar, int32_t token)
{
    int32_t head = np_head(grammar, token), number;
    if (head < 0)
        return -1;
    if (token_at(grammar, token)->upos == UPOS_PRON)
        head = token;
    int16_t *slot = &grammar->cache[OBJECT_REF][head];
    if (*slot == 0) {
        struct ref_object *ref = object_new(grammar, OBJECT_REF, sizeof *ref, &number);
        if (!ref)
            return -1;
        const struct token *t = token_at(grammar, head);
        ref->token = head;
        ref->kind = (uint8_t)kind_of(grammar, head);
        ref->gender = (uint8_t)np_gender(grammar, head);
        if (t->upos == UPOS_PRON && (word_at(grammar, head)->bits & WORD_SECOND))
            ref->number = (uint8_t)you_number(grammar, head);
        else
            ref->number = np_is_plural(grammar, head) ? VALUE_PL : VALUE_SG;
        ref->previous = previous_mention(grammar, head, (enum value_id)ref->kind);
        *slot = (int16_t)(number + 1);
    }
    return *slot - 1;
}

struct attr_value ref_attr(struct grammar *grammar, int32_t number, enum attr attr)
{
    struct ref_object *ref = object_at(grammar, OBJECT_REF, number);
    if (!ref)
        return number_attr(0);
    switch (attr) {
    case ATTR_KIND: return number_attr(ref->kind);
    case ATTR_NUM: return number_attr(ref->number);
    case ATTR_GENDER: return number_attr(ref->gender);
    case ATTR_NEW: return number_attr(ref->previous < 0);
    case ATTR_FAR:
        return number_attr(ref->previous < 0 || ref->token - ref->previous > FAR_TOKENS);
    default: return number_attr(0);
    }
}

struct value ref_role(struct grammar *grammar, int32_t number, enum role role)
{
    struct ref_object *ref = object_at(grammar, OBJECT_REF, number);
    if (!ref)
        return no_value();
    if (role == ROLE_PREV)
        return token_value(ref->previous);
    if (role != ROLE_FIRST)
        return no_value();
    int32_t first = ref->token;
    for (int step = 0; step < CHAIN_LIMIT; step++) {
        struct ref_object *at = object_at(grammar, OBJECT_REF, ref_of_token(grammar, first));
        if (!at || at->previous < 0)
            break;
        first = at->previous;
    }
    return token_value(first);
}

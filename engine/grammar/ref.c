/* ref.c -- answers for ref(x): whom or what a noun or pronoun stands for. What it takes up may
 * stand in an earlier sentence, of which only the mention is left; so its properties are
 * attributes, and roles give tokens of this sentence only.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "grammar/mention.h"

enum { FAR_TOKENS = 15, CHAIN_LIMIT = 16 };

void grammar_remember(struct grammar *grammar)
{
    if (!grammar->document)
        return;
    remember_addresses(grammar, grammar->document);
    remember_mentions(grammar, grammar->document);
    grammar->document->sentences++;
}

static const struct mention *mention_at(struct grammar *g, int32_t token)
{
    uint32_t count, low = 0;
    const struct mention *mentions = sentence_mentions(g, &count);
    for (uint32_t high = count; mentions && low < high;) {
        uint32_t middle = (low + high) / 2;
        if (mentions[middle].token < token)
            low = middle + 1;
        else
            high = middle;
    }
    return mentions && low < count && mentions[low].token == token ? &mentions[low] : NULL;
}

int32_t ref_of_token(struct grammar *grammar, int32_t token)
{
    int32_t head = np_head(grammar, token), number;
    if (token_at(grammar, token)->upos == UPOS_PRON)
        head = token;
    if (head < 0)
        return -1;
    int16_t *slot = &grammar->cache[OBJECT_REF][head];
    if (*slot == 0) {
        struct ref_object *ref = object_new(grammar, OBJECT_REF, sizeof *ref, &number);
        if (!ref)
            return -1;
        ref->token = head;
        ref->mention = mention_at(grammar, head);
        if (word_at(grammar, head)->bits & WORD_SECOND) {
            struct number_guess guess = you_number(grammar, head);
            ref->number = guess.number;
            ref->sure = guess.sure;
        } else {
            ref->number = ref->mention ? ref->mention->number : VALUE_NONE;
            ref->sure = ref->mention ? ref->mention->sure : 0;
        }
        *slot = (int16_t)(number + 1);
    }
    return *slot - 1;
}

/* A chain of personal pronouns that begins with one. */
static bool is_unnamed(const struct mention *m)
{
    return (m->described & MENTION_PRO) && !(m->described & MENTION_INDEF);
}

static enum value_id kind_of(struct grammar *g, const struct ref_object *ref)
{
    if (rel_of(g, ref->token) == REL_EXPL && !form_is(token_at(g, ref->token), "it"))
        return VALUE_DUMMY;
    if (ref->mention)
        return (enum value_id)ref->mention->kind;
    return np_is_animate(g, ref->token) ? VALUE_PERSON : VALUE_NONE;
}

struct attr_value ref_attr(struct grammar *grammar, int32_t number, enum attr attr)
{
    const struct ref_object *ref = object_at(grammar, OBJECT_REF, number);
    if (!ref)
        return number_attr(0);
    const struct mention *m = ref->mention;
    switch (attr) {
    case ATTR_KIND: return number_attr(kind_of(grammar, ref));
    case ATTR_NUM: return number_attr(ref->number);
    case ATTR_GENDER:
        return number_attr(m ? (int32_t)m->gender : (int32_t)np_gender(grammar, ref->token));
    case ATTR_NEW: return number_attr(!m || m->distance == 0 || is_unnamed(m));
    case ATTR_FAR: return number_attr(!m || m->distance == 0 || m->distance > (uint32_t)FAR_TOKENS);
    case ATTR_SURE: return number_attr(ref->sure);
    case ATTR_BACK: return number_attr(m ? (int32_t)m->back : 0);
    case ATTR_ANIM:
        return number_attr(m && (m->kind == VALUE_PERSON || m->kind == VALUE_ANIMAL));
    case ATTR_DEF: return number_attr(m && (m->described & MENTION_DEF));
    case ATTR_NAME: return number_attr(m && (m->described & MENTION_NAME));
    case ATTR_COORD: return number_attr(m && (m->described & MENTION_COORD));
    case ATTR_ROLE: return number_attr(m && m->distance ? m->taken_role : (int32_t)VALUE_NONE);
    case ATTR_SIZE: return number_attr(m ? (int32_t)m->mentioned : 0);
    default: return number_attr(0);
    }
}

struct value ref_role(struct grammar *grammar, int32_t number, enum role role)
{
    const struct ref_object *ref = object_at(grammar, OBJECT_REF, number);
    if (!ref || !ref->mention)
        return no_value();
    int32_t previous = ref->mention->antecedent;
    if (role == ROLE_PREV)
        return token_value(previous);
    if (role != ROLE_FIRST)
        return no_value();
    int32_t first = ref->token;
    for (int step = 0; step < CHAIN_LIMIT && previous >= 0; step++) {
        const struct mention *m = mention_at(grammar, first = previous);
        previous = m ? m->antecedent : -1;
    }
    return token_value(first);
}

bool grammar_ref_word(struct grammar *grammar, int32_t number, struct token *word)
{
    static const struct token nothing = {.head = -1, .source = -1, .upos = UPOS_NONE,
                                         .xpos = XPOS_NONE, .deprel = REL_NONE};
    const struct ref_object *ref = object_at(grammar, OBJECT_REF, number);
    *word = nothing;
    if (!ref || !ref->mention || ref->mention->kind == VALUE_DUMMY)
        return false;
    const struct mention *m = ref->mention;
    word->feats = m->feats;
    word->classes = m->classes;
    word->upos = m->upos;
    word->xpos = m->xpos;
    word->form_id = m->form_id;
    word->lemma_id = m->lemma_id;
    word->tag_confidence = word->arc_confidence = 255;
    return true;
}

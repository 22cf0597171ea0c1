/* rooted.c -- sentences whose finite verb the parser hung on its subject (Nothing works here): an
 * acl is never finite, so the verb is the root and the noun its subject. Runs once per sentence,
 * after tags are settled; changes heads and relations only, and never makes a cycle.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "analysis/lexicon_lookup.h"

static bool is_finite(const struct token *t)
{
    return t->upos == UPOS_VERB &&
           (t->xpos == XPOS_VBZ || t->xpos == XPOS_VBP || t->xpos == XPOS_VBD);
}

/* Whether what hangs on the verb makes it something else: a subject, a mark, an auxiliary. */
static bool decides(const struct token *t)
{
    switch (t->deprel) {
    case REL_NSUBJ:
    case REL_NSUBJ_PASS:
    case REL_EXPL:
    case REL_CSUBJ:
    case REL_MARK:
    case REL_AUX:
    case REL_AUX_PASS:
    case REL_COP: return true;
    default: return false;
    }
}

/* The finite verb that hangs on a nominal root as its only clause; -1: there is none. */
static int32_t find_verb(const struct sentence *s, int32_t root)
{
    int32_t verb = -1;
    for (int32_t i = 0; i < (int32_t)s->count; i++) {
        const struct token *t = &s->tokens[i];
        if (t->head == root && t->deprel == REL_ACL && i > root && is_finite(t)) {
            if (verb >= 0)
                return -1;
            verb = i;
        } else if (t->head == root && decides(t)) {
            return -1;
        }
    }
    for (int32_t i = 0; verb >= 0 && i < (int32_t)s->count; i++)
        if (s->tokens[i].head == verb && decides(&s->tokens[i]))
            return -1;
    return verb;
}

void lex_settle_root(struct sentence *s)
{
    int32_t root = -1;
    for (int32_t i = 0; i < (int32_t)s->count && root < 0; i++)
        if (s->tokens[i].head < 0)
            root = i;
    if (root < 0)
        return;
    struct token *noun = &s->tokens[root];
    if (noun->upos != UPOS_NOUN && noun->upos != UPOS_PROPN && noun->upos != UPOS_PRON)
        return;
    int32_t verb = find_verb(s, root);
    if (verb < 0)
        return;
    s->tokens[verb].head = -1;
    s->tokens[verb].deprel = REL_ROOT;
    noun->head = verb;
    noun->deprel = REL_NSUBJ;
    for (int32_t i = 0; i < (int32_t)s->count; i++) {
        struct token *t = &s->tokens[i];
        bool outer = t->upos == UPOS_PUNCT || t->deprel == REL_PARATAXIS ||
                     t->deprel == REL_DISCOURSE || t->deprel == REL_VOCATIVE;
        if (t->head == root && i != verb && (outer || i > verb))
            t->head = verb;
    }
}

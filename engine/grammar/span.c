/* span.c -- runs of tokens that edits take as a whole: a subtree, a noun phrase, a verb phrase.
 * A run is given only if nothing foreign stands in it.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "grammar/objects.h"

/* Does every token of start..end but the head hang from a token of it? */
static bool is_closed(const struct grammar *g, int32_t head, int32_t start, int32_t end)
{
    for (int32_t i = start; i <= end; i++)
        if (i != head && (g->heads[i] < start || g->heads[i] > end))
            return false;
    return head >= start && head <= end;
}

bool grammar_subtree_span(struct grammar *grammar, int32_t token, int32_t *start, int32_t *end)
{
    if (!has_token(grammar, token))
        return false;
    subtree_trim(grammar, token, start, end);
    return is_closed(grammar, token, *start, *end);
}

/* Widens start..end by the child; false if it may not be in the run and stands inside it. */
static void widen(const struct grammar *g, int32_t child, int32_t *start, int32_t *end)
{
    if (g->subtree_start[child] < *start)
        *start = g->subtree_start[child];
    if (g->subtree_end[child] > *end)
        *end = g->subtree_end[child];
}

static void trim(const struct grammar *g, int32_t head, int32_t *start, int32_t *end)
{
    while (*start < head && (is_punct(g, *start) || base_rel(g, *start) == REL_CC))
        (*start)++;
    while (*end > head && (is_punct(g, *end) || base_rel(g, *end) == REL_CC))
        (*end)--;
}

static bool outside_np(struct grammar *g, int32_t head, int32_t child)
{
    switch (base_rel(g, child)) {
    case REL_CASE: case REL_MARK: case REL_CC: case REL_NSUBJ: case REL_CSUBJ: case REL_EXPL:
    case REL_COP: case REL_AUX: case REL_PARATAXIS: case REL_DISCOURSE: case REL_VOCATIVE:
    case REL_ADVCL: case REL_PUNCT: case REL_DISLOCATED:
        return !(rel_of(g, child) == REL_CASE && child > head);
    case REL_ADVMOD: case REL_OBL: case REL_CCOMP: case REL_XCOMP:
        return is_predicate(g, head);
    case REL_CONJ:
        return is_predicate(g, child);
    default:
        return false;
    }
}

bool grammar_np_span(struct grammar *grammar, int32_t token, int32_t *start, int32_t *end)
{
    int32_t head = np_head(grammar, token);
    if (head < 0)
        return false;
    *start = *end = head;
    for (int32_t c = grammar->first_child[head]; c >= 0; c = grammar->next_sibling[c])
        if (!outside_np(grammar, head, c))
            widen(grammar, c, start, end);
    trim(grammar, head, start, end);
    for (int32_t c = grammar->first_child[head]; c >= 0; c = grammar->next_sibling[c])
        if (c >= *start && c <= *end && outside_np(grammar, head, c) &&
            !is_punct(grammar, c) && base_rel(grammar, c) != REL_CC)
            return false;
    return is_closed(grammar, head, *start, *end);
}

static bool outside_vp(struct grammar *g, int32_t child)
{
    switch (base_rel(g, child)) {
    case REL_MARK: case REL_CC: case REL_NSUBJ: case REL_CSUBJ: case REL_EXPL: case REL_COP:
    case REL_AUX: case REL_PARATAXIS: case REL_DISCOURSE: case REL_VOCATIVE: case REL_PUNCT:
        return true;
    case REL_CONJ:
        return is_predicate(g, child);
    default:
        return in_tag(g, child);
    }
}

bool grammar_vp_span(struct grammar *grammar, int32_t clause, int32_t *start, int32_t *end)
{
    clause_of_token(grammar, 0);
    struct clause_object *c = clause_at(grammar, clause);
    if (!c)
        return false;
    int32_t links[2 * LIMIT_LINKS], head = c->predicate, after = -1;
    size_t count = vg_tokens(grammar, c->vg, links, 2 * LIMIT_LINKS);
    for (size_t i = 0; i < count; i++)
        if (links[i] < head && links[i] > after)
            after = links[i];
    struct vg_object *vg = vg_at(grammar, c->vg);
    if (vg && vg->own_subject && vg->subject_end < head && vg->subject_end > after)
        after = vg->subject_end;
    *start = *end = head;
    for (int32_t k = grammar->first_child[head]; k >= 0; k = grammar->next_sibling[k])
        if (k > after && !outside_vp(grammar, k))
            widen(grammar, k, start, end);
    trim(grammar, head, start, end);
    return *start > after && is_closed(grammar, head, *start, *end);
}

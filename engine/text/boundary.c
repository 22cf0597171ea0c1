/* boundary.c -- sentence ends: rules for what is certain, then the sum of the weights of hashed
 * features against a threshold, all in integers. It sees the pieces of the sentence so far and the
 * few that follow, never the text further on.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "text/boundary.h"

#include "text/words.h"

/* An end without a full stop or a line end must be surer than another: a sentence cut in two is
 * worse than two run together. */
enum { THRESHOLD = 0, THRESHOLD_BARE = 0 };

static bool is_word_kind(unsigned kind)
{
    return kind <= PIECE_NUMBER;
}

static bool is_final(unsigned kind)
{
    return kind == PIECE_STOP || kind == PIECE_QUESTION || kind == PIECE_ELLIPSIS;
}

/* A line that begins with the mark of a list: * or a dash or 1. or 2) and white space. */
static bool begins_item(const struct boundary *b)
{
    const struct piece *next = b->next;
    if (next->gap < GAP_LINE || b->next_count < 2)
        return false;
    if (next->kind == PIECE_BULLET)
        return next[1].gap == GAP_SPACE && (next->gap == GAP_BREAK || b->text[next->start] != '-');
    bool number = next->kind == PIECE_NUMBER && next->end - next->start < 3;
    return number && next->gap == GAP_BREAK && next[1].gap == GAP_NONE && b->next_count > 2
           && (next[1].kind == PIECE_STOP || next[1].kind == PIECE_CLOSE)
           && next[2].gap == GAP_SPACE;
}

enum boundary_rule boundary_rule(const struct boundary *b)
{
    const struct piece *last = &b->pieces[b->count - 1], *next = b->next;
    if (next->flags & PIECE_INSIDE)
        return BOUNDARY_NO;
    if (next->gap == GAP_PARAGRAPH)
        return BOUNDARY_YES;
    if ((last->flags | next->flags) & PIECE_FENCED)
        return next->gap >= GAP_LINE ? BOUNDARY_YES : BOUNDARY_NO;
    if (next->gap == GAP_NONE && !is_final(last->kind) && last->kind != PIECE_QUOTE_CLOSE
        && last->kind != PIECE_CLOSE && last->kind != PIECE_EMOTICON)
        return BOUNDARY_NO;
    if (begins_item(b))
        return BOUNDARY_YES;
    if (last->kind == PIECE_ABBREVIATION && next->gap < GAP_BREAK
        && word_never_ends(b->text + last->start, last->end - last->start - 1))
        return BOUNDARY_NO;
    if (next->gap == GAP_NONE && last->kind == PIECE_STOP && b->count > 1
        && last[-1].kind == PIECE_LOWER && last->gap == GAP_NONE)
        return next->kind == PIECE_CAPITAL ? BOUNDARY_YES : BOUNDARY_ASK; /* home.Then */
    if (next->gap <= GAP_LINE && last->kind == PIECE_LOWER && next->kind == PIECE_LOWER)
        return BOUNDARY_NO;
    return BOUNDARY_ASK;
}

static uint32_t mix(uint32_t hash, uint32_t value)
{
    hash = (hash ^ value) * 0x85EBCA6Bu;
    return hash ^ (hash >> 15);
}

static unsigned bucket(unsigned count)
{
    static const unsigned char limits[] = {1, 2, 3, 4, 6, 9, 14, 22, 35, 60};
    unsigned i = 0;
    while (i < sizeof limits && count > limits[i])
        i++;
    return i;
}

struct view {
    unsigned l1, l2, l3, n1, n2, n3, core, gap; /* kinds; core: last before quotes and brackets */
    uint32_t wl1, wl2, wn1, wn2, wcore, first;  /* forms */
};

enum { EDGE = PIECE_KIND_COUNT };

static void look(const struct boundary *b, struct view *v)
{
    const struct piece *last = &b->pieces[b->count - 1];
    unsigned i = b->count - 1;
    v->l1 = last->kind;
    v->wl1 = last->hash;
    v->l2 = b->count > 1 ? last[-1].kind : EDGE;
    v->wl2 = b->count > 1 ? last[-1].hash : 0;
    v->l3 = b->count > 2 ? last[-2].kind : EDGE;
    v->n1 = b->next[0].kind;
    v->wn1 = b->next[0].hash;
    v->n2 = b->next_count > 1 && b->next[1].gap < GAP_PARAGRAPH ? b->next[1].kind : EDGE;
    v->wn2 = v->n2 == EDGE ? 0 : b->next[1].hash;
    v->n3 = v->n2 != EDGE && b->next_count > 2 && b->next[2].gap < GAP_PARAGRAPH ? b->next[2].kind
                                                                               : EDGE;
    v->gap = b->next[0].gap;
    while (i > 0 && (b->pieces[i].kind == PIECE_CLOSE || b->pieces[i].kind == PIECE_QUOTE_CLOSE
                     || b->pieces[i].kind == PIECE_QUOTE))
        i--;
    v->core = b->pieces[i].kind;
    v->wcore = i > 0 && is_final(v->core) ? b->pieces[i - 1].hash : 0;
    v->first = b->pieces[0].hash;
}

unsigned boundary_features(const struct boundary *b, uint16_t features[BOUNDARY_FEATURES])
{
    struct view v;
    look(b, &v);
    const struct piece *last = &b->pieces[b->count - 1];
    uint32_t around = v.l1 | v.n1 << 8 | v.gap << 16, size = last->end - last->start;
    uint32_t quoted = last->flags & PIECE_QUOTED;
    quoted |= (uint32_t)(b->next->flags & PIECE_QUOTED) << 1;
    uint32_t deep = b->depth > 0;
    uint32_t hashes[BOUNDARY_FEATURES] = {
        0,
        around,
        mix(around, v.l2),
        mix(around, v.n2),
        mix(around, v.l2 | v.n2 << 8),
        mix(around, v.l2 | v.l3 << 8),
        mix(around, v.n2 | v.n3 << 8),
        mix(v.wl1, v.n1),
        mix(v.wl1, v.gap),
        mix(v.wn1, v.l1),
        mix(v.wl2, v.l1 | v.n1 << 8),
        mix(v.wl1, v.wn1),
        mix(bucket(b->count), v.l1 | v.n1 << 8),
        mix(bucket(b->count), v.gap | (uint32_t)is_final(v.core) << 8),
        mix(quoted, around),
        mix(deep, around),
        mix(v.core | v.l1 << 8, v.n1 | v.gap << 8),
        mix(v.first, v.l1 | v.n1 << 8),
        mix(size < 6 ? size : 6, v.l1 | v.n1 << 8),
        mix(v.wcore, v.n1),
        mix(v.wcore, v.wn1),
        mix(v.gap, v.core),
    };
    for (uint32_t i = 0; i < BOUNDARY_FEATURES; i++)
        features[i] = (uint16_t)(mix(mix(0x9E3779B9u, i), hashes[i]) >> (32 - BOUNDARY_BITS));
    return BOUNDARY_FEATURES;
}

bool boundary_here(const struct boundary *b)
{
    uint16_t features[BOUNDARY_FEATURES];
    enum boundary_rule rule = boundary_rule(b);
    if (rule != BOUNDARY_ASK)
        return rule == BOUNDARY_YES;
    unsigned count = boundary_features(b, features);
    int sum = 0;
    for (unsigned i = 0; i < count; i++)
        sum += boundary_weights[features[i]] - BOUNDARY_ZERO;
    bool bare = b->next->gap < GAP_BREAK && is_word_kind(b->pieces[b->count - 1].kind);
    return sum > (bare ? THRESHOLD_BARE : THRESHOLD);
}

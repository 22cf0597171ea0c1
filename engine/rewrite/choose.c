/* choose.c -- draws. Each is a hash of seed, variant, record key, sentence, feature and site, so it
 * does not depend on what was drawn before it. Order: rate, group, realisation; of the realisations
 * of a feature a speaker keeps to one, so that draw leaves out sentence and site.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <string.h>

#include "base/hash.h"
#include "rewrite/rewriter.h"

enum { DRAW_RATE = 1, DRAW_GROUP = 2, DRAW_REALISATION = 3, DRAW_PLACE = 4 };

static const struct tab_feature *feature_of(const struct rewriter *r, uint32_t rule)
{
    const struct table *t = &r->tables->table;
    return &t->features[t->rules[rule].feature];
}

/* The part of a draw that is the same all through a document: the speaker's habits. */
static uint64_t habit_hash(const struct rewriter *r, struct matcher *m, uint32_t rule_number)
{
    const struct tab_rule *rule = &r->tables->table.rules[rule_number];
    const struct tab_feature *f = feature_of(r, rule_number);
    uint64_t h = hash_mix(r->base, f->id);
    if (rule->flags & TAB_RULE_KEY) {
        struct value v = matcher_ref(m, rule->key);
        if (v.kind == VALUE_IS_TOKEN) {
            const struct token *x = &m->grammar->sentence->tokens[v.a];
            h = hash_bytes(x->lemma, x->lemma_length, h);
        }
    }
    return h;
}

uint64_t choose_hash(const struct rewriter *r, struct matcher *m, const struct sentence *sentence,
                     uint32_t rule_number, int32_t trigger)
{
    const struct tab_rule *rule = &r->tables->table.rules[rule_number];
    uint64_t h = habit_hash(r, m, rule_number);
    if (rule->draw == DRAW_DOCUMENT)
        return h;
    h = hash_mix(h, sentence->number);
    if (rule->draw == DRAW_SENTENCE)
        return h;
    h = hash_mix(h, rule_number - feature_of(r, rule_number)->rules);
    return hash_mix(h, sentence->tokens[trigger].site);
}

/* Of the features of a group that the profile has, one is drawn. */
bool choose_wins_group(const struct rewriter *r, const struct sentence *sentence,
                       uint32_t rule_number, int32_t trigger, uint32_t *winner)
{
    const struct table *t = &r->tables->table;
    const struct tab_feature *f = feature_of(r, rule_number);
    if (f->group == TAB_NONE)
        return true;
    const char *group = table_string(t, f->group);
    uint64_t h = hash_bytes(group, strlen(group), r->base);
    if (f->per != PER_DOCUMENT)
        h = hash_mix(h, sentence->number);
    if (f->per == PER_SITE)
        h = hash_mix(h, sentence->tokens[trigger].site);
    double total = 0;
    for (uint32_t i = 0; i < t->feature_count; i++)
        if (t->features[i].group == f->group)
            total += r->profile->feature_rates[i];
    double draw = hash_draw(hash_mix(h, DRAW_GROUP)) * total;
    for (uint32_t i = 0; i < t->feature_count; i++) {
        if (t->features[i].group != f->group)
            continue;
        draw -= r->profile->feature_rates[i];
        *winner = t->features[i].id;
        if (draw < 0)
            return &t->features[i] == f;
    }
    return true;
}

bool choose_fires(const struct rewriter *r, uint32_t rule_number, uint64_t hash)
{
    return hash_draw(hash_mix(hash, DRAW_RATE)) < r->profile->rules[rule_number].rate;
}

/* Whether a sense may be written; others than senses always. */
static bool may_write(const struct rewriter *r, const struct tab_rule *rule,
                      const struct tab_realisation *as)
{
    const struct table *t = &r->tables->table;
    uint32_t id = t->features[rule->feature].id;
    if (as->sense == TAB_NONE || (id != TAB_FEATURE_SLANG && id != TAB_FEATURE_WORD_IN))
        return true;
    return r->profile->senses[as->sense] & SENSE_SLANG;
}

/* The weight of a realisation: senses of the region itself before those of all regions, what all
 * speakers say before what only some do. */
static double weight_of(const struct rewriter *r, const struct tab_realisation *as)
{
    unsigned ways = as->sense != TAB_NONE ? r->profile->senses[as->sense] : 0;
    return (double)as->weight * (ways & SENSE_OWN ? 4 : 1) * (ways & SENSE_RARE ? 0.25 : 1);
}

/* 2: its `for` names the variety; 1: it has no `for`; 0: for others. */
static int fitness(const struct rewriter *r, const struct tab_realisation *as)
{
    const struct table *t = &r->tables->table;
    if (r->profile->dialect < 0)
        return 2;
    if (as->varieties == TAB_NONE)
        return 1;
    uint32_t d = (uint32_t)r->profile->dialect;
    const uint64_t *set = t->varieties + (uint64_t)as->varieties * t->header->variety_words;
    return set[d / 64] >> (d % 64) & 1 ? 2 : 0;
}

double choose_place(const struct tab_realisation *as, uint64_t site_hash)
{
    return hash_draw(hash_mix(site_hash, DRAW_PLACE)) * TAB_WEIGHT_ONE / (as->weight + 1.0);
}

int32_t choose_realisation(struct rewriter *r, struct matcher *m, const struct candidate *candidate,
                           uint64_t site_hash, const uint64_t *tried)
{
    const struct tab_rule *rule = &r->tables->table.rules[candidate->rule];
    uint32_t id = feature_of(r, candidate->rule)->id;
    bool literal = id == TAB_FEATURE_LITERAL || id == TAB_FEATURE_WORD_OUT;
    const struct tab_realisation *all = &r->tables->table.realisations[rule->realisations];
    int8_t fit[256];
    int best = -1;
    uint32_t n = rule->realisation_count < 256 ? rule->realisation_count : 256;
    uint16_t chosen = r->profile->rules[candidate->rule].chosen;
    for (uint32_t i = 0; i < n; i++) {
        fit[i] = -1;
        if ((chosen != AS_ANY && chosen != i) || !may_write(r, rule, &all[i]) ||
            (tried && (tried[i / 64] >> i % 64 & 1)))
            continue;
        if (all[i].when != TAB_NONE && !matcher_block(m, all[i].when))
            continue;
        fit[i] = chosen == i ? 2 : (int8_t)fitness(r, &all[i]);
        if (literal)
            return (int32_t)i;
        if (fit[i] > best)
            best = fit[i];
    }
    if (best < 0)
        return -1;
    double total = 0;
    for (uint32_t i = 0; i < n; i++)
        if (fit[i] == best)
            total += weight_of(r, &all[i]);
    uint64_t hash = r->tables->table.rules[candidate->rule].sense == TAB_NONE
                        ? habit_hash(r, m, candidate->rule) : site_hash;
    double draw = hash_draw(hash_mix(hash, DRAW_REALISATION)) * total;
    int32_t last = -1;
    for (uint32_t i = 0; i < n; i++) {
        if (fit[i] != best)
            continue;
        last = (int32_t)i;
        draw -= weight_of(r, &all[i]);
        if (draw < 0)
            break;
    }
    return last;
}

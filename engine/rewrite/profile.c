/* profile.c -- making profiles: ratings to probabilities, feature lists, realisations chosen
 * outright, and helpful words when a name is not known.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "rewrite/profile.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/nearest.h"
#include "base/status.h"
#include "engine.h"

static double rating_rate(char rating, const isg_rates *rates, double flat)
{
    if (rating != 'A' && rating != 'B' && rating != 'C')
        return 0;
    if (flat > 0)
        return flat;
    return rating == 'A' ? rates->a : rating == 'B' ? rates->b : rates->c;
}

static void set_feature(struct isg_profile *p, uint32_t feature, double rate)
{
    const struct tab_feature *f = &p->table->features[feature];
    p->feature_rates[feature] = rate < 1 ? rate : 1;
    for (uint32_t i = 0; i < f->rule_count; i++) {
        const struct tab_rule *r = &p->table->rules[f->rules + i];
        p->rules[f->rules + i].rate = p->feature_rates[feature] * r->rate / TAB_RATE_ONE;
    }
}

static void from_dialect(struct isg_profile *p, const isg_profile_options *o)
{
    const isg_rates natural = ISG_RATES_NATURAL;
    const isg_rates *rates = o->rates ? o->rates : &natural;
    bool is_natural = o->rate <= 0 && rates->a == natural.a && rates->b == natural.b &&
                      rates->c == natural.c; /* what features say of themselves is about these */
    const char *ratings =
        table_string(p->table, p->table->dialects[p->dialect].ratings);
    for (uint32_t i = 0; i < p->table->feature_count; i++) {
        uint32_t id = p->table->features[i].id;
        if (id >= 1 && id <= TAB_RATINGS)
            set_feature(p, i, rating_rate(ratings[id - 1], rates, o->rate) *
                                  (is_natural ? p->table->features[i].rate : TAB_RATE_ONE) /
                                  TAB_RATE_ONE);
    }
}

/* The feature of a number or name, -1 if there is none. */
static int32_t find_feature(const struct table *t, const char *name, size_t length)
{
    bool number = length > 0 && length < 10;
    unsigned id = 0;
    for (size_t i = 0; i < length && number; i++) {
        number = name[i] >= '0' && name[i] <= '9';
        id = id * 10 + (unsigned)(name[i] - '0');
    }
    for (uint32_t i = 0; i < t->feature_count; i++) {
        const char *n = table_string(t, t->features[i].name);
        if (number ? t->features[i].id == id
                   : strlen(n) == length && strncasecmp(n, name, length) == 0)
            return (int32_t)i;
    }
    return -1;
}

static isg_status unknown_feature(const struct table *t, const char *name, size_t length,
                                  isg_error *error)
{
    struct nearest nearest;
    nearest_init(&nearest, name, length);
    for (uint32_t i = 0; i < t->feature_count; i++) {
        char number[16];
        snprintf(number, sizeof number, "%u", t->features[i].id);
        nearest_offer(&nearest, number);
        nearest_offer(&nearest, table_string(t, t->features[i].name));
    }
    char found[256];
    nearest_print(&nearest, found, sizeof found);
    return status_set(error, ISG_UNKNOWN,
                      "no feature '%.*s' in the rule table (files are compiled into it)%s%s",
                      (int)(length < 80 ? length : 80), name, *found ? "; nearest: " : "", found);
}

static isg_status unknown_rule(const struct table *t, const struct tab_feature *f,
                               const char *name, size_t length, isg_error *error)
{
    struct nearest nearest;
    nearest_init(&nearest, name, length);
    for (uint32_t i = 0; i < f->rule_count; i++)
        nearest_offer(&nearest, table_string(t, t->rules[f->rules + i].name));
    char found[256];
    nearest_print(&nearest, found, sizeof found);
    return status_set(error, ISG_UNKNOWN, "feature %u has no rule '%.*s'%s%s", f->id,
                      (int)(length < 80 ? length : 80), name, *found ? "; nearest: " : "", found);
}

/* One item of a list: FEATURE or FEATURE.RULE. */
static isg_status add_item(struct isg_profile *p, const char *item, size_t length, double rate,
                           isg_error *error)
{
    const struct table *t = p->table;
    const char *dot = memchr(item, '.', length);
    size_t name_length = dot ? (size_t)(dot - item) : length;
    int32_t feature = find_feature(t, item, name_length);
    if (feature < 0)
        return unknown_feature(t, item, name_length, error);
    const struct tab_feature *f = &t->features[feature];
    if (!dot) {
        set_feature(p, (uint32_t)feature, rate);
        return ISG_OK;
    }
    size_t rule_length = length - name_length - 1;
    for (uint32_t i = 0; i < f->rule_count; i++) {
        const char *n = table_string(t, t->rules[f->rules + i].name);
        if (strlen(n) == rule_length && memcmp(n, dot + 1, rule_length) == 0) {
            p->rules[f->rules + i].rate = rate;
            p->feature_rates[feature] = rate;
            return ISG_OK;
        }
    }
    return unknown_rule(t, f, dot + 1, rule_length, error);
}

static isg_status from_list(struct isg_profile *p, const char *list, double rate,
                            isg_error *error)
{
    while (*list) {
        size_t length = strcspn(list, ", ");
        if (length > 0) {
            isg_status status = add_item(p, list, length, rate, error);
            if (status != ISG_OK)
                return status;
        }
        list += length;
        list += strspn(list, ", ");
    }
    return ISG_OK;
}

/* Takes "feature.rule=as ..." of a dialect, or one bare name for every rule (tests). */
static void choose(struct isg_profile *p, const char *wanted)
{
    const struct table *t = p->table;
    for (uint32_t i = 0; i < t->rule_count; i++) {
        const struct tab_rule *r = &t->rules[i];
        for (uint32_t k = 0; k < r->realisation_count; k++) {
            char full[160];
            const char *as = table_string(t, t->realisations[r->realisations + k].name);
            snprintf(full, sizeof full, "%u.%s=%s", t->features[r->feature].id,
                     table_string(t, r->name), as);
            size_t n = strlen(full);
            for (const char *w = strstr(wanted, full); w; w = strstr(w + 1, full))
                if ((w == wanted || w[-1] == ' ') && (w[n] == ' ' || w[n] == '\0'))
                    p->rules[i].chosen = (uint16_t)k;
            const char *rule = full + strcspn(full, ".") + 1; /* RULE=AS of any feature (tests) */
            if (strcmp(wanted, as) == 0 || strcmp(wanted, rule) == 0)
                p->rules[i].chosen = (uint16_t)k;
        }
    }
}

static void switch_guards(struct isg_profile *p, const char *without)
{
    const struct table *t = p->table;
    for (uint32_t i = 0; i < t->rule_count; i++) {
        const struct tab_rule *r = &t->rules[i];
        p->rules[i].chosen = AS_ANY;
        p->rules[i].guards = UINT32_MAX;
        for (uint32_t k = 0; without && k < r->guard_count; k++)
            if (strcmp(table_string(t, t->guards[r->guards + k].name), without) == 0)
                p->rules[i].guards &= ~(1u << k);
    }
}

/* The regions of a list such as "UK,IE" as bits; 0: an unknown one, reported. */
static uint32_t read_regions(const char *list, isg_error *error)
{
    uint32_t regions = 0;
    while (*list) {
        size_t length = strcspn(list, ", ");
        int number = -1;
        for (unsigned i = 0; i < REGION_COUNT; i++) {
            const char *name = vocab_name(VOCAB_LIST_REGION, i);
            if (strlen(name) == length && strncasecmp(name, list, length) == 0)
                number = (int)i;
        }
        bool all = length == 3 && strncasecmp(list, "all", 3) == 0;
        if (length > 0 && number < 0 && !all) {
            char names[160] = "";
            for (unsigned i = 0, n = 0; i < REGION_COUNT && n < sizeof names; i++)
                n += (unsigned)snprintf(names + n, sizeof names - n, "%s%s", i ? ", " : "",
                                        vocab_name(VOCAB_LIST_REGION, i));
            status_set(error, ISG_UNKNOWN, "no region '%.*s'; there are %s, all",
                       (int)(length < 40 ? length : 40), list, names);
            return 0;
        }
        if (all)
            regions |= (1u << REGION_COUNT) - 1;
        else if (length > 0)
            regions |= 1u << number;
        list += length;
        list += strspn(list, ", ");
    }
    if (!regions)
        status_set(error, ISG_ARGUMENT, "no region is named");
    return regions;
}

/* Registers by name, as bits; 0: there is none of a name, reported. */
static uint32_t read_registers(const char *list, isg_error *error)
{
    const uint32_t all = (1u << REGISTER_COUNT) - 1;
    uint32_t registers = 0;
    while (list[strspn(list, ", ")]) {
        list += strspn(list, ", ");
        size_t length = strcspn(list, ", ");
        int number = vocab_find(VOCAB_LIST_REGISTER, list, length);
        if (length == 3 && memcmp(list, "all", 3) == 0)
            registers = all;
        else if (number >= 0)
            registers |= 1u << number;
        else {
            status_set(error, ISG_UNKNOWN, "no register '%.*s'; there are slang, colloquial, "
                       "youth, local, cant, dated and all", (int)(length < 40 ? length : 40), list);
            return 0;
        }
        list += length;
    }
    if (!registers)
        status_set(error, ISG_ARGUMENT, "no register is named");
    return registers;
}

/* The sense at file:line; TAB_NONE: there is none. */
static uint32_t find_sense(const struct isg_profile *p, const char *wanted)
{
    const struct table *t = p->table;
    for (uint32_t i = 0; i < t->sense_count; i++) {
        const char *file = table_string(t, t->senses[i].file);
        size_t n = strlen(file);
        if (strncmp(wanted, file, n) == 0 && wanted[n] == ':' &&
            strtoul(wanted + n + 1, NULL, 10) == t->senses[i].line)
            return i;
    }
    return TAB_NONE;
}

/* What a profile does with slang and words of regions, as bits of enum region. */
struct wishes {
    uint32_t found, written; /* slang put into plain words; slang written */
    uint32_t spoken;         /* regions whose everyday words are written, others replaced */
    uint32_t registers;      /* of what is written; bits of enum register_ */
    bool evenly;             /* words of youth and of a place are written as often as others */
};

/* What not all speakers of a region say. */
static bool is_rare(unsigned register_)
{
    return register_ == REGISTER_YOUTH || register_ == REGISTER_LOCAL;
}

/* Slurs are never written. */
static uint8_t ways_of(const struct tab_sense *s, const struct wishes *w, unsigned coarseness)
{
    bool general = s->regions & 1u;
    uint8_t ways = 0;
    if (s->is_word) {
        if (w->spoken)
            ways = s->regions & w->spoken ? SENSE_SLANG | SENSE_OWN : SENSE_LITERAL;
        return ways;
    }
    if (w->found && ((s->regions & w->found) || general))
        ways |= SENSE_LITERAL;
    if (w->written && ((s->regions & w->written) || general) && s->label <= coarseness &&
        s->label < TAB_LABEL_SLUR && (w->registers >> s->drawn_as & 1))
        ways |= SENSE_SLANG | (s->regions & w->written & ~1u ? SENSE_OWN : 0) |
                (is_rare(s->drawn_as) && !w->evenly ? SENSE_RARE : 0);
    return ways;
}

static bool is_wished(const struct wishes *w, uint32_t feature)
{
    switch (feature) {
    case TAB_FEATURE_LITERAL: return w->found;
    case TAB_FEATURE_SLANG: return w->written;
    case TAB_FEATURE_WORD_OUT:
    case TAB_FEATURE_WORD_IN: return w->spoken;
    default: return false;
    }
}

/* Whether any sense that a rule is for may be found or written. */
static bool has_sense(const struct isg_profile *p, const struct tab_rule *rule)
{
    const struct table *t = p->table;
    uint32_t id = t->features[rule->feature].id;
    bool out = id == TAB_FEATURE_LITERAL || id == TAB_FEATURE_WORD_OUT;
    for (uint32_t i = 0; i < rule->realisation_count; i++) {
        uint32_t sense = t->realisations[rule->realisations + i].sense;
        if (sense != TAB_NONE && (p->senses[sense] & (out ? SENSE_LITERAL : SENSE_SLANG)))
            return true;
    }
    return false;
}

static void set_senses(struct isg_profile *p, const isg_profile_options *o, const struct wishes *w)
{
    const struct table *t = p->table;
    for (uint32_t i = 0; i < t->sense_count; i++) {
        p->senses[i] = ways_of(&t->senses[i], w, o->coarseness);
    }
    uint32_t only = o->sense ? find_sense(p, o->sense) : TAB_NONE;
    bool plain = only != TAB_NONE && table_string(t, t->senses[only].plain)[0] == '\0';
    for (uint32_t i = 0; o->sense && !plain && i < t->sense_count; i++)
        p->senses[i] = i == only ? p->senses[i] : 0;
    for (uint32_t i = 0; i < t->feature_count; i++)
        if (is_wished(w, t->features[i].id))
            set_feature(p, i, t->features[i].id == TAB_FEATURE_SLANG && o->density > 0 ? o->density
                                                                                       : 1);
    for (uint32_t i = 0; i < t->rule_count; i++)
        if (t->rules[i].sense != TAB_NONE &&
            (!has_sense(p, &t->rules[i]) || (plain && t->rules[i].sense != only)))
            p->rules[i].rate = 0;
    p->mark = o->literal && o->mark;
    p->one_site = o->slang && o->density <= 0;
}

/* Switches on the feature that spells as a region does. */
static isg_status set_spelling(struct isg_profile *p, const char *region, isg_error *error)
{
    const struct table *t = p->table;
    char names[160] = "";
    size_t n = 0, prefix = strlen(TAB_SPELLING);
    for (uint32_t i = 0; i < t->feature_count; i++) {
        const char *name = table_string(t, t->features[i].name);
        if (strncmp(name, TAB_SPELLING, prefix) != 0)
            continue;
        if (strcasecmp(name + prefix, region) == 0) {
            set_feature(p, i, 1);
            return ISG_OK;
        }
        if (n < sizeof names)
            n += (size_t)snprintf(names + n, sizeof names - n, "%s%s", n ? ", " : "",
                                  name + prefix);
    }
    return status_set(error, ISG_UNKNOWN, "no spelling '%.40s'; there %s %s", region,
                      n ? "are" : "is none", names);
}

/* The options with the layers that the dialect's profile switches on, where they name none. */
static isg_profile_options with_profile(const struct isg_profile *p, const isg_profile_options *o)
{
    isg_profile_options out = *o;
    if (p->dialect < 0 || o->features)
        return out;
    const struct tab_dialect *d = &p->table->dialects[p->dialect];
    out.spelling = o->spelling ? o->spelling : table_string(p->table, d->spelling);
    out.vocabulary = o->vocabulary ? o->vocabulary : table_string(p->table, d->vocabulary);
    out.slang = o->slang ? o->slang : table_string(p->table, d->slang);
    return out;
}

static isg_status set_layers(struct isg_profile *p, const isg_profile_options *given,
                             isg_error *error)
{
    const isg_profile_options all = with_profile(p, given), *o = &all;
    struct wishes w = {.registers = 1u << REGISTER_SLANG | 1u << REGISTER_COLLOQUIAL |
                                    1u << REGISTER_YOUTH | 1u << REGISTER_LOCAL};
    isg_error own;
    isg_error *e = error ? error : &own;
    if (o->literal && !(w.found = read_regions(o->regions ? o->regions : "all", e)))
        return e->code;
    if (o->slang && !(w.written = read_regions(o->slang, e)))
        return e->code;
    w.evenly = o->registers || o->sense; /* examples of an entry are for whatever register it has */
    if (w.evenly && !(w.registers = read_registers(o->registers ? o->registers : "all", e)))
        return e->code;
    if (o->vocabulary && !(w.spoken = read_regions(o->vocabulary, e)))
        return e->code;
    if (w.found || w.written || w.spoken)
        set_senses(p, o, &w);
    return o->spelling ? set_spelling(p, o->spelling, e) : ISG_OK;
}

static isg_status resolve(struct isg_profile *p, const isg_engine *engine,
                          const isg_profile_options *o, isg_error *error)
{
    isg_status status = ISG_OK;
    switch_guards(p, o->without_guard);
    if (o->dialect) {
        size_t number;
        status = isg_engine_find_dialect(engine, o->dialect, &number, error);
        if (status != ISG_OK)
            return status;
        p->dialect = (int32_t)number;
        const struct tab_dialect *d = &p->table->dialects[number];
        if ((d->flags & TAB_DIALECT_CONTACT) && !o->contact_language)
            return status_set(error, ISG_ARGUMENT,
                              "%s is a language of its own with its own spelling; with "
                              "--contact-language the output is English with features attested "
                              "in it", table_string(p->table, d->name));
        if (d->realisations != TAB_NONE)
            choose(p, table_string(p->table, d->realisations));
    }
    if (o->features)
        status = from_list(p, o->features, o->rate > 0 ? o->rate : 1, error);
    else if (p->dialect >= 0)
        from_dialect(p, o);
    if (o->realisation)
        choose(p, o->realisation);
    if (status == ISG_OK)
        status = set_layers(p, o, error);
    for (uint32_t i = 0; i < p->table->rule_count; i++)
        if (p->rules[i].rate > 0) {
            p->on[i / 64] |= (uint64_t)1 << (i % 64);
            p->strata[p->table->features[p->table->rules[i].feature].stratum] = true;
        }
    return status;
}

static bool is_rate(double x)
{
    return isfinite(x) && x >= 0 && x <= 1;
}

isg_status isg_profile_new(const isg_engine *engine, const isg_profile_options *options,
                           isg_profile **profile, isg_error *error)
{
    static const isg_profile_options nothing;
    const isg_profile_options *o = options ? options : &nothing;
    *profile = NULL;
    if (!is_rate(o->rate) || !is_rate(o->density) ||
        (o->rates && !(is_rate(o->rates->a) && is_rate(o->rates->b) && is_rate(o->rates->c))))
        return status_set(error, ISG_ARGUMENT, "a rate is a number from 0 to 1");
    const struct table *t = &engine->tables.table;
    struct isg_profile *p = calloc(1, sizeof *p);
    if (!p)
        return status_nomem(error);
    p->table = t;
    p->dialect = -1;
    p->max_features = o->max_features;
    p->feature_rates = calloc(t->feature_count + 1, sizeof *p->feature_rates);
    p->rules = calloc(t->rule_count + 1, sizeof *p->rules);
    p->on = calloc(t->rule_count / 64 + 1, sizeof *p->on);
    p->senses = calloc(t->sense_count + 1, sizeof *p->senses);
    bool made = p->feature_rates && p->rules && p->on && p->senses;
    isg_status status = made ? resolve(p, engine, o, error) : status_nomem(error);
    if (status == ISG_OK)
        *profile = p;
    else
        isg_profile_free(p);
    return status;
}

void isg_profile_free(isg_profile *profile)
{
    if (!profile)
        return;
    free(profile->feature_rates);
    free(profile->rules);
    free(profile->on);
    free(profile->senses);
    free(profile);
}

/* lint_claims.c -- two features of one stratum that claim the same thing at the same place and have
 * no order (W8): the one with the smaller number always wins, which is seldom what was meant. Told
 * are those that did meet in a text that was tried, and those that are certain to: rules that ask
 * nothing but of the same words and of their verb groups.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <string.h>

#include "facts.h"
#include "lint.h"

enum { TAKES_WORD = ATTR_COUNT, TAKES_CHAIN, MOST_TOLD = 200 };

/* What a rule takes, and of what. */
struct claim {
    const struct feature *feature;
    const struct rule *rule;
    struct facts *trigger;
    unsigned what;            /* enum attr of a verb group, TAKES_WORD, TAKES_CHAIN */
    struct facts *group, *fin, *main; /* of the verb group, and of words of it */
    struct claim *next;       /* of the same stratum */
};

struct claims {
    struct lint *lint;
    struct lowering l;
    struct claim *strata[STRATUM_COUNT];
    uint32_t told[MOST_TOLD][2]; /* pairs of features, smaller number first */
    unsigned told_count;
};

static struct facts *find_facts(struct claims *c, const struct rule *rule, const char *name,
                                enum role role)
{
    struct facts *facts = arena_calloc(c->lint->arena, 1, sizeof *facts);
    int slot = name ? lower_find_slot(&c->l, name) : 0;
    if (facts && slot >= 0 && role == ROLE_NONE)
        facts_find(&c->l, rule, slot, facts);
    else if (facts && slot >= 0)
        facts_find_role(&c->l, rule, slot, role, facts);
    return facts;
}

/* Of a group with the auxiliary do, do is the finite word. */
static void note_support(struct claim *claim)
{
    const struct fact *last = claim->group ? claim->group->list + claim->group->count : NULL;
    for (const struct fact *f = claim->group ? claim->group->list : NULL; f < last; f++)
        if (f->kind == PRED_ATTR_VALUE && f->attribute == ATTR_DO && claim->fin &&
            f->bits == (uint64_t)1 << VALUE_YES && claim->fin->count < MOST_FACTS)
            claim->fin->list[claim->fin->count++] =
                (struct fact){.kind = PRED_LEMMA, .bits = 1, .words = {"do"}, .count = 1};
}

static void add_claim(struct claims *c, const struct rule *rule, unsigned what, const char *group)
{
    struct claim *claim = arena_calloc(c->lint->arena, 1, sizeof *claim);
    const struct feature *f = c->lint->feature;
    if (!claim || f->stratum >= STRATUM_COUNT)
        return;
    claim->feature = f;
    claim->rule = rule;
    claim->what = what;
    claim->trigger = find_facts(c, rule, NULL, ROLE_NONE);
    if (group) {
        claim->group = find_facts(c, rule, group, ROLE_NONE);
        claim->fin = find_facts(c, rule, group, ROLE_FIN);
        claim->main = find_facts(c, rule, group, ROLE_MAIN);
        note_support(claim);
    }
    claim->next = c->strata[f->stratum];
    c->strata[f->stratum] = claim;
}

/* Only realisations without a condition are sure to want what they edit. */
static void add_edit(struct claims *c, const struct rule *rule, const struct edit *edit)
{
    const char *trigger = c->l.names[0];
    bool on_trigger = edit->a.name && edit->a.role_count == 0 && !edit->b.name &&
                      strcmp(edit->a.name, trigger) == 0;
    if ((edit->kind == EDIT_IS_REPLACE || (edit->kind == EDIT_IS_DELETE && edit->target == 0)) &&
        on_trigger)
        add_claim(c, rule, TAKES_WORD, NULL);
    if (edit->kind == EDIT_IS_CHAIN && edit->a.role_count == 0)
        add_claim(c, rule, TAKES_CHAIN, edit->a.name);
    for (const struct test *s = edit->kind == EDIT_IS_SET && edit->a.role_count == 0
                                    ? edit->settings : NULL; s; s = s->next) {
        int attr = vocab_find(VOCAB_LIST_ATTR, s->text, strlen(s->text));
        if (attr >= 0)
            add_claim(c, rule, (unsigned)attr, edit->a.name);
    }
}

/* Whether a match asks nothing but of its trigger and the verb group of it: only then is it certain
 * where it holds. */
static bool is_plain(const struct stmt *stmts)
{
    for (; stmts; stmts = stmts->next)
        if (stmts->kind != STMT_NODE && stmts->kind != STMT_TEST && stmts->kind != STMT_IS &&
            (stmts->kind != STMT_BIND || stmts->number != OBJECT_VG))
            return false;
    return true;
}

static void add_rule(struct claims *c, const struct rule *rule)
{
    struct diagnostics *d = c->l.diagnostics;
    unsigned errors = d->errors;
    d->quiet++; /* what is wrong was said when the feature was read */
    c->l.feature = c->lint->feature;
    if (!rule->broken && is_plain(rule->match) && lower_names(&c->l, rule))
        for (const struct realisation *as = rule->realisations; as; as = as->next)
            for (const struct edit *e = as->action.edits; e && !as->action.has_when; e = e->next)
                add_edit(c, rule, e);
    d->quiet--;
    d->errors = errors;
}

static bool declares(const struct feature *a, const struct feature *b)
{
    for (const struct relation *r = a->relations; r; r = r->next)
        if (r->feature == b->id)
            return true;
    return a->group && b->group && strcmp(a->group, b->group) == 0;
}

static bool is_word_fact(const struct fact *f)
{
    return (f->kind == PRED_FORM || f->kind == PRED_LEMMA) && f->bits;
}

/* Whether both name words, some of which are the same. */
static bool share_words(const struct facts *a, const struct facts *b)
{
    for (unsigned i = 0; i < a->count; i++)
        for (unsigned k = 0; k < b->count; k++)
            if (is_word_fact(&a->list[i]) && is_word_fact(&b->list[k]) &&
                a->list[i].kind == b->list[k].kind)
                return true; /* that they are not disjoint is known already */
    return false;
}

static bool meet(const struct claim *a, const struct claim *b)
{
    if (a->what != b->what || !a->trigger || !b->trigger ||
        facts_exclude(a->trigger, b->trigger) || !share_words(a->trigger, b->trigger))
        return false;
    return a->what == TAKES_WORD ||
           (a->main && b->main && !facts_exclude(a->group, b->group) &&
            !facts_exclude(a->fin, b->fin) && !facts_exclude(a->main, b->main));
}

/* Whether a pair is to be told, and has not been. */
static bool is_new(struct claims *c, const struct feature *a, const struct feature *b)
{
    const struct lint *l = c->lint;
    uint32_t low = a->id < b->id ? a->id : b->id, high = a->id < b->id ? b->id : a->id;
    if ((!lint_wants(l, a) && !lint_wants(l, b)) || declares(a, b) || declares(b, a) ||
        c->told_count == MOST_TOLD)
        return false;
    for (unsigned i = 0; i < c->told_count; i++)
        if (c->told[i][0] == low && c->told[i][1] == high)
            return false;
    c->told[c->told_count][0] = low;
    c->told[c->told_count++][1] = high;
    return true;
}

static void warn_pair(struct claims *c, const struct claim *a, const struct claim *b)
{
    const struct lint *l = c->lint;
    const struct claim *late = a->feature->id > b->feature->id ? a : b, *early = late == a ? b : a;
    const struct claim *shown = lint_wants(l, late->feature) ? late : early;
    const struct claim *other = shown == late ? early : late;
    const char *what = a->what == TAKES_WORD    ? "the same word"
                       : a->what == TAKES_CHAIN ? "the same verb group"
                                                : vocab_name(VOCAB_LIST_ATTR, a->what);
    if (!is_new(c, a->feature, b->feature))
        return;
    diagnostics_lint(l->diagnostics, "W8", shown->rule->at,
                     "features %u and %u (rule %s) of stratum %s can both want %s, and %u always "
                     "wins; say which comes first, <order after=\"%u\"/> in %u, or give both a "
                     "group", shown->feature->id, other->feature->id, other->rule->name,
                     vocab_name(VOCAB_LIST_STRATUM, shown->feature->stratum), what,
                     early->feature->id, early->feature->id, late->feature->id);
}

static void warn_stratum(struct claims *c, const struct claim *claims)
{
    for (const struct claim *a = claims; a; a = a->next)
        for (const struct claim *b = a->next; b && c->told_count < MOST_TOLD; b = b->next)
            if (a->feature != b->feature && meet(a, b))
                warn_pair(c, a, b);
}

static const struct feature *find_feature(const struct lint *l, unsigned id)
{
    const struct feature *f = l->sources->features;
    while (f && f->id != id)
        f = f->next;
    return f;
}

/* Pairs that met in a text. */
static void warn_met(struct claims *c)
{
    const struct lint *l = c->lint;
    const isg_rules_lint_options *o = l->options;
    unsigned id, by;
    const char *text;
    for (size_t i = 0; o->conflicts && o->conflicts(o->context, i, &id, &by, &text); i++) {
        const struct feature *late = find_feature(l, id), *early = find_feature(l, by);
        if (!late || !early || late == early || !is_new(c, late, early))
            continue;
        const struct feature *shown = lint_wants(l, late) ? late : early;
        diagnostics_lint(l->diagnostics, "W8", shown->at,
                         "features %u and %u of stratum %s want the same words in \"%s\", and %u "
                         "wins; say which comes first, <order after=\"%u\"/> in %u, or give both a "
                         "group", late->id, early->id,
                         vocab_name(VOCAB_LIST_STRATUM, late->stratum), text, early->id,
                         early->id, late->id);
    }
}

void lint_claims(struct lint *l)
{
    struct claims c;
    struct builder builder;
    struct buffer keys;
    memset(&c, 0, sizeof c);
    c.lint = l;
    buffer_init(&keys);
    builder_init(&builder, l->arena);
    lowering_start(&c.l, l->sources, &builder, &keys, l->diagnostics);
    for (const struct feature *f = l->sources->features; f; f = f->next) {
        l->feature = f;
        for (const struct rule *rule = f->rules; rule; rule = rule->next)
            add_rule(&c, rule);
    }
    warn_met(&c);
    for (unsigned i = 0; i < STRATUM_COUNT; i++)
        warn_stratum(&c, c.strata[i]);
    builder_clear(&builder);
    buffer_clear(&keys);
}

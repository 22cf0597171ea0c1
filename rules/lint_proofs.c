/* lint_proofs.c -- warnings about what no test shows: promises of feeds= (L5), realisations that no
 * test reaches (W5), guards that no <keep> needs (W6), rules that change their own output again
 * (W7).
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdlib.h>
#include <string.h>

#include "lint.h"

/* Whether with= names a feature. */
static bool names_feature(const char *with, uint32_t id)
{
    while (with && *with) {
        char *end;
        unsigned long number = strtoul(with, &end, 10);
        if (end == with)
            return false;
        if (number == id)
            return true;
        with = end + strspn(end, " ,\t\n");
    }
    return false;
}

/* Whether a test of a feature runs with another one. */
static bool tests_with(const struct feature *feature, uint32_t other)
{
    for (const struct feature_test *t = feature->tests; t; t = t->next)
        if (!t->test.keep && names_feature(t->test.with, other))
            return true;
    return false;
}

static void check_feeding(const struct lint *l)
{
    for (const struct relation *r = l->feature->relations; r; r = r->next) {
        if (r->kind != RELATION_FEEDS || tests_with(l->feature, r->feature))
            continue;
        const struct feature *other = l->sources->features;
        while (other && other->id != r->feature)
            other = other->next;
        if (!other || tests_with(other, l->feature->id))
            continue; /* shown there, or not there to be fed */
        diagnostics_lint(l->diagnostics, "L5", r->at,
                         "no test shows that feature %u feeds %u; add one with both: "
                         "<test with=\"%u\">", l->feature->id, r->feature, r->feature);
    }
}

static bool keeps_by(const struct feature *feature, const char *guard)
{
    for (const struct feature_test *t = feature->tests; t; t = t->next)
        if (t->test.keep && t->test.because && strcmp(t->test.because, guard) == 0)
            return true;
    return false;
}

static void warn_rule(const struct lint *l, const struct rule *rule)
{
    const isg_rules_lint_options *o = l->options;
    uint32_t id = l->feature->id;
    for (const struct realisation *as = rule->realisations; as && o->reaches; as = as->next)
        if (!o->reaches(o->context, id, rule->name, as->name))
            diagnostics_lint(l->diagnostics, "W5", as->at,
                             "no test reaches this realisation; add a sentence that it fits, or "
                             "take it out");
    for (const struct guard *g = rule->guards; g; g = g->next)
        if (!keeps_by(l->feature, g->name))
            diagnostics_lint(l->diagnostics, "W6", g->at,
                             "no <keep because=\"%s\"> shows that this guard is needed; add a "
                             "sentence that only it saves, or take it out", g->name);
    const char *again = o->repeats ? o->repeats(o->context, id, rule->name) : NULL;
    if (again)
        diagnostics_lint(l->diagnostics, "W7", rule->at,
                         "the rule would change its own output again: \"%s\"; test for what it "
                         "writes, so that a text it was applied to stays as it is", again);
}

void lint_proofs(struct lint *l)
{
    check_feeding(l);
    for (const struct rule *rule = l->feature->rules; rule; rule = rule->next)
        warn_rule(l, rule);
}

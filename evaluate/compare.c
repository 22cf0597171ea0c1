/* compare.c -- every arm against the source, over all items, over those it changes, and over those
 * that all dialects, or many, change.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <math.h>
#include <stdlib.h>

#include "evaluate/figures.h"
#include "evaluate/resample.h"

enum { FEW_PAIRS = 25, ENOUGH_ITEMS = 20, WIDE_BATCH = 2 << 20 };

/* How many compared arms change an item. */
static size_t count_changing(const struct figures *f, size_t item)
{
    size_t n = 0;
    for (size_t a = 0; a < variants_compared(f->variants); a++)
        n += variant_of(f->variants, item, a)->changed;
    return n;
}

/* The items that are common: those changed under every compared arm or, if these are few, under as
 * many as leaves enough items, but half at least. Returns by item whether it is; NULL: out of
 * memory. */
static bool *find_common(struct figures *f)
{
    size_t arms = variants_compared(f->variants), found = 0;
    size_t *changed = calloc(arms + 1, sizeof *changed);
    bool *common = calloc(f->items->count + 1, sizeof *common);
    for (size_t i = 0; changed && i < f->items->count; i++)
        changed[count_changing(f, i)]++;
    if (!changed || !common) {
        free(changed);
        free(common);
        return NULL;
    }
    struct ranking *r = &f->ranking;
    *r = (struct ranking){.changed_under = arms, .all_changed = changed[arms]};
    for (size_t k = arms; k > 0 && 2 * k >= arms && !r->by_common; k--) {
        found += changed[k];
        r->by_common = found >= ENOUGH_ITEMS;
        if (r->by_common)
            r->changed_under = k;
    }
    for (size_t i = 0; i < f->items->count; i++) {
        common[i] = count_changing(f, i) >= r->changed_under;
        r->items += common[i];
    }
    free(changed);
    return common;
}

static bool is_in(const struct figures *f, size_t item, size_t arm, enum set_kind set,
                  const bool *common)
{
    if (variant_of(f->variants, item, arm)->excluded)
        return false;
    switch (set) {
    case SET_CHANGED: return variant_of(f->variants, item, arm)->changed;
    case SET_COMMON: return common[item];
    default: return true;
    }
}

/* Bounds of a difference that is partly unknown, outcomes being from 0 to 1. */
static void widen(double base, double arm, double worst[2])
{
    worst[0] += (isnan(arm) ? 0 : arm) - (isnan(base) ? 1 : base);
    worst[1] += (isnan(arm) ? 1 : arm) - (isnan(base) ? 0 : base);
}

/* Means and counts of one comparison; its sums go to the resampling. */
static void count_items(struct figures *f, size_t arm, enum set_kind set, const bool *common,
                        double *gap, double *ratio)
{
    struct comparison *c = &f->arms[arm].sets[set];
    bool *seen = calloc(f->clusters + 1, sizeof *seen);
    bool (*agrees)(const struct answer *, const struct answer *) = task_of(f->o)->agrees;
    double total = 0, flips = 0, events = 0, worst[2] = {0, 0};
    for (size_t i = 0; i < f->items->count; i++) {
        if (!is_in(f, i, arm, set, common))
            continue;
        double x = f->base[i], y = outcome_of(f, i, arm);
        total++;
        widen(x, y, worst);
        if (isnan(x) || isnan(y)) {
            c->failed++;
            continue;
        }
        uint32_t k = f->items->list[i].cluster;
        c->clusters += seen && !seen[k];
        if (seen)
            seen[k] = true;
        c->n++;
        c->standard += x;
        c->variant += y;
        flips += agrees ? !agrees(answer_of(f, i, SOURCE_ARM), answer_of(f, i, arm)) : x != y;
        gap[2 * k] += y - x;
        gap[2 * k + 1]++;
        if (!ratio)
            continue;
        double events_x = task_event(f->o, x), events_y = task_event(f->o, y);
        ratio[4 * k] += events_y;
        ratio[4 * k + 2] += events_x;
        ratio[4 * k + 1]++;
        ratio[4 * k + 3]++;
        events += events_x + events_y;
    }
    free(seen);
    c->has_events = events > 0;
    double n = c->n ? (double)c->n : (double)NAN;
    bool bounded = task_of(f->o)->is_rate || task_of(f->o)->is_share;
    c->standard /= n;
    c->variant /= n;
    c->flips = flips / n;
    for (int k = 0; k < 2; k++)
        c->worst[k] = bounded && total > 0 ? worst[k] / total : (double)NAN;
}

static double share_difference(const double *totals, size_t width)
{
    return width == 4 && totals[1] > 0 && totals[3] > 0
               ? totals[0] / totals[1] - totals[2] / totals[3] : (double)NAN;
}

static const struct stats_interval unknown = {(double)NAN, (double)NAN, (double)NAN, (double)NAN};

/* Puts an arm's comparisons of means and rates to the resampling. */
static bool add_comparisons(struct figures *f, size_t a, struct resample *r, const bool *common)
{
    for (int s = 0; s < SETS; s++) {
        struct comparison *c = &f->arms[a].sets[s];
        *c = (struct comparison){.p = (double)NAN, .p_corrected = (double)NAN, .gap = unknown,
                                 .ratio = unknown, .second = unknown,
                                 .second_standard = (double)NAN, .second_variant = (double)NAN};
        double *gap = resample_add(r, stats_mean, STATS_MEAN_WIDTH, &c->gap);
        bool rates = task_has_events(f->o);
        double *ratio = rates ? resample_add(r, stats_log_ratio, STATS_RATIO_WIDTH, &c->ratio)
                              : NULL;
        if (!gap || (rates && !ratio))
            return false;
        count_items(f, a, (enum set_kind)s, common, gap, ratio);
    }
    return true;
}

/* The comparisons of all arms, of some at a time: their sums take room by clusters. */
static bool compare_all(struct figures *f, const bool *common)
{
    struct resample r = {.clusters = f->clusters};
    size_t width = SETS * (STATS_MEAN_WIDTH + STATS_RATIO_WIDTH), held = 0;
    size_t some = WIDE_BATCH / (width * f->clusters + 1) + 1;
    bool ok = true;
    for (size_t a = 0; ok && a < f->variants->arm_count; a++) {
        ok = add_comparisons(f, a, &r, common);
        if (ok && (++held == some || a + 1 == f->variants->arm_count)) {
            ok = resample_run(&r, &f->stats, f->o->jobs);
            held = 0;
        }
    }
    if (!ok) {
        r.failed = true;
        resample_run(&r, &f->stats, 1);
    }
    return ok;
}

static void exponentiate(struct stats_interval *i)
{
    i->value = exp(i->value);
    i->low = exp(i->low);
    i->high = exp(i->high);
}

/* Counts for macro F1 of answers against gold, at sums. */
static void count_label(const struct figures *f, size_t item, const struct answer *answer,
                        double *sums)
{
    uint32_t gold = f->items->list[item].label;
    if (answer->label == gold) {
        sums[3 * gold]++;
    } else {
        sums[3 * answer->label + 1]++;
        sums[3 * gold + 2]++;
    }
}

/* Of a mean, or of counts of labels. */
static size_t width_of_second(const struct figures *f)
{
    return task_of(f->o)->second_outcome ? 4 : 6 * f->items->labels.count;
}

/* The second figure over all items of an arm; returns false out of memory. */
static bool add_second(struct figures *f, struct resample *r, size_t arm)
{
    struct comparison *c = &f->arms[arm].sets[SET_ALL];
    size_t labels = f->items->labels.count;
    task_worth worth = task_of(f->o)->second_outcome;
    size_t width = width_of_second(f);
    double *sums = resample_add(r, worth ? share_difference : stats_macro_f1_difference, width,
                                &c->second);
    double *totals = calloc(width, sizeof *totals);
    if (!sums || !totals) {
        free(totals);
        return false;
    }
    for (size_t i = 0; i < f->items->count; i++) {
        double x = f->base[i], y = outcome_of(f, i, arm);
        double *at = sums + f->items->list[i].cluster * width;
        if (isnan(x) || isnan(y))
            continue;
        const struct answer *base = answer_of(f, i, SOURCE_ARM), *other = answer_of(f, i, arm);
        if (worth) {
            double of_other = worth(f, i, arm, other), of_base = worth(f, i, SOURCE_ARM, base);
            if (isnan(of_other) || isnan(of_base))
                continue;
            at[0] += of_other;
            at[2] += of_base;
            at[1]++;
            at[3]++;
        } else {
            count_label(f, i, other, at);
            count_label(f, i, base, at + 3 * labels);
        }
    }
    for (size_t k = 0; k < f->clusters * width; k++)
        totals[k % width] += sums[k];
    c->second_variant = worth ? totals[0] / totals[1] : stats_macro_f1(totals, 3 * labels);
    c->second_standard = worth ? totals[2] / totals[3]
                               : stats_macro_f1(totals + 3 * labels, 3 * labels);
    free(totals);
    return true;
}

/* Macro F1 has wide sums, so that only some arms are held at once. */
static bool compare_second(struct figures *f)
{
    if (!task_second(f->o))
        return true;
    struct resample r = {.clusters = f->clusters};
    size_t width = width_of_second(f);
    size_t some = WIDE_BATCH / (width * f->clusters + 1) + 1;
    bool ok = true;
    for (size_t a = 0; ok && a < f->variants->arm_count; a++) {
        ok = add_second(f, &r, a);
        if (ok && (r.count == some || a + 1 == f->variants->arm_count))
            ok = resample_run(&r, &f->stats, f->o->jobs);
    }
    if (!ok) {
        r.failed = true;
        resample_run(&r, &f->stats, 1);
    }
    return ok;
}

/* The permutation test of arms first to end over a set, by clusters. */
static bool test_arms(struct figures *f, enum set_kind set, const bool *common, size_t first,
                      size_t end)
{
    size_t arms = end - first;
    size_t people = f->variants->people, controls = f->variants->arm_count - CONTROLS;
    bool corrects = (first == 0 && end == f->variants->family) || (people > 1 && end == controls);
    double *d = calloc(arms * f->clusters + 1, sizeof *d), *p = calloc(2 * arms + 1, sizeof *p);
    bool ok = d && p;
    for (size_t a = 0; ok && a < arms; a++)
        for (size_t i = 0; i < f->items->count; i++) {
            double difference = outcome_of(f, i, first + a) - f->base[i];
            if (!isnan(difference) && is_in(f, i, first + a, set, common))
                d[a * f->clusters + f->items->list[i].cluster] += difference;
        }
    ok = ok && (arms == 0 || stats_flip(d, arms, f->clusters, &f->stats, p,
                                        corrects ? p + arms : NULL));
    for (size_t a = 0; ok && a < arms; a++) {
        struct comparison *c = &f->arms[first + a].sets[set];
        if (c->n == 0)
            continue;
        c->p = p[a];
        c->p_corrected = corrects ? p[arms + a] : (double)NAN;
        c->test = "sign-flip";
    }
    free(d);
    free(p);
    return ok;
}

/* Few discordant pairs that do not hang together: the exact test. */
static void test_exactly(struct figures *f, size_t arm, enum set_kind set, const bool *common)
{
    struct comparison *c = &f->arms[arm].sets[set];
    uint32_t gains = 0, losses = 0;
    if (!task_of(f->o)->is_rate || f->clusters != f->items->count || c->n == 0)
        return;
    for (size_t i = 0; i < f->items->count; i++) {
        double difference = outcome_of(f, i, arm) - f->base[i];
        if (!isnan(difference) && is_in(f, i, arm, set, common)) {
            gains += difference > 0;
            losses += difference < 0;
        }
    }
    if (gains + losses >= FEW_PAIRS)
        return;
    c->p = stats_mcnemar(gains, losses);
    c->test = "mcnemar";
    if (c->p_corrected < c->p)
        c->p_corrected = c->p;
}

static bool test_all(struct figures *f, const bool *common)
{
    size_t family = f->variants->family, arms = f->variants->arm_count;
    size_t controls = arms - CONTROLS, people = controls - f->variants->people;
    for (int s = 0; s < SETS; s++) {
        if (!test_arms(f, (enum set_kind)s, common, 0, family) ||
            !test_arms(f, (enum set_kind)s, common, family, people) ||
            !test_arms(f, (enum set_kind)s, common, people, controls) ||
            !test_arms(f, (enum set_kind)s, common, controls, arms))
            return false;
        for (size_t a = 0; a < arms; a++)
            test_exactly(f, a, (enum set_kind)s, common);
    }
    return true;
}

/* What an arm is to exceed: the two controls before the slips, and slips as dense as itself. */
enum { MEASURES = CONTROL_TYPO + 1 };

/* Where the density of an arm is between those of two controls, 0 to 1. */
static double place_between(const struct figures *f, size_t arm, size_t low, size_t high)
{
    double from = f->arms[low].density, to = f->arms[high].density, own = f->arms[arm].density;
    if (!(to > from) || own <= from)
        return 0;
    return own < to ? (own - from) / (to - from) : 1;
}

/* The outcome of an item under slips as dense as an arm's edits: between the controls whose
 * densities are below and above, in proportion. */
static double slip_outcome(const struct figures *f, size_t item, size_t arm)
{
    size_t same = f->variants->arm_count - CONTROLS, typo = same + CONTROL_TYPO;
    size_t dense = same + CONTROL_DENSE_TYPO;
    bool above = f->arms[arm].density > f->arms[typo].density;
    size_t low = above ? typo : same, high = above ? dense : typo;
    double t = place_between(f, arm, low, high);
    if (t <= 0)
        return outcome_of(f, item, low);
    return t < 1 ? (1 - t) * outcome_of(f, item, low) + t * outcome_of(f, item, high)
                 : outcome_of(f, item, high);
}

static double measure_of(const struct figures *f, size_t item, size_t arm, size_t measure)
{
    size_t controls = f->variants->arm_count - CONTROLS;
    return measure == CONTROL_TYPO ? slip_outcome(f, item, arm)
                                   : outcome_of(f, item, controls + measure);
}

/* Whether an arm harms significantly, and more than each measure: the intervals of the paired
 * differences from them are clear of zero. */
static bool exceed_controls(struct figures *f)
{
    size_t arms = f->variants->arm_count - CONTROLS, n = arms * MEASURES;
    struct stats_interval *found = calloc(n + 1, sizeof *found);
    struct resample r = {.clusters = f->clusters};
    bool ok = found != NULL;
    for (size_t k = 0; ok && k < n; k++) {
        size_t arm = k / MEASURES;
        double *sums = resample_add(&r, stats_mean, STATS_MEAN_WIDTH, &found[k]);
        ok = sums != NULL;
        for (size_t i = 0; ok && i < f->items->count; i++) {
            double difference = outcome_of(f, i, arm) - measure_of(f, i, arm, k % MEASURES);
            if (isnan(difference) || isnan(f->base[i]))
                continue;
            sums[2 * f->items->list[i].cluster] += difference;
            sums[2 * f->items->list[i].cluster + 1]++;
        }
    }
    r.failed = r.failed || !ok;
    ok = resample_run(&r, &f->stats, f->o->jobs) && ok;
    for (size_t a = 0; ok && a < arms; a++) {
        const struct comparison *c = &f->arms[a].sets[SET_ALL];
        double p = isnan(c->p_corrected) ? c->p : c->p_corrected;
        f->arms[a].exceeds_controls = p < f->alpha && !task_no_headline(f->o);
        for (size_t k = a * MEASURES; k < (a + 1) * MEASURES; k++)
            if (task_is_lower_better(f->o) ? !(found[k].low > 0) : !(found[k].high < 0))
                f->arms[a].exceeds_controls = false;
    }
    free(found);
    return ok;
}

bool figures_compare(struct figures *f)
{
    bool *common = find_common(f);
    if (!common)
        return false;
    bool ok = compare_all(f, common);
    for (size_t a = 0; ok && a < f->variants->arm_count; a++)
        for (int s = 0; s < SETS; s++) {
            struct comparison *c = &f->arms[a].sets[s];
            exponentiate(&c->ratio);
            if (!c->has_events)
                c->ratio = unknown;
            if (c->n == 0)
                c->gap = unknown;
        }
    ok = ok && compare_second(f) && test_all(f, common) && exceed_controls(f);
    free(common);
    return ok;
}

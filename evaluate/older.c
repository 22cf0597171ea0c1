/* older.c -- compares the gaps of two runs: paired by item where the older result has outcomes of
 * the same items, else by their intervals.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "evaluate/older.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "evaluate/fail.h"
#include "evaluate/limits.h"
#include "evaluate/random.h"
#include "evaluate/resample.h"
#include "evaluate/result.h"
#include "evaluate/task.h"

enum { FEW_ITEMS = 10 };

/* One arm in both runs. */
struct change {
    const char *id;
    double old, low, high;     /* the older gap and its interval */
    size_t arm, n;             /* pairs of pairs; 0: not paired */
    struct stats_interval interval;
    double p, p_corrected;
};

static const char *string(const json_t *object, const char *name)
{
    const char *text = json_string_value(json_object_get(object, name));
    return text ? text : "";
}

static double number(const json_t *object, const char *name)
{
    const json_t *value = json_object_get(object, name);
    return json_is_number(value) ? json_number_value(value) : (double)NAN;
}

isg_status older_read(const isg_evaluate_options *o, json_t **older, isg_error *error)
{
    json_error_t problem;
    *older = NULL;
    if (!o->baseline)
        return ISG_OK;
    FILE *file = fopen(o->baseline, "rb");
    if (!file)
        return fail(error, ISG_IO, "cannot read '%s'", o->baseline);
    *older = json_loadf(file, JSON_REJECT_DUPLICATES, &problem);
    fclose(file);
    if (!*older)
        return fail(error, ISG_SYNTAX, "'%s' is no result: line %d: %s", o->baseline, problem.line,
                    problem.text);
    if (!json_is_object(*older) || json_integer_value(json_object_get(*older, "schema")) != 1 ||
        !json_is_array(json_object_get(*older, "arms")))
        return fail(error, ISG_SYNTAX, "'%s' is no result of 'evaluate --json'", o->baseline);
    bool better = json_is_true(json_object_get(*older, "higher_is_better"));
    if (strcmp(string(*older, "task"), task_of(o)->name) ||
        strcmp(string(*older, "metric"), task_of(o)->metric) || better == task_is_lower_better(o))
        return fail(error, ISG_ARGUMENT, "'%s' is of another task or metric: %s, %s", o->baseline,
                    string(*older, "task"), string(*older, "metric"));
    return ISG_OK;
}

/* Tells sources of a name apart. */
static uint64_t hash_source(const struct item *item)
{
    uint64_t hash = 0;
    for (int p = 0; p < PARTS; p++)
        for (const char *c = item->parts[p] ? item->parts[p] : ""; *c; c++)
            hash = random_mix(hash ^ (unsigned char)*c);
    return hash;
}

static void name_source(const struct item *item, char name[17])
{
    snprintf(name, 17, "%016llx", (unsigned long long)hash_source(item));
}

static json_t *make_list(const struct figures *f, const double *outcomes)
{
    json_t *list = json_array();
    for (size_t i = 0; i < f->items->count; i++)
        json_array_append_new(list, result_number(outcomes[i]));
    return list;
}

json_t *older_outcomes(const struct figures *f)
{
    size_t n = f->items->count, arms = f->variants->arm_count;
    if (!f->o->outcomes && n * (arms + 1) > LIMIT_OUTCOMES)
        return json_null();
    json_t *ids = json_array(), *sources = json_array(), *lists = json_object();
    for (size_t i = 0; i < n; i++) {
        char name[17];
        name_source(&f->items->list[i], name);
        json_array_append_new(ids, json_string(f->items->list[i].id));
        json_array_append_new(sources, json_string(name));
    }
    for (size_t a = 0; a < arms; a++)
        json_object_set_new(lists, f->variants->arms[a].id, make_list(f, f->outcome + a * n));
    return json_pack("{s:o, s:o, s:o, s:o}", "items", ids, "sources", sources, "standard",
                     make_list(f, f->base), "arms", lists);
}

/* By item of this run the place it has in the older one, SIZE_MAX: none. NULL: out of memory. */
static size_t *match_items(const struct figures *f, const json_t *older, size_t *matched)
{
    const json_t *outcomes = json_object_get(older, "outcomes");
    const json_t *ids = json_object_get(outcomes, "items");
    const json_t *sources = json_object_get(outcomes, "sources");
    size_t n = f->items->count, *place = malloc((n + 1) * sizeof *place), *of_name = NULL;
    struct names names = {0};
    bool ok = place != NULL;
    *matched = 0;
    of_name = malloc((json_array_size(ids) + 1) * sizeof *of_name);
    ok = ok && of_name;
    for (size_t k = 0; ok && k < json_array_size(ids); k++) {
        const char *id = json_string_value(json_array_get(ids, k));
        size_t before = names.count;
        uint32_t number = id ? names_add(&names, id, strlen(id), 0) : NAMES_NONE;
        ok = !id || number != NAMES_NONE;
        if (ok && id)
            of_name[number] = names.count > before ? k : SIZE_MAX; /* two of a name: neither */
    }
    for (size_t i = 0; ok && i < n; i++) {
        const struct item *item = &f->items->list[i];
        uint32_t number = names_find(&names, item->id, strlen(item->id), 0);
        place[i] = number == NAMES_NONE ? SIZE_MAX : of_name[number];
        char source[17];
        name_source(item, source);
        const char *old = place[i] == SIZE_MAX
                              ? NULL : json_string_value(json_array_get(sources, place[i]));
        if (!old || strcmp(old, source))
            place[i] = SIZE_MAX;
        *matched += place[i] != SIZE_MAX;
    }
    names_clear(&names);
    free(of_name);
    if (!ok) {
        free(place);
        return NULL;
    }
    return place;
}

static double outcome_at(const json_t *list, size_t place)
{
    const json_t *value = json_array_get(list, place);
    return json_is_number(value) ? json_number_value(value) : (double)NAN;
}

/* Sums of what changed in items, by cluster; returns how many there are. */
static size_t sum_changes(const struct figures *f, const json_t *older, size_t arm,
                          const size_t *place, double *means, double *flips)
{
    const json_t *outcomes = json_object_get(older, "outcomes");
    const json_t *base = json_object_get(outcomes, "standard");
    const json_t *list = json_object_get(json_object_get(outcomes, "arms"),
                                         f->variants->arms[arm].id);
    size_t n = 0;
    for (size_t i = 0; i < f->items->count; i++) {
        if (place[i] == SIZE_MAX)
            continue;
        double now = outcome_of(f, i, arm) - f->base[i];
        double then = outcome_at(list, place[i]) - outcome_at(base, place[i]);
        uint32_t k = f->items->list[i].cluster;
        if (isnan(now) || isnan(then))
            continue;
        means[2 * k] += now - then;
        means[2 * k + 1]++;
        flips[k] += now - then;
        n++;
    }
    return n;
}

/* The changes of arms that are in both runs, where they can be paired. */
static bool pair(const struct figures *f, const json_t *older, struct change *changes, size_t count,
                 const size_t *place)
{
    struct resample r = {.clusters = f->clusters};
    double *flips = calloc(count * f->clusters + 1, sizeof *flips);
    double *p = calloc(2 * count + 1, sizeof *p);
    bool ok = flips && p;
    for (size_t k = 0; ok && k < count; k++) {
        double *means = resample_add(&r, stats_mean, STATS_MEAN_WIDTH, &changes[k].interval);
        ok = means != NULL;
        if (ok)
            changes[k].n = sum_changes(f, older, changes[k].arm, place, means,
                                       flips + k * f->clusters);
    }
    r.failed = r.failed || !ok;
    ok = resample_run(&r, &f->stats, f->o->jobs) && ok;
    ok = ok && (count == 0 || stats_flip(flips, count, f->clusters, &f->stats, p, p + count));
    for (size_t k = 0; ok && k < count; k++)
        if (changes[k].n >= FEW_ITEMS) {
            changes[k].p = p[k];
            changes[k].p_corrected = p[count + k];
        } else {
            changes[k].n = 0;
        }
    free(flips);
    free(p);
    return ok;
}

/* Two gaps that are not of the same items: their intervals subtracted, which is wider than the
 * interval of the difference. */
static void subtract(const struct figures *f, struct change *c)
{
    const struct stats_interval *now = &f->arms[c->arm].sets[SET_ALL].gap;
    c->interval = (struct stats_interval){now->value - c->old, now->low - c->high,
                                          now->high - c->low, (double)NAN};
    c->p = c->p_corrected = (double)NAN;
}

static json_t *make_change(const struct figures *f, const struct change *c)
{
    bool lower = task_is_lower_better(f->o);
    bool found = isnan(c->p_corrected) || c->p_corrected < f->alpha;
    bool worse = found && (lower ? c->interval.low > 0 : c->interval.high < 0);
    bool better = found && (lower ? c->interval.high < 0 : c->interval.low > 0);
    const char *verdict = !worse && !better         ? "no change found"
                          : task_no_headline(f->o) ? "changed"
                          : worse                  ? "worse"
                                                   : "better";
    return json_pack("{s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:I, s:s}", "arm", c->id, "old",
                     result_number(c->old), "new",
                     result_number(f->arms[c->arm].sets[SET_ALL].gap.value), "change",
                     result_number(c->interval.value), "low", result_number(c->interval.low),
                     "high", result_number(c->interval.high), "p", result_number(c->p),
                     "p_corrected", result_number(c->p_corrected), "pairs", (json_int_t)c->n,
                     "verdict", verdict);
}

/* Arms of one run that the other has not. */
static json_t *list_missing(const struct figures *f, const json_t *older)
{
    json_t *list = json_array();
    const json_t *arm;
    size_t index;
    json_array_foreach(json_object_get(older, "arms"), index, arm) {
        bool found = false;
        for (size_t a = 0; a < f->variants->arm_count; a++)
            found = found || !strcmp(f->variants->arms[a].id, string(arm, "id"));
        if (!found)
            json_array_append_new(list, json_string(string(arm, "id")));
    }
    return list;
}

static size_t find_arms(const struct figures *f, const json_t *older, struct change *changes)
{
    size_t count = 0, index;
    for (size_t a = 0; a < f->variants->arm_count - CONTROLS; a++) {
        const json_t *arm;
        json_array_foreach(json_object_get(older, "arms"), index, arm) {
            const json_t *all = json_object_get(arm, "all");
            if (strcmp(string(arm, "id"), f->variants->arms[a].id) || isnan(number(all, "gap")) ||
                isnan(f->arms[a].sets[SET_ALL].gap.value))
                continue;
            changes[count++] = (struct change){
                .id = f->variants->arms[a].id, .arm = a, .old = number(all, "gap"),
                .low = number(all, "low"), .high = number(all, "high")};
            break;
        }
    }
    return count;
}

json_t *older_compare(const struct figures *f, const json_t *older)
{
    size_t matched = 0, *place = match_items(f, older, &matched);
    struct change *changes = calloc(f->variants->arm_count + 1, sizeof *changes);
    bool ok = place && changes;
    size_t count = ok ? find_arms(f, older, changes) : 0;
    ok = ok && pair(f, older, changes, count, place);
    json_t *list = json_array();
    for (size_t k = 0; ok && k < count; k++) {
        if (changes[k].n == 0)
            subtract(f, &changes[k]);
        json_array_append_new(list, make_change(f, &changes[k]));
    }
    free(place);
    free(changes);
    if (!ok) {
        json_decref(list);
        return NULL;
    }
    return json_pack("{s:s, s:s, s:s, s:s, s:O, s:I, s:o, s:o}", "file", f->o->baseline, "isogloss",
                     string(older, "isogloss"), "command", string(older, "command"), "model",
                     string(json_object_get(older, "model"), "name"), "seed",
                     json_object_get(older, "seed") ? json_object_get(older, "seed") : json_null(),
                     "same_items", (json_int_t)matched, "arms", list, "missing",
                     list_missing(f, older));
}

/* condition.c -- what --fail-if says, and whether a result meets it.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "evaluate/fail.h"
#include "evaluate/result.h"

/* "gap" ">"|">=" ["old" "+"|"-"] number, or "gap" ">"|">=" "old". */
struct condition {
    bool or_equal, to_old;
    double bound;
};

static bool read_condition(const char *text, struct condition *c)
{
    char *end;
    *c = (struct condition){0};
    if (strncmp(text, "gap>", 4))
        return false;
    text += 4;
    c->or_equal = *text == '=';
    text += c->or_equal;
    c->to_old = !strncmp(text, "old", 3);
    text += c->to_old ? 3 : 0;
    if (c->to_old && !*text)
        return true;
    if (c->to_old && *text != '+' && *text != '-')
        return false;
    c->bound = strtod(text, &end);
    return end != text && !*end && isfinite(c->bound);
}

static double number(const json_t *object, const char *name)
{
    const json_t *value = json_object_get(object, name);
    return json_is_number(value) ? json_number_value(value) : (double)NAN;
}

/* The gap of an arm in the older run; NaN: it was not there. */
static double old_gap(const json_t *result, const char *id)
{
    const json_t *arm;
    size_t index;
    json_array_foreach(json_object_get(json_object_get(result, "baseline"), "arms"), index, arm)
        if (!strcmp(json_string_value(json_object_get(arm, "arm")), id))
            return number(arm, "old");
    return (double)NAN;
}

isg_status result_check(const json_t *result, const char *condition, bool *met, const char **which,
                        isg_error *error)
{
    struct condition c;
    const json_t *arm;
    size_t index;
    *met = false;
    *which = NULL;
    if (!read_condition(condition, &c))
        return fail(error, ISG_ARGUMENT, "'%s' is no condition: gap>0.03 and gap>old+0.01 are",
                    condition);
    if (result && c.to_old && !json_is_object(json_object_get(result, "baseline")))
        return fail(error, ISG_ARGUMENT, "'%s' needs an older run to compare with", condition);
    const char *by = json_string_value(json_object_get(json_object_get(result, "ranking"), "by"));
    if (by && !strcmp(by, "none"))
        return ISG_OK;
    double sign = json_is_true(json_object_get(result, "higher_is_better")) ? -1 : 1;
    json_array_foreach(result ? json_object_get(result, "arms") : NULL, index, arm) {
        const char *kind = json_string_value(json_object_get(arm, "kind"));
        const char *id = json_string_value(json_object_get(arm, "id"));
        double harm = sign * number(json_object_get(arm, "all"), "gap");
        double bound = c.bound + (c.to_old ? sign * old_gap(result, id) : 0);
        if (*met || !strcmp(kind, "feature") || !strcmp(kind, "control"))
            continue;
        *met = c.or_equal ? harm >= bound : harm > bound;
        if (*met)
            *which = id;
    }
    return ISG_OK;
}

/* needs.c -- reads what labels need.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "evaluate/needs.h"

#include <string.h>
#include <strings.h>

#include "evaluate/fail.h"

static const char *const known[] = {"tense", "number", "gender", "person", "definiteness",
                                    "polarity", "pronoun-gender", "word-form", "form", NULL};

/* The next word of a list and its length, 0 at the end. */
static const char *next(const char **at, size_t *length)
{
    *at += strspn(*at, ", ");
    const char *word = *at;
    *length = strcspn(word, ", ");
    *at += *length;
    return word;
}

static bool has(const char *list, const char *word, size_t length)
{
    size_t n;
    for (const char *at = list, *other = next(&at, &n); n; other = next(&at, &n))
        if (n == length && !strncmp(other, word, n))
            return true;
    return false;
}

bool needs_conflict(const isg_feature_info *feature, const char *needs)
{
    size_t n;
    for (const char *at = needs, *word = next(&at, &n); n; word = next(&at, &n))
        if (has(feature->neutralises, word, n))
            return true;
    return false;
}

static bool has_label(const struct items *items, const char *label)
{
    for (size_t i = 0; i < items->labels.count; i++)
        if (!strcasecmp(items->labels.list[i].text, label))
            return true;
    return false;
}

/* Labels that judge how something is said; NULL: there are none such. */
static const char *judgement(const struct items *items)
{
    static const char *const opposites[][2] = {{"grammatical", "ungrammatical"},
                                               {"acceptable", "unacceptable"}};
    for (size_t i = 0; i < sizeof opposites / sizeof *opposites; i++)
        if (has_label(items, opposites[i][0]) && has_label(items, opposites[i][1]))
            return opposites[i][1];
    return NULL;
}

isg_status needs_check(const isg_evaluate_options *o, const struct items *items, isg_error *error)
{
    size_t n;
    const char *needs = o->needs ? o->needs : "";
    for (const char *at = needs, *word = next(&at, &n); n; word = next(&at, &n)) {
        bool found = false;
        for (size_t i = 0; known[i]; i++)
            found = found || (strlen(known[i]) == n && !strncmp(known[i], word, n));
        if (!found)
            return fail(error, ISG_ARGUMENT, "labels cannot need '%.*s': tense, number, gender, "
                        "person, definiteness, polarity, pronoun-gender, word-form and form are "
                        "known", (int)n, word);
    }
    if (o->label_changes)
        return ISG_OK;
    if (has(needs, "form", 4))
        return fail(error, ISG_ARGUMENT, "the labels are of the form itself, which every variant "
                    "changes: with --label-changes it is shown how answers differ, and no gap is "
                    "called harm");
    const char *label = judgement(items);
    if (label)
        return fail(error, ISG_ARGUMENT, "a label '%s' judges the form itself, which every variant "
                    "changes: with --label-changes it is shown how answers differ, and no gap is "
                    "called harm", label);
    return ISG_OK;
}

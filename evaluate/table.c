/* table.c -- the result in short, for a terminal: what could be found, then what was found.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "evaluate/result.h"

static double number(const json_t *object, const char *name)
{
    return json_number_value(json_object_get(object, name));
}

static const char *string(const json_t *object, const char *name)
{
    const char *text = json_string_value(json_object_get(object, name));
    return text ? text : "";
}

static void put_counts(FILE *out, const char *title, const json_t *reasons)
{
    const char *reason;
    json_t *count;
    json_object_foreach((json_t *)reasons, reason, count)
        fprintf(out, "%s  %lld %s\n", title, (long long)json_integer_value(count), reason);
}

/* What judged the answers. */
static void put_scorer(FILE *out, const json_t *scorer)
{
    const json_t *counts = json_object_get(scorer, "counts");
    if (!scorer)
        return;
    fprintf(out, "metric    %s", string(scorer, "name"));
    if (counts)
        fprintf(out, ", %.0f scored (%.0f from the cache), %.0f failed", number(counts, "scored"),
                number(counts, "cached"), number(counts, "failed"));
    fputc('\n', out);
    put_counts(out, "failed  ", json_object_get(counts, "failures"));
    if (json_is_number(json_object_get(scorer, "gap")))
        fprintf(out, "its own   gap %+.4f [%+.4f, %+.4f] on %.0f answers put into dialects\n",
                number(scorer, "gap"), number(scorer, "low"), number(scorer, "high"),
                number(scorer, "pairs"));
}

static void put_head(FILE *out, const json_t *result)
{
    const json_t *data = json_object_get(result, "data"), *mde = json_object_get(result, "mde");
    const json_t *counts = json_object_get(result, "counts");
    fprintf(out, "model     %s\n", string(json_object_get(result, "model"), "name"));
    fprintf(out, "data      %s, %.0f items in %.0f clusters\n", string(data, "name"),
            number(data, "items"), number(data, "clusters"));
    fprintf(out, "answers   %.0f (%.0f from the cache), %.0f failed\n", number(counts, "answered"),
            number(counts, "cached"), number(counts, "failed"));
    put_counts(out, "failed  ", json_object_get(counts, "failures"));
    put_counts(out, "left out", json_object_get(counts, "excluded"));
    put_scorer(out, json_object_get(result, "scorer"));
    if (json_is_true(json_object_get(result, "stopped")))
        fputs("stopped   before all was asked: the figures are of what was answered\n", out);
    const json_t *warning;
    size_t index;
    json_array_foreach(json_object_get(result, "warnings"), index, warning)
        fprintf(out, "warning   %s\n", json_string_value(warning));
    const json_t *position = json_object_get(result, "position");
    if (json_is_object(position))
        fprintf(out, "order     the first of two answers is preferred %.1f %% of the time; %.1f %% "
                "of verdicts turn with the order\n", 100 * number(position, "first"),
                100 * number(position, "turns"));
    if (json_is_null(json_object_get(mde, "single")))
        return;
    fprintf(out, "can find  a gap of %.3f in one dialect, of %.3f corrected for all",
            number(mde, "single"), number(mde, "corrected"));
    if (json_is_number(json_object_get(mde, "discordance")))
        fprintf(out, " (%.0f %% of answers discordant)", 100 * number(mde, "discordance"));
    fputc('\n', out);
}

/* The second figure, where it says what the metric does not; NULL: macro F1, or none. */
static const char *second_of(const json_t *result)
{
    const char *second = json_string_value(json_object_get(result, "second_metric"));
    return second && strcmp(second, "macro F1") ? second : NULL;
}

static void put_arm(FILE *out, const json_t *arm, int width, bool has_second)
{
    const json_t *all = json_object_get(arm, "all"), *common = json_object_get(arm, "common");
    const json_t *second = json_object_get(json_object_get(all, "second"), "gap");
    bool corrected = !json_is_null(json_object_get(all, "p_corrected"));
    fprintf(out, "%-*.*s", width, width, string(arm, "id"));
    if (json_is_null(json_object_get(all, "gap"))) {
        fprintf(out, " %8s %8s\n", "-", "-");
        return;
    }
    fprintf(out, " %8.4f", number(all, "variant"));
    fprintf(out, " %+8.4f  [%+.4f, %+.4f]  %6.4f", number(all, "gap"), number(all, "low"),
            number(all, "high"), number(all, corrected ? "p_corrected" : "p"));
    if (has_second && json_is_number(second))
        fprintf(out, " %+8.4f", json_number_value(second));
    else if (has_second)
        fputs("        -", out);
    if (json_is_null(json_object_get(common, "gap")))
        fputs("        -", out);
    else
        fprintf(out, " %+8.4f", number(common, "gap"));
    const char *kind = strcmp(string(arm, "kind"), "slang") ? "dialect" : "slang";
    bool exceeds = json_is_true(json_object_get(arm, "exceeds_controls"));
    fprintf(out, " %6.1f%s%s\n", number(arm, "edits_per_100_words"), exceeds ? "  " : "",
            exceeds ? kind : "");
}

/* How much worse an arm is over the items that arms are ranked by. */
static double harm(const json_t *result, const json_t *arm)
{
    const char *set = string(json_object_get(result, "ranking"), "by");
    double gap = number(json_object_get(arm, set), "gap");
    return json_is_true(json_object_get(result, "higher_is_better")) ? -gap : gap;
}

/* What a scorer makes of pairs that mean the same. */
static void put_reference(FILE *out, const json_t *result)
{
    const json_t *reference = json_object_get(result, "reference");
    if (!json_is_number(json_object_get(reference, "gap")))
        return;
    fprintf(out, "reference %+.4f  [%+.4f, %+.4f]  the model's own gap, %.0f reference pairs\n",
            number(reference, "gap"), number(reference, "low"), number(reference, "high"),
            number(reference, "answered"));
}

static void put_level(FILE *out, const char *title, const json_t *level)
{
    fprintf(out, "%s  precision %.4f, recall %.4f, F1 %.4f  [%.4f, %.4f]\n", title,
            number(level, "precision"), number(level, "recall"), number(level, "f1"),
            number(level, "low"), number(level, "high"));
}

/* How well slang is found in the sources. */
static void put_marks(FILE *out, const json_t *result)
{
    const json_t *marks = json_object_get(result, "marks");
    const json_t *region = json_object_get(marks, "region");
    if (!json_is_object(marks))
        return;
    put_level(out, "sentences", json_object_get(marks, "sentences"));
    put_level(out, "words    ", json_object_get(marks, "words"));
    if (json_is_object(region))
        fprintf(out, "region     %.4f  [%.4f, %.4f] of %.0f\n", number(region, "accuracy"),
                number(region, "low"), number(region, "high"), number(region, "items"));
}

static void put_ranking(FILE *out, const json_t *result)
{
    const json_t *ranking = json_object_get(result, "ranking");
    double arms = number(ranking, "compared"), under = number(ranking, "changed_under");
    double items = number(ranking, "items");
    if (!strcmp(string(ranking, "by"), "none")) {
        fprintf(out, "ranked    by nothing: %s\n", string(ranking, "reason"));
        return;
    }
    if (arms < 2)
        return;
    if (strcmp(string(ranking, "by"), "common"))
        fprintf(out, "ranked    by gap: %s\n", string(ranking, "reason"));
    else if (under == arms)
        fprintf(out, "ranked    by common: the %.0f items that all %.0f change\n", items, arms);
    else
        fprintf(out, "ranked    by common: the %.0f items that %.0f of %.0f or more change (all: "
                "too few, %.0f)\n", items, under, arms, number(ranking, "all_change"));
}

/* Arms of a kind, the most harmed first. */
static void put_arms(FILE *out, const json_t *result, const char *kind, int width)
{
    const json_t *arms = json_object_get(result, "arms");
    size_t n = json_array_size(arms), count = 0;
    const json_t **list = calloc(n + 1, sizeof *list);
    for (size_t i = 0; list && i < n; i++) {
        const json_t *arm = json_array_get(arms, i);
        if (strcmp(string(arm, "kind"), kind))
            continue;
        size_t k = count++;
        for (; k > 0 && strcmp(kind, "control") && harm(result, list[k - 1]) < harm(result, arm);
             k--)
            list[k] = list[k - 1];
        list[k] = arm;
    }
    for (size_t i = 0; list && i < count; i++)
        put_arm(out, list[i], width, second_of(result) != NULL);
    free(list);
}

static void put_change(FILE *out, const json_t *change, int width)
{
    bool paired = number(change, "pairs") > 0;
    fprintf(out, "%-*.*s  %+.4f, was %+.4f: %s by %.4f  [%+.4f, %+.4f]%s\n", width, width,
            string(change, "arm"), number(change, "new"), number(change, "old"),
            string(change, "verdict"), fabs(number(change, "change")), number(change, "low"),
            number(change, "high"), paired ? "" : "  not paired");
}

/* What became better or worse since an older run. */
static void put_changes(FILE *out, const json_t *result, int width)
{
    const json_t *baseline = json_object_get(result, "baseline"), *change;
    const json_t *arms = json_object_get(baseline, "arms");
    size_t index, found = 0;
    if (!json_is_object(baseline))
        return;
    fprintf(out, "\nagainst   %s: %s, %.0f of the same items\n", string(baseline, "file"),
            string(baseline, "model"), number(baseline, "same_items"));
    json_array_foreach(arms, index, change) {
        if (!strcmp(string(change, "verdict"), "no change found"))
            continue;
        put_change(out, change, width);
        found++;
    }
    fprintf(out, "%zu of %zu variants changed\n", found, json_array_size(arms));
}

/* As wide as the longest name of an arm, within reason. */
static int find_width(const json_t *result)
{
    const json_t *arm;
    size_t index, width = 11;
    json_array_foreach(json_object_get(result, "arms"), index, arm) {
        size_t n = strlen(string(arm, "id"));
        width = n > width ? n : width;
    }
    return width < 24 ? (int)width : 24;
}

/* The comparison with the most pairs, over all items. */
static const json_t *find_fullest(const json_t *result)
{
    const json_t *arm, *fullest = NULL;
    size_t index;
    json_array_foreach(json_object_get(result, "arms"), index, arm) {
        const json_t *all = json_object_get(arm, "all");
        if (!fullest || number(all, "n") > number(fullest, "n"))
            fullest = all;
    }
    return fullest;
}

static const char *say_variants(const json_t *result)
{
    const json_t *arm;
    size_t index;
    json_array_foreach(json_object_get(result, "arms"), index, arm)
        if (!strcmp(string(arm, "kind"), "parallel") &&
            !json_is_true(json_object_get(result, "synthetic")))
            return "variants are written by people";
    return json_is_true(json_object_get(result, "synthetic")) ? "variants are synthetic"
                                                              : "without variants";
}

char *result_table(const json_t *result)
{
    char *text = NULL;
    size_t length;
    FILE *out = open_memstream(&text, &length);
    if (!out)
        return NULL;
    put_head(out, result);
    const json_t *all = find_fullest(result);
    const char *second = second_of(result);
    if (json_is_number(json_object_get(all, "standard")))
        fprintf(out, "standard  %.4f (%s), ", number(all, "standard"), string(result, "metric"));
    else
        fprintf(out, "standard  nothing was answered (%s), ", string(result, "metric"));
    if (second && json_is_number(json_object_get(json_object_get(all, "second"), "standard")))
        fprintf(out, "%.4f (%s), ", number(json_object_get(all, "second"), "standard"), second);
    fprintf(out, "%s\n", say_variants(result));
    put_marks(out, result);
    put_reference(out, result);
    put_ranking(out, result);
    fputc('\n', out);
    int width = find_width(result);
    fprintf(out, "%-*s %8s %8s  %-18s  %6s%s %8s %6s\n", width, "variant", "metric", "gap",
            "interval", "p", second ? "   second" : "", "common", "edits");
    put_arms(out, result, "dialect", width);
    put_arms(out, result, "slang", width);
    put_arms(out, result, "parallel", width);
    put_arms(out, result, "feature", width);
    put_arms(out, result, "control", width);
    fputs("\np: of dialects and slang corrected for their number; common: the gap over items that\n"
          "all of them (or many, as is said above) change; edits: per 100 words; \"dialect\",\n"
          "\"slang\": worse than every control, too.\n", out);
    if (second)
        fprintf(out, "second: the gap in %s.\n", second);
    put_changes(out, result, width);
    if (fclose(out) != 0) {
        free(text);
        return NULL;
    }
    return text;
}

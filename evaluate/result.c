/* result.c -- the figures as JSON.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "evaluate/result.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "evaluate/prefer.h"
#include "evaluate/prompt.h"
#include "evaluate/scorer.h"

json_t *result_number(double value)
{
    return isfinite(value) ? json_real(value) : json_null();
}

const char *result_feature_name(const isg_engine *engine, unsigned id, const char **area)
{
    for (size_t i = 0; i < isg_engine_feature_count(engine); i++) {
        isg_feature_info info;
        if (isg_engine_feature(engine, i, &info) == ISG_OK && info.id == id) {
            if (area)
                *area = info.area;
            return info.name;
        }
    }
    if (area)
        *area = "";
    return "";
}

static json_t *make_data(const struct figures *f)
{
    json_t *labels = json_object();
    for (size_t k = 0; k < f->items->labels.count; k++) {
        json_int_t n = 0;
        for (size_t i = 0; i < f->items->count; i++)
            n += f->items->list[i].label == k;
        json_object_set_new(labels, f->items->labels.list[k].text, json_integer(n));
    }
    const char *name = strrchr(f->o->path, '/');
    return json_pack("{s:s, s:s?, s:I, s:I, s:o}", "name", name ? name + 1 : f->o->path, "licence",
                     f->o->licence, "items", (json_int_t)f->items->count, "clusters",
                     (json_int_t)f->clusters, "labels", labels);
}

static json_t *count_reasons(const struct names *reasons, const size_t *counts)
{
    json_t *object = json_object();
    for (size_t i = 0; i < reasons->count; i++)
        json_object_set_new(object, reasons->list[i].text, json_integer((json_int_t)counts[i]));
    return object;
}

static json_t *make_counts(const struct figures *f)
{
    json_t *excluded = count_reasons(&f->items->reasons, f->items->excluded);
    if (f->o->needs)
        json_object_set_new(excluded, "variants that may not keep the label",
                            json_integer((json_int_t)f->variants->neutralised));
    size_t answered = 0, failed = 0;
    for (size_t i = 0; i < f->ask->questions->count; i++) {
        answered += f->ask->answers[i].state == ANSWER_GIVEN;
        failed += f->ask->answers[i].state == ANSWER_FAILED;
    }
    return json_pack("{s:I, s:I, s:I, s:o, s:o, s:I, s:I}", "answered", (json_int_t)answered,
                     "failed", (json_int_t)failed, "cached", (json_int_t)f->ask->cached,
                     "failures", count_reasons(&f->ask->reasons, f->ask->failures), "excluded",
                     excluded, "requests",
                     (json_int_t)f->ask->requests, "restarts", (json_int_t)f->ask->restarts);
}

static json_t *make_settings(const struct figures *f)
{
    json_t *dialects = json_array();
    for (size_t a = 0; a < f->variants->dialects; a++)
        json_array_append_new(dialects, json_string(f->variants->arms[a].id));
    json_t *slang = json_array();
    for (size_t k = 0; k < f->o->slang_count; k++)
        json_array_append_new(slang, json_string(f->o->slang[k]));
    isg_rates rates = f->o->rates ? *f->o->rates : ISG_RATES_NATURAL;
    return json_pack("{s:I, s:{s:f, s:f, s:f}, s:f, s:o, s:o, s:s, s:o}", "resamples",
                     (json_int_t)f->stats.resamples, "rates", "A", rates.a, "B", rates.b, "C",
                     rates.c, "confidence", f->stats.confidence, "dialects", dialects, "slang",
                     slang, "correction",
                     "max-T", "threshold",
                     f->o->has_threshold ? result_number(f->o->threshold) : json_null());
}

static const char *kind_of_model(const struct figures *f)
{
    if (!f->o->model)
        return "callback";
    return !strncmp(f->o->model, "cmd:", 4) ? "cmd"
         : !strncmp(f->o->model, "http", 4) ? "http"
                                            : "builtin";
}

static json_t *make_model(const struct figures *f)
{
    const char *name = f->o->model_name ? f->o->model_name
                     : f->o->model      ? f->o->model
                                        : "callback";
    json_t *parameters = json_object();
    if (!strcmp(kind_of_model(f), "http")) {
        char *prompt = prompt_template(f->ask);
        json_object_set_new(parameters, "url", json_string(f->o->model));
        json_object_set_new(parameters, "model",
                            json_string(f->o->api_model ? f->o->api_model : "default"));
        json_object_set_new(parameters, "prompt", json_string(prompt ? prompt : ""));
        json_object_set_new(parameters, "temperature", json_integer(0));
        json_object_set_new(parameters, "max_tokens",
                            json_integer(prompt_tokens(f->o)));
        if (task_of(f->o)->kind == KIND_NATS)
            json_object_set_new(parameters, "echo", json_true());
        free(prompt);
    }
    return json_pack("{s:s, s:s, s:o}", "name", name, "kind", kind_of_model(f), "parameters",
                     parameters);
}

static json_t *make_interval(const struct stats_interval *i)
{
    if (!isfinite(i->value))
        return json_null();
    return json_pack("{s:o, s:o, s:o}", "value", result_number(i->value), "low",
                     result_number(i->low), "high", result_number(i->high));
}

static const char *neutralises_of(const isg_engine *engine, unsigned id)
{
    for (size_t i = 0; i < isg_engine_feature_count(engine); i++) {
        isg_feature_info info;
        if (isg_engine_feature(engine, i, &info) == ISG_OK && info.id == id)
            return info.neutralises;
    }
    return "";
}

static json_t *make_features(const struct figures *f, const isg_engine *engine)
{
    json_t *list = json_array();
    for (size_t k = 0; k < f->feature_count; k++) {
        const struct feature_figures *x = &f->features[k];
        const char *area, *name = result_feature_name(engine, x->id, &area);
        json_array_append_new(list, json_pack(
            "{s:i, s:s, s:s, s:s, s:I, s:o, s:o, s:o, s:o, s:o, s:o}", "id", (int)x->id, "name",
            name, "area", area, "neutralises", neutralises_of(engine, x->id), "items",
            (json_int_t)x->items, "gap", result_number(x->gap.value), "low",
            result_number(x->gap.low), "high", result_number(x->gap.high), "p",
            result_number(x->p), "q", result_number(x->q), "coefficient",
            make_interval(&x->coefficient)));
    }
    return list;
}

static json_t *make_slices(const struct figures *f)
{
    json_t *list = json_array();
    for (size_t k = 0; k < f->slice_count; k++) {
        const struct slice_figures *x = &f->slices[k];
        json_array_append_new(list, json_pack(
            "{s:s, s:s, s:I, s:o, s:o, s:o, s:o, s:o}", "slice",
            f->items->slices.list[x->slice].text, "arm", f->variants->arms[x->arm].id, "n",
            (json_int_t)x->n, "gap", result_number(x->gap.value), "low",
            result_number(x->gap.low), "high", result_number(x->gap.high), "difference",
            result_number(x->difference.value), "p", result_number(x->p)));
    }
    return list;
}

/* Whether any variant is made by rules (controls do not count). */
static bool is_synthetic(const struct figures *f)
{
    return f->variants->arm_count - CONTROLS > f->variants->people;
}

static json_t *make_card(const struct figures *f)
{
    if (!is_synthetic(f))
        return json_pack("{s:s, s:s, s:s}", "data",
            "The sources and their variants are the items as given.", "model",
            task_of(f->o)->about, "limits",
            "Variants are what people wrote for these sources. They may differ from them in more "
            "than the variety, and the writers are few.");
    return json_pack("{s:s, s:s, s:s}", "data",
        f->variants->people ? "The sources are the items as given; variants are made from them by "
                              "rules, or by people where an arm says so."
                            : "The sources are the items as given; variants are made from them by "
                              "rules.", "model",
        task_of(f->o)->about, "limits",
        "Variants are synthetic: attested features of a dialect, put into standard English "
        "text by rules. They are not how a person writes, they carry none of what else goes "
        "with a dialect, and rules make mistakes. A gap is of these variants.");
}

static json_t *make_ranking(const struct figures *f)
{
    const struct ranking *r = &f->ranking;
    size_t arms = variants_compared(f->variants);
    const char *reason = task_no_headline(f->o);
    const char *by = reason ? "none" : r->by_common ? "common" : "all";
    if (!reason && !r->by_common)
        reason = "half of them or more change fewer than 20 items";
    else if (!reason && r->changed_under < arms)
        reason = "all of them change fewer than 20 items";
    return json_pack("{s:s, s:I, s:I, s:I, s:I, s:s?}", "by", by,
                     "changed_under", (json_int_t)r->changed_under, "compared", (json_int_t)arms,
                     "items", (json_int_t)r->items, "all_change", (json_int_t)r->all_changed,
                     "reason", reason);
}

json_t *result_answers(const struct answers_figures *x)
{
    return json_pack("{s:I, s:o, s:o}", "n", (json_int_t)x->n, "words", result_number(x->words),
                     "marks_per_100_words", result_number(x->marks));
}

/* What judged the answers, and its own gap on answers put into dialects. */
static json_t *make_scorer(const struct figures *f)
{
    const struct ask *ask = &f->scorer->ask;
    size_t scored = 0, failed = 0;
    for (size_t i = 0; ask->answers && i < ask->questions->count; i++) {
        scored += ask->answers[i].state == ANSWER_GIVEN;
        failed += ask->answers[i].state == ANSWER_FAILED;
    }
    json_t *object = json_pack(
        "{s:s, s:I, s:o, s:o, s:o, s:o, s:o}", "name", f->o->metric, "pairs",
        (json_int_t)f->own.pairs, "standard", result_number(f->own.standard), "variant",
        result_number(f->own.variant), "gap", result_number(f->own.gap.value), "low",
        result_number(f->own.gap.low), "high", result_number(f->own.gap.high));
    if (ask->answers)
        json_object_set_new(object, "counts", json_pack(
            "{s:I, s:I, s:I, s:o, s:I, s:I}", "scored", (json_int_t)scored, "failed",
            (json_int_t)failed, "cached", (json_int_t)ask->cached, "failures",
            count_reasons(&ask->reasons, ask->failures), "requests", (json_int_t)ask->requests,
            "restarts", (json_int_t)ask->restarts));
    return object;
}

static json_t *make_warnings(const struct figures *f)
{
    const struct ask *scorer = f->scorer ? &f->scorer->ask : NULL;
    json_t *list = json_array();
    if (f->ask->warning[0])
        json_array_append_new(list, json_string(f->ask->warning));
    if (scorer && scorer->warning[0])
        json_array_append_new(list, json_string(scorer->warning));
    if (f->own.gap.low > 0 || f->own.gap.high < 0)
        json_array_append_new(list, json_string(
            "the metric is not blind to dialect: it has a gap of its own on the same answers"));
    return list;
}

json_t *result_make(const struct figures *f, const isg_engine *engine)
{
    const struct task *task = task_of(f->o);
    json_t *result = json_pack(
        "{s:i, s:s, s:s, s:I, s:b, s:s, s:s, s:s?, s:b, s:o, s:o, s:o, s:b, s:o, s:{s:o, s:o, s:o},"
        " s:o, s:o, s:o, s:o, s:{s:o, s:o, s:o, s:o, s:I}, s:o, s:o, s:o, s:o}",
        "schema", 1, "isogloss", isg_version(), "command", f->o->command ? f->o->command : "",
        "seed", (json_int_t)f->o->seed, "synthetic", is_synthetic(f), "task", task->name, "metric",
        task_metric(f->o), "second_metric", task_second(f->o), "higher_is_better",
        !task_is_lower_better(f->o), "data", make_data(f), "model", make_model(f),
        "counts", make_counts(f), "stopped", f->ask->stopped, "settings", make_settings(f), "mde",
        "single", result_number(f->mde_single), "corrected", result_number(f->mde_corrected),
        "discordance", result_number(f->discordance), "ranking", make_ranking(f), "arms",
        result_arms(f), "features",
        make_features(f, engine), "slices", make_slices(f), "distance", "mantel_r",
        result_number(f->mantel.r), "p", result_number(f->mantel.p), "partial_r",
        result_number(f->partial.r), "partial_p", result_number(f->partial.p), "n",
        (json_int_t)f->mantel_n, "examples", result_examples(f, engine), "card", make_card(f),
        "warnings", make_warnings(f),
        "position", prefer_position(f));
    if (task->kind == KIND_TEXT)
        json_object_set_new(result, "answers", result_answers(&f->answers));
    if (f->scorer)
        json_object_set_new(result, "scorer", make_scorer(f));
    return result;
}

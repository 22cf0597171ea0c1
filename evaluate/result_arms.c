/* result_arms.c -- arms and examples of the result.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "evaluate/result.h"

enum { SHOWN = 2000 }; /* bytes of an answer in an example */

static json_t *make_second(const struct comparison *c)
{
    if (!isfinite(c->second.value))
        return json_null();
    return json_pack("{s:o, s:o, s:o, s:o, s:o}", "standard", result_number(c->second_standard),
                     "variant", result_number(c->second_variant), "gap",
                     result_number(c->second.value), "low", result_number(c->second.low), "high",
                     result_number(c->second.high));
}

static json_t *make_ratio(const struct stats_interval *i)
{
    if (!isfinite(i->value))
        return json_null();
    return json_pack("{s:o, s:o, s:o}", "value", result_number(i->value), "low",
                     result_number(i->low), "high", result_number(i->high));
}

static json_t *make_comparison(const struct comparison *c)
{
    json_t *worst = isfinite(c->worst[0]) ? json_pack("[f, f]", c->worst[0], c->worst[1])
                                          : json_null();
    return json_pack("{s:I, s:I, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:s?, s:o, s:o, s:o, s:o, s:I}",
                     "n", (json_int_t)c->n, "clusters", (json_int_t)c->clusters, "standard",
                     result_number(c->standard), "variant", result_number(c->variant), "gap",
                     result_number(c->gap.value), "low", result_number(c->gap.low), "high",
                     result_number(c->gap.high), "p", result_number(c->p), "p_corrected",
                     result_number(c->p_corrected), "test", c->test, "flips",
                     result_number(c->flips), "ratio", make_ratio(&c->ratio), "second",
                     make_second(c), "worst", worst, "failed", (json_int_t)c->failed);
}

static json_t *make_arm(const struct figures *f, size_t a)
{
    static const char *const kinds[] = {"dialect", "slang", "feature", "control", "parallel"};
    const struct arm *arm = &f->variants->arms[a];
    const struct arm_figures *x = &f->arms[a];
    bool dialect = arm->dialect.code && (arm->kind == ARM_PARALLEL || a < f->variants->dialects);
    const isg_dialect_info *info = &arm->dialect;
    json_t *object = json_pack(
        "{s:s, s:s, s:s, s:s?, s:o, s:o, s:s?, s:s?, s:o, s:I, s:I, s:f, s:I, s:o, s:o, s:o, s:o,"
        " s:b}",
        "id", arm->id, "kind", kinds[arm->kind], "name", arm->name, "code",
        dialect ? info->code : NULL, "latitude",
        dialect ? result_number(info->latitude) : json_null(), "longitude",
        dialect ? result_number(info->longitude) : json_null(), "type", dialect ? info->type : NULL,
        "region", dialect ? info->region : NULL, "contact",
        dialect ? json_boolean(info->contact_language) : json_null(), "words",
        (json_int_t)x->words, "edits", (json_int_t)x->edits, "edits_per_100_words", x->density,
        "changed_items", (json_int_t)x->changed, "distance", result_number(x->distance), "all",
        make_comparison(&x->sets[SET_ALL]), "changed", make_comparison(&x->sets[SET_CHANGED]),
        "common", make_comparison(&x->sets[SET_COMMON]), "exceeds_controls", x->exceeds_controls);
    json_t *parts = json_array();
    for (int p = 0; p < PARTS_NAMED; p++)
        if (arm->rewrite & 1u << p)
            json_array_append_new(parts, json_string(f->o->is_inference ? inference_names[p]
                                                                        : part_names[p]));
    json_object_set_new(object, "rewrites", parts);
    if (task_of(f->o)->kind == KIND_TEXT)
        json_object_set_new(object, "answers", result_answers(&x->answers));
    if (arm->kind == ARM_SLANG) {
        json_object_set_new(object, "slang", json_string(arm->slang));
        json_object_set_new(object, "dialect", info->code ? json_string(info->code) : json_null());
        json_object_set_new(object, "entries", result_entries(f, a));
    }
    return object;
}

json_t *result_arms(const struct figures *f)
{
    json_t *list = json_array();
    for (size_t a = 0; a < f->variants->arm_count; a++)
        json_array_append_new(list, make_arm(f, a));
    return list;
}

/* ---- examples: where the answers differ most, some of each arm ---- */

struct example {
    size_t item, arm;
    double loss;
    size_t rank; /* among those of its arm */
};

static int by_rank(const void *a, const void *b)
{
    const struct example *x = a, *y = b;
    if (x->rank != y->rank)
        return x->rank < y->rank ? -1 : 1;
    if (x->loss != y->loss)
        return x->loss > y->loss ? -1 : 1;
    return x->arm != y->arm ? (x->arm < y->arm ? -1 : 1) : x->item < y->item ? -1 : 1;
}

static int by_loss(const void *a, const void *b)
{
    const struct example *x = a, *y = b;
    if (x->loss != y->loss)
        return x->loss > y->loss ? -1 : 1;
    return x->item < y->item ? -1 : x->item > y->item;
}

/* Code points of the first bytes of a text. */
static json_int_t points(const char *text, uint32_t bytes)
{
    json_int_t n = 0;
    for (uint32_t i = 0; i < bytes; i++)
        n += ((unsigned char)text[i] & 0xc0) != 0x80;
    return n;
}

/* As much of a text as a page can show. */
static json_t *make_text(const char *text)
{
    size_t n = strlen(text);
    if (n <= SHOWN)
        return json_string(text);
    for (n = SHOWN; ((unsigned char)text[n] & 0xc0) == 0x80;)
        n--;
    return json_sprintf("%.*s\xe2\x80\xa6", (int)n, text);
}

static json_t *make_answer(const struct figures *f, const struct answer *answer)
{
    if (answer->state != ANSWER_GIVEN)
        return json_null();
    switch (task_of(f->o)->kind) {
    case KIND_LABEL: return json_string(f->items->labels.list[answer->label].text);
    case KIND_TEXT: return make_text(answer->text);
    default: return result_number(answer->score);
    }
}

/* The label, or the answers: one, or a list; NULL: there is none. */
static json_t *gold_of(const struct figures *f, const struct item *item)
{
    if (item->label != NAMES_NONE)
        return json_string(f->items->labels.list[item->label].text);
    json_t *list = item->gold ? json_array() : NULL;
    for (const char *g = item->gold; list && *g; g += strlen(g) + 1)
        json_array_append_new(list, json_string(g));
    if (json_array_size(list) != 1)
        return list;
    json_t *only = json_incref(json_array_get(list, 0));
    json_decref(list);
    return only;
}

static json_t *make_example(const struct figures *f, const isg_engine *engine,
                            const struct example *e)
{
    const struct item *item = &f->items->list[e->item];
    const struct variant *v = variant_of(f->variants, e->item, e->arm);
    const struct name *question = &f->variants->questions.list[v->question];
    json_t *gold = gold_of(f, item), *edits = json_array();
    for (uint32_t k = 0; k < v->edit_count; k++) {
        const struct edit *x = &v->edits[k];
        const char *old = item->parts[x->part], *new = question_part(question, (enum part)x->part);
        json_array_append_new(edits, json_pack(
            "{s:I, s:I, s:I, s:I, s:i, s:s, s:s}", "start", points(old, x->start), "end",
            points(old, x->end), "new_start", points(new, x->out_start), "new_end",
            points(new, x->out_end), "feature", (int)x->feature, "name",
            result_feature_name(engine, x->feature, NULL), "part", part_names[x->part]));
    }
    const struct answer *base = answer_of(f, e->item, SOURCE_ARM);
    return json_pack("{s:s, s:s, s:s, s:s?, s:s, s:s?, s:o, s:o, s:o, s:o, s:o, s:o, s:s?, s:s?,"
                     " s:s?, s:s?}", "item",
                     item->id, "arm", f->variants->arms[e->arm].id, "source",
                     item->parts[PART_TEXT], "context", item->parts[PART_CONTEXT], "variant",
                     question_part(question, PART_TEXT), "variant_context",
                     question_part(question, PART_CONTEXT), "edits", edits, "gold",
                     gold ? gold : json_null(), "answer_standard", make_answer(f, base),
                     "answer_variant",
                     make_answer(f, answer_of(f, e->item, e->arm)), "loss_standard",
                     result_number(task_loss(f->o, f->base[e->item])), "loss_variant",
                     result_number(task_loss(f->o, outcome_of(f, e->item, e->arm))), "a",
                     item->parts[PART_A], "b", item->parts[PART_B], "variant_a",
                     question_part(question, PART_A), "variant_b",
                     question_part(question, PART_B));
}

char *result_regressions(const struct figures *f)
{
    char *text = NULL;
    size_t length, arms = f->variants->arm_count - CONTROLS;
    FILE *out = open_memstream(&text, &length);
    if (!out)
        return NULL;
    bool wanted = !task_no_headline(f->o) &&
                  !(f->o->rewrite & (ISG_REWRITE_CHOSEN | ISG_REWRITE_REJECTED));
    for (size_t i = 0; i < f->items->count && wanted; i++)
        for (size_t a = 0; a < arms; a++) {
            const struct item *item = &f->items->list[i];
            double loss = task_loss(f->o, outcome_of(f, i, a)) - task_loss(f->o, f->base[i]);
            if (!variant_of(f->variants, i, a)->changed || !(loss > 0))
                continue;
            json_t *gold = gold_of(f, item), *line = json_pack(
                "{s:s, s:s, s:o, s:s, s:s}", "id", item->id, "text", item->parts[PART_TEXT],
                "label", gold ? gold : json_null(), "variant",
                f->variants->questions.list[variant_of(f->variants, i, a)->question].text, "arm",
                f->variants->arms[a].id);
            if (item->parts[PART_CONTEXT])
                json_object_set_new(line, "context", json_string(item->parts[PART_CONTEXT]));
            if (item->parts[PART_A]) {
                json_object_set_new(line, "chosen", json_string(item->parts[PART_A]));
                json_object_set_new(line, "rejected", json_string(item->parts[PART_B]));
            }
            json_dumpf(line, out, JSON_COMPACT);
            fputc('\n', out);
            json_decref(line);
        }
    return fclose(out) == 0 ? text : NULL;
}

/* The examples of an arm that lose most, at list; returns how many. */
static size_t find_examples(const struct figures *f, size_t arm, size_t most, struct example *list)
{
    size_t n = 0;
    for (size_t i = 0; i < f->items->count; i++) {
        double loss = task_loss(f->o, outcome_of(f, i, arm)) - task_loss(f->o, f->base[i]);
        if (!variant_of(f->variants, i, arm)->changed || !(loss > 0))
            continue;
        list[n++] = (struct example){i, arm, loss, 0};
    }
    qsort(list, n, sizeof *list, by_loss);
    for (size_t k = 0; k < n; k++)
        list[k].rank = k;
    return n < most ? n : most;
}

json_t *result_examples(const struct figures *f, const isg_engine *engine)
{
    size_t arms = f->variants->arm_count - CONTROLS, most = f->o->examples, n = 0;
    json_t *list = json_array();
    size_t each = most < f->items->count ? most : f->items->count;
    struct example *found = calloc(arms * each + f->items->count + 1, sizeof *found);
    for (size_t a = 0; found && a < arms; a++)
        n += find_examples(f, a, most, found + n);
    if (found)
        qsort(found, n, sizeof *found, by_rank);
    for (size_t k = 0; found && k < n && k < most; k++)
        json_array_append_new(list, make_example(f, engine, &found[k]));
    free(found);
    return list;
}

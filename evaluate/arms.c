/* arms.c -- which variants are made: of the dialects, slang and features the options name, and
 * always the controls.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdlib.h>
#include <string.h>

#include "evaluate/fail.h"
#include "evaluate/limits.h"
#include "evaluate/task.h"
#include "evaluate/variants.h"

static const char *const control_ids[CONTROLS] = {"same", "paraphrase", "typo",
                                                   "typo-dense"};
static const char *const control_names[CONTROLS] = {
    "the source a second time", "standard English, reworded", "slips of the keyboard",
    "as many slips as the densest arm has edits"};

/* The profile of a dialect, of slang or of both. */
static isg_status make_profile(struct arm *arm, const isg_engine *engine,
                               const isg_evaluate_options *o, isg_error *error)
{
    isg_profile_options p = {.dialect = arm->dialect.code, .rates = o->rates, .slang = arm->slang,
                             .contact_language = o->contact_language};
    if (arm->slang) {
        p.density = o->slang_density;
        p.coarseness = o->slang_coarseness;
    }
    return isg_profile_new(engine, &p, &arm->profile, error);
}

static isg_status add_dialect(struct variants *v, const isg_engine *engine, size_t index,
                              const isg_evaluate_options *o, isg_error *error)
{
    struct arm *arm = &v->arms[v->arm_count];
    *arm = (struct arm){.kind = ARM_DIALECT};
    isg_engine_dialect(engine, index, &arm->dialect);
    arm->id = arm->dialect.code;
    arm->name = arm->dialect.name;
    for (size_t i = 0; i < v->arm_count; i++)
        if (!strcmp(v->arms[i].id, arm->id))
            return fail(error, ISG_ARGUMENT, "%s is named twice", arm->name);
    v->arm_count++;
    return make_profile(arm, engine, o, error);
}

static isg_status add_dialects(struct variants *v, const isg_engine *engine,
                               const isg_evaluate_options *o, isg_error *error)
{
    isg_status status = ISG_OK;
    for (size_t i = 0; status == ISG_OK && i < o->dialect_count; i++) {
        size_t index;
        status = isg_engine_find_dialect(engine, o->dialects[i], &index, error);
        if (status == ISG_OK)
            status = add_dialect(v, engine, index, o, error);
    }
    size_t count = o->all_dialects ? isg_engine_dialect_count(engine) : 0;
    for (size_t i = 0; status == ISG_OK && i < count; i++) {
        isg_dialect_info info;
        isg_engine_dialect(engine, i, &info);
        if (!info.contact_language || o->contact_language)
            status = add_dialect(v, engine, i, o, error);
    }
    v->dialects = v->arm_count;
    return status;
}

/* Slang of regions, alone or in a dialect (NULL: alone). */
static isg_status add_slang(struct variants *v, const isg_engine *engine, const char *regions,
                            const isg_dialect_info *dialect, const isg_evaluate_options *o,
                            isg_error *error)
{
    const char *code = dialect ? dialect->code : "", *name = dialect ? dialect->name : "";
    size_t size = strlen(regions) + strlen(code) + strlen(name) + 32;
    struct arm *arm = &v->arms[v->arm_count++];
    *arm = (struct arm){.kind = ARM_SLANG, .slang = regions, .own_id = malloc(size),
                        .own_name = malloc(size)};
    if (!arm->own_id || !arm->own_name)
        return fail_memory(error);
    snprintf(arm->own_id, size, "%s%sslang:%s", code, dialect ? "+" : "", regions);
    snprintf(arm->own_name, size, "%s%sslang of %s", name, dialect ? " with " : "", regions);
    arm->id = arm->own_id;
    arm->name = arm->own_name;
    if (dialect)
        arm->dialect = *dialect;
    for (struct arm *other = v->arms; other < arm; other++)
        if (!strcmp(other->id, arm->id))
            return fail(error, ISG_ARGUMENT, "slang of %s is named twice", regions);
    return make_profile(arm, engine, o, error);
}

/* Slang alone and in each dialect that is named (not in all that there are). */
static isg_status add_slangs(struct variants *v, const isg_engine *engine,
                             const isg_evaluate_options *o, isg_error *error)
{
    isg_status status = ISG_OK;
    for (size_t i = 0; status == ISG_OK && i < o->slang_count; i++) {
        status = add_slang(v, engine, o->slang[i], NULL, o, error);
        for (size_t a = 0; status == ISG_OK && a < o->dialect_count; a++)
            status = add_slang(v, engine, o->slang[i], &v->arms[a].dialect, o, error);
    }
    return status;
}

/* Of an inference, each arm that there is once more for premise and hypothesis alone. */
static isg_status add_parts(struct variants *v, const isg_engine *engine,
                            const isg_evaluate_options *o, isg_error *error)
{
    size_t arms = v->arm_count;
    for (size_t a = 0; a < arms; a++)
        for (int p = PARTS_READ; p-- > 0;) {
            const struct arm *both = &v->arms[a];
            struct arm *arm = &v->arms[v->arm_count++];
            size_t size = strlen(both->id) + strlen(both->name) + 32;
            *arm = *both;
            arm->profile = NULL;
            arm->rewrite = 1u << p;
            arm->id = arm->own_id = malloc(size);
            arm->name = arm->own_name = malloc(size);
            if (!arm->own_id || !arm->own_name)
                return fail_memory(error);
            snprintf(arm->own_id, size, "%s/%s", both->id, inference_names[p]);
            snprintf(arm->own_name, size, "%s, %s only", both->name, inference_names[p]);
            isg_status status = make_profile(arm, engine, o, error);
            if (status != ISG_OK)
                return status;
        }
    return ISG_OK;
}

static isg_status add_feature(struct variants *v, const isg_engine *engine, const char *feature,
                              isg_error *error)
{
    struct arm *arm = &v->arms[v->arm_count++];
    *arm = (struct arm){.kind = ARM_FEATURE, .id = feature, .name = feature};
    char *end;
    unsigned long id = strtoul(feature, &end, 10);
    for (size_t i = 0; i < isg_engine_feature_count(engine); i++) {
        isg_feature_info info;
        isg_engine_feature(engine, i, &info);
        if (info.id == id)
            arm->name = info.name;
    }
    isg_profile_options p = {.features = feature};
    return isg_profile_new(engine, &p, &arm->profile, error);
}

/* An arm of what people wrote in a variety (NAMES_NONE: in none that is named). */
static isg_status add_people(struct variants *v, const isg_engine *engine,
                             const struct items *items, uint32_t variety, isg_error *error)
{
    struct arm *arm = &v->arms[v->arm_count++];
    *arm = (struct arm){.kind = ARM_PARALLEL, .id = "parallel", .name = "written by people",
                        .variety = variety};
    v->people++;
    if (variety == NAMES_NONE)
        return ISG_OK;
    size_t number;
    const char *name = items->varieties.list[variety].text, *known = name;
    if (isg_engine_find_dialect(engine, name, &number, NULL) == ISG_OK) {
        isg_engine_dialect(engine, number, &arm->dialect);
        known = arm->dialect.name;
    }
    size_t size = strlen(name) + strlen(known) + 32;
    arm->id = arm->own_id = malloc(size);
    arm->name = arm->own_name = malloc(size);
    if (!arm->own_id || !arm->own_name)
        return fail_memory(error);
    snprintf(arm->own_id, size, "people:%s", name);
    snprintf(arm->own_name, size, "%s, written by people", known);
    return ISG_OK;
}

/* An arm for each variety that people wrote in. */
static isg_status add_peoples(struct variants *v, const isg_engine *engine,
                              const struct items *items, isg_error *error)
{
    isg_status status = ISG_OK;
    bool unnamed = items->varieties.count == 0;
    for (size_t i = 0; i < items->count; i++)
        unnamed = unnamed || (items->list[i].parallel && items->list[i].variety == NAMES_NONE);
    for (uint32_t k = 0; status == ISG_OK && k < items->varieties.count; k++)
        status = add_people(v, engine, items, k, error);
    return status == ISG_OK && unnamed ? add_people(v, engine, items, NAMES_NONE, error) : status;
}

isg_status arms_make(struct variants *v, const isg_engine *engine, const struct items *items,
                     const isg_evaluate_options *o, isg_error *error)
{
    size_t dialects = o->dialect_count + (o->all_dialects ? isg_engine_dialect_count(engine) : 0);
    bool splits = o->is_inference && !o->rewrite;
    size_t family = (dialects + o->slang_count * (1 + o->dialect_count)) *
                    (splits ? 1 + PARTS_READ : 1);
    size_t most = family + o->feature_count + CONTROLS +
                  (o->parallel_field ? items->varieties.count + 1 : 0);
    if (o->task == ISG_TASK_MARK && o->slang_count)
        return fail(error, ISG_ARGUMENT, "what is slang would change: no slang goes with mark");
    if (most == CONTROLS && !task_of(o)->is_alone)
        return fail(error, ISG_ARGUMENT, "no dialect, slang or feature is named");
    if (most > LIMIT_ARMS)
        return fail(error, ISG_LIMIT, "more than %d arms", LIMIT_ARMS);
    v->arms = calloc(most, sizeof *v->arms);
    if (!v->arms)
        return fail_memory(error);
    isg_status status = add_dialects(v, engine, o, error);
    if (status == ISG_OK)
        status = add_slangs(v, engine, o, error);
    if (status == ISG_OK && splits)
        status = add_parts(v, engine, o, error);
    v->family = v->arm_count;
    for (size_t i = 0; status == ISG_OK && i < o->feature_count; i++)
        status = add_feature(v, engine, o->features[i], error);
    if (status == ISG_OK && o->parallel_field)
        status = add_peoples(v, engine, items, error);
    for (int i = 0; status == ISG_OK && i < CONTROLS; i++)
        v->arms[v->arm_count++] = (struct arm){.kind = ARM_CONTROL, .control = (enum control)i,
                                               .id = control_ids[i], .name = control_names[i]};
    unsigned usual = splits ? ISG_REWRITE_TEXT | ISG_REWRITE_CONTEXT : ISG_REWRITE_TEXT;
    for (size_t a = 0; a < v->arm_count; a++)
        if (!v->arms[a].rewrite)
            v->arms[a].rewrite = v->arms[a].kind == ARM_PARALLEL ? ISG_REWRITE_TEXT
                                 : o->rewrite                    ? o->rewrite
                                                                 : usual;
    return status;
}

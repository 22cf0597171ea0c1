/* variants.c -- rewrites the items for every arm, in threads, some hundred items at a time, then
 * makes the controls; texts are numbered in the order of items and arms, whatever the number of
 * threads.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "evaluate/variants.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "evaluate/fail.h"
#include "evaluate/needs.h"
#include "evaluate/parallel.h"
#include "evaluate/random.h"

enum { CHUNK = 256, JOBS = 64, PURPOSE_EDITS = 111, PURPOSE_PARAPHRASE, PURPOSE_TYPO };

struct worker {
    const struct variants *v;
    const isg_engine *engine;
    const struct items *items;
    const isg_evaluate_options *o;
    struct reworded (*made)[PARTS]; /* of the chunk: [item * arm_count + arm] */
    uint32_t (*words)[PARTS];  /* of all items */
    size_t first, end, step;
    size_t chunk;              /* its first item */
    isg_status status;
    isg_error error;
};

static bool take_document(const isg_document *document, enum part part, struct reworded *out)
{
    size_t length, count = isg_document_edit_count(document);
    const char *text = isg_document_text(document, &length);
    *out = (struct reworded){.text = malloc(length + 1), .length = length,
                             .edits = count ? malloc(count * sizeof *out->edits) : NULL,
                             .edit_count = (uint32_t)count};
    if (!out->text || (count && !out->edits))
        return false;
    memcpy(out->text, text, length);
    out->text[length] = '\0';
    for (size_t i = 0; i < count; i++) {
        isg_edit e = isg_document_edit(document, i);
        uint16_t line = e.line < UINT16_MAX ? (uint16_t)e.line : UINT16_MAX;
        out->edits[i] = (struct edit){e.start, e.end, e.out_start, e.out_end, e.feature,
                                      (uint16_t)part, line, e.file};
    }
    return true;
}

/* Whether an item has a variant by people of an arm's variety. */
static bool is_theirs(const struct arm *arm, const struct item *item)
{
    return item->parallel && item->variety == arm->variety;
}

/* A part of an item for every arm that rewrites it. A context is drawn for by itself, so that all
 * questions about a passage see the same variant of it. */
static isg_status make_part(struct worker *w, isg_document *document, size_t i, enum part part)
{
    const struct item *item = &w->items->list[i];
    struct reworded(*made)[PARTS] = w->made + (i - w->chunk) * w->v->arm_count;
    isg_text_options options = {.protect = w->o->protect, .protect_count = w->o->protect_count};
    isg_request request = {.seed = w->o->seed};
    const char *text = item->parts[part];
    if (part == PART_TEXT) {
        request.key = item->id;
        request.key_length = strlen(item->id);
    }
    isg_status status = isg_document_analyse(document, text, strlen(text), &options, &w->error);
    w->words[i][part] = (uint32_t)isg_document_word_count(document);
    for (size_t a = 0; status == ISG_OK && a < w->v->arm_count - CONTROLS; a++) {
        const struct arm *arm = &w->v->arms[a];
        bool ok = true;
        if (!(arm->rewrite & 1u << part))
            continue;
        if (arm->profile) {
            status = isg_document_rewrite(document, arm->profile, &request, &w->error);
            ok = status != ISG_OK || take_document(document, part, &made[a][part]);
        } else {
            ok = parallel_take(text, is_theirs(arm, item) ? item->parallel : text, &made[a][part]);
        }
        if (!ok)
            status = fail_memory(&w->error);
    }
    return status;
}

static isg_status make_item(struct worker *w, isg_document *document, size_t i)
{
    isg_status status = ISG_OK;
    unsigned rewritten = 0;
    for (size_t a = 0; a < w->v->arm_count; a++)
        rewritten |= w->v->arms[a].rewrite;
    for (int p = 0; status == ISG_OK && p < PARTS; p++)
        if (rewritten & 1u << p && w->items->list[i].parts[p])
            status = make_part(w, document, i, (enum part)p);
    return status;
}

static void *work(void *context)
{
    struct worker *w = context;
    isg_document *document = NULL;
    w->status = isg_document_new(w->engine, &document, &w->error);
    for (size_t i = w->first; w->status == ISG_OK && i < w->end; i += w->step)
        w->status = make_item(w, document, i);
    isg_document_free(document);
    return NULL;
}

/* Leaves out what a feature may have made wrong. */
static void exclude(struct variants *v, const isg_engine *engine, const isg_evaluate_options *o)
{
    bool *bad = calloc(UINT16_MAX + 1, sizeof *bad);
    for (size_t i = 0; bad && o->needs && i < isg_engine_feature_count(engine); i++) {
        isg_feature_info info;
        isg_engine_feature(engine, i, &info);
        if (info.id <= UINT16_MAX)
            bad[info.id] = needs_conflict(&info, o->needs);
    }
    for (size_t k = 0; bad && k < v->count; k++) {
        struct variant *x = &v->list[k];
        bool neutralised = false;
        for (uint32_t e = 0; e < x->edit_count; e++)
            neutralised = neutralised || (x->edits[e].feature <= UINT16_MAX &&
                                          bad[x->edits[e].feature]);
        x->excluded = x->excluded || neutralised;
        v->neutralised += neutralised;
        if (x->excluded)
            x->changed = false;
    }
    free(bad);
}

/* The number of a question; where its answers are compared, it is asked in the other order too. */
static uint32_t add_question(struct variants *v, const char *const parts[PARTS], uint32_t tag)
{
    uint32_t number = question_add(&v->questions, parts, tag);
    const char *turned[PARTS];
    memcpy(turned, parts, sizeof turned);
    turned[PART_A] = parts[PART_B];
    turned[PART_B] = parts[PART_A];
    if (parts[PART_B] && question_add(&v->questions, turned, tag) == NAMES_NONE)
        return NAMES_NONE;
    return number;
}

/* The question and the edits of a variant; made is given up. false: out of memory. */
static bool take_variant(struct variants *v, const struct item *item, struct reworded made[PARTS],
                         uint32_t tag, struct variant *out)
{
    const char *parts[PARTS];
    *out = (struct variant){0};
    for (int p = 0; p < PARTS; p++) {
        parts[p] = made[p].text ? made[p].text : item->parts[p];
        out->edit_count += made[p].edit_count;
    }
    out->question = add_question(v, parts, tag);
    bool ok = out->question != NAMES_NONE;
    for (int p = 0, n = 0; p < PARTS; p++) {
        struct edit *more = made[p].edits;
        if (n == 0) {
            free(out->edits);
            out->edits = more;
        } else if (more && made[p].edit_count) {
            struct edit *all = realloc(out->edits, out->edit_count * sizeof *all);
            ok = ok && all;
            if (all)
                memcpy(all + n, more, made[p].edit_count * sizeof *all);
            out->edits = all ? all : out->edits;
            out->edit_count = all ? out->edit_count : (uint32_t)n;
            free(more);
        } else {
            free(more);
        }
        n += (int)made[p].edit_count;
        free(made[p].text);
        made[p] = (struct reworded){0};
    }
    return ok;
}

/* Numbers the texts of a chunk and takes its edits. */
static bool take_chunk(struct variants *v, const struct items *items,
                       struct reworded (*made)[PARTS], size_t first, size_t end)
{
    bool ok = true;
    for (size_t i = first; i < end; i++) {
        const struct item *item = &items->list[i];
        v->sources[i] = add_question(v, (const char *const *)item->parts, 0);
        ok = ok && v->sources[i] != NAMES_NONE;
        for (size_t a = 0; a < v->arm_count - CONTROLS; a++) {
            struct variant *x = &v->list[i * v->arm_count + a];
            ok = take_variant(v, item, made[(i - first) * v->arm_count + a], 0, x) && ok;
            x->changed = x->question != v->sources[i];
            x->excluded = v->arms[a].kind == ARM_PARALLEL && !is_theirs(&v->arms[a], item);
        }
    }
    return ok;
}

/* The compared arm with the most edits in an item. */
static size_t find_densest(const struct variants *v)
{
    size_t densest = 0;
    double most = 0;
    for (size_t a = 0; a < variants_compared(v); a++) {
        double edits = 0, items = 0;
        for (size_t i = a; i < v->count; i += v->arm_count) {
            edits += v->list[i].edit_count;
            items += !v->list[i].excluded;
        }
        if (items > 0 && edits / items > most) {
            most = edits / items;
            densest = a;
        }
    }
    return densest;
}

static uint32_t count_edits(const struct variant *x, enum part part)
{
    uint32_t n = 0;
    for (uint32_t e = 0; e < x->edit_count; e++)
        n += x->edits[e].part == part;
    return n;
}

/* As many edits as the compared arms make of a part of an item on average, rounded at random. */
static uint32_t average_edits(const struct variants *v, size_t item, enum part part, uint64_t seed)
{
    double sum = 0, n = 0;
    for (size_t a = 0; a < variants_compared(v); a++) {
        sum += count_edits(variant_of(v, item, a), part);
        n += !variant_of(v, item, a)->excluded;
    }
    return n > 0 ? (uint32_t)(sum / n + random_unit(random_at(seed, PURPOSE_EDITS, 0))) : 0;
}

/* As many as an arm makes of it, or, where there is none of that arm, as the most of the others. */
static uint32_t edits_like(const struct variants *v, size_t item, size_t arm, enum part part)
{
    uint32_t most = 0;
    if (!variant_of(v, item, arm)->excluded)
        return count_edits(variant_of(v, item, arm), part);
    for (size_t a = 0; a < variants_compared(v); a++) {
        uint32_t n = count_edits(variant_of(v, item, a), part);
        most = n > most ? n : most;
    }
    return most;
}

/* How many edits a control is to make: those of another arm, and what earlier items had no places
 * for. */
struct demand {
    size_t arm, like;
    uint32_t edits[PARTS];
};

static bool make_control(const struct variants *v, const struct item *item, size_t i,
                         enum part part, struct demand *demand, uint64_t seed,
                         struct reworded *out)
{
    for (const char *c = item->id; *c; c++)
        seed = random_mix(seed ^ (unsigned char)*c);
    enum control control = v->arms[demand->arm].control;
    const char *text = item->parts[part];
    uint32_t wanted = demand->edits[part];
    bool ok;
    if (control == CONTROL_TYPO)
        wanted += average_edits(v, i, part, seed);
    else
        wanted += edits_like(v, i, demand->like, part);
    if (control == CONTROL_PARAPHRASE)
        ok = control_paraphrase(text, strlen(text), wanted,
                                random_mix(seed + PURPOSE_PARAPHRASE), out);
    else
        ok = control_typo(text, strlen(text), wanted, random_mix(seed + PURPOSE_TYPO), out);
    for (uint32_t e = 0; ok && e < out->edit_count; e++)
        out->edits[e].part = (uint16_t)part;
    demand->edits[part] = wanted - out->edit_count;
    return ok;
}

/* The controls, once it is known how many edits the other arms have. */
static bool make_controls(struct variants *v, const struct items *items, uint64_t seed)
{
    size_t densest = find_densest(v);
    bool ok = true;
    for (size_t a = v->arm_count - CONTROLS; ok && a < v->arm_count; a++) {
        struct demand demand = {.arm = a, .like = densest};
        bool same = v->arms[a].control == CONTROL_SAME;
        for (size_t i = 0; ok && i < items->count; i++) {
            const struct item *item = &items->list[i];
            struct variant *x = &v->list[i * v->arm_count + a];
            struct reworded made[PARTS] = {{0}};
            for (int p = 0; p < PARTS && !same; p++)
                if (item->parts[p] && v->arms[a].rewrite & 1u << p)
                    ok = make_control(v, item, i, (enum part)p, &demand, seed + (uint64_t)p,
                                      &made[p]) && ok;
            ok = take_variant(v, item, made, same, x) && ok;
            x->changed = x->question != v->sources[i] && !same;
        }
    }
    return ok;
}

static isg_status make_chunk(struct variants *v, struct worker *pattern, size_t first, size_t end,
                             isg_error *error)
{
    struct worker workers[JOBS];
    pthread_t threads[JOBS];
    bool started[JOBS] = {false};
    size_t jobs = pattern->o->jobs < 1 ? 1 : pattern->o->jobs > JOBS ? JOBS : pattern->o->jobs;
    for (size_t k = 0; k < jobs; k++) {
        workers[k] = *pattern;
        workers[k].first = first + k;
        workers[k].end = end;
        workers[k].step = jobs;
        workers[k].chunk = first;
        started[k] = k + 1 < jobs && pthread_create(&threads[k], NULL, work, &workers[k]) == 0;
    }
    for (size_t k = jobs; k-- > 0;)
        if (!started[k])
            work(&workers[k]);
    isg_status status = ISG_OK;
    for (size_t k = 0; k < jobs; k++) {
        if (started[k])
            pthread_join(threads[k], NULL);
        if (workers[k].status != ISG_OK && status == ISG_OK) {
            status = workers[k].status;
            if (error)
                *error = workers[k].error;
        }
    }
    bool ok = take_chunk(v, pattern->items, pattern->made, first, end);
    return status == ISG_OK && !ok ? fail_memory(error) : status;
}

isg_status variants_make(struct variants *v, const isg_engine *engine, const struct items *items,
                         const isg_evaluate_options *o, isg_error *error)
{
    isg_status status = arms_make(v, engine, items, o, error);
    if (status != ISG_OK)
        return status;
    v->count = items->count * v->arm_count;
    v->list = calloc(v->count, sizeof *v->list);
    v->sources = calloc(items->count, sizeof *v->sources);
    v->words = calloc(items->count, sizeof *v->words);
    struct worker w = {.v = v, .engine = engine, .items = items, .o = o, .words = v->words,
                       .made = calloc(CHUNK * v->arm_count, sizeof *w.made)};
    if (!v->list || !v->sources || !v->words || !w.made)
        status = fail_memory(error);
    for (size_t i = 0; status == ISG_OK && i < items->count; i += CHUNK) {
        size_t end = i + CHUNK < items->count ? i + CHUNK : items->count;
        status = make_chunk(v, &w, i, end, error);
    }
    if (status == ISG_OK && !make_controls(v, items, o->seed))
        status = fail_memory(error);
    if (status == ISG_OK)
        exclude(v, engine, o);
    free(w.made);
    return status;
}

void variants_clear(struct variants *v)
{
    for (size_t i = 0; v->list && i < v->count; i++)
        free(v->list[i].edits);
    for (size_t a = 0; a < v->arm_count; a++) {
        isg_profile_free(v->arms[a].profile);
        free(v->arms[a].own_id);
        free(v->arms[a].own_name);
    }
    free(v->arms);
    free(v->list);
    free(v->sources);
    free(v->words);
    names_clear(&v->questions);
    *v = (struct variants){0};
}

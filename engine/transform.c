/* transform.c -- the whole way of the data on one screen: an analysed record, a profile and a seed
 * in; bytes, edits and what was blocked out.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <string.h>

#include "base/hash.h"
#include "base/status.h"
#include "document.h"

/* What every draw in this record starts from. */
static uint64_t record_hash(const struct isg_document *d, const isg_request *request)
{
    uint64_t key = request->key ? hash_bytes(request->key, request->key_length, 1)
                                : hash_bytes(d->text.bytes, d->text.length, 2);
    return hash_mix(hash_mix(hash_mix(0, request->seed), request->variant), key);
}

void document_begin(struct isg_document *d, const isg_profile *profile, const isg_request *request)
{
    static const isg_request standard;
    rewriter_begin(&d->rewriter, profile, d->text.bytes,
                   record_hash(d, request ? request : &standard));
}

static isg_status rewrite_window(struct isg_document *d, size_t *position, isg_error *error)
{
    for (uint32_t i = 0; i < d->window.count; i++) {
        const struct sentence *s = &d->window.sentences[i];
        buffer_add(&d->rewriter.out, d->text.bytes + *position, s->start - *position);
        arena_reset(&d->sentence_arena);
        if (!rewriter_sentence(&d->rewriter, &d->window.stages[i]))
            return status_nomem(error);
        *position = s->end;
    }
    return ISG_OK;
}

isg_status isg_document_rewrite(isg_document *d, const isg_profile *profile,
                                const isg_request *request, isg_error *error)
{
    if (profile->table != &d->engine->tables.table)
        return status_set(error, ISG_ARGUMENT, "the profile was made for another engine");
    document_begin(d, profile, request);
    size_t position = 0;
    for (uint32_t i = 0; i < document_window_count(d); i++) {
        isg_status status = document_window(d, i, error);
        if (status == ISG_OK)
            status = rewrite_window(d, &position, error);
        if (status != ISG_OK)
            return status;
    }
    buffer_add(&d->rewriter.out, d->text.bytes + position, d->text.length - position);
    const struct rewriter *r = &d->rewriter;
    bool failed = r->out.failed || r->edits.failed || r->marks.failed ||
                  r->blocks.failed || r->used.failed;
    return failed ? status_nomem(error) : ISG_OK;
}

const char *isg_document_text(const isg_document *d, size_t *length)
{
    *length = d->rewriter.out.length;
    return d->rewriter.out.bytes ? d->rewriter.out.bytes : "";
}

size_t isg_document_edit_count(const isg_document *d)
{
    return d->rewriter.edits.length / sizeof(isg_edit);
}

isg_edit isg_document_edit(const isg_document *d, size_t index)
{
    isg_edit edit = {0};
    if (index < isg_document_edit_count(d))
        memcpy(&edit, d->rewriter.edits.bytes + index * sizeof edit, sizeof edit);
    return edit;
}

size_t isg_document_mark_count(const isg_document *d)
{
    return d->rewriter.marks.length / sizeof(struct sense_mark);
}

isg_mark isg_document_mark(const isg_document *d, size_t index)
{
    static const char *const labels[TAB_LABEL_COUNT] = {"none", "coarse", "obscene", "slur"};
    const struct table *t = &d->engine->tables.table;
    struct sense_mark found;
    if (index >= isg_document_mark_count(d))
        return (isg_mark){0};
    memcpy(&found, d->rewriter.marks.bytes + index * sizeof found, sizeof found);
    const struct tab_sense *s = &t->senses[found.sense];
    return (isg_mark){
        .start = found.start,
        .end = found.end,
        .term = table_string(t, t->rules[found.rule].name),
        .plain = table_string(t, s->plain),
        .regions = table_string(t, s->region_names),
        .label = labels[s->label],
        .tone = table_string(t, s->register_),
        .period = table_string(t, s->period),
        .file = table_string(t, s->file),
        .line = s->line,
        .sentence = found.sentence,
    };
}

/* What a term says for the United States, and against the United Kingdom: 2 if it is said in one of
 * them and not in the other, 1 if only in countries that go with it. */
static int leaning(uint32_t regions)
{
    const uint32_t us = 1u << REGION_US, uk = 1u << REGION_UK;
    const uint32_t with_us = us | 1u << REGION_CA;
    const uint32_t with_uk = uk | 1u << REGION_IE | 1u << REGION_AU | 1u << REGION_NZ |
                             1u << REGION_ZA;
    if (regions & 1u << REGION_GENERAL || ((regions & with_us) && (regions & with_uk)))
        return 0;
    if (regions & with_us)
        return regions & us ? 2 : 1;
    return regions & with_uk ? (regions & uk ? -2 : -1) : 0;
}

/* A general sense may bundle words of several countries: half of what others say of its term. */
static int lean(const struct tab_sense *sense, const struct tab_rule *rule)
{
    int own = 2 * leaning(sense->regions);
    return own || !(sense->regions & 1u << REGION_GENERAL) ? own : leaning(rule->regions);
}

const char *isg_document_source(const isg_document *d, size_t sentence)
{
    const struct table *t = &d->engine->tables.table;
    long sum = 0;
    for (size_t i = 0; i < isg_document_mark_count(d); i++) {
        struct sense_mark found;
        memcpy(&found, d->rewriter.marks.bytes + i * sizeof found, sizeof found);
        if (sentence == ISG_ALL_SENTENCES || found.sentence == sentence)
            sum += lean(&t->senses[found.sense], &t->rules[found.rule]);
    }
    return sum > 0 ? "US" : sum < 0 ? "UK" : "";
}

size_t isg_document_block_count(const isg_document *d)
{
    return d->rewriter.blocks.length / sizeof(isg_block);
}

isg_block isg_document_block(const isg_document *d, size_t index)
{
    isg_block block = {0};
    if (index < isg_document_block_count(d))
        memcpy(&block, d->rewriter.blocks.bytes + index * sizeof block, sizeof block);
    return block;
}

/* calibrate.c -- how sure the analyser may be: how often it was right where the margin between its
 * best and its second choice was as it is, made monotone. The model is run with tables of
 * confidence that give back the bucket of the margin; counting then fills the tables.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#define _POSIX_C_SOURCE 200809L

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "analysis/model.h"
#include "evaluate.h"
#include "export.h"

struct tally {
    double right[CONFIDENCE_BUCKETS], count[CONFIDENCE_BUCKETS];
};

/* Two more cases in each bucket, one of them right: none is ever quite sure. */
static const double PRIOR_COUNT = 2, PRIOR_RIGHT = 1;

static void use_sentence(const struct sentence *own, const struct corpus_sentence *gold,
                         struct tally *tags, struct tally *arcs)
{
    for (uint32_t i = 0; i < own->count; i++) {
        const struct token *t = &own->tokens[i];
        const struct corpus_word *w = &gold->words[i];
        int32_t head = t->head < 0 ? (int32_t)gold->count : t->head;
        tags->count[t->tag_confidence]++;
        tags->right[t->tag_confidence] += t->upos == w->upos && t->xpos == w->xpos;
        arcs->count[t->arc_confidence]++;
        arcs->right[t->arc_confidence] +=
            head == w->head && vocab_deprel_base(t->deprel) == vocab_deprel_base(w->rel);
    }
}

static uint8_t confidence(double right, double count)
{
    return (uint8_t)((right + PRIOR_RIGHT) / (count + PRIOR_COUNT) * 255 + 0.5);
}

/* Pools neighbours until the shares rise (Ayer and others 1955): size buckets, stride apart. */
static void make_monotone(const struct tally *tally, size_t first, size_t stride, size_t size,
                          double *shares)
{
    double right[CONFIDENCE_BUCKETS], count[CONFIDENCE_BUCKETS];
    size_t length[CONFIDENCE_BUCKETS], n = 0;
    for (size_t i = 0; i < size; i++) {
        right[n] = tally->right[first + i * stride] + PRIOR_RIGHT / 4;
        count[n] = tally->count[first + i * stride] + PRIOR_COUNT / 4;
        length[n++] = 1;
        while (n > 1 && right[n - 2] * count[n - 1] >= right[n - 1] * count[n - 2]) {
            right[n - 2] += right[n - 1];
            count[n - 2] += count[n - 1];
            length[n - 2] += length[n - 1];
            n--;
        }
    }
    for (size_t b = 0, i = 0; b < n; b++)
        for (size_t k = 0; k < length[b]; k++, i++)
            shares[first + i * stride] = (right[b] + PRIOR_RIGHT) / (count[b] + PRIOR_COUNT);
}

static void fill_tags(const struct tally *tally, uint8_t *table)
{
    double shares[CONFIDENCE_BUCKETS];
    make_monotone(tally, 0, 1, CONFIDENCE_BUCKETS, shares);
    for (size_t i = 0; i < CONFIDENCE_BUCKETS; i++)
        table[i] = confidence(shares[i] * 1e6, 1e6);
}

/* A cell of two margins: its own cases, and as many again from those around it. */
static void fill_arcs(const struct tally *tally, uint8_t *table)
{
    const int n = MARGIN_BUCKETS;
    for (int a = 0; a < n; a++)
        for (int b = 0; b < n; b++) {
            double right = 0, count = 0;
            for (int radius = 0; radius < n && count < 60; radius++) {
                right = count = 0;
                for (int i = a - radius; i <= a + radius; i++)
                    for (int j = b - radius; j <= b + radius; j++) {
                        if (i < 0 || i >= n || j < 0 || j >= n)
                            continue;
                        right += tally->right[i * n + j];
                        count += tally->count[i * n + j];
                    }
            }
            table[a * n + b] = confidence(right, count);
        }
}

static unsigned char *read_file(const char *path, size_t *size)
{
    struct stat stat_;
    FILE *file = fopen(path, "rb");
    unsigned char *bytes = NULL;
    if (file && fstat(fileno(file), &stat_) == 0) {
        *size = (size_t)stat_.st_size;
        bytes = must_calloc(*size, 1);
        if (fread(bytes, 1, *size, file) != *size) {
            free(bytes);
            bytes = NULL;
        }
    }
    if (file)
        fclose(file);
    return bytes;
}

/* Runs the model over a corpus into own; calls nothing else, so that it can be timed. */
struct sentence *evaluate_run(const char *path, const struct corpus *corpus, double *seconds)
{
    struct model *model;
    struct model_scratch *scratch = NULL;
    isg_error error;
    if (model_open(path, &model, &error) != ISG_OK
        || model_scratch_new(model, &scratch, &error) != ISG_OK) {
        fprintf(stderr, "train: %s\n", error.message);
        model_close(model);
        return NULL;
    }
    struct sentence *own = must_calloc(corpus->count, sizeof *own);
    for (size_t i = 0; i < corpus->count; i++) {
        const struct corpus_sentence *gold = &corpus->sentences[i];
        own[i].tokens = must_calloc(gold->count, sizeof *own[i].tokens);
        own[i].count = (uint32_t)gold->count;
        for (size_t j = 0; j < gold->count; j++) {
            own[i].tokens[j].form = gold->words[j].form;
            own[i].tokens[j].form_length = (uint32_t)strlen(gold->words[j].form);
        }
    }
    clock_t start = clock();
    for (size_t i = 0; i < corpus->count; i++)
        if (model_run(model, scratch, &own[i]) != ISG_OK)
            fprintf(stderr, "train: out of memory\n");
    *seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
    model_scratch_free(scratch);
    model_close(model);
    return own;
}

void evaluate_free(struct sentence *own, const struct corpus *corpus)
{
    for (size_t i = 0; own && i < corpus->count; i++)
        free(own[i].tokens);
    free(own);
}

/* Writes a model's file again with these bytes in place of both tables of confidence. */
static bool put_tables(const char *path, const uint8_t *tags, const uint8_t *arcs)
{
    size_t size = 0;
    unsigned char *bytes = read_file(path, &size);
    if (!bytes)
        return false;
    const struct model_header *header = (const struct model_header *)(void *)bytes;
    memcpy(bytes + header->sections[SECTION_TAG_CONFIDENCE].offset, tags, CONFIDENCE_BUCKETS);
    memcpy(bytes + header->sections[SECTION_ARC_CONFIDENCE].offset, arcs, CONFIDENCE_BUCKETS);
    bool done = export_bytes(bytes, size, path);
    free(bytes);
    return done;
}

bool evaluate_calibrate(const char *path, const struct corpus *corpora, int count)
{
    static struct tally tags, arcs;
    uint8_t tag_table[CONFIDENCE_BUCKETS], arc_table[CONFIDENCE_BUCKETS];
    for (int i = 0; i < CONFIDENCE_BUCKETS; i++)
        tag_table[i] = arc_table[i] = (uint8_t)i;
    if (!put_tables(path, tag_table, arc_table))
        return false;
    for (int c = 0; c < count; c++) {
        double seconds;
        struct sentence *own = evaluate_run(path, &corpora[c], &seconds);
        for (size_t i = 0; own && i < corpora[c].count; i++)
            use_sentence(&own[i], &corpora[c].sentences[i], &tags, &arcs);
        evaluate_free(own, &corpora[c]);
        if (!own)
            return false;
    }
    fill_tags(&tags, tag_table);
    fill_arcs(&arcs, arc_table);
    return put_tables(path, tag_table, arc_table);
}

/* dictionary.c -- counts words and reads GloVe. The lexicon holds hashes, not strings: the upper
 * half of a 64-bit hash tells words apart.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#define _POSIX_C_SOURCE 200809L

#include "dictionary.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/vocab.h"
#include "matrix.h"

enum { LEXICON_SIZE = 1 << 16, LEXICON_MOST = 52000, COUNT_SIZE = 1 << 18 };

static const float VECTOR_DEVIATION = 0.35f, VECTOR_MOST = 127.0f / (1 << INPUT_BITS);

struct count {
    uint64_t hash;
    uint32_t count;
};

static struct model_entry *find_entry(struct dictionary *d, uint64_t hash)
{
    uint32_t mark = (uint32_t)(hash >> 32), i = word_entry_start(hash, d->size);
    while ((d->entries[i].word || d->entries[i].vector) && d->entries[i].mark != mark)
        i = (i + 1) & (d->size - 1);
    return &d->entries[i];
}

/* The entry of hash, new or old; NULL if the lexicon is full. */
static struct model_entry *add_entry(struct dictionary *d, uint64_t hash)
{
    struct model_entry *entry = find_entry(d, hash);
    if (entry->word == 0 && entry->vector == 0) {
        if (d->used == LEXICON_MOST)
            return NULL;
        d->used++;
        entry->mark = (uint32_t)(hash >> 32);
    }
    return entry;
}

static void add_words(struct dictionary *d, const struct corpus *corpus)
{
    struct count *counts = must_calloc(COUNT_SIZE, sizeof *counts);
    for (size_t i = 0; i < corpus->count; i++)
        for (size_t j = 0; j < corpus->sentences[i].count; j++) {
            struct word_key key;
            const char *form = corpus->sentences[i].words[j].form;
            word_key_make(form, strlen(form), &key);
            size_t at = key.hash & (COUNT_SIZE - 1);
            while (counts[at].count && counts[at].hash != key.hash)
                at = (at + 1) & (COUNT_SIZE - 1);
            counts[at].hash = key.hash;
            if (++counts[at].count != 2)
                continue;
            struct model_entry *entry = add_entry(d, key.hash);
            if (entry && d->words < UINT16_MAX)
                entry->word = (uint16_t)d->words++;
        }
    free(counts);
}

static void add_vector(struct dictionary *d, char *line)
{
    char *end = strchr(line, ' ');
    struct word_key key;
    if (!end)
        return;
    word_key_make(line, (size_t)(end - line), &key);
    struct model_entry *entry = add_entry(d, key.hash);
    if (!entry || entry->vector)
        return;
    float *row = d->vector_rows + (size_t)d->vectors * VECTOR_WIDTH;
    for (int i = 0; i < VECTOR_WIDTH; i++)
        row[i] = strtof(end, &end);
    entry->vector = (uint16_t)d->vectors++;
}

static void scale_vectors(struct dictionary *d)
{
    for (size_t j = 0; j < VECTOR_WIDTH; j++) {
        double sum = 0, squares = 0;
        for (size_t i = 1; i < d->vectors; i++) {
            double x = (double)d->vector_rows[i * VECTOR_WIDTH + j];
            sum += x;
            squares += x * x;
        }
        double n = d->vectors > 1 ? d->vectors - 1 : 1, mean = sum / n;
        double scale = (double)VECTOR_DEVIATION / sqrt(squares / n - mean * mean + 1e-9);
        for (size_t i = 1; i < d->vectors; i++) {
            float *x = &d->vector_rows[i * VECTOR_WIDTH + j];
            float y = (float)(((double)*x - mean) * scale);
            y = y > VECTOR_MOST ? VECTOR_MOST : y < -VECTOR_MOST ? -VECTOR_MOST : y;
            *x = round_nearest(y * (1 << INPUT_BITS)) / (1 << INPUT_BITS);
        }
    }
}

static void add_vectors(struct dictionary *d, const char *path, uint32_t most)
{
    FILE *file = fopen(path, "r");
    if (!file) {
        perror(path);
        exit(1);
    }
    d->vector_rows = must_calloc((size_t)most + 2, VECTOR_WIDTH * sizeof(float));
    char *line = NULL;
    size_t size = 0;
    while (d->vectors <= most && getline(&line, &size, file) >= 0)
        add_vector(d, line);
    free(line);
    fclose(file);
    scale_vectors(d);
}

static void add_tags(struct dictionary *d, const struct corpus *corpus)
{
    d->labels[d->label_count++] = REL_ROOT;
    for (size_t i = 0; i < corpus->count; i++)
        for (size_t j = 0; j < corpus->sentences[i].count; j++) {
            const struct corpus_word *word = &corpus->sentences[i].words[j];
            if (dictionary_tag(d, word->upos, word->xpos) == 255 && d->tag_count < 255) {
                d->tags[d->tag_count][0] = word->upos;
                d->tags[d->tag_count++][1] = word->xpos;
            }
            if (dictionary_label(d, word->rel) == 255)
                d->labels[d->label_count++] = word->rel;
        }
}

void dictionary_init(struct dictionary *d, const struct corpus *corpus, const char *glove_path,
                     uint32_t most_vectors)
{
    *d = (struct dictionary){.size = LEXICON_SIZE, .words = 1, .vectors = 1};
    d->entries = must_calloc(d->size, sizeof *d->entries);
    add_words(d, corpus);
    add_vectors(d, glove_path, most_vectors < UINT16_MAX - 1 ? most_vectors : UINT16_MAX - 1);
    add_tags(d, corpus);
}

void dictionary_clear(struct dictionary *d)
{
    free(d->entries);
    free(d->vector_rows);
    *d = (struct dictionary){0};
}

uint8_t dictionary_tag(const struct dictionary *d, uint8_t upos, uint8_t xpos)
{
    for (uint32_t i = 0; i < d->tag_count; i++)
        if (d->tags[i][0] == upos && d->tags[i][1] == xpos)
            return (uint8_t)i;
    return 255;
}

uint8_t dictionary_label(const struct dictionary *d, uint8_t rel)
{
    for (uint32_t i = 0; i < d->label_count; i++)
        if (d->labels[i] == rel)
            return (uint8_t)i;
    return 255;
}

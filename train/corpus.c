/* corpus.c -- reads CoNLL-U: words only, multiword tokens and empty nodes are left out.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#define _POSIX_C_SOURCE 200809L

#include "corpus.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/vocab.h"

enum { COLUMNS = 10 };

struct reader {
    struct corpus_word *words;
    size_t count, capacity;
    bool broken;
};

static void *must_grow(void *p, size_t size)
{
    p = realloc(p, size);
    if (!p) {
        fprintf(stderr, "train: out of memory\n");
        exit(1);
    }
    return p;
}

static uint8_t number(enum vocab_list list, const char *name, bool *broken)
{
    int found = vocab_find(list, name, strlen(name));
    if (found < 0)
        *broken = true;
    return (uint8_t)(found < 0 ? 0 : found);
}

static void add_word(struct reader *reader, char *line)
{
    char *columns[COLUMNS], *save = NULL;
    size_t n = 0;
    for (char *c = strtok_r(line, "\t", &save); c && n < COLUMNS; c = strtok_r(NULL, "\t", &save))
        columns[n++] = c;
    if (n < COLUMNS || strpbrk(columns[0], "-."))
        return;
    if (reader->count == reader->capacity) {
        reader->capacity = reader->capacity ? reader->capacity * 2 : 64;
        reader->words = must_grow(reader->words, reader->capacity * sizeof *reader->words);
    }
    struct corpus_word *word = &reader->words[reader->count++];
    size_t length = strlen(columns[1]) + 1;
    word->form = memcpy(must_grow(NULL, length), columns[1], length);
    word->upos = number(VOCAB_LIST_UPOS, columns[3], &reader->broken);
    word->xpos = number(VOCAB_LIST_XPOS, columns[4], &reader->broken);
    word->rel = number(VOCAB_LIST_DEPREL, columns[7], &reader->broken);
    word->head = atoi(columns[6]) - 1;
}

static void end_sentence(struct reader *reader, struct corpus *corpus)
{
    if (reader->count == 0)
        return;
    int32_t count = (int32_t)reader->count;
    for (size_t i = 0; i < reader->count; i++) {
        struct corpus_word *word = &reader->words[i];
        reader->broken |= word->head < -1 || word->head >= count;
        word->head = word->head < 0 ? count : word->head;
    }
    if (reader->broken) {
        corpus->skipped++;
        for (size_t i = 0; i < reader->count; i++)
            free(reader->words[i].form);
    } else {
        if ((corpus->count & (corpus->count - 1)) == 0)
            corpus->sentences = must_grow(corpus->sentences, (corpus->count ? corpus->count * 2 : 1)
                                                                 * sizeof *corpus->sentences);
        struct corpus_sentence *sentence = &corpus->sentences[corpus->count++];
        size_t size = reader->count * sizeof *reader->words;
        sentence->words = memcpy(must_grow(NULL, size), reader->words, size);
        sentence->count = reader->count;
        corpus->words += reader->count;
    }
    reader->count = 0;
    reader->broken = false;
}

void corpus_read(struct corpus *corpus, const char *path)
{
    FILE *file = fopen(path, "r");
    if (!file) {
        perror(path);
        exit(1);
    }
    struct reader reader = {0};
    char *line = NULL;
    size_t size = 0;
    ssize_t length;
    while ((length = getline(&line, &size, file)) >= 0) {
        while (length > 0 && (line[length - 1] == '\n' || line[length - 1] == '\r'))
            line[--length] = '\0';
        if (length == 0)
            end_sentence(&reader, corpus);
        else if (line[0] != '#')
            add_word(&reader, line);
    }
    end_sentence(&reader, corpus);
    free(reader.words);
    free(line);
    fclose(file);
}

void corpus_clear(struct corpus *corpus)
{
    for (size_t i = 0; i < corpus->count; i++) {
        for (size_t j = 0; j < corpus->sentences[i].count; j++)
            free(corpus->sentences[i].words[j].form);
        free(corpus->sentences[i].words);
    }
    free(corpus->sentences);
    *corpus = (struct corpus){0};
}

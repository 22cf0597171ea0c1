/* export.c -- floats to the integers of model_format.h. Weights were rounded in training already;
 * here their sums get the scales and biases that bring them to the units of the next stage.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "export.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/hash.h"
#include "base/vocab.h"

enum { TAG_MARGIN_BITS = 4, ACTION_MARGIN_BITS = 7, LABEL_MARGIN_BITS = 7, ZERO_POINT = 128,
       CACHE_LINE = 64 /* bytes: weights that straddle none load faster */ };

struct writer {
    struct buffer file;
    struct model_header header;
    bool failed; /* a number does not fit */
};

/* How a matrix is used: units of what comes in and what goes out, and the bound of the latter. */
struct units {
    int in_bits, out_bits, limit, zero_point;
};

/* Begins a section where what stands skip bytes into it is aligned. */
static void begin_aligned(struct writer *writer, int section, size_t skip, size_t alignment)
{
    while ((writer->file.length + skip) % alignment)
        buffer_add_char(&writer->file, 0);
    writer->header.sections[section].offset = writer->file.length;
}

static void begin(struct writer *writer, int section)
{
    begin_aligned(writer, section, 0, 8);
}

static void end(struct writer *writer, int section)
{
    struct model_section *s = &writer->header.sections[section];
    s->size = writer->file.length - s->offset;
}

static void add_section(struct writer *writer, int section, const void *bytes, size_t size)
{
    begin(writer, section);
    buffer_add(&writer->file, bytes, size);
    end(writer, section);
}

static long fit(float x, long least, long most)
{
    long n = lrintf(x);
    return n < least ? least : n > most ? most : n;
}

static int weight(const struct param *matrix, size_t row, size_t column)
{
    float step = (float)matrix->scale[column] / (float)(1 << matrix->scale_bits);
    return (int)lrintf(matrix->seen[row * matrix->columns + column] / step);
}

static void add_columns(struct writer *writer, const struct param *matrix,
                        const struct param *bias, const struct units *units, int shift)
{
    for (size_t j = 0; j < matrix->columns; j++) {
        int32_t scale = matrix->scale[j];
        buffer_add(&writer->file, (const char *)&scale, sizeof scale);
    }
    for (size_t j = 0; j < matrix->columns; j++) {
        float unit = (float)(1L << (matrix->scale_bits + units->in_bits));
        double sum = shift > 0 ? (double)(1L << (shift - 1)) : 0;
        if (bias)
            sum += (double)lrintf(bias->value[j] * unit);
        for (size_t k = 0; units->zero_point && k < matrix->rows; k++)
            sum -= (double)(units->zero_point * matrix->scale[j] * weight(matrix, k, j));
        writer->failed |= fabs(sum) > INT32_MAX;
        int32_t out = (int32_t)sum;
        buffer_add(&writer->file, (const char *)&out, sizeof out);
    }
}

static void add_matrix(struct writer *writer, int section, const struct param *matrix,
                       const struct param *bias, struct units units)
{
    int shift = matrix->scale_bits + units.in_bits - units.out_bits;
    struct model_matrix head = {(uint32_t)matrix->rows, (uint32_t)matrix->columns, shift,
                                units.limit};
    writer->failed |= shift < 0 || shift > 30;
    begin_aligned(writer, section, sizeof head + 8 * matrix->columns, CACHE_LINE);
    buffer_add(&writer->file, (const char *)&head, sizeof head);
    add_columns(writer, matrix, bias, &units, shift < 0 ? 0 : shift);
    for (size_t j = 0; j < matrix->columns; j += 16)
        for (size_t k = 0; k < matrix->rows; k += 4)
            for (size_t i = 0; i < 64; i++)
                buffer_add_char(&writer->file,
                                (char)weight(matrix, k + i % 4, j + i / 4));
    end(writer, section);
}

static void add_embeds(struct writer *writer, int section, const struct param *embed, long limit)
{
    begin(writer, section);
    for (size_t i = 0; i < embed->size; i++) {
        int16_t x = (int16_t)fit(embed->value[i] * (1 << SCORE_BITS), -limit, limit);
        buffer_add(&writer->file, (const char *)&x, sizeof x);
    }
    end(writer, section);
}

static void add_words(struct writer *writer, const struct network *network,
                      const struct dictionary *dictionary)
{
    add_section(writer, SECTION_LEXICON, dictionary->entries,
                dictionary->size * sizeof *dictionary->entries);
    for (int p = 0; p < PART_COUNT; p++) {
        begin(writer, SECTION_PARTS + p);
        for (size_t i = 0; i < network->tables[p].size; i++)
            buffer_add_char(&writer->file,
                            (char)fit(network->tables[p].value[i] * (1 << INPUT_BITS), -127, 127));
        end(writer, SECTION_PARTS + p);
    }
}

static void add_network(struct writer *writer, const struct network *n)
{
    const struct units sum = {STREAM_BITS, SUM_BITS, SUM_LIMIT, 0};
    const struct units score = {STREAM_BITS, SCORE_BITS, SUM_LIMIT, 0};
    const size_t h = n->size.hidden;
    struct param first_bias = {.columns = 3 * h};
    first_bias.value = must_calloc(3 * h, sizeof(float));
    memcpy(first_bias.value + h, n->first_bias.value, h * sizeof(float));
    add_matrix(writer, SECTION_FIRST, &n->first, &first_bias,
               (struct units){INPUT_BITS, SUM_BITS, FIRST_LIMIT, ZERO_POINT});
    free(first_bias.value);
    for (uint32_t l = 0; l < n->size.layers; l++)
        add_matrix(writer, SECTION_CONV + (int)l, &n->conv[l], &n->conv_bias[l], sum);
    add_matrix(writer, SECTION_TAG, &n->tag, &n->tag_bias, score);
    add_matrix(writer, SECTION_SLOT, &n->slot, NULL,
               (struct units){STREAM_BITS, SCORE_BITS, SLOT_LIMIT, 0});
    add_matrix(writer, SECTION_ARC, &n->arc, NULL,
               (struct units){STREAM_BITS, SCORE_BITS, ARC_LIMIT, 0});
    add_matrix(writer, SECTION_LABEL, &n->label, &n->label_bias, score);
    add_matrix(writer, SECTION_ACTION, &n->action, &n->action_bias, score);
    add_embeds(writer, SECTION_STATE_EMBED, &n->state_embed, SLOT_LIMIT);
    add_embeds(writer, SECTION_ARC_EMBED, &n->arc_embed, ARC_LIMIT);
    begin(writer, SECTION_SPECIAL);
    for (size_t i = 0; i < n->special.size; i++)
        buffer_add_char(&writer->file,
                        (char)fit(n->special.value[i] * (1 << STREAM_BITS), 0, 255));
    end(writer, SECTION_SPECIAL);
}

static void fill_header(struct model_header *header, const struct network *network,
                        const struct dictionary *dictionary)
{
    const struct network_size *size = &network->size;
    memcpy(header->magic, MODEL_MAGIC, sizeof header->magic);
    header->version = MODEL_VERSION;
    header->oldest = MODEL_OLDEST;
    header->vocab_hash = vocab_analysis_hash();
    header->hidden = size->hidden;
    header->layers = size->layers;
    header->slot_width = size->slot_width;
    header->arc_width = size->arc_width;
    header->tags = size->tags;
    header->labels = size->labels;
    memcpy(header->reach, size->reach, sizeof header->reach);
    header->words = dictionary->words;
    header->vectors = dictionary->vectors;
    header->lexicon = dictionary->size;
    header->tag_margin_bits = TAG_MARGIN_BITS;
    header->action_margin_bits = ACTION_MARGIN_BITS;
    header->label_margin_bits = LABEL_MARGIN_BITS;
}

bool export_model(const struct network *network, const struct dictionary *dictionary,
                  const char *path)
{
    struct writer writer = {0};
    uint8_t identity[CONFIDENCE_BUCKETS];
    for (int i = 0; i < CONFIDENCE_BUCKETS; i++)
        identity[i] = (uint8_t)i;
    buffer_init(&writer.file);
    buffer_extend(&writer.file, sizeof writer.header);
    add_words(&writer, network, dictionary);
    add_network(&writer, network);
    add_section(&writer, SECTION_TAGSET, dictionary->tags, 2 * dictionary->tag_count);
    add_section(&writer, SECTION_LABELSET, dictionary->labels, dictionary->label_count);
    add_section(&writer, SECTION_TAG_CONFIDENCE, identity, sizeof identity);
    add_section(&writer, SECTION_ARC_CONFIDENCE, identity, sizeof identity);
    fill_header(&writer.header, network, dictionary);
    bool done = !writer.failed && !writer.file.failed;
    if (done) {
        writer.header.file_size = writer.file.length;
        memcpy(writer.file.bytes, &writer.header, sizeof writer.header);
        done = export_bytes((unsigned char *)writer.file.bytes, writer.file.length, path);
    } else {
        fprintf(stderr, "train: the network does not fit the model's integers\n");
    }
    buffer_clear(&writer.file);
    return done;
}

bool export_bytes(unsigned char *bytes, size_t size, const char *path)
{
    struct model_header *header = (struct model_header *)(void *)bytes;
    header->checksum = 0;
    header->checksum = hash_bytes(bytes + sizeof *header, size - sizeof *header,
                                  hash_bytes(header, sizeof *header, 0));
    struct buffer temporary;
    buffer_init(&temporary);
    buffer_printf(&temporary, "%s.new", path);
    bool done = false;
    FILE *file = temporary.failed ? NULL : fopen(temporary.bytes, "wb");
    if (file) {
        done = fwrite(bytes, 1, size, file) == size;
        done = fclose(file) == 0 && done && rename(temporary.bytes, path) == 0;
    }
    if (!done)
        perror(path);
    buffer_clear(&temporary);
    return done;
}

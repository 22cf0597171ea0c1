/* model.c -- opens a model: maps it, and verifies every size, offset and value that the analyser
 * relies on, so that no file, however made, can lead it astray.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#define _POSIX_C_SOURCE 200809L

#include "analysis/model_private.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "analysis/model_transition.h"
#include "analysis/model_word.h"
#include "base/hash.h"
#include "base/status.h"

static const char cure[] = "run 'make train' or use the isogloss.model of this release";

static isg_status damaged(isg_error *error, const char *path, const char *what)
{
    return status_at(error, ISG_FORMAT, path, 0, 0, "model is damaged (%s); %s", what, cure);
}

static isg_status map_file(const char *path, const unsigned char **bytes, size_t *size,
                           isg_error *error)
{
    struct stat stat;
    void *map = MAP_FAILED;
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return status_at(error, ISG_IO, path, 0, 0, "cannot open model: %s", strerror(errno));
    if (fstat(file, &stat) == 0 && S_ISREG(stat.st_mode) && stat.st_size > 0)
        map = mmap(NULL, (size_t)stat.st_size, PROT_READ, MAP_SHARED, file, 0);
    close(file);
    if (map == MAP_FAILED)
        return status_at(error, ISG_IO, path, 0, 0, "cannot map model");
    *bytes = map;
    *size = (size_t)stat.st_size;
    return ISG_OK;
}

static uint64_t checksum(const unsigned char *bytes, size_t size)
{
    struct model_header header;
    memcpy(&header, bytes, sizeof header);
    header.checksum = 0;
    return hash_bytes(bytes + sizeof header, size - sizeof header,
                      hash_bytes(&header, sizeof header, 0));
}

static bool is_width(uint32_t width)
{
    return width >= 32 && width <= MODEL_WIDTH_MAX && width % 32 == 0;
}

static isg_status check_header(const struct model_header *h, size_t size, const char *path,
                               isg_error *error)
{
    const uint16_t order = 1;
    if (*(const unsigned char *)&order != 1)
        return status_at(error, ISG_FORMAT, path, 0, 0,
                         "models are little-endian, and this processor is not");
    if (size < sizeof *h || memcmp(h->magic, MODEL_MAGIC, sizeof h->magic) != 0)
        return status_at(error, ISG_FORMAT, path, 0, 0, "not an isogloss model");
    if (h->version < MODEL_OLDEST || h->oldest > MODEL_VERSION)
        return status_at(error, ISG_VERSION, path, 0, 0,
                         "model has format version %u, this library reads %d to %d; %s",
                         (unsigned)h->version, MODEL_OLDEST, MODEL_VERSION, cure);
    if (h->vocab_hash != vocab_analysis_hash())
        return status_at(error, ISG_MISMATCH, path, 0, 0,
                         "model was made with vocabulary %016llx, this library has %016llx; %s",
                         (unsigned long long)h->vocab_hash,
                         (unsigned long long)vocab_analysis_hash(), cure);
    if (h->file_size != size)
        return damaged(error, path, "wrong size");
    if (h->checksum != checksum((const unsigned char *)h, size))
        return damaged(error, path, "wrong checksum");
    if (!is_width(h->hidden) || !is_width(h->slot_width) || !is_width(h->arc_width)
        || h->layers < 1 || h->layers > MODEL_LAYERS_MAX || h->tags < 2 || h->tags > 255
        || h->labels < 2 || h->labels > 250 || h->words < 1 || h->words > 65536
        || h->vectors < 1 || h->vectors > 65536 || h->tag_margin_bits > 15
        || h->action_margin_bits > 15 || h->label_margin_bits > 15)
        return damaged(error, path, "impossible sizes");
    for (uint32_t l = 0; l < h->layers; l++)
        if (h->reach[l] < 1 || h->reach[l] > MODEL_REACH_MAX)
            return damaged(error, path, "impossible sizes");
    return ISG_OK;
}

/* The bytes of a section that must have this size; NULL if it has not. */
static const void *section(const struct model *model, int id, uint64_t size)
{
    const struct model_section *s = &model->header->sections[id];
    if (s->size != size || s->offset % 8 != 0 || s->offset < sizeof *model->header
        || s->offset > model->header->file_size || size > model->header->file_size - s->offset)
        return NULL;
    return model->bytes + s->offset;
}

/* Whether no sum over a column, whatever comes in, leaves an int32. */
static bool column_fits(const struct kernel_matrix *m, uint32_t column)
{
    int64_t most = 0, least = 0;
    const int8_t *block = m->weights + (size_t)(column / 16 * 16) * m->rows;
    for (uint32_t k = 0; k < m->rows; k++) {
        int w = block[k / 4 * 64 + column % 16 * 4 + k % 4];
        if (w > WEIGHT_MAX || w < -WEIGHT_MAX)
            return false;
        *(w > 0 ? &most : &least) += 255 * w;
    }
    int64_t scale = m->scale[column], bias = m->bias[column];
    return scale > 0 && scale < 4096 && most * scale + bias <= INT32_MAX
           && least * scale + bias >= INT32_MIN && most * scale <= INT32_MAX
           && least * scale >= INT32_MIN;
}

static bool read_matrix(const struct model *model, int id, uint32_t rows, uint32_t columns,
                        int32_t limit, struct kernel_matrix *m)
{
    columns = (columns + 31) / 32 * 32;
    if (id == SECTION_ACTION)
        columns = ACTION_COLUMNS;
    uint64_t size = sizeof(struct model_matrix) + 8 * (uint64_t)columns + (uint64_t)rows * columns;
    const struct model_matrix *head = section(model, id, size);
    if (!head || head->rows != rows || head->columns != columns || head->shift < 0
        || head->shift > 30 || head->limit < 1 || head->limit > limit)
        return false;
    const int32_t *scale = (const int32_t *)(head + 1);
    *m = (struct kernel_matrix){rows, columns, head->shift, head->limit, scale, scale + columns,
                                (const int8_t *)(scale + 2 * columns)};
    for (uint32_t j = 0; j < columns; j++)
        if (!column_fits(m, j))
            return false;
    return true;
}

static bool read_matrices(struct model *model)
{
    const struct model_header *h = model->header;
    for (uint32_t l = 0; l < h->layers; l++)
        if (!read_matrix(model, SECTION_CONV + (int)l, 3 * h->hidden, h->hidden, SUM_LIMIT,
                         &model->conv[l]))
            return false;
    return read_matrix(model, SECTION_FIRST, INPUT_WIDTH, 3 * h->hidden, FIRST_LIMIT,
                       &model->first)
           && read_matrix(model, SECTION_TAG, h->hidden, h->tags, SUM_LIMIT, &model->tag)
           && read_matrix(model, SECTION_SLOT, h->hidden, SLOT_COUNT * h->slot_width, SLOT_LIMIT,
                          &model->slot)
           && read_matrix(model, SECTION_ARC, h->hidden, ARC_SLOT_COUNT * h->arc_width, ARC_LIMIT,
                          &model->arc)
           && read_matrix(model, SECTION_LABEL, h->arc_width, h->labels, SUM_LIMIT, &model->label)
           && read_matrix(model, SECTION_ACTION, h->slot_width, 0, SUM_LIMIT, &model->action);
}

static bool read_words(struct model *model)
{
    const struct model_header *h = model->header;
    uint32_t size = h->lexicon, used = 0;
    if (size == 0 || (size & (size - 1)) != 0)
        return false;
    model->lexicon = section(model, SECTION_LEXICON, (uint64_t)size * sizeof *model->lexicon);
    if (!model->lexicon)
        return false;
    for (uint32_t i = 0; i < size; i++) {
        const struct model_entry *entry = &model->lexicon[i];
        if (entry->word >= h->words || entry->vector >= h->vectors)
            return false;
        used += entry->word || entry->vector;
    }
    for (int p = 0; p < PART_COUNT; p++) {
        enum word_part part = (enum word_part)p;
        uint64_t rows = word_part_rows(part);
        if (part == PART_WORD || part == PART_VECTOR)
            rows = part == PART_WORD ? h->words : h->vectors;
        model->parts[p] = section(model, SECTION_PARTS + p, rows * word_part_width(part));
        if (!model->parts[p])
            return false;
    }
    return used < size; /* a search ends at an empty entry */
}

static const int16_t *read_embeds(const struct model *model, int id, size_t rows, size_t width,
                                  int limit)
{
    const int16_t *values = section(model, id, (uint64_t)rows * width * sizeof *values);
    for (size_t i = 0; values && i < rows * width; i++)
        if (values[i] > limit || values[i] < -limit)
            return NULL;
    return values;
}

static bool read_lists(struct model *model)
{
    const struct model_header *h = model->header;
    model->special = section(model, SECTION_SPECIAL, 2 * (uint64_t)h->hidden);
    model->state_embed = read_embeds(model, SECTION_STATE_EMBED, transition_state_rows(h->labels),
                                     h->slot_width, SLOT_LIMIT);
    model->arc_embed = read_embeds(model, SECTION_ARC_EMBED, transition_arc_rows(h->labels),
                                   h->arc_width, ARC_LIMIT);
    model->tags = section(model, SECTION_TAGSET, 2 * (uint64_t)h->tags);
    model->labels = section(model, SECTION_LABELSET, h->labels);
    model->tag_confidence = section(model, SECTION_TAG_CONFIDENCE, CONFIDENCE_BUCKETS);
    model->arc_confidence = section(model, SECTION_ARC_CONFIDENCE, CONFIDENCE_BUCKETS);
    if (!model->special || !model->state_embed || !model->arc_embed || !model->tags
        || !model->labels || !model->tag_confidence || !model->arc_confidence
        || model->labels[0] != REL_ROOT)
        return false;
    for (uint32_t i = 0; i < h->tags; i++)
        if (model->tags[i][0] >= UPOS_COUNT || model->tags[i][1] >= XPOS_COUNT)
            return false;
    for (uint32_t i = 1; i < h->labels; i++)
        if (model->labels[i] >= REL_COUNT || model->labels[i] == REL_ROOT)
            return false;
    return true;
}

isg_status model_open(const char *path, struct model **model, isg_error *error)
{
    const unsigned char *bytes = NULL;
    size_t size = 0;
    *model = NULL;
    isg_status status = map_file(path, &bytes, &size, error);
    if (status != ISG_OK)
        return status;
    struct model *m = calloc(1, sizeof *m);
    if (!m) {
        status = status_nomem(error);
        goto done;
    }
    m->bytes = bytes;
    m->header = (const struct model_header *)bytes;
    status = check_header(m->header, size, path, error);
    if (status != ISG_OK)
        goto done;
    if (!read_words(m))
        status = damaged(error, path, "words");
    else if (!read_matrices(m))
        status = damaged(error, path, "weights");
    else if (!read_lists(m))
        status = damaged(error, path, "lists");
done:
    if (status == ISG_OK) {
        *model = m;
    } else {
        munmap((void *)(uintptr_t)bytes, size);
        free(m);
    }
    return status;
}

void model_close(struct model *model)
{
    if (!model)
        return;
    munmap((void *)(uintptr_t)model->bytes, (size_t)model->header->file_size);
    free(model);
}

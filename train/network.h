/* network.h -- the network in floats, as trained: parameters, and a batch of sentences on its way
 * through the encoder, forwards and back. The forward pass rounds what the analyser will round.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef TRAIN_NETWORK_H
#define TRAIN_NETWORK_H

#include "analysis/model_format.h"
#include "dictionary.h"
#include "matrix.h"

enum { BATCH_ROWS = 1400, BATCH_SENTENCES = 256, COLUMN_STEP = 32 };

struct network_size {
    uint32_t hidden, layers, slot_width, arc_width, tags, labels;
    uint32_t tag_columns, label_columns; /* rounded up to COLUMN_STEP */
    uint8_t reach[MODEL_LAYERS_MAX];     /* words from a layer's middle tap to the others */
};

struct network {
    struct network_size size;
    struct param tables[PART_COUNT]; /* PART_VECTOR stays as it is */
    struct param first, first_bias, conv[MODEL_LAYERS_MAX], conv_bias[MODEL_LAYERS_MAX];
    struct param tag, tag_bias, slot, arc, label, label_bias;
    struct param special; /* rows: root, none */
    struct param state_embed, arc_embed, action, action_bias; /* action: ACTION_COLUMNS wide */
};

/* All parameters but the tables; index 0.. until NULL. */
struct param *network_param(struct network *network, unsigned index);
void network_init(struct network *network, const struct network_size *size,
                  const struct dictionary *dictionary, struct random *random);
void network_clear(struct network *network);
void network_step(struct network *network, float rate, unsigned long step);
void network_collect(struct network *network);
void network_use_average(struct network *network, unsigned count);

enum row_kind { ROW_NONE, ROW_WORD, ROW_ROOT };

/* Rows: one ROW_NONE, then each sentence's words and a ROW_ROOT. All matrices have BATCH_ROWS + 2
 * rows; the pointers stand at row 0, and row -1 and the one after the last may be read. */
struct batch {
    size_t rows, sentences, words;
    size_t start[BATCH_SENTENCES], length[BATCH_SENTENCES], index[BATCH_SENTENCES];
    uint8_t kind[BATCH_ROWS + 2];
    uint16_t owner[BATCH_ROWS + 2];                   /* 1 + sentence, of words */
    uint16_t ids[BATCH_ROWS][PART_COUNT];
    float *input, *input_mask, *partial;
    float *stream[MODEL_LAYERS_MAX + 1];              /* before layer l; the last: the result */
    float *dropped[MODEL_LAYERS_MAX + 1], *mask[MODEL_LAYERS_MAX + 1];
    float *grown[MODEL_LAYERS_MAX];                   /* what a layer adds */
    float *window;                                    /* the three rows a layer sees at a row */
    float *tag, *slot, *arc;                          /* scores and parts of hidden layers */
    float *d_input, *d_partial, *d_stream, *d_window, *d_grown, *d_tag, *d_slot, *d_arc;
};

void batch_init(struct batch *batch, const struct network_size *size);
void batch_clear(struct batch *batch, const struct network_size *size);
void batch_begin(struct batch *batch);
/* ids: of length words. Returns false if there is no room. */
bool batch_add(struct batch *batch, const uint16_t (*ids)[PART_COUNT], size_t length, size_t index);
/* dropout 0: evaluation, nothing is dropped. */
void encoder_forward(const struct network *network, struct batch *batch, float dropout,
                     struct random *random);
/* From d_tag, d_slot and d_arc to gradients; the tables are stepped at once, at rate. */
void encoder_backward(struct network *network, struct batch *batch, float rate);

#endif

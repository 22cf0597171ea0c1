/* model_format.h -- the file data/isogloss.model, little-endian, every section 8-byte aligned: the
 * only statement of the format. The trainer writes it, model.c maps and verifies it. A matrix is
 * stored as the kernels read it (model_kernel.h). Any change here raises MODEL_VERSION.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef ANALYSIS_MODEL_FORMAT_H
#define ANALYSIS_MODEL_FORMAT_H

#include <stdint.h>

#define MODEL_MAGIC "ISGMODEL"

enum { MODEL_VERSION = 1, MODEL_OLDEST = 1 };

/* What a word is made of: one row of each table, side by side, is the word's vector. */
enum word_part {
    PART_WORD, PART_VECTOR, PART_SUFFIX2, PART_SUFFIX3, PART_SUFFIX5, PART_PREFIX3, PART_SHAPE,
    PART_COUNT
};

enum {
    WORD_WIDTH = 64, VECTOR_WIDTH = 50, SUFFIX2_WIDTH = 24, SUFFIX3_WIDTH = 32, SUFFIX5_WIDTH = 32,
    PREFIX3_WIDTH = 32, SHAPE_WIDTH = 22,
    INPUT_WIDTH = 256, /* their sum */
    SUFFIX2_ROWS = 2048, SUFFIX3_ROWS = 8192, SUFFIX5_ROWS = 8192, PREFIX3_ROWS = 8192,
    SHAPE_ROWS = 128
};

/* Units of the integers: a value v stands for v / 2^BITS. */
enum {
    INPUT_BITS = 6,    /* rows of the tables, int8; the kernels see them with 128 added, as uint8 */
    STREAM_BITS = 5,   /* activations, uint8: 0 to 7.97 */
    SUM_BITS = 9,      /* results of the convolutions, int16 */
    SCORE_BITS = 8     /* scores, and parts of hidden layers, int16 */
};

/* Parts are bounded by these, so that their sum, and 8 to round it, stays within int16. */
enum {
    SLOT_COUNT = 11, STATE_EMBED_COUNT = 6, SLOT_LIMIT = 1900,
    ARC_SLOT_COUNT = 4, ARC_EMBED_COUNT = 5, ARC_LIMIT = 3600,
    FIRST_LIMIT = 10900, /* three of them */
    SUM_LIMIT = 32700    /* one */
};

enum { MODEL_LAYERS_MAX = 8, MODEL_WIDTH_MAX = 256, MODEL_REACH_MAX = 16, WEIGHT_MAX = 64,
       ACTION_COLUMNS = 16, CONFIDENCE_BUCKETS = 256, MARGIN_BUCKETS = 16 };

enum model_section_id {
    SECTION_LEXICON,      /* struct model_entry[lexicon], open addressing, a power of two */
    SECTION_PARTS,        /* PART_COUNT tables, int8 */
    SECTION_FIRST = SECTION_PARTS + PART_COUNT, /* matrix INPUT_WIDTH x 3 hidden */
    SECTION_TAG,          /* matrix hidden x tags (padded) */
    SECTION_SLOT,         /* matrix hidden x SLOT_COUNT slot_width */
    SECTION_ARC,          /* matrix hidden x ARC_SLOT_COUNT arc_width */
    SECTION_LABEL,        /* matrix arc_width x labels (padded) */
    SECTION_SPECIAL,      /* uint8[2][hidden]: the stream at the root and where nothing is */
    SECTION_ACTION,       /* matrix slot_width x ACTION_COLUMNS */
    SECTION_STATE_EMBED,  /* int16[transition_state_rows(labels)][slot_width] */
    SECTION_ARC_EMBED,    /* int16[transition_arc_rows(labels)][arc_width] */
    SECTION_TAGSET,       /* uint8[tags][2]: UPOS, XPOS */
    SECTION_LABELSET,     /* uint8[labels]: relation; REL_ROOT is number 0 */
    SECTION_TAG_CONFIDENCE, /* uint8[CONFIDENCE_BUCKETS] by the tag's margin */
    SECTION_ARC_CONFIDENCE, /* uint8[MARGIN_BUCKETS][MARGIN_BUCKETS] by the margins of the actions
                               that saw the word on top of the stack, and of the label */
    SECTION_CONV,         /* layers matrices 3 hidden x hidden, one section each */
    SECTION_COUNT = SECTION_CONV + MODEL_LAYERS_MAX
};

struct model_section {
    uint64_t offset, size; /* bytes from the start of the file */
};

/* A matrix: this head, then int32 scale[columns], int32 bias[columns], then int8 weights in blocks
 * of 16 columns: [columns / 16][rows / 4][16][4]. See kernel_product for what is computed. Weights
 * that begin at a multiple of 64 bytes are the faster, but need not. */
struct model_matrix {
    uint32_t rows, columns;
    int32_t shift, limit;
};

struct model_entry {
    uint32_t mark;         /* upper half of the word's hash; 0 with both rows 0: empty */
    uint16_t word, vector; /* rows of PART_WORD and PART_VECTOR; 0: none */
};

struct model_header {
    char magic[8];
    uint32_t version, oldest; /* oldest: readers of at least this version can read it */
    uint64_t vocab_hash, file_size;
    uint64_t checksum; /* hash_bytes of the file, with this field as zero */
    uint32_t hidden, layers, slot_width, arc_width;
    uint32_t tags, labels, words, vectors;
    uint32_t lexicon, tag_margin_bits, action_margin_bits, label_margin_bits;
    uint8_t reach[MODEL_LAYERS_MAX]; /* layer l sees words i - reach[l], i, i + reach[l] */
    struct model_section sections[SECTION_COUNT];
};

#endif

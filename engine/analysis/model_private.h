/* model_private.h -- an open model, as model.c makes it and model_run.c reads it. Everything points
 * into the mapped file, and has been verified.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef ANALYSIS_MODEL_PRIVATE_H
#define ANALYSIS_MODEL_PRIVATE_H

#include "analysis/model.h"
#include "analysis/model_format.h"
#include "analysis/model_kernel.h"

struct model {
    const unsigned char *bytes;
    const struct model_header *header;
    const struct model_entry *lexicon;
    const int8_t *parts[PART_COUNT];
    struct kernel_matrix first, conv[MODEL_LAYERS_MAX], tag, slot, arc, label, action;
    const uint8_t *special;
    const int16_t *state_embed, *arc_embed;
    const uint8_t (*tags)[2];
    const uint8_t *labels, *tag_confidence, *arc_confidence;
};

/* As model_scratch_new, with a kernel of kernel_list (tests compare them). */
isg_status model_scratch_new_with(const struct model *model, const struct kernel *kernel,
                                  struct model_scratch **scratch, isg_error *error);

#endif

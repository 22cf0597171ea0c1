/* model.h -- the tagger and parser: a convolution encoder, a joint UPOS|XPOS head, an arc-hybrid
 * transition parser and a labeller, in integer arithmetic, so that every machine decides alike.
 * The model is mapped and shared; a scratch belongs to one thread.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef ANALYSIS_MODEL_H
#define ANALYSIS_MODEL_H

#include <isogloss.h>

#include "text/sentence.h"

struct model;
struct model_scratch;

/* Maps and verifies a model file: ISG_IO, ISG_FORMAT, ISG_VERSION, ISG_MISMATCH (other vocab). */
isg_status model_open(const char *path, struct model **model, isg_error *error);
void model_close(struct model *model);
isg_status model_scratch_new(const struct model *model, struct model_scratch **scratch,
                             isg_error *error);
void model_scratch_free(struct model_scratch *scratch);
/* Fills upos, xpos, head, deprel and both confidences of every token from the forms alone.
 * The result is a tree with one root. Returns ISG_OK or ISG_NOMEM. */
isg_status model_run(const struct model *model, struct model_scratch *scratch,
                     struct sentence *sentence);

#endif

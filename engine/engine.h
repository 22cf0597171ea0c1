/* engine.h -- an open engine: model, lexicon and rule table, immutable and shared by threads.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef ENGINE_H
#define ENGINE_H

#include "analysis/model.h"
#include "rewrite/tables.h"

struct isg_engine {
    struct tables tables;
    struct lexicon *lexicon;
    struct model *model;
};

#endif

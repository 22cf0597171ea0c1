/* needs.h -- what the labels of items depend on: variants that take it away may not keep them.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EVALUATE_NEEDS_H
#define EVALUATE_NEEDS_H

#include "evaluate/items.h"

/* Whether o->needs names what is known, and whether the labels are of the form itself, which every
 * variant changes: then ISG_ARGUMENT, unless o->label_changes. */
isg_status needs_check(const isg_evaluate_options *o, const struct items *items, isg_error *error);
/* Whether a feature takes away something that a list ("tense,number") needs. */
bool needs_conflict(const isg_feature_info *feature, const char *needs);

#endif

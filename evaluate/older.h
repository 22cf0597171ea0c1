/* older.h -- an older run's result, and what became better or worse since.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EVALUATE_OLDER_H
#define EVALUATE_OLDER_H

#include <jansson.h>

#include "evaluate/figures.h"

/* Reads the result that o->baseline names and checks that it is of the same task. ISG_IO,
 * ISG_SYNTAX, ISG_ARGUMENT; *older is freed by the caller, NULL where none is named. */
isg_status older_read(const isg_evaluate_options *o, json_t **older, isg_error *error);
/* Outcomes by item and arm, for a later run to be paired with; null where they are too many and
 * were not asked for. */
json_t *older_outcomes(const struct figures *figures);
/* The gaps of both runs and their differences; NULL: out of memory. */
json_t *older_compare(const struct figures *figures, const json_t *older);

#endif

/* test_cover.h -- counts over a corpus what the rules of feature files do: 'isogloss test --cover'.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef CLI_TEST_COVER_H
#define CLI_TEST_COVER_H

#include "test_select.h"

/* Rewrites every line of a file with each feature of the selection alone, at every place, and
 * prints the counts. data: what --data gave. Returns an exit code (it reports). */
int test_cover(const struct table *table, const struct selection *selection, const char *data,
               const char *text_file, bool tsv);

#endif

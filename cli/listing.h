/* listing.h -- lists of things in one of three shapes: a table for people, TSV or JSON. Used by the
 * commands features and dialects.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef CLI_LISTING_H
#define CLI_LISTING_H

#include <isogloss.h>
#include <jansson.h>

/* Makes row number of a list: an object whose members are the columns, in order. NULL: out of
 * memory. */
typedef json_t *(*listing_row)(const isg_engine *engine, size_t number);

struct listing {
    const char *command, *help;
    size_t (*count)(const isg_engine *engine);
    listing_row row;
    const char *const *columns; /* of table and tsv, ended by NULL; JSON has all members */
};

/* Runs a whole listing command. */
int listing_run(const struct listing *listing, int argc, char **argv);

#endif

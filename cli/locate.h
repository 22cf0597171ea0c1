/* locate.h -- where the program's files are: table, model and lexicon, schemas, features. Looked
 * for in the folder the user named, then the environment's ISOGLOSS_DATA, then beside the
 * program (a build folder, or the prefix it was moved to), then where it was installed.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef CLI_LOCATE_H
#define CLI_LOCATE_H

#include <isogloss.h>

enum { LOCATE_PATH = 4096 };

struct location {
    char table[LOCATE_PATH];    /* isogloss.tab */
    char data[LOCATE_PATH];     /* folder of isogloss.model and isogloss.lex */
    char schema[LOCATE_PATH];   /* folder of feature.rng and dialect.rng */
    char features[LOCATE_PATH]; /* folder of the features' sources; "" when not installed */
    char sample[LOCATE_PATH];   /* sample.txt */
};

/* What a command's --table and --data options gave; NULL: not given. */
struct data_options {
    const char *table, *data;
};

/* Fills *location; folder is what --data named, or NULL. Returns an exit code (it reports). */
int locate(const char *folder, struct location *location);
/* Opens the engine where locate finds its files. Returns an exit code (it reports). */
int open_engine(const struct data_options *options, isg_engine **engine);

#endif

/* opened.h -- what unit tests of the whole engine begin with: the engine over the standard table and
 * data, and the sample text. Places come from the environment, else from the folder built in.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef TESTS_OPENED_H
#define TESTS_OPENED_H

#include <isogloss.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buffer.h"

static inline const char *opened_place(const char *variable, const char *standard)
{
    const char *value = getenv(variable);
    return value && *value ? value : standard;
}

static inline isg_status opened_engine(isg_engine **engine, isg_error *error)
{
    const isg_engine_options options = {
        .table_path = opened_place("ISOGLOSS_TABLE", "isogloss.tab"),
        .data_dir = opened_place("ISOGLOSS_DATA_DIR", "data"),
    };
    return isg_engine_open(&options, engine, error);
}

/* False: it cannot be read. */
static inline bool opened_sample(struct buffer *sample)
{
    FILE *f = fopen(opened_place("ISOGLOSS_SAMPLE", "docs/sample.txt"), "rb");
    char chunk[4096];
    if (!f)
        return false;
    for (size_t n; (n = fread(chunk, 1, sizeof chunk, f)) > 0;)
        buffer_add(sample, chunk, n);
    fclose(f);
    return !sample->failed;
}

#endif

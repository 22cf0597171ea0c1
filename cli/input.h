/* input.h -- reads files one after the other and cuts them into records: lines, paragraphs, or rows
 * of CSV, whose quoted fields may hold line ends. Reads
 * whatever is there, so that a line typed in is answered at once.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef CLI_INPUT_H
#define CLI_INPUT_H

#include "batch.h"

/* Where records end: at every line end, at empty lines, at line ends outside quotation marks. */
enum cut { CUT_LINES, CUT_PARAGRAPHS, CUT_ROWS };

struct input {
    const char *const *files; /* "-" is standard input */
    size_t file_count, file;  /* file: the one being read */
    enum cut cut;
    bool quoted, closed;      /* CUT_ROWS: what was looked at ends inside a quoted field, or with
                                 the quotation mark that ends one (or is the first of two) */
    int descriptor;           /* -1: none open */
    char *held;               /* an unfinished record, read with the last batch */
    size_t held_length, held_capacity;
    bool inside;              /* held continues a record of which pieces were handed out */
    uint64_t records;         /* of this file, so far */
    uint64_t bytes, total;    /* read so far; of all files, 0: unknown */
    int failed;               /* files that could not be read */
    bool nomem;
};

/* files are borrowed; none: standard input. */
void input_open(struct input *input, const char *const *files, size_t count, enum cut cut);
void input_close(struct input *input);
/* Fills a begun batch with the next records, all of one file; false: no more input. Files that
 * cannot be read are reported, counted and passed over. */
bool input_read(struct input *input, struct batch *batch);

#endif

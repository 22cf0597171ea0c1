/* transform.h -- the command transform: its options, and the work on one batch in each format.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef CLI_TRANSFORM_H
#define CLI_TRANSFORM_H

#include "batch.h"
#include "locate.h"
#include "parse.h"

enum format { FORMAT_LINES, FORMAT_TEXT, FORMAT_JSONL, FORMAT_CSV, FORMAT_TSV };
enum when { WHEN_AUTO, WHEN_ALWAYS, WHEN_NEVER };

struct transform_options {
    const char *command; /* transform or paraphrase */
    enum format format;
    struct strings dialects, fields, protect;
    const char *features, *id_field, *output;
    struct data_options data;
    isg_rates rates;
    double rate;        /* one for all features; below 0: not given */
    uint64_t seed;
    uint32_t variants;
    const char *slang, *regions, *vocabulary, *spelling;
    char registers[64]; /* of slang, with commas; "": not given */
    double density;     /* 0: one place a sentence */
    unsigned max_features, jobs, coarseness;
    enum when colour;
    bool literal, mark;
    bool all_dialects, contact_language, keep_quotes, explain;
    bool done;          /* --help was asked for and printed */
    const char *const *files;
    size_t file_count;
};

/* Fills *options from the command line; an exit code other than EXIT_DONE was reported. */
int transform_options_read(int argc, char **argv, struct transform_options *options);
void transform_options_clear(struct transform_options *options);

/* A dialect to write in, or just the features chosen. */
struct target {
    isg_profile *profile;
    isg_dialect_info dialect; /* code NULL: no dialect */
    size_t output;            /* which sink of a batch */
};

struct transform {
    struct transform_options options;
    isg_engine *engine;
    struct target *targets;
    size_t target_count;
    bool colour;
};

/* What one thread works with: a document for each field of a record. */
struct transform_worker {
    isg_document **documents;
    size_t document_count;
};

/* Work on one batch; failures are reported in its messages and counted. */
void transform_lines(const struct transform *transform, struct transform_worker *worker,
                     struct batch *batch);
void transform_jsonl(const struct transform *transform, struct transform_worker *worker,
                     struct batch *batch);

/* The header in the first record of a file; before: that of the file before it, NULL for the first.
 * NULL: it does not do (reported). Owned by the caller: csv_header_free. */
struct csv_header *transform_csv_header(const struct transform *transform,
                                        const struct batch *batch,
                                        const struct csv_header *before);
void transform_csv(const struct transform *transform, struct transform_worker *worker,
                   struct batch *batch);

/* Both commands: the name in argv[0] says which options there are. */
int transform_main(int argc, char **argv);

/* ---- used by these ---- */

/* Analyses a text as the options say. */
isg_status transform_analyse(const struct transform *transform, isg_document *document,
                             const char *text, size_t length, isg_error *error);
/* Rewrites it for a target; variant is 0-based; key NULL: the text's own hash. */
isg_status transform_rewrite(const struct transform *transform, isg_document *document,
                             const struct target *target, uint32_t variant, const char *key,
                             size_t key_length, isg_error *error);
/* Reports a record that failed, and counts it. */
void transform_fail(struct batch *batch, const struct record *record, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* The name of a feature of the table, "" if it has none. */
const char *transform_feature_name(const isg_engine *engine, unsigned feature);

#endif

/* cmd_transform.c -- the command transform: opens engine, dialects and outputs, then lets batches
 * of records run through threads. One analysis of a record serves all its dialects and variants.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"
#include "csv.h"
#include "destination.h"
#include "input.h"
#include "jobs.h"
#include "progress.h"
#include "transform.h"

/* Everything one run needs; the context of its jobs. */
struct run {
    struct transform transform;
    struct transform_worker *workers;
    struct destination *destinations;
    size_t destination_count;
    struct input input;
    struct progress progress;
    struct csv_header *header; /* of the file being read, then those before it */
    uint64_t failed;
    int code;
};

static int out_of_memory(void)
{
    report("out of memory");
    return EXIT_FILES;
}

/* Makes the profile of one target; dialect NULL: just the features. */
static int add_target(struct transform *t, const char *dialect)
{
    const struct transform_options *o = &t->options;
    static const isg_rates none;
    isg_profile_options profile = {
        .dialect = dialect,
        .features = o->rate == 0 && o->features ? "" : o->features,
        .rates = o->rate == 0 ? &none : &o->rates,
        .rate = o->rate > 0 ? o->rate : 0,
        .max_features = o->max_features,
        .contact_language = o->contact_language,
        .literal = o->literal,
        .mark = o->mark,
        .regions = o->regions,
        .slang = o->slang,
        .vocabulary = o->vocabulary,
        .spelling = o->spelling,
        .density = o->density,
        .coarseness = o->coarseness,
        .registers = o->registers[0] ? o->registers : NULL,
    };
    struct target *target = &t->targets[t->target_count];
    isg_error error;
    if (isg_profile_new(t->engine, &profile, &target->profile, &error) != ISG_OK)
        return report_error(&error);
    t->target_count++;
    size_t number;
    if (dialect && isg_engine_find_dialect(t->engine, dialect, &number, NULL) == ISG_OK)
        isg_engine_dialect(t->engine, number, &target->dialect);
    for (size_t i = 0; dialect && i + 1 < t->target_count; i++)
        if (!strcmp(t->targets[i].dialect.code, target->dialect.code))
            return report_usage(o->command, "--dialect %s is given twice", dialect);
    return EXIT_DONE;
}

static int add_targets(struct transform *t)
{
    const struct transform_options *o = &t->options;
    size_t all = isg_engine_dialect_count(t->engine);
    size_t most = o->dialects.count + (o->all_dialects ? all : 0) + 1;
    t->targets = calloc(most, sizeof *t->targets);
    if (!t->targets)
        return out_of_memory();
    int code = EXIT_DONE;
    for (size_t i = 0; code == EXIT_DONE && i < o->dialects.count; i++)
        code = add_target(t, o->dialects.items[i]);
    for (size_t i = 0; code == EXIT_DONE && o->all_dialects && i < all; i++) {
        isg_dialect_info info;
        isg_engine_dialect(t->engine, i, &info);
        if (!info.contact_language)
            code = add_target(t, info.code);
    }
    if (code == EXIT_DONE && !t->target_count) {
        if (!o->features && !o->literal && !o->slang && !o->vocabulary && !o->spelling)
            report("neither --dialect nor --feature is given: the text goes through unchanged");
        code = add_target(t, NULL);
    }
    return code;
}

static int open_destinations(struct run *run)
{
    static const char *const extensions[] = {"txt", "txt", "jsonl", "csv", "tsv"};
    struct transform *t = &run->transform;
    const struct transform_options *o = &t->options;
    bool folder = o->output && destination_is_folder(o->output);
    if (folder && !t->targets[0].dialect.code)
        return report_usage(o->command, "--output to a folder needs a dialect");
    if (o->format == FORMAT_TEXT && t->target_count > 1 && !folder)
        return report_usage(o->command, "--format text with several dialects needs --output "
                            "FOLDER/");
    size_t count = folder ? t->target_count : 1;
    run->destinations = calloc(count, sizeof *run->destinations);
    if (!run->destinations)
        return out_of_memory();
    int code = EXIT_DONE;
    for (size_t i = 0; i < count && code == EXIT_DONE; i++) {
        run->destination_count++;
        code = folder ? destination_open_in(&run->destinations[i], o->output,
                                            t->targets[i].dialect.slug, extensions[o->format],
                                            o->files, o->file_count)
                      : destination_open(&run->destinations[i], o->output, o->files,
                                         o->file_count);
        t->targets[i].output = i;
    }
    return code;
}

static int open_workers(struct run *run)
{
    const struct transform_options *o = &run->transform.options;
    size_t documents = o->fields.count ? o->fields.count : 1;
    run->workers = calloc(o->jobs, sizeof *run->workers);
    if (!run->workers)
        return out_of_memory();
    for (unsigned i = 0; i < o->jobs; i++) {
        struct transform_worker *worker = &run->workers[i];
        worker->documents = calloc(documents, sizeof *worker->documents);
        if (!worker->documents)
            return out_of_memory();
        while (worker->document_count < documents) {
            isg_error error;
            isg_document **document = &worker->documents[worker->document_count++];
            if (isg_document_new(run->transform.engine, document, &error) != ISG_OK ||
                transform_analyse(&run->transform, *document, "", 0, &error) != ISG_OK)
                return report_error(&error);
        }
    }
    return EXIT_DONE;
}

static bool read_batch(void *context, struct batch *batch)
{
    struct run *run = context;
    if (!input_read(&run->input, batch))
        return false;
    bool table = run->transform.options.format >= FORMAT_CSV;
    if (table && batch->records[0].number == 1 && !batch->records[0].piece) {
        struct csv_header *header = transform_csv_header(&run->transform, batch, run->header);
        if (!header) {
            run->code = EXIT_USAGE;
            return false;
        }
        header->next = run->header;
        run->header = header;
    }
    batch->header = run->header;
    if (table && !batch->header) {
        report("%s: the header is longer than 64 MiB",
               batch->file ? batch->file : "standard input");
        run->code = EXIT_USAGE;
    }
    return !table || batch->header;
}

static void work_batch(void *context, unsigned worker, struct batch *batch)
{
    struct run *run = context;
    switch (run->transform.options.format) {
    case FORMAT_LINES:
    case FORMAT_TEXT:
        transform_lines(&run->transform, &run->workers[worker], batch);
        break;
    case FORMAT_CSV:
    case FORMAT_TSV:
        transform_csv(&run->transform, &run->workers[worker], batch);
        break;
    default:
        transform_jsonl(&run->transform, &run->workers[worker], batch);
        break;
    }
    for (size_t i = 0; i < batch->output_count; i++)
        batch->broken = !sink_flush(&batch->outputs[i]) || batch->broken;
    batch->broken = !sink_flush(&batch->messages) || batch->broken;
}

static bool write_batch(void *context, struct batch *batch)
{
    struct run *run = context;
    bool ok = !batch->broken;
    if (!ok)
        report("out of memory");
    for (size_t i = 0; ok && i < batch->output_count; i++)
        ok = destination_write(&run->destinations[i], batch->outputs[i].bytes,
                               batch->outputs[i].length);
    if (batch->messages.length) {
        progress_end(&run->progress);
        fwrite(batch->messages.bytes, 1, batch->messages.length, stderr);
    }
    run->failed += batch->failed;
    progress_step(&run->progress, batch->position, run->input.total, batch->words);
    if (!ok)
        run->code = EXIT_FILES;
    return ok;
}

static int carry_out(struct run *run)
{
    const struct transform_options *o = &run->transform.options;
    struct jobs jobs = {
        .threads = o->jobs,
        .outputs = run->destination_count,
        .context = run,
        .read = read_batch,
        .work = work_batch,
        .write = write_batch,
    };
    input_open(&run->input, o->files, o->file_count,
               o->format == FORMAT_TEXT ? CUT_PARAGRAPHS
               : o->format == FORMAT_CSV ? CUT_ROWS
                                         : CUT_LINES);
    progress_start(&run->progress, !o->explain && !isatty(STDOUT_FILENO));
    bool ok = jobs_run(&jobs) && !run->input.nomem;
    progress_end(&run->progress);
    if (!ok)
        return out_of_memory();
    if (run->code == EXIT_DONE && run->input.failed)
        run->code = EXIT_FILES;
    if (run->code == EXIT_DONE && run->failed)
        run->code = EXIT_RECORDS;
    return run->code;
}

static int close_all(struct run *run, int code)
{
    struct transform *t = &run->transform;
    input_close(&run->input);
    for (size_t i = 0; i < run->destination_count; i++) {
        int closed = destination_close(&run->destinations[i]);
        code = code == EXIT_DONE ? closed : code;
    }
    for (unsigned i = 0; run->workers && i < t->options.jobs; i++) {
        for (size_t k = 0; k < run->workers[i].document_count; k++)
            isg_document_free(run->workers[i].documents[k]);
        free(run->workers[i].documents);
    }
    for (size_t i = 0; i < t->target_count; i++)
        isg_profile_free(t->targets[i].profile);
    isg_engine_free(t->engine);
    csv_header_free(run->header);
    free(t->targets);
    free(run->workers);
    free(run->destinations);
    transform_options_clear(&t->options);
    return code;
}

int transform_main(int argc, char **argv)
{
    struct run run = {.input.descriptor = -1};
    struct transform_options *o = &run.transform.options;
    int code = transform_options_read(argc, argv, o);
    if (code == EXIT_DONE && !o->done) {
        const char *plain = getenv("NO_COLOR");
        bool terminal = isatty(STDOUT_FILENO) && !o->output && !(plain && *plain);
        run.transform.colour = o->explain && o->format <= FORMAT_TEXT &&
                               (o->colour == WHEN_ALWAYS || (o->colour == WHEN_AUTO && terminal));
        code = open_engine(&o->data, &run.transform.engine);
        if (code == EXIT_DONE)
            code = add_targets(&run.transform);
        if (code == EXIT_DONE)
            code = open_destinations(&run);
        if (code == EXIT_DONE)
            code = open_workers(&run);
        if (code == EXIT_DONE)
            code = carry_out(&run);
    }
    return close_all(&run, code);
}

int cmd_transform(int argc, char **argv)
{
    return transform_main(argc, argv);
}

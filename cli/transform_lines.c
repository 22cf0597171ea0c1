/* transform_lines.c -- records that are plain text, lines or paragraphs; and the steps that all
 * formats share. A record that cannot be analysed is reported and given back byte for byte.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdarg.h>
#include <string.h>

#include "edits.h"
#include "marks.h"
#include "transform.h"

isg_status transform_analyse(const struct transform *transform, isg_document *document,
                             const char *text, size_t length, isg_error *error)
{
    const struct transform_options *o = &transform->options;
    isg_text_options options = {
        .protect = o->protect.items,
        .protect_count = o->protect.count,
        .keep_quotes = o->keep_quotes,
    };
    return isg_document_analyse(document, text, length, &options, error);
}

isg_status transform_rewrite(const struct transform *transform, isg_document *document,
                             const struct target *target, uint32_t variant, const char *key,
                             size_t key_length, isg_error *error)
{
    isg_request request = {
        .seed = transform->options.seed,
        .variant = variant,
        .key = key,
        .key_length = key_length,
    };
    return isg_document_rewrite(document, target->profile, &request, error);
}

void transform_fail(struct batch *batch, const struct record *record, const char *format, ...)
{
    FILE *out = batch->messages.stream;
    va_list arguments;
    va_start(arguments, format);
    fprintf(out, "isogloss: %s%srecord %llu: ", batch->file ? batch->file : "",
            batch->file ? ": " : "", (unsigned long long)record->number);
    vfprintf(out, format, arguments);
    fputc('\n', out);
    va_end(arguments);
    batch->failed++;
}

const char *transform_feature_name(const isg_engine *engine, unsigned feature)
{
    isg_feature_info info;
    for (size_t i = 0; i < isg_engine_feature_count(engine); i++)
        if (isg_engine_feature(engine, i, &info) == ISG_OK && info.id == feature)
            return info.name;
    return "";
}

/* The columns before the text of one output line. */
static void print_columns(const struct transform *t, const struct target *target,
                          uint32_t variant, FILE *out)
{
    if (t->options.format != FORMAT_LINES)
        return;
    if (t->target_count > 1 && t->targets[1].output == t->targets[0].output)
        fprintf(out, "%s\t", target->dialect.code);
    if (t->options.variants > 1)
        fprintf(out, "%u\t", variant + 1);
}

/* Where an edit is, for people: "line 3 IrE #2". */
static void print_place(const struct transform *t, const struct target *target,
                        const struct batch *batch, const struct record *record,
                        uint32_t variant, char *place, size_t size)
{
    const char *unit = t->options.format == FORMAT_LINES ? "line" : "paragraph";
    int n = snprintf(place, size, "%.200s%s%s %llu", batch->file ? batch->file : "",
                     batch->file ? ": " : "", unit, (unsigned long long)record->number);
    size_t at = n > 0 ? (size_t)n : 0;
    if (t->target_count > 1 && at < size)
        at += (size_t)snprintf(place + at, size - at, " %s", target->dialect.code);
    if (t->options.variants > 1 && at < size)
        snprintf(place + at, size - at, " #%u", variant + 1);
}

static void rewrite_once(const struct transform *t, isg_document *document,
                         const struct target *target, uint32_t variant, struct batch *batch,
                         const struct record *record)
{
    FILE *out = batch->outputs[target->output].stream;
    const char *source = batch->bytes + record->start;
    size_t length = record->end - record->start;
    isg_error error;
    isg_status status = transform_rewrite(t, document, target, variant, NULL, 0, &error);
    if (status != ISG_OK) {
        transform_fail(batch, record, "%s", error.message);
        if (!t->options.mark)
            fwrite(source, 1, length, out);
        return;
    }
    if (t->options.mark) {
        marks_print(out, document, source, length, record->number);
        return;
    }
    if (t->options.explain) {
        char place[300];
        print_place(t, target, batch, record, variant, place, sizeof place);
        edits_print(batch->messages.stream, t->engine, document, source, place);
    }
    if (t->colour) {
        edits_colour(out, document, source);
        return;
    }
    const char *text = isg_document_text(document, &length);
    fwrite(text, 1, length, out);
}

static bool analyse(const struct transform *t, isg_document *document, struct batch *batch,
                    const struct record *record)
{
    isg_error error;
    if (transform_analyse(t, document, batch->bytes + record->start,
                          record->end - record->start, &error) == ISG_OK) {
        batch->words += isg_document_word_count(document);
        return true;
    }
    transform_fail(batch, record, "%s", error.message);
    return false;
}

/* One record for all targets and variants: only the last of the input may lack a line end, so
 * several outputs of it are parted by one that is made up. */
static void transform_record(const struct transform *t, isg_document *document,
                             struct batch *batch, const struct record *record)
{
    const char *source = batch->bytes + record->start, *line_end = batch->bytes + record->end;
    size_t length = record->end - record->start, end_length = record->next - record->end;
    bool analysed = length > 0 && analyse(t, document, batch, record);
    for (size_t i = 0; i < t->target_count; i++) {
        const struct target *target = &t->targets[i];
        FILE *out = batch->outputs[target->output].stream;
        for (uint32_t variant = 0; variant < t->options.variants; variant++) {
            bool last = variant + 1 == t->options.variants &&
                        (i + 1 == t->target_count || t->targets[i + 1].output != target->output);
            if (!t->options.mark)
                print_columns(t, target, variant, out);
            if (analysed)
                rewrite_once(t, document, target, variant, batch, record);
            else if (!t->options.mark)
                fwrite(source, 1, length, out);
            if (t->options.mark)
                continue;
            if (end_length || last)
                fwrite(line_end, 1, end_length, out);
            else
                fputc('\n', out);
        }
    }
}

/* A piece of a record that is longer than the engine takes: passed on where it can be. */
static void pass_piece(const struct transform *t, struct batch *batch,
                       const struct record *record)
{
    bool one = t->options.variants == 1 &&
               (t->target_count == 1 || t->targets[1].output != t->targets[0].output);
    if (record->first)
        transform_fail(batch, record, "longer than 64 MiB; %s",
                       one ? "left unchanged" : "left out");
    for (size_t i = 0; one && !t->options.mark && i < t->target_count; i++)
        fwrite(batch->bytes + record->start, 1, record->next - record->start,
               batch->outputs[t->targets[i].output].stream);
}

void transform_lines(const struct transform *transform, struct transform_worker *worker,
                     struct batch *batch)
{
    for (size_t i = 0; i < batch->count; i++) {
        const struct record *record = &batch->records[i];
        if (record->piece)
            pass_piece(transform, batch, record);
        else
            transform_record(transform, worker->documents[0], batch, record);
    }
}

/* transform_csv.c -- records that are rows of CSV or TSV under a header. New texts are put into the
 * row's own bytes; what JSON records get as members follows as columns.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "csv.h"
#include "json_edits.h"
#include "marks.h"
#include "transform.h"

/* A row being worked on. */
struct row {
    const struct transform *transform;
    struct transform_worker *worker;
    struct batch *batch;
    const struct record *record;
    const struct csv_header *header;
    const char *bytes;
    size_t length;
    struct csv_field *fields;    /* header->count of them */
    struct json_source *sources; /* by field of the options */
    char *room;                  /* what the fields read */
    const char *key;
    size_t key_length;
};

static char separator_of(const struct transform *t)
{
    return t->options.format == FORMAT_CSV ? ',' : '\t';
}

/* ---- the header ---- */

static const char *name_of(const struct csv_header *header, size_t column)
{
    const char *name = header->names;
    while (column-- > 0)
        name += strlen(name) + 1;
    return name;
}

static size_t find_column(const struct csv_header *header, const char *name)
{
    for (size_t i = 0; i < header->count; i++)
        if (strcmp(name_of(header, i), name) == 0)
            return i;
    return header->count;
}

static bool read_names(struct csv_header *header, char separator)
{
    size_t wrong = 0, n = 0;
    header->count = csv_split(header->bytes, header->length, separator, NULL, 0, &wrong);
    struct csv_field *fields = calloc(header->count + 1, sizeof *fields);
    header->names = calloc(header->length + header->count + 1, 1);
    bool ok = fields && header->names && header->count > 0;
    if (ok)
        csv_split(header->bytes, header->length, separator, fields, header->count, &wrong);
    for (size_t i = 0; ok && i < header->count; i++) {
        bool marked = i == 0 && header->length >= 3 && !memcmp(header->bytes, "\xef\xbb\xbf", 3);
        if (marked && !fields[0].quoted)
            fields[0].start += 3; /* a byte order mark is no part of the name */
        n += csv_read(header->bytes, &fields[i], header->names + n) + 1;
    }
    free(fields);
    return ok;
}

static bool find_fields(const struct transform_options *o, struct csv_header *header,
                        const char *file)
{
    header->fields = calloc(o->fields.count + 1, sizeof *header->fields);
    for (size_t i = 0; header->fields && i <= o->fields.count; i++) {
        const char *name = i < o->fields.count ? o->fields.items[i] : o->id_field;
        if (!name)
            break;
        header->fields[i] = find_column(header, name);
        if (header->fields[i] == header->count) {
            report("%s: the header has no column '%s'; its first is '%s'",
                   file ? file : "standard input", name, name_of(header, 0));
            return false;
        }
    }
    header->id = header->fields && o->id_field ? header->fields[o->fields.count] : header->count;
    return header->fields;
}

struct csv_header *transform_csv_header(const struct transform *t, const struct batch *batch,
                                        const struct csv_header *before)
{
    const struct record *record = &batch->records[0];
    struct csv_header *header = calloc(1, sizeof *header);
    const char *file = batch->file ? batch->file : "standard input";
    if (!header)
        return NULL;
    header->length = record->end - record->start;
    header->bytes = malloc(header->length + 1);
    header->first = !before;
    if (header->bytes)
        memcpy(header->bytes, batch->bytes + record->start, header->length);
    bool ok = header->bytes && read_names(header, separator_of(t));
    if (!ok)
        report("%s: the header cannot be read: a quotation mark is out of place", file);
    else if (before && (before->length != header->length ||
                        memcmp(before->bytes, header->bytes, header->length) != 0)) {
        report("%s: its header is not that of the file before", file);
        ok = false;
    }
    if (ok && find_fields(&t->options, header, batch->file))
        return header;
    csv_header_free(header);
    return NULL;
}

static void print_names(const struct transform *t, char separator, FILE *out)
{
    fprintf(out, "%cdialect", separator);
    if (t->options.variants > 1)
        fprintf(out, "%cvariant", separator);
    fprintf(out, "%csynthetic%creview", separator, separator);
    if (t->options.explain)
        fprintf(out, "%cedits", separator);
}

static void print_header(const struct transform *t, const struct batch *batch,
                         const struct record *record)
{
    const struct csv_header *header = batch->header;
    char separator = separator_of(t);
    const char *line_end = batch->bytes + record->end;
    size_t end_length = record->next - record->end;
    for (size_t i = 0; header->first && i < batch->output_count; i++) {
        FILE *out = batch->outputs[i].stream;
        fwrite(header->bytes, 1, header->length, out);
        if (t->options.mark)
            fprintf(out, "%cslang%cslang_source", separator, separator);
        else
            print_names(t, separator, out);
        fwrite(end_length ? line_end : "\n", 1, end_length ? end_length : 1, out);
    }
}

/* ---- rows ---- */

static bool split(struct row *row)
{
    size_t wrong = 0, count = row->header->count;
    size_t found = csv_split(row->bytes, row->length, separator_of(row->transform), row->fields,
                             count, &wrong);
    if (found == 0)
        transform_fail(row->batch, row->record, "a quotation mark is out of place at byte %zu",
                       wrong + 1);
    else if (found != count)
        transform_fail(row->batch, row->record, "%zu columns where the header has %zu", found,
                       count);
    return found == count;
}

/* Reads the fields to be rewritten, and the id. */
static void read_fields(struct row *row)
{
    const struct transform_options *o = &row->transform->options;
    char *at = row->room;
    for (size_t i = 0; i < o->fields.count; i++) {
        const struct csv_field *f = &row->fields[row->header->fields[i]];
        size_t length = csv_read(row->bytes, f, at);
        row->sources[i] = (struct json_source){.raw = row->bytes + f->start,
                                               .raw_length = f->end - f->start,
                                               .text = at,
                                               .length = length};
        at += length;
    }
    if (row->header->id < row->header->count) {
        row->key = at;
        row->key_length = csv_read(row->bytes, &row->fields[row->header->id], at);
    } else if (o->fields.count > 1) {
        row->key = row->room; /* all texts together */
        row->key_length = (size_t)(at - row->room);
    }
}

static bool analyse(struct row *row)
{
    for (size_t i = 0; i < row->transform->options.fields.count; i++) {
        isg_error error;
        isg_document *document = row->worker->documents[i];
        if (transform_analyse(row->transform, document, row->sources[i].text,
                              row->sources[i].length, &error) != ISG_OK) {
            transform_fail(row->batch, row->record, "%s", error.message);
            return false;
        }
        row->batch->words += isg_document_word_count(document);
    }
    return true;
}

/* The column of edits, or of slang that was found. */
static void print_list(const struct row *row, FILE *out)
{
    const struct transform_options *o = &row->transform->options;
    json_t *edits = json_array();
    for (size_t i = 0; edits && i < o->fields.count; i++)
        if (o->mark)
            marks_add(edits, row->worker->documents[i], row->sources[i].text,
                      row->sources[i].length, o->fields.items[i]);
        else
            json_add_edits(edits, row->transform->engine, row->worker->documents[i],
                           &row->sources[i], o->fields.items[i]);
    char *text = json_dumps(edits, JSON_COMPACT);
    fputc(separator_of(row->transform), out);
    if (text)
        csv_write(out, text, strlen(text), separator_of(row->transform), false);
    free(text);
    json_decref(edits);
}

static void print_row(const struct row *row, const struct target *target, uint32_t variant,
                      FILE *out)
{
    const struct transform_options *o = &row->transform->options;
    char separator = separator_of(row->transform);
    for (size_t c = 0; c < row->header->count; c++) {
        const struct csv_field *f = &row->fields[c];
        size_t i = 0, length;
        while (i < o->fields.count && row->header->fields[i] != c)
            i++;
        if (c > 0)
            fputc(separator, out);
        const char *text = i < o->fields.count
                               ? isg_document_text(row->worker->documents[i], &length) : NULL;
        if (text && (length != row->sources[i].length ||
                     memcmp(text, row->sources[i].text, length) != 0))
            csv_write(out, text, length, separator, f->quoted);
        else
            fwrite(row->bytes + f->start, 1, f->end - f->start, out);
    }
    if (o->mark) {
        print_list(row, out);
        fprintf(out, "%c%s", separator, marks_source(row->worker->documents, o->fields.count));
        return;
    }
    fprintf(out, "%c%s", separator, target->dialect.code ? target->dialect.code : "");
    if (o->variants > 1)
        fprintf(out, "%c%u", separator, variant + 1);
    fprintf(out, "%ctrue%c%s", separator, separator,
            target->dialect.review ? target->dialect.review : "none");
    if (o->explain)
        print_list(row, out);
}

static void transform_row(struct row *row)
{
    const struct transform *t = row->transform;
    const char *line_end = row->batch->bytes + row->record->end;
    size_t end_length = row->record->next - row->record->end;
    for (size_t i = 0; i < t->target_count; i++) {
        const struct target *target = &t->targets[i];
        FILE *out = row->batch->outputs[target->output].stream;
        for (uint32_t variant = 0; variant < t->options.variants; variant++) {
            isg_error error;
            for (size_t k = 0; k < t->options.fields.count; k++)
                if (transform_rewrite(t, row->worker->documents[k], target, variant, row->key,
                                      row->key_length, &error) != ISG_OK) {
                    transform_fail(row->batch, row->record, "%s", error.message);
                    return;
                }
            print_row(row, target, variant, out);
            fwrite(end_length ? line_end : "\n", 1, end_length ? end_length : 1, out);
        }
    }
}

static void work(struct row *row)
{
    row->bytes = row->batch->bytes + row->record->start;
    row->length = row->record->end - row->record->start;
    if (row->length == 0)
        return;
    row->fields = calloc(row->header->count + 1, sizeof *row->fields);
    row->sources = calloc(row->transform->options.fields.count + 1, sizeof *row->sources);
    row->room = malloc(2 * row->length + 1);
    if (!row->fields || !row->sources || !row->room) {
        transform_fail(row->batch, row->record, "out of memory");
    } else if (split(row)) {
        read_fields(row);
        if (analyse(row))
            transform_row(row);
    }
    free(row->fields);
    free(row->sources);
    free(row->room);
}

void transform_csv(const struct transform *transform, struct transform_worker *worker,
                   struct batch *batch)
{
    for (size_t i = 0; i < batch->count; i++) {
        const struct record *record = &batch->records[i];
        struct row row = {.transform = transform, .worker = worker, .batch = batch,
                          .record = record, .header = batch->header};
        if (record->piece && record->first)
            transform_fail(batch, record, "longer than 64 MiB; left out");
        if (record->piece)
            continue;
        if (record->number == 1)
            print_header(transform, batch, record);
        else
            work(&row);
    }
}

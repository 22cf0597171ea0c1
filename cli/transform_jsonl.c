/* transform_jsonl.c -- records that are JSON objects, one a line. The JSON library says whether a
 * record is sound and what its strings read; new texts are then spliced into the record's own
 * bytes, so that everything else stays as it was written.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdlib.h>
#include <string.h>

#include "json_edits.h"
#include "json_scan.h"
#include "marks.h"
#include "transform.h"

/* Members that are added to a record; they follow fields and id in the array of members. */
enum added {
    ADDED_DIALECT,
    ADDED_VARIANT,
    ADDED_SYNTHETIC,
    ADDED_REVIEW,
    ADDED_EDITS,
    ADDED_SLANG,
    ADDED_SOURCE,
    ADDED_COUNT
};
static const char *const added_names[] = {"dialect", "variant", "synthetic",
                                          "review",  "edits",   "slang",
                                          "slang_source"};

/* A record being worked on. */
struct item {
    const struct transform *transform;
    struct transform_worker *worker;
    struct batch *batch;
    const struct record *record;
    const char *bytes;
    size_t length;
    json_t *object;
    struct json_layout layout;
    struct json_member *members; /* fields, then added ones, then the id */
    struct json_source *sources; /* of the fields */
    size_t field_count, member_count;
    char *key;                   /* NULL: the text's own hash */
    size_t key_length;
};

static bool fail(struct item *item, const char *what)
{
    transform_fail(item->batch, item->record, "%s", what);
    return false;
}

/* Checks one field and notes its text. */
static bool take_field(struct item *item, size_t number)
{
    const struct json_member *member = &item->members[number];
    const json_t *value = json_object_get(item->object, member->name);
    const char *wrong = !member->found          ? "is missing"
                        : member->twice         ? "is there twice"
                        : !json_is_string(value) ? "is not a string"
                                                 : NULL;
    if (wrong) {
        transform_fail(item->batch, item->record, "the field '%s' %s", member->name, wrong);
        return false;
    }
    struct json_source *source = &item->sources[number];
    *source = (struct json_source){
        .raw = item->bytes + member->start,
        .raw_length = member->end - member->start,
        .text = json_string_value(value),
        .length = json_string_length(value),
    };
    for (size_t i = 0; item->layout.ascii && i < source->length; i++)
        source->ascii = source->ascii || (unsigned char)source->text[i] >= 0x80;
    return true;
}

static bool keep_key(struct item *item, const char *bytes, size_t length)
{
    char *key = realloc(item->key, item->key_length + length + 1);
    if (!key)
        return fail(item, "out of memory");
    memcpy(key + item->key_length, bytes, length);
    item->key = key;
    item->key_length += length;
    key[item->key_length++] = '\0';
    return true;
}

/* What the draws of this record depend on: its id, or all its texts, or (one field) the text. */
static bool take_key(struct item *item)
{
    const char *name = item->transform->options.id_field;
    bool ok = true;
    if (name) {
        const struct json_member *id = &item->members[item->member_count - 1];
        const json_t *value = json_object_get(item->object, name);
        if (!id->found) {
            transform_fail(item->batch, item->record, "the id field '%s' is missing", name);
            return false;
        }
        return json_is_string(value)
                   ? keep_key(item, json_string_value(value), json_string_length(value))
                   : keep_key(item, item->bytes + id->start, id->end - id->start);
    }
    for (size_t i = 0; ok && item->field_count > 1 && i < item->field_count; i++)
        ok = keep_key(item, item->sources[i].text, item->sources[i].length);
    return ok;
}

static bool parse(struct item *item)
{
    const struct transform_options *o = &item->transform->options;
    json_error_t error;
    item->object = json_loadb(item->bytes, item->length,
                              JSON_ALLOW_NUL | JSON_DECODE_INT_AS_REAL, &error);
    if (!item->object) {
        transform_fail(item->batch, item->record, "not valid JSON at byte %d: %s",
                       error.position > 0 ? error.position : 1, error.text);
        return false;
    }
    for (size_t i = 0; i < item->field_count; i++)
        item->members[i].name = o->fields.items[i];
    for (size_t i = 0; i < ADDED_COUNT; i++)
        item->members[item->field_count + i].name = added_names[i];
    if (o->id_field)
        item->members[item->member_count - 1].name = o->id_field;
    if (!json_find(item->bytes, item->length, item->members, item->member_count, &item->layout))
        return fail(item, "not a JSON object");
    bool ok = true;
    for (size_t i = 0; ok && i < item->field_count; i++)
        ok = take_field(item, i);
    return ok && take_key(item);
}

static bool analyse(struct item *item)
{
    for (size_t i = 0; i < item->field_count; i++) {
        isg_error error;
        isg_document *document = item->worker->documents[i];
        if (transform_analyse(item->transform, document, item->sources[i].text,
                              item->sources[i].length, &error) != ISG_OK)
            return fail(item, error.message);
        item->batch->words += isg_document_word_count(document);
    }
    return true;
}

/* The list of edits of all fields; NULL: out of memory. */
static json_t *list_edits(const struct item *item)
{
    json_t *edits = json_array();
    for (size_t i = 0; edits && i < item->field_count; i++)
        if (!json_add_edits(edits, item->transform->engine, item->worker->documents[i],
                            &item->sources[i], item->members[i].name)) {
            json_decref(edits);
            edits = NULL;
        }
    return edits;
}

/* The list of slang found in all fields; NULL: out of memory. */
static json_t *list_marks(const struct item *item)
{
    json_t *marks = json_array();
    for (size_t i = 0; marks && i < item->field_count; i++)
        if (!marks_add(marks, item->worker->documents[i], item->sources[i].text,
                       item->sources[i].length, item->members[i].name)) {
            json_decref(marks);
            marks = NULL;
        }
    return marks;
}

/* The value of an added member; NULL: this output has none, or out of memory. */
static json_t *added_value(const struct item *item, const struct target *target,
                           uint32_t variant, enum added which)
{
    const struct transform_options *o = &item->transform->options;
    if (o->mark && which == ADDED_SOURCE) {
        const char *source = marks_source(item->worker->documents, item->field_count);
        return source[0] ? json_string(source) : json_null();
    }
    if (o->mark || which >= ADDED_SLANG)
        return o->mark && which == ADDED_SLANG ? list_marks(item) : NULL;
    switch (which) {
    case ADDED_DIALECT:
        return target->dialect.code ? json_string(target->dialect.code) : json_null();
    case ADDED_VARIANT:
        return o->variants > 1 ? json_integer((json_int_t)variant + 1) : NULL;
    case ADDED_SYNTHETIC:
        return json_true();
    case ADDED_REVIEW:
        return json_string(target->dialect.review ? target->dialect.review : "none");
    default:
        return o->explain ? list_edits(item) : NULL;
    }
}

/* The member that starts next at or after from; NULL: none to be replaced is left. */
static const struct json_member *next_member(const struct item *item, json_t *const *added,
                                             size_t from)
{
    const struct json_member *next = NULL;
    for (size_t i = 0; i < item->field_count + ADDED_COUNT; i++) {
        const struct json_member *m = &item->members[i];
        bool replaced = i < item->field_count || added[i - item->field_count];
        if (replaced && m->found && m->start >= from && (!next || m->start < next->start))
            next = m;
    }
    return next;
}

static bool print_record(struct item *item, json_t *const *added, FILE *out)
{
    size_t flags = JSON_ENCODE_ANY | (item->layout.spaced ? 0 : (size_t)JSON_COMPACT);
    size_t at = 0;
    bool empty = item->layout.empty, ok = true;
    const struct json_member *m;
    while (ok && (m = next_member(item, added, at)) != NULL) {
        size_t number = (size_t)(m - item->members);
        fwrite(item->bytes + at, 1, m->start - at, out);
        ok = number < item->field_count
                 ? json_write_rewritten(out, item->worker->documents[number],
                                        &item->sources[number])
                 : !json_dumpf(added[number - item->field_count], out, flags);
        at = m->end;
    }
    fwrite(item->bytes + at, 1, item->layout.close - at, out);
    for (size_t i = 0; ok && i < ADDED_COUNT; i++) {
        if (!added[i] || item->members[item->field_count + i].found)
            continue;
        const char *space = item->layout.spaced ? " " : "";
        fprintf(out, "%s%s\"%s\":%s", empty ? "" : ",", empty ? "" : space, added_names[i], space);
        ok = !json_dumpf(added[i], out, flags);
        empty = false;
    }
    fwrite(item->bytes + item->layout.close, 1, item->length - item->layout.close, out);
    return ok;
}

/* Rewrites all fields and prints one output record; false: it failed. */
static bool transform_once(struct item *item, const struct target *target, uint32_t variant,
                           struct sink *sink)
{
    for (size_t i = 0; i < item->field_count; i++) {
        isg_error error;
        if (transform_rewrite(item->transform, item->worker->documents[i], target, variant,
                              item->key, item->key_length, &error) != ISG_OK)
            return fail(item, error.message);
    }
    json_t *added[ADDED_COUNT];
    for (unsigned i = 0; i < ADDED_COUNT; i++)
        added[i] = added_value(item, target, variant, (enum added)i);
    long mark = ftell(sink->stream);
    bool ok = print_record(item, added, sink->stream);
    if (!ok)
        ok = fseek(sink->stream, mark, SEEK_SET) != 0 || fail(item, "the text cannot be written");
    for (unsigned i = 0; i < ADDED_COUNT; i++)
        json_decref(added[i]);
    return ok;
}

static void transform_all(struct item *item)
{
    const struct transform *t = item->transform;
    const char *line_end = item->batch->bytes + item->record->end;
    size_t end_length = item->record->next - item->record->end;
    for (size_t i = 0; i < t->target_count; i++) {
        struct sink *sink = &item->batch->outputs[t->targets[i].output];
        bool more = i + 1 < t->target_count && t->targets[i + 1].output == t->targets[i].output;
        for (uint32_t variant = 0; variant < t->options.variants; variant++) {
            if (!transform_once(item, &t->targets[i], variant, sink))
                return;
            if (end_length || !(more || variant + 1 < t->options.variants))
                fwrite(line_end, 1, end_length, sink->stream);
            else
                fputc('\n', sink->stream);
        }
    }
}

static bool is_blank(const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (bytes[i] != ' ' && bytes[i] != '\t' && bytes[i] != '\r' && bytes[i] != '\n')
            return false;
    return true;
}

static void transform_record(struct item *item)
{
    size_t fields = item->transform->options.fields.count;
    item->bytes = item->batch->bytes + item->record->start;
    item->length = item->record->end - item->record->start;
    if (item->record->number == 1 && item->length >= 3 && !memcmp(item->bytes, "\xef\xbb\xbf", 3)) {
        item->bytes += 3; /* a byte order mark is no JSON */
        item->length -= 3;
    }
    if (is_blank(item->bytes, item->length))
        return;
    item->field_count = fields;
    item->member_count = fields + ADDED_COUNT + (item->transform->options.id_field ? 1 : 0);
    item->members = calloc(item->member_count, sizeof *item->members);
    item->sources = calloc(fields, sizeof *item->sources);
    if (!item->members || !item->sources)
        fail(item, "out of memory");
    else if (parse(item) && analyse(item))
        transform_all(item);
    json_decref(item->object);
    free(item->members);
    free(item->sources);
    free(item->key);
}

void transform_jsonl(const struct transform *transform, struct transform_worker *worker,
                     struct batch *batch)
{
    for (size_t i = 0; i < batch->count; i++) {
        const struct record *record = &batch->records[i];
        if (record->piece) {
            if (record->first)
                transform_fail(batch, record, "longer than 64 MiB; left out");
            continue;
        }
        struct item item = {
            .transform = transform, .worker = worker, .batch = batch, .record = record};
        transform_record(&item);
    }
}

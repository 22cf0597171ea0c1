/* items.c -- reads items. The file is held whole while it is read.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "evaluate/items.h"

#include <errno.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "evaluate/chat.h"
#include "evaluate/fail.h"
#include "evaluate/limits.h"
#include "evaluate/mark.h"
#include "evaluate/prefer.h"
#include "evaluate/task.h"

struct fields items_fields(const isg_evaluate_options *o)
{
    bool chooses = task_of(o)->kind == KIND_CHOICE;
    const char *chosen = o->chosen_field ? o->chosen_field : "chosen";
    const char *rejected = o->rejected_field ? o->rejected_field : "rejected";
    bool wants_label = task_of(o)->wants_label;
    const char *label = task_of(o)->label_field ? task_of(o)->label_field : "label";
    return (struct fields){
        {o->input_field ? o->input_field : "text", o->label_field ? o->label_field : label,
         o->id_field ? o->id_field : "id", o->cluster_field ? o->cluster_field
                                           : o->are_pairs   ? "id"
                                                            : NULL,
         o->slice_field, o->parallel_field, o->context_field,
         o->variety_field ? o->variety_field : o->are_pairs ? "variety" : NULL,
         chooses ? chosen : NULL, chooses && !prefer_competes(o) ? rejected : NULL},
        {false, !wants_label, true, !o->cluster_field, false, false, false, !o->variety_field,
         false, false}};
}

void items_clear(struct items *items)
{
    for (size_t i = 0; i < items->count; i++) {
        free(items->list[i].id);
        for (int p = 0; p < PARTS; p++)
            free(items->list[i].parts[p]);
        free(items->list[i].parallel);
        free(items->list[i].gold);
    }
    free(items->list);
    free(items->excluded);
    names_clear(&items->labels);
    names_clear(&items->slices);
    names_clear(&items->clusters);
    names_clear(&items->varieties);
    names_clear(&items->reasons);
    *items = (struct items){0};
}

bool items_exclude(struct items *items, const char *reason)
{
    size_t before = items->reasons.count;
    uint32_t n = names_add(&items->reasons, reason, strlen(reason), 0);
    if (n == NAMES_NONE)
        return false;
    if (items->reasons.count > before) {
        size_t *counts = realloc(items->excluded, items->reasons.count * sizeof *counts);
        if (!counts)
            return false;
        items->excluded = counts;
        counts[n] = 0;
    }
    items->excluded[n]++;
    return true;
}

static bool is_blank(const char *text)
{
    return text[strspn(text, " \t\r\n\037")] == '\0';
}

static bool is_text(const char *bytes)
{
    json_t *string = json_string(bytes);
    json_decref(string);
    return string != NULL;
}

static const char *flaw(const struct record *r, const isg_evaluate_options *o)
{
    if (!r->text)
        return "no text";
    if (is_blank(r->text))
        return "empty text";
    if (o->context_field && (!r->context || is_blank(r->context)))
        return "no context";
    bool chooses = task_of(o)->kind == KIND_CHOICE;
    if (chooses && (!r->chosen || is_blank(r->chosen)))
        return "no chosen answer";
    if (chooses && !prefer_competes(o) && (!r->rejected || is_blank(r->rejected)))
        return "no rejected answer";
    if (chooses && r->rejected && !strcmp(r->chosen, r->rejected))
        return "the same answer twice";
    const char *const fields[] = {r->text, r->context, r->chosen, r->rejected, r->label, r->id,
                                  r->cluster, r->slice, r->parallel, r->variety};
    for (int i = 0; i < PARTS; i++)
        if (fields[i] && strlen(fields[i]) > LIMIT_TEXT)
            return "text too long";
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (fields[i] && !is_text(fields[i]))
            return "not UTF-8";
    if (o->are_pairs && (!r->parallel || is_blank(r->parallel)))
        return "no variant";
    if (task_of(o)->wants_label && (!r->label || is_blank(r->label)))
        return task_has_gold(task_of(o)) ? "no gold answer" : "no label";
    size_t answers = 1;
    for (const char *c = r->label; task_has_gold(task_of(o)) && *c; c++)
        answers += *c == GOLD_END;
    if (o->task == ISG_TASK_MARK && r->label[0] == '@' && !mark_fits(r->label, r->text))
        return "a span outside the text";
    return answers > LIMIT_GOLD ? "too many gold answers" : NULL;
}

static uint32_t number_of(struct names *names, const char *text)
{
    return text ? names_add(names, text, strlen(text), 0) : NAMES_NONE;
}

/* Answers that are not blank, each ended by a NUL, then one more; NULL: out of memory. */
static char *copy_gold(const char *answers)
{
    char *gold = calloc(strlen(answers) + 2, 1), *out = gold;
    for (const char *at = answers; gold && *at;) {
        at += strspn(at, " \t\r\n\037");
        size_t n = strcspn(at, "\037");
        memcpy(out, at, n);
        out += n + (n > 0);
        at += n;
    }
    return gold;
}

bool items_take(struct items *items, const struct record *r, const isg_evaluate_options *o)
{
    const char *reason = flaw(r, o);
    if (reason)
        return items_exclude(items, reason);
    if (items->count == items->capacity) {
        size_t capacity = items->capacity ? items->capacity * 2 : 256;
        struct item *list = realloc(items->list, capacity * sizeof *list);
        if (!list)
            return false;
        items->list = list;
        items->capacity = capacity;
    }
    char number[32], alone[40];
    snprintf(number, sizeof number, "%zu", r->number);
    snprintf(alone, sizeof alone, "\001%zu", items->count);
    struct item item = {.id = strdup(r->id ? r->id : number)};
    item.parts[PART_TEXT] = strdup(r->text);
    item.parts[PART_CONTEXT] = r->context ? strdup(r->context) : NULL;
    item.parts[PART_FRAME] = r->frame ? strdup(r->frame) : NULL;
    const char *other = prefer_competes(o) ? r->chosen : r->rejected;
    item.parts[PART_A] = r->chosen ? strdup(r->chosen) : NULL;
    item.parts[PART_B] = other ? strdup(other) : NULL;
    bool gold = task_has_gold(task_of(o));
    item.gold = gold ? copy_gold(r->label) : NULL;
    bool labelled = task_of(o)->wants_label && !gold;
    item.label = labelled ? number_of(&items->labels, r->label) : NAMES_NONE;
    item.slice = number_of(&items->slices, r->slice);
    item.cluster = number_of(&items->clusters, r->cluster ? r->cluster : alone);
    bool parallel = r->parallel && !is_blank(r->parallel) && strlen(r->parallel) <= LIMIT_TEXT;
    item.parallel = parallel ? strdup(r->parallel) : NULL;
    bool named = parallel && r->variety && !is_blank(r->variety);
    item.variety = named ? number_of(&items->varieties, r->variety) : NAMES_NONE;
    items->list[items->count++] = item;
    return item.id && (!gold || item.gold) && item.parts[PART_TEXT] &&
           (!r->context || item.parts[PART_CONTEXT]) && (!r->chosen || item.parts[PART_A]) &&
           (!other || item.parts[PART_B]) && (!r->frame || item.parts[PART_FRAME]) &&
           (!parallel || item.parallel) &&
           item.cluster != NAMES_NONE;
}

/* A member as a string: numbers and truth values are written out; NULL: absent. */
static const char *written(const json_t *value, char *room, size_t size)
{
    if (json_is_string(value))
        return json_string_value(value);
    if (json_is_integer(value))
        snprintf(room, size, "%lld", (long long)json_integer_value(value));
    else if (json_is_real(value))
        snprintf(room, size, "%.12g", json_real_value(value));
    else if (json_is_boolean(value))
        snprintf(room, size, "%s", json_is_true(value) ? "true" : "false");
    else
        return NULL;
    return room;
}

static const char *member(const json_t *object, const char *name, char *room, size_t size)
{
    return name ? written(json_object_get(object, name), room, size) : NULL;
}

/* Gold answers: a string, several of them, or as SQuAD has them, {"text": [...]}; joined with
 * GOLD_END, freed by the caller. NULL: there is none; *ok: it is not for want of memory. */
static char *join_gold(const json_t *value, bool *ok)
{
    char *joined = NULL, room[64];
    size_t length, index;
    const json_t *one;
    if (json_is_object(value))
        value = json_object_get(value, "text");
    if (!value || json_is_null(value))
        return NULL;
    FILE *out = open_memstream(&joined, &length);
    *ok = out != NULL;
    if (!out)
        return NULL;
    if (json_is_array(value)) {
        json_array_foreach(value, index, one) {
            const char *text = written(one, room, sizeof room);
            fprintf(out, "%s%c", text ? text : "", GOLD_END);
        }
    } else {
        const char *text = written(value, room, sizeof room);
        fputs(text ? text : "", out);
    }
    *ok = fclose(out) == 0;
    return joined;
}

static const char *string_of(const json_t *object, const char *name)
{
    return json_string_value(json_object_get(object, name));
}

static bool take_line(struct items *items, const isg_evaluate_options *o, const char *line,
                      size_t number)
{
    struct fields fields = items_fields(o);
    char room[FIELDS][64], *gold = NULL;
    const char *values[FIELDS];
    bool ok = true;
    json_t *object = json_loads(line, JSON_REJECT_DUPLICATES, NULL);
    if (!json_is_object(object)) {
        json_decref(object);
        return items_exclude(items, "not a JSON object");
    }
    for (int i = 0; i < FIELDS; i++)
        values[i] = member(object, fields.names[i], room[i], sizeof room[i]);
    const json_t *input = json_object_get(object, fields.names[0]);
    if (!input && !o->input_field)
        input = json_object_get(object, "messages");
    if (!json_is_string(input))
        values[0] = NULL;
    char *text = NULL, *frame = NULL;
    const char *reason = json_is_array(input)
                             ? chat_split(input, o->all_turns, &text, &frame) : NULL;
    if (text)
        values[0] = text;
    const json_t *label = json_object_get(object, fields.names[1]);
    bool nomem = false;
    if (o->task == ISG_TASK_MARK && !json_is_string(label))
        values[1] = gold = mark_write(label, string_of(object, "region"), &nomem);
    else if (task_has_gold(task_of(o)))
        values[1] = gold = join_gold(label, &ok);
    ok = ok && !nomem;
    struct record record = {values[0], values[1], values[2], values[3], values[4],
                            values[5], values[6], values[7], values[8], values[9], number,
                            frame};
    if (ok && reason)
        ok = reason[0] && items_exclude(items, reason);
    else
        ok = ok && items_take(items, &record, o);
    json_decref(object);
    free(gold);
    free(text);
    free(frame);
    return ok;
}

static isg_status read_lines(struct items *items, const isg_evaluate_options *o, char *bytes,
                             isg_error *error)
{
    size_t number = 0;
    for (char *line = bytes, *next; line && *line; line = next) {
        next = strchr(line, '\n');
        if (next)
            *next++ = '\0';
        number++;
        if (!is_blank(line) && !take_line(items, o, line, number))
            return fail_memory(error);
    }
    return ISG_OK;
}

/* The whole file, ended by a NUL; NULL: *error says why. NULs in it become spaces. */
static char *read_file(const char *path, isg_error *error)
{
    bool standard = !strcmp(path, "-");
    FILE *file = standard ? stdin : fopen(path, "rb");
    char *bytes = NULL;
    size_t length = 0, capacity = 0;
    if (!file) {
        fail(error, ISG_IO, "cannot read '%s': %s", path, strerror(errno));
        return NULL;
    }
    for (;;) {
        if (length + 65536 > capacity) {
            capacity = capacity ? capacity * 2 : 1 << 18;
            char *more = realloc(bytes, capacity);
            if (!more) {
                fail_memory(error);
                break;
            }
            bytes = more;
        }
        size_t n = fread(bytes + length, 1, capacity - length - 1, file);
        length += n;
        if (n == 0 && ferror(file)) {
            fail(error, ISG_IO, "cannot read '%s': %s", path, strerror(errno));
            break;
        }
        if (n == 0) {
            bytes[length] = '\0';
            for (size_t i = 0; i < length; i++)
                if (!bytes[i])
                    bytes[i] = ' ';
            if (!standard)
                fclose(file);
            return bytes;
        }
    }
    if (!standard)
        fclose(file);
    free(bytes);
    return NULL;
}

static bool ends_in(const char *path, const char *end)
{
    size_t n = strlen(path), k = strlen(end);
    return n >= k && !strcmp(path + n - k, end);
}

isg_status items_read(struct items *items, const isg_evaluate_options *o, isg_error *error)
{
    char *bytes = read_file(o->path, error);
    if (!bytes)
        return error ? error->code : ISG_IO;
    for (const char *at = o->labels ? o->labels : ""; *at;) {
        size_t n = strcspn(at, ",");
        if (n && names_add(&items->labels, at, n, 0) == NAMES_NONE) {
            free(bytes);
            return fail_memory(error);
        }
        at += n + (at[n] == ',');
    }
    char *start = strncmp(bytes, "\xef\xbb\xbf", 3) ? bytes : bytes + 3;
    isg_status status;
    if (ends_in(o->path, ".csv"))
        status = items_read_table(items, o, start, ',', error);
    else if (ends_in(o->path, ".tsv"))
        status = items_read_table(items, o, start, '\t', error);
    else
        status = read_lines(items, o, start, error);
    free(bytes);
    if (status == ISG_OK && items->count == 0) {
        const char *why = items->reasons.count ? items->reasons.list[0].text : "the file is empty";
        return fail(error, ISG_SYNTAX, "'%s' has no item that can be used: %s", o->path, why);
    }
    if (status == ISG_OK && items->count > LIMIT_ITEMS)
        return fail(error, ISG_LIMIT, "more than %d items", LIMIT_ITEMS);
    if (status == ISG_OK && items->labels.count > LIMIT_LABELS)
        return fail(error, ISG_LIMIT, "more than %d labels", LIMIT_LABELS);
    if (status == ISG_OK && items->varieties.count > LIMIT_SLICES)
        return fail(error, ISG_LIMIT, "more than %d varieties", LIMIT_SLICES);
    if (status == ISG_OK && items->slices.count > LIMIT_SLICES)
        return fail(error, ISG_LIMIT, "more than %d slices", LIMIT_SLICES);
    return status;
}

/* diagnostics.c -- see diagnostics.h. A long source line is cut around the caret; tabs stay tabs in
 * the caret's line, so that it stands right whatever their width.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "diagnostics.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/utf8.h>

#include "base/status.h"

enum { SHOWN_BEFORE = 70, SHOWN_AFTER = 50, MOST_SHOWN = 5000 };

static bool is_continuation(char c)
{
    return ((unsigned char)c & 0xc0) == 0x80;
}

/* Adds part of a line: control characters as spaces, bytes that are not UTF-8 as question marks. */
static void add_shown(struct buffer *out, const char *bytes, size_t start, size_t end)
{
    int32_t i = (int32_t)start, length = (int32_t)end;
    while (i < length) {
        int32_t from = i;
        UChar32 c;
        U8_NEXT((const uint8_t *)bytes, i, length, c);
        if (c < 0)
            buffer_add_char(out, '?');
        else if (c < ' ' && c != '\t')
            buffer_add_char(out, ' ');
        else
            buffer_add(out, bytes + from, (size_t)(i - from));
    }
}

/* Adds the source line and the caret. */
static void show_line(struct buffer *out, struct place at)
{
    const char *bytes = at.source->bytes;
    size_t length = at.source->length;
    size_t offset = at.offset < length ? at.offset : length;
    size_t start = offset, end = offset;
    while (start > 0 && bytes[start - 1] != '\n')
        start--;
    while (end < length && bytes[end] != '\n' && bytes[end] != '\r')
        end++;
    bool cut_start = offset - start > SHOWN_BEFORE, cut_end = end - offset > SHOWN_AFTER;
    if (cut_start)
        start = offset - SHOWN_BEFORE;
    if (cut_end)
        end = offset + SHOWN_AFTER;
    while (start < offset && is_continuation(bytes[start]))
        start++;
    while (end > offset && end < length && is_continuation(bytes[end]))
        end--;
    buffer_printf(out, "\n  %s", cut_start ? "..." : "");
    add_shown(out, bytes, start, end);
    buffer_printf(out, "%s\n  %s", cut_end ? "..." : "", cut_start ? "   " : "");
    for (size_t i = start; i < offset; i++)
        if (!is_continuation(bytes[i]))
            buffer_add_char(out, bytes[i] == '\t' ? '\t' : ' ');
    buffer_add_string(out, "^\n");
}

enum severity { SEVERITY_ERROR, SEVERITY_WARNING, SEVERITY_NOTE };

/* A message that waits for those before it in the file. */
struct pending {
    struct place at;
    unsigned number;   /* in the order they were found */
    enum severity severity;
    const char *code;  /* of lint, or NULL */
    uint32_t message;  /* where it begins in texts */
};

struct heading {
    enum severity severity;
    const char *code;
    struct place at;
};

static void print(struct diagnostics *d, struct heading h, const char *format, va_list args)
{
    d->errors += h.severity == SEVERITY_ERROR;
    d->warnings += h.severity == SEVERITY_WARNING;
    if (d->pending.length / sizeof(struct pending) >= MOST_SHOWN)
        return;
    char message[sizeof ((isg_error *)0)->message];
    vsnprintf(message, sizeof message, format, args);
    struct pending p = {h.at, (unsigned)(d->pending.length / sizeof p), h.severity, h.code,
                        (uint32_t)d->texts.length};
    buffer_add(&d->texts, message, strlen(message) + 1);
    buffer_add(&d->pending, (const char *)&p, sizeof p);
}

static int by_place(const void *a, const void *b)
{
    const struct pending *x = a, *y = b;
    const char *x_name = x->at.source ? x->at.source->name : "";
    const char *y_name = y->at.source ? y->at.source->name : "";
    int order = x->at.source == y->at.source ? 0 : strcmp(x_name, y_name);
    if (order)
        return order;
    if (x->at.offset != y->at.offset)
        return x->at.offset < y->at.offset ? -1 : 1;
    return x->number < y->number ? -1 : x->number > y->number;
}

static void give(struct diagnostics *d, const struct pending *p)
{
    static const char *const names[] = {"error", "warning", "note"};
    bool is_error = p->severity == SEVERITY_ERROR;
    unsigned line, column;
    const char *name = p->at.source ? p->at.source->name : "";
    const char *message = d->texts.bytes + p->message;
    place_position(p->at, &line, &column);
    if (is_error && d->error && d->error->code == ISG_OK)
        status_at(d->error, ISG_SYNTAX, name, line, column, "%s", message);
    if (d->message) {
        isg_rules_message m = {name, line, column, names[p->severity], p->code, message};
        d->message(d->message_context, &m);
        return;
    }
    if (!d->report)
        return;
    struct buffer text;
    buffer_init(&text);
    buffer_printf(&text, "%s:%u:%u: %s: %s", name, line, column, names[p->severity], message);
    if (p->code)
        buffer_printf(&text, " [%s]", p->code);
    if (p->at.source)
        show_line(&text, p->at);
    d->report(d->context, text.failed ? message : text.bytes, is_error);
    buffer_clear(&text);
}

void diagnostics_flush(struct diagnostics *d)
{
    size_t n = d->pending.length / sizeof(struct pending);
    if (n == 0 || d->pending.failed || d->texts.failed)
        return;
    struct pending *all = (struct pending *)(void *)d->pending.bytes;
    qsort(all, n, sizeof *all, by_place);
    for (size_t i = 0; i < n; i++) {
        bool again = i > 0 && all[i].at.offset == all[i - 1].at.offset &&
                     strcmp(d->texts.bytes + all[i].message,
                            d->texts.bytes + all[i - 1].message) == 0;
        if (!again)
            give(d, &all[i]);
    }
    buffer_reset(&d->pending);
    buffer_reset(&d->texts);
}

void diagnostics_clear(struct diagnostics *d)
{
    buffer_clear(&d->pending);
    buffer_clear(&d->texts);
}

void diagnostics_error(struct diagnostics *d, struct place at, const char *format, ...)
{
    if (d->quiet) {
        d->errors++;
        return;
    }
    va_list args;
    va_start(args, format);
    print(d, (struct heading){SEVERITY_ERROR, NULL, at}, format, args);
    va_end(args);
}

void diagnostics_warning(struct diagnostics *d, struct place at, const char *format, ...)
{
    if (d->quiet || d->warned)
        return;
    va_list args;
    va_start(args, format);
    print(d, (struct heading){SEVERITY_WARNING, NULL, at}, format, args);
    va_end(args);
}

void diagnostics_lint(struct diagnostics *d, const char *code, struct place at, const char *format,
                      ...)
{
    va_list args;
    va_start(args, format);
    enum severity severity = code[0] == 'L' ? SEVERITY_ERROR : SEVERITY_WARNING;
    print(d, (struct heading){severity, code, at}, format, args);
    va_end(args);
}

void diagnostics_note(struct diagnostics *d, struct place at, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    print(d, (struct heading){SEVERITY_NOTE, NULL, at}, format, args);
    va_end(args);
}

void diagnostics_plain(struct diagnostics *d, const isg_error *error)
{
    diagnostics_flush(d);
    if (d->errors++ == 0 && d->error)
        *d->error = *error;
    if (d->message) {
        isg_rules_message m = {error->file, error->line, error->column, "error", NULL,
                               error->message};
        d->message(d->message_context, &m);
        return;
    }
    if (!d->report)
        return;
    char text[sizeof error->message + 16];
    snprintf(text, sizeof text, "error: %s\n", error->message);
    d->report(d->context, text, true);
}

void hint_start(struct nearest *nearest, const char *word)
{
    nearest_init(nearest, word, strlen(word));
}

void hint_offer(struct nearest *nearest, const char *name)
{
    for (int i = 0; i < NEAREST_KEPT; i++)
        if (strcmp(nearest->copies[i], name) == 0)
            return;
    nearest_offer(nearest, name);
}

void hint_offer_vocab(struct nearest *nearest, enum vocab_list list)
{
    for (unsigned i = 0; i < vocab_count(list); i++)
        hint_offer(nearest, vocab_name(list, i));
}

const char *hint_print(const struct nearest *nearest, char *hint, size_t size)
{
    char names[200];
    nearest_print(nearest, names, sizeof names);
    hint[0] = '\0';
    if (names[0])
        snprintf(hint, size, "; did you mean %s?", names);
    return hint;
}

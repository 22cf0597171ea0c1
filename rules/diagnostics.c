/* diagnostics.c -- see diagnostics.h. A long source line is cut around the caret; tabs stay tabs in
 * the caret's line, so that it stands right whatever their width.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "diagnostics.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/status.h"

enum { SHOWN_BEFORE = 70, SHOWN_AFTER = 50, MOST_SHOWN = 1000 };

static bool is_continuation(char c)
{
    return ((unsigned char)c & 0xc0) == 0x80;
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
    for (size_t i = start; i < end; i++)
        buffer_add_char(out, (unsigned char)bytes[i] < ' ' && bytes[i] != '\t' ? ' ' : bytes[i]);
    buffer_printf(out, "%s\n  %s", cut_end ? "..." : "", cut_start ? "   " : "");
    for (size_t i = start; i < offset; i++)
        if (!is_continuation(bytes[i]))
            buffer_add_char(out, bytes[i] == '\t' ? '\t' : ' ');
    buffer_add_string(out, "^\n");
}

static void print(struct diagnostics *d, struct place at, bool is_error, const char *format,
                  va_list args)
{
    isg_error found;
    unsigned line, column;
    d->errors += is_error;
    if (d->errors > MOST_SHOWN)
        return;
    place_position(at, &line, &column);
    const char *name = at.source ? at.source->name : "";
    char message[sizeof found.message];
    vsnprintf(message, sizeof message, format, args);
    status_at(&found, ISG_SYNTAX, name, line, column, "%s", message);
    if (is_error && d->errors == 1 && d->error)
        *d->error = found;
    if (!d->report)
        return;
    buffer_reset(&d->line);
    buffer_printf(&d->line, "%s:%u:%u: %s: %s", name, line, column, is_error ? "error" : "warning",
                  message);
    if (at.source)
        show_line(&d->line, at);
    d->report(d->context, d->line.failed ? message : d->line.bytes, is_error);
}

void diagnostics_error(struct diagnostics *d, struct place at, const char *format, ...)
{
    if (d->quiet) {
        d->errors++;
        return;
    }
    va_list args;
    va_start(args, format);
    print(d, at, true, format, args);
    va_end(args);
}

void diagnostics_warning(struct diagnostics *d, struct place at, const char *format, ...)
{
    if (d->quiet || d->warned)
        return;
    va_list args;
    va_start(args, format);
    print(d, at, false, format, args);
    va_end(args);
}

void diagnostics_plain(struct diagnostics *d, const isg_error *error)
{
    if (d->errors++ == 0 && d->error)
        *d->error = *error;
    if (!d->report)
        return;
    buffer_reset(&d->line);
    buffer_printf(&d->line, "error: %s\n", error->message);
    d->report(d->context, d->line.failed ? error->message : d->line.bytes, true);
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

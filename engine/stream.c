/* stream.c -- text of any length in bounded memory: bytes are held until a record is whole (a line,
 * or a paragraph), rewritten, and written. What is held depends on the bytes alone, never on how
 * they were chunked. A record over the limit goes through unchanged and is counted.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/limits.h"
#include "base/status.h"

struct isg_stream {
    const isg_profile *profile;
    isg_document *document;
    isg_stream_options options;
    struct buffer patterns;       /* copies of the protected patterns */
    const char **protect;
    struct buffer held;           /* the record so far */
    size_t line_start;            /* in held: where its last line begins */
    size_t failed;
    bool overlong;                /* this record is passing through */
    bool line_cut;                /* and words of its last line have passed already */
};

static isg_status copy_patterns(struct isg_stream *s, isg_error *error)
{
    isg_text_options *text = &s->options.text;
    size_t n = text->protect_count;
    s->protect = calloc(n + 1, sizeof *s->protect);
    if (!s->protect)
        return status_nomem(error);
    for (size_t i = 0; i < n; i++)
        buffer_add(&s->patterns, text->protect[i], strlen(text->protect[i]) + 1);
    if (s->patterns.failed)
        return status_nomem(error);
    const char *p = s->patterns.bytes;
    for (size_t i = 0; i < n; i++) {
        s->protect[i] = p;
        p += strlen(p) + 1;
    }
    text->protect = s->protect;
    return ISG_OK;
}

isg_status isg_stream_new(const isg_engine *engine, const isg_profile *profile,
                          const isg_stream_options *options, isg_stream **stream,
                          isg_error *error)
{
    *stream = NULL;
    if (!options || !options->write)
        return status_set(error, ISG_ARGUMENT, "a stream needs somewhere to write to");
    struct isg_stream *s = calloc(1, sizeof *s);
    if (!s)
        return status_nomem(error);
    s->profile = profile;
    s->options = *options;
    s->options.request.key = NULL;
    isg_status status = copy_patterns(s, error);
    if (status == ISG_OK)
        status = isg_document_new(engine, &s->document, error);
    if (status == ISG_OK)
        *stream = s;
    else
        isg_stream_free(s);
    return status;
}

void isg_stream_free(isg_stream *stream)
{
    if (!stream)
        return;
    isg_document_free(stream->document);
    buffer_clear(&stream->patterns);
    buffer_clear(&stream->held);
    free(stream->protect);
    free(stream);
}

size_t isg_stream_failed_count(const isg_stream *stream)
{
    return stream->failed;
}

static isg_status put(struct isg_stream *s, const char *bytes, size_t length, isg_error *error)
{
    if (length == 0 || s->options.write(s->options.context, bytes, length))
        return ISG_OK;
    return status_set(error, ISG_CALLBACK, "writing was stopped");
}

/* Rewrites and writes length bytes of what is held: one record. */
static isg_status put_record(struct isg_stream *s, size_t length, isg_error *error)
{
    const char *bytes = s->held.bytes;
    size_t n;
    if (length == 0)
        return ISG_OK;
    isg_status status =
        isg_document_analyse(s->document, bytes, length, &s->options.text, error);
    if (status == ISG_OK)
        status = isg_document_rewrite(s->document, s->profile, &s->options.request, error);
    if (status == ISG_ARGUMENT)
        return status;
    if (status != ISG_OK) {
        s->failed++;
        return put(s, bytes, length, error);
    }
    const char *text = isg_document_text(s->document, &n);
    return put(s, text, n, error);
}

/* Where the record ends in what is held, and its line end begins: without "\n" or "\r\n". */
static size_t content_length(const struct isg_stream *s)
{
    size_t n = s->held.length;
    if (n > 0 && s->held.bytes[n - 1] == '\n')
        n--;
    if (n > 0 && s->held.bytes[n - 1] == '\r')
        n--;
    return n;
}

static void forget_record(struct isg_stream *s)
{
    buffer_reset(&s->held);
    s->line_start = 0;
    s->overlong = s->line_cut = false;
}

static isg_status end_record(struct isg_stream *s, size_t length, isg_error *error)
{
    isg_status status = s->overlong ? put(s, s->held.bytes, length, error)
                                    : put_record(s, length, error);
    if (status == ISG_OK)
        status = put(s, s->held.bytes + length, s->held.length - length, error);
    forget_record(s);
    return status;
}

static bool is_blank(const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (!strchr(" \t\r\n\v\f", bytes[i]) || bytes[i] == '\0')
            return false;
    return true;
}

/* A line has ended: perhaps the record has, too. */
static isg_status end_line(struct isg_stream *s, isg_error *error)
{
    if (s->options.format == ISG_STREAM_LINES)
        return end_record(s, content_length(s), error);
    size_t start = s->line_start;
    bool cut = s->line_cut;
    s->line_start = s->held.length;
    s->line_cut = false;
    if (!cut && is_blank(s->held.bytes + start, s->held.length - start))
        return end_record(s, start, error);
    return ISG_OK;
}

/* Lets an overlong record through. */
static isg_status flush_overlong(struct isg_stream *s, isg_error *error)
{
    if (!s->overlong && s->held.length <= LIMIT_RECORD_BYTES + 2)
        return ISG_OK;
    if (!s->overlong)
        s->failed++;
    size_t keep = s->held.length - s->line_start;
    if (s->options.format == ISG_STREAM_LINES || keep > 4096)
        keep = 0;
    if (keep == 0 && s->held.length > s->line_start)
        s->line_cut = s->line_cut ||
                      !is_blank(s->held.bytes + s->line_start, s->held.length - s->line_start);
    size_t length = s->held.length - keep;
    isg_status status = put(s, s->held.bytes, length, error);
    memmove(s->held.bytes, s->held.bytes + length, keep);
    s->held.length = keep;
    s->line_start = 0;
    s->overlong = true;
    return status;
}

isg_status isg_stream_feed(isg_stream *stream, const char *bytes, size_t length, isg_error *error)
{
    isg_status status = ISG_OK;
    while (length > 0 && status == ISG_OK) {
        const char *newline = memchr(bytes, '\n', length);
        size_t n = newline ? (size_t)(newline - bytes) + 1 : length;
        if (n > 65536) {
            n = 65536;
            newline = bytes[n - 1] == '\n' ? bytes + n - 1 : NULL;
        }
        buffer_add(&stream->held, bytes, n);
        if (stream->held.failed)
            return status_nomem(error);
        bytes += n;
        length -= n;
        if (newline)
            status = end_line(stream, error);
        if (status == ISG_OK)
            status = flush_overlong(stream, error);
    }
    return status;
}

isg_status isg_stream_finish(isg_stream *stream, isg_error *error)
{
    return end_record(stream, content_length(stream), error);
}

/* protect.c -- a user's own protected patterns: compiled once, then searched for lazily, one match
 * ahead of the sentences, each pattern by itself. PCRE2 sees the text in stretches of valid UTF-8
 * and in windows, so that a search never costs more than the window; a pattern whose search reaches
 * its limit protects the rest of the record, which is the safe side.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "text/protect.h"

#include <pcre2.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/status.h"
#include "text/chars.h"

enum { WINDOW = 16 * 1024, LONGEST_MATCH = 8 * 1024, CONTEXT = 64 };

struct protect {
    size_t count;
    pcre2_match_context *context;
    pcre2_code *codes[LIMIT_PROTECT];
};

void protect_free(struct protect *protect)
{
    if (!protect)
        return;
    for (size_t i = 0; i < protect->count; i++)
        pcre2_code_free(protect->codes[i]);
    pcre2_match_context_free(protect->context);
    free(protect);
}

static isg_status compile(const char *pattern, size_t number, pcre2_code **code, isg_error *error)
{
    int problem;
    PCRE2_SIZE offset;
    PCRE2_UCHAR message[160];
    *code = pcre2_compile((PCRE2_SPTR)pattern, PCRE2_ZERO_TERMINATED,
                          PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C, &problem, &offset, NULL);
    if (!*code && problem == PCRE2_ERROR_HEAP_FAILED)
        return status_nomem(error);
    if (!*code) {
        (void)pcre2_get_error_message(problem, message, sizeof message);
        return status_at(error, ISG_ARGUMENT, NULL, 0, (unsigned)offset + 1,
                         "protected pattern %zu \"%.80s\" is not a regular expression: %s at "
                         "offset %zu",
                         number + 1, pattern, (const char *)message, (size_t)offset);
    }
    (void)pcre2_jit_compile(*code, PCRE2_JIT_COMPLETE); /* without it the interpreter is used */
    return ISG_OK;
}

isg_status protect_new(const char *const *patterns, size_t count, struct protect **protect,
                       isg_error *error)
{
    *protect = NULL;
    if (count > LIMIT_PROTECT)
        return status_set(error, ISG_LIMIT, "%zu protected patterns; at most %d are possible",
                          count, LIMIT_PROTECT);
    struct protect *p = calloc(1, sizeof *p);
    if (!p)
        return status_nomem(error);
    p->context = pcre2_match_context_create(NULL);
    if (!p->context) {
        protect_free(p);
        return status_nomem(error);
    }
    (void)pcre2_set_match_limit(p->context, LIMIT_REGEX_MATCH);
    (void)pcre2_set_depth_limit(p->context, LIMIT_REGEX_MATCH);
    for (size_t i = 0; i < count; i++) {
        isg_status status = compile(patterns[i], i, &p->codes[i], error);
        if (status) {
            protect_free(p);
            return status;
        }
        p->count++;
    }
    *protect = p;
    return ISG_OK;
}

/* Moves match->valid_end on to WINDOW bytes behind from, or to the first byte that is not UTF-8. */
static void validate(const struct text_cursor *cursor, struct text_match *match, uint32_t from)
{
    size_t limit = cursor->length - from > WINDOW ? from + WINDOW : cursor->length;
    size_t q = match->valid_end > from ? match->valid_end : from;
    while (q < limit) {
        size_t next = q;
        if (char_next(cursor->text, &next, cursor->length) & CHAR_BAD)
            break;
        q = next;
    }
    match->valid_end = (uint32_t)q;
}

/* Where the characters begin that a search from a place may look back at. */
static uint32_t context_start(const struct text_cursor *cursor, uint32_t from)
{
    uint32_t start = from;
    for (unsigned i = 0; i < CONTEXT && start > 0; i++) {
        uint32_t p = start - 1;
        while (p > 0 && start - p < 4 && ((unsigned char)cursor->text[p] & 0xC0) == 0x80)
            p--;
        size_t q = p;
        if (char_next(cursor->text, &q, start) & CHAR_BAD || q != start)
            break;
        start = p;
    }
    return start;
}

static int search(const struct text_cursor *cursor, size_t number, uint32_t from, uint32_t to,
                  pcre2_match_data *data)
{
    const struct protect *protect = cursor->protect;
    uint32_t start = context_start(cursor, from);
    uint32_t options = PCRE2_NO_UTF_CHECK | PCRE2_NOTEMPTY;
    if (start > 0)
        options |= PCRE2_NOTBOL;
    if (to < cursor->length)
        options |= PCRE2_NOTEOL;
    PCRE2_SPTR subject = (PCRE2_SPTR)cursor->text + start;
    int result = pcre2_match(protect->codes[number], subject, to - start, from - start, options,
                             data, protect->context);
    if (result == PCRE2_ERROR_JIT_STACKLIMIT)
        result = pcre2_match(protect->codes[number], subject, to - start, from - start,
                             options | PCRE2_NO_JIT, data, protect->context);
    if (result > 0) {
        PCRE2_SIZE *ends = pcre2_get_ovector_pointer(data);
        ends[0] += start;
        ends[1] += start;
    }
    return result;
}

/* Finds the match that follows match->end; start is the text's length if there is none. */
static bool next_match(struct text_cursor *cursor, size_t number, pcre2_match_data *data)
{
    struct text_match *match = &cursor->matches[number];
    uint32_t from = match->end, length = (uint32_t)cursor->length;
    while (from < length) {
        validate(cursor, match, from);
        uint32_t to = match->valid_end;
        if (to == from) { /* not UTF-8 */
            from++;
            continue;
        }
        bool more = to - from >= WINDOW && to < length;
        int result = search(cursor, number, from, to, data);
        const PCRE2_SIZE *ends = pcre2_get_ovector_pointer(data);
        if (result == PCRE2_ERROR_NOMEMORY)
            return false;
        if (result == PCRE2_ERROR_NOMATCH) {
            from = more ? to - LONGEST_MATCH : to;
            while (more && ((unsigned char)cursor->text[from] & 0xC0) == 0x80)
                from++;
            continue;
        }
        if (result < 0 || ends[0] >= ends[1]) { /* a limit: the safe side */
            match->start = from;
            match->end = length;
            return true;
        }
        if (more && ends[1] == to && ends[0] > from) { /* it may go on behind the window */
            from = (uint32_t)ends[0];
            continue;
        }
        match->start = (uint32_t)ends[0];
        match->end = (uint32_t)ends[1];
        return true;
    }
    match->start = match->end = length;
    return true;
}

static bool mark_pattern(struct text_cursor *cursor, size_t number, struct sentence *sentence,
                         pcre2_match_data *data)
{
    struct text_match *match = &cursor->matches[number];
    uint32_t i = 0;
    while (match->start < cursor->length) {
        if (match->end <= sentence->start || match->end == 0) {
            if (!next_match(cursor, number, data))
                return false;
            continue;
        }
        if (match->start >= sentence->end)
            break;
        while (i < sentence->count && sentence->tokens[i].end <= match->start)
            i++;
        for (uint32_t j = i; j < sentence->count && sentence->tokens[j].start < match->end; j++)
            sentence->tokens[j].flags |= FLAG(PROTECTED);
        if (match->end > sentence->end)
            break;
        if (!next_match(cursor, number, data))
            return false;
    }
    return true;
}

bool protect_mark(struct text_cursor *cursor, struct sentence *sentence)
{
    const struct protect *protect = cursor->protect;
    if (!protect || !protect->count)
        return true;
    pcre2_match_data *data = pcre2_match_data_create(1, NULL);
    bool good = data != NULL;
    for (size_t i = 0; good && i < protect->count; i++)
        good = mark_pattern(cursor, i, sentence, data);
    pcre2_match_data_free(data);
    return good;
}

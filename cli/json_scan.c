/* json_scan.c -- byte ranges in valid JSON. Nesting is counted, not recursed into.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "json_scan.h"

#include <jansson.h>
#include <string.h>

static size_t skip_space(const char *bytes, size_t at)
{
    while (bytes[at] == ' ' || bytes[at] == '\t' || bytes[at] == '\n' || bytes[at] == '\r')
        at++;
    return at;
}

/* After the string that starts at a quote. */
static size_t skip_string(const char *bytes, size_t at)
{
    for (at++; bytes[at] != '"'; at++)
        if (bytes[at] == '\\')
            at++;
    return at + 1;
}

/* After the value that starts here. */
static size_t skip_value(const char *bytes, size_t at)
{
    size_t depth = 0;
    for (;;) {
        switch (bytes[at]) {
        case '"':
            at = skip_string(bytes, at);
            break;
        case '{':
        case '[':
            depth++;
            at++;
            continue;
        case '}':
        case ']':
            depth--;
            at++;
            break;
        default: /* a number or word, or what stands between values */
            at += strcspn(bytes + at, "\"{}[], \t\r\n:");
            break;
        }
        if (depth == 0)
            return at;
        at += strspn(bytes + at, ", \t\r\n:");
    }
}

/* Whether the key written at start..end, quotes included, reads as name. */
static bool is_key(const char *bytes, size_t start, size_t end, const char *name)
{
    if (!memchr(bytes + start, '\\', end - start)) {
        size_t length = strlen(name);
        return end - start - 2 == length && !memcmp(bytes + start + 1, name, length);
    }
    json_t *key = json_loadb(bytes + start, end - start, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
    bool same = key && json_string_length(key) == strlen(name) &&
                !memcmp(json_string_value(key), name, strlen(name));
    json_decref(key);
    return same;
}

bool json_find(const char *bytes, size_t length, struct json_member *members, size_t count,
               struct json_layout *layout)
{
    *layout = (struct json_layout){.empty = true, .spaced = true, .ascii = true};
    for (size_t i = 0; i < length; i++)
        layout->ascii = layout->ascii && (unsigned char)bytes[i] < 0x80;
    size_t at = skip_space(bytes, 0);
    if (bytes[at] != '{')
        return false;
    at = skip_space(bytes, at + 1);
    while (bytes[at] != '}') {
        size_t key = at, key_end = skip_string(bytes, at);
        at = skip_space(bytes, key_end) + 1;
        if (layout->empty)
            layout->spaced = bytes[at] == ' ';
        layout->empty = false;
        size_t start = skip_space(bytes, at);
        at = skip_value(bytes, start);
        for (size_t i = 0; i < count; i++) {
            if (!is_key(bytes, key, key_end, members[i].name))
                continue;
            members[i].twice = members[i].found;
            members[i].found = true;
            members[i].start = start;
            members[i].end = at;
        }
        at = skip_space(bytes, at);
        if (bytes[at] == ',')
            at = skip_space(bytes, at + 1);
    }
    layout->close = at;
    return true;
}

static unsigned hex_value(char c)
{
    return c <= '9' ? (unsigned)(c - '0') : ((unsigned)c | 32u) - 'a' + 10u;
}

static unsigned read_unit(const char *digits)
{
    return hex_value(digits[0]) << 12 | hex_value(digits[1]) << 8 | hex_value(digits[2]) << 4 |
           hex_value(digits[3]);
}

void json_walk_to(struct json_walk *walk, size_t text)
{
    while (walk->text < text) {
        const char *at = walk->bytes + walk->raw;
        size_t raw = 1, read = 1;
        if (at[0] == '\\' && at[1] == 'u') {
            unsigned unit = read_unit(at + 2);
            bool pair = unit >= 0xd800 && unit < 0xdc00;
            raw = pair ? 12 : 6;
            read = pair ? 4 : unit < 0x80 ? 1 : unit < 0x800 ? 2 : 3;
        } else if (at[0] == '\\') {
            raw = 2;
        }
        walk->raw += raw;
        walk->text += read;
    }
}

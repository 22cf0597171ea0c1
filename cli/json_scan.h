/* json_scan.h -- where things stand in the bytes of a JSON record. It only ever sees records that
 * the JSON library has accepted, and answers what the library does not: byte ranges.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef CLI_JSON_SCAN_H
#define CLI_JSON_SCAN_H

#include <stdbool.h>
#include <stddef.h>

/* A member looked for in a record's object. */
struct json_member {
    const char *name;
    bool found, twice;
    size_t start, end; /* of its value's bytes, quotes included */
};

struct json_layout {
    size_t close;  /* the closing brace of the record's object */
    bool empty;    /* it has no members */
    bool spaced;   /* written as "a": 1, "b": 2 and not as "a":1,"b":2 */
    bool ascii;    /* all its bytes are ASCII */
};

/* Finds members of the top object of valid JSON. False: the record is not an object. */
bool json_find(const char *bytes, size_t length, struct json_member *members, size_t count,
               struct json_layout *layout);
/* A walk through a string as written, escapes and all, and as it reads. */
struct json_walk {
    const char *bytes; /* after the opening quote */
    size_t raw, text;  /* where both stand, bytes */
};

/* Goes on to byte number text of the string as it reads. */
void json_walk_to(struct json_walk *walk, size_t text);

#endif

/* schema.h -- which attributes and roles each grammar object has, and of what type: the compiler
 * checks rules against it and the grammar answers by it.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef BASE_SCHEMA_H
#define BASE_SCHEMA_H

#include "base/vocab.h"

enum attr_type {
    ATTR_ABSENT, /* this object has no such attribute */
    ATTR_BOOL,   /* [perf] [!perf] */
    ATTR_VALUE,  /* [tense=past]; bare [neg]: the value is neither "no" nor "none" */
    ATTR_NUMBER, /* [size le 5] */
    ATTR_WORD    /* [modal=can]; bare [modal]: there is one */
};

/* The type of an attribute of an object; *values (if not NULL) gets the set of allowed value ids
 * for ATTR_VALUE, a bit each. */
enum attr_type schema_attr(enum object_kind object, enum attr attr, uint64_t *values);

enum ref_kind {
    REF_ABSENT, /* this object has no such role */
    REF_TOKEN,
    REF_SPAN,   /* first..last token */
    REF_SET,    /* tokens in order */
    REF_OBJECT  /* + enum object_kind */
};

/* What a role of an object gives: enum ref_kind, and REF_OBJECT + kind for objects. */
unsigned schema_role(enum object_kind object, enum role role);
/* What a role of a token gives (start, end, head: of its subtree; head: its parent). */
unsigned schema_token_role(enum role role);

#endif

/* limits.h -- every depth, length and count limit of the library, in one place. Reaching one is an
 * error or a match that is given up (counted in the trace), never undefined behaviour.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef BASE_LIMITS_H
#define BASE_LIMITS_H

#define LIMIT_RECORD_BYTES (64u << 20) /* one record; a longer one goes through unchanged */
#define LIMIT_SENTENCE_TOKENS 512      /* a longer sentence is cut into pieces for analysis */
#define LIMIT_TOKEN_BYTES 1024         /* a longer run without a break is cut */
#define LIMIT_MATCH_STEPS 256          /* candidates tried a trigger */
#define LIMIT_MATCH_DEPTH 48           /* nested generators of one rule */
#define LIMIT_SLOTS 24                 /* names bound in one rule */
#define LIMIT_EDITS_SENTENCE 64        /* matches carried out in one sentence */
#define LIMIT_EDITS_MATCH 32           /* edits of one match */
#define LIMIT_LINKS 8                  /* links of a verb group or chain */
#define LIMIT_OBJECTS 1024             /* objects of one kind in a sentence */
#define LIMIT_MEMBERS 16               /* members of a coordination, children of a node */
#define LIMIT_MEMORY 64                /* keys that a document remembers; later ones are lost */
#define LIMIT_MENTIONS 64              /* earlier phrases a pronoun may refer to */
#define LIMIT_GAP 32                   /* tokens a gap in a sequence may span */
#define LIMIT_RULES 65535
#define LIMIT_FEATURES 16384
#define LIMIT_DIALECTS 1024
#define LIMIT_PROTECT 64               /* user patterns for protected spans */
#define LIMIT_RULE_FILE_BYTES (1u << 20)
#define LIMIT_PATTERN_BYTES 16384      /* text of one match, unless or as */
#define LIMIT_MACRO_BYTES 4096
#define LIMIT_MACRO_DEPTH 4
#define LIMIT_NESTING 16               /* blocks, groups and parentheses in a pattern */
#define LIMIT_TABLE_BYTES (256u << 20)
#define LIMIT_REGEX_MATCH 10000        /* PCRE2 match limit */

#endif

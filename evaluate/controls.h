/* controls.h -- rewordings that are no dialect, to compare dialects with: another wording in
 * standard English, and slips of the keyboard.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EVALUATE_CONTROLS_H
#define EVALUATE_CONTROLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct edit {
    uint32_t start, end, out_start, out_end; /* bytes */
    uint32_t feature;                        /* 0: none */
    uint16_t part;                           /* of the question; offsets are in it */
    uint16_t line;                           /* of the rule or entry that made it, if not too far */
    const char *file;                        /* borrowed from the rule table; NULL: a control */
};

/* A text and how it was made; text and edits are freed by the receiver. */
struct reworded {
    char *text;
    size_t length;
    struct edit *edits;
    uint32_t edit_count;
};

/* A head is reworded with the tail that follows it, or neither. */
enum site_part { SITE_WHOLE, SITE_HEAD, SITE_TAIL };

/* A place that may be reworded. */
struct site {
    uint32_t start, end;
    enum site_part part;
    char text[48];
};

/* Other wordings that mean the same: contractions, that, words and phrases that stand for one
 * another, times at the other end of their sentence (two edits). Up to wanted of them, chosen by
 * the seed; false: out of memory. */
bool control_paraphrase(const char *text, size_t length, uint32_t wanted, uint64_t seed,
                        struct reworded *out);
/* Two letters swapped, or one hit beside its key, in wanted words of four letters or more. */
bool control_typo(const char *text, size_t length, uint32_t wanted, uint64_t seed,
                  struct reworded *out);
/* Keeps wanted of the sites (sorted, apart), chosen by the seed, and writes the text with them. */
bool control_apply(const char *text, size_t length, struct site *sites, size_t count,
                   uint32_t wanted, uint64_t seed, struct reworded *out);

#endif

/* grammar_case.h -- for the tests of engine/grammar: an analysed sentence written as one string,
 * and the words that an edit log makes of it.
 *
 * A token is form/XPOS/head/relation, heads counted from 1, tokens apart by a space; + before the
 * form: no space before it in the text. UPOS follows from XPOS and relation; ! after XPOS makes a
 * verb an AUX. Lemmas and features come from the lexicon; between double quotes tokens are QUOTED.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef TESTS_GRAMMAR_CASE_H
#define TESTS_GRAMMAR_CASE_H

#include "base/buffer.h"
#include "grammar/objects.h"

struct grammar_case {
    struct lexicon *lexicon;
    struct arena arena;
    struct sentence sentence;
    struct grammar grammar;
    struct grammar_document document;
};

/* For cmocka: opens the lexicon of $ISOGLOSS_DATA_DIR, and closes it. *state: the case. */
int case_open(void **state);
int case_close(void **state);
/* Reads a sentence; the one before is forgotten. Fails the test when it is badly written. */
struct grammar *case_read(struct grammar_case *c, const char *text);
/* The token of this form (the n-th, from 0); fails the test if there is none. */
int32_t case_token(struct grammar_case *c, const char *form, int n);
/* The sentence with a log carried out, as one string in the case's arena. */
const char *case_apply(struct grammar_case *c, const struct edit_log *log);
/* Splits chain links as rules write them (have V:pp, be "after" V:ing); returns how many. */
size_t case_links(struct grammar_case *c, const char *text, struct chain_link links[LIMIT_LINKS]);

#endif

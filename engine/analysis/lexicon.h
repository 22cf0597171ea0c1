/* lexicon.h -- the dictionary of forms, lemmas and inflections, mapped and shared: from a form with
 * its tags to lemma and features, from a lemma to any of its forms (irregular ones listed, unknown
 * words by rule), and word classes.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef ANALYSIS_LEXICON_H
#define ANALYSIS_LEXICON_H

#include <isogloss.h>

#include "base/arena.h"
#include "text/sentence.h"

struct lexicon;

/* Maps and verifies a lexicon file: ISG_IO, ISG_FORMAT, ISG_VERSION, ISG_MISMATCH (other vocab). */
isg_status lexicon_open(const char *path, struct lexicon **lexicon, isg_error *error);
void lexicon_close(struct lexicon *lexicon);
/* Fills lemma, feats and classes of every token, whose form, tags, head and relation are set, and
 * the flags MWE on tokens of listed fixed phrases (high school), UNKNOWN on forms that are not
 * listed. arena holds lemmas not listed. */
isg_status lexicon_annotate(const struct lexicon *lexicon, struct arena *arena,
                            struct sentence *sentence);
/* Classes of a lemma as noun, verb or adjective; 0 if unknown. */
uint32_t lexicon_classes(const struct lexicon *lexicon, const char *lemma, size_t length,
                         enum upos upos);

/* How a word is listed: 2 as a lemma, 1 only as a form of another one, 0 not at all. */
int lexicon_knows(const struct lexicon *lexicon, const char *word, size_t length);

/* A form of a lemma: BASE S PAST PP ING of verbs (be: see lexicon_be), SG PL of nouns, ER EST ADV
 * of adjectives and adverbs; BASE of an adverb is its adjective (quickly: quick). Lower-case
 * except for lemmas that have capitals themselves. Sets *out and *length (borrowed from lexicon or
 * arena); false: there is none (POSS ... of a verb, ER of "unique": the caller says more/most).
 * Unknown lemmas are inflected by rule. */
bool lexicon_inflect(const struct lexicon *lexicon, struct arena *arena, const char *lemma,
                     size_t lemma_length, enum form form, const char **out, size_t *length);
/* The form that a lemma would have if it were regular: teached, knowed, mans, knifes, sheeps,
 * carefuler. S PAST PP ING PL ER EST ADV. *out is from the arena; false: no such form. */
bool lexicon_inflect_regular(struct arena *arena, const char *lemma, size_t lemma_length,
                             enum form form, const char **out, size_t *length);
/* The finite form of be: number and person of the subject, past or present. Constant string. */
const char *lexicon_be(bool past, int person, bool plural);
/* The form of a personal pronoun: NOM ACC GEN POSS REFL of the pronoun whose lemma or any form is
 * given (I me my mine myself); NULL: not a personal pronoun. Constant string. */
const char *lexicon_pronoun(const char *any, size_t length, enum form form);
/* Whether a word takes "an" (an hour, an MP, an 8, a union, a one-off): by sound. */
bool lexicon_takes_an(const struct lexicon *lexicon, const char *word, size_t length);

#endif

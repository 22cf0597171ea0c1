/* lexicon_lookup.h -- what the files of the lexicon share: the mapped sections and how a form is
 * found in them. Internal to engine/analysis and train/.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef ANALYSIS_LEXICON_LOOKUP_H
#define ANALYSIS_LEXICON_LOOKUP_H

#include "analysis/lexicon.h"
#include "analysis/lexicon_format.h"

struct lexicon {
    void *map;
    size_t size;
    const char *pool;
    const uint32_t *slots;
    const struct lex_word *words;
    const struct lex_reading *readings;
    const struct lex_lexeme *lexemes;
    const uint32_t *forms;
    const uint64_t *feats;
    const struct lex_phrase *phrases;
    uint32_t slot_mask, word_count, phrase_mask;
};

/* A form folded for look-up: lower case, curly apostrophes straight. */
struct lex_key {
    char bytes[LEX_KEY_MAX + 4];
    size_t length; /* 0: too long to be listed */
    bool first_upper, inner_upper; /* capitals at the start of the form, after it */
    bool all_upper;                /* two or more capitals and no small letter */
};

void lex_fold(const char *form, size_t length, struct lex_key *key);
/* The lower-case form as a whole, whatever its length; NULL when the arena failed. */
char *lex_lower(struct arena *arena, const char *form, size_t length, size_t *out_length);
/* The number of the word with this key, LEX_NO_WORD if not listed. */
uint32_t lex_find(const struct lexicon *lexicon, const char *key, size_t length);
const struct lex_lexeme *lex_lexeme_of(const struct lexicon *lexicon, uint32_t word,
                                       enum lex_pos pos);
/* The lexeme of a key; NULL if there is none. */
const struct lex_lexeme *lex_find_lexeme(const struct lexicon *lexicon, const char *key,
                                         size_t length, enum lex_pos pos);
/* The reading with these tags; else, if near, one with a tag that shares its forms. */
const struct lex_reading *lex_reading_of(const struct lexicon *lexicon, uint32_t word,
                                         enum upos upos, enum xpos xpos);
/* The part of speech that lexemes have for a tag; LEX_POS_COUNT: none. */
enum lex_pos lex_pos_of(enum upos upos);
/* Classes of a word; a name without a lexeme has those of the common noun, and the reverse. */
uint32_t lex_classes(const struct lexicon *lexicon, uint32_t word, enum upos upos);
struct lex_text lex_string(const struct lexicon *lexicon, uint32_t reference);
bool lex_is_phrase(const struct lexicon *lexicon, const uint32_t words[3]);

/* lexicon_guess.c: the lemma of an inflected form that is not listed. The form is lower-case;
 * *lemma is borrowed or from the arena. */
struct lex_text lex_guess_lemma(const struct lexicon *lexicon, struct arena *arena,
                                struct lex_text form, enum xpos xpos);

/* lexicon_feats.c: completes feats, which holds features of readings (or none) before, from tags
 * and tree. False: the arena failed. */
bool lex_fill_feats(struct arena *arena, struct sentence *sentence);

/* rooted.c: a finite verb that hangs on a nominal root as acl is the root, the noun its subject. */
void lex_settle_root(struct sentence *sentence);
/* called.c: a name with a title behind a comma at the end of speech is a vocative. */
void lex_settle_called(struct sentence *sentence);
/* mistaken.c: nouns and verbs told apart by the word after them. */
void lex_settle_mistaken(const struct lexicon *lexicon, struct sentence *sentence);
/* relative.c: relative clauses behind the first noun, and the main verb behind them. */
void lex_settle_relative(const struct lexicon *lexicon, struct sentence *sentence);
/* third.c: verbs in -s that were tagged as plural nouns; changes tags, heads and relations. */
void lex_settle_third(const struct lexicon *lexicon, struct sentence *sentence);
/* noun_is.c: 's after a noun that owns nothing is a verb; changes tags, heads and relations. */
void lex_settle_is(const struct lexicon *lexicon, struct sentence *sentence);
/* asked.c: the subject of questions; changes tags, heads and relations. */
void lex_settle_asked(const struct lexicon *lexicon, struct sentence *sentence);
/* question.c: have at the start of a question is an auxiliary; changes heads and relations. */
void lex_settle_question(struct sentence *sentence);
/* settle.c: corrections of one token before its lemma is set (a verb's tag; n't, whose form is
 * folded in key) and after (what 's stands for). word as lex_find() gave it. */
void lex_settle_verb(const struct lexicon *lexicon, struct arena *arena,
                     struct sentence *sentence, uint32_t i, uint32_t word);
void lex_settle_adjective(const struct lexicon *lexicon, struct sentence *sentence, uint32_t i,
                          uint32_t word);
/* only.c: what the lexicon has as one part of speech only, or as no comparative. */
void lex_settle_only(const struct lexicon *lexicon, struct sentence *sentence, uint32_t i,
                     uint32_t word, const struct lex_key *key);
void lex_settle_negation(struct sentence *sentence, uint32_t i, const struct lex_key *key);
void lex_settle_clitic(struct sentence *sentence, uint32_t i);
/* Before the tokens are visited: have and a participle that was taken for a noun's adjective. */
void lex_settle_perfect(const struct lexicon *lexicon, struct arena *arena,
                        struct sentence *sentence, uint32_t i);
/* joined.c: joins "and I" to the subject before it; changes heads and relations only. */
void lex_join_subjects(struct sentence *sentence);

#endif

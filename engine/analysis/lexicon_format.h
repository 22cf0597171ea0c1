/* lexicon_format.h -- the only statement of the lexicon file's layout: little-endian, 8-byte
 * aligned, offset-based, mapped as it is. A header, then sections of fixed records. A string
 * reference is an offset into the pool of the first byte of a string, whose length stands in the
 * byte before it and which is NUL-terminated; 0 is no string.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef ANALYSIS_LEXICON_FORMAT_H
#define ANALYSIS_LEXICON_FORMAT_H

#include <stdint.h>

#include "base/inflect.h"

#define LEX_MAGIC "ISGLEX\r\n" /* 8 bytes, no NUL; \r\n finds files spoilt by text-mode transfer */
#define LEX_VERSION 1u         /* written by this release */
#define LEX_OLDEST 1u          /* the oldest reader that understands it */
#define LEX_KEY_MAX 60u        /* bytes of a key; longer forms are never listed */
#define LEX_SLOT_INDEX 0xfffffu /* a slot: upper 12 bits of the key's hash, 20 bits 1 + word */
#define LEX_NO_WORD 0xffffffffu

enum lex_section {
    LEX_POOL,    /* bytes */
    LEX_SLOTS,   /* uint32_t, a power of two: hash table of words */
    LEX_WORDS,   /* struct lex_word, one more than there are words: ends of the last ones */
    LEX_READINGS,
    LEX_LEXEMES,
    LEX_FORMS,   /* uint32_t string references */
    LEX_FEATS,   /* uint64_t words of features, number 0: as the tags say */
    LEX_PHRASES, /* struct lex_phrase, a power of two: hash table of fixed phrases */
    LEX_SECTIONS
};

struct lex_span {
    uint64_t offset, count; /* bytes from the start of the file; records */
};

struct lex_header {
    char magic[8];
    uint32_t version, oldest;
    uint64_t vocab;    /* vocab_analysis_hash() of the writer */
    uint64_t checksum; /* hash_bytes over all bytes after the header */
    uint64_t size;     /* of the file */
    struct lex_span sections[LEX_SECTIONS];
};

#define LEX_WORD_PHRASE_END 1u /* a fixed phrase may end in this word */

/* A key: a lower-case form. Its readings and lexemes run to those of the next word. */
struct lex_word {
    uint32_t key, readings, lexemes, flags;
};

#define LEX_ANY_UPOS 255u

/* What a form is with certain tags. upos LEX_ANY_UPOS: any. */
struct lex_reading {
    uint8_t upos, xpos;
    uint16_t feats; /* number in LEX_FEATS */
    uint32_t lemma;
};

#define LEX_NO_GRADES 1u /* no ER and EST */
#define LEX_NO_DERIVED 2u /* of an adjective: no adverb; of an adverb: no adjective */

/* A lemma with its part of speech, classes (enum class_bit) and irregular forms: forms is the
 * index of the first of lex_form_count[pos] references, LEX_NO_WORD if all are regular. */
struct lex_lexeme {
    uint32_t lemma, classes, forms;
    uint8_t pos, flags;
    uint16_t unused;
};

/* Forms of a lexeme in the order of the file: verb S PAST PP ING; noun PL; adjective ER EST ADV;
 * adverb ER EST and the adjective it comes from. */
#define LEX_FORMS_OF {1, 4, 3, 3, 1}

/* Words of a phrase as 1 + number of the word; words[2] is 0 in a phrase of two. */
struct lex_phrase {
    uint32_t words[3];
};

#endif

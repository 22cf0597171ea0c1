/* scan.h -- the byte scanner: walks a text once and hands out pieces, the surface tokens of UD
 * English EWT (a piece with cuts is a multiword token: do|n't). It keeps a small state and looks
 * ahead at most to the end of the present chunk (a run without white space, cut at
 * LIMIT_TOKEN_BYTES), so that time is linear and any piece may be the last of a sentence.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef TEXT_SCAN_H
#define TEXT_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a piece is, as far as its bytes tell; the sentence splitter's features are made of it. */
enum piece_kind {
    PIECE_LOWER,   /* word without a capital first letter */
    PIECE_CAPITAL, /* Word */
    PIECE_UPPER,   /* WORD, two letters or more */
    PIECE_LETTER,  /* one capital letter */
    PIECE_ABBREVIATION, /* ends in a full stop that is its own: Mr. U.S. */
    PIECE_INITIAL, /* one letter and its full stop */
    PIECE_NUMBER,
    PIECE_STOP,     /* . */
    PIECE_QUESTION, /* a run of ! and ? */
    PIECE_ELLIPSIS, /* .. ... */
    PIECE_COMMA, PIECE_SEMICOLON, PIECE_COLON, PIECE_DASH,
    PIECE_OPEN, PIECE_CLOSE,             /* brackets */
    PIECE_QUOTE_OPEN, PIECE_QUOTE_CLOSE, PIECE_QUOTE, /* QUOTE: either */
    PIECE_BULLET, PIECE_RULER,           /* * and the like; ---- ==== */
    PIECE_SYMBOL, PIECE_EMOTICON,        /* % + ; :-) and emoji */
    PIECE_URL, PIECE_EMAIL, PIECE_HANDLE, PIECE_HASHTAG, PIECE_CODE, PIECE_MARKUP, PIECE_FILE,
    PIECE_KIND_COUNT
};

enum piece_gap { /* the white space before a piece */
    GAP_NONE, GAP_SPACE,
    GAP_LINE,     /* a line end such as wrapped prose has */
    GAP_BREAK,    /* a line end that wrapping does not explain */
    GAP_PARAGRAPH /* an empty line, or the start of the text */
};

/* FENCED: in a code fence; INSIDE: goes on with a protected span too long for one token. */
enum piece_flag {
    PIECE_PROTECTED = 1,
    PIECE_QUOTED = 2,
    PIECE_FIRST_IN_LINE = 4,
    PIECE_FENCED = 8,
    PIECE_INSIDE = 16
};

enum { PIECE_CUTS = 3 };

struct piece {
    uint32_t start, end;      /* bytes in the text */
    uint32_t hash;            /* of the form, ASCII letters lower-cased */
    uint16_t cut[PIECE_CUTS]; /* where parts 2.. begin, from start; 0: no more parts */
    uint8_t kind, gap, flags;
};

struct scan {
    const char *text;
    uint32_t length, position;
    uint32_t chunk_start, chunk_end; /* the present run without white space */
    uint32_t chunk_bits;             /* enum char_bit of all its characters */
    uint32_t line_start;
    uint32_t fence_end;              /* of the code fence that position is in */
    uint32_t fence_none;             /* no fence closes before this */
    uint32_t plain_end;              /* no address or file name begins before this */
    uint32_t code_none, markup_none, comment_none; /* no closing backtick, > or --> before this */
    uint32_t markup_close;           /* where the next > is, if that is known */
    uint32_t span_end;               /* of the protected span that position is in */
    uint8_t span_kind;
    uint32_t quote_end, single_end;  /* where the open double, single quotation closes; 0: none */
    uint32_t quote_none[2], single_none; /* no closing mark before this: straight, curly; single */
};

void scan_init(struct scan *scan, const char *text, uint32_t length);
/* The next piece; false at the end of the text. */
bool scan_next(struct scan *scan, struct piece *piece);

/* ---- between the files of the scanner; p is a position in the present chunk ---- */

/* A word or number at p (a letter or digit): its end; sets kind, cuts and flags. */
uint32_t scan_word(const struct scan *scan, uint32_t p, struct piece *piece);
/* An address, tag, code, markup, entity or path at p: its end and kind, 0: none. Code and markup
 * may reach beyond the chunk, markup beyond what a token may hold. */
uint32_t scan_span(struct scan *scan, uint32_t p, struct piece *piece);
/* The end of an HTML entity (&amp;) at p, 0: none. */
uint32_t scan_entity(const struct scan *scan, uint32_t p);
/* An emoticon or emoji at p: its end, 0: none. */
uint32_t scan_emoticon(const struct scan *scan, uint32_t p);
/* A quotation mark of length bytes at p: opens, closes or neither; keeps the state of the
 * quotations. */
enum piece_kind scan_quote(struct scan *scan, uint32_t p, uint32_t length);

#endif

/* isogloss.h -- rewrite English text into dialects of English, one attested feature at a time.
 *
 * One-call use:
 *
 *     isg_engine *engine; isg_profile *profile; isg_document *doc; isg_error err;
 *     isg_engine_open(NULL, &engine, &err);
 *     isg_profile_new(engine, &(isg_profile_options){ .dialect = "IrE" }, &profile, &err);
 *     isg_document_new(engine, &doc, &err);
 *     isg_document_analyse(doc, text, length, NULL, &err);
 *     isg_document_rewrite(doc, profile, NULL, &err);
 *     fwrite(isg_document_text(doc, &n), 1, n, stdout);
 *
 * Engine and profile are immutable after creation and may be shared by threads; a document
 * belongs to one thread at a time and is meant to be used again for the next text. One analysis
 * serves any number of profiles. The library never prints, exits, aborts, or touches the locale;
 * it keeps no writable globals. All lengths and offsets are in bytes, 0-based, half-open, unless a
 * name says code points. Every function that can fail returns an isg_status and fills *error when
 * error is not NULL. Every _free is safe on NULL.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef ISOGLOSS_H
#define ISOGLOSS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define ISG_API __attribute__((visibility("default")))
#else
#define ISG_API
#endif

typedef enum isg_status {
    ISG_OK = 0,
    ISG_NOMEM,      /* the allocator returned NULL */
    ISG_ARGUMENT,   /* a caller's argument makes no sense */
    ISG_IO,         /* a file cannot be opened, read, written or mapped */
    ISG_FORMAT,     /* a file is damaged: bad magic, checksum or offset */
    ISG_VERSION,    /* a table or model of another format version */
    ISG_MISMATCH,   /* table, model and lexicon do not belong together */
    ISG_LIMIT,      /* a limit of limits.h was reached */
    ISG_UNKNOWN,    /* no such dialect, feature, rule or realisation; message names the nearest */
    ISG_SYNTAX,     /* a rule file is wrong: file, line and column say where */
    ISG_CALLBACK    /* a callback asked to stop (a write failed) */
} isg_status;

/* Details of a failure; fixed storage, nothing to free. line and column are 1-based, 0 if none;
 * column counts code points. message is one line of UTF-8 without a final newline. */
typedef struct isg_error {
    isg_status code;
    unsigned line, column;
    char file[256];
    char message[768];
} isg_error;

/* A constant English name of a status, never NULL. */
ISG_API const char *isg_status_name(isg_status status);
/* The library's version, "MAJOR.MINOR.PATCH". */
ISG_API const char *isg_version(void);

/* ---- engine: analyser and rule table, mapped read-only ---- */

typedef struct isg_engine isg_engine;

typedef struct isg_engine_options {
    const char *table_path;   /* NULL: the standard table as installed */
    const void *table_data; /* or a compiled table in memory, 8-byte aligned; borrowed until free */
    size_t table_size;
    const char *data_dir;     /* folder with isogloss.model and isogloss.lex; NULL: as installed */
} isg_engine_options;

/* Opens and verifies table, model and lexicon. options may be NULL. */
ISG_API isg_status isg_engine_open(const isg_engine_options *options, isg_engine **engine,
                                   isg_error *error);
ISG_API void isg_engine_free(isg_engine *engine);

/* What the table holds, in table order. Strings are borrowed from the engine. */
typedef struct isg_feature_info {
    unsigned id;                /* eWAVE number, 1..235; others for users' features */
    const char *name, *area, *about, *limits, *stratum, *file;
    unsigned rules, line;
    const char *neutralises;    /* distinctions it takes away: "tense number"; "": none */
} isg_feature_info;

typedef struct isg_dialect_info {
    const char *name, *code, *slug, *region, *type, *review;
    double latitude, longitude;
    bool contact_language;      /* a creole or pidgin: a language of its own */
    const char *ratings;        /* ratings[id - 1] for eWAVE id 1..235: one of A B C D X ? */
} isg_dialect_info;

ISG_API size_t isg_engine_feature_count(const isg_engine *engine);
ISG_API isg_status isg_engine_feature(const isg_engine *engine, size_t index,
                                      isg_feature_info *info);
ISG_API size_t isg_engine_dialect_count(const isg_engine *engine);
ISG_API isg_status isg_engine_dialect(const isg_engine *engine, size_t index,
                                      isg_dialect_info *info);
/* Finds a dialect by eWAVE code or name, case-blind; ISG_UNKNOWN names the nearest. */
ISG_API isg_status isg_engine_find_dialect(const isg_engine *engine, const char *name,
                                           size_t *index, isg_error *error);

/* How the lexicon knows a word: 2 as a lemma, 1 only as a form of another lemma, 0 not at all. */
ISG_API int isg_engine_knows_word(const isg_engine *engine, const char *word);

/* ---- profile: which features apply, and how often ---- */

typedef struct isg_profile isg_profile;

typedef struct isg_rates {
    double a, b, c;
} isg_rates;

/* Ready-made rates: natural is the default. */
#define ISG_RATES_NATURAL ((isg_rates){0.6, 0.2, 0.02})
#define ISG_RATES_MULTIVALUE ((isg_rates){1.0, 0.6, 0.3})

typedef struct isg_profile_options {
    const char *dialect;        /* eWAVE code or name; NULL: none */
    const char *features; /* "7,154.indefinite,98": just these, at rate if it is given, else at
                             every place; NULL: the dialect's */
    const isg_rates *rates;     /* NULL: natural */
    double rate;                /* one rate for every feature; 0: as rated */
    unsigned max_features;      /* distinct features a record, 0: no limit */
    bool contact_language;      /* allow creoles and pidgins as targets */
    const char *realisation;    /* only the <as> of this name (AS, or RULE=AS) may be chosen by the
                                   rules that have it; NULL: any (tests) */
    bool literal;               /* slang is put into plain words */
    const char *regions;        /* of the slang put into plain words: "UK,IE"; NULL: all */
    const char *slang;          /* plain words are put into slang of these regions; NULL (here, in
                                   vocabulary and spelling): as the dialect's profile has it */
    double density;             /* share of places where that is done; 0: one place a sentence */
    unsigned coarseness;        /* what may be written: 0 no coarse word, 1 coarse, 2 obscene;
                                   slurs are never written */
    const char *registers;      /* slang of these registers is written: "youth,dated", "all"; NULL:
                                   slang and colloquial, youth and local a quarter as often */
    const char *vocabulary;     /* everyday words of this region for those of others */
    const char *spelling;       /* as this region spells: "UK" */
    bool mark;                  /* with literal: slang is found, and nothing is rewritten */
    const char *sense;          /* only the entry at this file:line of a lexicon (tests) */
    const char *without_guard;  /* rule guards of this name are switched off; NULL: none (tests) */
} isg_profile_options;

ISG_API isg_status isg_profile_new(const isg_engine *engine, const isg_profile_options *options,
                                   isg_profile **profile, isg_error *error);
ISG_API void isg_profile_free(isg_profile *profile);

/* ---- document: a text, its analysis, and its rewritings ---- */

typedef struct isg_document isg_document;

typedef struct isg_text_options {
    const char *const *protect; /* PCRE2 patterns whose matches no edit may touch */
    size_t protect_count;
    bool keep_quotes;           /* what stands in quotation marks is protected too */
} isg_text_options;

typedef struct isg_request {
    uint64_t seed;              /* 0 is a seed */
    uint32_t variant;           /* 0-based number of the variant */
    const void *key;            /* record key; NULL: the hash of the record's text */
    size_t key_length;
} isg_request;

typedef struct isg_edit {
    unsigned feature;                        /* eWAVE id */
    const char *rule, *realisation, *file;   /* of the rule that made it */
    unsigned line;
    uint32_t start, end;                     /* span in the source */
    uint32_t out_start, out_end;             /* span in the output */
} isg_edit;

typedef enum isg_block_reason {
    ISG_BLOCK_GUARD,     /* an <unless> vetoed */
    ISG_BLOCK_CLAIM,     /* another edit had taken what this one wanted */
    ISG_BLOCK_ORDER,     /* a feature that fired declares blocks= on this one */
    ISG_BLOCK_PROTECTED, /* the edit would touch a protected span */
    ISG_BLOCK_UNSOUND,   /* a verb group that cannot be rebuilt safely */
    ISG_BLOCK_MISSING,   /* no such inflected form */
    ISG_BLOCK_LIMIT      /* a limit of limits.h */
} isg_block_reason;

typedef struct isg_block {
    unsigned feature, by_feature;            /* by_feature: who holds the claim; 0: none */
    const char *rule, *guard;                /* guard: its name; NULL: none */
    uint32_t start, end;                     /* the trigger's span in the source */
    isg_block_reason reason;
} isg_block;

ISG_API isg_status isg_document_new(const isg_engine *engine, isg_document **document,
                                    isg_error *error);
ISG_API void isg_document_free(isg_document *document);
/* Analyses text (any bytes; it is copied). Forgets what the document held before. */
ISG_API isg_status isg_document_analyse(isg_document *document, const char *text, size_t length,
                                        const isg_text_options *options, isg_error *error);
/* Analyses CoNLL-U, keeping its tokens and sentences and replacing every other column. */
ISG_API isg_status isg_document_analyse_conllu(isg_document *document, const char *conllu,
                                               size_t length, isg_error *error);
/* Rewrites the analysed text; the result stays until the next call on this document. */
ISG_API isg_status isg_document_rewrite(isg_document *document, const isg_profile *profile,
                                        const isg_request *request, isg_error *error);
/* The rewritten text and what was done, after isg_document_rewrite; borrowed. */
ISG_API const char *isg_document_text(const isg_document *document, size_t *length);
ISG_API size_t isg_document_edit_count(const isg_document *document);
ISG_API isg_edit isg_document_edit(const isg_document *document, size_t index);
/* Slang that was found by a profile with literal set: what it is, and where in the source. */
typedef struct isg_mark {
    uint32_t start, end;
    const char *term, *plain;                /* as the lexicon writes them */
    const char *regions;                     /* "UK IE AU" */
    const char *label;                       /* none, coarse, obscene, slur */
    const char *tone, *period;               /* register; "2010-2025", "" if not known */
    const char *file;                        /* of the lexicon */
    unsigned line;
    size_t sentence;                         /* number of its sentence in the text, from 0 */
} isg_mark;
ISG_API size_t isg_document_mark_count(const isg_document *document);
ISG_API isg_mark isg_document_mark(const isg_document *document, size_t index);
/* Where the slang that was found in a sentence (or in all, ISG_ALL_SENTENCES) seems to be from:
 * "US", "UK" or "", if it does not tell. A guess: each mark whose term is said in one of the two
 * and not in the other counts twice, one said only in countries that go with it (CA; IE, AU, NZ,
 * ZA) once, and half of that if the sense found is general and another sense of the term is not. */
#define ISG_ALL_SENTENCES ((size_t)-1)
ISG_API const char *isg_document_source(const isg_document *document, size_t sentence);
ISG_API size_t isg_document_block_count(const isg_document *document);
ISG_API isg_block isg_document_block(const isg_document *document, size_t index);
/* Words and sentences of the analysed text. */
ISG_API size_t isg_document_word_count(const isg_document *document);
ISG_API size_t isg_document_sentence_count(const isg_document *document);
/* The analysis as CoNLL-U; borrowed until the next call on this document. */
ISG_API isg_status isg_document_conllu(isg_document *document, const char **text, size_t *length,
                                       isg_error *error);
/* Rewrites, and says for every rule of the profile and every token that could start it, in the
 * order of execution, what became of it: the statement that failed furthest on, the names bound,
 * the guard that vetoed, the draw, the feature that had taken the place, or what was done. Plain
 * text for people; borrowed. The document then holds no rewritten text. */
ISG_API isg_status isg_document_explain(isg_document *document, const isg_profile *profile,
                                        const isg_request *request, const char **text,
                                        size_t *length, isg_error *error);

/* ---- cover: how often rules match over many texts, for those who write them ---- */

typedef struct isg_cover isg_cover;

typedef struct isg_cover_row {
    unsigned feature, line;      /* line of the rule file */
    const char *file, *rule;
    const char *kind;            /* "rule", "statement", "guard" or "as" */
    const char *text;            /* the statement, or the name of the other three */
    /* Of a rule: places that could start it, matches; of a statement: places that came to it, and
     * past it; of a guard: matches, vetoes; of as: matches, uses. */
    uint64_t tried, hits;
    /* The first sentence that matched, that failed in the statement, that the guard vetoed; of as,
     * the rewritten sentence. "": none. */
    const char *example;
} isg_cover_row;

ISG_API isg_status isg_cover_new(const isg_engine *engine, isg_cover **cover, isg_error *error);
ISG_API void isg_cover_free(isg_cover *cover);
/* Rewrites an analysed document with a profile and counts. The document then holds no text. */
ISG_API isg_status isg_cover_add(isg_cover *cover, isg_document *document,
                                 const isg_profile *profile, const isg_request *request,
                                 isg_error *error);
/* Rows of all rules of the table, in order; they stay until the next isg_cover_add. */
ISG_API size_t isg_cover_count(isg_cover *cover);
ISG_API isg_cover_row isg_cover_get(const isg_cover *cover, size_t index);

/* ---- stream: text of any length in bounded memory ---- */

typedef struct isg_stream isg_stream;

typedef enum isg_stream_format {
    ISG_STREAM_LINES, /* every line is a record of its own */
    ISG_STREAM_TEXT   /* every paragraph (up to an empty line) is a record */
} isg_stream_format;

/* Receives output in order; returns false to stop the stream. */
typedef bool (*isg_write_fn)(void *context, const char *bytes, size_t length);

typedef struct isg_stream_options {
    isg_stream_format format;
    isg_text_options text;
    isg_request request;        /* key is ignored: each record's own text is its key */
    isg_write_fn write;
    void *context;
} isg_stream_options;

ISG_API isg_status isg_stream_new(const isg_engine *engine, const isg_profile *profile,
                                  const isg_stream_options *options, isg_stream **stream,
                                  isg_error *error);
/* Takes bytes in any chunking; the output does not depend on it. */
ISG_API isg_status isg_stream_feed(isg_stream *stream, const char *bytes, size_t length,
                                   isg_error *error);
/* Writes what is held back. The stream may be fed again as a new text. */
ISG_API isg_status isg_stream_finish(isg_stream *stream, isg_error *error);
/* Records that could not be rewritten and went through unchanged. */
ISG_API size_t isg_stream_failed_count(const isg_stream *stream);
ISG_API void isg_stream_free(isg_stream *stream);

#ifdef __cplusplus
}
#endif
#endif

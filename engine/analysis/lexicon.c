/* lexicon.c -- opens, verifies and searches the lexicon. Everything that a file says is checked
 * once on open (checksum, every offset and number), so that look-ups need no checks.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef _POSIX_C_SOURCE
#define _POSIX_C_SOURCE 200809L
#endif

#include "analysis/lexicon.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "analysis/lexicon_lookup.h"
#include "base/hash.h"
#include "base/status.h"

/* ---- open ---- */

static const uint8_t record_size[LEX_SECTIONS] = {
    [LEX_POOL] = 1, [LEX_SLOTS] = 4, [LEX_WORDS] = sizeof(struct lex_word),
    [LEX_READINGS] = sizeof(struct lex_reading), [LEX_LEXEMES] = sizeof(struct lex_lexeme),
    [LEX_FORMS] = 4, [LEX_FEATS] = 8, [LEX_PHRASES] = sizeof(struct lex_phrase),
};

static const uint8_t form_count[LEX_POS_COUNT] = LEX_FORMS_OF;

static isg_status damaged(isg_error *error, const char *path, const char *what)
{
    return status_at(error, ISG_FORMAT, path, 0, 0,
                     "damaged lexicon (%s); restore the file of this release", what);
}

static isg_status check_header(const struct lex_header *h, size_t size, const char *path,
                               isg_error *error)
{
    if (size < sizeof *h || memcmp(h->magic, LEX_MAGIC, sizeof h->magic) != 0)
        return status_at(error, ISG_FORMAT, path, 0, 0, "not a lexicon of isogloss");
    if (h->oldest > LEX_VERSION || h->version < LEX_OLDEST)
        return status_at(error, ISG_VERSION, path, 0, 0,
                         "lexicon format %u (for readers from %u), this program reads %u to %u; "
                         "use the lexicon of this release", (unsigned)h->version,
                         (unsigned)h->oldest, LEX_OLDEST, LEX_VERSION);
    if (h->vocab != vocab_analysis_hash())
        return status_at(error, ISG_MISMATCH, path, 0, 0,
                         "lexicon made with another vocabulary (%016llx, this program has %016llx);"
                         " use the lexicon of this release", (unsigned long long)h->vocab,
                         (unsigned long long)vocab_analysis_hash());
    if (h->size != size)
        return damaged(error, path, "its size is not what it says");
    for (int i = 0; i < LEX_SECTIONS; i++) {
        const struct lex_span *s = &h->sections[i];
        if (s->offset % 8 != 0 || s->offset < sizeof *h || s->offset > size ||
            s->count > (size - s->offset) / record_size[i] || s->count > LEX_NO_WORD - 1)
            return damaged(error, path, "a section lies outside the file");
    }
    if (hash_bytes((const char *)h + sizeof *h, size - sizeof *h, 0) != h->checksum)
        return damaged(error, path, "wrong checksum");
    return ISG_OK;
}

static bool is_power(uint64_t n)
{
    return n > 0 && (n & (n - 1)) == 0;
}

/* A string reference inside the pool, with its length and end; 0 if allowed. */
static bool is_string(const char *pool, uint64_t pool_size, uint32_t reference)
{
    if (reference == 0 || reference >= pool_size)
        return false;
    uint64_t end = reference + (uint64_t)(unsigned char)pool[reference - 1];
    return end < pool_size && pool[end] == '\0';
}

static bool check_words(const struct lexicon *lx, const struct lex_header *h)
{
    const struct lex_span *s = h->sections;
    for (uint32_t i = 0; i < lx->word_count; i++) {
        const struct lex_word *w = &lx->words[i];
        if (!is_string(lx->pool, s[LEX_POOL].count, w->key) || w->readings > w[1].readings ||
            w->lexemes > w[1].lexemes || (unsigned char)lx->pool[w->key - 1] > LEX_KEY_MAX)
            return false;
    }
    const struct lex_word *last = &lx->words[lx->word_count];
    if (last->readings != s[LEX_READINGS].count || last->lexemes != s[LEX_LEXEMES].count)
        return false;
    uint64_t empty = 0;
    for (uint64_t i = 0; i < s[LEX_SLOTS].count; i++) {
        uint32_t number = lx->slots[i] & LEX_SLOT_INDEX;
        empty += number == 0;
        if (number > lx->word_count)
            return false;
    }
    return empty > 0;
}

static bool check_records(const struct lexicon *lx, const struct lex_header *h)
{
    const struct lex_span *s = h->sections;
    uint64_t pool = s[LEX_POOL].count, empty = 0;
    for (uint64_t i = 0; i < s[LEX_READINGS].count; i++) {
        const struct lex_reading *r = &lx->readings[i];
        if (!is_string(lx->pool, pool, r->lemma) || r->feats >= s[LEX_FEATS].count)
            return false;
    }
    for (uint64_t i = 0; i < s[LEX_LEXEMES].count; i++) {
        const struct lex_lexeme *x = &lx->lexemes[i];
        if (!is_string(lx->pool, pool, x->lemma) || x->pos >= LEX_POS_COUNT)
            return false;
        if (x->forms != LEX_NO_WORD &&
            (uint64_t)x->forms + form_count[x->pos] > s[LEX_FORMS].count)
            return false;
    }
    for (uint64_t i = 0; i < s[LEX_FORMS].count; i++)
        if (lx->forms[i] != 0 && !is_string(lx->pool, pool, lx->forms[i]))
            return false;
    for (uint64_t i = 0; i < s[LEX_PHRASES].count; i++)
        empty += lx->phrases[i].words[0] == 0;
    return empty > 0;
}

static isg_status attach(struct lexicon *lx, const char *path, isg_error *error)
{
    const struct lex_header *h = lx->map;
    isg_status status = check_header(h, lx->size, path, error);
    if (status != ISG_OK)
        return status;
    const struct lex_span *s = h->sections;
    const char *base = lx->map;
    if (!is_power(s[LEX_SLOTS].count) || !is_power(s[LEX_PHRASES].count) ||
        s[LEX_WORDS].count < 1 || s[LEX_WORDS].count > LEX_SLOT_INDEX || s[LEX_FEATS].count < 1)
        return damaged(error, path, "a section has a wrong size");
    lx->pool = base + s[LEX_POOL].offset;
    lx->slots = (const void *)(base + s[LEX_SLOTS].offset);
    lx->words = (const void *)(base + s[LEX_WORDS].offset);
    lx->readings = (const void *)(base + s[LEX_READINGS].offset);
    lx->lexemes = (const void *)(base + s[LEX_LEXEMES].offset);
    lx->forms = (const void *)(base + s[LEX_FORMS].offset);
    lx->feats = (const void *)(base + s[LEX_FEATS].offset);
    lx->phrases = (const void *)(base + s[LEX_PHRASES].offset);
    lx->slot_mask = (uint32_t)s[LEX_SLOTS].count - 1;
    lx->word_count = (uint32_t)s[LEX_WORDS].count - 1;
    lx->phrase_mask = (uint32_t)s[LEX_PHRASES].count - 1;
    if (!check_words(lx, h) || !check_records(lx, h))
        return damaged(error, path, "a record points outside its section");
    return ISG_OK;
}

isg_status lexicon_open(const char *path, struct lexicon **lexicon, isg_error *error)
{
    *lexicon = NULL;
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return status_at(error, ISG_IO, path, 0, 0, "cannot open: %s", strerror(errno));
    isg_status status = ISG_OK;
    struct stat info;
    struct lexicon *lx = calloc(1, sizeof *lx);
    if (lx == NULL) {
        status = status_nomem(error);
    } else if (fstat(file, &info) != 0 || !S_ISREG(info.st_mode)) {
        status = status_at(error, ISG_IO, path, 0, 0, "not a regular file");
    } else if ((uint64_t)info.st_size < sizeof(struct lex_header)) {
        status = status_at(error, ISG_FORMAT, path, 0, 0, "not a lexicon of isogloss");
    } else {
        lx->size = (size_t)info.st_size;
        lx->map = mmap(NULL, lx->size, PROT_READ, MAP_SHARED, file, 0);
        if (lx->map == MAP_FAILED) {
            lx->map = NULL;
            status = status_at(error, ISG_IO, path, 0, 0, "cannot map: %s", strerror(errno));
        } else {
            status = attach(lx, path, error);
        }
    }
    close(file);
    if (status != ISG_OK) {
        lexicon_close(lx);
        return status;
    }
    *lexicon = lx;
    return ISG_OK;
}

void lexicon_close(struct lexicon *lexicon)
{
    if (lexicon == NULL)
        return;
    if (lexicon->map != NULL)
        munmap(lexicon->map, lexicon->size);
    free(lexicon);
}

/* ---- look-up ---- */

/* Folds a character beyond ASCII at *at; returns bytes written (at most 4), 0 if it is ill-formed
 * (the byte is then copied as it is). */
static size_t fold_wide(const char *form, size_t length, size_t *at, char *out, bool *upper)
{
    const uint8_t *bytes = (const uint8_t *)form;
    UChar32 c;
    size_t i = *at;
    U8_NEXT(bytes, i, length, c);
    if (c < 0) {
        out[0] = form[(*at)++];
        return 1;
    }
    *at = i;
    if (c == 0x2019 || c == 0x2018 || c == 0x02bc) {
        out[0] = '\'';
        return 1;
    }
    uint32_t lower = (uint32_t)u_tolower(c);
    *upper = lower != (uint32_t)c;
    uint8_t *written = (uint8_t *)out;
    size_t n = 0;
    bool failed = false;
    U8_APPEND(written, n, 4, lower, failed);
    return failed ? 0 : n;
}

void lex_fold(const char *form, size_t length, struct lex_key *key)
{
    size_t uppers = 0, lowers = 0, n = 0;
    key->first_upper = key->inner_upper = key->all_upper = false;
    key->length = 0;
    if (length > LEX_KEY_MAX)
        return;
    for (size_t at = 0; at < length;) {
        unsigned char c = (unsigned char)form[at];
        size_t start = n;
        bool upper = false;
        if (c < 0x80) {
            upper = (unsigned)(c - 'A') < 26;
            lowers += (unsigned)(c - 'a') < 26;
            key->bytes[n++] = (char)(upper ? c | 0x20 : c);
            at++;
        } else {
            n += fold_wide(form, length, &at, key->bytes + n, &upper);
            lowers += !upper && key->bytes[start] != '\'';
            if (n > LEX_KEY_MAX)
                return;
        }
        key->first_upper |= upper && start == 0;
        key->inner_upper |= upper && start > 0;
        uppers += upper;
    }
    key->all_upper = uppers > 1 && lowers == 0;
    key->length = n;
}

char *lex_lower(struct arena *arena, const char *form, size_t length, size_t *out_length)
{
    char *out = arena_alloc(arena, 2 * length + 8);
    if (out == NULL)
        return NULL;
    size_t n = 0;
    for (size_t at = 0; at < length;) {
        unsigned char c = (unsigned char)form[at];
        bool upper;
        if (c < 0x80) {
            out[n++] = (char)((unsigned)(c - 'A') < 26 ? c | 0x20 : c);
            at++;
        } else {
            n += fold_wide(form, length, &at, out + n, &upper);
        }
    }
    out[n] = '\0';
    *out_length = n;
    return out;
}

struct lex_text lex_string(const struct lexicon *lexicon, uint32_t reference)
{
    const char *s = lexicon->pool + reference;
    return (struct lex_text){s, (unsigned char)s[-1]};
}

uint32_t lex_find(const struct lexicon *lexicon, const char *key, size_t length)
{
    if (length == 0 || length > LEX_KEY_MAX)
        return LEX_NO_WORD;
    uint64_t hash = hash_bytes(key, length, 0);
    uint32_t tag = (uint32_t)(hash >> 52) << 20;
    for (uint32_t i = (uint32_t)hash & lexicon->slot_mask;; i = (i + 1) & lexicon->slot_mask) {
        uint32_t slot = lexicon->slots[i];
        if ((slot & LEX_SLOT_INDEX) == 0)
            return LEX_NO_WORD;
        if ((slot & ~LEX_SLOT_INDEX) != tag)
            continue;
        uint32_t word = (slot & LEX_SLOT_INDEX) - 1;
        struct lex_text s = lex_string(lexicon, lexicon->words[word].key);
        if (s.length == length && memcmp(s.bytes, key, length) == 0)
            return word;
    }
}

const struct lex_lexeme *lex_lexeme_of(const struct lexicon *lexicon, uint32_t word,
                                       enum lex_pos pos)
{
    if (word == LEX_NO_WORD)
        return NULL;
    const struct lex_word *w = &lexicon->words[word];
    for (uint32_t i = w->lexemes; i < w[1].lexemes; i++)
        if (lexicon->lexemes[i].pos == pos)
            return &lexicon->lexemes[i];
    return NULL;
}

const struct lex_lexeme *lex_find_lexeme(const struct lexicon *lexicon, const char *key,
                                         size_t length, enum lex_pos pos)
{
    return lex_lexeme_of(lexicon, lex_find(lexicon, key, length), pos);
}

/* The tag whose forms a tag shares: a participle that is spelt as the past is listed once. */
static enum xpos near_tag(enum xpos xpos)
{
    switch (xpos) {
    case XPOS_VBN: return XPOS_VBD;
    case XPOS_VBD: return XPOS_VBN;
    case XPOS_RBR: return XPOS_JJR;
    case XPOS_RBS: return XPOS_JJS;
    case XPOS_JJR: return XPOS_RBR;
    case XPOS_JJS: return XPOS_RBS;
    default: return XPOS_NONE;
    }
}

const struct lex_reading *lex_reading_of(const struct lexicon *lexicon, uint32_t word,
                                         enum upos upos, enum xpos xpos)
{
    if (word == LEX_NO_WORD)
        return NULL;
    const struct lex_word *w = &lexicon->words[word];
    const struct lex_reading *best = NULL;
    int best_score = 0;
    enum xpos near = near_tag(xpos);
    for (uint32_t i = w->readings; i < w[1].readings; i++) {
        const struct lex_reading *r = &lexicon->readings[i];
        int score = 0;
        if (r->xpos == xpos)
            score = r->upos == upos ? 4 : r->upos == LEX_ANY_UPOS ? 3 : 0;
        else if (r->xpos == near && (r->upos == upos || r->upos == LEX_ANY_UPOS))
            score = 1;
        if (score > best_score) {
            best_score = score;
            best = r;
        }
    }
    return best;
}

bool lex_is_phrase(const struct lexicon *lexicon, const uint32_t words[3])
{
    uint64_t hash = hash_mix(hash_mix(hash_mix(0, words[0]), words[1]), words[2]);
    for (uint32_t i = (uint32_t)hash & lexicon->phrase_mask;; i = (i + 1) & lexicon->phrase_mask) {
        const struct lex_phrase *p = &lexicon->phrases[i];
        if (p->words[0] == 0)
            return false;
        if (memcmp(p->words, words, sizeof p->words) == 0)
            return true;
    }
}

enum lex_pos lex_pos_of(enum upos upos)
{
    switch (upos) {
    case UPOS_VERB: case UPOS_AUX: return LEX_VERB;
    case UPOS_ADJ: return LEX_ADJ;
    case UPOS_ADV: return LEX_ADV;
    case UPOS_PROPN: return LEX_PROPN;
    case UPOS_NOUN: return LEX_NOUN;
    default: return LEX_POS_COUNT;
    }
}

uint32_t lex_classes(const struct lexicon *lexicon, uint32_t word, enum upos upos)
{
    enum lex_pos pos = lex_pos_of(upos);
    if (pos == LEX_POS_COUNT)
        return 0;
    const struct lex_lexeme *x = lex_lexeme_of(lexicon, word, pos);
    if (x == NULL && pos == LEX_PROPN) {
        x = lex_lexeme_of(lexicon, word, LEX_NOUN);
        return x == NULL ? 0 : x->classes & ~CLASS(MASS);
    }
    if (x == NULL && pos == LEX_NOUN)
        x = lex_lexeme_of(lexicon, word, LEX_PROPN);
    return x == NULL ? 0 : x->classes;
}

uint32_t lexicon_classes(const struct lexicon *lexicon, const char *lemma, size_t length,
                         enum upos upos)
{
    struct lex_key key;
    lex_fold(lemma, length, &key);
    return lex_classes(lexicon, lex_find(lexicon, key.bytes, key.length), upos);
}

/* Whether a reading makes a word a form of another lemma: an inflection or a pronoun's case. */
static bool is_inflection(const struct lex_reading *reading)
{
    switch (reading->xpos) {
    case XPOS_NNS:
    case XPOS_NNPS:
    case XPOS_VBD:
    case XPOS_VBN:
    case XPOS_VBG:
    case XPOS_VBZ:
    case XPOS_JJR:
    case XPOS_JJS:
    case XPOS_RBR:
    case XPOS_RBS:
    case XPOS_PRP: return true;
    default: return false;
    }
}

int lexicon_knows(const struct lexicon *lexicon, const char *word, size_t length)
{
    struct lex_key key, folded;
    lex_fold(word, length, &key);
    uint32_t number = lex_find(lexicon, key.bytes, key.length);
    if (number == LEX_NO_WORD)
        return 0;
    const struct lex_word *w = &lexicon->words[number];
    if (w->lexemes < w[1].lexemes || w->readings == w[1].readings)
        return 2;
    for (uint32_t i = w->readings; i < w[1].readings; i++) {
        const struct lex_reading *reading = &lexicon->readings[i];
        struct lex_text lemma = lex_string(lexicon, reading->lemma);
        lex_fold(lemma.bytes, lemma.length, &folded);
        if (!is_inflection(reading) ||
            (folded.length == key.length && memcmp(folded.bytes, key.bytes, key.length) == 0))
            return 2;
    }
    return 1;
}

/* lexbuild.c -- makes data/isogloss.lex from the facts that make_lexicon.py gathers. Regular forms
 * are told by the library's own rules, so that only what differs from them is listed.
 *
 *     lexbuild FACTS.tsv OUT.lex
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef _POSIX_C_SOURCE
#define _POSIX_C_SOURCE 200809L
#endif

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/lexicon_lookup.h"
#include "base/buffer.h"
#include "base/hash.h"

#define FIELDS_MAX 12

static void die(const char *message)
{
    fprintf(stderr, "lexbuild: %s\n", message);
    exit(1);
}

/* ---- growing tables ---- */

struct entry_reading {
    uint32_t word;
    struct lex_reading reading;
};

struct entry_lexeme {
    uint32_t word;
    struct lex_lexeme lexeme;
    char *forms[4];
};

/* A set of strings with numbers. */
struct names {
    uint32_t *slots;
    size_t mask;
    char **strings;
    uint32_t *values;
    uint32_t count, capacity;
};

struct builder {
    struct names known;  /* forms of running text */
    struct names keys;   /* words; value: flags */
    struct names pooled; /* value: reference in the pool */
    struct buffer pool;
    struct entry_reading *readings;
    struct entry_lexeme *lexemes;
    size_t reading_count, reading_capacity, lexeme_count, lexeme_capacity;
    uint64_t feats[4096];
    unsigned feat_count;
    struct lex_phrase *phrases;
    size_t phrase_count, phrase_capacity;
    struct buffer forms;
};

static void *grow(void *items, size_t count, size_t *capacity, size_t size)
{
    if (count < *capacity)
        return items;
    *capacity = *capacity == 0 ? 1024 : *capacity * 2;
    items = realloc(items, *capacity * size);
    if (items == NULL)
        die("out of memory");
    return items;
}

static void rehash(struct names *n)
{
    n->mask = n->mask == 0 ? 4095 : n->mask * 2 + 1;
    free(n->slots);
    n->slots = calloc(n->mask + 1, sizeof *n->slots);
    if (n->slots == NULL)
        die("out of memory");
    for (uint32_t i = 0; i < n->count; i++) {
        size_t at = hash_bytes(n->strings[i], strlen(n->strings[i]), 0) & n->mask;
        while (n->slots[at] != 0)
            at = (at + 1) & n->mask;
        n->slots[at] = i + 1;
    }
}

/* The number of a string; LEX_NO_WORD if it is not there and add is false. */
static uint32_t number_of(struct names *n, const char *s, bool add)
{
    if (n->slots == NULL || n->count * 2 > n->mask)
        rehash(n);
    size_t at = hash_bytes(s, strlen(s), 0) & n->mask;
    for (; n->slots[at] != 0; at = (at + 1) & n->mask)
        if (strcmp(n->strings[n->slots[at] - 1], s) == 0)
            return n->slots[at] - 1;
    if (!add)
        return LEX_NO_WORD;
    size_t capacity = n->capacity;
    n->strings = grow(n->strings, n->count, &capacity, sizeof *n->strings);
    capacity = n->capacity;
    n->values = grow(n->values, n->count, &capacity, sizeof *n->values);
    n->capacity = (uint32_t)capacity;
    n->strings[n->count] = strdup(s);
    n->values[n->count] = 0;
    n->slots[at] = n->count + 1;
    return n->count++;
}

/* The reference of a string in the pool. */
static uint32_t pooled(struct builder *b, const char *s)
{
    uint32_t i = number_of(&b->pooled, s, true);
    if (b->pooled.values[i] == 0) {
        size_t n = strlen(s);
        if (n > 255)
            die("string too long");
        buffer_add_char(&b->pool, (char)n);
        b->pooled.values[i] = (uint32_t)b->pool.length;
        buffer_add(&b->pool, s, n);
        buffer_add_char(&b->pool, '\0');
    }
    return b->pooled.values[i];
}

static uint32_t word_of(struct builder *b, const char *form)
{
    struct lex_key key;
    lex_fold(form, strlen(form), &key);
    if (key.length == 0)
        return LEX_NO_WORD;
    key.bytes[key.length] = '\0';
    return number_of(&b->keys, key.bytes, true);
}

static bool is_known(struct builder *b, const char *form)
{
    struct lex_key key;
    lex_fold(form, strlen(form), &key);
    key.bytes[key.length] = '\0';
    return key.length > 0 && number_of(&b->known, key.bytes, false) != LEX_NO_WORD;
}

static void add_reading(struct builder *b, const char *form, int upos, int xpos,
                        const char *lemma, uint64_t feats)
{
    uint32_t word = word_of(b, form);
    if (word == LEX_NO_WORD)
        return;
    unsigned f = 0;
    while (f < b->feat_count && b->feats[f] != feats)
        f++;
    if (f == sizeof b->feats / sizeof *b->feats)
        die("too many sets of features");
    if (f == b->feat_count)
        b->feats[b->feat_count++] = feats;
    b->readings = grow(b->readings, b->reading_count, &b->reading_capacity, sizeof *b->readings);
    b->readings[b->reading_count++] = (struct entry_reading){
        word, {(uint8_t)upos, (uint8_t)xpos, (uint16_t)f, pooled(b, lemma)}};
}

/* ---- reading the facts ---- */

static enum lex_pos pos_named(const char *name)
{
    static const char *const names[] = {"noun", "verb", "adj", "adv", "propn"};
    for (int i = 0; i < LEX_POS_COUNT; i++)
        if (strcmp(names[i], name) == 0)
            return (enum lex_pos)i;
    die("unknown part of speech");
    return LEX_NOUN;
}

static uint32_t classes_named(char *list)
{
    uint32_t classes = 0;
    if (strcmp(list, "-") == 0)
        return 0;
    for (char *name = strtok(list, ","); name != NULL; name = strtok(NULL, ",")) {
        int bit = vocab_find(VOCAB_LIST_CLASS, name, strlen(name));
        if (bit < 0)
            die("unknown class");
        classes |= (uint32_t)1 << bit;
    }
    return classes;
}

static void read_lexeme(struct builder *b, char **field, int count)
{
    static const uint8_t form_count[] = LEX_FORMS_OF;
    enum lex_pos pos = pos_named(field[1]);
    if (!is_known(b, field[2]) && pos != LEX_VERB)
        return;
    struct entry_lexeme e = {.word = word_of(b, field[2])};
    if (e.word == LEX_NO_WORD)
        return;
    e.lexeme.lemma = pooled(b, field[2]);
    e.lexeme.classes = classes_named(field[3]);
    e.lexeme.forms = LEX_NO_WORD;
    e.lexeme.pos = (uint8_t)pos;
    for (int i = 0; i < form_count[pos]; i++)
        e.forms[i] = strdup(5 + i < count ? field[5 + i] : "");
    b->lexemes = grow(b->lexemes, b->lexeme_count, &b->lexeme_capacity, sizeof *b->lexemes);
    b->lexemes[b->lexeme_count++] = e;
}

static void read_reading(struct builder *b, char **field)
{
    int upos = strcmp(field[2], "*") == 0
                   ? (int)LEX_ANY_UPOS : vocab_find(VOCAB_LIST_UPOS, field[2], strlen(field[2]));
    int xpos = vocab_find(VOCAB_LIST_XPOS, field[3], strlen(field[3]));
    if (upos < 0 || xpos < 0)
        die("unknown tag");
    uint64_t feats = strcmp(field[5], "_") == 0 ? 0
                                                : vocab_feats_parse(field[5], strlen(field[5]));
    add_reading(b, field[1], upos, xpos, field[4], feats);
}

static void read_phrase(struct builder *b, char **field, int count)
{
    struct lex_phrase p = {{0}};
    for (int i = 1; i < count && i <= 3; i++) {
        uint32_t word = word_of(b, field[i]);
        if (word == LEX_NO_WORD)
            return;
        p.words[i - 1] = word + 1;
        if (i + 1 == count)
            b->keys.values[word] |= LEX_WORD_PHRASE_END;
    }
    b->phrases = grow(b->phrases, b->phrase_count, &b->phrase_capacity, sizeof *b->phrases);
    b->phrases[b->phrase_count++] = p;
}

static void read_stem(struct builder *b, char **field)
{
    char key[16], lemma[24];
    snprintf(key, sizeof key, "\x01%s", field[1]);
    snprintf(lemma, sizeof lemma, "%s%s", key, strcmp(field[2], "yes") == 0 ? "e" : "");
    add_reading(b, key, LEX_ANY_UPOS, XPOS_VB, lemma, 0);
}

/* ---- forms ---- */

static const struct {
    enum form form;
    enum xpos xpos;
} slots[LEX_POS_COUNT][4] = {
    [LEX_NOUN] = {{FORM_PL, XPOS_NNS}},
    [LEX_VERB] = {{FORM_S, XPOS_VBZ}, {FORM_PAST, XPOS_VBD}, {FORM_PP, XPOS_VBN},
                  {FORM_ING, XPOS_VBG}},
    [LEX_ADJ] = {{FORM_ER, XPOS_JJR}, {FORM_EST, XPOS_JJS}, {FORM_ADV, XPOS_RB}},
    [LEX_ADV] = {{FORM_ER, XPOS_RBR}, {FORM_EST, XPOS_RBS}, {FORM_BASE, XPOS_JJ}},
    [LEX_PROPN] = {{FORM_PL, XPOS_NNPS}},
};

/* Settles one form of a lexeme: 0 if the rules give it, its reference if listed. */
static uint32_t settle_form(struct builder *b, struct entry_lexeme *e, int slot, bool *adverb)
{
    enum lex_pos pos = (enum lex_pos)e->lexeme.pos;
    struct lex_text lemma = {b->pool.bytes + e->lexeme.lemma,
                             (unsigned char)b->pool.bytes[e->lexeme.lemma - 1]};
    char regular[300], lemma_copy[300];
    memcpy(lemma_copy, lemma.bytes, lemma.length + 1);
    lemma.bytes = lemma_copy;
    regular[lex_inflect_regular(pos, slots[pos][slot].form, lemma, regular)] = '\0';
    const char *given = e->forms[slot];
    bool derived = slot == 2 && pos != LEX_VERB;
    if (strcmp(given, "-") == 0 || (derived && given[0] == '\0' && !adverb[0])) {
        e->lexeme.flags |= derived ? LEX_NO_DERIVED : LEX_NO_GRADES;
        return 0;
    }
    bool by_rule = given[0] == '\0' || strcmp(given, regular) == 0;
    const char *form = by_rule ? regular : given;
    bool repeats = pos == LEX_VERB && slot == 2 &&
                   strcmp(e->forms[1][0] != '\0' ? e->forms[1] : regular, form) == 0;
    if (form[0] != '\0' && !derived && !repeats && (!by_rule || is_known(b, form)))
        add_reading(b, form, LEX_ANY_UPOS, (int)slots[pos][slot].xpos, lemma_copy, 0);
    return by_rule ? 0 : pooled(b, given);
}

static void settle_lexemes(struct builder *b)
{
    static const uint8_t form_count[] = LEX_FORMS_OF;
    struct names adverbs = {0};
    for (size_t i = 0; i < b->lexeme_count; i++)
        if (b->lexemes[i].lexeme.pos == LEX_ADV)
            number_of(&adverbs, b->keys.strings[b->lexemes[i].word], true);
    for (size_t i = 0; i < b->lexeme_count; i++) {
        struct entry_lexeme *e = &b->lexemes[i];
        uint32_t refs[4] = {0}, any = 0;
        char regular[300];
        bool adverb = false;
        const char *key = b->keys.strings[e->word];
        if (e->lexeme.pos == LEX_ADJ) {
            regular[lex_inflect_regular(LEX_ADJ, FORM_ADV, (struct lex_text){key, strlen(key)},
                                        regular)] = '\0';
            adverb = regular[0] != '\0' && number_of(&adverbs, regular, false) != LEX_NO_WORD;
        }
        for (int slot = 0; slot < form_count[e->lexeme.pos]; slot++)
            any |= refs[slot] = settle_form(b, e, slot, &adverb);
        if (any == 0)
            continue;
        e->lexeme.forms = (uint32_t)(b->forms.length / 4);
        buffer_add(&b->forms, (const char *)refs, (size_t)form_count[e->lexeme.pos] * 4);
    }
}

static void read_facts(struct builder *b, FILE *file)
{
    char line[4096], *field[FIELDS_MAX];
    while (fgets(line, sizeof line, file) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        int count = 0;
        for (char *p = line; p != NULL && count < FIELDS_MAX;) {
            field[count++] = p;
            p = strchr(p, '\t');
            if (p != NULL)
                *p++ = '\0';
        }
        char kind = field[0][0];
        if (kind == 'K' && count >= 2)
            number_of(&b->known, field[1], true);
        else if (kind == 'L' && count >= 5)
            read_lexeme(b, field, count);
        else if (kind == 'R' && count >= 6)
            read_reading(b, field);
        else if (kind == 'M' && count >= 3)
            read_phrase(b, field, count);
        else if (kind == 'E' && count >= 3)
            read_stem(b, field);
        else if (kind == 'S')
            settle_lexemes(b);
        else
            die("line not understood");
    }
}

/* ---- writing ---- */

struct section {
    const void *bytes;
    uint64_t count;
    size_t size;
};

/* Orders readings by word, the first come first, without those that repeat a word's tags; sets
 * where each word's begin. */
static size_t order_readings(struct builder *b, struct lex_reading *out, struct lex_word *words)
{
    uint32_t n = b->keys.count;
    size_t *start = calloc((size_t)n + 2, sizeof *start), count = 0;
    struct lex_reading *sorted = calloc(b->reading_count + 1, sizeof *sorted);
    if (start == NULL || sorted == NULL)
        die("out of memory");
    for (size_t i = 0; i < b->reading_count; i++)
        start[b->readings[i].word + 2]++;
    for (uint32_t w = 2; w <= n; w++)
        start[w] += start[w - 1];
    for (size_t i = 0; i < b->reading_count; i++)
        sorted[start[b->readings[i].word + 1]++] = b->readings[i].reading;
    for (uint32_t w = 0; w < n; w++) {
        words[w].readings = (uint32_t)count;
        for (size_t i = start[w]; i < start[w + 1]; i++) {
            size_t k = words[w].readings;
            while (k < count && !(out[k].upos == sorted[i].upos && out[k].xpos == sorted[i].xpos))
                k++;
            if (k == count)
                out[count++] = sorted[i];
        }
    }
    words[n].readings = (uint32_t)count;
    free(start);
    free(sorted);
    return count;
}

static size_t order_lexemes(struct builder *b, struct lex_lexeme *out, struct lex_word *words)
{
    uint32_t n = b->keys.count;
    size_t *start = calloc((size_t)n + 2, sizeof *start);
    if (start == NULL)
        die("out of memory");
    for (size_t i = 0; i < b->lexeme_count; i++)
        start[b->lexemes[i].word + 2]++;
    for (uint32_t w = 2; w <= n; w++)
        start[w] += start[w - 1];
    for (size_t i = 0; i < b->lexeme_count; i++)
        out[start[b->lexemes[i].word + 1]++] = b->lexemes[i].lexeme;
    for (uint32_t w = 0; w <= n; w++)
        words[w].lexemes = (uint32_t)start[w];
    words[n].lexemes = (uint32_t)b->lexeme_count;
    free(start);
    return b->lexeme_count;
}

static uint64_t power_over(uint64_t n)
{
    uint64_t p = 8;
    while (p < n)
        p *= 2;
    return p;
}

static uint32_t *hash_words(const struct builder *b, uint64_t *count)
{
    *count = power_over((uint64_t)b->keys.count * 3 / 2);
    uint32_t *slots_out = calloc(*count, sizeof *slots_out);
    if (slots_out == NULL)
        die("out of memory");
    for (uint32_t w = 0; w < b->keys.count; w++) {
        uint64_t hash = hash_bytes(b->keys.strings[w], strlen(b->keys.strings[w]), 0);
        uint64_t at = (uint32_t)hash & (*count - 1);
        while (slots_out[at] != 0)
            at = (at + 1) & (*count - 1);
        slots_out[at] = (uint32_t)(hash >> 52) << 20 | (w + 1);
    }
    return slots_out;
}

static struct lex_phrase *hash_phrases(const struct builder *b, uint64_t *count)
{
    *count = power_over((uint64_t)b->phrase_count * 2);
    struct lex_phrase *out = calloc(*count, sizeof *out);
    if (out == NULL)
        die("out of memory");
    for (size_t i = 0; i < b->phrase_count; i++) {
        const uint32_t *w = b->phrases[i].words;
        uint64_t at = hash_mix(hash_mix(hash_mix(0, w[0]), w[1]), w[2]) & (*count - 1);
        while (out[at].words[0] != 0 && memcmp(&out[at], w, sizeof *out) != 0)
            at = (at + 1) & (*count - 1);
        out[at] = b->phrases[i];
    }
    return out;
}

static void write_file(const char *path, const struct section *sections)
{
    struct buffer body;
    struct lex_header h = {
        .version = LEX_VERSION, .oldest = LEX_OLDEST, .vocab = vocab_analysis_hash()};
    memcpy(h.magic, LEX_MAGIC, sizeof h.magic);
    buffer_init(&body);
    for (int i = 0; i < LEX_SECTIONS; i++) {
        h.sections[i].offset = sizeof h + body.length;
        h.sections[i].count = sections[i].count;
        buffer_add(&body, sections[i].bytes, sections[i].count * sections[i].size);
        buffer_extend(&body, (8 - body.length % 8) % 8);
    }
    h.size = sizeof h + body.length;
    h.checksum = hash_bytes(body.bytes, body.length, 0);
    char temporary[4096];
    if ((size_t)snprintf(temporary, sizeof temporary, "%s.new", path) >= sizeof temporary)
        die("path too long");
    FILE *file = fopen(temporary, "wb");
    if (body.failed || file == NULL || fwrite(&h, sizeof h, 1, file) != 1 ||
        fwrite(body.bytes, body.length, 1, file) != 1 || fclose(file) != 0 ||
        rename(temporary, path) != 0)
        die("cannot write");
    printf("%s: %" PRIu64 " bytes\n", path, h.size);
    for (int i = 0; i < LEX_SECTIONS; i++)
        printf("  section %d: %" PRIu64 " records, %" PRIu64 " bytes\n", i, sections[i].count,
               sections[i].count * sections[i].size);
    buffer_clear(&body);
}

static void write_lexicon(struct builder *b, const char *path)
{
    uint32_t n = b->keys.count;
    if (n >= LEX_SLOT_INDEX)
        die("too many words");
    struct lex_word *words = calloc((size_t)n + 1, sizeof *words);
    struct lex_reading *readings = calloc(b->reading_count + 1, sizeof *readings);
    struct lex_lexeme *lexemes = calloc(b->lexeme_count + 1, sizeof *lexemes);
    if (words == NULL || readings == NULL || lexemes == NULL)
        die("out of memory");
    for (uint32_t w = 0; w < n; w++) {
        words[w].key = pooled(b, b->keys.strings[w]);
        words[w].flags = b->keys.values[w];
    }
    size_t reading_count = order_readings(b, readings, words);
    size_t lexeme_count = order_lexemes(b, lexemes, words);
    uint64_t slot_count, phrase_count;
    uint32_t *slots_out = hash_words(b, &slot_count);
    struct lex_phrase *phrases = hash_phrases(b, &phrase_count);
    const struct section sections[LEX_SECTIONS] = {
        [LEX_POOL] = {b->pool.bytes, b->pool.length, 1},
        [LEX_SLOTS] = {slots_out, slot_count, sizeof *slots_out},
        [LEX_WORDS] = {words, (uint64_t)n + 1, sizeof *words},
        [LEX_READINGS] = {readings, reading_count, sizeof *readings},
        [LEX_LEXEMES] = {lexemes, lexeme_count, sizeof *lexemes},
        [LEX_FORMS] = {b->forms.bytes, b->forms.length / 4, 4},
        [LEX_FEATS] = {b->feats, b->feat_count, 8},
        [LEX_PHRASES] = {phrases, phrase_count, sizeof *phrases},
    };
    write_file(path, sections);
    free(words);
    free(readings);
    free(lexemes);
    free(slots_out);
    free(phrases);
}

int main(int argc, char **argv)
{
    if (argc != 3)
        die("usage: lexbuild FACTS.tsv OUT.lex");
    FILE *file = fopen(argv[1], "r");
    struct builder *b = calloc(1, sizeof *b);
    if (file == NULL || b == NULL)
        die("cannot open the facts");
    buffer_init(&b->pool);
    buffer_init(&b->forms);
    buffer_add_string(&b->pool, "isogloss"); /* so that no reference is 0 */
    b->feat_count = 1;
    read_facts(b, file);
    fclose(file);
    if (b->pool.failed || b->forms.failed)
        die("out of memory");
    write_lexicon(b, argv[2]);
    return 0;
}

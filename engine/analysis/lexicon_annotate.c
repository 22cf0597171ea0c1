/* lexicon_annotate.c -- lemma, classes and the flag of fixed phrases for every token of a tagged
 * and parsed sentence; lexicon_feats.c adds the features. Lemmas follow the conventions of UD
 * English EWT: names keep their capitals, clitics get their full word, split-off parts are "_".
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <string.h>

#include "analysis/lexicon_lookup.h"

static bool equals(const struct token *t, const char *word)
{
    return t->lemma_length == strlen(word) && memcmp(t->lemma, word, t->lemma_length) == 0;
}

static bool key_is(const struct lex_key *key, const char *word)
{
    return key->length == strlen(word) && memcmp(key->bytes, word, key->length) == 0;
}

static void set_lemma(struct token *t, struct lex_text lemma)
{
    t->lemma = lemma.bytes;
    t->lemma_length = (uint32_t)lemma.length;
}

static bool is_digit(char c)
{
    return (unsigned)(c - '0') < 10;
}

/* The form in lower case: from the pool if listed, else from the arena. */
static struct lex_text lowered(const struct lexicon *lexicon, struct arena *arena,
                               const struct token *t, uint32_t word, const struct lex_key *key)
{
    if (word != LEX_NO_WORD)
        return lex_string(lexicon, lexicon->words[word].key);
    if (key->length == t->form_length && memcmp(key->bytes, t->form, key->length) == 0)
        return (struct lex_text){t->form, t->form_length};
    size_t n;
    char *bytes = lex_lower(arena, t->form, t->form_length, &n);
    return bytes == NULL ? (struct lex_text){t->form, t->form_length} : (struct lex_text){bytes, n};
}

/* Gives a guessed lemma the capitals of its form. */
static struct lex_text recase(struct arena *arena, const struct token *t, struct lex_text lemma)
{
    size_t same = 0;
    while (same < lemma.length && same < t->form_length &&
           (lemma.bytes[same] == t->form[same] ||
            ((t->form[same] | 0x20) == lemma.bytes[same] && (t->form[same] & 0x80) == 0)))
        same++;
    if (same == lemma.length)
        return (struct lex_text){t->form, same};
    char *out = arena_alloc(arena, lemma.length + 1);
    if (out == NULL)
        return lemma;
    memcpy(out, t->form, same);
    memcpy(out + same, lemma.bytes + same, lemma.length - same);
    out[lemma.length] = '\0';
    return (struct lex_text){out, lemma.length};
}

/* The form with a capital first letter and small ones after it: TEXAS, canada as names. */
static struct lex_text capitalised(struct arena *arena, const struct token *t)
{
    char *out = arena_strndup(arena, t->form, t->form_length);
    if (out == NULL)
        return (struct lex_text){t->form, t->form_length};
    for (uint32_t i = 0; i < t->form_length; i++)
        if ((unsigned)(out[i] - (i == 0 ? 'a' : 'A')) < 26)
            out[i] = (char)(out[i] ^ 0x20);
    return (struct lex_text){out, t->form_length};
}

static bool is_ascii_word(const struct token *t)
{
    for (uint32_t i = 0; i < t->form_length; i++)
        if ((unsigned)((t->form[i] | 0x20) - 'a') >= 26)
            return false;
    return true;
}

/* Names keep their form, but shouted and uncapitalised ones get the usual capitals if known;
 * long ones in capitals are more often shouted than acronyms. */
static struct lex_text lemma_of_name(const struct lexicon *lexicon, struct arena *arena,
                                     const struct token *t, uint32_t word,
                                     const struct lex_key *key)
{
    struct lex_text form = {t->form, t->form_length};
    bool lower = key->length > 0 && !key->first_upper && !key->inner_upper;
    if (!lower && !(key->all_upper && t->form_length >= 4))
        return form;
    const struct lex_lexeme *name = lex_lexeme_of(lexicon, word, LEX_PROPN);
    if (name != NULL)
        return lex_string(lexicon, name->lemma);
    bool listed = word != LEX_NO_WORD;
    if (!lower && is_ascii_word(t) && (t->form_length >= 6 || listed))
        return capitalised(arena, t);
    return form;
}

/* The key with runs of three or more letters cut to inner, at its end to final letters. */
static size_t shorten(const struct lex_key *key, size_t inner, size_t final, char *out)
{
    size_t n = 0;
    for (size_t i = 0, run; i < key->length; i += run) {
        for (run = 1; i + run < key->length && key->bytes[i + run] == key->bytes[i];)
            run++;
        size_t keep = run <= 2 ? run : i + run == key->length ? final : inner;
        for (size_t k = 0; k < keep; k++)
            out[n++] = key->bytes[i];
    }
    return n;
}

/* The word behind a lengthened one: sooooo, yesss, goooood. */
static uint32_t find_plain(const struct lexicon *lexicon, const struct lex_key *key)
{
    static const uint8_t cuts[][2] = {{2, 1}, {2, 2}, {1, 1}, {1, 2}};
    bool lengthened = false;
    for (size_t i = 2; i < key->length; i++)
        lengthened |= key->bytes[i] == key->bytes[i - 1] && key->bytes[i] == key->bytes[i - 2] &&
                      (unsigned)(key->bytes[i] - 'a') < 26;
    for (size_t i = 0; lengthened && i < sizeof cuts / sizeof *cuts; i++) {
        char plain[LEX_KEY_MAX + 4];
        uint32_t word = lex_find(lexicon, plain, shorten(key, cuts[i][0], cuts[i][1], plain));
        if (word != LEX_NO_WORD)
            return word;
    }
    return LEX_NO_WORD;
}

/* The lemma of an uninflected form. */
static struct lex_text lemma_of_base(const struct lexicon *lexicon, struct arena *arena,
                                     struct token *t, uint32_t word,
                                     const struct lex_key *key)
{
    struct lex_text form = {t->form, t->form_length};
    const struct lex_lexeme *x = lex_lexeme_of(lexicon, word, lex_pos_of(t->upos));
    if (x != NULL)
        return lex_string(lexicon, x->lemma);
    bool content = t->upos == UPOS_NOUN || t->upos == UPOS_ADJ || t->upos == UPOS_VERB ||
                   t->upos == UPOS_SYM;
    if (t->upos == UPOS_X || (content && key->inner_upper))
        return form;
    if (key->first_upper && t->form_length == 1 && content)
        return form;
    if (key->first_upper && t->upos == UPOS_ADJ && word == LEX_NO_WORD &&
        !(t->flags & FLAG(FIRST)))
        return form;
    if (word == LEX_NO_WORD) {
        uint32_t plain = find_plain(lexicon, key);
        if (plain != LEX_NO_WORD) {
            t->feats |= FEAT(STYLE_EXPR);
            return lex_string(lexicon, lexicon->words[plain].key);
        }
    }
    return lowered(lexicon, arena, t, word, key);
}

/* A number without the commas between its digits. */
static struct lex_text lemma_of_number(const struct lexicon *lexicon, struct arena *arena,
                                       const struct token *t, uint32_t word,
                                       const struct lex_key *key)
{
    const char *s = t->form;
    size_t n = t->form_length;
    if (n == 0 || memchr(s, ',', n) == NULL || !is_digit(s[n - 1]))
        return key->inner_upper || (key->first_upper && n == 1)
                   ? (struct lex_text){s, n} : lowered(lexicon, arena, t, word, key);
    char *out = arena_alloc(arena, n + 1);
    if (out == NULL)
        return (struct lex_text){s, n};
    size_t m = 0;
    for (size_t i = 0; i < n; i++)
        if (!(s[i] == ',' && i > 0 && i + 1 < n && is_digit(s[i - 1]) && is_digit(s[i + 1])))
            out[m++] = s[i];
    out[m] = '\0';
    return (struct lex_text){out, m};
}

/* The lemma of an inflected form that no reading gives. */
static struct lex_text lemma_of_inflected(const struct lexicon *lexicon, struct arena *arena,
                                          const struct token *t, uint32_t word,
                                          const struct lex_key *key)
{
    struct lex_text low = lowered(lexicon, arena, t, word, key);
    if (low.length > 0 && is_digit(low.bytes[0]))
        return low;
    struct lex_text lemma = lex_guess_lemma(lexicon, arena, low, t->xpos);
    if (t->upos == UPOS_PROPN || (key->inner_upper && !key->all_upper))
        lemma = recase(arena, t, lemma);
    return lemma;
}

static bool is_inflected(enum xpos xpos)
{
    switch (xpos) {
    case XPOS_NNS: case XPOS_NNPS: case XPOS_VBZ: case XPOS_VBD: case XPOS_VBN: case XPOS_VBG:
    case XPOS_JJR: case XPOS_JJS: case XPOS_RBR: case XPOS_RBS:
        return true;
    default:
        return false;
    }
}

/* 's as a verb is have before a participle, be elsewhere; lex_settle_clitic() knows more. */
static const char *lemma_of_clitic_s(const struct sentence *sentence, const struct token *t)
{
    if (t->upos == UPOS_AUX && t->deprel == REL_AUX && t->head >= 0 &&
        (uint32_t)t->head < sentence->count && sentence->tokens[t->head].xpos == XPOS_VBN)
        return "have";
    return "be";
}

static void lemmatise(const struct lexicon *lexicon, struct arena *arena,
                      struct sentence *sentence, uint32_t i, uint32_t word,
                      const struct lex_key *key)
{
    struct token *t = &sentence->tokens[i];
    t->feats = 0;
    if (t->deprel == REL_GOESWITH) {
        set_lemma(t, (struct lex_text){"_", 1});
        return;
    }
    const struct lex_reading *r = lex_reading_of(lexicon, word, t->upos, t->xpos);
    if (r != NULL && r->upos == t->upos && r->xpos == t->xpos)
        t->feats = lexicon->feats[r->feats];
    if (t->xpos == XPOS_VBZ && (key_is(key, "'s") || key_is(key, "s"))) {
        const char *lemma = lemma_of_clitic_s(sentence, t);
        set_lemma(t, (struct lex_text){lemma, strlen(lemma)});
    } else if (r != NULL) {
        struct lex_text lemma = lex_string(lexicon, r->lemma);
        bool acronym = t->xpos == XPOS_NNS && key->inner_upper && !key->all_upper;
        set_lemma(t, acronym ? recase(arena, t, lemma) : lemma);
    } else if (t->xpos == XPOS_NNP && t->upos == UPOS_PROPN) {
        set_lemma(t, lemma_of_name(lexicon, arena, t, word, key));
    } else if (t->xpos == XPOS_NNP || t->xpos == XPOS_ADD || t->xpos == XPOS_GW) {
        set_lemma(t, (struct lex_text){t->form, t->form_length});
    } else if (t->upos == UPOS_NUM) {
        set_lemma(t, lemma_of_number(lexicon, arena, t, word, key));
    } else if (is_inflected(t->xpos)) {
        set_lemma(t, lemma_of_inflected(lexicon, arena, t, word, key));
    } else {
        set_lemma(t, lemma_of_base(lexicon, arena, t, word, key));
    }
}

/* The word of a token's lemma. */
static uint32_t lemma_word(const struct lexicon *lexicon, const struct token *t, uint32_t word)
{
    if (word != LEX_NO_WORD) {
        struct lex_text s = lex_string(lexicon, lexicon->words[word].key);
        if (s.length == t->lemma_length && memcmp(s.bytes, t->lemma, s.length) == 0)
            return word;
    }
    struct lex_key key;
    lex_fold(t->lemma, t->lemma_length, &key);
    return lex_find(lexicon, key.bytes, key.length);
}

/* The form's and the lemma's word of the last three tokens, 1 + number, 0: not listed. */
struct window {
    uint32_t words[3][2];
};

static uint32_t plus_one(uint32_t word)
{
    return word == LEX_NO_WORD ? 0 : word + 1;
}

static bool ends_phrase(const struct lexicon *lexicon, uint32_t word)
{
    return word != 0 && (lexicon->words[word - 1].flags & LEX_WORD_PHRASE_END);
}

/* Length of the longest fixed phrase that ends at the window's last token; 0: none. The last and
 * the first word count as form or lemma (high schools, took place), those between as form. */
static uint32_t phrase_length(const struct lexicon *lexicon, const struct window *w)
{
    for (int last = 0; last < 2; last++) {
        uint32_t z = w->words[2][last];
        if (!ends_phrase(lexicon, z) || (last == 1 && z == w->words[2][0]))
            continue;
        for (int first = 0; first < 2; first++) {
            uint32_t a = w->words[0][first], b = w->words[1][first];
            if (a != 0 && w->words[1][0] != 0 &&
                lex_is_phrase(lexicon, (uint32_t[3]){a, w->words[1][0], z}))
                return 3;
            if (b != 0 && lex_is_phrase(lexicon, (uint32_t[3]){b, z, 0}))
                return 2;
        }
    }
    return 0;
}

static void mark_phrase(const struct lexicon *lexicon, struct sentence *sentence, uint32_t i,
                        struct window *window, uint32_t form, uint32_t lemma)
{
    memmove(window->words[0], window->words[1], sizeof window->words[0] * 2);
    window->words[2][0] = plus_one(form);
    window->words[2][1] = plus_one(lemma);
    if (!ends_phrase(lexicon, window->words[2][0]) && !ends_phrase(lexicon, window->words[2][1]))
        return;
    uint32_t length = phrase_length(lexicon, window);
    for (uint32_t k = 0; k < length && k <= i; k++)
        sentence->tokens[i - k].flags |= FLAG(MWE);
}

/* Pronouns have no lexeme: their classes follow from their features and lemmas. */
static void classify_pronoun(struct token *t)
{
    if (t->upos != UPOS_PRON)
        return;
    if (t->feats & (FEAT(GEN_MASC) | FEAT(GEN_FEM)))
        t->classes |= CLASS(PERSON);
    if (t->feats & FEAT(GEN_MASC))
        t->classes |= CLASS(MALE);
    if (t->feats & FEAT(GEN_FEM))
        t->classes |= CLASS(FEMALE);
    if ((t->feats & FEAT(PT_PRS)) && (t->feats & (FEAT(PERS_1) | FEAT(PERS_2))))
        t->classes |= CLASS(PERSON);
    static const char *const people[] = {"who", "whom", "somebody", "someone", "anybody",
                                         "anyone", "everybody", "everyone", "nobody", "whoever"};
    for (size_t i = 0; i < sizeof people / sizeof *people; i++)
        if (equals(t, people[i]))
            t->classes |= CLASS(PERSON);
}

/* Words of one name tell each other that it is a person's: John Smith, Mrs Shah. A place named so
 * by itself (Virginia) does not make its neighbours people, a title or a first name does. */
static void classify_name(struct sentence *sentence, uint32_t i)
{
    const uint32_t gender = CLASS(MALE) | CLASS(FEMALE);
    struct token *t = &sentence->tokens[i];
    bool linked = t->deprel == REL_FLAT || t->deprel == REL_NMOD_DESC;
    if (!linked || t->upos != UPOS_PROPN || t->head < 0 || (uint32_t)t->head >= sentence->count)
        return;
    struct token *h = &sentence->tokens[t->head];
    if (h->upos != UPOS_PROPN || !((t->classes | h->classes) & CLASS(PERSON)))
        return;
    const struct token *teller = h->classes & CLASS(PERSON) && t->deprel == REL_FLAT ? h : t;
    uint32_t told = CLASS(PERSON) | (teller->classes & gender);
    t->classes |= t->classes & gender ? CLASS(PERSON) : told;
    h->classes |= h->classes & gender ? CLASS(PERSON) : told;
}

/* Whether a word begins with a capital that nothing before it asks for: The Idiot. */
static bool has_own_capital(const struct sentence *s, uint32_t i, const struct lex_key *key)
{
    bool opens = i == 0 || s->tokens[i - 1].upos == UPOS_PUNCT ||
                 s->tokens[i - 1].upos == UPOS_SYM || (s->tokens[i].flags & FLAG(FIRST));
    return key->first_upper && !key->all_upper && !opens;
}

isg_status lexicon_annotate(const struct lexicon *lexicon, struct arena *arena,
                            struct sentence *sentence)
{
    struct window window = {{{0}}};
    lex_settle_mistaken(lexicon, sentence);
    lex_settle_third(lexicon, sentence);
    lex_settle_relative(lexicon, sentence);
    lex_settle_is(lexicon, sentence);
    lex_settle_asked(lexicon, sentence);
    lex_settle_question(sentence);
    for (uint32_t i = 0; i < sentence->count; i++)
        lex_settle_perfect(lexicon, arena, sentence, i);
    for (uint32_t i = 0; i < sentence->count; i++) {
        struct token *t = &sentence->tokens[i];
        struct lex_key key;
        lex_fold(t->form, t->form_length, &key);
        uint32_t word = lex_find(lexicon, key.bytes, key.length);
        if (word == LEX_NO_WORD)
            t->flags |= FLAG(UNKNOWN);
        if (has_own_capital(sentence, i, &key))
            t->flags |= FLAG(CAPITAL);
        lex_settle_negation(sentence, i, &key);
        lex_settle_verb(lexicon, arena, sentence, i, word);
        lex_settle_adjective(lexicon, sentence, i, word);
        lex_settle_only(lexicon, sentence, i, word, &key);
        lemmatise(lexicon, arena, sentence, i, word, &key);
        uint32_t lemma = lemma_word(lexicon, t, word);
        t->classes = lex_classes(lexicon, lemma, t->upos);
        mark_phrase(lexicon, sentence, i, &window, word, lemma);
    }
    lex_settle_root(sentence);
    lex_join_subjects(sentence);
    lex_settle_called(sentence);
    for (uint32_t i = 0; i < sentence->count; i++)
        lex_settle_clitic(sentence, i);
    if (!lex_fill_feats(arena, sentence))
        return ISG_NOMEM;
    for (uint32_t i = 0; i < sentence->count; i++) {
        classify_pronoun(&sentence->tokens[i]);
        classify_name(sentence, i);
    }
    return arena->failed ? ISG_NOMEM : ISG_OK;
}

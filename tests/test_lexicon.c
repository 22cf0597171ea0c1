/* test_lexicon.c -- the lexicon: files refused, forms and lemmas (each other's inverse), features
 * told from the tree, classes, fixed phrases, a and an, and hostile input.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef _POSIX_C_SOURCE
#define _POSIX_C_SOURCE 200809L
#endif

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "analysis/lexicon_lookup.h"
#include "base/hash.h"

static const char *lexicon_path(char *path, size_t size)
{
    const char *folder = getenv("ISOGLOSS_DATA_DIR");
    snprintf(path, size, "%s/isogloss.lex", folder == NULL ? "data" : folder);
    return path;
}

static int open_lexicon(void **state)
{
    char path[4096];
    isg_error error;
    struct lexicon *lexicon;
    if (lexicon_open(lexicon_path(path, sizeof path), &lexicon, &error) != ISG_OK) {
        fprintf(stderr, "%s: %s\n", path, error.message);
        return -1;
    }
    *state = lexicon;
    return 0;
}

static int close_lexicon(void **state)
{
    lexicon_close(*state);
    return 0;
}

/* ---- forms ---- */

static void check_form(const struct lexicon *lexicon, const char *lemma, enum form form,
                       const char *expected)
{
    struct arena arena;
    const char *out;
    size_t length;
    arena_init(&arena);
    bool found = lexicon_inflect(lexicon, &arena, lemma, strlen(lemma), form, &out, &length);
    char got[128];
    snprintf(got, sizeof got, "%.*s", found ? (int)length : 1, found ? out : "-");
    if (strcmp(got, expected) != 0)
        fail_msg("%s:%s is %s, not %s", lemma, vocab_name(VOCAB_LIST_FORM, form), got, expected);
    arena_clear(&arena);
}

static void test_verbs(void **state)
{
    static const char *const table[][5] = {
        {"go", "goes", "went", "gone", "going"}, {"run", "runs", "ran", "run", "running"},
        {"stop", "stops", "stopped", "stopped", "stopping"},
        {"lie", "lies", "lay", "lain", "lying"}, {"lay", "lays", "laid", "laid", "laying"},
        {"die", "dies", "died", "died", "dying"}, {"dye", "dyes", "dyed", "dyed", "dyeing"},
        {"panic", "panics", "panicked", "panicked", "panicking"},
        {"mimic", "mimics", "mimicked", "mimicked", "mimicking"},
        {"refer", "refers", "referred", "referred", "referring"},
        {"offer", "offers", "offered", "offered", "offering"},
        {"visit", "visits", "visited", "visited", "visiting"},
        {"quiz", "quizzes", "quizzed", "quizzed", "quizzing"},
        {"agree", "agrees", "agreed", "agreed", "agreeing"},
        {"hurry", "hurries", "hurried", "hurried", "hurrying"},
        {"play", "plays", "played", "played", "playing"},
        {"echo", "echoes", "echoed", "echoed", "echoing"},
        {"put", "puts", "put", "put", "putting"}, {"cut", "cuts", "cut", "cut", "cutting"},
        {"rat", "rats", "ratted", "ratted", "ratting"},
        {"hope", "hopes", "hoped", "hoped", "hoping"},
        {"hop", "hops", "hopped", "hopped", "hopping"}, {"have", "has", "had", "had", "having"},
        {"do", "does", "did", "done", "doing"}, {"write", "writes", "wrote", "written", "writing"},
        {"rewrite", "rewrites", "rewrote", "rewritten", "rewriting"},
        {"pick up", "picks up", "picked up", "picked up", "picking up"},
        {"fact-check", "fact-checks", "fact-checked", "fact-checked", "fact-checking"},
        {"blorp", "blorps", "blorped", "blorped", "blorping"},
        {"flib", "flibs", "flibbed", "flibbed", "flibbing"},
        {"outsnib", "outsnibs", "outsnibed", "outsnibed", "outsnibing"},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        check_form(*state, table[i][0], FORM_S, table[i][1]);
        check_form(*state, table[i][0], FORM_PAST, table[i][2]);
        check_form(*state, table[i][0], FORM_PP, table[i][3]);
        check_form(*state, table[i][0], FORM_ING, table[i][4]);
        check_form(*state, table[i][0], FORM_BASE, table[i][0]);
    }
}

static void test_nouns(void **state)
{
    static const char *const table[][2] = {
        {"child", "children"}, {"criterion", "criteria"}, {"wolf", "wolves"},
        {"potato", "potatoes"}, {"photo", "photos"}, {"sheep", "sheep"}, {"city", "cities"},
        {"day", "days"}, {"church", "churches"}, {"stomach", "stomachs"}, {"box", "boxes"},
        {"woman", "women"}, {"German", "Germans"}, {"roof", "roofs"}, {"knife", "knives"},
        {"analysis", "analyses"}, {"person", "people"}, {"information", "informations"},
        {"mother-in-law", "mothers-in-law"}, {"runner-up", "runners-up"},
        {"bag of chips", "bags of chips"}, {"sister city", "sister cities"},
        {"news", "news"}, {"trousers", "trousers"}, {"Kennedy", "Kennedys"}, {"MP", "MPs"},
        {"snozzberry", "snozzberries"}, {"blix", "blixes"}, {"milkwoman", "milkwomen"},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        check_form(*state, table[i][0], FORM_PL, table[i][1]);
        check_form(*state, table[i][0], FORM_SG, table[i][0]);
    }
    check_form(*state, "children", FORM_SG, "child");
    check_form(*state, "child", FORM_GEN, "-");
}

static void test_grades(void **state)
{
    static const char *const table[][4] = {
        {"big", "bigger", "biggest", "-"}, {"happy", "happier", "happiest", "happily"},
        {"expensive", "-", "-", "expensively"}, {"good", "better", "best", "well"},
        {"bad", "worse", "worst", "badly"}, {"quick", "quicker", "quickest", "quickly"},
        {"late", "later", "latest", "late"}, {"easy", "easier", "easiest", "easily"},
        {"friendly", "friendlier", "friendliest", "-"}, {"tired", "-", "-", "tiredly"},
        {"simple", "simpler", "simplest", "simply"}, {"dry", "drier", "driest", "drily"},
        {"basic", "-", "-", "basically"}, {"modern", "-", "-", "-"},
        {"glim", "glimmer", "glimmest", "glimly"}, {"snorfous", "-", "-", "snorfously"},
        {"soon", "sooner", "soonest", "soon"},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        check_form(*state, table[i][0], FORM_ER, table[i][1]);
        check_form(*state, table[i][0], FORM_EST, table[i][2]);
        check_form(*state, table[i][0], FORM_ADV, table[i][3]);
    }
    check_form(*state, "tidily", FORM_BASE, "tidy");
    check_form(*state, "hardly", FORM_BASE, "hardly");
}

static void test_regular(void **state)
{
    static const struct {
        const char *lemma, *expected;
        enum form form;
    } table[] = {{"teach", "teached", FORM_PAST}, {"throw", "throwed", FORM_PAST},
                 {"run", "runned", FORM_PP}, {"go", "goed", FORM_PAST},
                 {"man", "mans", FORM_PL}, {"ox", "oxes", FORM_PL}, {"knife", "knifes", FORM_PL},
                 {"leaf", "leafs", FORM_PL}, {"sheep", "sheeps", FORM_PL},
                 {"good", "gooder", FORM_ER}, {"expensive", "expensivest", FORM_EST},
                 {"amusing", "amusinger", FORM_ER}, {"happy", "happier", FORM_ER}};
    (void)state;
    struct arena arena;
    arena_init(&arena);
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        const char *out;
        size_t length;
        assert_true(lexicon_inflect_regular(&arena, table[i].lemma, strlen(table[i].lemma),
                                            table[i].form, &out, &length));
        assert_int_equal(length, strlen(table[i].expected));
        assert_memory_equal(out, table[i].expected, length);
    }
    arena_clear(&arena);
}

static void test_be_and_pronouns(void **state)
{
    (void)state;
    assert_string_equal(lexicon_be(false, 1, false), "am");
    assert_string_equal(lexicon_be(false, 2, false), "are");
    assert_string_equal(lexicon_be(false, 3, false), "is");
    assert_string_equal(lexicon_be(false, 3, true), "are");
    assert_string_equal(lexicon_be(true, 1, false), "was");
    assert_string_equal(lexicon_be(true, 2, false), "were");
    assert_string_equal(lexicon_pronoun("she", 3, FORM_ACC), "her");
    assert_string_equal(lexicon_pronoun("Me", 2, FORM_NOM), "I");
    assert_string_equal(lexicon_pronoun("themselves", 10, FORM_GEN), "their");
    assert_string_equal(lexicon_pronoun("'em", 3, FORM_NOM), "they");
    assert_string_equal(lexicon_pronoun("yourselves", 10, FORM_REFL), "yourselves");
    assert_null(lexicon_pronoun("table", 5, FORM_ACC));
    assert_null(lexicon_pronoun("she", 3, FORM_PL));
    assert_null(lexicon_pronoun("", 0, FORM_ACC));
}

static void test_an(void **state)
{
    static const char *const an[] = {
        "hour", "honest", "heir", "honorary", "MP", "FBI", "SUV", "X-ray", "8", "11", "18", "80",
        "11,000", "18-year-old", "8th", "umbrella", "uncle", "unimportant", "uninvited",
        "unidentified", "ugly", "eye", "apple", "\"apple\"", "F-16", "M.A.", "email", "IT",
        "oily", "Oneida", "urge", "s", "\xc3\xa9lan"};
    static const char *const a[] = {
        "NASA", "UN", "union", "one", "one-off", "once", "European", "US", "UK", "university",
        "uniform", "unique", "use", "user", "utopia", "hotel", "house", "ewe", "eulogy", "1",
        "100", "110", "180", "1,800", "yes", "NATO", "PhD", "B-side", "U-turn", "ukulele",
        "unanimous", "ouija", "", "-", "b", "u"};
    for (size_t i = 0; i < sizeof an / sizeof *an; i++)
        if (!lexicon_takes_an(*state, an[i], strlen(an[i])))
            fail_msg("an %s", an[i]);
    for (size_t i = 0; i < sizeof a / sizeof *a; i++)
        if (lexicon_takes_an(*state, a[i], strlen(a[i])))
            fail_msg("a %s", a[i]);
}

/* ---- annotation ---- */

struct row {
    const char *form;
    enum upos upos;
    enum xpos xpos;
    int head; /* 1-based, 0: root */
    enum deprel rel;
    const char *lemma, *feats; /* feats NULL: not checked */
};

static void annotate_rows(const struct lexicon *lexicon, const struct row *rows, uint32_t count,
                          struct arena *arena, struct sentence *sentence)
{
    sentence->tokens = arena_calloc(arena, count, sizeof *sentence->tokens);
    sentence->count = count;
    for (uint32_t i = 0; i < count; i++)
        sentence->tokens[i] = (struct token){
            .form = rows[i].form, .form_length = (uint32_t)strlen(rows[i].form),
            .upos = (uint8_t)rows[i].upos, .xpos = (uint8_t)rows[i].xpos,
            .deprel = (uint8_t)rows[i].rel, .head = rows[i].head - 1,
            .flags = i == 0 ? FLAG(FIRST) : 0};
    assert_int_equal(lexicon_annotate(lexicon, arena, sentence), ISG_OK);
}

static void check_rows(const struct lexicon *lexicon, const struct row *rows, uint32_t count)
{
    struct arena arena;
    struct sentence sentence = {0};
    arena_init(&arena);
    annotate_rows(lexicon, rows, count, &arena, &sentence);
    for (uint32_t i = 0; i < count; i++) {
        const struct token *t = &sentence.tokens[i];
        char feats[512], lemma[64];
        feats[vocab_feats_print(t->feats, feats, sizeof feats)] = '\0';
        snprintf(lemma, sizeof lemma, "%.*s", (int)t->lemma_length, t->lemma);
        if (strcmp(lemma, rows[i].lemma) != 0)
            fail_msg("lemma of %s: %s, not %s", rows[i].form, lemma, rows[i].lemma);
        if (rows[i].feats != NULL && strcmp(feats, rows[i].feats) != 0)
            fail_msg("features of %s: %s, not %s", rows[i].form, feats, rows[i].feats);
    }
    arena_clear(&arena);
}

#define ROWS(rows) rows, (uint32_t)(sizeof(rows) / sizeof *(rows))

static void test_annotate_clauses(void **state)
{
    static const struct row passive[] = {
        {"The", UPOS_DET, XPOS_DT, 2, REL_DET, "the", "Definite=Def|PronType=Art"},
        {"boats", UPOS_NOUN, XPOS_NNS, 5, REL_NSUBJ_PASS, "boat", "Number=Plur"},
        {"have", UPOS_AUX, XPOS_VBP, 5, REL_AUX, "have",
         "Mood=Ind|Number=Plur|Person=3|Tense=Pres|VerbForm=Fin"},
        {"been", UPOS_AUX, XPOS_VBN, 5, REL_AUX_PASS, "be", "Tense=Past|VerbForm=Part"},
        {"sold", UPOS_VERB, XPOS_VBN, 0, REL_ROOT, "sell",
         "Tense=Past|VerbForm=Part|Voice=Pass"},
    };
    static const struct row contracted[] = {
        {"She", UPOS_PRON, XPOS_PRP, 4, REL_NSUBJ, "she",
         "Case=Nom|Gender=Fem|Number=Sing|Person=3|PronType=Prs"},
        {"\xe2\x80\x99s", UPOS_AUX, XPOS_VBZ, 4, REL_AUX, "have",
         "Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin"},
        {"n\xe2\x80\x99t", UPOS_PART, XPOS_RB, 4, REL_ADVMOD, "not", "Polarity=Neg"},
        {"gone", UPOS_VERB, XPOS_VBN, 0, REL_ROOT, "go", "Tense=Past|VerbForm=Part"},
    };
    static const struct row imperative[] = {
        {"Take", UPOS_VERB, XPOS_VB, 0, REL_ROOT, "take", "Mood=Imp|VerbForm=Fin"},
        {"them", UPOS_PRON, XPOS_PRP, 1, REL_OBJ, "they",
         "Case=Acc|Number=Plur|Person=3|PronType=Prs"},
        {"and", UPOS_CCONJ, XPOS_CC, 4, REL_CC, "and", "_"},
        {"run", UPOS_VERB, XPOS_VB, 1, REL_CONJ, "run", "Mood=Imp|VerbForm=Fin"},
    };
    static const struct row infinitive[] = {
        {"You", UPOS_PRON, XPOS_PRP, 3, REL_NSUBJ, "you", "Case=Nom|Person=2|PronType=Prs"},
        {"wo", UPOS_AUX, XPOS_MD, 3, REL_AUX, "will", "VerbForm=Fin"},
        {"need", UPOS_VERB, XPOS_VB, 0, REL_ROOT, "need", "VerbForm=Inf"},
        {"better", UPOS_ADJ, XPOS_JJR, 5, REL_AMOD, "good", "Degree=Cmp"},
        {"ones", UPOS_NOUN, XPOS_NNS, 3, REL_OBJ, "one", "Number=Plur"},
    };
    check_rows(*state, ROWS(passive));
    check_rows(*state, ROWS(contracted));
    check_rows(*state, ROWS(imperative));
    check_rows(*state, ROWS(infinitive));
}

static void test_annotate_agreement(void **state)
{
    static const struct row relative[] = {
        {"men", UPOS_NOUN, XPOS_NNS, 0, REL_ROOT, "man", "Number=Plur"},
        {"who", UPOS_PRON, XPOS_WP, 3, REL_NSUBJ, "who", "PronType=Rel"},
        {"laughed", UPOS_VERB, XPOS_VBD, 1, REL_ACL_RELCL, "laugh",
         "Mood=Ind|Number=Plur|Person=3|Tense=Past|VerbForm=Fin"},
    };
    static const struct row coordinated[] = {
        {"Ann", UPOS_PROPN, XPOS_NNP, 4, REL_NSUBJ, "Ann", "Number=Sing"},
        {"and", UPOS_CCONJ, XPOS_CC, 3, REL_CC, "and", "_"},
        {"I", UPOS_PRON, XPOS_PRP, 1, REL_CONJ, "I",
         "Case=Nom|Number=Sing|Person=1|PronType=Prs"},
        {"saw", UPOS_VERB, XPOS_VBD, 0, REL_ROOT, "see",
         "Mood=Ind|Number=Plur|Person=1|Tense=Past|VerbForm=Fin"},
        {"her", UPOS_PRON, XPOS_PRP, 4, REL_OBJ, "she",
         "Case=Acc|Gender=Fem|Number=Sing|Person=3|PronType=Prs"},
    };
    static const struct row odd[] = {
        {"co-workers", UPOS_NOUN, XPOS_NNS, 0, REL_ROOT, "co-worker", "Number=Plur"},
        {"blorfed", UPOS_VERB, XPOS_VBD, 1, REL_ACL, "blorf", NULL},
        {"snibbing", UPOS_VERB, XPOS_VBG, 1, REL_ACL, "snib", "VerbForm=Ger"},
        {"glorified", UPOS_VERB, XPOS_VBN, 1, REL_ACL, "glorify", NULL},
        {"TEXAS", UPOS_PROPN, XPOS_NNP, 1, REL_FLAT, "Texas", "Number=Sing"},
        {"Americans", UPOS_PROPN, XPOS_NNPS, 1, REL_FLAT, "American", "Number=Plur"},
        {"12,500", UPOS_NUM, XPOS_CD, 1, REL_NUMMOD, "12500", "NumForm=Digit|NumType=Card"},
        {"21st", UPOS_ADJ, XPOS_JJ, 1, REL_AMOD, "21st",
         "Degree=Pos|NumForm=Combi|NumType=Ord"},
        {"sooooo", UPOS_ADV, XPOS_RB, 1, REL_ADVMOD, "so", "Style=Expr"},
        {"PCs", UPOS_NOUN, XPOS_NNS, 1, REL_CONJ, "PC", "Number=Plur"},
    };
    check_rows(*state, ROWS(relative));
    check_rows(*state, ROWS(coordinated));
    check_rows(*state, ROWS(odd));
}

static void test_names(void **state)
{
    static const struct row rows[] = {
        {"Mrs.", UPOS_PROPN, XPOS_NNP, 2, REL_NMOD_DESC, "Mrs.", NULL},
        {"Okafor", UPOS_PROPN, XPOS_NNP, 3, REL_NSUBJ, "Okafor", NULL},
        {"met", UPOS_VERB, XPOS_VBD, 0, REL_ROOT, "meet", NULL},
        {"Peter", UPOS_PROPN, XPOS_NNP, 3, REL_OBJ, "Peter", NULL},
        {"Quillfeather", UPOS_PROPN, XPOS_NNP, 4, REL_FLAT, "Quillfeather", NULL},
    };
    static const uint32_t expected[] = {CLASS(FEMALE), CLASS(FEMALE), 0, CLASS(MALE), CLASS(MALE)};
    struct arena arena;
    struct sentence sentence = {0};
    arena_init(&arena);
    annotate_rows(*state, ROWS(rows), &arena, &sentence);
    for (uint32_t i = 0; i < sentence.count; i++) {
        uint32_t got = sentence.tokens[i].classes;
        assert_int_equal(got & (CLASS(MALE) | CLASS(FEMALE)), expected[i]);
        assert_int_equal((got & CLASS(PERSON)) != 0, expected[i] != 0);
    }
    arena_clear(&arena);
}

static uint32_t classes(const struct lexicon *lexicon, const char *lemma, enum upos upos)
{
    return lexicon_classes(lexicon, lemma, strlen(lemma), upos);
}

static void test_classes(void **state)
{
    const struct lexicon *x = *state;
    assert_true(classes(x, "teacher", UPOS_NOUN) & CLASS(PERSON));
    assert_true(classes(x, "uncle", UPOS_NOUN) & CLASS(MALE));
    assert_true(classes(x, "Mary", UPOS_PROPN) & CLASS(FEMALE));
    assert_true(classes(x, "wolf", UPOS_NOUN) & CLASS(ANIMAL));
    assert_true(classes(x, "luggage", UPOS_NOUN) & CLASS(MASS));
    assert_false(classes(x, "car", UPOS_NOUN) & CLASS(MASS));
    assert_true(classes(x, "school", UPOS_NOUN) & CLASS(PLACE));
    assert_true(classes(x, "week", UPOS_NOUN) & CLASS(TIME));
    assert_true(classes(x, "say", UPOS_VERB) & CLASS(SPEECH));
    assert_false(classes(x, "eat", UPOS_VERB) & CLASS(SPEECH));
    assert_true(classes(x, "know", UPOS_VERB) & CLASS(STATIVE));
    assert_true(classes(x, "give", UPOS_VERB) & CLASS(DITRANSITIVE));
    assert_true(classes(x, "sleep", UPOS_VERB) & CLASS(INTRANSITIVE));
    assert_false(classes(x, "sleep", UPOS_VERB) & CLASS(DITRANSITIVE));
    assert_true(classes(x, "run", UPOS_VERB) & CLASS(MOTION));
    assert_int_equal(classes(x, "blorp", UPOS_NOUN), 0);
    assert_int_equal(classes(x, "the", UPOS_DET), 0);
}

static void test_phrases(void **state)
{
    static const struct row rows[] = {
        {"Old", UPOS_ADJ, XPOS_JJ, 3, REL_AMOD, "old", NULL},
        {"high", UPOS_ADJ, XPOS_JJ, 3, REL_AMOD, "high", NULL},
        {"schools", UPOS_NOUN, XPOS_NNS, 4, REL_NSUBJ, "school", NULL},
        {"took", UPOS_VERB, XPOS_VBD, 0, REL_ROOT, "take", NULL},
        {"a", UPOS_DET, XPOS_DT, 6, REL_DET, "a", NULL},
        {"look", UPOS_NOUN, XPOS_NN, 4, REL_OBJ, "look", NULL},
    };
    static const bool marked[] = {false, true, true, true, true, true};
    struct arena arena;
    struct sentence sentence = {0};
    arena_init(&arena);
    annotate_rows(*state, ROWS(rows), &arena, &sentence);
    for (uint32_t i = 0; i < sentence.count; i++)
        assert_int_equal((sentence.tokens[i].flags & FLAG(MWE)) != 0, marked[i]);
    arena_clear(&arena);
}

/* ---- inverse ---- */

static void test_inverse(void **state)
{
    static const struct {
        enum lex_pos pos;
        enum upos upos;
        enum form form;
        enum xpos xpos;
        double least;
    } kinds[] = {
        {LEX_VERB, UPOS_VERB, FORM_S, XPOS_VBZ, 99},
        {LEX_VERB, UPOS_VERB, FORM_PAST, XPOS_VBD, 99},
        {LEX_VERB, UPOS_VERB, FORM_PP, XPOS_VBN, 98.5},
        {LEX_VERB, UPOS_VERB, FORM_ING, XPOS_VBG, 99},
        {LEX_NOUN, UPOS_NOUN, FORM_PL, XPOS_NNS, 99}, {LEX_ADJ, UPOS_ADJ, FORM_ER, XPOS_JJR, 95},
        {LEX_ADJ, UPOS_ADJ, FORM_EST, XPOS_JJS, 95}};
    const struct lexicon *lexicon = *state;
    struct arena arena;
    arena_init(&arena);
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        unsigned total = 0, same = 0;
        for (uint32_t w = 0; w < lexicon->word_count; w++) {
            const struct lex_lexeme *x = lex_lexeme_of(lexicon, w, kinds[k].pos);
            const char *form;
            size_t length;
            if (x == NULL)
                continue;
            struct lex_text lemma = lex_string(lexicon, x->lemma);
            arena_reset(&arena);
            if (!lexicon_inflect(lexicon, &arena, lemma.bytes, lemma.length, kinds[k].form, &form,
                                 &length))
                continue;
            struct token t = {.form = form, .form_length = (uint32_t)length, .head = -1,
                              .upos = (uint8_t)kinds[k].upos, .xpos = (uint8_t)kinds[k].xpos};
            struct sentence one = {.tokens = &t, .count = 1};
            assert_int_equal(lexicon_annotate(lexicon, &arena, &one), ISG_OK);
            total++;
            same += t.lemma_length == lemma.length &&
                    memcmp(t.lemma, lemma.bytes, lemma.length) == 0;
        }
        double share = 100.0 * same / total;
        printf("lemma -> %s -> lemma: %.2f %% of %u\n", vocab_name(VOCAB_LIST_FORM, kinds[k].form),
               share, total);
        assert_true(share >= kinds[k].least);
    }
    arena_clear(&arena);
}

/* ---- hostile input ---- */

static void test_hostile_tokens(void **state)
{
    static char longest[3000];
    memset(longest, 'a', sizeof longest);
    static const struct {
        const char *bytes;
        size_t length;
    } forms[] = {{"", 0}, {"\0\0\0", 3}, {"\xff\xfe", 2}, {"\xe2\x80", 2}, {"-", 1}, {"--ed", 4},
                 {"s", 1}, {"'s", 2}, {"ing", 3}, {"-ing", 4}, {"ed", 2}, {"ies", 3}, {"\x01", 1},
                 {"\x01" "at", 3}, {longest, sizeof longest}, {",", 1}, {"1,", 2}, {",,,", 3},
                 {"\xc8\xba\xc8\xba\xc8\xba", 6}, {"\xc4\xb0s", 3},
                 {"aaaaaaaaaaaaaaaaaaaaaaaa", 24}};
    struct arena arena;
    arena_init(&arena);
    for (size_t f = 0; f < sizeof forms / sizeof *forms; f++) {
        for (unsigned upos = 0; upos <= UPOS_COUNT; upos++)
            for (unsigned xpos = 0; xpos <= XPOS_COUNT; xpos++) {
                struct token t[2] = {{.form = forms[f].bytes,
                                      .form_length = (uint32_t)forms[f].length,
                                      .upos = (uint8_t)(upos == UPOS_COUNT ? 255 : upos),
                                      .xpos = (uint8_t)(xpos == XPOS_COUNT ? 255 : xpos),
                                      .head = 1, .deprel = (uint8_t)(upos + xpos)}};
                t[1] = t[0];
                t[1].head = (int32_t)xpos % 3;
                struct sentence s = {.tokens = t, .count = 2};
                arena_reset(&arena);
                assert_int_equal(lexicon_annotate(*state, &arena, &s), ISG_OK);
            }
        for (unsigned form = 0; form <= FORM_COUNT; form++) {
            const char *out;
            size_t length;
            lexicon_inflect(*state, &arena, forms[f].bytes, forms[f].length, (enum form)form, &out,
                            &length);
            lexicon_pronoun(forms[f].bytes, forms[f].length, (enum form)form);
        }
        lexicon_takes_an(*state, forms[f].bytes, forms[f].length);
        lexicon_classes(*state, forms[f].bytes, forms[f].length, UPOS_NOUN);
    }
    struct sentence empty = {0};
    assert_int_equal(lexicon_annotate(*state, &arena, &empty), ISG_OK);
    arena_clear(&arena);
}

static char *read_all(const char *path, size_t *size)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    fseek(file, 0, SEEK_END);
    *size = (size_t)ftell(file);
    rewind(file);
    char *bytes = malloc(*size);
    assert_non_null(bytes);
    assert_int_equal(fread(bytes, 1, *size, file), *size);
    fclose(file);
    return bytes;
}

static isg_status open_bytes(const char *bytes, size_t size)
{
    char path[] = "/tmp/test_lexicon_XXXXXX";
    int file = mkstemp(path);
    assert_true(file >= 0);
    assert_int_equal(write(file, bytes, size), (ssize_t)size);
    close(file);
    struct lexicon *lexicon;
    isg_error error;
    isg_status status = lexicon_open(path, &lexicon, &error);
    unlink(path);
    if (status == ISG_OK) {
        static const struct row rows[] = {
            {"women", UPOS_NOUN, XPOS_NNS, 2, REL_NSUBJ, "", NULL},
            {"walked", UPOS_VERB, XPOS_VBD, 0, REL_ROOT, "", NULL},
            {"home", UPOS_NOUN, XPOS_NN, 2, REL_OBJ, "", NULL}};
        struct arena arena;
        struct sentence sentence = {0};
        arena_init(&arena);
        annotate_rows(lexicon, ROWS(rows), &arena, &sentence);
        arena_clear(&arena);
    } else {
        assert_true(error.message[0] != '\0' && error.code == status);
    }
    lexicon_close(lexicon);
    return status;
}

static void test_damaged_files(void **state)
{
    (void)state;
    char path[4096];
    size_t size;
    struct lexicon *lexicon;
    isg_error error;
    assert_int_equal(lexicon_open("/nowhere/isogloss.lex", &lexicon, &error), ISG_IO);
    assert_int_equal(lexicon_open("/", &lexicon, NULL), ISG_IO);
    assert_null(lexicon);
    char *bytes = read_all(lexicon_path(path, sizeof path), &size);
    struct lex_header *h = (struct lex_header *)(void *)bytes, good = *h;
    assert_int_equal(open_bytes(bytes, 0), ISG_FORMAT);
    assert_int_equal(open_bytes(bytes, 40), ISG_FORMAT);
    assert_int_equal(open_bytes(bytes, size - 8), ISG_FORMAT);
    h->magic[0] = 'x';
    assert_int_equal(open_bytes(bytes, size), ISG_FORMAT);
    *h = good;
    h->oldest = LEX_VERSION + 1;
    assert_int_equal(open_bytes(bytes, size), ISG_VERSION);
    *h = good;
    h->vocab++;
    assert_int_equal(open_bytes(bytes, size), ISG_MISMATCH);
    *h = good;
    bytes[size / 2] ^= 1;
    assert_int_equal(open_bytes(bytes, size), ISG_FORMAT);
    bytes[size / 2] ^= 1;
    /* Records damaged under a right checksum: refused, or harmless. */
    uint64_t random = 1;
    for (int round = 0; round < 24; round++) {
        const struct lex_span *s = &good.sections[round % LEX_SECTIONS];
        random = hash_mix(random, (uint64_t)round);
        size_t at = (size_t)(s->offset + random % (s->count > 64 ? s->count : 64)) & ~(size_t)3;
        uint32_t saved, value = (uint32_t)(random >> 32);
        memcpy(&saved, bytes + at, 4);
        memcpy(bytes + at, &value, 4);
        h->checksum = hash_bytes(bytes + sizeof *h, size - sizeof *h, 0);
        open_bytes(bytes, size);
        memcpy(bytes + at, &saved, 4);
        *h = good;
        uint64_t *field = &h->sections[round % LEX_SECTIONS].offset + round % 2;
        *field = random;
        assert_int_not_equal(open_bytes(bytes, size), ISG_OK);
        *h = good;
    }
    assert_int_equal(open_bytes(bytes, size), ISG_OK);
    free(bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_verbs), cmocka_unit_test(test_nouns), cmocka_unit_test(test_grades),
        cmocka_unit_test(test_regular), cmocka_unit_test(test_be_and_pronouns),
        cmocka_unit_test(test_an),
        cmocka_unit_test(test_annotate_clauses), cmocka_unit_test(test_annotate_agreement),
        cmocka_unit_test(test_names), cmocka_unit_test(test_classes),
        cmocka_unit_test(test_phrases),
        cmocka_unit_test(test_inverse), cmocka_unit_test(test_hostile_tokens),
        cmocka_unit_test(test_damaged_files),
    };
    return cmocka_run_group_tests(tests, open_lexicon, close_lexicon);
}

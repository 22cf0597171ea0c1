/* words.c -- the closed-class words that the grammar knows by name, looked up once a token. Lists
 * are in strcmp order; forms are lower-case with a straight apostrophe.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "grammar/objects.h"

#include <string.h>

static const struct word words[] = {
    {"%", WORD_QUANTITY, 0},
    {"&", WORD_AND, 0},
    {"'em", WORD_ACCUSATIVE, AGR_PL},
    {"'n'", WORD_AND, 0},
    {"add", WORD_SPEECH, 0},
    {"admit", WORD_SPEECH, 0},
    {"all", WORD_GROUP | WORD_QUANTITY, 0},
    {"also", WORD_SENTENCE, 0},
    {"and", WORD_AND, 0},
    {"announce", WORD_SPEECH, 0},
    {"another", 0, AGR_3SG},
    {"answer", WORD_SPEECH, 0},
    {"any", WORD_QUANTITY, 0},
    {"anybody", WORD_INDEFINITE, AGR_3SG},
    {"anyone", WORD_INDEFINITE, AGR_3SG},
    {"anything", WORD_INDEFINITE, AGR_3SG},
    {"anywhere", WORD_INDEFINITE, 0},
    {"apparently", WORD_SENTENCE, 0},
    {"argue", WORD_SPEECH, 0},
    {"ask", WORD_SPEECH, 0},
    {"barely", WORD_SEMINEG, 0},
    {"begin", WORD_SPEECH, 0},
    {"both", 0, AGR_PL},
    {"boys", WORD_GROUP, 0},
    {"brothers", WORD_GROUP, 0},
    {"bunch", WORD_QUANTITY, 0},
    {"call", WORD_SPEECH, 0},
    {"cattle", WORD_PLURAL_NOUN, AGR_PL},
    {"certainly", WORD_SENTENCE, 0},
    {"children", WORD_GROUP | WORD_PLURAL_NOUN, AGR_PL},
    {"class", WORD_GROUP, 0},
    {"clearly", WORD_SENTENCE, 0},
    {"clergy", WORD_PLURAL_NOUN, AGR_PL},
    {"colleagues", WORD_GROUP, 0},
    {"continue", WORD_SPEECH, 0},
    {"couple", WORD_QUANTITY, 0},
    {"cry", WORD_SPEECH, 0},
    {"customers", WORD_GROUP, 0},
    {"declare", WORD_SPEECH, 0},
    {"definitely", WORD_SENTENCE, 0},
    {"demand", WORD_SPEECH, 0},
    {"dozen", WORD_QUANTITY, 0},
    {"dozens", WORD_QUANTITY, 0},
    {"drizzle", WORD_WEATHER, 0},
    {"each", 0, AGR_3SG},
    {"either", 0, AGR_3SG},
    {"enough", WORD_QUANTITY, 0},
    {"even", WORD_NOINVERT, 0},
    {"every", 0, AGR_3SG},
    {"everybody", WORD_GROUP | WORD_INDEFINITE, AGR_3SG},
    {"everyone", WORD_GROUP | WORD_INDEFINITE, AGR_3SG},
    {"everything", WORD_INDEFINITE, AGR_3SG},
    {"evidently", WORD_SENTENCE, 0},
    {"exclaim", WORD_SPEECH, 0},
    {"explain", WORD_SPEECH, 0},
    {"fans", WORD_GROUP, 0},
    {"few", 0, AGR_PL},
    {"folk", WORD_PLURAL_NOUN, AGR_PL},
    {"folks", WORD_GROUP | WORD_PLURAL_NOUN, AGR_PL},
    {"freeze", WORD_WEATHER, 0},
    {"friends", WORD_GROUP, 0},
    {"generally", WORD_SENTENCE, 0},
    {"gentlemen", WORD_GROUP, 0},
    {"girls", WORD_GROUP, 0},
    {"go", WORD_SPEECH, 0},
    {"group", WORD_QUANTITY, 0},
    {"growl", WORD_SPEECH, 0},
    {"guests", WORD_GROUP, 0},
    {"guys", WORD_GROUP, 0},
    {"had", WORD_SUBORDINATOR, 0},
    {"hail", WORD_WEATHER, 0},
    {"half", WORD_QUANTITY, 0},
    {"handful", WORD_QUANTITY, 0},
    {"hardly", WORD_SEMINEG, 0},
    {"he", WORD_MASC | WORD_NOMINATIVE | WORD_PERSONAL, AGR_3SG},
    {"her", WORD_ACCUSATIVE | WORD_FEM, AGR_3SG},
    {"here", WORD_HOST, 0},
    {"hers", WORD_FEM, 0},
    {"herself", WORD_FEM, 0},
    {"him", WORD_ACCUSATIVE | WORD_MASC, AGR_3SG},
    {"himself", WORD_MASC, 0},
    {"his", WORD_MASC, 0},
    {"host", WORD_QUANTITY, 0},
    {"how", WORD_HOST | WORD_WH, 0},
    {"hundreds", WORD_QUANTITY, 0},
    {"i", WORD_HOST | WORD_NOMINATIVE | WORD_PERSONAL, AGR_1SG},
    {"if", WORD_WHETHER, 0},
    {"insist", WORD_SPEECH, 0},
    {"it", WORD_NEUT | WORD_PERSONAL, AGR_3SG},
    {"its", WORD_NEUT, 0},
    {"itself", WORD_NEUT, 0},
    {"joke", WORD_SPEECH, 0},
    {"just", WORD_NOINVERT, 0},
    {"kids", WORD_GROUP, 0},
    {"ladies", WORD_GROUP, 0},
    {"lads", WORD_GROUP, 0},
    {"laugh", WORD_SPEECH, 0},
    {"less", 0, AGR_3SG},
    {"little", 0, AGR_3SG},
    {"load", WORD_QUANTITY, 0},
    {"loads", WORD_QUANTITY, 0},
    {"lot", WORD_QUANTITY, 0},
    {"lots", WORD_QUANTITY, 0},
    {"majority", WORD_QUANTITY, 0},
    {"many", 0, AGR_PL},
    {"mates", WORD_GROUP, 0},
    {"maybe", WORD_SENTENCE, 0},
    {"me", WORD_ACCUSATIVE, AGR_1SG},
    {"members", WORD_GROUP, 0},
    {"men", WORD_PLURAL_NOUN, AGR_PL},
    {"merely", WORD_NOINVERT, 0},
    {"millions", WORD_QUANTITY, 0},
    {"minority", WORD_QUANTITY, 0},
    {"more", WORD_QUANTITY, 0},
    {"most", WORD_QUANTITY, 0},
    {"much", 0, AGR_3SG},
    {"murmur", WORD_SPEECH, 0},
    {"mutter", WORD_SPEECH, 0},
    {"n", WORD_AND, 0},
    {"n't", WORD_NOT, 0},
    {"naught", WORD_NEGATIVE, 0},
    {"necessarily", WORD_NOINVERT, 0},
    {"neither", WORD_NEGATIVE, AGR_3SG},
    {"never", WORD_NEGATIVE, 0},
    {"no", WORD_NEGATIVE, 0},
    {"no-one", WORD_INDEFINITE | WORD_NEGATIVE, AGR_3SG},
    {"nobody", WORD_INDEFINITE | WORD_NEGATIVE, AGR_3SG},
    {"none", WORD_NEGATIVE | WORD_QUANTITY, 0},
    {"noone", WORD_INDEFINITE | WORD_NEGATIVE, AGR_3SG},
    {"nor", WORD_NEGATIVE | WORD_OR, 0},
    {"not", WORD_NOT, 0},
    {"nothing", WORD_INDEFINITE | WORD_NEGATIVE, AGR_3SG},
    {"nought", WORD_NEGATIVE, 0},
    {"nowhere", WORD_NEGATIVE, 0},
    {"nt", WORD_NOT, 0},
    {"number", WORD_QUANTITY, 0},
    {"obviously", WORD_SENTENCE, 0},
    {"one", 0, AGR_3SG},
    {"ones", 0, AGR_PL},
    {"only", WORD_NOINVERT, 0},
    {"or", WORD_OR, 0},
    {"others", 0, AGR_PL},
    {"pair", WORD_QUANTITY, 0},
    {"parents", WORD_GROUP, 0},
    {"part", WORD_QUANTITY, 0},
    {"passengers", WORD_GROUP, 0},
    {"people", WORD_GROUP | WORD_PLURAL_NOUN, AGR_PL},
    {"percent", WORD_QUANTITY, 0},
    {"perhaps", WORD_SENTENCE, 0},
    {"players", WORD_GROUP, 0},
    {"plenty", WORD_QUANTITY, 0},
    {"police", WORD_PLURAL_NOUN, AGR_PL},
    {"portion", WORD_QUANTITY, 0},
    {"possibly", WORD_SENTENCE, 0},
    {"poultry", WORD_PLURAL_NOUN, AGR_PL},
    {"pour", WORD_WEATHER, 0},
    {"presumably", WORD_SENTENCE, 0},
    {"probably", WORD_SENTENCE, 0},
    {"quarter", WORD_QUANTITY, 0},
    {"rain", WORD_WEATHER, 0},
    {"range", WORD_QUANTITY, 0},
    {"rarely", WORD_SEMINEG, 0},
    {"readers", WORD_GROUP, 0},
    {"repeat", WORD_SPEECH, 0},
    {"reply", WORD_SPEECH, 0},
    {"rest", WORD_QUANTITY, 0},
    {"say", WORD_SPEECH, 0},
    {"scarcely", WORD_SEMINEG, 0},
    {"scream", WORD_SPEECH, 0},
    {"seldom", WORD_SEMINEG, 0},
    {"series", WORD_QUANTITY, 0},
    {"several", 0, AGR_PL},
    {"she", WORD_FEM | WORD_NOMINATIVE | WORD_PERSONAL, AGR_3SG},
    {"should", WORD_SUBORDINATOR, 0},
    {"shout", WORD_SPEECH, 0},
    {"sigh", WORD_SPEECH, 0},
    {"simply", WORD_NOINVERT, 0},
    {"sisters", WORD_GROUP, 0},
    {"snap", WORD_SPEECH, 0},
    {"snow", WORD_WEATHER, 0},
    {"some", WORD_QUANTITY, 0},
    {"somebody", WORD_INDEFINITE, AGR_3SG},
    {"someone", WORD_INDEFINITE, AGR_3SG},
    {"something", WORD_INDEFINITE, AGR_3SG},
    {"somewhere", WORD_INDEFINITE, 0},
    {"state", WORD_SPEECH, 0},
    {"still", WORD_SENTENCE, 0},
    {"students", WORD_GROUP, 0},
    {"surely", WORD_SENTENCE, 0},
    {"teachers", WORD_GROUP, 0},
    {"team", WORD_GROUP, 0},
    {"tell", WORD_SPEECH, 0},
    {"that", WORD_HOST | WORD_RELATIVE, AGR_3SG},
    {"them", WORD_ACCUSATIVE, AGR_PL},
    {"there", WORD_HOST, 0},
    {"these", 0, AGR_PL},
    {"they", WORD_HOST | WORD_NOMINATIVE | WORD_PERSONAL, AGR_PL},
    {"think", WORD_SPEECH, 0},
    {"third", WORD_QUANTITY, 0},
    {"this", 0, AGR_3SG},
    {"those", 0, AGR_PL},
    {"thou", WORD_HOST | WORD_PERSONAL | WORD_SECOND, AGR_PL},
    {"thousands", WORD_QUANTITY, 0},
    {"thunder", WORD_WEATHER, 0},
    {"ton", WORD_QUANTITY, 0},
    {"tons", WORD_QUANTITY, 0},
    {"u", WORD_HOST | WORD_PERSONAL | WORD_SECOND, AGR_PL},
    {"us", WORD_ACCUSATIVE, AGR_PL},
    {"usually", WORD_SENTENCE, 0},
    {"variety", WORD_QUANTITY, 0},
    {"visitors", WORD_GROUP, 0},
    {"warn", WORD_SPEECH, 0},
    {"we", WORD_HOST | WORD_NOMINATIVE | WORD_PERSONAL, AGR_PL},
    {"were", WORD_SUBORDINATOR, 0},
    {"what", WORD_HOST | WORD_WH, 0},
    {"when", WORD_RELATIVE | WORD_WH, 0},
    {"where", WORD_HOST | WORD_RELATIVE | WORD_WH, 0},
    {"whether", WORD_WHETHER, 0},
    {"which", WORD_HOST | WORD_RELATIVE | WORD_WH, 0},
    {"whisper", WORD_SPEECH, 0},
    {"who", WORD_HOST | WORD_RELATIVE | WORD_WH, 0},
    {"whom", WORD_RELATIVE | WORD_WH, 0},
    {"whose", WORD_RELATIVE | WORD_WH, 0},
    {"why", WORD_RELATIVE | WORD_WH, 0},
    {"without", WORD_SEMINEG, 0},
    {"women", WORD_PLURAL_NOUN, AGR_PL},
    {"wonder", WORD_SPEECH, 0},
    {"y'all", WORD_HOST | WORD_PERSONAL | WORD_SECOND, AGR_PL},
    {"ya", WORD_HOST | WORD_PERSONAL | WORD_SECOND, AGR_PL},
    {"yall", WORD_HOST | WORD_PERSONAL | WORD_SECOND, AGR_PL},
    {"ye", WORD_HOST | WORD_PERSONAL | WORD_SECOND, AGR_PL},
    {"yell", WORD_SPEECH, 0},
    {"you", WORD_HOST | WORD_PERSONAL | WORD_SECOND, AGR_PL},
    {"yous", WORD_HOST | WORD_PERSONAL | WORD_SECOND, AGR_PL},
    {"youse", WORD_HOST | WORD_PERSONAL | WORD_SECOND, AGR_PL},
};

/* 's and 'd are listed as is and had; vg_read.c looks further. */
static const struct aux_form aux_forms[] = {
    {"'d", "have", FORM_FIN, VALUE_PAST, AGR_1SG | AGR_3SG | AGR_PL, false, true},
    {"'ll", "will", FORM_FIN, VALUE_NONE, AGR_1SG | AGR_3SG | AGR_PL, true, true},
    {"'m", "be", FORM_FIN, VALUE_PRES, AGR_1SG, false, true},
    {"'re", "be", FORM_FIN, VALUE_PRES, AGR_PL, false, true},
    {"'s", "be", FORM_FIN, VALUE_PRES, AGR_3SG, false, true},
    {"'ve", "have", FORM_FIN, VALUE_PRES, AGR_1SG | AGR_PL, false, true},
    {"`s", "be", FORM_FIN, VALUE_PRES, AGR_3SG, false, true},
    {"ai", "be", FORM_FIN, VALUE_PRES, AGR_1SG | AGR_3SG | AGR_PL, false, false},
    {"am", "be", FORM_FIN, VALUE_PRES, AGR_1SG, false, false},
    {"are", "be", FORM_FIN, VALUE_PRES, AGR_PL, false, false},
    {"be", "be", FORM_BASE, VALUE_NONE, 0, false, false},
    {"been", "be", FORM_PP, VALUE_NONE, 0, false, false},
    {"being", "be", FORM_ING, VALUE_NONE, 0, false, false},
    {"ca", "can", FORM_FIN, VALUE_NONE, AGR_1SG | AGR_3SG | AGR_PL, true, false},
    {"can", "can", FORM_FIN, VALUE_NONE, AGR_1SG | AGR_3SG | AGR_PL, true, false},
    {"could", "could", FORM_FIN, VALUE_NONE, AGR_1SG | AGR_3SG | AGR_PL, true, false},
    {"d", "have", FORM_FIN, VALUE_PAST, AGR_1SG | AGR_3SG | AGR_PL, false, true},
    {"dare", "dare", FORM_FIN, VALUE_NONE, AGR_1SG | AGR_3SG | AGR_PL, true, false},
    {"did", "do", FORM_FIN, VALUE_PAST, AGR_1SG | AGR_3SG | AGR_PL, false, false},
    {"do", "do", FORM_FIN, VALUE_PRES, AGR_1SG | AGR_PL, false, false},
    {"does", "do", FORM_FIN, VALUE_PRES, AGR_3SG, false, false},
    {"doing", "do", FORM_ING, VALUE_NONE, 0, false, false},
    {"done", "do", FORM_PP, VALUE_NONE, 0, false, false},
    {"get", "get", FORM_BASE, VALUE_NONE, 0, false, false},
    {"gets", "get", FORM_FIN, VALUE_PRES, AGR_3SG, false, false},
    {"getting", "get", FORM_ING, VALUE_NONE, 0, false, false},
    {"got", "get", FORM_FIN, VALUE_PAST, AGR_1SG | AGR_3SG | AGR_PL, false, false},
    {"had", "have", FORM_FIN, VALUE_PAST, AGR_1SG | AGR_3SG | AGR_PL, false, false},
    {"has", "have", FORM_FIN, VALUE_PRES, AGR_3SG, false, false},
    {"have", "have", FORM_FIN, VALUE_PRES, AGR_1SG | AGR_PL, false, false},
    {"having", "have", FORM_ING, VALUE_NONE, 0, false, false},
    {"is", "be", FORM_FIN, VALUE_PRES, AGR_3SG, false, false},
    {"ll", "will", FORM_FIN, VALUE_NONE, AGR_1SG | AGR_3SG | AGR_PL, true, true},
    {"m", "be", FORM_FIN, VALUE_PRES, AGR_1SG, false, true},
    {"may", "may", FORM_FIN, VALUE_NONE, AGR_1SG | AGR_3SG | AGR_PL, true, false},
    {"might", "might", FORM_FIN, VALUE_NONE, AGR_1SG | AGR_3SG | AGR_PL, true, false},
    {"must", "must", FORM_FIN, VALUE_NONE, AGR_1SG | AGR_3SG | AGR_PL, true, false},
    {"need", "need", FORM_FIN, VALUE_NONE, AGR_1SG | AGR_3SG | AGR_PL, true, false},
    {"ought", "ought", FORM_FIN, VALUE_NONE, AGR_1SG | AGR_3SG | AGR_PL, true, false},
    {"re", "be", FORM_FIN, VALUE_PRES, AGR_PL, false, true},
    {"s", "be", FORM_FIN, VALUE_PRES, AGR_3SG, false, true},
    {"sha", "shall", FORM_FIN, VALUE_NONE, AGR_1SG | AGR_3SG | AGR_PL, true, false},
    {"shall", "shall", FORM_FIN, VALUE_NONE, AGR_1SG | AGR_3SG | AGR_PL, true, false},
    {"should", "should", FORM_FIN, VALUE_NONE, AGR_1SG | AGR_3SG | AGR_PL, true, false},
    {"ve", "have", FORM_FIN, VALUE_PRES, AGR_1SG | AGR_PL, false, true},
    {"was", "be", FORM_FIN, VALUE_PAST, AGR_1SG | AGR_3SG, false, false},
    {"were", "be", FORM_FIN, VALUE_PAST, AGR_PL, false, false},
    {"will", "will", FORM_FIN, VALUE_NONE, AGR_1SG | AGR_3SG | AGR_PL, true, false},
    {"wo", "will", FORM_FIN, VALUE_NONE, AGR_1SG | AGR_3SG | AGR_PL, true, false},
    {"would", "would", FORM_FIN, VALUE_NONE, AGR_1SG | AGR_3SG | AGR_PL, true, false},
};

static const struct word unknown_word = {"", 0, 0};

/* The curly and modifier apostrophes, U+2019 and U+02BC, and the accent used as one. */
static size_t apostrophe_length(const char *bytes, size_t left)
{
    if (bytes[0] == '\'')
        return 1;
    if (left >= 3 && memcmp(bytes, "\xe2\x80\x99", 3) == 0)
        return 3;
    return left >= 2 && memcmp(bytes, "\xca\xbc", 2) == 0 ? 2 : 0;
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

void token_fold(const struct token *token, char out[FOLD_SIZE])
{
    size_t n = 0;
    out[0] = '\0';
    for (size_t i = 0; i < token->form_length;) {
        size_t mark = apostrophe_length(token->form + i, token->form_length - i);
        if (n + 1 >= FOLD_SIZE) {
            out[0] = '\0';
            return;
        }
        out[n++] = mark ? '\'' : lower(token->form[i]);
        i += mark ? mark : 1;
    }
    out[n] = '\0';
}

bool form_is(const struct token *token, const char *word)
{
    char folded[FOLD_SIZE];
    token_fold(token, folded);
    return strcmp(folded, word) == 0;
}

bool lemma_is(const struct token *token, const char *word)
{
    return strlen(word) == token->lemma_length &&
           same_form(token->lemma, token->lemma_length, word, token->lemma_length);
}

bool same_form(const char *a, size_t a_length, const char *b, size_t b_length)
{
    size_t i = 0, k = 0;
    for (;;) {
        size_t mark;
        while (i < a_length && (mark = apostrophe_length(a + i, a_length - i)) > 0)
            i += mark;
        while (k < b_length && (mark = apostrophe_length(b + k, b_length - k)) > 0)
            k += mark;
        if (i == a_length || k == b_length)
            return i == a_length && k == b_length;
        if (lower(a[i++]) != lower(b[k++]))
            return false;
    }
}

const struct word *word_list(size_t *count)
{
    *count = sizeof words / sizeof *words;
    return words;
}

static const struct word *find_word(const char *folded)
{
    size_t low = 0, high = sizeof words / sizeof *words;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = strcmp(words[middle].text, folded);
        if (order == 0)
            return &words[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

bool lemma_has(const struct token *token, uint32_t bits)
{
    struct token lemma = {.form = token->lemma, .form_length = token->lemma_length};
    char folded[FOLD_SIZE];
    token_fold(&lemma, folded);
    const struct word *found = folded[0] ? find_word(folded) : NULL;
    return found && (found->bits & bits);
}

const struct word *word_at(struct grammar *grammar, int32_t token)
{
    uint16_t *slot = &grammar->extra->words[token];
    if (*slot == 0) {
        char folded[FOLD_SIZE];
        token_fold(token_at(grammar, token), folded);
        const struct word *found = folded[0] ? find_word(folded) : NULL;
        *slot = found ? (uint16_t)(found - words + 2) : 1;
    }
    return *slot == 1 ? &unknown_word : &words[*slot - 2];
}

const struct aux_form *aux_form_find(const char *folded)
{
    size_t low = 0, high = sizeof aux_forms / sizeof *aux_forms;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = strcmp(aux_forms[middle].form, folded);
        if (order == 0)
            return &aux_forms[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

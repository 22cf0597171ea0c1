/* frequency.c -- how common words, tags, relations and features are in ordinary English, for
 * warnings about rules that would start almost everywhere. Counted over the training parts of the
 * treebanks that data/README.md names; only what is common is listed.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lex.h"
#include "lint.h"

/* Tokens of 100,000; sorted by name. */
struct frequency {
    const char *name;
    uint32_t count;
};

static const struct frequency tags[] = {
    {"$", 101}, {"''", 389}, {",", 4282}, {"-LRB-", 517}, {"-RRB-", 528}, {".", 4945},
    {":", 509}, {"ADD", 98}, {"ADJ", 6544}, {"ADP", 9096}, {"ADV", 4838}, {"AFX", 21},
    {"AUX", 5894}, {"CC", 3259}, {"CCONJ", 3259}, {"CD", 2033}, {"DET", 8085}, {"DT", 8387},
    {"EX", 178}, {"FW", 88}, {"GW", 99}, {"HYPH", 374}, {"IN", 10474}, {"INTJ", 419},
    {"JJ", 5730}, {"JJR", 242}, {"JJS", 213}, {"LS", 51}, {"MD", 1403}, {"NFP", 112},
    {"NN", 12843}, {"NNP", 6818}, {"NNPS", 326}, {"NNS", 4257}, {"NOUN", 16834}, {"NUM", 2078},
    {"PART", 2641}, {"PDT", 85}, {"POS", 360}, {"PRON", 8620}, {"PROPN", 6838}, {"PRP", 5501},
    {"PRP$", 1429}, {"PUNCT", 11990}, {"RB", 4944}, {"RBR", 165}, {"RBS", 58}, {"RP", 355},
    {"SCONJ", 1730}, {"SYM", 299}, {"TO", 1503}, {"UH", 419}, {"VB", 4122}, {"VBD", 2637},
    {"VBG", 1595}, {"VBN", 1953}, {"VBP", 2546}, {"VBZ", 2242}, {"VERB", 10641}, {"WDT", 493},
    {"WP", 374}, {"WP$", 9}, {"WRB", 430}, {"X", 195}, {"``", 396},
};

static const struct frequency relations[] = {
    {"acl", 758}, {"acl:relcl", 953}, {"advcl", 1748}, {"advcl:relcl", 80}, {"advmod", 5268},
    {"amod", 4944}, {"appos", 753}, {"aux", 2857}, {"aux:pass", 706}, {"case", 8984},
    {"cc", 3286}, {"cc:preconj", 42}, {"ccomp", 910}, {"compound", 3532}, {"compound:prt", 350},
    {"conj", 3749}, {"cop", 2212}, {"csubj", 134}, {"csubj:outer", 2}, {"csubj:pass", 5},
    {"dep", 125}, {"det", 7819}, {"det:predet", 87}, {"discourse", 444}, {"dislocated", 10},
    {"expl", 287}, {"fixed", 276}, {"flat", 1034}, {"goeswith", 45}, {"iobj", 266},
    {"list", 220}, {"mark", 3237}, {"nmod", 3668}, {"nmod:desc", 149}, {"nmod:poss", 1778},
    {"nmod:unmarked", 466}, {"nsubj", 7551}, {"nsubj:outer", 97}, {"nsubj:pass", 628},
    {"nummod", 734}, {"obj", 4611}, {"obl", 4414}, {"obl:agent", 169}, {"obl:unmarked", 485},
    {"orphan", 26}, {"parataxis", 725}, {"punct", 11977}, {"reparandum", 42}, {"root", 5855},
    {"vocative", 64}, {"xcomp", 1438},
};

static const struct frequency features[] = {
    {"Abbr=Yes", 272}, {"Case=Acc", 1169}, {"Case=Gen", 1429}, {"Case=Nom", 4307},
    {"Definite=Def", 4623}, {"Definite=Ind", 2069}, {"Degree=Cmp", 408}, {"Degree=Pos", 6836},
    {"Degree=Sup", 272}, {"ExtPos=ADP", 112}, {"ExtPos=ADV", 80}, {"ExtPos=CCONJ", 25},
    {"ExtPos=PROPN", 21}, {"ExtPos=SCONJ", 38}, {"Foreign=Yes", 50}, {"Gender=Fem", 250},
    {"Gender=Masc", 712}, {"Gender=Neut", 996}, {"Mood=Imp", 500}, {"Mood=Ind", 7422},
    {"NumForm=Combi", 71}, {"NumForm=Digit", 1580}, {"NumForm=Word", 706},
    {"NumType=Card", 2038}, {"NumType=Frac", 86}, {"NumType=Mult", 29}, {"NumType=Ord", 219},
    {"Number=Plur", 8198}, {"Number=Ptan", 95}, {"Number=Sing", 29952}, {"Person=1", 4569},
    {"Person=2", 1847}, {"Person=3", 8042}, {"Polarity=Neg", 812}, {"Polarity=Pos", 45},
    {"Poss=Yes", 1451}, {"PronType=Art", 6692}, {"PronType=Dem", 1419}, {"PronType=Ind", 614},
    {"PronType=Int", 507}, {"PronType=Neg", 207}, {"PronType=Prs", 6911}, {"PronType=Rel", 800},
    {"PronType=Tot", 355}, {"Reflex=Yes", 65}, {"Style=Vrnc", 24}, {"Tense=Past", 4620},
    {"Tense=Pres", 5906}, {"Typo=Yes", 357}, {"VerbForm=Fin", 9342}, {"VerbForm=Ger", 496},
    {"VerbForm=Inf", 3609}, {"VerbForm=Part", 3087}, {"Voice=Pass", 1361},
};

static const struct frequency lemmas[] = {
    {"!", 241}, {"\"", 677}, {"'s", 360}, {"(", 410}, {")", 421}, {",", 3944}, {"-", 706},
    {".", 4230}, {":", 268}, {"?", 346}, {"a", 2081}, {"about", 201}, {"all", 247},
    {"also", 173}, {"and", 2476}, {"as", 498}, {"at", 408}, {"be", 3654}, {"but", 353},
    {"by", 338}, {"can", 329}, {"do", 647}, {"for", 836}, {"from", 354}, {"get", 263},
    {"go", 280}, {"good", 240}, {"have", 1153}, {"he", 485}, {"his", 217}, {"i", 1694},
    {"if", 291}, {"in", 1645}, {"it", 893}, {"just", 192}, {"know", 209}, {"like", 248},
    {"make", 199}, {"more", 161}, {"my", 383}, {"new", 156}, {"not", 778}, {"of", 2030},
    {"on", 614}, {"one", 256}, {"or", 332}, {"other", 155}, {"our", 186}, {"out", 187},
    {"say", 207}, {"she", 178}, {"so", 295}, {"some", 164}, {"take", 187}, {"that", 1049},
    {"the", 4624}, {"their", 202}, {"there", 268}, {"they", 616}, {"this", 671}, {"time", 209},
    {"to", 2404}, {"up", 174}, {"we", 597}, {"what", 215}, {"when", 188}, {"which", 185},
    {"who", 169}, {"will", 426}, {"with", 578}, {"work", 155}, {"would", 264}, {"year", 173},
    {"you", 956}, {"your", 291},
};

static const struct frequency forms[] = {
    {"!", 241}, {"\"", 624}, {"'s", 562}, {"(", 410}, {")", 421}, {",", 3944}, {"-", 655},
    {".", 4228}, {":", 268}, {"?", 346}, {"a", 1830}, {"about", 200}, {"all", 247},
    {"also", 173}, {"an", 256}, {"and", 2472}, {"are", 544}, {"as", 497}, {"at", 407},
    {"be", 491}, {"been", 161}, {"but", 354}, {"by", 338}, {"can", 291}, {"do", 377},
    {"for", 835}, {"from", 353}, {"get", 165}, {"had", 212}, {"has", 242}, {"have", 585},
    {"he", 372}, {"his", 217}, {"i", 1463}, {"if", 290}, {"in", 1646}, {"is", 1054}, {"it", 896},
    {"just", 192}, {"know", 158}, {"like", 238}, {"me", 230}, {"more", 162}, {"my", 377},
    {"n't", 300}, {"new", 154}, {"not", 453}, {"of", 2028}, {"on", 615}, {"one", 241},
    {"or", 332}, {"our", 184}, {"out", 189}, {"so", 295}, {"some", 164}, {"that", 986},
    {"the", 4625}, {"their", 199}, {"them", 150}, {"there", 270}, {"they", 463}, {"this", 565},
    {"time", 179}, {"to", 2379}, {"up", 173}, {"us", 152}, {"was", 611}, {"we", 495},
    {"were", 189}, {"what", 215}, {"when", 189}, {"which", 185}, {"who", 166}, {"will", 345},
    {"with", 577}, {"would", 244}, {"you", 958}, {"your", 279},
};

static int by_name(const void *key, const void *element)
{
    return strcmp(key, ((const struct frequency *)element)->name);
}

static uint32_t look_up(const struct frequency *table, size_t count, const char *name,
                        uint32_t otherwise)
{
    const struct frequency *found = bsearch(name, table, count, sizeof *table, by_name);
    return found ? found->count : otherwise;
}

#define LOOK_UP(table, name, otherwise)                                                            \
    look_up(table, sizeof table / sizeof *table, name, otherwise)

uint32_t frequency_of_word(const char *folded, bool lemma)
{
    return lemma ? LOOK_UP(lemmas, folded, FREQUENCY_RARE) : LOOK_UP(forms, folded, FREQUENCY_RARE);
}

static uint32_t at_most(uint64_t count)
{
    return count < FREQUENCY_ALL ? (uint32_t)count : FREQUENCY_ALL;
}

/* Relations count with their subtypes. */
static uint32_t of_relation(const struct word *label)
{
    uint64_t sum = 0;
    size_t n = strlen(label->text);
    for (size_t i = 0; i < sizeof relations / sizeof *relations; i++) {
        const char *name = relations[i].name;
        if (strncmp(name, label->text, n) == 0 &&
            (name[n] == '\0' || (name[n] == ':' && !label->quoted)))
            sum += relations[i].count;
    }
    return at_most(sum);
}

static uint32_t of_feature(const struct test *test)
{
    uint64_t sum = 0;
    char name[64];
    for (const struct word *w = test->values; w; w = w->next) {
        snprintf(name, sizeof name, "%.30s=%.30s", test->text, w->text);
        sum += LOOK_UP(features, name, FREQUENCY_RARE);
    }
    return at_most(sum);
}

static uint32_t of_list(const struct lint *l, const char *name)
{
    const struct list *list = lint_find_list(l, name);
    uint64_t sum = 0;
    if (!list)
        return FREQUENCY_ALL / 50; /* a class of words */
    for (uint32_t i = 0; i < list->count; i++) {
        uint32_t lemma = frequency_of_word(list->entries[i].from, true);
        uint32_t form = frequency_of_word(list->entries[i].from, false);
        sum += lemma > form ? lemma : form;
    }
    return at_most(sum);
}

static uint32_t of_word(const struct lint *l, const struct test *test)
{
    if (test->kind == TEST_WORD && test->text[0] >= 'A' && test->text[0] <= 'Z')
        return LOOK_UP(tags, test->text, FREQUENCY_RARE);
    char *folded = lex_fold_word(l->arena, test->text);
    return folded ? frequency_of_word(folded, test->kind == TEST_WORD) : FREQUENCY_ALL;
}

uint32_t frequency_of_test(const struct lint *l, const struct test *test)
{
    uint64_t sum = 0;
    uint32_t least = FREQUENCY_ALL, f;
    switch (test->kind) {
    case TEST_ALL:
        for (const struct test *t = test->first; t; t = t->next) {
            f = frequency_of_test(l, t);
            least = f < least ? f : least;
        }
        return least;
    case TEST_ANY:
        for (const struct test *t = test->first; t; t = t->next)
            sum += frequency_of_test(l, t);
        return at_most(sum);
    case TEST_WORD:
    case TEST_STRING: return of_word(l, test);
    case TEST_RELATION:
        for (const struct word *w = test->values; w; w = w->next)
            sum += of_relation(w);
        return at_most(sum);
    case TEST_VALUE: return of_feature(test);
    case TEST_NAME: return of_list(l, test->text);
    default: return FREQUENCY_ALL;
    }
}

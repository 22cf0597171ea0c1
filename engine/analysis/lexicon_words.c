/* lexicon_words.c -- closed classes told by rule: the finite forms of be, the personal pronouns,
 * and whether a word takes "an".
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <string.h>

#include "analysis/lexicon_lookup.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

const char *lexicon_be(bool past, int person, bool plural)
{
    if (past)
        return plural || person == 2 ? "were" : "was";
    if (plural || person == 2)
        return "are";
    return person == 1 ? "am" : "is";
}

/* Rows: I you he she it we they one thou y'all; columns: NOM ACC GEN POSS REFL. In the last two
 * rows for you and she the ambiguous her and you belong to the row, not to one column. */
static const char *const pronouns[][5] = {
    {"I", "me", "my", "mine", "myself"},
    {"you", "you", "your", "yours", "yourself"},
    {"he", "him", "his", "his", "himself"},
    {"she", "her", "her", "hers", "herself"},
    {"it", "it", "its", "its", "itself"},
    {"we", "us", "our", "ours", "ourselves"},
    {"they", "them", "their", "theirs", "themselves"},
    {"one", "one", "one's", "one's", "oneself"},
    {"thou", "thee", "thy", "thine", "thyself"},
    {"you", "you", "your", "yours", "yourselves"},
    {"they", "them", "their", "theirs", "themself"},
    {"we", "us", "our", "ours", "ourself"},
    {"who", "whom", "whose", "whose", NULL},
};

/* Other spellings, and the row they belong to. */
static const struct {
    const char *form;
    int row;
} variants[] = {{"em", 6}, {"'em", 6}, {"ya", 1}, {"'s", 5}, {"y'all", 9}, {"u", 1}, {"i", 0}};

static bool same_word(const char *word, const char *key, size_t length)
{
    if (strlen(word) != length)
        return false;
    for (size_t i = 0; i < length; i++)
        if ((word[i] >= 'A' && word[i] <= 'Z' ? word[i] | 0x20 : word[i]) != key[i])
            return false;
    return true;
}

const char *lexicon_pronoun(const char *any, size_t length, enum form form)
{
    struct lex_key key;
    lex_fold(any, length, &key);
    int column = form == FORM_NOM ? 0 : form == FORM_ACC ? 1 : form == FORM_GEN ? 2
               : form == FORM_POSS ? 3 : form == FORM_REFL ? 4 : -1;
    if (column < 0 || key.length == 0)
        return NULL;
    for (size_t row = 0; row < COUNT(pronouns); row++)
        for (int c = 0; c < 5; c++)
            if (pronouns[row][c] != NULL && same_word(pronouns[row][c], key.bytes, key.length))
                return pronouns[row][column];
    for (size_t i = 0; i < COUNT(variants); i++)
        if (same_word(variants[i].form, key.bytes, key.length))
            return pronouns[variants[i].row][column];
    return NULL;
}

/* ---- a or an ---- */

static bool starts(const char *key, size_t length, const char *prefix)
{
    size_t n = strlen(prefix);
    return length >= n && memcmp(key, prefix, n) == 0;
}

static bool starts_any(const char *key, size_t length, const char *const *prefixes, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (starts(key, length, prefixes[i]))
            return true;
    return false;
}

/* Letters whose names begin with a vowel: a e f h i l m n o r s x. */
static bool letter_takes_an(char c)
{
    return strchr("aefhilmnorsx", c) != NULL && c != '\0';
}

/* 8, 11, 18, 80, 8,000, 11,000: a number is read from its first group of digits. */
static bool number_takes_an(const char *s, size_t length)
{
    size_t digits = 0;
    while (digits < length && (unsigned)(s[digits] - '0') < 10)
        digits++;
    if (s[0] == '8')
        return true;
    bool eleven = s[0] == '1' && digits >= 2 && (s[1] == '1' || s[1] == '8');
    if (!eleven)
        return false;
    /* 11 and 18; 11,000; 1100 and 1800 ("eleven hundred", years) but not 110 or 1,800 */
    return digits == 2 || (digits == 4 && !(s[1] == '1' && s[2] == '1' && s[3] == '1')) ||
           digits == 5;
}

/* A word in capitals that is spelt letter by letter: UN, FBI, MP; not NASA, UNESCO. */
static bool is_spelt(const char *key, size_t length)
{
    static const char *const read[] = {"nasa", "nato", "unesco", "unicef", "nafta", "fifa", "lan",
                                       "ram", "rom", "sars", "laser", "radar", "sim",
                                       "seal", "swat", "scuba", "sonar", "nascar", "nasdaq",
                                       "hiv/aids", "hud", "fema", "mac", "moma", "isis", "opec",
                                       "asean", "asap", "aids", "uefa", "aol", "imax", "ikea"};
    for (size_t i = 0; i < COUNT(read); i++)
        if (strlen(read[i]) == length && memcmp(read[i], key, length) == 0)
            return false;
    if (length <= 3) {
        /* Two or three letters with a vowel between consonants may be read; most are spelt. */
        return true;
    }
    bool vowel = false;
    for (size_t i = 0; i < length; i++)
        vowel |= lex_is_vowel(key[i]) && i > 0;
    return !vowel;
}

static bool silent_h(const char *key, size_t length)
{
    static const char *const words[] = {"hour", "honest", "honor", "honour", "heir"};
    return starts_any(key, length, words, COUNT(words)) && !starts(key, length, "honolulu");
}

/* Words in u- that begin as you: union, use, university, European, ewe; and one, once. */
static bool glide(const char *key, size_t length)
{
    static const char *const prefixes[] = {"eu", "ewe", "uni", "use", "usu", "usa", "usi", "uti",
                                           "ubi", "ufo", "uku", "ura", "uro", "uri", "ute", "uto",
                                           "uga", "unan", "ukr", "ouija", "oui"};
    static const char *const unlike[] = {"unill", "unident", "unima", "unimp", "unin", "unirr",
                                         "unissued", "unide", "unimm"};
    if (starts_any(key, length, unlike, COUNT(unlike)))
        return false;
    if (starts(key, length, "once") || starts(key, length, "oneself"))
        return true;
    if (starts(key, length, "one") &&
        (length == 3 || key[3] == '-' || key[3] == '\'' || key[3] == 's' || key[3] == 't'))
        return true;
    return starts_any(key, length, prefixes, COUNT(prefixes));
}

/* a to u with an accent (Latin-1 in UTF-8, lower case). */
static bool accented_vowel(const char *key, size_t length)
{
    unsigned char second = length > 1 ? (unsigned char)key[1] : 0;
    return (unsigned char)key[0] == 0xc3 && second >= 0xa0 && second <= 0xbc && second != 0xa7 &&
           second != 0xb0 && second != 0xb1 && second != 0xb7;
}

bool lexicon_takes_an(const struct lexicon *lexicon, const char *word, size_t length)
{
    struct lex_key key;
    while (length > 0 && strchr("\"'([{*_`$#", word[0]) != NULL && word[0] != '\0') {
        word++;
        length--;
    }
    if (length == 0)
        return false;
    size_t part = 0;
    while (part < length && part < LEX_KEY_MAX && word[part] != '-' && word[part] != '/')
        part++;
    lex_fold(word, part, &key);
    if (key.length == 0)
        return false;
    if ((unsigned)(key.bytes[0] - '0') < 10)
        return number_takes_an(key.bytes, key.length);
    bool dotted = key.length > 1 && key.bytes[1] == '.';
    if (key.length == 1 || dotted)
        return letter_takes_an(key.bytes[0]);
    if (key.all_upper && is_spelt(key.bytes, key.length) &&
        (key.length <= 4 || lex_find(lexicon, key.bytes, key.length) == LEX_NO_WORD))
        return letter_takes_an(key.bytes[0]);
    if (key.bytes[0] == 'h')
        return silent_h(key.bytes, key.length);
    if (glide(key.bytes, key.length))
        return false;
    return lex_is_vowel(key.bytes[0]) || accented_vowel(key.bytes, key.length);
}

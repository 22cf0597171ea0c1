/* words.c -- the tokeniser's word lists, sorted, found by binary search on the lower-cased word.
 * Only words of ASCII letters, digits and . / up to 15 bytes can be in a list.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "text/words.h"

#include <string.h>

#include "text/chars.h"

enum { WORD_BYTES = 16 };

static int compare(const char *word, size_t length, const char *entry)
{
    for (size_t i = 0; i < length; i++) {
        int d = (unsigned char)ascii_lower(word[i]) - (unsigned char)entry[i];
        if (d)
            return d;
    }
    return -(int)(unsigned char)entry[length];
}

/* The place of a word in a sorted list, -1: not there. */
static int find(const char (*list)[WORD_BYTES], size_t count, const char *word, size_t length)
{
    if (length >= WORD_BYTES || !length)
        return -1;
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int d = compare(word, length, list[middle]);
        if (!d)
            return (int)middle;
        if (d < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return -1;
}

#define FIND(list, word, length) find(list, sizeof(list) / sizeof *(list), word, length)

static const char abbreviations[][WORD_BYTES] = {
    "adm", "al", "apt", "assn", "asst", "attn", "aug", "ave", "bldg", "blvd", "brig", "bros",
    "ca", "capt", "cf", "cmdr", "col", "conf", "corp", "cpl", "cpt", "ct", "dept", "det", "dist",
    "div", "dr", "drs", "e.g", "ect", "ed", "eds", "eg", "eq", "esp", "esq", "est", "et", "etc",
    "ext", "feb", "ft", "gov", "govt", "hon", "hq", "hrs", "hwy", "i.e", "ie", "inc", "insp",
    "intl", "jr", "lb", "lbs", "lt", "ltd", "maj", "messrs", "mgr", "mlle", "mme", "mr",
    "mrs", "ms", "msgr", "mt", "mtn", "nos", "nov", "oct", "op", "orig", "oz", "para", "pg",
    "ph", "phd", "pp", "prof", "pt", "pvt", "rd", "ref", "rep", "reps", "rev", "rs", "sen", "sens",
    "sept", "sgt", "sr", "st", "ste", "sts", "supt", "tel", "univ", "viz", "vol", "vols", "vs",
    "yr", "yrs"};

static const char capital_abbreviations[][WORD_BYTES] = {
    "ala", "apr", "ariz", "calif", "co", "colo", "conn", "dec", "fla", "fri",
    "ga", "gen", "jan", "kan", "ky", "la", "mar", "md", "mich", "minn", "mo", "mon",
    "mont", "neb", "nev", "okla", "ont", "pa", "pres", "que", "sat", "spec", "sun",
    "tenn", "tex", "thu", "thur", "thurs", "tue", "tues", "va", "wed", "wis", "wyo"};

static const char number_abbreviations[][WORD_BYTES] = {"art", "ch", "fig", "figs", "no", "p",
                                                        "par", "sec"};

enum abbreviation word_abbreviation(const char *word, size_t length)
{
    if (FIND(abbreviations, word, length) >= 0)
        return ABBR_YES;
    if (FIND(capital_abbreviations, word, length) >= 0)
        return ABBR_CAPITAL;
    return FIND(number_abbreviations, word, length) >= 0 ? ABBR_NUMBER : ABBR_NO;
}

bool word_is_unit(const char *word, size_t length)
{
    static const char list[][WORD_BYTES] = {
        "am", "b", "bn", "c", "cm", "day", "days", "f", "ft", "g", "gb", "hh", "hr", "hrs",
        "hz", "in", "k", "kb", "kg", "khz", "km", "kw", "lb", "lbs", "m", "mb", "mg", "mhz", "mi",
        "min", "mins", "ml", "mm", "mph", "mw", "oz", "p", "pm", "px", "sq", "t", "tb", "v", "w",
        "x", "yr", "yrs"};
    return FIND(list, word, length) >= 0;
}

bool word_is_domain(const char *word, size_t length)
{
    static const char list[][WORD_BYTES] = {
        "app", "au", "biz", "br", "ca", "cc", "ch", "co", "com", "de", "dev", "edu", "es", "eu",
        "fm", "fr", "gov", "ie", "info", "int", "io", "jp", "ly", "mil", "mobi", "museum", "name",
        "net", "nl", "nz", "org", "pl", "ru", "se", "tv", "tw", "uk", "us", "za"};
    return FIND(list, word, length) >= 0;
}

bool word_is_extension(const char *word, size_t length)
{
    static const char list[][WORD_BYTES] = {
        "aac", "asp", "aspx", "avi", "bak", "bat", "bin", "bmp", "c", "cfg", "cgi", "conf",
        "conllu", "cpp", "cs", "css", "csv", "dat", "dll", "doc", "docx", "eps", "exe", "flac",
        "gif", "go", "gz", "h", "hpp", "htm", "html", "ini", "iso", "jar", "java", "jpeg", "jpg",
        "js", "json", "jsp", "log", "md", "mov", "mp3", "mp4", "mpeg", "mpg", "ogg", "pdf", "php",
        "pl", "png", "ppt", "pptx", "ps", "py", "rar", "rb", "rs", "rtf", "sh", "shtml", "so",
        "sql", "svg", "tar", "tex", "tgz", "tif", "tiff", "toml", "ts", "tsv", "txt", "url", "wav",
        "webm", "wmv", "xhtml", "xls", "xlsx", "xml", "yaml", "yml", "zip"};
    return FIND(list, word, length) >= 0;
}

bool word_is_slashed(const char *word, size_t length)
{
    static const char list[][WORD_BYTES] = {"b/c", "b/t", "b/w", "i/c", "i/o", "i/s", "l/c",
                                            "n/a", "s/he", "w/o", "w/out"};
    return FIND(list, word, length) >= 0;
}

bool word_is_function(const char *word, size_t length)
{
    static const char list[][WORD_BYTES] = {
        "'s", "a", "an", "and", "as", "at", "but", "by", "for", "from", "in", "into", "is", "it",
        "n't", "nor", "of", "on", "or", "over", "per", "so", "than", "that", "the", "to", "up",
        "v", "via", "vs", "with"};
    return FIND(list, word, length) >= 0;
}

bool word_is_clitic(const char *word, size_t length)
{
    char a = length ? ascii_lower(word[0]) : '\0', b = length > 1 ? ascii_lower(word[1]) : '\0';
    if (length == 1)
        return a == 's' || a == 'm' || a == 'd';
    return length == 2 && ((a == 'r' && b == 'e') || (a == 'v' && b == 'e')
                           || (a == 'l' && b == 'l'));
}

bool word_never_ends(const char *word, size_t length)
{
    static const char list[][WORD_BYTES] = {
        "adm", "attn", "brig", "capt", "cf", "cmdr", "col", "cpl", "dr", "drs", "e.g", "eg", "gen",
        "gov", "hon", "i.e", "ie", "insp", "lt", "maj", "messrs", "mlle", "mme", "mr", "mrs", "ms",
        "msgr", "prof", "pvt", "rep", "reps", "rev", "sen", "sens", "sgt", "supt", "viz", "vs"};
    return FIND(list, word, length) >= 0;
}

bool word_is_usenet(const char *word, size_t length)
{
    static const char list[][WORD_BYTES] = {"alt",  "ba",  "comp", "humanities", "misc",
                                            "news", "rec", "sci",  "soc",        "talk"};
    return FIND(list, word, length) >= 0;
}

bool word_makes_clause(const char *word, size_t length)
{
    static const char list[][WORD_BYTES] = {
        "a", "also", "always", "an", "as", "at", "because", "been", "definitely", "for", "from",
        "getting", "going", "gonna", "her", "his", "how", "in", "just", "my", "never", "not",
        "nothing", "now", "on", "our", "really", "so", "supposed", "that", "the", "their", "this",
        "too", "welcome", "what", "where", "why", "your"};
    return FIND(list, word, length) >= 0;
}

unsigned word_fused(const char *word, size_t length, uint16_t cuts[2])
{
    static const struct {
        char word[WORD_BYTES];
        uint8_t first, second;
    } list[] = {
        {"aint", 2, 0}, {"arent", 3, 0}, {"arnt", 2, 0}, {"cannot", 3, 0}, {"cant", 2, 0},
        {"couldnt", 5, 0}, {"couldve", 5, 0}, {"didnt", 3, 0}, {"doesnt", 4, 0}, {"dont", 2, 0},
        {"dunno", 2, 3}, {"gimme", 3, 0}, {"gonna", 3, 0}, {"gotta", 3, 0}, {"hadnt", 3, 0},
        {"hasnt", 3, 0}, {"havent", 4, 0}, {"heres", 4, 0}, {"hes", 2, 0}, {"im", 1, 0},
        {"isnt", 2, 0}, {"itll", 2, 0}, {"ive", 1, 0}, {"lemme", 3, 0}, {"lets", 3, 0},
        {"mustnt", 4, 0}, {"mustve", 4, 0}, {"neednt", 4, 0}, {"outta", 3, 0}, {"shes", 3, 0},
        {"shouldnt", 6, 0}, {"shouldve", 6, 0}, {"sorta", 4, 0}, {"thatll", 4, 0}, {"thats", 4, 0},
        {"theres", 5, 0}, {"theyll", 4, 0}, {"theyre", 4, 0}, {"theyve", 4, 0}, {"wana", 3, 0},
        {"wanna", 3, 0}, {"wasnt", 3, 0}, {"werent", 4, 0}, {"weve", 2, 0}, {"whats", 4, 0},
        {"wheres", 5, 0}, {"whos", 3, 0}, {"wont", 2, 0}, {"wouldnt", 5, 0}, {"wouldve", 5, 0},
        {"youll", 3, 0}, {"youre", 3, 0}, {"youve", 3, 0}};
    if (length < 2 || length > 8 || !is_one_of(ascii_lower(word[length - 1]), "taoesml"))
        return 0;
    size_t low = 0, high = sizeof list / sizeof *list;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int d = compare(word, length, list[middle].word);
        if (!d) {
            cuts[0] = list[middle].first;
            cuts[1] = list[middle].second;
            return cuts[1] ? 2 : 1;
        }
        if (d < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return 0;
}

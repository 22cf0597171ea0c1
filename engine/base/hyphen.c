/* hyphen.c -- see hyphen.h. The lists are short and looked at for words with a hyphen only.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "base/hyphen.h"

#include <string.h>

enum { AFFIX_BYTES = 8 };

static bool is_in(const char (*list)[AFFIX_BYTES], size_t count, const char *word, size_t length)
{
    char lower[AFFIX_BYTES];
    if (length == 0 || length >= sizeof lower)
        return false;
    for (size_t i = 0; i < length; i++)
        lower[i] = (char)(word[i] >= 'A' && word[i] <= 'Z' ? word[i] + 32 : word[i]);
    for (size_t i = 0; i < count; i++)
        if (strlen(list[i]) == length && memcmp(list[i], lower, length) == 0)
            return true;
    return false;
}

bool hyphen_is_prefix(const char *word, size_t length)
{
    static const char list[][AFFIX_BYTES] = {
        "ante", "anti", "arch", "bi", "co", "counter", "cross", "de", "dis", "e", "ex",
        "extra", "hyper", "inter", "intra", "mega", "micro", "mid", "mini", "mis", "multi",
        "neo", "non", "over", "poly", "post", "pre", "pro", "proto", "pseudo", "psycho",
        "re", "semi", "socio", "sub", "super", "supra", "trans", "tri", "ultra",
        "un", "under", "uni"};
    return is_in(list, sizeof list / sizeof *list, word, length);
}

bool hyphen_is_suffix(const char *word, size_t length)
{
    static const char list[][AFFIX_BYTES] = {"esque", "ever", "fest", "ish", "wise"};
    return is_in(list, sizeof list / sizeof *list, word, length);
}

bool hyphen_is_clipped(const char *word, size_t length)
{
    static const char list[][AFFIX_BYTES] = {
        "bout", "cause", "cos", "coz", "cuz", "em", "er", "fore", "gainst", "im", "is", "n",
        "neath", "nother", "nuff", "round", "sup", "til", "till", "tis", "twas", "twere", "twill",
        "twould"};
    return is_in(list, sizeof list / sizeof *list, word, length);
}

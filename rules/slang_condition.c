/* slang_condition.c -- "if" and "not" lines of an entry as statements of the rule language.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <string.h>

#include "slang.h"

/* Verbs that say of their subject, or of their object, what it is. */
#define LINKING "be|look|seem|feel|get|become|go|stay|remain|sound|appear|turn|grow|keep"
#define MAKING "make|leave|find|get|keep|think|consider|call|render|drive|have|feel"
/* Who behind a verb that makes: the parser takes "made her ill" for "made her bread". */
#define WHOM "\"me\"|\"you\"|\"him\"|\"her\"|\"it\"|\"us\"|\"them\"|\"everyone\"|\"everybody\""

/* ~ stands for the words found, % for the tests, @ says that y is none of the words; between &
 * stands a path for what it leads to: most of the players are players, and who in "who sings" is
 * none of its own. */
static const struct {
    const char *key, *statement;
} keys[] = {
    {"is", "x[%]"},
    {"obj", "any &obj|nsubj:pass& or { x[VBN] ; ^amod|acl(x, [%]) } or "
            "{ conj/obj(x, [%]) ; not { obj|nsubj:pass(x, []) } } or "
            "{ c9 = clause(x)[gap=obj] ; ^acl:relcl(x, [%]) }"},
    {"subj", "any &^conj|xcomp*/nsubj!|nsubj:outer& or "
             "{ c9 = clause(x)[gap=subj] ; ^acl:relcl(x, [%]) }"},
    {"iobj", "iobj(x, [%])"},
    {"obl", "obl(x, [%])"},
    {"of", "any { ^amod|acl|acl:relcl|compound!(x, [%]) } or &^conj|xcomp*/nsubj& or "
           "{ ^xcomp/obj(x, [%]) } or { ^conj/^amod(x, [%]) } or { ^xcomp/^acl:relcl(x, [%]) } or "
           "{ seq [%] [\",\"]? [PronType=Rel] [" LINKING "] [ADV|PART]{0,2} ~ } or "
           "{ seq [% !PronType=Rel] [" LINKING "] [ADV|PART]{0,2} ~ ; not { ^amod(x, []) } } or "
           "{ seq [" MAKING "] [% " WHOM "] [ADV]{0,2} ~ ; not { ^amod(x, []) } }"},
    {"head", "^amod|advmod|compound|det|nmod|obl|obj|nsubj|nummod|case|xcomp|advcl|discourse|dep|"
             "aux|cop|mark(x, [%])"},
    {"mod", "amod|advmod|compound|nummod(x, [%])"},
    {"det", "det|nmod:poss(x, [%])"},
    {"prep", "case(x, [%])"},
    {"pp", "obl|nmod/case(x, [%])"},
    {"comp", "xcomp|ccomp(x, [%])"},
    {"aux", "aux|cop(x, [%])"},
    {"next", "seq ~ [%]"},
    {"prev", "seq [%] ~"},
    {"near", "not { not { y:[%]@ } }"}, /* y is free again, for the next */
    {"pred", "any { cop|nsubj(x, []) } or { ^xcomp(x, []) } or "
             "{ seq [" LINKING "] [ADV|PART]{0,2} ~ ; not { ^amod(x, []) } } or "
             "{ seq [" MAKING "] [" WHOM "] [ADV]{0,2} ~ ; not { ^amod(x, []) } }"},
    {"attr", "^amod(x, [])"},
    {"trans", "obj|nsubj:pass(x, [])"},
    {"bare", "not { det|nmod:poss(x, []) }"},
    {"plural", "x[Number=Plur|Ptan]"},
    {"singular", "x[!Number=Plur]"},
    {"first", "seq ^ ~"},
    {"last", "seq ~ ( [PUNCT] | $ )"},
};
enum { KEY_COUNT = sizeof keys / sizeof *keys };

/* Pronouns that stand for people, and people whom the lexicon does not class as such. */
#define SOMEONE                                                                                    \
    "\"I\"|\"me\"|\"you\"|\"he\"|\"him\"|\"she\"|\"her\"|\"we\"|\"us\"|\"they\"|\"them\"|"         \
    "\"who\"|\"whom\"|\"whoever\"|\"someone\"|\"somebody\"|\"anyone\"|\"anybody\"|\"everyone\"|"   \
    "\"everybody\"|\"nobody\"|\"myself\"|\"yourself\"|\"himself\"|\"herself\"|"                    \
    "\"ourselves\"|\"themselves\"|medic|builder|commuter|cabbie|coworker|climber|walker|carer|" \
    "childminder|agent|local|sibling|in-law|rookie|conscript"

static const struct {
    const char *name, *tests;
} words[] = {
    {"PERSON", "(#person|#group|PROPN|" SOMEONE ")"},
    {"THING", "!(#person|PROPN|#animal|" SOMEONE ")"},
    {"BEING", "(#person|#group|PROPN|#animal|" SOMEONE ")"},
};

static int find_word(const char *text, size_t length, bool inside)
{
    for (size_t k = 0; k < sizeof words / sizeof *words && !inside; k++) {
        size_t n = strlen(words[k].name);
        if (length >= n && memcmp(text, words[k].name, n) == 0)
            return (int)k;
    }
    return -1;
}

/* Tests, with PERSON, THING and BEING put into words of the rule language. */
static void add_tests(struct weave *w, struct place at, const char *text, size_t length)
{
    size_t from = 0;
    for (size_t i = 0; i < length; i++) {
        int k = find_word(text + i, length - i, i > 0 && text[i - 1] >= 'A' && text[i - 1] <= 'Z');
        if (k < 0)
            continue;
        weave_copy(w, (struct place){at.source, at.offset + (uint32_t)from}, text + from, i - from);
        weave_add(w, (struct place){at.source, at.offset + (uint32_t)i}, "%s", words[k].tests);
        from = i + strlen(words[k].name);
        i = from - 1;
    }
    weave_copy(w, (struct place){at.source, at.offset + (uint32_t)from}, text + from,
               length - from);
}

/* The part of a condition up to " or ": its length, and where the next begins. */
static size_t part_length(const char *text, size_t *next)
{
    const char *or = strstr(text, " or ");
    size_t n = or ? (size_t)(or - text) : strlen(text);
    *next = or ? n + 4 : n;
    return n;
}

static int find_key(const char *text, size_t length)
{
    size_t n = strcspn(text, " \t");
    n = n < length ? n : length;
    for (int i = 0; i < KEY_COUNT; i++)
        if (strlen(keys[i].key) == n && memcmp(keys[i].key, text, n) == 0)
            return i;
    return -1;
}

bool condition_check(struct diagnostics *diagnostics, const struct condition *condition)
{
    const char *text = condition->text;
    bool good = true;
    for (size_t at = 0, next; text[at]; at += next) {
        size_t n = part_length(text + at, &next);
        struct place here = {condition->at.source, condition->at.offset + (uint32_t)at};
        int key = find_key(text + at, n);
        char hint[240], word[40];
        size_t m = strcspn(text + at, " \t");
        m = m < n ? m : n;
        if (key < 0) {
            struct nearest nearest;
            m = m < sizeof word ? m : sizeof word - 1;
            memcpy(word, text + at, m);
            word[m] = '\0';
            hint_start(&nearest, word);
            for (int i = 0; i < KEY_COUNT; i++)
                hint_offer(&nearest, keys[i].key);
            diagnostics_error(diagnostics, here, "\"%s\" is no condition%s", word,
                              hint_print(&nearest, hint, sizeof hint));
            good = false;
        } else if ((strpbrk(keys[key].statement, "%&") != NULL) != (m < n)) {
            diagnostics_error(diagnostics, here, m < n ? "\"%s\" takes no words"
                                                       : "\"%s\" takes words or tests",
                              keys[key].key);
            good = false;
        }
    }
    return good;
}

/* An adjective that describes nothing named ("Absolutely knackered.") may describe anything; what
 * stands as a noun does (broke his hip) describes nothing. */
static const char undescribed[] =
    " or { not { ^amod|acl|acl:relcl|compound!(x, []) } ; "
    "not { det|nmod:poss|case(x, []) ; x[:obj|:iobj|:obl|:nmod|:nsubj] } ; "
    "not { ^conj|xcomp*/nsubj(x, []) } ; "
    "not { ^xcomp/obj(x, []) } ; "
    "not { seq [NOUN|PROPN|PRON] [" LINKING "] [ADV|PART]{0,2} ~ } ; "
    "not { seq [" MAKING "] [" WHOM "] [ADV]{0,2} ~ } }";

/* Words that stand for some of what they name behind of. */
static const char some[] =
    "NUM|\"most\"|\"half\"|\"some\"|\"all\"|\"many\"|\"few\"|\"none\"|\"both\"|\"each\"|\"any\"|"
    "\"several\"|\"lot\"|\"rest\"|\"majority\"|\"number\"|\"couple\"|\"plenty\"|\"neither\"|"
    "\"either\"|\"one\"|\"bunch\"|\"lots\"";

struct tests {
    struct place at;
    const char *text;
    size_t length;
};

/* What a path from x leads to: relative pronouns are nothing, "most of the players" are players. */
static void add_path(struct weave *w, const struct tests *t, const char *path, size_t length)
{
    int n = (int)length;
    weave_add(w, t->at, "{ %.*s(x, [", n, path);
    add_tests(w, t->at, t->text, t->length);
    weave_add(w, t->at, " !PronType=Rel]) ; not { %.*s(x, [%s]) ; %.*s/nmod(x, []) } }", n, path,
              some, n, path);
    weave_add(w, t->at, " or { %.*s(x, [%s]) ; %.*s/nmod(x, [", n, path, some, n, path);
    add_tests(w, t->at, t->text, t->length);
    weave_add(w, t->at, "]) }");
}

static void add_statement(struct weave *w, const struct tests *t, const char *statement,
                          const char *p)
{
    for (const char *k = statement; *k; k++)
        if (*k == '%') {
            add_tests(w, t->at, t->text, t->length);
        } else if (*k == '&') {
            size_t n = strcspn(k + 1, "&");
            add_path(w, t, k + 1, n);
            k += n + 1;
        } else if (*k == '@') {
            weave_add(w, t->at, strcmp(p, "x") == 0 ? "" : " ; not { y in %s }", p);
        } else {
            weave_add(w, t->at, *k == '~' ? "%s" : "%.1s", *k == '~' ? p : k);
        }
}

static void add_part(struct weave *w, const struct condition *c, struct place at, size_t length,
                     const char *p)
{
    const char *text = c->text + (at.offset - c->at.offset);
    int key = find_key(text, length);
    if (key < 0)
        return;
    size_t skip = strlen(keys[key].key);
    while (skip < length && text[skip] == ' ')
        skip++;
    const struct tests t = {{at.source, at.offset + (uint32_t)skip}, text + skip, length - skip};
    add_statement(w, &t, keys[key].statement, p);
    if (!c->negative && strcmp(keys[key].key, "of") == 0)
        add_statement(w, &t, undescribed, p);
}

static void add_condition(struct weave *w, const struct condition *c, const char *p)
{
    const char *text = c->text;
    bool several = strstr(text, " or ") != NULL;
    weave_add(w, c->at, c->negative ? " ; not {" : " ;");
    for (size_t at = 0, next; text[at]; at += next) {
        size_t n = part_length(text + at, &next);
        struct place here = {c->at.source, c->at.offset + (uint32_t)at};
        if (several)
            weave_add(w, here, at ? " or {" : " any {");
        weave_add(w, here, " ");
        add_part(w, c, here, n, p);
        if (several)
            weave_add(w, here, " }");
    }
    weave_add(w, c->at, c->negative ? " }" : "");
}

void weave_conditions(struct weave *w, const struct condition *conditions, const char *p)
{
    for (const struct condition *c = conditions; c; c = c->next)
        add_condition(w, c, p);
}

void weave_conditions_of(struct weave *w, const struct condition *conditions, const char *p,
                         bool negative)
{
    for (const struct condition *c = conditions; c; c = c->next)
        if (c->negative == negative)
            add_condition(w, c, p);
}

/* lower_atom.c -- one test, such as VERB, "said", Tense=Past or neg=no, as predicates of the table.
 * What a test cannot mean is an error: nothing is silently ignored.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdio.h>
#include <string.h>

#include "lex.h"
#include "lower.h"

enum { LONGEST_WORD = 90 };

static bool wrong(struct lowering *l, struct place at, struct nearest *nearest, const char *what,
                  const char *word)
{
    char hint[240] = "";
    if (nearest)
        hint_print(nearest, hint, sizeof hint);
    diagnostics_error(l->diagnostics, at, "\"%.60s\" %s%s", word, what, hint);
    return false;
}

static struct tab_predicate *add(struct atom *atom, enum tab_predicate_kind kind)
{
    struct tab_predicate *p = &atom->predicates[atom->count++];
    memset(p, 0, sizeof *p);
    p->kind = (uint8_t)kind;
    return p;
}

/* A word of the text as the table names it. */
static bool add_word(struct lowering *l, const struct test *test, struct atom *atom,
                     enum tab_predicate_kind kind)
{
    size_t length = strlen(test->text);
    if (length == 0 || length > LONGEST_WORD || strpbrk(test->text, " \t"))
        return wrong(l, test->at, NULL, "is not one token; test several in a row with seq",
                     test->text);
    char *folded = lex_fold_word(l->arena, test->text);
    if (!folded)
        return false;
    add(atom, kind)->c = builder_literal(l->builder, folded);
    return true;
}

static bool add_tag(struct lowering *l, const struct test *test, struct atom *atom)
{
    size_t length = strlen(test->text);
    int tag = vocab_find(VOCAB_LIST_UPOS, test->text, length);
    if (tag >= 0) {
        add(atom, PRED_UPOS)->a = (uint8_t)tag;
        return true;
    }
    tag = vocab_find(VOCAB_LIST_XPOS, test->text, length);
    if (tag >= 0) {
        add(atom, PRED_XPOS)->a = (uint8_t)tag;
        return true;
    }
    struct nearest nearest;
    hint_start(&nearest, test->text);
    hint_offer_vocab(&nearest, VOCAB_LIST_UPOS);
    hint_offer_vocab(&nearest, VOCAB_LIST_XPOS);
    return wrong(l, test->at, &nearest, "is no tag (a word of the text goes in quotes)",
                 test->text);
}

static bool add_features(struct lowering *l, const struct test *test, struct atom *atom)
{
    size_t length = strlen(test->text);
    struct nearest nearest;
    hint_start(&nearest, test->text);
    if (!vocab_feat_key_mask(test->text, length)) {
        if (vocab_find(VOCAB_LIST_ATTR, test->text, length) >= 0)
            return wrong(l, test->at, NULL,
                         "is an attribute of an object, and this is a token; bind the object "
                         "first, such as g = vg(v)", test->text);
        for (unsigned i = 0; i < FEAT_COUNT; i++)
            hint_offer(&nearest, vocab_feat_key(i));
        return wrong(l, test->at, &nearest, "is no feature", test->text);
    }
    uint64_t bits = 0;
    for (const struct word *w = test->values; w; w = w->next) {
        int bit = vocab_feat_find(test->text, length, w->text, strlen(w->text));
        if (bit < 0) {
            hint_start(&nearest, w->text);
            for (unsigned i = 0; i < FEAT_COUNT; i++)
                if (strcmp(vocab_feat_key(i), test->text) == 0)
                    hint_offer(&nearest, vocab_feat_value(i));
            return wrong(l, w->at, &nearest, "is no value of this feature", w->text);
        }
        bits |= (uint64_t)1 << bit;
    }
    add(atom, PRED_FEAT)->bits = bits;
    return true;
}

static bool add_flag(struct lowering *l, const struct test *test, struct atom *atom)
{
    int flag = vocab_find(VOCAB_LIST_FLAG, test->text, strlen(test->text));
    if (flag < 0) {
        struct nearest nearest;
        hint_start(&nearest, test->text);
        hint_offer_vocab(&nearest, VOCAB_LIST_FLAG);
        return wrong(l, test->at, &nearest, "is no flag", test->text);
    }
    add(atom, PRED_FLAG)->bits = (uint64_t)1 << flag;
    return true;
}

/* A name that resembles none: the word classes there are. */
static void unknown_name(struct lowering *l, const struct test *test)
{
    char classes[320] = "";
    size_t used = 0;
    for (unsigned i = 0; i < CLASS_COUNT && used < sizeof classes; i++)
        used += (size_t)snprintf(classes + used, sizeof classes - used, " %s",
                                 vocab_name(VOCAB_LIST_CLASS, i));
    diagnostics_error(l->diagnostics, test->at,
                      "\"%.60s\" is no list, map or word class; write its words in a <list> of "
                      "this file, or one a line in the file lists/NAME.txt; word classes are%s",
                      test->text, classes);
}

const struct list *lower_find_name(struct lowering *l, const struct test *test, int *bit)
{
    const struct list *list = list_find(l->feature->lists, test->text);
    *bit = -1;
    if (!list)
        list = l->find_list(l->context, test->text);
    if (list)
        return list;
    *bit = vocab_find(VOCAB_LIST_CLASS, test->text, strlen(test->text));
    if (*bit >= 0)
        return NULL;
    struct nearest nearest;
    hint_start(&nearest, test->text);
    for (const struct list *x = l->feature->lists; x; x = x->next)
        hint_offer(&nearest, x->name);
    for (const struct list *x = l->shared; x; x = x->next)
        hint_offer(&nearest, x->name);
    hint_offer_vocab(&nearest, VOCAB_LIST_CLASS);
    if (nearest.copies[0][0])
        wrong(l, test->at, &nearest, "is no list, map or word class", test->text);
    else
        unknown_name(l, test);
    return NULL;
}

static bool add_name(struct lowering *l, const struct test *test, struct atom *atom)
{
    int bit;
    const struct list *list = lower_find_name(l, test, &bit);
    if (list)
        add(atom, list->is_map ? PRED_MAP : PRED_LIST)->c = builder_list(l->builder, list);
    else if (bit >= 0)
        add(atom, PRED_CLASS)->bits = (uint64_t)1 << bit;
    return list || bit >= 0;
}

static bool add_regex(struct lowering *l, const struct test *test, struct atom *atom)
{
    int code;
    PCRE2_SIZE offset;
    pcre2_code *regex =
        pcre2_compile((PCRE2_SPTR)test->text, PCRE2_ZERO_TERMINATED,
                      PCRE2_UTF | PCRE2_CASELESS | PCRE2_NEVER_BACKSLASH_C, &code, &offset, NULL);
    if (!regex) {
        char message[120] = "";
        pcre2_get_error_message(code, (PCRE2_UCHAR *)message, sizeof message);
        diagnostics_error(l->diagnostics, test->at, "bad regular expression: %s, at character %zu",
                          message, (size_t)offset + 1);
        return false;
    }
    pcre2_code_free(regex);
    add(atom, PRED_REGEX)->c = builder_regex(l->builder, test->text);
    return true;
}

bool lower_token_atom(struct lowering *l, const struct test *test, struct atom *atom)
{
    atom->count = 0;
    atom->negated = false;
    switch (test->kind) {
    case TEST_WORD:
        if (test->text[0] >= 'A' && test->text[0] <= 'Z')
            return add_tag(l, test, atom);
        return add_word(l, test, atom, PRED_LEMMA);
    case TEST_STRING: return add_word(l, test, atom, PRED_FORM);
    case TEST_VALUE: return add_features(l, test, atom);
    case TEST_NUMBER:
        return wrong(l, test->at, NULL, "cannot be compared: this is a token, not an object",
                     test->text);
    case TEST_RELATION: {
        uint64_t bits = lower_labels(l, test->values, false);
        add(atom, PRED_DEPREL)->bits = bits;
        return bits != 0;
    }
    case TEST_NAME: return add_name(l, test, atom);
    case TEST_FLAG: return add_flag(l, test, atom);
    case TEST_REGEX: return add_regex(l, test, atom);
    case TEST_SURE: add(atom, PRED_SURE)->c = test->number; return true;
    default: return false;
    }
}

bool lower_is_attribute(const struct test *test, enum object_kind object)
{
    if (test->kind == TEST_SURE)
        return schema_attr(object, ATTR_SURE, NULL) == ATTR_NUMBER;
    if (test->kind != TEST_WORD && test->kind != TEST_VALUE && test->kind != TEST_NUMBER)
        return false;
    int attr = vocab_find(VOCAB_LIST_ATTR, test->text, strlen(test->text));
    return attr >= 0 && schema_attr(object, (enum attr)attr, NULL) != ATTR_ABSENT;
}

/* No such attribute here: which there are, or where it belongs. */
static bool unknown_attribute(struct lowering *l, const struct test *test, enum object_kind object)
{
    struct nearest nearest;
    hint_start(&nearest, test->text);
    for (unsigned i = 0; i < ATTR_COUNT; i++)
        if (schema_attr(object, (enum attr)i, NULL) != ATTR_ABSENT)
            hint_offer(&nearest, vocab_name(VOCAB_LIST_ATTR, i));
    char what[120];
    const char *kind = lower_kind_name(REF_OBJECT + (unsigned)object);
    snprintf(what, sizeof what, "is no attribute of %s%s", kind,
             nearest.copies[0][0] ? ""
                                  : "; to test a word, name a token of it, such as x.head[...]");
    return wrong(l, test->at, &nearest, what, test->text);
}

bool lower_report_value(struct lowering *l, const struct word *word, uint64_t allowed)
{
    struct nearest nearest;
    char all[240];
    size_t n = 0;
    hint_start(&nearest, word->text);
    for (unsigned i = 0; i < VALUE_COUNT; i++)
        if ((allowed >> i & 1) && n < sizeof all) {
            const char *name = i == VALUE_WORD ? "\"a word\"" : vocab_name(VOCAB_LIST_VALUE, i);
            n += (size_t)snprintf(all + n, sizeof all - n, "%s%s", n ? ", " : "", name);
            if (i != VALUE_WORD)
                hint_offer(&nearest, name);
        }
    if (nearest.copies[0][0])
        return wrong(l, word->at, &nearest, "is no value of this attribute", word->text);
    diagnostics_error(l->diagnostics, word->at, "\"%.60s\" is no value of this attribute, which "
                      "can be %s", word->text, all);
    return false;
}

static bool add_value(struct lowering *l, const struct word *word, uint64_t allowed, unsigned attr,
                      struct atom *atom)
{
    int value = vocab_find(VOCAB_LIST_VALUE, word->text, strlen(word->text));
    if (value >= 0 && value != VALUE_WORD && (allowed >> value & 1)) {
        struct tab_predicate *p = atom->predicates;
        if (atom->count == 0 || p->kind != PRED_ATTR_VALUE)
            p = add(atom, PRED_ATTR_VALUE);
        p->a = (uint8_t)attr;
        p->bits |= (uint64_t)1 << value;
        return true;
    }
    if (word->quoted && (allowed >> VALUE_WORD & 1)) {
        char *folded = lex_fold_word(l->arena, word->text);
        struct tab_predicate *p = add(atom, PRED_ATTR_WORD);
        p->a = (uint8_t)attr;
        p->c = folded ? builder_literal(l->builder, folded) : 0;
        return folded != NULL;
    }
    return lower_report_value(l, word, allowed);
}

static bool add_values(struct lowering *l, const struct test *test, enum attr_type type,
                       uint64_t allowed, unsigned attr, struct atom *atom)
{
    for (const struct word *w = test->values; w; w = w->next) {
        if (atom->count == MOST_ATOM_PREDICATES)
            return wrong(l, w->at, NULL, "is one value too many", w->text);
        if (type == ATTR_VALUE) {
            /* the set of values stays first, so that there is one */
            if (!add_value(l, w, allowed, attr, atom))
                return false;
        } else if (type == ATTR_WORD) {
            char *folded = lex_fold_word(l->arena, w->text);
            struct tab_predicate *p = add(atom, PRED_ATTR_WORD);
            p->a = (uint8_t)attr;
            p->c = folded ? builder_literal(l->builder, folded) : 0;
        } else if (type == ATTR_BOOL && !w->next && w == test->values &&
                   (strcmp(w->text, "yes") == 0 || strcmp(w->text, "no") == 0)) {
            add(atom, PRED_ATTR_BOOL)->a = (uint8_t)attr;
            atom->negated = w->text[0] == 'n';
        } else {
            return wrong(l, w->at, NULL,
                         type == ATTR_NUMBER ? "is no number to compare with: write size le 5"
                                             : "is neither yes nor no", w->text);
        }
    }
    return true;
}

bool lower_object_atom(struct lowering *l, const struct test *test, enum object_kind object,
                       struct atom *atom)
{
    atom->count = 0;
    atom->negated = false;
    if (test->kind == TEST_SURE && schema_attr(object, ATTR_SURE, NULL) == ATTR_NUMBER) {
        struct tab_predicate *p = add(atom, PRED_ATTR_NUMBER); /* in percent */
        p->a = ATTR_SURE;
        p->b = COMPARE_GE;
        p->c = (test->number * 100 + 127) / 255;
        return true;
    }
    if (test->kind != TEST_WORD && test->kind != TEST_VALUE && test->kind != TEST_NUMBER)
        return wrong(l, test->at, NULL,
                     "is a test of a token, and this is an object; name a token of it, such as "
                     "x.head[...]", test->text ? test->text : "sure");
    int attr = vocab_find(VOCAB_LIST_ATTR, test->text, strlen(test->text));
    uint64_t values = 0;
    enum attr_type type =
        attr < 0 ? ATTR_ABSENT : schema_attr(object, (enum attr)attr, &values);
    if (type == ATTR_ABSENT)
        return unknown_attribute(l, test, object);
    if (test->kind == TEST_VALUE && (type != ATTR_NUMBER || !test->values))
        return add_values(l, test, type, values, (unsigned)attr, atom);
    if (test->kind == TEST_WORD && type != ATTR_NUMBER) {
        add(atom, PRED_ATTR_BOOL)->a = (uint8_t)attr;
        return true;
    }
    if (test->kind == TEST_NUMBER && type == ATTR_NUMBER) {
        struct tab_predicate *p = add(atom, PRED_ATTR_NUMBER);
        p->a = (uint8_t)attr;
        p->b = (uint16_t)test->compare;
        p->c = test->number;
        return true;
    }
    return wrong(l, test->at, NULL,
                 type == ATTR_NUMBER ? "is a number: compare it, such as size le 5"
                                     : "is not a number", test->text);
}

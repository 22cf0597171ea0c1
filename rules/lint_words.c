/* lint_words.c -- warnings about words: regular expressions that are lists (W2), lemmas that no
 * lexicon has (W9), lists with one word (W10), endings written as words (W11).
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdlib.h>
#include <string.h>

#include "lint.h"

/* ---- W2 ---- */

/* Whether a regular expression only lists words: letters and bars, perhaps in parentheses, perhaps
 * at the edges of the word. */
static bool is_word_list(const char *regex)
{
    size_t n = strlen(regex);
    bool from = regex[0] == '^', to = n > 0 && regex[n - 1] == '$';
    if (!from || !to)
        return strchr(regex, '|') && !strpbrk(regex, "[]{}*+?.\\^$");
    for (size_t i = 1; i + 1 < n; i++)
        if (!strchr("|()':-?", regex[i]) && !(regex[i] >= 'a' && regex[i] <= 'z') &&
            !(regex[i] >= 'A' && regex[i] <= 'Z') && (unsigned char)regex[i] < 0x80)
            return false;
    for (size_t i = 1; i + 1 < n; i++) /* (?: is all that ? may be */
        if (regex[i] == '?' && !(regex[i - 1] == '(' && regex[i + 1] == ':'))
            return false;
    return true;
}

/* Whether a class of characters holds a bar: [m|n] means m, bar or n. */
static bool has_bar_in_class(const char *regex)
{
    bool in = false;
    for (const char *c = regex; *c; c++) {
        if (*c == '\\' && c[1])
            c++;
        else if (*c == '[')
            in = true;
        else if (*c == ']')
            in = false;
        else if (*c == '|' && in)
            return true;
    }
    return false;
}

static void warn_regex(const struct lint *l, const struct test *test)
{
    if (has_bar_in_class(test->text))
        diagnostics_lint(l->diagnostics, "W2", test->at,
                         "inside [ ] of a regular expression \"|\" is a character like any other; "
                         "for m or n write [mn]");
    else if (is_word_list(test->text))
        diagnostics_lint(l->diagnostics, "W2", test->at,
                         "this regular expression is a list of words; write \"this\"|\"that\" or a "
                         "<list>, which cost nothing where the words do not stand");
}

/* ---- W9 ---- */

/* Words of closed classes, which a lexicon of forms need not list; sorted. */
static const char *const closed[] = {
    "a", "about", "above", "across", "after", "against", "albeit", "all", "along", "although",
    "amid", "among", "an", "and", "another", "any", "anybody", "anyone", "anything", "around",
    "as", "at", "atop", "be", "because", "before", "behind", "below", "beneath", "beside",
    "besides", "between", "beyond", "both", "but", "by", "can", "could", "dare", "despite",
    "do", "down", "during", "each", "either", "else", "ever", "every", "everybody", "everyone",
    "everything", "except", "few", "for", "from", "have", "he", "how", "however", "if", "in",
    "inside", "into", "it", "lest", "let", "like", "many", "may", "might", "mine", "more",
    "most", "much", "must", "near", "need", "neither", "never", "no", "nobody", "none", "nor",
    "not", "nothing", "of", "off", "on", "once", "one", "onto", "or", "other", "ought", "out",
    "outside", "over", "own", "past", "per", "plus", "rather", "round", "self", "several",
    "shall", "she", "should", "since", "so", "some", "somebody", "someone", "something",
    "still", "such", "than", "that", "the", "then", "there", "they", "this", "though",
    "through", "throughout", "till", "to", "too", "toward", "towards", "under", "unless",
    "unlike", "until", "up", "upon", "versus", "via", "we", "well", "what", "whatever", "when",
    "whenever", "where", "wherever", "whether", "which", "whichever", "while", "whilst", "who",
    "whoever", "whom", "whose", "why", "will", "with", "within", "without", "would", "yet",
    "you",
};

static int by_word(const void *key, const void *element)
{
    return strcmp(key, *(const char *const *)element);
}

static bool is_closed(const char *lemma)
{
    return bsearch(lemma, closed, sizeof closed / sizeof *closed, sizeof *closed, by_word) != NULL;
}

static void warn_lemma(const struct lint *l, struct place at, const char *lemma)
{
    const isg_rules_lint_options *o = l->options;
    if (!o->knows || !lemma[0] || (unsigned char)lemma[0] >= 0x80 || is_closed(lemma))
        return;
    int known = o->knows(o->context, lemma);
    if (known == 1)
        diagnostics_lint(l->diagnostics, "W9", at,
                         "\"%s\" is a form and no lemma; name its lemma, or write it in quotes to "
                         "test the form", lemma);
    if (known == 0)
        diagnostics_lint(l->diagnostics, "W9", at,
                         "the lexicon has no lemma \"%s\"; is it misspelt? To test a form of the "
                         "text, write it in quotes", lemma);
}

static void look_at_test(void *context, const struct test *test)
{
    const struct lint *l = context;
    if (test->kind == TEST_REGEX)
        warn_regex(l, test);
    if (test->kind != TEST_WORD || (test->text[0] >= 'A' && test->text[0] <= 'Z'))
        return;
    if (vocab_find(VOCAB_LIST_ATTR, test->text, strlen(test->text)) >= 0)
        return; /* of an object, most likely */
    warn_lemma(l, test->at, test->text);
}

/* ---- W11 ---- */

static bool is_ending(const char *text)
{
    static const char *const endings[] = {"s",  "es",  "ed", "d",  "ing",
                                          "er", "est", "ly", "en", "n"};
    if (*text == '-')
        text++;
    for (unsigned i = 0; i < sizeof endings / sizeof *endings; i++)
        if (strcmp(text, endings[i]) == 0)
            return true;
    return false;
}

/* Whether a rule binds a name: then name:form is no lemma. */
struct name_search {
    const char *name;
    bool found;
};

static void match_name(struct name_search *s, const char *name)
{
    s->found |= name && strcmp(name, s->name) == 0;
}

static void search_statement(void *context, const struct stmt *s)
{
    match_name(context, s->a.name);
    match_name(context, s->b.name);
    match_name(context, s->node.name);
}

static void search_item(void *context, const struct item *item)
{
    match_name(context, item->node.name);
}

static bool binds_name(const struct rule *rule, const struct realisation *as, const char *name)
{
    struct name_search search = {name, false};
    const struct visitor v = {.context = &search, .statement = search_statement,
                              .item = search_item};
    visit_statements(&v, rule->match);
    for (const struct edit *e = as->action.edits; e; e = e->next)
        match_name(&search, e->name);
    return search.found;
}

static void look_at_parts(const struct lint *l, const struct realisation *as,
                          const struct part *parts)
{
    for (const struct part *p = parts; p; p = p->next) {
        if (p->kind == PART_IS_FORM && p->text && p->ref.role_count == 0 &&
            !(p->ref.name && !p->quoted && binds_name(l->rule, as, p->ref.name)))
            warn_lemma(l, p->at, p->text);
        const struct part *next = p->next;
        if (next && next->kind == PART_IS_TEXT && p->kind != PART_IS_TEXT && is_ending(next->text))
            diagnostics_lint(l->diagnostics, "W11", next->at,
                             "\"%s\" would stand as a word of its own; an inflected word is a "
                             "form, such as v:past, n:pl or a:er", next->text);
    }
}

static void look_at_edits(const struct lint *l, const struct realisation *as)
{
    for (const struct edit *edits = as->action.edits; edits; edits = edits->next) {
        look_at_parts(l, as, edits->parts);
        for (unsigned side = 0; side < 2; side++)
            for (const struct link *k = side ? edits->right : edits->left; k; k = k->next)
                if (k->kind == 0)
                    warn_lemma(l, k->at, k->text);
    }
}

void lint_words(struct lint *l)
{
    const struct visitor words = {.context = l, .test = look_at_test};
    for (const struct list *list = l->feature->lists; list; list = list->next)
        if (!list->is_map && list->count == 1 && !list->file)
            diagnostics_lint(l->diagnostics, "W10", list->at,
                             "list \"%s\" has one word; write the word where the list is used",
                             list->name);
    for (const struct rule *rule = l->feature->rules; rule; rule = rule->next) {
        l->rule = rule;
        visit_statements(&words, rule->match);
        for (const struct guard *g = rule->guards; g; g = g->next)
            visit_statements(&words, g->match);
        for (const struct realisation *as = rule->realisations; as; as = as->next) {
            visit_statements(&words, as->action.when);
            look_at_edits(l, as);
        }
    }
}

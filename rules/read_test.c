/* read_test.c -- the tests beside the rules: input and allowed outputs between bars, and whether
 * the rules, realisations and guards they speak of exist.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <string.h>

#include "feature.h"
#include "xml.h"

enum { MOST_OUTPUTS = 64 };

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* A piece between bars: trimmed, "\|" as "|", an indented new line as one space. */
static const char *piece(struct arena *arena, const char *from, const char *to)
{
    while (from < to && is_blank(*from))
        from++;
    while (to > from && is_blank(to[-1]))
        to--;
    char *out = arena_strndup(arena, from, (size_t)(to - from));
    size_t n = 0;
    if (!out)
        return "";
    for (; from < to; from++) {
        if (*from == '\n' || *from == '\r') {
            while (n > 0 && is_blank(out[n - 1]))
                n--;
            while (is_blank(from[1]))
                from++;
            out[n++] = ' ';
        } else if (*from != '\\' || from[1] != '|') {
            out[n++] = *from;
        }
    }
    out[n] = '\0';
    return out;
}

/* Splits at bars; returns the number of pieces. */
static size_t split(struct arena *arena, const char *text, const char **pieces, size_t size)
{
    size_t count = 0;
    const char *from = text;
    for (const char *p = text;; p++) {
        if (*p && (*p != '|' || (p > text && p[-1] == '\\')))
            continue;
        if (count < size)
            pieces[count] = piece(arena, from, p);
        count++;
        if (!*p)
            return count;
        from = p + 1;
    }
}

static void read_outputs(struct feature_reader *r, const xmlNode *node, isg_rules_test *test)
{
    const char *pieces[MOST_OUTPUTS + 1];
    struct arena *arena = r->reading->arena;
    struct diagnostics *d = r->reading->diagnostics;
    struct text text = xml_text(r->xml, node);
    size_t count = split(arena, text.bytes, pieces, MOST_OUTPUTS + 1);
    test->input = pieces[0];
    if (pieces[0][0] == '\0')
        diagnostics_error(d, xml_place(r->xml, node), "this test has no input");
    if (test->keep && count > 1)
        diagnostics_error(d, xml_place(r->xml, node),
                          "<keep> has only an input: it must come out unchanged");
    else if (!test->keep && count < 2)
        diagnostics_error(d, xml_place(r->xml, node),
                          "<test> needs an output: input | output | another allowed one");
    if (count < 2 || count > MOST_OUTPUTS) {
        if (count > MOST_OUTPUTS)
            diagnostics_error(d, xml_place(r->xml, node), "more than %d outputs", MOST_OUTPUTS);
        return;
    }
    const char **outputs = arena_calloc(arena, count - 1, sizeof *outputs);
    if (!outputs)
        return;
    memcpy(outputs, pieces + 1, (count - 1) * sizeof *outputs);
    for (size_t i = 0; i + 1 < count; i++)
        if (strcmp(outputs[i], test->input) == 0)
            diagnostics_error(d, xml_place(r->xml, node),
                              "an output is the input itself; say so with <keep>");
    test->outputs = outputs;
    test->output_count = count - 1;
}

void read_test(struct feature_reader *r, const xmlNode *node, bool keep)
{
    static const char *const answers[] = {"no", "yes", NULL};
    struct feature_test *item = arena_calloc(r->reading->arena, 1, sizeof *item);
    if (!item)
        return;
    isg_rules_test *test = &item->test;
    item->at = xml_place(r->xml, node);
    test->feature = r->feature->id;
    test->file = r->xml->source->name;
    test->line = place_line(item->at);
    test->keep = keep;
    test->because = xml_attribute(r->xml, node, "because");
    test->rule = xml_attribute(r->xml, node, "rule");
    test->realisation = xml_attribute(r->xml, node, "as");
    test->variety = xml_attribute(r->xml, node, "variety");
    test->with = xml_attribute(r->xml, node, "with");
    const char *with = test->with;
    uint32_t id;
    while (with && read_number(r, xml_attribute_place(r->xml, node, "with"), &with, &id))
        continue;
    test->all = !keep && read_choice(r, node, "all", answers) == 1;
    read_outputs(r, node, test);
    *r->tests_end = item;
    r->tests_end = &item->next;
}

static void report_missing(struct feature_reader *r, const struct feature_test *item,
                           const char *what, const char *name, const struct nearest *nearest)
{
    char hint[240];
    diagnostics_error(r->reading->diagnostics, item->at, "there is no %s \"%.60s\"%s", what, name,
                      hint_print(nearest, hint, sizeof hint));
}

static void check_rule(struct feature_reader *r, const struct feature_test *item)
{
    struct nearest nearest;
    if (!item->test.rule)
        return;
    hint_start(&nearest, item->test.rule);
    for (const struct rule *rule = r->feature->rules; rule; rule = rule->next) {
        if (strcmp(rule->name, item->test.rule) == 0)
            return;
        hint_offer(&nearest, rule->name);
    }
    report_missing(r, item, "rule", item->test.rule, &nearest);
}

static void check_realisation(struct feature_reader *r, const struct feature_test *item)
{
    struct nearest nearest;
    if (!item->test.realisation)
        return;
    hint_start(&nearest, item->test.realisation);
    for (const struct rule *rule = r->feature->rules; rule; rule = rule->next)
        for (const struct realisation *as = rule->realisations; as; as = as->next) {
            if (strcmp(as->name, item->test.realisation) == 0)
                return;
            hint_offer(&nearest, as->name);
        }
    report_missing(r, item, "<as>", item->test.realisation, &nearest);
}

static void check_guard(struct feature_reader *r, const struct feature_test *item)
{
    struct nearest nearest;
    const char *because = item->test.because;
    if (!because || strcmp(because, "match") == 0)
        return;
    hint_start(&nearest, because);
    for (const struct rule *rule = r->feature->rules; rule; rule = rule->next)
        for (const struct guard *guard = rule->guards; guard; guard = guard->next) {
            if (strcmp(guard->name, because) == 0)
                return;
            hint_offer(&nearest, guard->name);
        }
    report_missing(r, item, "<unless>", because, &nearest);
}

void check_tests(struct feature_reader *r)
{
    for (const struct feature_test *t = r->feature->tests; t; t = t->next) {
        check_rule(r, t);
        check_realisation(r, t);
        check_guard(r, t);
    }
}

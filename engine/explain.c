/* explain.c -- why a rule did or did not apply: for every candidate of the profile's rules, the
 * names it bound, the guard that vetoed, or the statement that failed furthest on. Rules are
 * tried on the unedited sentence.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "base/status.h"
#include "document.h"

static void say_value(struct buffer *out, struct matcher *m, struct value v)
{
    const struct sentence *s = m->grammar->sentence;
    int32_t first, last;
    if (v.kind == VALUE_IS_OBJECT)
        buffer_printf(out, "%s ", vocab_name(VOCAB_LIST_OBJECT, v.object));
    if (!matcher_extent(m, v, &first, &last)) {
        buffer_add_string(out, v.kind == VALUE_IS_NONE ? "unbound" : "#");
        return;
    }
    buffer_add_char(out, '"');
    for (int32_t i = first; i <= last; i++) {
        const struct token *x = &s->tokens[i];
        if (i > first && x->space_before)
            buffer_add_char(out, ' ');
        buffer_add(out, x->form, x->form_length);
    }
    buffer_add_char(out, '"');
}

static void say_names(struct buffer *out, struct matcher *m, const struct tab_rule *rule)
{
    const struct table *t = &m->tables->table;
    for (uint32_t i = 0; i < rule->slots; i++) {
        const char *name = table_string(t, t->names[rule->names + i]);
        if (m->slots[i].kind == VALUE_IS_NONE || !*name)
            continue;
        buffer_printf(out, "      %s = ", name);
        say_value(out, m, m->slots[i]);
        buffer_add_char(out, '\n');
    }
}

static void say_failure(struct buffer *out, const struct matcher *m, const struct tab_rule *rule)
{
    const struct table *t = &m->tables->table;
    if (m->exhausted) {
        buffer_add_string(out, "no match: too many candidates\n");
        return;
    }
    const struct tab_code *c = &t->code[m->furthest];
    if (c->op == OP_ACCEPT) {
        buffer_printf(out, "no match: confidence %.2f is below sure=%.2f\n", m->sure / 255.0,
                      rule->sure / 255.0);
        return;
    }
    const struct tab_source *source = &t->sources[m->furthest];
    const char *text = table_string(t, source->text);
    buffer_printf(out, "no match: fails at line %u: %s\n", source->line, text ? text : "?");
}

static void say_guards(struct buffer *out, struct matcher *m, const struct tab_rule *rule)
{
    const struct table *t = &m->tables->table;
    bool vetoed = false;
    for (uint32_t i = 0; i < rule->guard_count; i++) {
        const struct tab_guard *g = &t->guards[rule->guards + i];
        if (!matcher_block(m, g->code))
            continue;
        buffer_printf(out, "      vetoed by guard %s (line %u)\n", table_string(t, g->name),
                      g->line);
        vetoed = true;
    }
    if (!vetoed && rule->guard_count)
        buffer_add_string(out, "      no guard vetoes\n");
}

static void say_candidate(struct buffer *out, struct matcher *m, const struct candidate *c)
{
    const struct table *t = &m->tables->table;
    const struct tab_rule *rule = &t->rules[c->rule];
    const struct tab_feature *f = &t->features[rule->feature];
    const struct token *x = &m->grammar->sentence->tokens[c->token];
    if (!matcher_token_test(m, rule->trigger, c->token))
        return;
    buffer_printf(out, "  %u %s, rule %s at \"%.*s\" (%s:%u): ", f->id, table_string(t, f->name),
                  table_string(t, rule->name), (int)x->form_length, x->form,
                  table_string(t, f->file), rule->line);
    if (!matcher_rule(m, rule, c->token)) {
        say_failure(out, m, rule);
        return;
    }
    buffer_printf(out, "match (confidence %.2f)\n", m->sure / 255.0);
    say_names(out, m, rule);
    say_guards(out, m, rule);
}

static bool explain_sentence(struct isg_document *d, const isg_profile *profile, uint32_t number)
{
    struct stage *stage = &d->window.stages[number];
    const struct sentence *s = stage->sentence;
    struct buffer *out = &d->report;
    struct matcher *m = &d->rewriter.matcher;
    if (!stage->scanned && !stage_scan(stage, &d->engine->tables))
        return false;
    struct grammar *g = stage_grammar(stage, &d->engine->tables);
    if (!g)
        return false;
    buffer_printf(out, "sentence %u: %.*s\n", s->number + 1, (int)(s->end - s->start),
                  d->text.bytes + s->start);
    matcher_init(m, &d->engine->tables, g);
    for (uint32_t i = 0; i < stage->candidate_count; i++)
        if (profile->rules[stage->candidates[i].rule].rate > 0)
            say_candidate(out, m, &stage->candidates[i]);
    return true;
}

isg_status isg_document_explain(isg_document *d, const isg_profile *profile,
                                const isg_request *request, const char **text, size_t *length,
                                isg_error *error)
{
    (void)request;
    buffer_reset(&d->report);
    if (profile->table != &d->engine->tables.table)
        return status_set(error, ISG_ARGUMENT, "the profile was made for another engine");
    for (uint32_t w = 0; w < document_window_count(d); w++) {
        isg_status status = document_window(d, w, error);
        if (status != ISG_OK)
            return status;
        for (uint32_t i = 0; i < d->window.count; i++)
            if (!explain_sentence(d, profile, i))
                return status_nomem(error);
    }
    if (d->report.failed)
        return status_nomem(error);
    *text = d->report.bytes ? d->report.bytes : "";
    *length = d->report.length;
    return ISG_OK;
}

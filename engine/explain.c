/* explain.c -- why a rule did or did not apply. The text is rewritten as it would be, and a witness
 * writes down what becomes of every candidate of the profile's rules, in the order of execution:
 * the statement that failed furthest on, the names it bound, the guard that vetoed, the draw, the
 * feature that took the place, or the realisation that was carried out.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdlib.h>
#include <string.h>

#include "base/status.h"
#include "explain.h"

/* Of so many rules of a profile it is said, of each, that nothing starts it. */
enum { MOST_NAMED = 40 };

struct account {
    struct buffer *out;
    struct isg_document *document;
    const struct sentence *shown; /* the state of the sentence that was shown last */
    uint8_t *started;             /* by rule: whether a token started it */
};

static const char *rule_file(const struct table *t, const struct tab_rule *rule)
{
    return table_string(t, rule->file != TAB_NONE ? rule->file
                                                  : t->features[rule->feature].file);
}

static void say_names(struct buffer *out, struct matcher *m, const struct tab_rule *rule)
{
    const struct table *t = &m->tables->table;
    for (uint32_t i = 0; i < rule->slots; i++) {
        const char *name = table_string(t, t->names[rule->names + i]);
        if (m->slots[i].kind == VALUE_IS_NONE || !*name)
            continue;
        buffer_printf(out, "      %s = ", name);
        explain_value(out, m, m->slots[i]);
        buffer_add_char(out, '\n');
    }
}

/* What the failing statement asked of, if that is still known. */
static struct value asked(struct matcher *m, const struct tab_code *c)
{
    struct value none = {VALUE_IS_NONE, 0, 0, 0};
    memcpy(m->slots, m->watch->slots, sizeof m->slots);
    if (c->op == OP_TEST || c->op == OP_ALIAS)
        return matcher_ref(m, c->a);
    if (c->op != OP_BIND || c->x == OBJECT_KIDS)
        return none;
    struct value v = matcher_ref(m, c->a);
    if (v.kind != VALUE_IS_TOKEN)
        return none;
    int32_t number = grammar_object(m->grammar, (enum object_kind)c->x, v.a, 0);
    return number < 0 ? none : (struct value){VALUE_IS_OBJECT, (uint8_t)c->x, number, 0};
}

/* Where the ends of a failing relation hang, or what stands around a failing sequence. */
static void say_surroundings(struct buffer *out, struct matcher *m, const struct tab_code *c)
{
    struct value ends[2] = {{VALUE_IS_NONE, 0, 0, 0}, {VALUE_IS_NONE, 0, 0, 0}};
    if (c->op == OP_RELATION) {
        ends[0] = matcher_ref(m, c->a);
        if (c->x & 1)
            ends[1] = m->slots[c->slot];
    } else if (c->op == OP_SEQUENCE && c->c != TAB_NONE) {
        ends[0] = matcher_ref(m, c->c);
    }
    for (unsigned i = 0; i < 2; i++) {
        if (ends[i].kind == VALUE_IS_OBJECT && ends[i].object == OBJECT_NP)
            ends[i] = grammar_role(m->grammar, OBJECT_NP, ends[i].a, ROLE_HEAD);
        if (ends[i].kind != VALUE_IS_TOKEN)
            continue;
        buffer_add_string(out, "      ");
        if (c->op == OP_RELATION)
            explain_arcs(out, m->grammar, ends[i].a);
        else
            explain_neighbours(out, m->grammar, ends[i].a);
        buffer_add_char(out, '\n');
    }
}

static void say_failure(struct buffer *out, struct matcher *m, const struct tab_rule *rule)
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
    struct value v = asked(m, c);
    if (v.kind == VALUE_IS_NONE) {
        say_surroundings(out, m, c);
        return;
    }
    buffer_add_string(out, "      ");
    explain_tested(out, m, v);
    buffer_add_char(out, '\n');
}

static void say_guards(struct buffer *out, const struct table *t, const struct tab_rule *rule,
                       const struct match *match)
{
    for (uint32_t i = 0; i < rule->guard_count; i++) {
        const struct tab_guard *g = &t->guards[rule->guards + i];
        if (match->vetoes >> i & 1)
            buffer_printf(out, "      vetoed by guard %s (line %u)\n", table_string(t, g->name),
                          g->line);
    }
    if (match->vetoes == 0 && rule->guard_count)
        buffer_add_string(out, "      no guard vetoes\n");
}

static const char *name_of(const struct table *t, uint32_t id)
{
    for (uint32_t i = 0; i < t->feature_count; i++)
        if (t->features[i].id == id)
            return table_string(t, t->features[i].name);
    return "?";
}

static void say_blocked(struct buffer *out, const struct table *t, const struct verdict *v)
{
    switch (v->reason) {
    case ISG_BLOCK_CLAIM:
        if (v->by)
            buffer_printf(out, "blocked: feature %u %s has taken the place; to come after it, say "
                          "<order after=\"%u\"/>\n", v->by, name_of(t, v->by), v->by);
        else
            buffer_add_string(out, "blocked: an earlier match has taken the place\n");
        break;
    case ISG_BLOCK_PROTECTED: buffer_add_string(out, "blocked: protected text\n"); break;
    case ISG_BLOCK_UNSOUND:
        buffer_add_string(out, "blocked: the verb group cannot be rebuilt so\n");
        break;
    case ISG_BLOCK_MISSING:
        buffer_add_string(out, "blocked: a word or form that the edit needs is not there\n");
        break;
    default: buffer_add_string(out, "blocked: too many edits in one sentence\n"); break;
    }
}

static void say_verdict(struct buffer *out, const struct table *t, const struct tab_feature *f,
                        const struct verdict *v)
{
    buffer_add_string(out, "      ");
    switch (v->outcome) {
    case OUTCOME_FIRED: buffer_printf(out, "fires: <as> %s (line %u)\n", v->name, v->line); break;
    case OUTCOME_RATE: buffer_add_string(out, "not drawn: the rate said no here\n"); break;
    case OUTCOME_GROUP:
        buffer_printf(out, "not drawn: of group %s feature %u %s was\n",
                      table_string(t, f->group), v->by, name_of(t, v->by));
        break;
    case OUTCOME_ORDER:
        buffer_printf(out, "blocked: feature %u %s fired in this clause and blocks %u\n", v->by,
                      name_of(t, v->by), f->id);
        break;
    case OUTCOME_NO_CHOICE:
        buffer_add_string(out, "no realisation: none is for this variety with its \"when\" "
                          "true\n");
        break;
    case OUTCOME_MOST:
        buffer_add_string(out, "blocked: as many features as allowed fired before\n");
        break;
    default: say_blocked(out, t, v); break;
    }
}

/* The sentence as it stands now, if a stratum has changed it. */
static void say_state(struct account *a, const struct sentence *s, const struct tab_feature *f)
{
    if (a->shown == s)
        return;
    a->shown = s;
    buffer_printf(a->out, "  stratum %s:", vocab_name(VOCAB_LIST_STRATUM, f->stratum));
    for (uint32_t i = 0; i < s->count; i++) {
        if (i == 0 || s->tokens[i].space_before)
            buffer_add_char(a->out, ' ');
        buffer_add(a->out, s->tokens[i].form, s->tokens[i].form_length);
    }
    buffer_add_char(a->out, '\n');
}

/* Whether a token started it, and a rule is tried at it. */
static bool head_line(struct account *a, struct stratum_run *run, const struct candidate *c)
{
    struct matcher *m = run->matcher;
    const struct table *t = &m->tables->table;
    const struct tab_rule *rule = &t->rules[c->rule];
    const struct tab_feature *f = &t->features[rule->feature];
    const struct token *x = &run->stage->sentence->tokens[c->token];
    if (!matcher_token_test(m, rule->trigger, c->token))
        return false;
    a->started[c->rule] = 1;
    say_state(a, run->stage->sentence, f);
    buffer_printf(a->out, "  %u %s, rule %s at \"%.*s\" (%s:%u): ", f->id,
                  table_string(t, f->name), table_string(t, rule->name), (int)x->form_length,
                  x->form, rule_file(t, rule), rule->line);
    return true;
}

static void tell(void *context, struct stratum_run *run, const struct candidate *c,
                 const struct verdict *v)
{
    struct account *a = context;
    struct matcher *m = run->matcher;
    const struct table *t = &m->tables->table;
    const struct tab_rule *rule = &t->rules[c->rule];
    if (v->outcome == OUTCOME_NO_MATCH) {
        struct match_watch watch = {0};
        m->watch = &watch;
        if (head_line(a, run, c) && !matcher_rule(m, rule, c->token))
            say_failure(a->out, m, rule);
        m->watch = NULL;
        return;
    }
    if (c->match) {
        if (!head_line(a, run, c))
            return;
        buffer_printf(a->out, "match (confidence %.2f)\n", c->match->sure / 255.0);
        memset(m->slots, 0, sizeof m->slots);
        memcpy(m->slots, c->match->slots, rule->slots * sizeof *m->slots);
        say_names(a->out, m, rule);
        say_guards(a->out, t, rule, c->match);
        if (v->outcome == OUTCOME_GUARD)
            return;
    } else {
        const struct tab_feature *f = &t->features[rule->feature];
        buffer_printf(a->out, "  %u %s, rule %s:\n", f->id, table_string(t, f->name),
                      table_string(t, rule->name));
    }
    say_verdict(a->out, t, &t->features[rule->feature], v);
}

/* Of a few rules it is said that no token starts them; of a whole dialect's it would be noise. */
static void say_unstarted(const struct account *a, const isg_profile *profile)
{
    const struct table *t = profile->table;
    uint32_t on = 0;
    for (uint32_t i = 0; i < t->rule_count; i++)
        on += profile->rules[i].rate > 0;
    if (profile->dialect >= 0 || on > MOST_NAMED)
        return;
    for (uint32_t i = 0; i < t->rule_count; i++) {
        const struct tab_feature *f = &t->features[t->rules[i].feature];
        if (profile->rules[i].rate > 0 && !a->started[i])
            buffer_printf(a->out, "  %u %s, rule %s (%s:%u): nothing here can start it, or a word "
                                  "it needs is missing\n", f->id,
                          table_string(t, f->name), table_string(t, t->rules[i].name),
                          rule_file(t, &t->rules[i]), t->rules[i].line);
    }
}

static bool explain_sentence(struct account *a, const isg_profile *profile, uint32_t number)
{
    struct isg_document *d = a->document;
    struct stage *stage = &d->window.stages[number];
    const struct sentence *s = stage->sentence;
    size_t from = d->rewriter.out.length;
    int length = (int)(s->end - s->start);
    buffer_printf(a->out, "sentence %u: %.*s\n", s->number + 1, length, d->text.bytes + s->start);
    memset(a->started, 0, profile->table->rule_count);
    a->shown = s;
    arena_reset(&d->sentence_arena);
    if (!rewriter_sentence(&d->rewriter, stage))
        return false;
    say_unstarted(a, profile);
    const char *out = d->rewriter.out.bytes ? d->rewriter.out.bytes + from : "";
    size_t written = d->rewriter.out.length - from;
    if (written != (size_t)length || memcmp(out, d->text.bytes + s->start, written) != 0)
        buffer_printf(a->out, "  result: %.*s\n", (int)written, out);
    else
        buffer_add_string(a->out, "  result: unchanged\n");
    return true;
}

static isg_status explain_all(struct account *a, const isg_profile *profile, isg_error *error)
{
    struct isg_document *d = a->document;
    for (uint32_t w = 0; w < document_window_count(d); w++) {
        isg_status status = document_window(d, w, error);
        if (status != ISG_OK)
            return status;
        for (uint32_t i = 0; i < d->window.count; i++)
            if (!explain_sentence(a, profile, i))
                return status_nomem(error);
    }
    return a->out->failed ? status_nomem(error) : ISG_OK;
}

isg_status isg_document_explain(isg_document *d, const isg_profile *profile,
                                const isg_request *request, const char **text, size_t *length,
                                isg_error *error)
{
    buffer_reset(&d->report);
    if (profile->table != &d->engine->tables.table)
        return status_set(error, ISG_ARGUMENT, "the profile was made for another engine");
    struct account account = {&d->report, d, NULL, calloc(profile->table->rule_count + 1, 1)};
    const struct witness witness = {tell, &account};
    if (!account.started)
        return status_nomem(error);
    document_begin(d, profile, request);
    d->rewriter.witness = &witness;
    isg_status status = explain_all(&account, profile, error);
    d->rewriter.witness = NULL;
    free(account.started);
    document_begin(d, profile, request); /* nothing is left that looks like a result */
    *text = d->report.bytes ? d->report.bytes : "";
    *length = d->report.length;
    return status;
}

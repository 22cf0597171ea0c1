/* cover.c -- how often rules match over many texts, and where they fail: of each rule the places
 * that could start it, of each statement the places it let through, of each guard its vetoes, of
 * each realisation its uses, with an example of each. Counted by a witness while texts are
 * rewritten.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdlib.h>
#include <string.h>

#include "base/status.h"
#include "document.h"

enum { LONGEST_EXAMPLE = 400 };

/* What is counted; the example is a text of the arena, or NULL. */
struct tally {
    uint64_t count;
    const char *example;
};

struct isg_cover {
    const struct isg_engine *engine;
    struct arena arena;
    struct tally *started, *matched;  /* by rule */
    struct tally *failed;             /* by record of TAB_CODE: places that came no further */
    struct tally *vetoed;             /* by guard */
    struct tally *used;               /* by realisation; its example is the rewritten sentence */
    isg_cover_row *rows;
    size_t row_count, row_capacity;
    bool counted;                     /* rows are older than the counts */
    /* of the sentence at hand */
    struct isg_document *document;
    const char *sentence;             /* NULL: not copied yet */
    struct tally *fresh;              /* a realisation just used, that has no example yet */
    uint32_t number;
};

isg_status isg_cover_new(const isg_engine *engine, isg_cover **out, isg_error *error)
{
    *out = NULL;
    struct isg_cover *c = calloc(1, sizeof *c);
    if (!c)
        return status_nomem(error);
    const struct table *t = &engine->tables.table;
    c->engine = engine;
    arena_init(&c->arena);
    c->started = arena_calloc(&c->arena, t->rule_count + 1, sizeof *c->started);
    c->matched = arena_calloc(&c->arena, t->rule_count + 1, sizeof *c->matched);
    c->failed = arena_calloc(&c->arena, table_count(t, TAB_CODE) + 1, sizeof *c->failed);
    c->vetoed = arena_calloc(&c->arena, table_count(t, TAB_GUARDS) + 1, sizeof *c->vetoed);
    c->used = arena_calloc(&c->arena, table_count(t, TAB_REALISATIONS) + 1, sizeof *c->used);
    if (c->arena.failed) {
        isg_cover_free(c);
        return status_nomem(error);
    }
    *out = c;
    return ISG_OK;
}

void isg_cover_free(isg_cover *cover)
{
    if (!cover)
        return;
    arena_clear(&cover->arena);
    free(cover->rows);
    free(cover);
}

/* A piece of text on one line. */
static const char *keep(struct isg_cover *c, const char *text, size_t length)
{
    length = length < LONGEST_EXAMPLE ? length : LONGEST_EXAMPLE;
    char *copy = arena_strndup(&c->arena, text, length);
    for (char *p = copy; p && *p; p++)
        if (*p == '\n' || *p == '\r' || *p == '\t')
            *p = ' ';
    return copy ? copy : "";
}

static const char *sentence_text(struct isg_cover *c)
{
    const struct sentence *s = c->document->window.stages[c->number].sentence;
    if (!c->sentence)
        c->sentence = keep(c, c->document->text.bytes + s->start, s->end - s->start);
    return c->sentence;
}

static void note(struct isg_cover *c, struct tally *tally)
{
    if (tally->count++ == 0)
        tally->example = sentence_text(c);
}

static void tell(void *context, struct stratum_run *run, const struct candidate *candidate,
                 const struct verdict *verdict)
{
    struct isg_cover *c = context;
    struct matcher *m = run->matcher;
    const struct table *t = &m->tables->table;
    const struct tab_rule *rule = &t->rules[candidate->rule];
    if (verdict->outcome == OUTCOME_NO_MATCH) {
        if (!matcher_token_test(m, rule->trigger, candidate->token) ||
            matcher_rule(m, rule, candidate->token))
            return;
        note(c, &c->started[candidate->rule]);
        note(c, &c->failed[m->furthest]);
        return;
    }
    if (!candidate->match)
        return; /* a group that could not be rendered: its match was told before */
    note(c, &c->started[candidate->rule]);
    note(c, &c->matched[candidate->rule]);
    for (uint32_t i = 0; i < rule->guard_count; i++)
        if (candidate->match->vetoes >> i & 1)
            note(c, &c->vetoed[rule->guards + i]);
    for (uint32_t i = 0; i < rule->realisation_count && verdict->outcome == OUTCOME_FIRED; i++)
        if (strcmp(table_string(t, t->realisations[rule->realisations + i].name),
                   verdict->name) == 0) {
            struct tally *used = &c->used[rule->realisations + i];
            if (used->count++ == 0)
                c->fresh = used;
        }
}

static bool cover_sentence(struct isg_cover *c, uint32_t number)
{
    struct isg_document *d = c->document;
    size_t from = d->rewriter.out.length;
    c->number = number;
    c->sentence = NULL;
    c->fresh = NULL;
    arena_reset(&d->sentence_arena);
    if (!rewriter_sentence(&d->rewriter, &d->window.stages[number]))
        return false;
    if (c->fresh && d->rewriter.out.bytes)
        c->fresh->example = keep(c, d->rewriter.out.bytes + from, d->rewriter.out.length - from);
    return !c->arena.failed;
}

isg_status isg_cover_add(isg_cover *c, isg_document *document, const isg_profile *profile,
                         const isg_request *request, isg_error *error)
{
    const struct witness witness = {tell, c};
    isg_status status = ISG_OK;
    if (profile->table != &c->engine->tables.table || document->engine != c->engine)
        return status_set(error, ISG_ARGUMENT, "the profile was made for another engine");
    c->document = document;
    c->counted = true;
    document_begin(document, profile, request);
    document->rewriter.witness = &witness;
    for (uint32_t w = 0; w < document_window_count(document) && status == ISG_OK; w++) {
        status = document_window(document, w, error);
        for (uint32_t i = 0; status == ISG_OK && i < document->window.count; i++)
            if (!cover_sentence(c, i))
                status = status_nomem(error);
    }
    document->rewriter.witness = NULL;
    document_begin(document, profile, request);
    return status;
}

static isg_cover_row *add_row(struct isg_cover *c, const struct tab_rule *rule, const char *kind)
{
    const struct table *t = &c->engine->tables.table;
    if (c->row_count == c->row_capacity) {
        size_t capacity = c->row_capacity ? c->row_capacity * 2 : 256;
        isg_cover_row *rows = realloc(c->rows, capacity * sizeof *rows);
        if (!rows)
            return NULL;
        c->rows = rows;
        c->row_capacity = capacity;
    }
    isg_cover_row *row = &c->rows[c->row_count++];
    const struct tab_feature *f = &t->features[rule->feature];
    *row = (isg_cover_row){.feature = f->id, .file = table_string(t, f->file),
                           .rule = table_string(t, rule->name), .kind = kind,
                           .line = rule->line, .text = table_string(t, rule->name), .example = ""};
    return row;
}

static const char *or_nothing(const char *text)
{
    return text ? text : "";
}

static bool same_source(const struct table *t, uint32_t a, uint32_t b)
{
    return t->sources[a].text == t->sources[b].text && t->sources[a].line == t->sources[b].line;
}

/* Behind the records of the statement that begins at pc; a block has its statements with it. */
static uint32_t statement_end(const struct table *t, uint32_t pc)
{
    uint32_t end = pc + 1, count = (uint32_t)table_count(t, TAB_CODE);
    unsigned op = t->code[pc].op;
    if (op == OP_ANY || op == OP_NOT || op == OP_MAYBE) {
        while (end < count && (t->code[end].op != OP_JUMP || !same_source(t, end, pc)))
            end++;
        return end < count ? t->code[end].a : count;
    }
    while (end < count && t->code[end].op != OP_ACCEPT && same_source(t, end, pc))
        end++;
    return end;
}

/* sure= is asked last of all, as if it were a statement; accept is the program's end. */
static bool add_sure(struct isg_cover *c, const struct tab_rule *rule, uint32_t accept,
                     uint64_t reached)
{
    isg_cover_row *row = add_row(c, rule, "statement");
    if (!row)
        return false;
    uint64_t failed = c->failed[accept].count;
    row->text = "sure=";
    row->tried = reached;
    row->hits = reached > failed ? reached - failed : 0;
    row->example = or_nothing(c->failed[accept].example);
    return true;
}

/* The statements of a rule's own program, in the order they are tried: records of one statement
 * stand side by side, a block in one piece. Past each one come the places that did not fail in
 * it. */
static bool add_statements(struct isg_cover *c, const struct tab_rule *rule, uint64_t reached)
{
    const struct table *t = &c->engine->tables.table;
    const struct tab_source *sources = t->sources;
    uint32_t pc = rule->code, count = (uint32_t)table_count(t, TAB_CODE);
    while (pc < count && t->code[pc].op != OP_ACCEPT) {
        uint32_t end = statement_end(t, pc);
        uint64_t failed = 0;
        const char *example = NULL;
        for (uint32_t i = pc; i < end; i++) {
            failed += c->failed[i].count;
            example = example ? example : c->failed[i].example;
        }
        isg_cover_row *row = add_row(c, rule, "statement");
        if (!row)
            return false;
        row->line = sources[pc].line;
        row->text = or_nothing(table_string(t, sources[pc].text));
        row->tried = reached;
        row->hits = reached > failed ? reached - failed : 0;
        row->example = or_nothing(example);
        reached = row->hits;
        pc = end;
    }
    return rule->sure == 0 || pc == count || add_sure(c, rule, pc, reached);
}

static bool add_rule(struct isg_cover *c, uint32_t number)
{
    const struct table *t = &c->engine->tables.table;
    const struct tab_rule *rule = &t->rules[number];
    isg_cover_row *row = add_row(c, rule, "rule");
    if (!row)
        return false;
    row->tried = c->started[number].count;
    row->hits = c->matched[number].count;
    row->example = or_nothing(c->matched[number].example);
    if (!add_statements(c, rule, row->tried))
        return false;
    for (uint32_t i = rule->guards; i < rule->guards + rule->guard_count; i++) {
        if (!(row = add_row(c, rule, "guard")))
            return false;
        row->text = table_string(t, t->guards[i].name);
        row->line = t->guards[i].line;
        row->tried = c->matched[number].count;
        row->hits = c->vetoed[i].count;
        row->example = or_nothing(c->vetoed[i].example);
    }
    for (uint32_t i = rule->realisations; i < rule->realisations + rule->realisation_count; i++) {
        if (!(row = add_row(c, rule, "as")))
            return false;
        row->text = table_string(t, t->realisations[i].name);
        row->line = t->realisations[i].line;
        row->tried = c->matched[number].count;
        row->hits = c->used[i].count;
        row->example = or_nothing(c->used[i].example);
    }
    return true;
}

size_t isg_cover_count(isg_cover *cover)
{
    if (cover->counted || !cover->rows) {
        cover->row_count = 0;
        cover->counted = false;
        for (uint32_t i = 0; i < cover->engine->tables.table.rule_count; i++)
            if (!add_rule(cover, i))
                break;
    }
    return cover->row_count;
}

isg_cover_row isg_cover_get(const isg_cover *cover, size_t index)
{
    static const isg_cover_row none;
    return index < cover->row_count ? cover->rows[index] : none;
}

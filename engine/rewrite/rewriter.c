/* rewriter.c -- the strata of one sentence: match, choose, edit; at the end of a stratum render the
 * verb groups it changed and go on with the new state.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "rewrite/rewriter.h"

#include <stdlib.h>
#include <string.h>

bool rewriter_init(struct rewriter *r, const struct tables *tables, struct arena *arena)
{
    memset(r, 0, sizeof *r);
    r->tables = tables;
    r->arena = arena;
    r->wanted = calloc(tables->rule_words, sizeof *r->wanted);
    return r->wanted;
}

void rewriter_clear(struct rewriter *r)
{
    buffer_clear(&r->out);
    buffer_clear(&r->edits);
    buffer_clear(&r->blocks);
    buffer_clear(&r->fired);
    buffer_clear(&r->marks);
    buffer_clear(&r->barred);
    buffer_clear(&r->used);
    free(r->wanted);
    r->wanted = NULL;
}

/* The rules of all profiles so far are looked for together, so that fifty profiles scan a
 * sentence once; what a profile has not on is not tried for it. */
static void want(struct rewriter *r, const struct isg_profile *profile)
{
    bool grew = false;
    for (uint32_t i = 0; profile->on && i < r->tables->rule_words; i++) {
        grew = grew || (profile->on[i] & ~r->wanted[i]);
        r->wanted[i] |= profile->on[i];
    }
    r->generation += grew;
}

void rewriter_begin(struct rewriter *r, const struct isg_profile *profile, const char *text,
                    uint64_t base)
{
    buffer_reset(&r->out);
    buffer_reset(&r->edits);
    buffer_reset(&r->blocks);
    buffer_reset(&r->marks);
    buffer_reset(&r->used);
    r->memory.count = 0;
    want(r, profile);
    r->profile = profile;
    r->text = text;
    r->base = base;
}

static const struct tab_feature *feature_of(const struct rewriter *r, uint32_t rule)
{
    return &r->tables->table.features[r->tables->table.rules[rule].feature];
}

static uint32_t fired_count(const struct rewriter *r)
{
    return (uint32_t)(r->fired.length / sizeof(struct fired));
}

static void note_block(struct stratum_run *run, const struct candidate *c, isg_block_reason reason,
                       const char *guard, uint32_t by_feature)
{
    struct rewriter *r = run->rewriter;
    const struct table *t = &r->tables->table;
    const struct token *x = &run->stage->sentence->tokens[c->token];
    isg_block block = {
        .feature = feature_of(r, c->rule)->id,
        .by_feature = by_feature,
        .rule = table_string(t, t->rules[c->rule].name),
        .guard = guard,
        .start = x->start,
        .end = x->end,
        .reason = reason,
    };
    buffer_add(&r->blocks, (const char *)&block, sizeof block);
}

/* Whether a feature that fired bars this one at the site (order blocks=). */
static uint32_t barred_by(const struct rewriter *r, uint32_t feature_id, uint32_t site)
{
    const struct barred *b = (const struct barred *)(const void *)r->barred.bytes;
    for (size_t i = 0; i < r->barred.length / sizeof *b; i++)
        if (b[i].feature_id == feature_id && b[i].first <= site && site <= b[i].last)
            return b[i].by;
    return 0;
}

/* Notes what a feature that fired bars in its clause. */
static void bar_others(struct stratum_run *run, uint32_t feature_id, int32_t trigger)
{
    struct rewriter *r = run->rewriter;
    const struct table *t = &r->tables->table;
    struct grammar *g = run->matcher->grammar;
    for (uint32_t i = 0; i < t->relation_count; i++) {
        const struct tab_relation *rel = &t->relations[i];
        if (rel->kind != RELATION_BLOCKS || rel->feature != feature_id)
            continue;
        struct barred b = {rel->other, feature_id, 0, UINT32_MAX};
        int32_t clause = grammar_object(g, OBJECT_CLAUSE, trigger, 0);
        int32_t predicate = clause >= 0 ? grammar_clause_predicate(g, clause) : -1;
        if (predicate >= 0) {
            b.first = g->sentence->tokens[g->subtree_start[predicate]].site;
            b.last = g->sentence->tokens[g->subtree_end[predicate]].site;
        }
        buffer_add(&r->barred, (const char *)&b, sizeof b);
    }
}

/* At most so many distinct features a record: the first ones that fire. */
static bool may_use(struct rewriter *r, uint32_t feature)
{
    const uint32_t *used = (const uint32_t *)(const void *)r->used.bytes;
    size_t n = r->used.length / sizeof *used;
    for (size_t i = 0; i < n; i++)
        if (used[i] == feature)
            return true;
    return r->profile->max_features == 0 || n < r->profile->max_features;
}

/* What a realisation that was carried out notes about the document. */
static void remember(struct rewriter *r, const struct tab_realisation *as)
{
    const struct table *t = &r->tables->table;
    struct memory *memory = &r->memory;
    for (uint32_t i = 0; i < as->edit_count; i++) {
        const struct tab_edit *edit = &t->edits[as->edits + i];
        uint32_t k = 0;
        if (edit->op != EDIT_REMEMBER)
            continue;
        while (k < memory->count && strcmp(table_string(t, memory->entries[k].key),
                                           table_string(t, edit->c)) != 0)
            k++;
        if (k == LIMIT_MEMORY)
            continue;
        memory->entries[k].key = edit->c;
        memory->entries[k].value = edit->d;
        memory->count += k == memory->count;
    }
}

static void note_use(struct rewriter *r, uint32_t feature)
{
    const uint32_t *used = (const uint32_t *)(const void *)r->used.bytes;
    for (size_t i = 0; i < r->used.length / sizeof *used; i++)
        if (used[i] == feature)
            return;
    buffer_add(&r->used, (const char *)&feature, sizeof feature);
}

/* The first guard that holds; -1: none. */
static int32_t vetoing(struct stratum_run *run, const struct candidate *c,
                       const struct match *match)
{
    const struct tab_rule *rule = &run->rewriter->tables->table.rules[c->rule];
    uint32_t vetoes = match->vetoes & run->rewriter->profile->rules[c->rule].guards;
    for (uint32_t i = 0; i < rule->guard_count; i++)
        if (vetoes >> i & 1)
            return (int32_t)(rule->guards + i);
    return -1;
}

static void load_match(struct matcher *m, const struct tab_rule *rule, const struct match *match)
{
    memset(m->slots, 0, sizeof m->slots);
    memcpy(m->slots, match->slots, rule->slots * sizeof(struct value));
    m->injective = match->injective;
    m->exhausted = false;
    m->depth = 0;
}

/* The tokens of a lexicon's term: the span p, or the word x and a particle q behind the object. */
static bool find_term(struct stratum_run *run, const struct tab_rule *rule, int32_t *first,
                      int32_t *last)
{
    const struct table *t = &run->rewriter->tables->table;
    bool found = false;
    for (uint32_t i = 0; i < rule->slots; i++) {
        const char *name = table_string(t, t->names[rule->names + i]);
        int32_t from, to;
        bool whole = strcmp(name, "p") == 0;
        if ((!whole && strcmp(name, "x") != 0 && strcmp(name, "q") != 0) ||
            !matcher_extent(run->matcher, run->matcher->slots[i], &from, &to))
            continue;
        *first = !found || from < *first ? from : *first;
        *last = !found || to > *last ? to : *last;
        found = true;
    }
    return found;
}

/* Notes slang that was found. */
static void mark_term(struct stratum_run *run, const struct tab_rule *rule)
{
    struct rewriter *r = run->rewriter;
    int32_t first, last;
    if (rule->sense == TAB_NONE || r->tables->table.features[rule->feature].id !=
                                       TAB_FEATURE_LITERAL ||
        !find_term(run, rule, &first, &last))
        return;
    const struct token *tokens = run->stage->sentence->tokens;
    struct sense_mark mark = {rule->sense, tokens[first].start, tokens[last].end,
                              (uint32_t)(rule - r->tables->table.rules),
                              run->stage->sentence->number};
    buffer_add(&r->marks, (const char *)&mark, sizeof mark);
    struct sense_mark *marks = (struct sense_mark *)(void *)r->marks.bytes;
    size_t i = r->marks.failed ? 0 : r->marks.length / sizeof mark - 1;
    for (; i > 0 && marks[i - 1].start > mark.start; i--)
        marks[i] = marks[i - 1];
    if (!r->marks.failed)
        marks[i] = mark;
}

/* Carries a match out; what stood in the way is noted. */
static struct verdict carry_out(struct stratum_run *run, const struct candidate *c, int32_t as)
{
    struct rewriter *r = run->rewriter;
    const struct table *t = &r->tables->table;
    const struct tab_rule *rule = &t->rules[c->rule];
    uint32_t number = fired_count(r), holder = 0;
    struct verdict blocked = {OUTCOME_BLOCKED, ISG_BLOCK_LIMIT, 0, NULL, 0};
    if (number >= LIMIT_EDITS_SENTENCE) {
        note_block(run, c, ISG_BLOCK_LIMIT, NULL, 0);
        return blocked;
    }
    uint32_t site = run->stage->sentence->tokens[c->token].site;
    struct fired fired = {rule->feature, c->rule, rule->realisations + (uint32_t)as, 0, site};
    const struct tab_realisation *realisation = &t->realisations[fired.realisation];
    uint32_t edits = run->log.count;
    buffer_add(&r->fired, (const char *)&fired, sizeof fired);
    if (r->fired.failed || !edit_match(run, realisation, number, &blocked.reason, &holder)) {
        r->fired.length -= r->fired.failed ? 0 : sizeof fired;
        blocked.by = holder ? t->features[fired_at(r, holder - 1)->feature].id : 0;
        note_block(run, c, blocked.reason, NULL, blocked.by);
        return blocked;
    }
    mark_term(run, rule);
    if (r->profile->mark)
        run->log.count = edits;
    note_use(r, rule->feature);
    remember(r, realisation);
    bar_others(run, t->features[rule->feature].id, c->token);
    return (struct verdict){OUTCOME_FIRED, 0, 0, table_string(t, realisation->name),
                            realisation->line};
}

/* Carries out the realisation drawn; of a lexicon's, another if it cannot be done. */
static struct verdict realise(struct stratum_run *run, const struct candidate *c, uint64_t hash)
{
    struct rewriter *r = run->rewriter;
    struct verdict verdict = {OUTCOME_NO_CHOICE, 0, 0, NULL, 0};
    uint64_t tried[4] = {0};
    for (;;) {
        int32_t as = choose_realisation(r, run->matcher, c, hash, tried);
        if (as < 0)
            return verdict;
        size_t blocks = r->blocks.length;
        verdict = carry_out(run, c, as);
        bool other = verdict.outcome == OUTCOME_BLOCKED && verdict.reason != ISG_BLOCK_CLAIM &&
                     verdict.reason != ISG_BLOCK_PROTECTED;
        if (!other || r->tables->table.rules[c->rule].sense == TAB_NONE)
            return verdict;
        tried[as / 64] |= (uint64_t)1 << as % 64;
        if (choose_realisation(r, run->matcher, c, hash, tried) >= 0)
            r->blocks.length = blocks;
    }
}

/* Obscene words in quotation marks stay as they are: they are somebody's words. */
static bool is_kept_quoted(const struct rewriter *r, const struct tab_rule *rule,
                           const struct token *token)
{
    const struct table *t = &r->tables->table;
    return rule->sense != TAB_NONE && (token->flags & FLAG(QUOTED)) && !r->profile->mark &&
           t->features[rule->feature].id == TAB_FEATURE_LITERAL &&
           t->senses[rule->sense].label == TAB_LABEL_OBSCENE;
}

/* One match: guards, draws, order, realisation, edits. */
static struct verdict consider(struct stratum_run *run, const struct candidate *c,
                               const struct match *match)
{
    struct rewriter *r = run->rewriter;
    const struct table *t = &r->tables->table;
    const struct tab_rule *rule = &t->rules[c->rule];
    const struct sentence *s = run->stage->sentence;
    struct verdict no = {OUTCOME_RATE, 0, 0, NULL, 0};
    int32_t guard = vetoing(run, c, match);
    if (guard >= 0) {
        const char *name = table_string(t, t->guards[guard].name);
        note_block(run, c, ISG_BLOCK_GUARD, name, 0);
        return (struct verdict){OUTCOME_GUARD, ISG_BLOCK_GUARD, 0, name, t->guards[guard].line};
    }
    if (is_kept_quoted(r, rule, &s->tokens[c->token]))
        return no;
    load_match(run->matcher, rule, match);
    uint64_t hash = choose_hash(r, run->matcher, s, c->rule, c->token);
    if (!choose_fires(r, c->rule, hash))
        return no;
    no.outcome = OUTCOME_GROUP;
    if (!choose_wins_group(r, s, c->rule, c->token, &no.by))
        return no;
    no.by = barred_by(r, t->features[rule->feature].id, s->tokens[c->token].site);
    if (no.by) {
        note_block(run, c, ISG_BLOCK_ORDER, NULL, no.by);
        no.outcome = OUTCOME_ORDER;
        return no;
    }
    no.outcome = OUTCOME_MOST;
    if (!may_use(r, rule->feature))
        return no;
    return realise(run, c, hash);
}

static void tell(struct stratum_run *run, const struct candidate *c, const struct verdict *verdict)
{
    const struct witness *witness = run->rewriter->witness;
    if (witness)
        witness->tell(witness->context, run, c, verdict);
}

/* Places of a sentence where slang could be written, when it is to be at one of them. */
struct places {
    struct {
        struct candidate *candidate;
        double draw;
    } list[LIMIT_EDITS_SENTENCE];
    uint32_t count;
};

static void keep_place(struct stratum_run *run, struct candidate *c, const struct match *match,
                       struct places *places)
{
    struct rewriter *r = run->rewriter;
    if (places->count == LIMIT_EDITS_SENTENCE)
        return;
    load_match(run->matcher, &r->tables->table.rules[c->rule], match);
    uint64_t hash = choose_hash(r, run->matcher, run->stage->sentence, c->rule, c->token);
    const struct table *t = &r->tables->table;
    int32_t as = choose_realisation(r, run->matcher, c, hash, NULL);
    if (as < 0)
        return;
    const struct tab_realisation *all = &t->realisations[t->rules[c->rule].realisations];
    double draw = choose_place(&all[as], hash);
    uint32_t i = places->count++;
    for (; i > 0 && places->list[i - 1].draw > draw; i--)
        places->list[i] = places->list[i - 1];
    places->list[i].candidate = c;
    places->list[i].draw = draw;
}

/* Writes slang at the first of the places where it can be done. */
static void take_place(struct stratum_run *run, const struct places *places)
{
    bool done = false;
    for (uint32_t i = 0; i < places->count && !done; i++) {
        struct candidate *c = places->list[i].candidate;
        struct verdict verdict = consider(run, c, stage_match(run->stage, run->matcher, c));
        done = verdict.outcome == OUTCOME_FIRED;
        tell(run, c, &verdict);
    }
}

/* Matches all candidates before any is carried out: an edit changes verb groups at once, and what
 * one profile did must not decide what matches for the next. */
static void match_first(struct stratum_run *run, unsigned stratum)
{
    const struct rule_profile *rules = run->rewriter->profile->rules;
    for (uint32_t i = run->stage->strata[stratum]; i < run->stage->strata[stratum + 1]; i++)
        if (rules[run->stage->candidates[i].rule].rate > 0)
            stage_match(run->stage, run->matcher, &run->stage->candidates[i]);
}

static void match_stratum(struct stratum_run *run, unsigned stratum)
{
    const struct rule_profile *rules = run->rewriter->profile->rules;
    const struct isg_profile *profile = run->rewriter->profile;
    struct places places = {.count = 0};
    match_first(run, stratum);
    for (uint32_t i = run->stage->strata[stratum]; i < run->stage->strata[stratum + 1]; i++) {
        struct candidate *c = &run->stage->candidates[i];
        if (rules[c->rule].rate <= 0)
            continue;
        const struct match *match = stage_match(run->stage, run->matcher, c);
        struct verdict verdict = {OUTCOME_NO_MATCH, 0, 0, NULL, 0};
        if (match && profile->one_site &&
            feature_of(run->rewriter, c->rule)->id == TAB_FEATURE_SLANG) {
            keep_place(run, c, match, &places);
            continue;
        }
        if (match)
            verdict = consider(run, c, match);
        tell(run, c, &verdict);
    }
    take_place(run, &places);
}

/* Renders the verb groups that were changed and puts them back as they were: the stage may serve
 * another profile. A group that cannot be rendered stays, and its matches are reported. */
static void render_groups(struct stratum_run *run)
{
    struct grammar *g = run->matcher->grammar;
    for (uint32_t i = 0; i < run->dirty_count; i++) {
        struct dirty_vg *d = &run->dirty[i];
        bool last = true;
        for (uint32_t k = i + 1; k < run->dirty_count; k++)
            last = last && run->dirty[k].vg != d->vg;
        for (uint32_t k = 0; last && k < i; k++)
            if (run->dirty[k].vg == d->vg &&
                fired_at(run->rewriter, d->holder - 1)->earlier == 0 &&
                run->dirty[k].holder != d->holder)
                fired_at(run->rewriter, d->holder - 1)->earlier = run->dirty[k].holder;
        if (last && !vg_render(g, d->vg, &run->log, d->holder)) {
            struct candidate c = {fired_at(run->rewriter, d->holder - 1)->rule, 0, MATCHED, NULL};
            int32_t token;
            if (vg_tokens(g, d->vg, &token, 1) == 1)
                c.token = token;
            note_block(run, &c, ISG_BLOCK_UNSOUND, NULL, 0);
            struct verdict verdict = {OUTCOME_BLOCKED, ISG_BLOCK_UNSOUND, 0, NULL, 0};
            tell(run, &c, &verdict);
        }
    }
    for (uint32_t i = run->dirty_count; i-- > 0;)
        vg_restore(g, run->dirty[i].vg, run->dirty[i].saved);
}

static bool start_run(struct stratum_run *run, struct rewriter *r, struct stage *stage)
{
    run->rewriter = r;
    run->stage = stage;
    run->matcher = &r->matcher;
    run->claim_count = run->dirty_count = 0;
    run->log = (struct edit_log){r->arena, NULL, 0, 0};
    run->token_claims = arena_calloc(r->arena, stage->sentence->count, sizeof *run->token_claims);
    run->group_claims = arena_calloc(r->arena, stage->sentence->count, sizeof *run->group_claims);
    run->claims_before = arena_calloc(r->arena, stage->sentence->count, 2 * sizeof(uint32_t));
    struct grammar *g = stage_grammar(stage, r->tables);
    if (!run->token_claims || !run->group_claims || !run->claims_before || !g)
        return false;
    matcher_init(run->matcher, r->tables, g);
    run->matcher->memory = &r->memory;
    return true;
}

/* Whether any candidate of a stratum belongs to a rule that is on. */
static bool has_candidates(const struct rewriter *r, const struct stage *stage, unsigned stratum)
{
    for (uint32_t i = stage->strata[stratum]; i < stage->strata[stratum + 1]; i++) {
        const struct candidate *c = &stage->candidates[i];
        bool again = r->witness || (r->tables->table.rules[c->rule].flags & TAB_RULE_MEMORY);
        if ((c->state != NO_MATCH || again) && r->profile->rules[c->rule].rate > 0)
            return true;
    }
    return false;
}

static bool scan(struct rewriter *r, struct stage *stage)
{
    if (stage->scanned && stage->generation == r->generation)
        return true;
    stage->generation = r->generation;
    return stage_scan(stage, r->tables, r->wanted);
}

/* Runs one stratum; returns the stage to go on with, NULL when out of memory. */
static struct stage *run_stratum(struct rewriter *r, struct stage *stage, unsigned stratum,
                                 struct stratum_run *run)
{
    if (!scan(r, stage))
        return NULL;
    if (!has_candidates(r, stage, stratum))
        return stage;
    if (!start_run(run, r, stage))
        return NULL;
    match_stratum(run, stratum);
    render_groups(run);
    if (run->log.count == 0)
        return stage;
    struct sentence *next = apply_log(r, stage->sentence, &run->log);
    struct stage *after = arena_alloc(r->arena, sizeof *after);
    if (!next || !after)
        return NULL;
    stage_init(after, next, r->arena, stage->document);
    after->first_stratum = stratum + 1;
    return after;
}

static void copy_sentence(struct rewriter *r, const struct sentence *s)
{
    buffer_add(&r->out, r->text + s->start, s->end - s->start);
}

bool rewriter_sentence(struct rewriter *r, struct stage *original)
{
    const struct sentence *s = original->sentence;
    struct stage *stage = original;
    buffer_reset(&r->fired);
    buffer_reset(&r->barred);
    r->deleted_by = arena_calloc(r->arena, s->count, sizeof *r->deleted_by);
    struct stratum_run *run = arena_alloc(r->arena, sizeof *run);
    if (!r->deleted_by || !run)
        return false;
    for (unsigned stratum = 0; stratum < STRATUM_COUNT && stage; stratum++)
        if (r->profile->strata[stratum])
            stage = run_stratum(r, stage, stratum, run);
    if (!stage || r->fired.failed)
        return false;
    if (stage == original) {
        copy_sentence(r, s);
        return true;
    }
    struct sentence *edited = (struct sentence *)stage->sentence;
    if (!repair_sentence(r, s, edited))
        return false;
    render_sentence(r, s, edited);
    return !r->arena->failed && !r->out.failed;
}

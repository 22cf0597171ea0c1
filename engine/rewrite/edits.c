/* edits.c -- carrying out a realisation: claims first, then token edits into the log and settings
 * on verb groups; a match is done whole or not at all.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <string.h>

#include "rewrite/rewriter.h"

enum { WORDS = 16, TARGETS = 128 };

struct editor {
    struct stratum_run *run;
    uint32_t holder;        /* 1 + number of the fired match */
    int32_t place;          /* token whose shape new words take */
    isg_block_reason reason;
    uint32_t blocker;
};

struct undo {
    uint32_t log_count, claim_count, dirty_count;
};

static bool fail(struct editor *e, isg_block_reason reason)
{
    e->reason = reason;
    return false;
}

static const struct tab_feature *feature_of(const struct stratum_run *run, uint32_t holder)
{
    const struct fired *f = (const struct fired *)(const void *)run->rewriter->fired.bytes;
    return &run->rewriter->tables->table.features[f[holder - 1].feature];
}

/* Whether a feature may take what another holds: it declares to come after it. */
static bool may_take(const struct stratum_run *run, uint32_t taker, uint32_t holder)
{
    const struct table *t = &run->rewriter->tables->table;
    uint32_t id = feature_of(run, taker)->id, other = feature_of(run, holder)->id;
    if (id == other)
        return false;
    for (uint32_t i = 0; i < t->relation_count; i++)
        if (t->relations[i].kind == RELATION_AFTER && t->relations[i].feature == id &&
            t->relations[i].other == other)
            return true;
    return false;
}

static bool free_for(struct editor *e, uint32_t holder)
{
    if (holder == 0 || holder == e->holder || may_take(e->run, e->holder, holder))
        return true;
    e->blocker = holder;
    return fail(e, ISG_BLOCK_CLAIM);
}

static bool unprotected(struct editor *e, int32_t token)
{
    if (e->run->stage->sentence->tokens[token].flags & FLAG(PROTECTED))
        return fail(e, ISG_BLOCK_PROTECTED);
    return true;
}

static bool claim_token(struct editor *e, int32_t token)
{
    struct stratum_run *run = e->run;
    if (!unprotected(e, token) || !free_for(e, run->token_claims[token]) ||
        !free_for(e, run->group_claims[token]))
        return false;
    run->token_claims[token] = e->holder;
    return true;
}

static bool claim_group_tokens(struct editor *e, int32_t vg)
{
    int32_t tokens[LIMIT_LINKS * 4];
    size_t n = vg_tokens(e->run->matcher->grammar, vg, tokens, LIMIT_LINKS * 4);
    for (size_t i = 0; i < n; i++)
        if (!unprotected(e, tokens[i]) || !free_for(e, e->run->token_claims[tokens[i]]))
            return false;
    for (size_t i = 0; i < n; i++)
        if (e->run->group_claims[tokens[i]] == 0)
            e->run->group_claims[tokens[i]] = e->holder;
    return true;
}

/* Claims an attribute of a verb group (ATTR_COUNT: its chain) and keeps the group as it was. */
static bool claim_group(struct editor *e, int32_t vg, enum attr attr)
{
    struct stratum_run *run = e->run;
    for (uint32_t i = 0; i < run->claim_count; i++)
        if (run->claims[i].vg == vg && run->claims[i].attr == attr &&
            !free_for(e, run->claims[i].holder))
            return false;
    if (run->claim_count == LIMIT_EDITS_SENTENCE)
        return fail(e, ISG_BLOCK_LIMIT);
    if (!claim_group_tokens(e, vg))
        return false;
    run->claims[run->claim_count++] = (struct claim){vg, attr, e->holder};
    for (uint32_t i = 0; i < run->dirty_count; i++)
        if (run->dirty[i].vg == vg && run->dirty[i].holder == e->holder)
            return true;
    if (run->dirty_count == LIMIT_EDITS_SENTENCE)
        return fail(e, ISG_BLOCK_LIMIT);
    struct vg_saved saved = vg_save(run->matcher->grammar, vg);
    run->dirty[run->dirty_count++] = (struct dirty_vg){vg, e->holder, saved};
    return true;
}

static struct token_edit *log_edit(struct editor *e, enum token_op op, int32_t token)
{
    struct token_edit *edit = edit_log_add(&e->run->log, op, token, e->holder);
    if (!edit)
        fail(e, ISG_BLOCK_LIMIT);
    return edit;
}

static void fill_made(struct editor *e, struct token *made, const struct new_word *w,
                      const struct token *like)
{
    made->form = shape_text(e->run->log.arena, e->run->stage->sentence, e->place, w, like);
    made->form_length = w->length;
    made->lemma = w->lemma;
    made->lemma_length = w->lemma_length;
    made->glue = w->closing ? 1 : 0;
    made->upos = w->upos == UPOS_NONE ? like->upos : w->upos;
    made->xpos = w->xpos == XPOS_NONE ? like->xpos : w->xpos;
    made->feats = w->keeps_feats ? like->feats : w->feats;
    made->classes = like->classes;
    made->deprel = like->deprel;
    made->head = like->head;
    made->tag_confidence = like->tag_confidence;
    made->arc_confidence = like->arc_confidence;
}

/* Whether a term of a lexicon is itself written in capitals: OD, VIP. */
static bool is_acronym(const struct editor *e)
{
    const struct table *t = &e->run->rewriter->tables->table;
    const struct fired *f = (const struct fired *)(const void *)e->run->rewriter->fired.bytes;
    const struct tab_rule *rule = &t->rules[f[e->holder - 1].rule];
    const char *name = table_string(t, rule->name);
    if (rule->sense == TAB_NONE || !name[0] || !name[1])
        return false;
    while (*name && (unsigned)(*name - 'a') >= 26)
        name++;
    return *name == '\0';
}

static bool replace(struct editor *e, const struct tab_edit *edit)
{
    struct matcher *m = e->run->matcher;
    struct new_word words[WORDS];
    uint32_t n;
    int32_t first, last, first2, last2;
    if (!matcher_extent(m, matcher_ref(m, edit->a), &first, &last))
        return true; /* a name that `maybe` did not bind: nothing to do */
    if (edit->b != TAB_NONE) {
        if (!matcher_extent(m, matcher_ref(m, edit->b), &first2, &last2))
            return true;
        last = last2;
    }
    if (last < first || !compose_parts(e->run, edit->c, edit->d, words, WORDS, &n))
        return fail(e, ISG_BLOCK_MISSING);
    for (int32_t i = first; i <= last; i++)
        if (!claim_token(e, i))
            return false;
    const struct sentence *s = e->run->stage->sentence;
    struct token like = s->tokens[first];
    e->place = first;
    bool lone = shape_is_lone(s, first, false) || shape_is_lone(s, last, true);
    if (lone && (n > 1 || is_acronym(e)))
        like.form_length = 0; /* ASAP is not shouted, and what it stands for is not */
    for (int32_t i = n ? first + 1 : first; i <= last; i++)
        if (!log_edit(e, TOKEN_DELETE, i))
            return false;
    for (uint32_t i = 0; i < n; i++) {
        struct token_edit *x = log_edit(e, i ? TOKEN_INSERT_AFTER : TOKEN_REPLACE, first);
        if (!x)
            return false;
        fill_made(e, &x->made, &words[i], &like);
        if (i > 0) {
            x->made.head = first;
            x->made.deprel = REL_FIXED;
        }
    }
    return true;
}

/* Tags for a word that stands where none stood. */
static void guess_tags(struct new_word *w, uint8_t deprel)
{
    static const struct {
        uint8_t deprel, upos, xpos;
    } by_relation[] = {
        {REL_CASE, UPOS_ADP, XPOS_IN},   {REL_DET, UPOS_DET, XPOS_DT},
        {REL_AUX, UPOS_AUX, XPOS_MD},    {REL_MARK, UPOS_SCONJ, XPOS_IN},
        {REL_ADVMOD, UPOS_ADV, XPOS_RB}, {REL_DISCOURSE, UPOS_INTJ, XPOS_UH},
        {REL_COP, UPOS_AUX, XPOS_VBZ},   {REL_CC, UPOS_CCONJ, XPOS_CC},
    };
    if (w->upos != UPOS_NONE)
        return;
    if (lexicon_pronoun(w->text, w->length, FORM_NOM)) {
        w->upos = UPOS_PRON;
        w->xpos = XPOS_PRP;
        return;
    }
    w->upos = w->xpos == XPOS_NONE ? UPOS_X : UPOS_VERB;
    for (size_t i = 0; i < sizeof by_relation / sizeof *by_relation; i++)
        if (by_relation[i].deprel == deprel) {
            w->upos = by_relation[i].upos;
            w->xpos = by_relation[i].xpos;
        }
    if (w->xpos == XPOS_NONE)
        w->xpos = XPOS_FW;
}

static bool insert(struct editor *e, const struct tab_edit *edit)
{
    struct matcher *m = e->run->matcher;
    struct new_word words[WORDS];
    uint32_t n;
    int32_t first, last, head_first, head_last;
    if (!matcher_extent(m, matcher_ref(m, edit->a), &first, &last))
        return true;
    if (!compose_parts(e->run, edit->c, edit->d, words, WORDS, &n))
        return fail(e, ISG_BLOCK_MISSING);
    int32_t place = edit->x ? last : first, head = place;
    if (edit->b != TAB_NONE && matcher_extent(m, matcher_ref(m, edit->b), &head_first, &head_last))
        head = head_first;
    const struct token *at = &e->run->stage->sentence->tokens[place];
    int32_t neighbour = edit->x ? place + 1 : place - 1;
    bool inside = (at->flags & FLAG(PROTECTED)) && neighbour >= 0 &&
                  neighbour < (int32_t)e->run->stage->sentence->count &&
                  (e->run->stage->sentence->tokens[neighbour].flags & FLAG(PROTECTED));
    if (inside)
        return fail(e, ISG_BLOCK_PROTECTED);
    struct token like = *at;
    e->place = place;
    if (shape_is_lone(e->run->stage->sentence, place, edit->x))
        like.form_length = 0; /* no shape to take over */
    like.feats = like.flags = 0;
    for (uint32_t i = 0; i < n; i++) {
        struct token_edit *x = log_edit(e, edit->x ? TOKEN_INSERT_AFTER : TOKEN_INSERT_BEFORE,
                                        place);
        if (!x)
            return false;
        guess_tags(&words[i], edit->slot);
        fill_made(e, &x->made, &words[i], &like);
        x->made.classes = 0;
        x->made.head = head;
        x->made.deprel = words[i].closing ? REL_PUNCT : edit->slot == 255 ? REL_DEP : edit->slot;
        x->made.tag_confidence = x->made.arc_confidence = 255;
    }
    return true;
}

/* The tokens an edit is about, in text order. */
static bool target_tokens(struct editor *e, uint32_t ref, unsigned target, int32_t *tokens,
                          uint32_t *count)
{
    struct matcher *m = e->run->matcher;
    struct value v = matcher_ref(m, ref);
    int32_t first, last;
    *count = 0;
    if (v.kind == VALUE_IS_SET && target == TARGET_TOKENS) {
        for (int32_t i = 0; i < v.b && i < TARGETS; i++)
            tokens[(*count)++] = m->grammar->sets[v.a + i];
        return true;
    }
    if (target == TARGET_VP) {
        if (v.kind != VALUE_IS_OBJECT || v.object != OBJECT_CLAUSE ||
            !grammar_vp_span(m->grammar, v.a, &first, &last))
            return fail(e, ISG_BLOCK_UNSOUND);
    } else if (v.kind == VALUE_IS_NONE)
        return true;
    else if (!matcher_extent(m, v, &first, &last))
        return fail(e, ISG_BLOCK_UNSOUND);
    if (target == TARGET_TREE && !grammar_subtree_span(m->grammar, first, &first, &last))
        return fail(e, ISG_BLOCK_UNSOUND);
    if (target == TARGET_NP && first == last &&
        !grammar_np_span(m->grammar, first, &first, &last))
        return fail(e, ISG_BLOCK_UNSOUND);
    if (last - first >= TARGETS)
        return fail(e, ISG_BLOCK_LIMIT);
    for (int32_t i = first; i <= last; i++)
        tokens[(*count)++] = i;
    return true;
}

static bool delete_tokens(struct editor *e, const struct tab_edit *edit)
{
    int32_t tokens[TARGETS];
    uint32_t n;
    if (!target_tokens(e, edit->a, edit->x, tokens, &n))
        return false;
    for (uint32_t i = 0; i < n; i++)
        if (!claim_token(e, tokens[i]) || !log_edit(e, TOKEN_DELETE, tokens[i]))
            return false;
    return true;
}

static bool log_move(struct editor *e, int32_t token, int32_t anchor, bool after)
{
    struct token_edit *x = log_edit(e, after ? TOKEN_MOVE_AFTER : TOKEN_MOVE_BEFORE, token);
    if (!x)
        return false;
    x->anchor = anchor;
    return true;
}

static bool move(struct editor *e, const struct tab_edit *edit)
{
    int32_t tokens[TARGETS], first, last;
    uint32_t n;
    struct matcher *m = e->run->matcher;
    if (!target_tokens(e, edit->a, edit->slot, tokens, &n))
        return false;
    if (!matcher_extent(m, matcher_ref(m, edit->b), &first, &last))
        return fail(e, ISG_BLOCK_UNSOUND);
    int32_t anchor = edit->x ? last : first;
    for (uint32_t i = 0; i < n; i++) {
        if (tokens[i] == anchor)
            return fail(e, ISG_BLOCK_UNSOUND);
        if (!claim_token(e, tokens[i]) || !log_move(e, tokens[i], anchor, edit->x))
            return false;
    }
    return true;
}

/* A conjunct without its separators, the conjuncts behind it, and what follows these and describes
 * all (my wife and I, who love opera). */
static void member_span(const struct grammar *g, int32_t member, int32_t *first, int32_t *last)
{
    *first = *last = member;
    bool joined = false;
    for (int32_t d = g->first_child[member]; d >= 0; d = g->next_sibling[d]) {
        uint8_t rel = g->sentence->tokens[d].deprel;
        joined = joined || (d > member && rel == REL_CONJ);
        if (joined)
            break;
        if (rel == REL_CC || rel == REL_CONJ || rel == REL_PUNCT || rel == REL_CC_PRECONJ)
            continue;
        if (g->subtree_start[d] < *first)
            *first = g->subtree_start[d];
        if (g->subtree_end[d] > *last)
            *last = g->subtree_end[d];
    }
}

/* Puts one conjunct first or last; the others keep their order, separators keep their places. */
static bool order_members(struct editor *e, const struct tab_edit *edit)
{
    struct matcher *m = e->run->matcher;
    struct grammar *g = m->grammar;
    struct value coord = matcher_ref(m, edit->a), member = matcher_ref(m, edit->b);
    if (coord.kind != VALUE_IS_OBJECT || coord.object != OBJECT_COORD)
        return fail(e, ISG_BLOCK_UNSOUND);
    struct value set = grammar_role(g, OBJECT_COORD, coord.a, ROLE_MEMBERS);
    int32_t first[LIMIT_MEMBERS], last[LIMIT_MEMBERS], wanted[LIMIT_MEMBERS];
    if (set.kind != VALUE_IS_SET || set.b < 2 || set.b > LIMIT_MEMBERS)
        return fail(e, ISG_BLOCK_UNSOUND);
    int32_t at = -1, n = set.b;
    for (int32_t i = 0; i < n; i++) {
        int32_t token = g->sets[set.a + i];
        member_span(g, token, &first[i], &last[i]);
        if ((i > 0 && first[i] <= last[i - 1]) ||
            (i == 0 && g->sentence->tokens[first[0]].deprel == REL_CASE))
            return fail(e, ISG_BLOCK_UNSOUND); /* On Sundays Grandma and I .. */
        if (member.kind == VALUE_IS_TOKEN && member.a == token)
            at = i;
    }
    if (at < 0)
        return fail(e, ISG_BLOCK_UNSOUND);
    int32_t k = 0;
    if (!edit->x)
        wanted[k++] = at;
    for (int32_t i = 0; i < n; i++)
        if (i != at)
            wanted[k++] = i;
    if (edit->x)
        wanted[k++] = at;
    for (int32_t slot = 0; slot < n; slot++) {
        int32_t from = wanted[slot];
        if (from == slot)
            continue;
        for (int32_t i = first[from]; i <= last[from]; i++)
            if (!claim_token(e, i) || !log_move(e, i, first[slot], false))
                return false;
    }
    return true;
}

static bool set_attributes(struct editor *e, const struct tab_edit *edit)
{
    struct matcher *m = e->run->matcher;
    const struct table *t = &e->run->rewriter->tables->table;
    struct value v = matcher_ref(m, edit->a);
    if (v.kind == VALUE_IS_NONE)
        return true; /* `maybe` did not bind it */
    if (v.kind != VALUE_IS_OBJECT || v.object != OBJECT_VG)
        return fail(e, ISG_BLOCK_UNSOUND);
    for (uint32_t i = 0; i < edit->d; i++) {
        const struct tab_setting *s = &t->settings[edit->c + i];
        const char *word = table_string(t, s->word);
        if (!claim_group(e, v.a, (enum attr)s->attr))
            return false;
        if (!vg_set(m->grammar, v.a, (enum attr)s->attr, (enum value_id)s->value, word,
                    word ? strlen(word) : 0))
            return fail(e, ISG_BLOCK_UNSOUND);
    }
    return true;
}

static void read_links(const struct table *t, uint32_t first, uint32_t count,
                       struct chain_link *links)
{
    for (uint32_t i = 0; i < count; i++) {
        const struct tab_link *l = &t->links[first + i];
        const char *text = table_string(t, l->text);
        links[i] = (struct chain_link){(enum link_kind)l->kind, text, text ? strlen(text) : 0,
                                       l->variable, l->form};
    }
}

static bool chain(struct editor *e, const struct tab_edit *edit)
{
    struct matcher *m = e->run->matcher;
    struct chain_link left[LIMIT_LINKS], right[LIMIT_LINKS];
    struct value v = matcher_ref(m, edit->a);
    if (v.kind == VALUE_IS_NONE)
        return true;
    if (v.kind != VALUE_IS_OBJECT || v.object != OBJECT_VG ||
        !grammar_attr(m->grammar, OBJECT_VG, v.a, ATTR_SOUND).number)
        return fail(e, ISG_BLOCK_UNSOUND);
    read_links(&e->run->rewriter->tables->table, edit->c, edit->x, left);
    read_links(&e->run->rewriter->tables->table, edit->c + edit->x, edit->d, right);
    if (!claim_group(e, v.a, ATTR_COUNT))
        return false;
    if (!vg_chain(m->grammar, v.a, left, edit->x, right, edit->d))
        return fail(e, ISG_BLOCK_MISSING);
    return true;
}

static bool relate(struct editor *e, const struct tab_edit *edit)
{
    struct matcher *m = e->run->matcher;
    int32_t head, dependent, last;
    if (!matcher_extent(m, matcher_ref(m, edit->a), &head, &last) ||
        !matcher_extent(m, matcher_ref(m, edit->b), &dependent, &last))
        return true;
    struct token_edit *x = log_edit(e, TOKEN_RELATE, dependent);
    if (!x)
        return false;
    x->anchor = head;
    x->made.deprel = (uint8_t)edit->x;
    return true;
}

static bool do_edit(struct editor *e, const struct tab_edit *edit)
{
    switch (edit->op) {
    case EDIT_REPLACE: return replace(e, edit);
    case EDIT_INSERT: return insert(e, edit);
    case EDIT_DELETE: return delete_tokens(e, edit);
    case EDIT_MOVE: return move(e, edit);
    case EDIT_ORDER: return order_members(e, edit);
    case EDIT_SET: return set_attributes(e, edit);
    case EDIT_CHAIN: return chain(e, edit);
    case EDIT_RELATE: return relate(e, edit);
    case EDIT_REMEMBER: return true; /* by the rewriter, once all is done */
    default: return fail(e, ISG_BLOCK_LIMIT);
    }
}

static bool do_each(struct editor *e, const struct tab_edit *each)
{
    struct matcher *m = e->run->matcher;
    struct value set = matcher_ref(m, each->a);
    if (set.kind != VALUE_IS_SET)
        return true;
    struct value old = m->slots[each->slot];
    bool ok = true;
    for (int32_t i = 0; i < set.b && ok; i++) {
        int32_t token = m->grammar->sets[set.a + i];
        if (!matcher_token_test(m, each->b, token))
            continue;
        m->slots[each->slot] = (struct value){VALUE_IS_TOKEN, 0, token, token};
        ok = do_edit(e, each + 1);
    }
    m->slots[each->slot] = old;
    return ok;
}

static void take_back(struct editor *e, struct undo undo)
{
    struct stratum_run *run = e->run;
    run->log.count = undo.log_count;
    run->claim_count = undo.claim_count;
    while (run->dirty_count > undo.dirty_count) {
        struct dirty_vg *d = &run->dirty[--run->dirty_count];
        vg_restore(run->matcher->grammar, d->vg, d->saved);
    }
    size_t n = run->stage->sentence->count;
    memcpy(run->token_claims, run->claims_before, n * sizeof *run->token_claims);
    memcpy(run->group_claims, run->claims_before + n, n * sizeof *run->group_claims);
}

/* Keeps the claims: a match that fails may have taken some of another's. */
static void keep_claims(struct stratum_run *run)
{
    size_t n = run->stage->sentence->count;
    memcpy(run->claims_before, run->token_claims, n * sizeof *run->token_claims);
    memcpy(run->claims_before + n, run->group_claims, n * sizeof *run->group_claims);
}

/* Whether the tokens of the next state keep within its limit. */
static bool fits(struct editor *e)
{
    const struct stratum_run *run = e->run;
    uint32_t most = LIMIT_SENTENCE_TOKENS * 2;
    return run->stage->sentence->count + run->log.count <= most || fail(e, ISG_BLOCK_LIMIT);
}

/* Tag questions go with the groups this match changed, unless they are another feature's. */
static void follow_tags(struct editor *e)
{
    struct grammar *g = e->run->matcher->grammar;
    for (uint32_t i = 0, n = e->run->dirty_count; i < n; i++) {
        int32_t vg = e->run->dirty[i].vg, tag = vg_tag_of(g, vg);
        if (e->run->dirty[i].holder == e->holder && tag >= 0 && claim_group(e, tag, ATTR_COUNT))
            vg_follow(g, vg, tag);
    }
}

/* Whether the groups this match changed can be rendered; the log is left as it was. */
static bool try_groups(struct editor *e)
{
    struct stratum_run *run = e->run;
    for (uint32_t i = 0; i < run->dirty_count; i++) {
        if (run->dirty[i].holder != e->holder)
            continue;
        uint32_t count = run->log.count;
        bool ok = vg_render(run->matcher->grammar, run->dirty[i].vg, &run->log, e->holder);
        run->log.count = count;
        if (!ok)
            return fail(e, ISG_BLOCK_UNSOUND);
    }
    return true;
}

bool edit_match(struct stratum_run *run, const struct tab_realisation *as, uint32_t fired,
                isg_block_reason *reason, uint32_t *holder)
{
    struct editor e = {run, fired + 1, 0, ISG_BLOCK_LIMIT, 0};
    struct undo undo = {run->log.count, run->claim_count, run->dirty_count};
    const struct tab_edit *edits = &run->rewriter->tables->table.edits[as->edits];
    bool ok = true;
    keep_claims(run);
    for (uint32_t i = 0; i < as->edit_count && ok; i++) {
        if (edits[i].op == EDIT_EACH)
            ok = do_each(&e, &edits[i++]);
        else
            ok = do_edit(&e, &edits[i]);
    }
    if (ok && run->log.count == undo.log_count && run->dirty_count == undo.dirty_count)
        ok = fail(&e, ISG_BLOCK_MISSING);
    if (ok)
        follow_tags(&e);
    ok = ok && try_groups(&e) && fits(&e);
    if (!ok) {
        take_back(&e, undo);
        *reason = e.reason;
        *holder = e.blocker;
    }
    return ok;
}

/* facts.c -- see facts.h. Only what is certain counts: conjuncts of the match itself, not of its
 * blocks; alternatives only if all of them ask the same thing. What is not understood is passed
 * over.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "facts.h"

#include <string.h>

/* How the names of the rule at hand are used. */
enum use { USE_UNKNOWN, USE_TOKEN, USE_OTHER, USE_OBJECT /* + enum object_kind */ };

struct finding {
    struct lowering *l;
    int slot;
    unsigned use;
    enum role role;      /* of a token of the slot; ROLE_NONE: of the slot itself */
    struct facts *facts;
    bool report, failed;
};

static bool is_words(unsigned kind)
{
    return kind == PRED_FORM || kind == PRED_LEMMA || kind == PRED_ATTR_WORD;
}

static bool holds_word(const struct fact *f, const char *word)
{
    for (unsigned i = 0; i < f->count; i++)
        if (strcmp(f->words[i], word) == 0)
            return true;
    return false;
}

static bool add_word(struct fact *f, const char *word)
{
    if (holds_word(f, word))
        return true;
    if (f->count == MOST_FACT_WORDS)
        return false;
    f->words[f->count++] = word;
    return true;
}

/* Keeps of a fact what another leaves; false: too many words to tell, the fact stays as it was. */
static bool meet_words(struct fact *f, const struct fact *other)
{
    struct fact out = *f;
    out.count = 0;
    if (!f->bits && !other->bits) { /* both exclude */
        for (unsigned i = 0; i < f->count; i++)
            add_word(&out, f->words[i]);
        for (unsigned i = 0; i < other->count; i++)
            if (!add_word(&out, other->words[i]))
                return false;
        *f = out;
        return true;
    }
    const struct fact *listed = f->bits ? f : other, *filter = f->bits ? other : f;
    for (unsigned i = 0; i < listed->count; i++)
        if (holds_word(filter, listed->words[i]) == (filter->bits != 0))
            add_word(&out, listed->words[i]);
    out.bits = 1;
    *f = out;
    return true;
}

static bool is_empty(const struct fact *f)
{
    return is_words(f->kind) ? f->bits && f->count == 0 : f->bits == 0;
}

static bool meet(struct fact *f, const struct fact *other)
{
    if (is_words(f->kind))
        return meet_words(f, other);
    f->bits &= other->bits;
    return true;
}

static struct fact *find(struct facts *facts, unsigned kind, unsigned attribute)
{
    for (unsigned i = 0; i < facts->count; i++)
        if (facts->list[i].kind == kind && facts->list[i].attribute == attribute)
            return &facts->list[i];
    return NULL;
}

static void add_fact(struct finding *s, const struct fact *fact)
{
    struct fact *old = find(s->facts, fact->kind, fact->attribute);
    if (!old) {
        if (s->facts->count < MOST_FACTS)
            s->facts->list[s->facts->count++] = *fact;
        return;
    }
    struct fact now = *old;
    if (!meet(&now, fact))
        return;
    if (is_empty(&now) && !s->failed && s->report) {
        unsigned line, column;
        place_position(old->at, &line, &column);
        diagnostics_error(s->l->diagnostics, fact->at,
                          "this can never hold together with what line %u, column %u asks of the "
                          "same %s; take one of the two out", line, column,
                          s->use == USE_TOKEN ? "token" : "object");
    }
    s->failed |= is_empty(&now);
    *old = now;
    old->at = fact->at;
}

static const char *literal_text(struct lowering *l, uint32_t literal)
{
    const struct tab_literal *record = builder_at(l->builder, TAB_LITERALS, literal);
    const char *text = record ? l->builder->sections[TAB_STRINGS].bytes + record->text : NULL;
    const char *copy = text ? arena_strndup(l->arena, text, strlen(text)) : NULL;
    return copy ? copy : "";
}

/* Features of which a token has one value only. */
static bool is_single_feature(const char *key)
{
    static const char *const keys[] = {"Tense", "Number", "VerbForm", "Mood", "Degree"};
    for (unsigned i = 0; i < sizeof keys / sizeof *keys; i++)
        if (strcmp(key, keys[i]) == 0)
            return true;
    return false;
}

static bool feature_fact(uint64_t bits, bool negated, struct fact *fact)
{
    unsigned first = 0;
    while (first < FEAT_COUNT && !(bits >> first & 1))
        first++;
    if (first == FEAT_COUNT || !is_single_feature(vocab_feat_key(first)) || negated)
        return false; /* a token may have no value at all, so a denial excludes nothing */
    const char *key = vocab_feat_key(first);
    uint64_t mask = vocab_feat_key_mask(key, strlen(key));
    for (fact->attribute = 0; !(mask >> fact->attribute & 1);)
        fact->attribute++;
    fact->bits = bits;
    return true;
}

static bool attribute_fact(const struct tab_predicate *p, unsigned object, struct fact *fact)
{
    uint64_t values = 0;
    enum attr_type type = schema_attr((enum object_kind)object, (enum attr)p->a, &values);
    const uint64_t no = (uint64_t)1 << VALUE_NO, yes = (uint64_t)1 << VALUE_YES;
    fact->attribute = p->a;
    fact->kind = PRED_ATTR_VALUE;
    if (p->kind == PRED_ATTR_VALUE)
        fact->bits = p->bits;
    else if (type == ATTR_VALUE) /* another than no and none */
        fact->bits = values & ~(no | (uint64_t)1 << VALUE_NONE);
    else if (type == ATTR_BOOL || type == ATTR_WORD)
        fact->bits = yes;
    else
        return false;
    return true;
}

/* The values an attribute or tag can have at all. */
static uint64_t all_values(const struct fact *f, unsigned object)
{
    uint64_t values = 0;
    if (f->kind != PRED_ATTR_VALUE)
        return ~(uint64_t)0;
    enum attr_type type = schema_attr((enum object_kind)object, (enum attr)f->attribute, &values);
    return type == ATTR_VALUE ? values : (uint64_t)1 << VALUE_NO | (uint64_t)1 << VALUE_YES;
}

/* One predicate as a fact; false: it is not of a kind that can contradict another. */
static bool predicate_fact(struct finding *s, const struct tab_predicate *p, struct fact *fact)
{
    unsigned object = s->use - USE_OBJECT;
    fact->kind = p->kind;
    switch (p->kind) {
    case PRED_UPOS:
    case PRED_XPOS: fact->bits = (uint64_t)1 << p->a; return p->a < 64;
    case PRED_DEPREL: fact->bits = p->bits; return true;
    case PRED_FEAT: return feature_fact(p->bits, false, fact);
    case PRED_FORM:
    case PRED_LEMMA:
        fact->bits = 1;
        fact->words[fact->count++] = literal_text(s->l, p->c);
        return true;
    case PRED_ATTR_BOOL:
    case PRED_ATTR_VALUE: return attribute_fact(p, object, fact);
    default: return false;
    }
}

/* Adds to a fact what another allows as well: alternatives. */
static bool join(struct fact *f, const struct fact *other)
{
    if (f->kind != other->kind || f->attribute != other->attribute)
        return false;
    if (!is_words(f->kind)) {
        f->bits |= other->bits;
        return true;
    }
    if (!f->bits || !other->bits)
        return false;
    for (unsigned i = 0; i < other->count; i++)
        if (!add_word(f, other->words[i]))
            return false;
    return true;
}

static bool atom_fact(struct finding *s, const struct test *test, struct fact *fact)
{
    struct atom atom;
    unsigned errors = s->l->diagnostics->errors;
    s->l->diagnostics->quiet++; /* what is wrong with it is said elsewhere */
    bool good = s->use == USE_TOKEN
                    ? lower_token_atom(s->l, test, &atom)
                    : lower_object_atom(s->l, test, (enum object_kind)(s->use - USE_OBJECT), &atom);
    s->l->diagnostics->quiet--;
    s->l->diagnostics->errors = errors;
    good = good && atom.count > 0;
    for (unsigned i = 0; i < atom.count && good; i++) {
        struct fact one = {.at = test->at};
        good = predicate_fact(s, &atom.predicates[i], &one);
        if (i == 0)
            *fact = one;
        else
            good = good && join(fact, &one);
    }
    if (good && atom.negated)
        fact->bits = all_values(fact, s->use - USE_OBJECT) & ~fact->bits;
    return good;
}

/* A test as one fact. */
static bool test_fact(struct finding *s, const struct test *test, struct fact *fact)
{
    if (test->kind == TEST_ALL)
        return test->first && !test->first->next && test_fact(s, test->first, fact);
    if (test->kind == TEST_ANY) {
        bool good = test->first && test_fact(s, test->first, fact);
        const struct test *t = test->first ? test->first->next : NULL;
        for (; t && good; t = t->next) {
            struct fact one;
            good = test_fact(s, t, &one) && join(fact, &one);
        }
        return good;
    }
    if (test->kind != TEST_NOT)
        return atom_fact(s, test, fact);
    if (!test_fact(s, test->first, fact) || fact->kind == PRED_FEAT)
        return false;
    if (is_words(fact->kind))
        fact->bits = !fact->bits;
    else
        fact->bits = all_values(fact, s->use - USE_OBJECT) & ~fact->bits;
    return true;
}

static void add_tests(struct finding *s, const struct test *test)
{
    struct fact fact;
    if (!test)
        return;
    if (test->kind == TEST_ALL) {
        for (const struct test *t = test->first; t; t = t->next)
            add_tests(s, t);
        return;
    }
    /* of a noun phrase, words test its head: another thing than the phrase */
    if (s->use == USE_OBJECT + OBJECT_NP && !lower_is_attribute(test, OBJECT_NP))
        return;
    memset(&fact, 0, sizeof fact);
    if (test_fact(s, test, &fact)) {
        fact.at = test->at;
        add_fact(s, &fact);
    }
}

/* The one edge of a path that is a plain step; NULL: it is more than that. */
static const struct path *plain_step(const struct path *path)
{
    while (path && path->kind != PATH_STEP && path->first && !path->first->next && !path->many &&
           !path->optional)
        path = path->first;
    return path && path->kind == PATH_STEP && !path->many && !path->optional ? path : NULL;
}

static int second_slot(const struct stmt *s)
{
    return s->has_node ? s->node.slot : s->b.role_count ? -1 : s->b.slot;
}

/* The dependent that a relation names, and its head; false: not both plain names. */
static bool ends_of(const struct stmt *s, const struct path **step, int *head, int *dependent)
{
    *step = plain_step(s->path);
    if (!*step)
        return false;
    int a = s->a.role_count ? -1 : s->a.slot, b = second_slot(s);
    *head = (*step)->up ? b : a;
    *dependent = (*step)->up ? a : b;
    return *dependent >= 0;
}

static void add_items(struct finding *s, const struct item *items)
{
    for (; items; items = items->next) {
        if (items->kind == ITEM_NODE && items->node.slot == s->slot && items->min == 1)
            add_tests(s, items->node.test);
        if (items->branches && !items->branches->next && items->min == 1)
            add_items(s, items->branches->items);
    }
}

static void add_relation(struct finding *s, const struct stmt *stmt)
{
    const struct path *step;
    int head, dependent;
    if (stmt->has_node && stmt->node.slot == s->slot)
        add_tests(s, stmt->node.test);
    if (s->use != USE_TOKEN || !ends_of(stmt, &step, &head, &dependent) || dependent != s->slot)
        return;
    struct fact fact = {.kind = PRED_DEPREL, .at = step->at};
    fact.bits = lower_labels(s->l, step->labels, false);
    if (fact.bits)
        add_fact(s, &fact);
}

/* Whether a reference is what the facts are about. */
static bool is_asked(const struct finding *s, const struct ref *ref)
{
    if (ref->slot != s->slot || ref->role_count != (s->role == ROLE_NONE ? 0 : 1))
        return false;
    const char *role = ref->role_count ? ref->roles[0].text : "";
    return s->role == ROLE_NONE ||
           vocab_find(VOCAB_LIST_ROLE, role, strlen(role)) == (int)s->role;
}

static void add_statements(struct finding *s, const struct stmt *stmts)
{
    for (; stmts; stmts = stmts->next) {
        switch (stmts->kind) {
        case STMT_NODE:
            if (stmts->node.slot == s->slot)
                add_tests(s, stmts->node.test);
            break;
        case STMT_RELATION: add_relation(s, stmts); break;
        case STMT_TEST:
        case STMT_BIND:
            if (is_asked(s, &stmts->a))
                add_tests(s, stmts->test);
            break;
        case STMT_SEQUENCE: add_items(s, stmts->items); break;
        case STMT_GROUP: add_statements(s, stmts->blocks->stmts); break;
        default: break;
        }
    }
}

/* ---- how names are used ---- */

static void note(uint8_t *uses, int slot, unsigned use)
{
    if (slot >= 0 && uses[slot] == USE_UNKNOWN)
        uses[slot] = (uint8_t)use;
}

static void note_items(uint8_t *uses, const struct item *items)
{
    for (; items; items = items->next) {
        note(uses, items->node.slot, items->kind == ITEM_NODE ? USE_TOKEN : USE_OTHER);
        for (const struct branch *b = items->branches; b; b = b->next)
            note_items(uses, b->items);
    }
}

static void note_binding(uint8_t *uses, const struct stmt *s)
{
    if (s->kind == STMT_NODE)
        note(uses, s->node.slot, USE_TOKEN);
    if (s->kind == STMT_RELATION && s->has_node)
        note(uses, s->node.slot, USE_TOKEN);
    if (s->kind == STMT_BIND)
        note(uses, s->a.slot, s->number < OBJECT_KIDS ? USE_OBJECT + s->number : USE_OTHER);
    if (s->kind == STMT_SEQUENCE)
        note_items(uses, s->items);
}

static void note_all(uint8_t *uses, const struct stmt *stmts, unsigned pass)
{
    for (const struct stmt *s = stmts; s; s = s->next) {
        if (s->kind == STMT_GROUP)
            note_all(uses, s->blocks->stmts, pass);
        else if (pass == 0)
            note_binding(uses, s);
        else if (s->kind == STMT_IS && !s->compares) {
            note(uses, s->a.role_count ? -1 : s->a.slot, USE_OTHER);
            note(uses, s->b.role_count ? -1 : s->b.slot, USE_OTHER);
        }
    }
}

/* Ends of relations over tokens are tokens; a clause at one end makes it a path over clauses. */
static void note_relations(uint8_t *uses, const struct stmt *stmts)
{
    for (const struct stmt *s = stmts; s; s = s->next) {
        if (s->kind == STMT_GROUP)
            note_relations(uses, s->blocks->stmts);
        if (s->kind != STMT_RELATION)
            continue;
        int a = s->a.role_count ? -1 : s->a.slot, b = second_slot(s);
        bool clauses = (a >= 0 && uses[a] >= USE_OTHER) || (b >= 0 && uses[b] >= USE_OTHER) ||
                       s->a.role_count || (!s->has_node && s->b.role_count);
        note(uses, a, clauses ? USE_OTHER : USE_TOKEN);
        note(uses, b, clauses ? USE_OTHER : USE_TOKEN);
    }
}

static void find_uses(const struct rule *rule, uint8_t uses[LIMIT_SLOTS])
{
    memset(uses, USE_UNKNOWN, LIMIT_SLOTS);
    uses[0] = USE_TOKEN;
    note_all(uses, rule->match, 0);
    note_all(uses, rule->match, 1);
    note_relations(uses, rule->match);
}

static void find_facts(struct lowering *l, const struct rule *rule, int slot, unsigned use,
                       struct facts *facts, bool report)
{
    struct finding s = {l, slot, use, ROLE_NONE, facts, report, false};
    facts->count = 0;
    if (use == USE_TOKEN || use >= USE_OBJECT)
        add_statements(&s, rule->match);
}

void facts_find(struct lowering *l, const struct rule *rule, int slot, struct facts *facts)
{
    uint8_t uses[LIMIT_SLOTS];
    find_uses(rule, uses);
    find_facts(l, rule, slot, uses[slot], facts, false);
}

void facts_find_role(struct lowering *l, const struct rule *rule, int slot, enum role role,
                     struct facts *facts)
{
    struct finding s = {l, slot, USE_TOKEN, role, facts, false, false};
    facts->count = 0;
    for (const struct stmt *stmt = rule->match; stmt; stmt = stmt->next)
        if (stmt->kind == STMT_TEST && is_asked(&s, &stmt->a))
            add_tests(&s, stmt->test);
}

bool facts_exclude(const struct facts *a, const struct facts *b)
{
    for (unsigned i = 0; i < a->count; i++)
        for (unsigned k = 0; k < b->count; k++) {
            struct fact f = a->list[i];
            const struct fact *g = &b->list[k];
            if (f.kind == g->kind && f.attribute == g->attribute && meet(&f, g) && is_empty(&f))
                return true;
        }
    return false;
}

/* ---- statements that contradict one another ---- */

/* Whether one statement says a before b, whichever way round it is written. */
static bool says_before(const struct stmt *s, int *first, int *second)
{
    if (s->kind != STMT_ORDER || s->a.role_count || s->b.role_count || s->number == ORDER_IN)
        return false;
    bool after = s->number == ORDER_AFTER;
    *first = after ? s->b.slot : s->a.slot;
    *second = after ? s->a.slot : s->b.slot;
    return *first >= 0 && *second >= 0;
}

static void check_pair(struct lowering *l, const uint8_t *uses, const struct stmt *s,
                       const struct stmt *t)
{
    int a, b, c, d;
    const struct path *p, *q;
    if (says_before(s, &a, &b) && says_before(t, &c, &d) && a == d && b == c)
        diagnostics_error(l->diagnostics, t->at, "this contradicts line %u: of two words one comes "
                          "first; take one of the two out", place_line(s->at));
    if (s->kind == STMT_RELATION && t->kind == STMT_RELATION && ends_of(s, &p, &a, &b) &&
        ends_of(t, &q, &c, &d) && b == d && a >= 0 && c >= 0 && a != c && uses[a] == USE_TOKEN &&
        uses[b] == USE_TOKEN && uses[c] == USE_TOKEN)
        diagnostics_error(l->diagnostics, t->at,
                          "\"%s\" would have two heads, \"%s\" and \"%s\", and two names are never "
                          "the same token; use one name for both", l->names[b], l->names[a],
                          l->names[c]);
}

static void check_alone(struct lowering *l, const uint8_t *uses, const struct stmt *s)
{
    int a = s->a.role_count || !s->a.name ? -1 : s->a.slot;
    int b = s->b.role_count || !s->b.name ? -1 : s->b.slot;
    if (a < 0 || b < 0)
        return;
    if (s->kind == STMT_IS && s->compares && a != b && uses[a] == USE_TOKEN &&
        uses[b] == USE_TOKEN)
        diagnostics_error(l->diagnostics, s->at,
                          "\"%s\" and \"%s\" are never the same token: each name has a token of "
                          "its own; use one name for both", l->names[a], l->names[b]);
    if (a == b && uses[a] == USE_TOKEN &&
        ((s->kind == STMT_ORDER && s->number != ORDER_IN) ||
         (s->kind == STMT_RELATION && plain_step(s->path))))
        diagnostics_error(l->diagnostics, s->at, "no token stands in this relation to itself; give "
                          "the second one a name of its own");
}

void facts_check(struct lowering *l, const struct rule *rule)
{
    uint8_t uses[LIMIT_SLOTS];
    struct facts *facts = arena_alloc(l->arena, sizeof *facts);
    unsigned errors = l->diagnostics->errors;
    if (!facts)
        return;
    find_uses(rule, uses);
    for (unsigned i = 0; i < l->name_count; i++)
        find_facts(l, rule, (int)i, uses[i], facts, true);
    for (const struct stmt *s = rule->match; s; s = s->next) {
        check_alone(l, uses, s);
        for (const struct stmt *t = s->next; t && l->diagnostics->errors == errors; t = t->next)
            check_pair(l, uses, s, t);
    }
}

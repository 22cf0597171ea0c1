/* ref_features.c -- what speaks for and against a choice of antecedent, as rows of the weights:
 * distance, role, form, number, gender, kind and classes of a candidate, what binds or bars it; and
 * for "it" the constructions in which it stands for nothing (it rains, it is clear that, it was Tom
 * who). Rows of the first part exist once for each class of pronouns.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "grammar/mention.h"

/* Groups of rows that each class of pronouns has for itself, with their sizes. */
#define GROUPS(X)                                                                                  \
    X(RANK, 9) X(NEAR, 5) X(PLACE, 21) X(PARALLEL, 49) X(SHAPE, 12) X(MANY, 6) X(SEX, 4)           \
    X(KIND, 10) X(CLASS, CLASS_COUNT + 1) X(COUNT, 8) X(BOUND, 6) X(APART, 4) X(START, 4)          \
    X(GOVERNED, 5) X(DEPTH, 6) X(EVENT, 10) X(CROWD, 8) X(LINK, 3) X(SAME, 9) X(IS, 3)
/* Groups that only "it" or a form asks for. */
#define PLAIN_GROUPS(X)                                                                            \
    X(FORM_EVENT, 24) X(FORM_NONE, 24) X(FRAME, 128) X(TREE, 8) X(IDIOM, 4) X(SUBJECT, 8)          \
    X(PREDICATE, 6)

#define X(id, size) AT_##id, END_##id = AT_##id + (size) - 1,
enum { GROUPS(X) GROUP_END };
enum { PLAIN_BASE = (int)GROUP_END * (int)PRONOUN_CLASSES - 1, PLAIN_GROUPS(X) PLAIN_END };
#undef X
_Static_assert((int)PLAIN_END <= (int)FEATURE_ROWS, "the weights have a row for each feature");

static void add(struct ref_features *out, int row)
{
    if (out->count < FEATURES_MOST)
        out->rows[out->count++] = (uint16_t)row;
}

static void note(const struct ref_question *q, struct ref_features *out, int at, int value)
{
    add(out, (at + value) * PRONOUN_CLASSES + (int)q->class);
}

static int bucket(uint32_t n, const uint8_t *bounds, int count)
{
    int i = 0;
    while (i < count && n > bounds[i])
        i++;
    return i;
}

static int role_number(const struct mention *m)
{
    switch (m->role) {
    case VALUE_SUBJ: return m->bits & MENTION_PASSIVE ? 1 : 0;
    case VALUE_OBJ: return 2;
    case VALUE_OBL: return m->bits & MENTION_INSIDE ? 4 : 3;
    case VALUE_POSS: return 5;
    default: return 6;
    }
}

static int shape_number(const struct ref_question *q, const struct mention *m)
{
    if (m->bits & MENTION_COORD)
        return 0;
    if (m->kind == VALUE_EVENT && m->upos != UPOS_NOUN)
        return 1;
    if (m->bits & MENTION_PRO) {
        if (m->form == q->form)
            return 2;
        if (m->form != 255)
            return m->gender == q->pronoun->gender && m->number == q->pronoun->number ? 3 : 4;
        return m->bits & MENTION_INDEF ? 5 : 6;
    }
    if (m->bits & MENTION_NAME)
        return 7;
    if (m->bits & MENTION_OWNED)
        return 8;
    if (m->bits & MENTION_DEF)
        return 9;
    return m->bits & MENTION_INDEF ? 10 : 11;
}

static int kind_number(uint8_t kind)
{
    switch (kind) {
    case VALUE_PERSON: return 0;
    case VALUE_ANIMAL: return 1;
    case VALUE_GROUP: return 2;
    case VALUE_PLACE: return 3;
    case VALUE_THING: return 4;
    case VALUE_ABSTRACT: return 5;
    case VALUE_EVENT: return 6;
    default: return 7;
    }
}

static bool is_reflexive(const struct ref_question *q)
{
    const struct token *t = token_at(q->grammar, q->pronoun->token);
    return t->form_length > 4 && (t->form[t->form_length - 1] == 'f' ||
                                  t->form[t->form_length - 1] == 's') &&
           (t->feats & FEAT(REFLEX));
}

/* Whether token is below above; *clause: with a clause between. */
static bool hangs_on(struct grammar *g, int32_t token, int32_t above, bool *clause)
{
    *clause = false;
    for (int step = 0; token >= 0 && step < 12; step++) {
        if (token == above)
            return true;
        enum deprel rel = base_rel(g, token);
        *clause |= rel == REL_ACL || rel == REL_ADVCL || rel == REL_CCOMP || rel == REL_CONJ;
        token = g->heads[token];
    }
    return false;
}

/* What the tree of one sentence says of both. */
static void add_binding(const struct ref_question *q, const struct mention *m,
                        struct ref_features *out)
{
    const struct mention *p = q->pronoun;
    bool clause, reflexive = is_reflexive(q);
    if (m->sentence != p->sentence) {
        note(q, out, AT_BOUND, 0);
        return;
    }
    if (hangs_on(q->grammar, p->token, m->token, &clause)) {
        note(q, out, AT_BOUND, clause ? 1 : p->role == VALUE_POSS ? 2 : 3);
        return;
    }
    bool together = m->head == p->head && m->head >= 0 && p->role != VALUE_POSS &&
                    m->role != VALUE_POSS;
    note(q, out, AT_BOUND, together ? 4 : 5);
    if (reflexive)
        note(q, out, AT_START, together ? 2 : 3);
}

/* Whether the candidate is the subject of the pronoun's clause, or of the one above. */
static void add_subjects(const struct ref_question *q, const struct mention *m,
                         struct ref_features *out)
{
    const struct mention *p = q->pronoun;
    int role = p->role == VALUE_POSS                               ? 0
               : is_reflexive(q)                                   ? 1
               : p->role == VALUE_OBJ || p->role == VALUE_OBL      ? 2
                                                                   : 3;
    if (q->own_subject[0] == m->entity || q->own_subject[1] == m->entity)
        note(q, out, AT_SAME, role);
    else if (q->upper_subject[0] == m->entity || q->upper_subject[1] == m->entity)
        note(q, out, AT_SAME, 4 + role);
    /* it is a boat: the candidate should be of that kind */
    int32_t head = p->head;
    if (head >= 0 && p->role == VALUE_SUBJ && token_at(q->grammar, head)->upos == UPOS_NOUN) {
        enum value_id kind = mention_kind(token_at(q->grammar, head)->classes);
        bool known = kind != VALUE_NONE && m->kind != VALUE_NONE;
        note(q, out, AT_IS, !known ? 0 : kind == m->kind ? 1 : 2);
    }
}

static void add_class_bits(const struct ref_question *q, const struct mention *m,
                           struct ref_features *out)
{
    uint32_t classes = m->classes;
    if (!classes)
        note(q, out, AT_CLASS, CLASS_COUNT);
    for (int i = 0; i < CLASS_COUNT && classes; i++, classes >>= 1)
        if (classes & 1 && i <= CLASS_BIT_MASS)
            note(q, out, AT_CLASS, i);
}

static void add_candidate(const struct ref_question *q, uint32_t number, struct ref_features *out)
{
    static const uint8_t ranks[] = {0, 1, 2, 3, 4, 6, 9, 14}, counts[] = {1, 2, 4};
    const struct mention *m = q->candidates[number], *p = q->pronoun;
    uint32_t back = p->sentence - m->sentence;
    int near = back > 4 ? 4 : (int)back, step = back > 2 ? 2 : (int)back;
    note(q, out, AT_RANK, bucket(q->count - 1 - number, ranks, 8));
    note(q, out, AT_NEAR, near);
    note(q, out, AT_PLACE, role_number(m) * 3 + step);
    if (back < 2)
        note(q, out, AT_PARALLEL, role_number(p) * 7 + role_number(m));
    note(q, out, AT_SHAPE, shape_number(q, m));
    note(q, out, AT_MANY, (m->number == VALUE_PL ? 3 : 0) +
                              (m->kind == VALUE_GROUP ? 1 : m->bits & MENTION_COUNTED ? 2 : 0));
    note(q, out, AT_SEX, m->gender == p->gender    ? 0
                         : m->gender == VALUE_NONE ? 1
                         : m->gender == VALUE_NEUT ? 2
                                                   : 3);
    note(q, out, AT_KIND, kind_number(m->kind));
    add_class_bits(q, m, out);
    note(q, out, AT_COUNT, bucket(m->mentioned, counts, 3) * 2 + (back > 0));
    add_binding(q, m, out);
    if ((m->bits ^ p->bits) & MENTION_QUOTED)
        note(q, out, AT_APART, 0);
    if (back > 0 && (p->bits & MENTION_PARAGRAPH))
        note(q, out, AT_APART, 1);
    if (m->bits & MENTION_LEADS)
        note(q, out, AT_START, back == 0 ? 0 : 1);
    if (m->governor && m->governor == p->governor)
        note(q, out, AT_GOVERNED, m->role == p->role ? 0 : 1);
    if (back == 0 && p->head >= 0 && m->head >= 0 && p->head != m->head &&
        rel_of(q->grammar, p->head) == REL_CONJ && q->grammar->heads[p->head] == m->head)
        note(q, out, AT_GOVERNED, m->role == p->role ? 2 : 3);
    add_subjects(q, m, out);
    note(q, out, AT_DEPTH, (m->bits & MENTION_BELOW ? 1 : 0) + (m->bits & MENTION_MEMBER ? 2 : 0) +
                               (m->bits & MENTION_MEMBER && m->bits & MENTION_COORD ? 1 : 0));
    if (m->bits & MENTION_PRO && m->form != 255)
        note(q, out, AT_LINK, m->link < 50 ? 0 : m->link < 80 ? 1 : 2);
    if (m->kind == VALUE_EVENT && m->upos != UPOS_NOUN) {
        int rel = m->relation == REL_ROOT    ? 0
                  : m->relation == REL_CONJ  ? 1
                  : m->relation == REL_CCOMP ? 2
                  : m->relation == REL_ADVCL ? 3
                                             : 4;
        note(q, out, AT_EVENT, rel * 2 + (back > 0));
        add(out, AT_FORM_EVENT + (q->form < 24 ? q->form : 23));
    }
}

/* ---- the empty "it" ---- */

static bool lemma_in(const struct token *t, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (lemma_is(t, list[i]))
            return true;
    return false;
}
#define LEMMA_IN(t, list) lemma_in(t, list, sizeof(list) / sizeof *(list))

static const char *const seem[] = {"seem", "appear", "happen", "turn", "look", "sound", "feel",
                                   "follow", "transpire", "occur", "strike", "dawn", "emerge"};
static const char *const take[] = {"take", "cost", "require", "pay"};
static const char *const matter[] = {"matter", "help", "hurt", "suffice", "please", "surprise",
                                     "bother", "depend", "go"};
static const char *const deem[] = {"make", "find", "think", "consider", "keep", "leave", "deem",
                                   "believe", "hate", "love", "like", "appreciate"};

/* How it is outside: nearly always empty, and also of things. */
static const char *const outdoors[] = {"early", "late", "dark", "sunny", "windy", "foggy", "cloudy",
                                       "rainy", "chilly", "humid", "stormy", "misty", "freeze"};
static const char *const ambient[] = {"light", "noisy", "quiet", "cold", "hot", "warm", "cool",
                                      "wet", "dry", "icy", "muddy", "bright"};

enum frame { FRAME_WEATHER, FRAME_SEEM, FRAME_TAKE, FRAME_ADJ, FRAME_TIME, FRAME_NOUN, FRAME_NAME,
             FRAME_PASSIVE, FRAME_MATTER, FRAME_VERB, FRAME_DEEM, FRAME_OBJECT, FRAME_OTHER,
             FRAME_AMBIENT, FRAME_OUTDOORS, FRAME_PLURAL };

static enum frame frame_of(struct grammar *g, int32_t it, int32_t p)
{
    if (p < 0)
        return FRAME_OTHER;
    const struct token *t = token_at(g, p);
    enum deprel rel = base_rel(g, it);
    if (rel == REL_OBJ || rel == REL_IOBJ || rel == REL_OBL || rel == REL_NMOD ||
        (rel == REL_EXPL && p < it))
        return LEMMA_IN(t, deem) ? FRAME_DEEM : FRAME_OBJECT;
    int32_t below = child_with(g, p, REL_BIT(XCOMP)); /* it began to rain */
    const struct token *main = below >= 0 && t->upos == UPOS_VERB ? token_at(g, below) : t;
    if (main->upos == UPOS_VERB && lemma_has(main, WORD_WEATHER) && !lemma_is(main, "freeze"))
        return FRAME_WEATHER;
    if (LEMMA_IN(t, outdoors))
        return FRAME_OUTDOORS;
    if ((t->classes & CLASS(WEATHER)) || LEMMA_IN(t, ambient))
        return FRAME_AMBIENT;
    if (t->upos == UPOS_NOUN && t->xpos == XPOS_NNS && !(t->classes & CLASS(TIME)))
        return FRAME_PLURAL;
    switch (t->upos) {
    case UPOS_ADJ: return FRAME_ADJ;
    case UPOS_NUM: return FRAME_TIME;
    case UPOS_NOUN: return t->classes & CLASS(TIME) ? FRAME_TIME : FRAME_NOUN;
    case UPOS_PROPN: case UPOS_PRON:
        return t->classes & CLASS(TIME) ? FRAME_TIME : FRAME_NAME;
    case UPOS_VERB: case UPOS_AUX:
        if (LEMMA_IN(t, seem))
            return FRAME_SEEM;
        if (LEMMA_IN(t, take))
            return FRAME_TAKE;
        if (LEMMA_IN(t, matter))
            return FRAME_MATTER;
        return child_with(g, p, REL_BIT(AUX_PASS)) >= 0 ? FRAME_PASSIVE : FRAME_VERB;
    default: return FRAME_OTHER;
    }
}

/* What follows the predicate: 0 nothing, 1 to and a verb, 2 that, 3 who or which, 4 whether and
 * other question words, 5 like, as if, 6 since, before, till, 7 a clause only the tree shows. */
static int sequel_of(struct grammar *g, int32_t it, int32_t p)
{
    int32_t n = (int32_t)g->sentence->count, from = (p > it ? p : it) + 1;
    if (p < 0)
        return 0;
    for (int32_t i = from; i < n && i < from + 9; i++) {
        const struct token *t = token_at(g, i);
        if (t->upos == UPOS_PUNCT && !(t->form_length == 1 && t->form[0] == ','))
            break;
        if (form_is(t, "to") && i + 1 < n && token_at(g, i + 1)->xpos == XPOS_VB)
            return 1;
        if (form_is(t, "that") && t->upos != UPOS_DET)
            return 2;
        if (form_is(t, "who") || form_is(t, "which") || form_is(t, "whom"))
            return 3;
        if (form_is(t, "whether") || form_is(t, "if") || t->xpos == XPOS_WRB ||
            form_is(t, "what"))
            return form_is(t, "if") && i > from && form_is(token_at(g, i - 1), "as") ? 5 : 4;
        if (form_is(t, "like") || form_is(t, "though"))
            return 5;
        if (form_is(t, "since") || form_is(t, "before") || form_is(t, "until") ||
            form_is(t, "till"))
            return 6;
    }
    for (int32_t c = g->first_child[p]; c >= 0; c = g->next_sibling[c])
        if (c > it && (base_rel(g, c) == REL_CSUBJ || base_rel(g, c) == REL_CCOMP ||
                       base_rel(g, c) == REL_XCOMP || rel_of(g, c) == REL_ACL_RELCL))
            return 7;
    return 0;
}

static bool next_is(struct grammar *g, int32_t at, const char *word)
{
    return has_token(g, at) && form_is(token_at(g, at), word);
}

static bool is_idiom(struct grammar *g, int32_t it)
{
    static const struct {
        const char *before, *after; /* a lemma; a form; NULL: whatever */
    } idioms[] = {
        {"call", "a"},     {"call", "quits"},  {"take", "easy"},  {"take", "that"},
        {"hit", "off"},    {"make", "to"},     {"make", "through"}, {"make", "out"},
        {"make", "back"},  {"make", "home"},   {"make", "big"},   {"cut", "out"},
        {"knock", "off"},  {"as", "were"},     {"as", "happens"}, {"as", "is"},
        {"when", "comes"}, {"believe", "or"},  {"go", "alone"},   {"play", "safe"},
        {"put", "mildly"}, {"put", "another"}, {"see", "that"},   {"face", ","},
        {"be", "going"},   {"have", "that"},   {"get", "over"},   {"damn", NULL},
        {"wing", NULL},    {"beat", NULL},     {"rough", NULL},   {"screw", NULL},
        {"as", "turns"},   {"rumour", "that"}, {"lord", "over"},  {"so", NULL},
    };
    if (it == 0)
        return false;
    const struct token *before = token_at(g, it - 1);
    for (size_t i = 0; i < sizeof idioms / sizeof *idioms; i++)
        if (lemma_is(before, idioms[i].before) &&
            (!idioms[i].after || next_is(g, it + 1, idioms[i].after)))
            return true;
    return false;
}

/* cold outside, dark in here, wet today. */
static bool says_where(struct grammar *g, int32_t p)
{
    static const char *const words[] = {"outside", "outdoors", "today", "tonight", "here", "there",
                                        "inside", "yesterday", "again", "already", "now"};
    for (int32_t i = p + 1; has_token(g, i) && i <= p + 2; i++)
        for (size_t k = 0; k < sizeof words / sizeof *words; k++)
            if (form_is(token_at(g, i), words[k]))
                return true;
    return false;
}

static int predicate_number(struct grammar *g, int32_t it, int32_t p)
{
    if (p < 0 || p < it)
        return 0;
    if (form_is(token_at(g, p), "it") || p == it)
        return 1;
    int32_t det = child_with(g, p, REL_BIT(DET));
    if (det >= 0)
        return form_is(token_at(g, det), "the") ? 2 : 3;
    return child_with(g, p, REL_BIT(CASE)) >= 0 ? 4 : 5;
}

static void add_dummy(const struct ref_question *q, struct ref_features *out)
{
    struct grammar *g = q->grammar;
    int32_t it = q->pronoun->token, p = g->heads[it];
    enum frame frame = frame_of(g, it, p);
    enum deprel rel = base_rel(g, it);
    int sequel = sequel_of(g, it, p);
    if (frame == FRAME_DEEM && sequel == 0 && !lemma_is(token_at(g, p), "make"))
        frame = FRAME_OBJECT; /* found it; but: found it hard to */
    bool idiom = is_idiom(g, it); /* cut it out: its frame says nothing of other objects */
    if (!idiom)
        add(out, AT_FRAME + (int)frame * 8 + sequel);
    add(out, AT_TREE + (rel == REL_EXPL ? 0 : rel == REL_NSUBJ ? 1 : rel == REL_OBJ ? 2 : 3));
    if (p >= 0 && child_with(g, p, REL_BIT(CSUBJ)) >= 0)
        add(out, AT_TREE + 4);
    if (p >= 0 && child_with(g, p, REL_BIT(ACL_RELCL)) > p)
        add(out, AT_TREE + 5);
    if (p >= 0 && child_with(g, p, REL_BIT(ADVCL)) > p)
        add(out, AT_TREE + 6);
    add(out, AT_IDIOM + idiom);
    if (frame != FRAME_OBJECT && p > it && says_where(g, p))
        add(out, AT_IDIOM + 2 + (frame == FRAME_AMBIENT || frame == FRAME_OUTDOORS));
    add(out, AT_PREDICATE + predicate_number(g, it, p));
}

static void add_crowd(const struct ref_question *q, struct ref_features *out, int at)
{
    uint32_t here = 0;
    for (uint32_t i = 0; i < q->count; i++)
        here += q->pronoun->sentence - q->candidates[i]->sentence <= 1;
    note(q, out, AT_CROWD, at + (here == 0 ? 0 : here <= 2 ? 1 : here <= 5 ? 2 : 3));
}

void ref_features_of(const struct ref_question *q, int choice, struct ref_features *out)
{
    out->count = 0;
    if (choice == CHOICE_DUMMY) {
        add_dummy(q, out);
        add_crowd(q, out, 4);
    } else if (choice == CHOICE_NONE) {
        add(out, AT_FORM_NONE + (q->form < 24 ? q->form : 23));
        add_crowd(q, out, 0);
        if (q->pronoun->role == VALUE_SUBJ)
            add(out, AT_SUBJECT);
        if (q->pronoun->sentence < 2)
            add(out, AT_SUBJECT + 1);
        if (q->pronoun->bits & MENTION_QUOTED)
            add(out, AT_SUBJECT + 2);
        if (q->pronoun->bits & MENTION_PARAGRAPH)
            add(out, AT_SUBJECT + 3);
    } else {
        add_candidate(q, (uint32_t)choice, out);
    }
}

int ref_shared_row(uint16_t row)
{
    return row < GROUP_END * PRONOUN_CLASSES ? row / PRONOUN_CLASSES : -1;
}

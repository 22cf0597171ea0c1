/* resolve.c -- chooses, for each pronoun of a sentence, among the phrases before it, nothing at all
 * ("it rains") and something that has no phrase. Scores are sums of integer weights; their shares
 * are taken by table (2 raised to the score), and the share of what is chosen, calibrated, is how
 * sure it is. Forward only: a mention never learns of later ones.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "grammar/mention.h"

#include <string.h>

enum { SUBJECT_CLIMB = 12, SURE_OF_PREDICATE = 90, CHOICES_MOST = LIMIT_MENTIONS + 2,
       CANDIDATES_MOST = 24, EVENT_BACK = 1, CANDIDATE_BACK = 6 };

static bool is_person_like(const struct mention *m)
{
    return m->kind == VALUE_PERSON ||
           ((m->bits & MENTION_NAME) && (m->kind == VALUE_NONE || m->kind == VALUE_PERSON));
}

static bool is_event(const struct mention *m)
{
    return m->kind == VALUE_EVENT && m->upos != UPOS_NOUN && m->form == 255 &&
           !(m->bits & (MENTION_PRO | MENTION_NAME));
}

static bool is_speaker(const struct mention *m)
{
    return (m->bits & MENTION_PRO) && m->form == 255 &&
           (m->feats & (FEAT(PERS_1) | FEAT(PERS_2)));
}

static bool is_it(const struct mention *m)
{
    return (m->bits & MENTION_PRO) && m->gender == VALUE_NEUT;
}

/* What no weight could make good. */
static bool may_be(const struct ref_question *q, const struct mention *m)
{
    const struct mention *p = q->pronoun;
    bool opposite = (m->gender == VALUE_MASC && p->gender == VALUE_FEM) ||
                    (m->gender == VALUE_FEM && p->gender == VALUE_MASC);
    if (is_speaker(m) || opposite || m->kind == VALUE_DUMMY)
        return false;
    if ((m->bits & MENTION_NAME) && (m->classes & CLASS(TIME)))
        return false; /* on Monday */
    if (is_event(m) && (p->sentence - m->sentence > EVENT_BACK ||
                        (p->sentence == m->sentence && m->end >= p->token)))
        return false;
    if (m->sentence == p->sentence && (m->bits & MENTION_COORD) && m->end >= p->token)
        return false;
    switch (q->class) {
    case CLASS_OF_HE:
        return m->number == VALUE_SG &&
               (m->bits & MENTION_NAME ? m->kind != VALUE_PLACE
                : m->bits & MENTION_PRO ? m->kind == VALUE_PERSON || (m->bits & MENTION_INDEF)
                                        : m->kind == VALUE_PERSON || m->kind == VALUE_ANIMAL ||
                                              (m->kind == VALUE_NONE && m->upos == UPOS_NOUN));
    case CLASS_OF_IT:
        return m->number == VALUE_SG && !(m->bits & MENTION_COORD) &&
               (m->kind != VALUE_PERSON || is_it(m)) &&
               (m->gender == VALUE_NONE || m->gender == VALUE_NEUT);
    case CLASS_OF_THEY:
        if (is_event(m) || is_it(m))
            return false;
        return m->number == VALUE_PL || m->kind == VALUE_GROUP || is_person_like(m) ||
               (m->bits & MENTION_INDEF && m->bits & MENTION_PRO) || m->upos == UPOS_DET;
    default:
        return m->number == p->number && m->kind != VALUE_PERSON;
    }
}

/* The entities of the subject at a token: of the word, and of the coordination it begins. */
static void subject_entities(const struct mention *here, uint32_t count, int32_t subject,
                             uint32_t entities[2])
{
    for (uint32_t i = count; i-- > 0 && here[i].token >= subject;)
        if (here[i].token == subject)
            entities[here[i].bits & MENTION_COORD ? 1 : 0] = here[i].entity;
}

/* Subjects of the clause that the pronoun is in and of the one above it. */
static void find_subjects(struct grammar *g, const struct mention *here, uint32_t count,
                          struct ref_question *q)
{
    int32_t at = q->pronoun->token;
    bool own = true;
    for (int step = 0; step < SUBJECT_CLIMB && (at = g->heads[at]) >= 0; step++) {
        if (!is_predicate(g, at))
            continue;
        int32_t subject = predicate_subject(g, at, NULL);
        if (subject < 0)
            continue;
        if (own && subject != q->pronoun->token)
            subject_entities(here, count, subject, q->own_subject);
        else if (subject != q->pronoun->token)
            subject_entities(here, count, subject, q->upper_subject);
        if (!own && subject != q->pronoun->token)
            return;
        own = false;
    }
}

void ref_ask(struct grammar *grammar, const struct mention *here, uint32_t here_count,
             const struct mention *pronoun, struct ref_question *q)
{
    const struct grammar_document *d = grammar->document;
    const struct mention *found[LIMIT_MENTIONS];
    uint32_t looked = 0, before = d ? d->mention_count : 0;
    uint16_t form = 255;
    memset(q, 0, sizeof *q);
    q->grammar = grammar;
    q->model = d && d->model ? d->model : &ref_model;
    q->pronoun = pronoun;
    q->class = pronoun_class_of(grammar, pronoun->token, &form);
    q->form = form;
    find_subjects(grammar, here, here_count, q);
    for (; looked < LIMIT_MENTIONS && here_count + before > 0; looked++) {
        const struct mention *m = here_count ? &here[--here_count] : &d->mentions[--before];
        if (pronoun->sentence - m->sentence > CANDIDATE_BACK)
            break;
        if (q->count < CANDIDATES_MOST && may_be(q, m))
            found[q->count++] = m;
    }
    for (uint32_t i = 0; i < q->count; i++)
        q->candidates[i] = found[q->count - 1 - i];
}

/* 65536 * exp(-i/16), rounded: shares of scores by their distance from the best. */
static uint32_t decay(int32_t distance)
{
    static const uint16_t sixteenths[] = {65535, 61565, 57835, 54331, 51039, 47947, 45042, 42313,
                                          39750, 37341, 35079, 32953, 30957, 29081, 27319, 25664};
    uint32_t units = (uint32_t)distance * 16 / WEIGHT_SCALE, share = sixteenths[units % 16];
    for (uint32_t whole = units / 16; whole > 0 && share > 0; whole--)
        share = share * 24109u >> 16; /* 65536 / e */
    return share;
}

int32_t ref_score(const struct ref_question *q, int choice)
{
    struct ref_features features;
    int32_t score = 0;
    ref_features_of(q, choice, &features);
    for (uint32_t i = 0; i < features.count; i++)
        score += q->model->weights[features.rows[i]];
    return score;
}

static uint8_t calibrated(const struct ref_question *q, int choice, uint32_t share)
{
    unsigned row = choice == CHOICE_DUMMY ? PRONOUN_CLASSES : (unsigned)q->class;
    uint32_t at = share * CALIBRATION_STEPS, step = at >> 16, part = at & 0xffff;
    const uint8_t *table = q->model->calibration[row];
    if (step >= CALIBRATION_STEPS)
        return table[CALIBRATION_STEPS];
    return (uint8_t)((table[step] * (0x10000u - part) + table[step + 1] * part + 0x8000u) >> 16);
}

bool ref_may_be_empty(const struct ref_question *q)
{
    return q->class == CLASS_OF_IT && form_is(token_at(q->grammar, q->pronoun->token), "it");
}

struct ref_answer ref_answer(const struct ref_question *q)
{
    int32_t scores[CHOICES_MOST], best = 0;
    uint32_t shares[CHOICES_MOST], total = 0, chosen = 0;
    int count = (int)q->count, choices = count + 1;
    struct ref_answer answer = {CHOICE_NONE, 0, 0, 0};
    for (int i = 0; i < count; i++)
        scores[i] = ref_score(q, i);
    scores[count] = ref_score(q, CHOICE_NONE);
    if (ref_may_be_empty(q))
        scores[choices++] = ref_score(q, CHOICE_DUMMY);
    for (int i = 1; i < choices; i++)
        if (scores[i] >= scores[best]) /* of equals the nearest */
            best = i;
    for (int i = 0; i < choices; i++) {
        shares[i] = decay(scores[best] - scores[i]);
        total += shares[i];
    }
    for (int i = 0; i < choices; i++)
        if (i == best || (i < count && best < count &&
                          q->candidates[i]->entity == q->candidates[best]->entity))
            chosen += shares[i];
    answer.choice = best < count ? best : best == count ? CHOICE_NONE : CHOICE_DUMMY;
    answer.share = (uint32_t)(((uint64_t)chosen << 16) / (total + 1));
    if (choices == count + 2)
        answer.empty = (uint32_t)(((uint64_t)shares[count + 1] << 16) / (total + 1));
    answer.sure = calibrated(q, answer.choice, answer.share);
    return answer;
}

/* The pronoun says of the entity what its antecedent said, and its own gender and number. */
static void take_over(struct mention *p, const struct mention *from)
{
    uint8_t gender = p->gender, number = p->number;
    p->entity = from->entity;
    p->kind = p->kind == VALUE_PERSON && from->kind == VALUE_NONE ? p->kind : from->kind;
    p->classes = from->classes;
    p->form_id = from->form_id;
    p->lemma_id = from->lemma_id;
    p->upos = from->upos;
    p->xpos = from->xpos;
    p->feats = from->feats;
    p->described = from->described;
    p->key = from->key;
    p->last_key = from->last_key;
    p->gender = gender == VALUE_NONE ? from->gender : gender;
    p->number = number;
    p->mentioned = from->mentioned < UINT16_MAX ? (uint16_t)(from->mentioned + 1) : UINT16_MAX;
}

/* it is a boat: what it is, where nothing before tells. */
static void learn_from_predicate(struct grammar *g, struct mention *p, uint32_t empty)
{
    int32_t head = p->head;
    const struct token *t = head >= 0 ? token_at(g, head) : NULL;
    if (!t || t->upos != UPOS_NOUN || p->role != VALUE_SUBJ ||
        child_with(g, head, REL_BIT(COP)) < 0 || child_with(g, head, REL_BIT(CASE)) >= 0 ||
        child_with(g, head, REL_BIT(DET)) < 0)
        return;
    p->kind = (uint8_t)mention_kind(t->classes);
    p->classes = t->classes;
    p->form_id = t->form_id;
    p->lemma_id = t->lemma_id;
    p->upos = t->upos;
    p->xpos = t->xpos;
    p->feats = t->feats;
    p->described = MENTION_INDEF;
    p->link = p->sure = (uint8_t)(SURE_OF_PREDICATE * (0x10000u - empty) >> 16);
}

/* It is late, isn't it? The second is what the first is. */
static bool echoes(struct grammar *g, struct mention *mentions, uint32_t at)
{
    struct mention *p = &mentions[at];
    if (!in_tag(g, p->token))
        return false;
    for (uint32_t i = at; i-- > 0;) {
        const struct mention *m = &mentions[i];
        if (m->form != p->form || m->role != VALUE_SUBJ || !(m->bits & MENTION_PRO))
            continue;
        p->antecedent = m->kind == VALUE_DUMMY ? -1 : m->token;
        p->distance = m->kind == VALUE_DUMMY ? 0 : p->place - m->place;
        p->taken_role = m->role;
        take_over(p, m);
        p->link = p->sure = m->sure;
        return true;
    }
    return false;
}

static void resolve(struct grammar *g, struct mention *mentions, uint32_t at, uint32_t *entities)
{
    struct ref_question question;
    struct mention *p = &mentions[at];
    if (echoes(g, mentions, at))
        return;
    ref_ask(g, mentions, at, p, &question);
    struct ref_answer answer = ref_answer(&question);
    p->link = p->sure = answer.sure;
    p->antecedent = -1;
    if (answer.choice >= 0) {
        const struct mention *m = question.candidates[answer.choice];
        if (m->sentence == p->sentence)
            p->antecedent = m->token;
        p->back = (uint16_t)(p->sentence - m->sentence);
        p->distance = p->place - m->place;
        p->taken_role = m->role;
        if (m->form != 255 && (m->bits & MENTION_PRO))
            p->sure = (uint8_t)(p->link * m->sure / 100);
        take_over(p, m);
        return;
    }
    p->entity = ++*entities;
    if (answer.choice == CHOICE_DUMMY)
        p->kind = VALUE_DUMMY;
    else if (question.class == CLASS_OF_IT)
        learn_from_predicate(g, p, answer.empty);
    p->mentioned = 1;
}

/* A name or definite phrase that was named before. */
static const struct mention *same_thing(const struct mention *a, const struct mention *m)
{
    bool same = a->key == m->key ||
                ((m->bits & MENTION_NAME) && (a->last_key == m->last_key ||
                                              a->last_key == m->key || a->key == m->last_key));
    if (!same || ((a->bits ^ m->bits) & (MENTION_COORD | MENTION_NAME)))
        return NULL;
    if (a->bits & MENTION_PRO || a->number != m->number || is_event(a))
        return NULL;
    if (m->bits & MENTION_NAME)
        return (a->gender == m->gender || a->gender == VALUE_NONE ||
                        m->gender == VALUE_NONE) ? a : NULL;
    return (m->bits & MENTION_DEF) && !(m->bits & MENTION_INDEF) ? a : NULL;
}

/* It is a boat: the boat is what "it" is. */
static bool is_told_of(struct grammar *g, struct mention *mentions, uint32_t at)
{
    struct mention *m = &mentions[at];
    int32_t subject = child_with(g, m->token, REL_BIT(NSUBJ));
    if (m->bits & MENTION_COORD || subject < 0 || child_with(g, m->token, REL_BIT(COP)) < 0 ||
        child_with(g, m->token, REL_BIT(CASE)) >= 0 ||
        !(m->bits & (MENTION_DEF | MENTION_INDEF)))
        return false;
    for (uint32_t i = at; i-- > 0 && mentions[i].token >= subject;) {
        const struct mention *s = &mentions[i];
        if (s->token != subject || s->bits & MENTION_COORD || s->number != m->number ||
            s->kind == VALUE_DUMMY || is_speaker(s))
            continue;
        m->entity = s->entity;
        m->mentioned = s->mentioned < UINT16_MAX ? (uint16_t)(s->mentioned + 1) : UINT16_MAX;
        m->gender = s->gender == VALUE_NONE || s->kind != VALUE_PERSON ? m->gender : s->gender;
        return true;
    }
    return false;
}

/* When he was young, my father ...: a pronoun in a clause before the subject that it is. */
static bool was_announced(struct grammar *g, struct mention *mentions, uint32_t at)
{
    struct mention *m = &mentions[at];
    if (m->role != VALUE_SUBJ || m->head < 0 || m->bits & MENTION_BELOW)
        return false;
    for (uint32_t i = at; i-- > 0;) {
        const struct mention *p = &mentions[i];
        bool person = p->kind == VALUE_PERSON && is_person_like(m) && m->number == VALUE_SG &&
                      (m->gender == VALUE_NONE || m->gender == p->gender);
        if (p->form == 255 || p->distance || !person || !(p->bits & MENTION_BELOW))
            continue;
        int32_t up = p->token;
        for (int step = 0; step < SUBJECT_CLIMB && up >= 0; step++, up = g->heads[up])
            if (rel_of(g, up) == REL_ADVCL && g->heads[up] == m->head) {
                m->entity = p->entity;
                m->gender = p->gender;
                m->mentioned = 2;
                return true;
            }
    }
    return false;
}

static void link_name(struct grammar *g, struct mention *mentions, uint32_t at,
                      uint32_t *entities)
{
    const struct grammar_document *d = g->document;
    uint32_t here = at, before = d ? d->mention_count : 0;
    struct mention *m = &mentions[at];
    m->antecedent = -1;
    if (is_speaker(m) || is_event(m) || (m->bits & MENTION_PRO)) {
        m->entity = ++*entities;
        return;
    }
    if (is_told_of(g, mentions, at) || was_announced(g, mentions, at))
        return;
    for (uint32_t looked = 0; looked < LIMIT_MENTIONS && here + before > 0; looked++) {
        const struct mention *a = here ? &mentions[--here] : &d->mentions[--before];
        if (!same_thing(a, m))
            continue;
        m->entity = a->entity;
        m->mentioned = a->mentioned < UINT16_MAX ? (uint16_t)(a->mentioned + 1) : UINT16_MAX;
        m->back = (uint16_t)(m->sentence - a->sentence);
        m->distance = m->place - a->place;
        m->taken_role = a->role;
        if (a->sentence == m->sentence)
            m->antecedent = a->token;
        if (m->gender == VALUE_NONE)
            m->gender = a->gender;
        if (m->kind == VALUE_NONE)
            m->kind = a->kind;
        return;
    }
    m->entity = ++*entities;
}

const struct mention *sentence_mentions(struct grammar *grammar, uint32_t *count)
{
    struct grammar_extra *extra = grammar->extra;
    *count = extra->mention_count;
    if (extra->mentions)
        return extra->mentions;
    uint32_t room = 2 * grammar->sentence->count + 2;
    struct mention *mentions = arena_alloc(grammar->arena, room * sizeof *mentions);
    if (!mentions)
        return NULL;
    uint32_t n = mention_find(grammar, mentions, room);
    uint32_t entities = grammar->document ? grammar->document->entities : 0;
    uint32_t places = grammar->document ? grammar->document->places : 0;
    for (uint32_t i = 0; i < n; i++) {
        uint16_t form;
        mentions[i].place = places + (uint32_t)mentions[i].token;
        if (pronoun_class_of(grammar, mentions[i].token, &form) != NO_PRONOUN_CLASS &&
            !(mentions[i].bits & MENTION_COORD))
            resolve(grammar, mentions, i, &entities);
        else
            link_name(grammar, mentions, i, &entities);
    }
    extra->mentions = mentions;
    extra->mention_count = *count = n;
    extra->entities = entities;
    return mentions;
}

void remember_mentions(struct grammar *grammar, struct grammar_document *document)
{
    uint32_t count;
    const struct mention *mentions = sentence_mentions(grammar, &count);
    document->places += grammar->sentence->count;
    if (!mentions)
        return;
    document->entities = grammar->extra->entities;
    for (uint32_t i = count > LIMIT_MENTIONS ? count - LIMIT_MENTIONS : 0; i < count; i++)
        if (document->mention_count < document->mention_capacity)
            document->mentions[document->mention_count++] = mentions[i];
}

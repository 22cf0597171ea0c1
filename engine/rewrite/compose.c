/* compose.c -- the words that the parts of an edit stand for: text, inflected forms, map entries,
 * agreeing pronouns. Words come out as they are written inside a sentence; capitals are a matter of
 * the place they end in.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <string.h>

#include "rewrite/rewriter.h"

struct composer {
    struct stratum_run *run;
    struct new_word *words;
    uint32_t count, size;
};

static const struct tables *tables_of(const struct stratum_run *run)
{
    return run->rewriter->tables;
}

static struct new_word *add(struct composer *c, const char *text, size_t length)
{
    if (c->count == c->size || length == 0)
        return NULL;
    struct new_word *w = &c->words[c->count++];
    memset(w, 0, sizeof *w);
    w->text = w->lemma = text;
    w->length = w->lemma_length = (uint32_t)length;
    w->upos = UPOS_NONE;
    w->xpos = XPOS_NONE;
    w->keeps_feats = true;
    return w;
}

static bool is_article(const char *text, size_t length)
{
    return (length == 1 && *text == 'a') || (length == 2 && memcmp(text, "an", 2) == 0) ||
           (length == 3 && memcmp(text, "the", 3) == 0);
}

/* The words of a text; a comma or another closing mark is a token of its own. */
static bool add_text(struct composer *c, const char *text)
{
    static const char *const marks = ",;:.?!";
    while (*text) {
        bool mark = strchr(marks, *text) != NULL;
        size_t length = mark ? 1 : strcspn(text, " ,;?!");
        struct new_word *w = length ? add(c, text, length) : NULL;
        if (length && !w)
            return false;
        if (w && mark) {
            w->closing = true;
            w->upos = UPOS_PUNCT;
            w->xpos = *text == ',' ? XPOS_COMMA : strchr(".?!", *text) ? XPOS_PERIOD : XPOS_COLON;
        }
        if (w && is_article(text, length)) {
            w->upos = UPOS_DET;
            w->xpos = XPOS_DT;
        }
        if (w && !mark && length > 1) {
            w->suffix = text[0] == '-' && text[length - 1] != '-';
            w->prefix = text[length - 1] == '-' && text[0] != '-' && !text[length];
        }
        text += length + strspn(text + length, " ");
    }
    return true;
}

/* Writes an affix and the word it belongs to as one, with the word's tags. */
static bool join(struct composer *c, uint32_t first)
{
    struct new_word *a = &c->words[first], *b = a + 1, *stem = a->prefix ? b : a;
    char *text = arena_alloc(c->run->log.arena, (size_t)a->length + b->length + 1);
    if (!text)
        return false;
    memcpy(text, a->text, a->length);
    memcpy(text + a->length, b->text, b->length);
    char *second = text + a->length; /* the capital of "Open" was that of its place */
    if (b->length > 1 && b->upos != UPOS_PROPN && *second >= 'A' && *second <= 'Z' &&
        second[1] >= 'a' && second[1] <= 'z')
        *second = (char)(*second - 'A' + 'a');
    uint32_t length = a->length + b->length;
    *a = *stem;
    a->text = text;
    a->length = length;
    memmove(b, b + 1, (c->count - first - 2) * sizeof *b);
    c->count--;
    return true;
}

static bool join_affixes(struct composer *c)
{
    for (uint32_t i = 0; i + 1 < c->count;) {
        bool joined = (c->words[i].prefix || c->words[i + 1].suffix) && !c->words[i + 1].closing;
        if (!joined)
            i++;
        else if (!join(c, i))
            return false;
    }
    return true;
}

static uint8_t xpos_of(enum form form, uint8_t old)
{
    switch (form) {
    case FORM_BASE: return XPOS_VB;
    case FORM_S: return XPOS_VBZ;
    case FORM_PAST: return XPOS_VBD;
    case FORM_PP: return XPOS_VBN;
    case FORM_ING: return XPOS_VBG;
    case FORM_SG: return old == XPOS_NNPS ? XPOS_NNP : old == XPOS_NNS ? XPOS_NN : old;
    case FORM_PL: return old == XPOS_NNP ? XPOS_NNPS : old == XPOS_NN ? XPOS_NNS : old;
    case FORM_ER: return old == XPOS_RB ? XPOS_RBR : XPOS_JJR;
    case FORM_EST: return old == XPOS_RB ? XPOS_RBS : XPOS_JJS;
    case FORM_ADV: return XPOS_RB;
    default: return old;
    }
}

static uint64_t feats_of(enum form form, uint64_t old)
{
    const uint64_t verbal = FEAT(TENSE_PAST) | FEAT(TENSE_PRES) | FEAT(VF_FIN) | FEAT(VF_GER) |
                            FEAT(VF_INF) | FEAT(VF_PART) | FEAT(MOOD_IND) | FEAT(MOOD_IMP) |
                            FEAT(PERS_1) | FEAT(PERS_2) | FEAT(PERS_3) | FEAT(NUM_SING) |
                            FEAT(NUM_PLUR);
    const uint64_t cases = FEAT(CASE_ACC) | FEAT(CASE_GEN) | FEAT(CASE_NOM);
    const uint64_t degree = FEAT(DEG_CMP) | FEAT(DEG_POS) | FEAT(DEG_SUP);
    switch (form) {
    case FORM_BASE: return (old & ~verbal) | FEAT(VF_INF);
    case FORM_S:
        return (old & ~verbal) | FEAT(TENSE_PRES) | FEAT(VF_FIN) | FEAT(PERS_3) | FEAT(NUM_SING);
    case FORM_PAST: return (old & ~verbal) | FEAT(TENSE_PAST) | FEAT(VF_FIN) | FEAT(MOOD_IND);
    case FORM_PP: return (old & ~verbal) | FEAT(TENSE_PAST) | FEAT(VF_PART);
    case FORM_ING: return (old & ~verbal) | FEAT(TENSE_PRES) | FEAT(VF_PART);
    case FORM_SG: return (old & ~FEAT(NUM_PLUR)) | FEAT(NUM_SING);
    case FORM_PL: return (old & ~FEAT(NUM_SING)) | FEAT(NUM_PLUR);
    case FORM_NOM: return (old & ~cases) | FEAT(CASE_NOM);
    case FORM_ACC: return (old & ~cases) | FEAT(CASE_ACC);
    case FORM_GEN:
    case FORM_POSS: return (old & ~cases) | FEAT(CASE_GEN);
    case FORM_ER: return (old & ~degree) | FEAT(DEG_CMP);
    case FORM_EST: return (old & ~degree) | FEAT(DEG_SUP);
    default: return old;
    }
}

/* Which form a finite verb takes in this group: by its tense and its subject. */
static enum form finite_form(struct stratum_run *run, struct value group, int *person, bool *plural)
{
    struct grammar *g = run->matcher->grammar;
    *person = 3;
    *plural = false;
    if (group.kind != VALUE_IS_OBJECT || group.object != OBJECT_VG)
        return FORM_COUNT;
    struct value subject = grammar_role(g, OBJECT_VG, group.a, ROLE_SUBJ);
    int32_t np = subject.kind == VALUE_IS_TOKEN ? grammar_object(g, OBJECT_NP, subject.a, 0) : -1;
    if (np >= 0) {
        int32_t p = grammar_attr(g, OBJECT_NP, np, ATTR_PERS).number;
        *person = p == VALUE_P1 ? 1 : p == VALUE_P2 ? 2 : 3;
        *plural = grammar_attr(g, OBJECT_NP, np, ATTR_NUM).number == VALUE_PL;
    }
    if (grammar_attr(g, OBJECT_VG, group.a, ATTR_TENSE).number == VALUE_PAST)
        return FORM_PAST;
    return *person == 3 && !*plural ? FORM_S : FORM_BASE;
}

static bool ends_in(const struct token *x, const char *end)
{
    size_t n = strlen(end);
    if (x->form_length <= n)
        return false;
    for (size_t i = 0; i < n; i++)
        if ((x->form[x->form_length - n + i] | 32) != end[i])
            return false;
    return true;
}

/* Whether have, be or get stands shortly before a verb: its -ed form is a participle. */
static bool is_after_auxiliary(const struct sentence *s, int32_t token)
{
    for (int32_t i = token - 1; i >= 0 && i >= token - 3; i--) {
        if (s->tokens[i].upos == UPOS_AUX)
            return true;
        if (s->tokens[i].upos != UPOS_ADV && s->tokens[i].upos != UPOS_PART)
            return false;
    }
    return false;
}

/* Whether a number other than one stands with a noun. */
static bool is_counted(const struct sentence *s, int32_t token)
{
    for (int32_t i = token - 1; i >= 0 && i >= token - 3; i--) {
        const struct token *x = &s->tokens[i];
        if (x->upos == UPOS_NUM && x->head == token)
            return !(x->lemma_length == 3 && memcmp(x->lemma, "one", 3) == 0) &&
                   !(x->form_length == 1 && x->form[0] == '1');
    }
    return false;
}

/* How a token is inflected, as a noun, verb or adjective: by its tag, or, if that is another part
 * of speech's, by its ending. */
static enum form form_like(const struct sentence *s, int32_t token, enum form as)
{
    const struct token *x = &s->tokens[token];
    if (as == FORM_AS_NOUN) {
        bool plural = x->xpos == XPOS_NNS || x->xpos == XPOS_NNPS;
        bool singular = x->xpos == XPOS_NN || x->xpos == XPOS_NNP;
        if (is_counted(s, token))
            return FORM_PL; /* ten quid */
        return plural || (!singular && ends_in(x, "s") && !ends_in(x, "ss")) ? FORM_PL : FORM_SG;
    }
    if (as == FORM_AS_ADJ)
        return x->xpos == XPOS_JJR || x->xpos == XPOS_RBR ? FORM_ER
               : x->xpos == XPOS_JJS || x->xpos == XPOS_RBS ? FORM_EST : FORM_BASE;
    switch (x->xpos) {
    case XPOS_VB: case XPOS_VBP: return FORM_BASE;
    case XPOS_VBZ: return FORM_S;
    case XPOS_VBD: return FORM_PAST;
    case XPOS_VBN: return FORM_PP;
    case XPOS_VBG: return FORM_ING;
    default: break;
    }
    if (ends_in(x, "ing"))
        return FORM_ING;
    if (ends_in(x, "ed"))
        return is_after_auxiliary(s, token) ? FORM_PP : FORM_PAST;
    return ends_in(x, "s") && !ends_in(x, "ss") ? FORM_S : FORM_BASE;
}

static bool inflect(struct composer *c, const char *lemma, size_t length, enum form form,
                    struct value group)
{
    struct stratum_run *run = c->run;
    const char *out = NULL;
    size_t n = 0;
    int person = 3;
    bool plural = false;
    if (form == FORM_FIN) {
        form = finite_form(run, group, &person, &plural);
        if (form == FORM_COUNT)
            return false;
    }
    bool be = length == 2 && memcmp(lemma, "be", 2) == 0;
    if (be && (form == FORM_PAST || form == FORM_S || (form == FORM_BASE && group.kind))) {
        out = lexicon_be(form == FORM_PAST, person, plural);
        n = strlen(out);
    } else if (!lexicon_inflect(tables_of(run)->lexicon, run->log.arena, lemma, length, form,
                                &out, &n))
        return false;
    struct new_word *w = add(c, out, n);
    if (!w)
        return false;
    w->lemma = lemma;
    w->lemma_length = (uint32_t)length;
    w->xpos = xpos_of(form, XPOS_NONE);
    w->keeps_feats = false;
    w->feats = feats_of(form, 0);
    return true;
}

/* more, most before an adjective that has no form of its own. */
static bool grade(struct composer *c, const char *lemma, size_t length, enum form form)
{
    struct value none = {VALUE_IS_NONE, 0, 0, 0};
    if (form != FORM_ER && form != FORM_EST) {
        struct new_word *w = add(c, lemma, length);
        return w != NULL;
    }
    uint32_t before = c->count;
    if (inflect(c, lemma, length, form, none))
        return true;
    c->count = before;
    const char *word = form == FORM_ER ? "more" : "most";
    return add(c, word, strlen(word)) && add(c, lemma, length);
}

/* A lemma inflected as a token is, or in the present that the token's subject asks for. */
static bool inflect_like(struct composer *c, const char *lemma, enum form as, struct value like)
{
    struct grammar *g = c->run->matcher->grammar;
    struct value group = {VALUE_IS_NONE, 0, 0, 0};
    if (like.kind != VALUE_IS_TOKEN)
        return false;
    size_t length = strlen(lemma);
    enum form form = as == FORM_PRES ? FORM_BASE : form_like(g->sentence, like.a, as);
    if (as == FORM_AS_ADJ)
        return grade(c, lemma, length, form);
    bool be = length == 2 && memcmp(lemma, "be", 2) == 0;
    bool finite = as == FORM_PRES || (be && form == FORM_PAST) ||
                  (be && g->sentence->tokens[like.a].xpos == XPOS_VBP);
    if (finite) {
        int32_t vg = grammar_object(g, OBJECT_VG, like.a, 0);
        int person = 3;
        bool plural = false;
        if (vg >= 0)
            group = (struct value){VALUE_IS_OBJECT, OBJECT_VG, vg, vg};
        if (finite_form(c->run, group, &person, &plural) == FORM_COUNT && as != FORM_PRES)
            return false;
        if (be) {
            const char *out = lexicon_be(form == FORM_PAST, person, plural);
            return add(c, out, strlen(out)) != NULL;
        }
        form = person == 3 && !plural ? FORM_S : FORM_BASE;
    }
    return inflect(c, lemma, length, form, group);
}

static bool add_suffix(struct composer *c, const struct token *x, const char *suffix)
{
    char *text = arena_alloc(c->run->log.arena, x->form_length + 4);
    if (!text)
        return false;
    size_t n = strlen(suffix);
    memcpy(text, x->form, x->form_length);
    memcpy(text + x->form_length, suffix, n);
    return add(c, text, x->form_length + n) != NULL;
}

static bool inflect_token(struct composer *c, int32_t token, enum form form, struct value group)
{
    const struct token *x = &c->run->stage->sentence->tokens[token];
    bool pronominal = form == FORM_NOM || form == FORM_ACC || form == FORM_GEN ||
                      form == FORM_REFL || (form == FORM_POSS && x->upos == UPOS_PRON);
    if (pronominal) {
        const char *out = lexicon_pronoun(x->form, x->form_length, form);
        struct new_word *w = out ? add(c, out, strlen(out)) : NULL;
        if (!w)
            return false;
        w->keeps_feats = false;
        w->feats = feats_of(form, x->feats);
        return true;
    }
    if (form == FORM_POSS) {
        bool plural_s = (x->feats & FEAT(NUM_PLUR)) && x->form_length > 0 &&
                        x->form[x->form_length - 1] == 's';
        return add_suffix(c, x, plural_s ? "'" : "'s");
    }
    if (!inflect(c, x->lemma, x->lemma_length, form, group))
        return false;
    struct new_word *w = &c->words[c->count - 1];
    w->xpos = xpos_of(form, x->xpos);
    w->feats = feats_of(form, x->feats);
    return true;
}

/* An animal that is no person: one of them is it. */
static bool is_beast(struct grammar *g, int32_t np)
{
    struct value head = grammar_role(g, OBJECT_NP, np, ROLE_HEAD);
    if (head.kind != VALUE_IS_TOKEN)
        return false;
    uint32_t classes = g->sentence->tokens[head.a].classes;
    return (classes & CLASS(ANIMAL)) && !(classes & CLASS(PERSON));
}

/* The pronoun that agrees with a noun phrase. */
static bool add_pronoun(struct composer *c, struct value v, enum form form)
{
    struct grammar *g = c->run->matcher->grammar;
    int32_t np = v.kind == VALUE_IS_OBJECT && v.object == OBJECT_NP ? v.a
                 : v.kind == VALUE_IS_TOKEN ? grammar_object(g, OBJECT_NP, v.a, 0) : -1;
    if (np < 0)
        return false;
    const char *any = "it";
    int32_t person = grammar_attr(g, OBJECT_NP, np, ATTR_PERS).number;
    int32_t gender = grammar_attr(g, OBJECT_NP, np, ATTR_GENDER).number;
    bool plural = grammar_attr(g, OBJECT_NP, np, ATTR_NUM).number == VALUE_PL;
    if (v.kind == VALUE_IS_TOKEN && grammar_attr(g, OBJECT_NP, np, ATTR_COORD).number &&
        g->sentence->tokens[v.a].upos == UPOS_NOUN) /* itself, not what it is joined to */
        plural = g->sentence->tokens[v.a].xpos == XPOS_NNS;
    if (person == VALUE_P1)
        any = plural ? "we" : "i";
    else if (person == VALUE_P2)
        any = "you";
    else if (plural)
        any = "they";
    else if (gender == VALUE_MASC)
        any = "he";
    else if (gender == VALUE_FEM)
        any = "she";
    else if (grammar_attr(g, OBJECT_NP, np, ATTR_ANIM).number && !is_beast(g, np))
        any = "they";
    const char *out = lexicon_pronoun(any, strlen(any), form);
    struct new_word *w = out ? add(c, out, strlen(out)) : NULL;
    if (!w)
        return false;
    w->upos = UPOS_PRON;
    w->xpos = form == FORM_GEN ? XPOS_PRPS : XPOS_PRP;
    w->lemma = any;
    w->lemma_length = (uint32_t)strlen(any);
    return true;
}

/* isn't it, do they */
static bool add_tag(struct composer *c, struct value v)
{
    struct value subject;
    const char *auxiliary;
    bool there;
    if (v.kind != VALUE_IS_TOKEN || !compose_tag(c->run, v.a, &subject, &auxiliary, &there) ||
        !add(c, auxiliary, strlen(auxiliary)))
        return false;
    return there ? add(c, "there", 5) != NULL : add_pronoun(c, subject, FORM_NOM);
}

static bool add_part(struct composer *c, const struct tab_part *p)
{
    struct matcher *m = c->run->matcher;
    const struct table *t = &tables_of(c->run)->table;
    enum form form = (enum form)p->form;
    struct value group = {VALUE_IS_NONE, 0, 0, 0}, v;
    if ((p->kind == PART_INFLECT || p->kind == PART_LEMMA) && form == FORM_FIN)
        group = matcher_ref(m, p->b);
    switch (p->kind) {
    case PART_TEXT: return add_text(c, table_string(t, p->a));
    case PART_LEMMA: {
        const char *lemma = table_string(t, p->a);
        if (form >= FORM_AS_NOUN)
            return inflect_like(c, lemma, form, matcher_ref(m, p->b));
        return inflect(c, lemma, strlen(lemma), form, group);
    }
    case PART_MAP: {
        v = matcher_ref(m, p->b);
        uint32_t to = v.kind == VALUE_IS_TOKEN ? matcher_map(m, p->a, v.a) : TAB_NONE;
        return to != TAB_NONE && add_text(c, table_string(t, to));
    }
    case PART_TAG: return add_tag(c, matcher_ref(m, p->a));
    case PART_PRONOUN: return add_pronoun(c, matcher_ref(m, p->a), form);
    default: break;
    }
    v = matcher_ref(m, p->a);
    int32_t first, last;
    if (p->kind == PART_INFLECT)
        return v.kind == VALUE_IS_TOKEN && inflect_token(c, v.a, form, group);
    if (!matcher_extent(m, v, &first, &last))
        return false;
    for (int32_t i = first; i <= last; i++) {
        const struct token *x = &c->run->stage->sentence->tokens[i];
        struct new_word *w = add(c, x->form, x->form_length);
        if (!w)
            return false;
        w->lemma = x->lemma;
        w->lemma_length = x->lemma_length;
        w->upos = x->upos;
        w->xpos = x->xpos;
    }
    return true;
}

bool compose_parts(struct stratum_run *run, uint32_t first, uint32_t count, struct new_word *words,
                   uint32_t size, uint32_t *word_count)
{
    struct composer c = {run, words, 0, size};
    for (uint32_t i = 0; i < count; i++)
        if (!add_part(&c, &tables_of(run)->table.parts[first + i]))
            return false;
    if (!join_affixes(&c))
        return false;
    *word_count = c.count;
    return true;
}

/* lexicon_feats.c -- morphological features as UD English EWT annotates them: from the tags, the
 * features of a listed reading, and, for verbs and pronouns, from the tree (the subject's person
 * and number, imperative against infinitive, passive, gerund, case).
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <string.h>

#include "analysis/lexicon_lookup.h"

#define REL(id) ((uint64_t)1 << REL_##id)
#define SUBJECTS (REL(NSUBJ) | REL(NSUBJ_PASS) | REL(NSUBJ_OUTER) | REL(CSUBJ) |                   \
                  REL(CSUBJ_PASS) | REL(CSUBJ_OUTER))
#define AGREEMENT                                                                                  \
    (FEAT(PERS_1) | FEAT(PERS_2) | FEAT(PERS_3) | FEAT(NUM_SING) | FEAT(NUM_PLUR))
#define CLIMB_MAX 16 /* steps up the tree in search of a subject or clause */

/* What a token's children tell. */
struct kids {
    uint64_t rels;          /* relations of all children */
    int32_t subject, expl;  /* -1: none */
    int32_t conj;           /* the first conjunct, -1: none */
    int16_t xpos_aux;       /* XPOS of the first aux child, -1: none */
    bool have, to, do_aux, modal, aux_pass, and, det;
};

struct tree {
    const struct sentence *sentence;
    struct kids *kids;
};

static bool is_word(const char *s, size_t n, const char *word)
{
    return strlen(word) == n && memcmp(s, word, n) == 0;
}

static bool lemma_is(const struct token *t, const char *word)
{
    return is_word(t->lemma, t->lemma_length, word);
}

static void note_child(struct kids *k, const struct token *t, int32_t i)
{
    if (t->deprel < 64)
        k->rels |= (uint64_t)1 << t->deprel;
    switch (t->deprel) {
    case REL_NSUBJ: case REL_NSUBJ_PASS: case REL_NSUBJ_OUTER:
    case REL_CSUBJ: case REL_CSUBJ_PASS: case REL_CSUBJ_OUTER:
        if (k->subject < 0)
            k->subject = i;
        break;
    case REL_EXPL:
        k->expl = i;
        break;
    case REL_CONJ:
        if (k->conj < 0)
            k->conj = i;
        break;
    case REL_AUX: case REL_COP:
        if (k->xpos_aux < 0)
            k->xpos_aux = t->xpos;
        k->have |= lemma_is(t, "have");
        k->do_aux |= lemma_is(t, "do");
        k->modal |= t->xpos == XPOS_MD;
        break;
    case REL_AUX_PASS:
        k->aux_pass = true;
        break;
    case REL_MARK:
        k->to |= t->xpos == XPOS_TO;
        break;
    case REL_CC:
        k->and |= lemma_is(t, "and") || lemma_is(t, "&");
        break;
    case REL_DET: case REL_NMOD_POSS:
        k->det = true;
        break;
    default:
        break;
    }
}

static bool gather(struct tree *tree, struct arena *arena)
{
    uint32_t n = tree->sentence->count;
    tree->kids = arena_calloc(arena, n, sizeof *tree->kids);
    if (tree->kids == NULL)
        return false;
    for (uint32_t i = 0; i < n; i++) {
        struct kids *k = &tree->kids[i];
        k->subject = k->expl = k->conj = -1;
        k->xpos_aux = -1;
    }
    for (uint32_t i = 0; i < n; i++) {
        const struct token *t = &tree->sentence->tokens[i];
        if (t->head >= 0 && (uint32_t)t->head < n)
            note_child(&tree->kids[t->head], t, (int32_t)i);
    }
    return true;
}

static const struct token *token_at(const struct tree *tree, int32_t i)
{
    return &tree->sentence->tokens[i];
}

/* The head's index; -1 at the root and for heads outside the sentence. */
static int32_t head_of(const struct tree *tree, const struct token *t)
{
    return t->head >= 0 && (uint32_t)t->head < tree->sentence->count ? t->head : -1;
}

/* ---- agreement ---- */

static bool is_coordinated(const struct tree *tree, int32_t i)
{
    int32_t c = tree->kids[i].conj;
    return c >= 0 && (tree->kids[c].and || head_of(tree, token_at(tree, c)) != i);
}

/* Person and number of a noun phrase's head. */
static uint64_t agreement_of(const struct tree *tree, int32_t i)
{
    const struct token *t = token_at(tree, i);
    uint64_t person = t->feats & (FEAT(PERS_1) | FEAT(PERS_2) | FEAT(PERS_3));
    int32_t c = tree->kids[i].conj;
    if (c >= 0 && is_coordinated(tree, i)) {
        uint64_t both = person | (token_at(tree, c)->feats & (FEAT(PERS_1) | FEAT(PERS_2)));
        person = both & FEAT(PERS_1) ? FEAT(PERS_1) : both & FEAT(PERS_2) ? FEAT(PERS_2)
                                                                         : FEAT(PERS_3);
        return person | FEAT(NUM_PLUR);
    }
    if (t->upos == UPOS_PRON && person != 0) {
        uint64_t number = t->feats & (FEAT(NUM_SING) | FEAT(NUM_PLUR));
        return person | (number != 0 ? number : FEAT(NUM_SING));
    }
    bool plural = (t->feats & (FEAT(NUM_PLUR) | FEAT(NUM_PTAN))) ||
                  (t->upos == UPOS_NUM && !lemma_is(t, "one") && !lemma_is(t, "1"));
    return FEAT(PERS_3) | (plural ? FEAT(NUM_PLUR) : FEAT(NUM_SING));
}

static int32_t climb_to_relative(const struct tree *tree, int32_t i)
{
    for (int step = 0; step < CLIMB_MAX && i >= 0; step++) {
        const struct token *t = token_at(tree, i);
        if (t->deprel == REL_ACL_RELCL || t->deprel == REL_ADVCL_RELCL)
            return i;
        if (t->deprel != REL_CONJ && t->deprel != REL_CCOMP && t->deprel != REL_XCOMP &&
            t->deprel != REL_COP && t->deprel != REL_AUX && t->deprel != REL_OBJ &&
            t->deprel != REL_OBL && t->deprel != REL_NMOD)
            return -1;
        i = head_of(tree, t);
    }
    return -1;
}

/* The subject of a clause's predicate; -1: none. Conjuncts share their first one's. */
static int32_t subject_of(const struct tree *tree, int32_t predicate)
{
    for (int step = 0; step < CLIMB_MAX && predicate >= 0; step++) {
        const struct kids *k = &tree->kids[predicate];
        if (k->subject >= 0) {
            const struct token *s = token_at(tree, k->subject);
            bool relative = s->feats & FEAT(PT_REL);
            int32_t clause = relative ? climb_to_relative(tree, predicate) : -1;
            int32_t antecedent = clause >= 0 ? head_of(tree, token_at(tree, clause)) : -1;
            return antecedent >= 0 ? antecedent : k->subject;
        }
        if (k->expl >= 0)
            return k->expl;
        if (token_at(tree, predicate)->deprel != REL_CONJ)
            return -1;
        predicate = head_of(tree, token_at(tree, predicate));
    }
    return -1;
}

static int32_t predicate_of(const struct tree *tree, int32_t i)
{
    const struct token *t = token_at(tree, i);
    bool function = t->deprel == REL_AUX || t->deprel == REL_AUX_PASS || t->deprel == REL_COP;
    int32_t head = head_of(tree, t);
    return function && head >= 0 ? head : i;
}

/* Plural or first-person forms of be need no subject to be told. */
static uint64_t agreement_by_form(const struct token *t, uint64_t found)
{
    if (t->xpos == XPOS_VBZ)
        return FEAT(PERS_3) | FEAT(NUM_SING);
    if (!lemma_is(t, "be") || t->form_length == 0)
        return found;
    char first = (char)(t->form[0] | 0x20), end = (char)(t->form[t->form_length - 1] | 0x20);
    if (end == 'm')
        return FEAT(PERS_1) | FEAT(NUM_SING);
    bool plural_form = first == 'a' || first == '\'' || end == 'e' || first == 'r';
    if (plural_form && found == (FEAT(PERS_3) | FEAT(NUM_SING)))
        return FEAT(PERS_3) | FEAT(NUM_PLUR);
    if (end == 's' && (found & FEAT(NUM_PLUR)))
        return FEAT(PERS_3) | FEAT(NUM_SING);
    return found;
}

static uint64_t agreement(const struct tree *tree, int32_t i)
{
    const struct token *t = token_at(tree, i);
    bool was = t->xpos == XPOS_VBD && t->upos == UPOS_AUX;
    uint64_t found = FEAT(NUM_SING) | (was ? FEAT(PERS_3) : FEAT(PERS_1));
    int32_t predicate = predicate_of(tree, i), subject = subject_of(tree, predicate);
    if (subject >= 0) {
        const struct token *s = token_at(tree, subject);
        if (s->xpos == XPOS_EX && tree->kids[predicate].subject >= 0)
            subject = tree->kids[predicate].subject;
        found = agreement_of(tree, subject);
        if (s->upos == UPOS_PRON && (s->feats & (FEAT(PT_REL) | FEAT(PT_INT))) &&
            t->xpos == XPOS_VBP)
            found = FEAT(PERS_3) | FEAT(NUM_PLUR);
    }
    if (t->xpos == XPOS_VBP && found == (FEAT(PERS_3) | FEAT(NUM_SING)))
        found = FEAT(PERS_3) | FEAT(NUM_PLUR);
    return agreement_by_form(t, found);
}

/* ---- verbs ---- */

/* Whether a base form is an infinitive, an imperative or a subjunctive. */
static uint64_t base_mood(const struct tree *tree, int32_t i)
{
    const uint64_t inf = FEAT(VF_INF), imp = FEAT(MOOD_IMP) | FEAT(VF_FIN);
    const struct token *t = token_at(tree, i);
    bool is_aux = t->deprel == REL_AUX || t->deprel == REL_AUX_PASS || t->deprel == REL_COP;
    int32_t predicate = predicate_of(tree, i);
    for (int step = 0; step < CLIMB_MAX; step++) {
        const struct kids *k = &tree->kids[predicate];
        const struct token *p = token_at(tree, predicate);
        int32_t head = head_of(tree, p);
        bool subject = (k->rels & SUBJECTS) != 0 || k->expl >= 0;
        bool after_have = k->have && is_aux && !lemma_is(t, "have");
        if (k->to || k->modal || (k->do_aux && subject) || after_have)
            return inf;
        if (is_aux && lemma_is(t, "do") && t->deprel == REL_AUX)
            return subject ? inf : imp;
        if (k->do_aux)
            return subject ? inf : imp;
        switch (p->deprel) {
        case REL_ROOT: case REL_PARATAXIS: case REL_APPOS: case REL_LIST:
            return k->subject >= 0 && !lemma_is(token_at(tree, k->subject), "you") ? inf : imp;
        case REL_CCOMP:
            if (subject && (k->rels & REL(MARK)))
                return FEAT(MOOD_SUB) | FEAT(TENSE_PRES) | FEAT(VF_FIN) | agreement(tree, i);
            return subject || head < predicate ? inf : imp;
        case REL_CONJ:
            if (head < 0 || subject)
                return inf;
            if (!is_aux && token_at(tree, head)->upos == UPOS_VERB &&
                token_at(tree, head)->xpos != XPOS_VB)
                return tree->kids[head].subject >= 0 ? inf : imp;
            predicate = head;
            is_aux = false;
            t = token_at(tree, predicate);
            break;
        default:
            return inf;
        }
    }
    return inf;
}

static bool is_passive(const struct tree *tree, int32_t i)
{
    for (int step = 0; step < CLIMB_MAX; step++) {
        const struct kids *k = &tree->kids[i];
        const struct token *t = token_at(tree, i);
        if (k->aux_pass || (k->rels & REL(NSUBJ_PASS)))
            return true;
        if (k->have)
            return false;
        int32_t head = head_of(tree, t);
        if (t->deprel != REL_CONJ || head < 0 || token_at(tree, head)->xpos != XPOS_VBN)
            return true;
        i = head;
    }
    return true;
}

/* -ing: a participle in progressives and adverbial clauses, else a gerund. */
static uint64_t ing_form(const struct tree *tree, int32_t i)
{
    const uint64_t part = FEAT(TENSE_PRES) | FEAT(VF_PART);
    for (int step = 0; step < CLIMB_MAX; step++) {
        const struct kids *k = &tree->kids[i];
        const struct token *t = token_at(tree, i);
        int32_t head = head_of(tree, t);
        if (k->xpos_aux >= 0 || k->aux_pass)
            return part;
        switch (t->deprel) {
        case REL_CONJ:
            if (head < 0 || token_at(tree, head)->xpos != XPOS_VBG)
                return part;
            i = head;
            break;
        case REL_ADVCL: case REL_CASE: case REL_MARK: case REL_PARATAXIS: case REL_ROOT:
        case REL_ACL_RELCL: case REL_ADVCL_RELCL: case REL_CC: case REL_DISCOURSE: case REL_AUX:
            return part;
        default:
            return FEAT(VF_GER);
        }
    }
    return part;
}

static uint64_t verb_feats(const struct tree *tree, int32_t i)
{
    const struct token *t = token_at(tree, i);
    switch (t->xpos) {
    case XPOS_VB:
        return base_mood(tree, i);
    case XPOS_VBD:
        return FEAT(MOOD_IND) | FEAT(TENSE_PAST) | FEAT(VF_FIN) | agreement(tree, i);
    case XPOS_VBP:
    case XPOS_VBZ:
        return FEAT(MOOD_IND) | FEAT(TENSE_PRES) | FEAT(VF_FIN) | agreement(tree, i);
    case XPOS_VBN:
        return FEAT(TENSE_PAST) | FEAT(VF_PART) |
               (t->upos == UPOS_VERB && is_passive(tree, i) ? FEAT(VOICE_PASS) : 0);
    case XPOS_VBG:
        return t->upos == UPOS_AUX ? FEAT(TENSE_PRES) | FEAT(VF_PART) : ing_form(tree, i);
    case XPOS_MD:
        return FEAT(VF_FIN);
    case XPOS_NNP:
        return t->form_length > 3 && memcmp(t->form + t->form_length - 3, "ing", 3) == 0
                   ? FEAT(VF_GER) : FEAT(TENSE_PAST) | FEAT(VF_PART);
    default:
        return 0;
    }
}

/* ---- numbers ---- */

static bool is_digit(char c)
{
    return (unsigned)(c - '0') < 10;
}

static bool is_roman(const struct token *t)
{
    for (uint32_t i = 0; i < t->form_length; i++)
        if (strchr("IVXLCDMivxlcdm", t->form[i]) == NULL || t->form[i] == '\0')
            return false;
    return t->form_length > 0;
}

struct shape {
    unsigned digits, letters, dots, slashes, others;
};

static struct shape shape_of(const struct token *t)
{
    struct shape s = {0};
    for (uint32_t i = 0; i < t->form_length; i++) {
        char c = t->form[i];
        s.digits += is_digit(c);
        s.letters += (unsigned)((c | 0x20) - 'a') < 26;
        s.dots += c == '.';
        s.slashes += c == '/';
    }
    return s;
}

static uint64_t number_feats(const struct token *t)
{
    struct shape s = shape_of(t);
    if (s.digits == 0 && is_roman(t))
        return t->xpos == XPOS_LS && t->form_length == 1 && (t->form[0] | 0x20) != 'i'
                   ? 0 : FEAT(NF_ROMAN) | FEAT(NT_CARD);
    if (s.digits == 0)
        return t->xpos == XPOS_LS ? 0 : FEAT(NF_WORD) | FEAT(NT_CARD);
    if (s.letters > 0)
        return FEAT(NF_COMBI) | FEAT(NT_CARD);
    bool fraction = (s.dots == 1 && t->form[t->form_length - 1] != '.' && s.digits > 0) ||
                    (s.slashes == 1 && s.digits == 2);
    return FEAT(NF_DIGIT) | (fraction && t->xpos == XPOS_CD ? FEAT(NT_FRAC) : FEAT(NT_CARD));
}

/* 20th as noun or adjective; the 1970s. */
static uint64_t digit_feats(const struct token *t)
{
    uint32_t n = t->form_length;
    if (n < 3 || shape_of(t).digits == 0)
        return 0;
    char a = (char)(t->form[n - 2] | 0x20), b = (char)(t->form[n - 1] | 0x20);
    if (t->xpos == XPOS_NNS)
        return b == 's' && (is_digit(t->form[n - 2]) ||
                            (t->form[n - 2] == '\'' && is_digit(t->form[n - 3])))
                   ? FEAT(NF_COMBI) | FEAT(NT_CARD) | FEAT(NUM_PTAN) : 0;
    bool ordinal = (a == 't' && b == 'h') || (a == 's' && b == 't') || (a == 'n' && b == 'd') ||
                   (a == 'r' && b == 'd');
    return ordinal && is_digit(t->form[n - 3]) ? FEAT(NF_COMBI) | FEAT(NT_ORD) : 0;
}

/* ---- the rest ---- */

static uint64_t default_feats(const struct token *t)
{
    switch (t->upos) {
    case UPOS_NOUN: case UPOS_PROPN: case UPOS_SYM:
        if (t->xpos == XPOS_NN || t->xpos == XPOS_NNP)
            return FEAT(NUM_SING);
        return t->xpos == XPOS_NNS || t->xpos == XPOS_NNPS ? FEAT(NUM_PLUR) : 0;
    case UPOS_ADJ:
        return t->xpos == XPOS_JJR ? FEAT(DEG_CMP) : t->xpos == XPOS_JJS ? FEAT(DEG_SUP)
             : t->xpos == XPOS_JJ || t->xpos == XPOS_NNP ? FEAT(DEG_POS) : 0;
    case UPOS_ADV:
        return t->xpos == XPOS_RBR ? FEAT(DEG_CMP) : t->xpos == XPOS_RBS ? FEAT(DEG_SUP) : 0;
    case UPOS_PART:
        return t->xpos == XPOS_RB ? FEAT(POL_NEG) : 0;
    case UPOS_X:
        return t->xpos == XPOS_FW ? FEAT(FOREIGN) : 0;
    default:
        return 0;
    }
}

/* The case of it, you and her: nominative as subject. */
static uint64_t pronoun_case(const struct tree *tree, int32_t i)
{
    for (int step = 0; step < CLIMB_MAX; step++) {
        const struct token *t = token_at(tree, i);
        uint64_t bit = (uint64_t)1 << (t->deprel < 64 ? t->deprel : 0);
        if ((bit & (SUBJECTS | REL(EXPL) | REL(ROOT) | REL(VOCATIVE) | REL(PARATAXIS) |
                    REL(DISLOCATED))) || t->deprel == REL_NONE)
            return FEAT(CASE_NOM);
        if (t->deprel != REL_CONJ || head_of(tree, t) < 0)
            return FEAT(CASE_ACC);
        i = head_of(tree, t);
    }
    return FEAT(CASE_ACC);
}

/* Relative or interrogative, for the words that can be both. */
static uint64_t wh_type(const struct tree *tree, int32_t i)
{
    const struct token *t = token_at(tree, i);
    if (tree->kids[i].rels & (REL(ACL_RELCL) | REL(ADVCL_RELCL)))
        return FEAT(PT_REL);
    if (t->xpos == XPOS_WPS || is_word(t->lemma, t->lemma_length, "that"))
        return FEAT(PT_REL);
    if (t->deprel == REL_ROOT || t->deprel == REL_DET || lemma_is(t, "what") || lemma_is(t, "how"))
        return FEAT(PT_INT);
    return climb_to_relative(tree, head_of(tree, t)) >= 0 ? FEAT(PT_REL) : FEAT(PT_INT);
}

static uint64_t ext_pos(const struct tree *tree, int32_t i)
{
    const struct token *t = token_at(tree, i);
    if (!(tree->kids[i].rels & REL(FIXED)))
        return 0;
    switch (t->deprel) {
    case REL_CASE: return FEAT(EXT_ADP);
    case REL_MARK: return FEAT(EXT_SCONJ);
    case REL_CC: case REL_CC_PRECONJ: return FEAT(EXT_CCONJ);
    case REL_ADVMOD: return FEAT(EXT_ADV);
    default: return lemma_is(t, "each") || lemma_is(t, "one") ? FEAT(EXT_PRON) : FEAT(EXT_ADV);
    }
}

static uint64_t nominal_feats(const struct tree *tree, int32_t i)
{
    const struct token *t = token_at(tree, i);
    uint64_t style = t->feats & (FEAT(STYLE_EXPR) | FEAT(TYPO)), listed = t->feats & ~style;
    uint64_t found = style | (listed != 0 ? listed : default_feats(t));
    switch (t->upos) {
    case UPOS_NUM:
        return listed != 0 ? found : style | number_feats(t);
    case UPOS_NOUN: case UPOS_ADJ: {
        uint64_t digits = digit_feats(t);
        if (digits & FEAT(NUM_PTAN))
            found &= ~FEAT(NUM_PLUR);
        return found | digits;
    }
    case UPOS_PRON: case UPOS_DET: case UPOS_ADV:
        if (t->xpos == XPOS_WDT || t->xpos == XPOS_WP || t->xpos == XPOS_WRB ||
            t->xpos == XPOS_WPS)
            return (found & ~(FEAT(PT_REL) | FEAT(PT_INT))) | wh_type(tree, i);
        if (t->xpos == XPOS_PRP && (lemma_is(t, "it") || lemma_is(t, "you")) &&
            (found & (FEAT(CASE_NOM) | FEAT(CASE_ACC))))
            return (found & ~(FEAT(CASE_NOM) | FEAT(CASE_ACC))) | pronoun_case(tree, i);
        return found;
    default:
        return found;
    }
}

bool lex_fill_feats(struct arena *arena, struct sentence *sentence)
{
    struct arena_mark mark = arena_mark(arena);
    struct tree tree = {.sentence = sentence};
    if (!gather(&tree, arena))
        return false;
    for (int verbs = 0; verbs < 2; verbs++)
        for (uint32_t i = 0; i < sentence->count; i++) {
            struct token *t = &sentence->tokens[i];
            bool verb = t->upos == UPOS_VERB || t->upos == UPOS_AUX;
            if (verb != (verbs == 1))
                continue;
            if (t->deprel == REL_GOESWITH)
                t->feats = 0;
            else if (verb)
                t->feats |= verb_feats(&tree, (int32_t)i);
            else
                t->feats = nominal_feats(&tree, (int32_t)i);
            t->feats |= ext_pos(&tree, (int32_t)i);
            if (tree.kids[i].rels & REL(GOESWITH))
                t->feats |= FEAT(TYPO);
        }
    arena_release(arena, mark);
    return true;
}

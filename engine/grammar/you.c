/* you.c -- whether "you" is one or several: what stands next to it (both of you, you two), what it
 * goes with (yourselves, each other, you are a friend), whom the sentence addresses, and whom an
 * earlier one did. Addresses come by struct grammar_document, forward only.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "grammar/mention.h"

enum { VOCATIVE_TOKENS = 5 };

static bool is_comma(const struct grammar *g, int32_t token)
{
    const struct token *t = token_at(g, token);
    return t->form_length == 1 && t->form[0] == ',';
}

static bool same_speech(const struct grammar *g, int32_t a, int32_t b)
{
    return ((token_at(g, a)->flags ^ token_at(g, b)->flags) & FLAG(QUOTED)) == 0;
}

static bool names_one(const struct grammar *g, int32_t token)
{
    static const char *const single[] = {"mum", "mom", "mummy", "dad", "daddy", "sir", "madam",
                                         "ma'am", "son", "honey", "darling", "love", "mate",
                                         "dude", "man", "bro", "sweetheart", "doctor", "officer",
                                         "professor", "grandma", "grandpa", "baby"};
    for (size_t i = 0; i < sizeof single / sizeof *single; i++)
        if (form_is(token_at(g, token), single[i]))
            return true;
    return false;
}

static bool is_greeting(const struct token *t)
{
    static const char *const words[] = {"dear", "my", "hey", "hello", "hi", "okay", "ok", "good",
                                        "morning", "evening", "afternoon", "welcome"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (form_is(t, words[i]))
            return true;
    return t->upos == UPOS_INTJ;
}

/* Dear all, hi both. */
static bool means_all(const struct grammar *g, int32_t token)
{
    const struct token *t = token_at(g, token);
    return token > 0 && (form_is(t, "all") || form_is(t, "both")) &&
           is_greeting(token_at(g, token - 1));
}

static bool names_people(struct grammar *g, int32_t head)
{
    const struct token *t = token_at(g, head);
    return names_one(g, head) || t->upos == UPOS_PROPN || means_all(g, head) ||
           (t->classes & (CLASS(PERSON) | CLASS(GROUP) | CLASS(MALE) | CLASS(FEMALE)));
}

/* How many an address names: VALUE_PL, SG, or NONE if it is no address to people. */
static enum value_id address_number(struct grammar *g, int32_t head)
{
    const struct token *t = token_at(g, head);
    if (names_one(g, head))
        return VALUE_SG;
    if (t->upos != UPOS_NOUN && t->upos != UPOS_PROPN && t->upos != UPOS_PRON)
        return VALUE_NONE;
    if (word_at(g, head)->bits & WORD_GROUP)
        return VALUE_PL;
    if (!names_people(g, head))
        return VALUE_NONE;
    for (int32_t c = g->first_child[head]; c >= 0; c = g->next_sibling[c])
        if (rel_of(g, c) == REL_CONJ && child_with(g, c, REL_BIT(CC)) >= 0)
            return VALUE_PL;
    bool plural = t->xpos == XPOS_NNS || t->xpos == XPOS_NNPS;
    if (t->upos == UPOS_PROPN)
        return plural ? VALUE_NONE : VALUE_SG;
    return plural ? VALUE_PL : VALUE_SG;
}

/* A short noun phrase between commas or sentence edges, from..to, as an address; its head or -1.
 * *joined: it names several (Mum and Dad, dear all). */
static int32_t address_head(struct grammar *g, int32_t from, int32_t to, bool *joined)
{
    int32_t head = -1;
    *joined = false;
    if (to < from || to - from >= VOCATIVE_TOKENS)
        return -1;
    for (int32_t i = from; i <= to; i++) {
        const struct token *t = token_at(g, i);
        bool and = t->upos == UPOS_CCONJ && i > from && i < to;
        bool of = head >= 0 && (form_is(t, "of") || (t->upos == UPOS_DET &&
                                                     form_is(token_at(g, i - 1), "of")));
        bool filler = is_greeting(t) || t->upos == UPOS_CCONJ || t->upos == UPOS_ADJ || of;
        bool name = t->upos == UPOS_NOUN || t->upos == UPOS_PROPN || means_all(g, i) ||
                    (word_at(g, i)->bits & WORD_GROUP) || names_one(g, i);
        if (!filler && !name)
            return -1;
        *joined = *joined || and || means_all(g, i);
        bool behind_of = i > from && head >= 0 &&
                         (form_is(token_at(g, i - 1), "of") || form_is(token_at(g, i - 1), "the"));
        if (name && !behind_of && (head < 0 || g->heads[head] == i || g->heads[i] != head))
            head = i;
    }
    return head;
}

struct cues {
    uint8_t plural, singular;
};

static void count_cue(struct cues *cues, enum value_id number)
{
    if (number == VALUE_PL && cues->plural < UINT8_MAX)
        cues->plural++;
    else if (number == VALUE_SG && cues->singular < UINT8_MAX)
        cues->singular++;
}

static bool is_break(const struct grammar *g, int32_t token)
{
    return is_punct(g, token) && token_at(g, token)->xpos != XPOS_HYPH;
}

/* Is the phrase from..to-1 set off as addresses are? By a comma on one side and an edge on the
 * other (Boys, you ..; are you there, boys?), next to the "you" itself (you, boys, ..), or as a
 * sentence of its own (Soldiers!). */
static bool is_set_off(struct grammar *g, int32_t from, int32_t to)
{
    int32_t n = (int32_t)g->sentence->count;
    bool before = from > 0 && is_comma(g, from - 1), after = to < n && is_comma(g, to);
    if (from == 0 && to < n && to + 2 >= n)
        return form_is(token_at(g, to), "!") || form_is(token_at(g, to), ":") || after;
    if (before && after)
        return to + 1 >= n || (from > 1 && word_at(g, from - 2)->bits & WORD_SECOND);
    return (before || after) && (from == 0 || to + 1 >= n || !before || !after);
}

/* Whom quoted words are said to: I told the players, "You won." */
static void count_hearers(struct grammar *g, int32_t y, struct cues *cues)
{
    if (y < 0 || !(token_at(g, y)->flags & FLAG(QUOTED)))
        return;
    for (int32_t i = 0; i < (int32_t)g->sentence->count; i++) {
        int32_t verb = g->heads[i];
        bool told = rel_of(g, i) == REL_OBJ || rel_of(g, i) == REL_IOBJ ||
                    (rel_of(g, i) == REL_OBL && child_with(g, i, REL_BIT(CASE)) >= 0 &&
                     form_is(token_at(g, child_with(g, i, REL_BIT(CASE))), "to"));
        if (told && verb >= 0 && !same_speech(g, i, y) && same_speech(g, i, verb) &&
            (token_at(g, verb)->classes & CLASS(SPEECH)))
            count_cue(cues, address_number(g, i));
    }
}

/* Addresses of the sentence: vocatives of the tree, and short phrases set off by commas. y: the
 * "you" asked for, -1: any. */
static struct cues find_addresses(struct grammar *g, int32_t y)
{
    struct cues cues = {0, 0};
    int32_t n = (int32_t)g->sentence->count;
    bool joined = false;
    for (int32_t from = 0; from < n;) {
        int32_t to = from;
        while (to < n && !is_break(g, to))
            to++;
        int32_t head = is_set_off(g, from, to) ? address_head(g, from, to - 1, &joined) : -1;
        enum deprel rel = head >= 0 ? base_rel(g, head) : REL_DEP;
        bool argument = rel == REL_OBJ || rel == REL_OBL || rel == REL_CONJ || rel == REL_NMOD ||
                        rel == REL_APPOS;
        bool heard = y < 0 || (head >= 0 && same_speech(g, head, y));
        bool beside = from > 1 && (word_at(g, from - 2)->bits & WORD_SECOND);
        if (head >= 0 && heard && (from == 0 || rel != REL_NSUBJ) &&
            (!argument || beside || (word_at(g, head)->bits & WORD_GROUP)))
            count_cue(&cues, joined && names_people(g, head) ? VALUE_PL : address_number(g, head));
        from = to + 1;
    }
    if (cues.plural || cues.singular)
        return cues;
    for (int32_t i = 0; i < n; i++)
        if (rel_of(g, i) == REL_VOCATIVE && (y < 0 || same_speech(g, i, y)))
            count_cue(&cues, address_number(g, i));
    if (!cues.plural && !cues.singular)
        count_hearers(g, y, &cues);
    return cues;
}

/* How sure each cue makes, percent; set by hand on sentences of our own (tests/reference.tsv). */
enum { SURE_NEXT = 97, SURE_REFLEXIVE = 95, SURE_RECIPROCAL = 93, SURE_PREDICATE = 88,
       SURE_ADDRESS = 90, SURE_RECENT = 80, SURE_REMEMBERED = 70, SURE_OLD = 55 };

static bool form_in(const struct token *t, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (form_is(t, list[i]))
            return true;
    return false;
}
#define FORM_IN(t, list) form_in(t, list, sizeof(list) / sizeof *(list))

static struct number_guess guess(enum value_id number, int sure)
{
    return (struct number_guess){(uint8_t)number, (uint8_t)sure};
}

/* you two, you boys, both of you, you are all. */
static bool is_counted(struct grammar *g, int32_t y)
{
    static const char *const after[] = {"two", "three", "four", "five", "six", "all", "both",
                                        "guys", "lot", "folks", "people", "boys", "girls", "lads",
                                        "gentlemen", "ladies", "kids", "children"};
    static const char *const before[] = {"both", "all", "some", "many", "each", "two", "three",
                                         "four", "none", "any", "most", "one", "several", "half",
                                         "neither", "either", "rest", "everyone", "few"};
    if (has_token(g, y + 1) && FORM_IN(token_at(g, y + 1), after))
        return true;
    if (y >= 2 && form_is(token_at(g, y - 1), "of") && FORM_IN(token_at(g, y - 2), before))
        return true;
    for (int32_t i = y + 1; has_token(g, i) && i <= y + 4; i++) {
        const struct token *t = token_at(g, i);
        if ((form_is(t, "all") || form_is(t, "both") || form_is(t, "each")) &&
            token_at(g, i - 1)->upos == UPOS_AUX)
            return !has_token(g, i + 1) || !form_is(token_at(g, i + 1), "right");
        if (t->upos != UPOS_AUX && t->upos != UPOS_ADV && t->upos != UPOS_PART)
            break;
    }
    return false;
}

/* yourself, yourselves, each other: what "you" is taken up by in the sentence. */
static struct number_guess taken_up(struct grammar *g, int32_t y)
{
    for (int32_t i = 0; i < (int32_t)g->sentence->count; i++) {
        const struct token *t = token_at(g, i);
        if (i == y || !same_speech(g, i, y))
            continue;
        if (form_is(t, "yourselves"))
            return guess(VALUE_PL, SURE_REFLEXIVE);
        if (form_is(t, "yourself"))
            return guess(VALUE_SG, SURE_REFLEXIVE);
        bool other = has_token(g, i + 1) && form_is(token_at(g, i + 1), "other");
        bool another = has_token(g, i + 1) && form_is(token_at(g, i + 1), "another");
        if (i > y && i <= y + 8 && ((form_is(t, "each") && other) ||
                                    (form_is(t, "one") && another)) &&
            predicate_subject(g, g->heads[i] < 0 ? i : g->heads[i], NULL) == y)
            return guess(VALUE_PL, SURE_RECIPROCAL);
    }
    return guess(VALUE_NONE, 0);
}

/* you are a friend; you are friends. */
static struct number_guess predicate_number(struct grammar *g, int32_t y)
{
    int32_t p = g->heads[y];
    if (p < 0 || base_rel(g, y) != REL_NSUBJ || child_with(g, p, REL_BIT(COP)) < 0)
        return guess(VALUE_NONE, 0);
    const struct token *t = token_at(g, p);
    if (t->upos != UPOS_NOUN || child_with(g, p, REL_BIT(CASE)) >= 0 ||
        !(t->classes & CLASS(PERSON)))
        return guess(VALUE_NONE, 0);
    if (t->xpos == XPOS_NNS)
        return guess(VALUE_PL, SURE_PREDICATE);
    int32_t det = child_with(g, p, REL_BIT(DET));
    bool one = det >= 0 && (form_is(token_at(g, det), "a") || form_is(token_at(g, det), "an"));
    return one ? guess(VALUE_SG, SURE_PREDICATE) : guess(VALUE_NONE, 0);
}

static int remembered_sure(const struct grammar *g)
{
    uint32_t back = g->sentence->number - g->document->addressed;
    return back <= 3 ? SURE_RECENT : back <= 12 ? SURE_REMEMBERED : SURE_OLD;
}

struct number_guess you_number(struct grammar *grammar, int32_t you)
{
    static const char *const plural[] = {"y'all", "yall", "yous", "youse"};
    const struct token *t = token_at(grammar, you);
    if (FORM_IN(t, plural) || is_counted(grammar, you))
        return guess(VALUE_PL, SURE_NEXT);
    if (form_is(t, "thou"))
        return guess(VALUE_SG, SURE_NEXT);
    struct number_guess found = taken_up(grammar, you);
    if (found.sure)
        return found;
    struct cues cues = find_addresses(grammar, you);
    int sure = SURE_ADDRESS;
    if (!cues.plural && !cues.singular) {
        found = predicate_number(grammar, you);
        if (found.sure || !grammar->document)
            return found;
        cues.plural = grammar->document->addressee_plural;
        cues.singular = grammar->document->addressee_singular;
        sure = remembered_sure(grammar);
    }
    if (cues.plural && !cues.singular)
        return guess(VALUE_PL, sure);
    return cues.singular && !cues.plural ? guess(VALUE_SG, sure) : guess(VALUE_NONE, 0);
}

void remember_addresses(struct grammar *grammar, struct grammar_document *document)
{
    struct cues cues = find_addresses(grammar, -1);
    if (!cues.plural && !cues.singular)
        return;
    document->addressee_plural = cues.plural; /* a new address takes the place of an older one */
    document->addressee_singular = cues.singular;
    document->addressed = grammar->sentence->number;
}

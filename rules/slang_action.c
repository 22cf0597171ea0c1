/* slang_action.c -- putting one side of a sense in the place of the other: edits in the rule
 * language, and what they ask of the place.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <string.h>

#include "slang.h"

struct action_weaver {
    struct weave *w;
    const struct slang_entry *entry;
    const struct phrase *a, *b;
    struct way way;
    unsigned needs;
    bool quoted;  /* a string is open */
};

unsigned phrase_needs(const struct phrase *a, const struct phrase *b)
{
    unsigned needs = 0;
    if (a->np_last && (phrase_find(b, PIECE_SBS) || phrase_particle(b)))
        needs |= NEED_PRONOUN;
    else if (a->np_last && (b->np_inside || phrase_find(b, PIECE_SB)))
        needs |= NEED_OBJECT;
    if ((phrase_find(b, PIECE_POSS) && !phrase_find(a, PIECE_POSS)) ||
        (phrase_find(b, PIECE_SELF) && !phrase_find(a, PIECE_SELF)))
        needs |= NEED_SUBJECT;
    return needs;
}

void weave_needed(struct weave *w, const struct phrase *a, struct way way, unsigned needs)
{
    if (needs & NEED_OBJECT)
        weave_add(w, a->at, " ; maybe { obj(x, o) ; x before o ; k = np(o) }");
    if (needs & NEED_PRONOUN)
        weave_add(w, a->at, " ; maybe { seq %s u:[PRP] }", phrase_span(a, way));
    if (needs & NEED_SUBJECT)
        weave_add(w, a->at, " ; maybe { g = vg(x) ; s = g.subj }");
}

/* One word that other words will take the place of, without an object of their own. */
static bool wants_no_object(const struct slang_entry *e, const struct phrase *a,
                            const struct phrase *b)
{
    bool objects = a->np_last || a->np_inside || b->np_last || b->np_inside ||
                   phrase_find(b, PIECE_SB) || phrase_find(b, PIECE_SBS);
    return e->pos == SLANG_VERB && phrase_is_single(a) && b->count > 1 && !objects && b->head;
}

/* The object that a phrase ends before: it stands there, or it is the subject of a passive or what
 * a clause describes, if the other side can do without it too. */
static void add_object(struct action_weaver *v)
{
    const char *p = phrase_span(v->a, v->way);
    bool single = phrase_is_single(v->a), passive = phrase_takes_passive(v->b);
    weave_add(v->w, v->b->at, passive ? " ; any { seq %s [!PUNCT !CCONJ%s]" :
              " ; not { nsubj:pass|aux:pass(x, []) } ; seq %s [!PUNCT !CCONJ%s]", p,
              single ? " !\"by\"" : "");
    if (passive)
        weave_add(v->w, v->b->at, " } or { nsubj:pass|aux:pass(x, []) } or "
                  "{ x[VBN] ; seq %s [\"by\"] } or { c8 = clause(x)[gap=obj] }", p);
}

/* What the output asks of the place; false: nothing. */
static bool add_needs(struct action_weaver *v)
{
    struct weave *w = v->w;
    struct place at = v->b->at;
    size_t before = w->bytes.length;
    if (phrase_find(v->b, PIECE_ARTICLE))
        weave_add(w, at, v->way.article ? " ; not { det|nmod:poss|amod|nummod(x, []) }"
                                        : " ; det|nmod:poss(x, [])");
    if (v->b->np_last && !v->a->np_last && !v->a->np_inside && !phrase_find(v->a, PIECE_SBS) &&
        v->entry->pos == SLANG_VERB)
        weave_add(w, at, " ; obj(x, o1) ; x before o1");
    if (v->needs & NEED_OBJECT)
        weave_add(w, at, " ; o[.fresh|.made]");
    if ((v->needs & NEED_PRONOUN) && (v->way.behind || phrase_find(v->b, PIECE_SBS)))
        weave_add(w, at, " ; u[.fresh|.made]");
    else if (v->needs & NEED_PRONOUN)
        weave_add(w, at, " ; not { seq %s [PRP] }", phrase_span(v->a, v->way));
    if (v->a->np_last && !v->way.apart && v->entry->pos == SLANG_VERB)
        add_object(v);
    if (slang_is_fixed(v->entry->pos) && v->a->head && !v->b->head) /* it cannot inflect along */
        weave_add(w, at, " ; x[\"%s\"]", v->a->head->text);
    if (wants_no_object(v->entry, v->a, v->b))
        weave_add(w, at, " ; not { obj|nsubj:pass(x, []) }");
    return w->bytes.length > before;
}

static void open_text(struct action_weaver *v, struct place at)
{
    weave_add(v->w, at, v->quoted ? " " : " \"");
    v->quoted = true;
}

static void close_text(struct action_weaver *v, struct place at)
{
    if (v->quoted)
        weave_add(v->w, at, "\"");
    v->quoted = false;
}

static void add_head(struct action_weaver *v, const struct piece *piece)
{
    static const char *const forms[SLANG_POS_COUNT] = {"noun", "verb", "adj", "adj", "verb",
                                                       "noun", "noun"};
    const struct slang_entry *e = v->entry;
    if (v->b == e->terms && (e->plural || e->mass) && !piece->form) {
        open_text(v, piece->at); /* it has this form only */
        weave_copy(v->w, piece->at, piece->text, strlen(piece->text));
        return;
    }
    close_text(v, piece->at);
    const char *form = piece->form ? piece->form : forms[v->entry->pos];
    bool takes = !piece->form || strcmp(form, "pres") == 0;
    weave_add(v->w, piece->at, " \"%s\":%s%s", piece->text, form, takes ? "(x)" : "");
}

static void add_slot(struct action_weaver *v, const struct piece *piece)
{
    const struct phrase *a = v->a;
    struct place at = piece->at;
    close_text(v, at);
    switch (piece->kind) {
    case PIECE_POSS:
        weave_add(v->w, at, phrase_find(a, PIECE_POSS) ? " d" : " pron(s):gen");
        break;
    case PIECE_SELF:
        weave_add(v->w, at, phrase_find(a, PIECE_SELF) ? " d" : " pron(s):refl");
        break;
    case PIECE_SBS:
        weave_add(v->w, at, v->needs & NEED_PRONOUN ? " u:gen" : v->way.owner ? " n \"'s\"" : " d");
        break;
    case PIECE_TAG: weave_add(v->w, at, " tag(x)"); break;
    case PIECE_NP:
    case PIECE_SB:
        if (a->np_last)
            break;
        if (phrase_find(a, PIECE_SBS) && !v->way.owner)
            weave_add(v->w, at, " d:acc");
        else if (phrase_find(a, PIECE_SBS) || a->np_inside || phrase_find(a, PIECE_SB))
            weave_add(v->w, at, " n");
        break;
    default: break;
    }
}

/* Pieces from one on, up to the object if it stays where it is; returns the piece behind it. */
static const struct piece *add_pieces(struct action_weaver *v, const struct piece *piece)
{
    for (; piece; piece = piece->next) {
        bool stays = (piece->kind == PIECE_NP || piece->kind == PIECE_SB) &&
                     ((v->needs & NEED_OBJECT) || v->way.apart);
        if (stays) {
            close_text(v, piece->at);
            return piece->next;
        }
        if ((piece->kind == PIECE_ARTICLE && !v->way.article) || (piece->particle && v->way.behind))
            continue;
        if (piece->kind != PIECE_WORD && piece->kind != PIECE_ARTICLE)
            add_slot(v, piece);
        else if (piece->head)
            add_head(v, piece);
        else {
            open_text(v, piece->at);
            weave_copy(v->w, piece->at, piece->text, strlen(piece->text));
        }
    }
    close_text(v, v->b->at);
    return NULL;
}

static void add_deletions(struct action_weaver *v)
{
    struct place at = v->b->at;
    if (v->b->nothing)
        weave_add(v->w, at, " delete %s", phrase_span(v->a, v->way));
    if (v->b->nothing && v->way.place && v->way.place != PLACE_BARE)
        weave_add(v->w, at, " ; delete c");
    if (v->b->nothing && v->way.place == PLACE_BOTH)
        weave_add(v->w, at, " ; delete c2");
}

void weave_action(struct weave *w, const struct slang_entry *e, const struct phrase *a,
                  const struct phrase *b, struct way way, const struct condition *conditions)
{
    struct action_weaver v = {w, e, a, b, way, phrase_needs(a, b), false};
    const char *p = phrase_span(a, way);
    size_t start = w->bytes.length;
    weave_add(w, b->at, "when x[]");
    bool asks = add_needs(&v);
    weave_conditions(w, conditions, p);
    weave_add(w, b->at, conditions ? " ; x[] :" : " :"); /* "seq [a] x :" would name a token x */
    if (!asks && !conditions) {
        w->bytes.length = start; /* nothing is asked */
        w->origins.length = start * sizeof(uint32_t);
    }
    if (b->nothing) {
        add_deletions(&v);
        return;
    }
    weave_add(w, b->at, " %s :=", p);
    const struct piece *rest = add_pieces(&v, b->pieces);
    if (way.apart) {
        weave_add(w, b->at, rest ? " ; q :=" : " ; delete q");
        add_pieces(&v, rest);
    } else if (rest) {
        weave_add(w, b->at, " ; insert");
        add_pieces(&v, rest);
        weave_add(w, b->at, " after k.end as advmod(x)");
    }
    if (way.behind)
        weave_add(w, b->at, " ; insert \"%s\" after u as compound:prt(x)",
                  phrase_particle(b)->text);
    else if ((v.needs & NEED_PRONOUN) && phrase_find(b, PIECE_SBS))
        weave_add(w, b->at, " ; delete u");
    const struct piece *article = phrase_find(a, PIECE_ARTICLE);
    if (article)
        weave_add(w, b->at, " ; delete l");
}

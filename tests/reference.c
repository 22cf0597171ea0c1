/* reference.c -- scores what pronouns are taken to stand for, as a test and on treebanks:
 *   reference                        the sentences of tests/reference.tsv, with floors (make check)
 *   reference [--show] FILE.tsv      the same for another file, without floors
 *   reference [--predict] [--show] FILE.conllu   a treebank with Entity= (GUM)
 * --show prints what is wrong.
 * Precision is of what is claimed at a confidence or above; recall of all that could be claimed.
 * Data comes from $ISOGLOSS_DATA_DIR ("data").
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "train/entities.h"

/* The first four: the phrase taken up; NOUN_: the noun that names it, at the end of a chain. */
enum group { GROUP_IT, GROUP_THEY, GROUP_HE, GROUP_THIS, GROUP_EMPTY, GROUP_REFERS, GROUP_YOU,
             NOUN_IT, NOUN_THEY, NOUN_HE, NOUN_THIS, GROUPS };
static const char *const group_names[] = {"it, its", "they, them", "he, she", "this, that",
                                          "empty it", "it refers", "you sg/pl", "noun of it",
                                          "noun of they", "noun of he", "noun of this"};
static const int thresholds[] = {0, 50, 60, 70, 80, 90};
enum { THRESHOLDS = sizeof thresholds / sizeof *thresholds, MENTIONS = 1 << 16 };

struct tally {
    unsigned asked[GROUPS], claimed[GROUPS][THRESHOLDS], right[GROUPS][THRESHOLDS];
    unsigned bins[2][11], bin_right[2][11]; /* phrases, empty it: by tenths of confidence */
    unsigned things[16][THRESHOLDS];        /* claimed kind=thing: what the treebank says it is */
    bool show;
};

static void claim(struct tally *t, enum group group, int sure, bool right)
{
    for (int i = 0; i < THRESHOLDS; i++)
        if (sure >= thresholds[i]) {
            t->claimed[group][i]++;
            t->right[group][i] += right;
        }
    if (group == GROUP_EMPTY || group >= NOUN_IT) {
        t->bins[group == GROUP_EMPTY][sure / 10]++;
        t->bin_right[group == GROUP_EMPTY][sure / 10] += right;
    }
}

static double percent(unsigned part, unsigned of)
{
    return of ? 100.0 * part / of : 0;
}

static void report(const struct tally *t)
{
    printf("# precision / recall (claimed) at a confidence of at least ...\n"
           "# %-11s %6s", "", "asked");
    for (int i = 0; i < THRESHOLDS; i++)
        printf("   >= %2d %%          ", thresholds[i]);
    for (int group = 0; group < GROUPS; group++) {
        if (!t->asked[group] && !t->claimed[group][0])
            continue;
        printf("\n# %-11s %6u", group_names[group], t->asked[group]);
        for (int i = 0; i < THRESHOLDS; i++)
            printf("  %5.1f / %5.1f (%3u)", percent(t->right[group][i], t->claimed[group][i]),
                   percent(t->right[group][i], t->asked[group]), t->claimed[group][i]);
    }
    for (int which = 0; which < 2; which++) {
        printf("\n# confidence of %s, claimed: right (how many):",
               which ? "empty it" : "nouns");
        for (int i = 0; i < 11; i++)
            if (t->bins[which][i])
                printf(" %d-: %.0f (%u)", i * 10,
                       percent(t->bin_right[which][i], t->bins[which][i]), t->bins[which][i]);
    }
    printf("\n");
}

/* ---- treebanks ---- */

static const char *const types[] = {"object", "substance", "plant", "place", "organization",
                                    "abstract", "event", "time", "animal", "person", ""};

static const struct mention *taken_up(const struct grammar_document *d, const struct mention *p)
{
    for (uint32_t i = d->mention_count; p->distance && i-- > 0;)
        if (d->mentions[i].place == p->place - p->distance && d->mentions[i].entity == p->entity)
            return &d->mentions[i];
    return NULL;
}

static void show(const struct sentence *s, const struct mention *p, const char *what)
{
    printf("%-10s %3d  %.*s(%d)<%d:", what, p->link, (int)s->tokens[p->token].form_length,
           s->tokens[p->token].form, p->token + 1, p->back);
    for (uint32_t i = 0; i < s->count; i++)
        printf(" %.*s", (int)s->tokens[i].form_length, s->tokens[i].form);
    printf("\n");
}

/* The noun at the end of the chain; a chain without one claims nothing. */
static void score_noun(struct tally *t, const struct entities *all, uint32_t sentence,
                       const struct grammar_document *d, const struct mention *p, enum group group)
{
    struct gold_pronoun gold = gold_of_pronoun(all, sentence, p->token);
    const struct mention *to = p;
    uint32_t where = sentence;
    while (to && to->form != 255 && (to->bits & MENTION_PRO)) {
        where -= to->back;
        to = taken_up(d, to);
    }
    if (to)
        claim(t, NOUN_IT + (group - GROUP_IT), p->sure,
              gold.state == GOLD_TAKES_UP && gold_is(all, where, to, gold.entity));
}

static void score_pronoun(struct tally *t, const struct entities *all, uint32_t sentence,
                          const struct grammar_document *d, const struct mention *p,
                          enum pronoun_class class)
{
    struct gold_pronoun gold = gold_of_pronoun(all, sentence, p->token);
    if (gold.state == GOLD_UNKNOWN || (gold.type[0] == '*' && p->kind == VALUE_EVENT))
        return;
    const struct mention *to = taken_up(d, p);
    enum group group = (enum group)class;
    const struct token *token = &all->conllu.sentences[sentence].tokens[p->token];
    bool it = class == CLASS_OF_IT && token->form_length == 2;
    t->asked[group] += gold.state == GOLD_TAKES_UP;
    t->asked[NOUN_IT + (group - GROUP_IT)] += gold.state == GOLD_TAKES_UP;
    t->asked[GROUP_EMPTY] += it && gold.state == GOLD_DUMMY;
    t->asked[GROUP_REFERS] += it && gold.state != GOLD_DUMMY;
    if (p->kind == VALUE_DUMMY) {
        claim(t, GROUP_EMPTY, p->link, gold.state == GOLD_DUMMY);
        if (t->show && gold.state != GOLD_DUMMY)
            show(&all->conllu.sentences[sentence], p, "not-empty");
        return;
    }
    if (!to) {
        if (t->show && all->keyed && gold.type[0] != '*')
            show(&all->conllu.sentences[sentence], p, "not found");
        return;
    }
    bool right = gold.state == GOLD_TAKES_UP && gold_is(all, sentence - p->back, to, gold.entity);
    claim(t, group, p->link, right);
    score_noun(t, all, sentence, d, p, group);
    if (it)
        claim(t, GROUP_REFERS, p->link, gold.state != GOLD_DUMMY);
    if (p->kind == VALUE_THING && it)
        for (int i = 0; i < THRESHOLDS; i++)
            for (int k = 0; k < 11 && p->sure >= thresholds[i]; k++)
                t->things[k][i] += strcmp(gold.type, types[k]) == 0;
    if (t->show && !right) {
        const struct sentence *from = &all->conllu.sentences[sentence - p->back];
        char what[40];
        snprintf(what, sizeof what, "%s:%.*s", gold.state == GOLD_DUMMY ? "EMPTY" : "wrong",
                 (int)from->tokens[to->token].form_length, from->tokens[to->token].form);
        show(&all->conllu.sentences[sentence], p, what);
    }
}

/* ---- "you", of texts with keys ---- */

static void score_you(struct tally *t, struct grammar *g, const struct gold_you *you)
{
    struct number_guess guess = you_number(g, you->token);
    bool right = guess.number == you->number;
    t->asked[GROUP_YOU] += you->number != VALUE_NONE;
    if (guess.number != VALUE_NONE)
        claim(t, GROUP_YOU, guess.sure, right);
    if (!right && t->show)
        printf("you is %s, not %s: %.40s\n", vocab_name(VOCAB_LIST_VALUE, you->number),
               vocab_name(VOCAB_LIST_VALUE, guess.number), g->sentence->tokens[0].form);
}

/* ---- all of a file ---- */

static void score_all(struct tally *t, const struct entities *all, const struct lexicon *lexicon)
{
    static struct mention pool[MENTIONS];
    struct grammar_document document;
    struct arena arena;
    struct grammar g;
    arena_init(&arena);
    for (uint32_t i = 0; i < all->conllu.count; i++) {
        if (i == 0 || all->documents[i] != all->documents[i - 1]) {
            memset(&document, 0, sizeof document);
            document.mentions = pool;
            document.mention_capacity = MENTIONS;
        }
        arena_reset(&arena);
        if (!grammar_init(&g, &all->conllu.sentences[i], lexicon, &arena, &document))
            exit(1);
        for (size_t k = 0; k < all->you_count; k++)
            if (all->you[k].sentence == i)
                score_you(t, &g, &all->you[k]);
        grammar_remember(&g);
        uint32_t count;
        uint16_t form;
        const struct mention *mentions = sentence_mentions(&g, &count);
        for (uint32_t k = 0; k < count; k++) {
            enum pronoun_class class = pronoun_class_of(&g, mentions[k].token, &form);
            if (class != NO_PRONOUN_CLASS && !(mentions[k].bits & MENTION_COORD))
                score_pronoun(t, all, i, &document, &mentions[k], class);
        }
    }
    arena_clear(&arena);
    report(t);
    if (all->keyed)
        return;
    printf("# it, kind=thing: what the treebank calls it, at each confidence\n");
    for (int k = 0; k < 11; k++) {
        printf("#   %-13s", types[k][0] ? types[k] : "(no mention)");
        for (int i = 0; i < THRESHOLDS; i++)
            printf(" %4u", t->things[k][i]);
        printf("\n");
    }
}

/* ---- the test ---- */

/* The least precision and recall, percent, at a confidence of 70. */
static const struct {
    enum group group;
    double precision, recall;
} floors[] = {
    {GROUP_IT, 85, 60},    {GROUP_THEY, 95, 85}, {GROUP_HE, 90, 90},
    {GROUP_EMPTY, 97, 85}, {GROUP_YOU, 97, 90},  {GROUP_REFERS, 95, 65},
};

static int check(const struct tally *t)
{
    int failed = 0, at = 3;
    size_t n = sizeof floors / sizeof *floors;
    printf("1..%zu\n", n);
    for (size_t i = 0; i < n; i++) {
        enum group group = floors[i].group;
        double precision = percent(t->right[group][at], t->claimed[group][at]);
        double recall = percent(t->right[group][at], t->asked[group]);
        bool good = t->asked[group] && precision >= floors[i].precision &&
                    recall >= floors[i].recall;
        printf("%sok %zu - %s: precision %.1f (at least %.0f), recall %.1f (at least %.0f)\n",
               good ? "" : "not ", i + 1, group_names[group], precision, floors[i].precision,
               recall, floors[i].recall);
        failed |= !good;
    }
    return failed;
}

int main(int argc, char **argv)
{
    static struct tally tally;
    static struct entities all;
    const char *dir = getenv("ISOGLOSS_DATA_DIR"), *top = getenv("top_srcdir");
    const char *data = dir ? dir : "data", *path = argc > 1 ? argv[argc - 1] : NULL;
    char name[4096];
    struct lexicon *lexicon;
    bool predicted = false;
    isg_error error;
    for (int i = 1; i + 1 < argc; i++) {
        predicted |= strcmp(argv[i], "--predict") == 0;
        tally.show |= strcmp(argv[i], "--show") == 0;
    }
    snprintf(name, sizeof name, "%s/isogloss.lex", data);
    if (lexicon_open(name, &lexicon, &error) != ISG_OK)
        return fprintf(stderr, "%s\n", error.message), 1;
    int status = 0;
    snprintf(name, sizeof name, "%s/tests/reference.tsv", top ? top : ".");
    if (path && strstr(path, ".conllu"))
        entities_read(&all, path, data, predicted, lexicon);
    else
        entities_read_keys(&all, path ? path : name, data, lexicon);
    if (all.broken)
        fprintf(stderr, "%u keys fit nothing\n", all.broken);
    score_all(&tally, &all, lexicon);
    if (!path)
        status = check(&tally) || all.broken;
    entities_clear(&all);
    lexicon_close(lexicon);
    return status;
}

/* test_realiser.c -- verb groups rewritten: chains, negation, inversion, agreement, dropped and
 * stranded verbs, and that an unchanged group logs nothing. Sentences are analysed by hand, so that
 * no model decides a result.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef _POSIX_C_SOURCE
#define _POSIX_C_SOURCE 200809L
#endif

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <cmocka.h>

#include "grammar_case.h"

/* asked: steps apart by "; ": -word deletes it, attribute=value sets, left = right rewrites links.
 * The group is the root's. Results are compared without case: the capital comes later. */
struct realiser_case {
    const char *sentence, *asked, *expected;
};

static const struct realiser_case cases[] = {
    /* after perfect */
    {"Has/VBZ/4/aux she/PRP/4/nsubj just/RB/4/advmod sold/VBD/0/root the/DT/6/det boat/NN/4/obj "
     "+?/./4/punct",
     "-just; have V:pp = be \"after\" V:ing",
     "Is she after selling the boat?"},
    {"I/PRP/5/nsubj:pass +'ve/VBP/5/aux just/RB/5/advmod been/VBN/5/aux:pass paid/VBN/0/root "
     "+././5/punct",
     "-just; have V:pp = be \"after\" V:ing",
     "I'm after being paid."},
    {"The/DT/2/det children/NNS/5/nsubj have/VBP/5/aux just/RB/5/advmod eaten/VBN/0/root "
     "their/PRP$/7/nmod:poss dinner/NN/5/obj +././5/punct",
     "-just; have V:pp = be \"after\" V:ing",
     "The children are after eating their dinner."},
    {"She/PRP/4/nsubj has/VBZ/4/aux just/RB/4/advmod sold/VBN/0/root the/DT/6/det boat/NN/4/obj "
     "+././4/punct",
     "have V:pp = be \"just\" \"after\" V:ing; -just",
     "She is just after selling the boat."},
    {"He/PRP/4/nsubj +'d/MD/4/aux just/RB/4/advmod left/VBN/0/root +././4/punct",
     "-just; have V:pp = be \"after\" V:ing",
     "He was after leaving."},
    {"We/PRP/4/nsubj +’ve/VBP/4/aux just/RB/4/advmod paid/VBN/0/root him/PRP/4/obj +././4/punct",
     "-just; have V:pp = be \"after\" V:ing",
     "We’re after paying him."},
    {"They/PRP/4/nsubj have/VBP/4/aux +n't/RB/4/advmod finished/VBN/0/root +././4/punct",
     "have V:pp = be \"after\" V:ing",
     "They aren't after finishing."},
    {"Tom/NNP/3/nsubj has/VBZ/3/aux travelled/VBN/0/root widely/RB/3/advmod +././3/punct",
     "have V:pp = be \"after\" V:ing",
     "Tom is after travelling widely."},
    /* an auxiliary in the place of do, behind an adverb */
    {"You/PRP/5/nsubj just/RB/5/advmod do/VBP/5/aux +n't/RB/5/advmod want/VB/0/root it/PRP/5/obj "
     "+././5/punct",
     "V = be V:ing",
     "You just aren't wanting it."},
    /* perfect to past */
    {"She/PRP/5/nsubj +'s/VBZ/5/aux never/RB/5/advmod been/VBN/5/cop ill/JJ/0/root +././5/punct",
     "perf=no; tense=past",
     "She was never ill."},
    {"I/PRP/5/nsubj really/RB/5/advmod have/VBP/5/aux +n't/RB/5/advmod thought/VBN/0/root "
     "+././5/punct",
     "perf=no; tense=past",
     "I really didn't think."},
    {"Have/VBP/4/aux you/PRP/4/nsubj ever/RB/4/advmod visited/VBN/0/root Belfast/NNP/4/obj "
     "+?/./4/punct",
     "have V:pp = V; tense=past",
     "Did you ever visit Belfast?"},
    {"They/PRP/4/nsubj have/VBP/4/aux +n't/RB/4/advmod found/VBN/0/root a/DT/7/det new/JJ/7/amod "
     "one/NN/4/obj +././4/punct",
     "have V:pp = V; tense=past",
     "They didn't find a new one."},
    {"They/PRP/3/nsubj have/VBP/3/aux sold/VBN/0/root the/DT/5/det house/NN/3/obj +././3/punct",
     "have V:pp = V; tense=past",
     "They sold the house."},
    /* like */
    {"They/PRP/2/nsubj said/VBD/0/root +,/,/6/punct \"/``/6/punct +We/PRP/6/nsubj won/VBD/2/ccomp "
     "+././6/punct +\"/''/6/punct",
     "V = be \"like\"",
     "They were like, \"We won.\""},
    {"Mum/NN/2/nsubj says/VBZ/0/root +,/,/5/punct \"/``/5/punct +Go/VB/2/ccomp +!/./5/punct "
     "+\"/''/5/punct",
     "V = be \"like\"",
     "Mum is like, \"Go!\""},
    /* done */
    {"She/PRP/3/nsubj has/VBZ/3/aux eaten/VBN/0/root the/DT/5/det cake/NN/3/obj +././3/punct",
     "have V:pp = \"done\" V:pp",
     "She done eaten the cake."},
    {"She/PRP/2/nsubj ate/VBD/0/root the/DT/4/det cake/NN/2/obj +././2/punct",
     "V = \"done\" V:past",
     "She done ate the cake."},
    /* do */
    {"He/PRP/2/nsubj goes/VBZ/0/root home/RB/2/advmod +././2/punct",
     "V = do V:base",
     "He does go home."},
    {"He/PRP/2/nsubj went/VBD/0/root home/RB/2/advmod +././2/punct",
     "V = do V:base",
     "He did go home."},
    {"He/PRP/3/nsubj did/VBD/3/aux go/VB/0/root home/RB/3/advmod +././3/punct",
     "do V:base = V",
     "He went home."},
    /* inversion */
    {"What/WP/5/obj does/VBZ/5/aux he/PRP/5/nsubj really/RB/5/advmod want/VBP/0/root +?/./5/punct",
     "inv=no",
     "What he really wants?"},
    {"Where/WRB/0/root is/VBZ/1/cop my/PRP$/4/nmod:poss bag/NN/1/nsubj +?/./1/punct",
     "inv=no",
     "Where my bag is?"},
    {"Why/WRB/5/advmod do/VBP/5/aux +n't/RB/5/advmod you/PRP/5/nsubj go/VB/0/root +?/./5/punct",
     "inv=no",
     "Why you don't go?"},
    {"Why/WRB/5/advmod does/VBZ/5/aux +n't/RB/5/advmod he/PRP/5/nsubj go/VB/0/root +?/./5/punct",
     "inv=no",
     "Why he doesn't go?"},
    {"What/WP/4/obj are/VBP/4/aux you/PRP/4/nsubj doing/VBG/0/root +?/./4/punct",
     "inv=no; fin=zero",
     "What you doing?"},
    {"What/WP/4/obj are/VBP/4/aux you/PRP/4/nsubj doing/VBG/0/root +?/./4/punct",
     "inv=no",
     "What you are doing?"},
    {"Where/WRB/4/advmod do/VBP/4/aux you/PRP/4/nsubj live/VB/0/root +?/./4/punct",
     "inv=no",
     "Where you live?"},
    {"Where/WRB/4/advmod does/VBZ/4/aux he/PRP/4/nsubj live/VB/0/root +?/./4/punct",
     "inv=no",
     "Where he lives?"},
    {"Where/WRB/4/advmod did/VBD/4/aux he/PRP/4/nsubj go/VB/0/root +?/./4/punct",
     "inv=no",
     "Where he went?"},
    {"How/WRB/2/advmod long/RB/6/advmod have/VBP/6/aux you/PRP/6/nsubj been/VBN/6/cop "
     "there/RB/0/root +?/./6/punct",
     "inv=no",
     "How long you have been there?"},
    {"How/WRB/2/advmod long/RB/6/advmod have/VBP/6/aux you/PRP/6/nsubj been/VBN/6/cop "
     "there/RB/0/root +?/./6/punct",
     "inv=no; fin=zero",
     "How long you been there?"},
    {"What/WP/4/obj +'s/VBZ/4/aux he/PRP/4/nsubj doing/VBG/0/root +?/./4/punct",
     "inv=no",
     "What he's doing?"},
    {"What/WP/5/obj +'s/VBZ/5/aux your/PRP$/4/nmod:poss brother/NN/5/nsubj doing/VBG/0/root "
     "+?/./5/punct",
     "inv=no",
     "What your brother is doing?"},
    {"Can/MD/3/aux you/PRP/3/nsubj see/VB/0/root it/PRP/3/obj +?/./3/punct",
     "inv=no",
     "you can see it?"},
    {"Is/VBZ/4/cop +n't/RB/4/advmod he/PRP/4/nsubj happy/JJ/0/root +?/./4/punct",
     "inv=no",
     "he isn't happy?"},
    /* negative */
    {"Nobody/NN/2/nsubj showed/VBD/0/root up/RP/2/compound:prt +././2/punct",
     "neg=n't; inv=yes; agree=zero",
     "Didn't nobody show up."},
    {"No/DT/2/det dog/NN/3/nsubj barks/VBZ/0/root +././3/punct",
     "neg=n't; inv=yes; agree=zero",
     "Don't no dog bark."},
    {"No/DT/2/det dog/NN/3/nsubj barks/VBZ/0/root +././3/punct",
     "neg=n't; inv=yes",
     "Doesn't no dog bark."},
    {"Nobody/NN/3/nsubj is/VBZ/3/cop home/NN/0/root +././3/punct",
     "neg=n't; inv=yes; agree=zero",
     "Isn't nobody home."},
    {"Nobody/NN/3/nsubj can/MD/3/aux see/VB/0/root it/PRP/3/obj +././3/punct",
     "neg=n't; inv=yes",
     "Can't nobody see it."},
    {"Nobody/NN/3/nsubj will/MD/3/aux come/VB/0/root +././3/punct",
     "neg=n't; inv=yes",
     "Won't nobody come."},
    {"Nobody/NN/2/nsubj showed/VBD/0/root up/RP/2/compound:prt +././2/punct",
     "neg=ain't; inv=yes",
     "Ain't nobody showed up."},
    {"Nobody/NN/3/nsubj is/VBZ/3/aux telling/VBG/0/root us/PRP/3/iobj anything/NN/3/obj "
     "+././3/punct",
     "neg=ain't; inv=yes",
     "Ain't nobody telling us anything."},
    {"They/PRP/4/nsubj +'re/VBP/4/cop not/RB/4/advmod ready/JJ/0/root +././4/punct",
     "neg=ain't",
     "They ain't ready."},
    {"Are/VBP/4/cop +n't/RB/4/advmod you/PRP/4/nsubj hungry/JJ/0/root +?/./4/punct",
     "neg=ain't",
     "Ain't you hungry?"},
    {"She/PRP/4/nsubj is/VBZ/4/aux +n't/RB/4/advmod going/VBG/0/root +././4/punct",
     "neg=ain't",
     "She ain't going."},
    {"He/PRP/4/nsubj +'s/VBZ/4/aux not/RB/4/advmod coming/VBG/0/root +././4/punct",
     "neg=ain't",
     "He ain't coming."},
    {"He/PRP/4/nsubj has/VBZ/4/aux +n't/RB/4/advmod seen/VBN/0/root it/PRP/4/obj +././4/punct",
     "neg=ain't",
     "He ain't seen it."},
    {"He/PRP/4/nsubj did/VBD/4/aux +n't/RB/4/advmod see/VB/0/root it/PRP/4/obj +././4/punct",
     "neg=ain't",
     "He ain't see it."},
    {"I/PRP/4/nsubj +'m/VBP/4/cop not/RB/4/advmod sure/JJ/0/root +././4/punct",
     "neg=ain't",
     "I ain't sure."},
    {"It/PRP/3/nsubj +'s/VBZ/3/cop not/RB/0/root +././3/punct",
     "neg=ain't",
     "It ain't."},
    {"He/PRP/2/nsubj goes/VBZ/0/root there/RB/2/advmod +././2/punct",
     "neg=n't",
     "He doesn't go there."},
    {"He/PRP/3/nsubj often/RB/3/advmod goes/VBZ/0/root there/RB/3/advmod +././3/punct",
     "neg=n't",
     "He doesn't often go there."},
    {"He/PRP/3/nsubj probably/RB/3/advmod goes/VBZ/0/root there/RB/3/advmod +././3/punct",
     "neg=n't",
     "He probably doesn't go there."},
    {"She/PRP/3/nsubj can/MD/3/aux swim/VB/0/root +././3/punct",
     "neg=n't",
     "She can't swim."},
    {"She/PRP/4/nsubj can/MD/4/aux +not/RB/4/advmod swim/VB/0/root +././4/punct",
     "neg=no",
     "She can swim."},
    {"I/PRP/3/nsubj +'m/VBP/3/cop tired/JJ/0/root +././3/punct",
     "neg=n't",
     "I'm not tired."},
    {"She/PRP/3/nsubj may/MD/3/aux come/VB/0/root +././3/punct",
     "neg=n't",
     "She may not come."},
    {"He/PRP/2/nsubj has/VBZ/0/root a/DT/4/det van/NN/2/obj +././2/punct",
     "neg=n't",
     "He doesn't have a van."},
    {"He/PRP/3/nsubj has/VBZ/3/aux left/VBN/0/root +././3/punct",
     "neg=n't",
     "He hasn't left."},
    {"Do/VB/3/aux +n't/RB/3/advmod go/VB/0/root +././3/punct",
     "neg=no",
     "go."},
    {"Go/VB/0/root home/RB/1/advmod +././1/punct",
     "neg=n't",
     "Don't go home."},
    {"Be/VB/2/cop quiet/JJ/0/root +././2/punct",
     "neg=n't",
     "Don't be quiet."},
    {"She/PRP/4/nsubj wo/MD/4/aux +n't/RB/4/advmod come/VB/0/root +././4/punct",
     "neg=not",
     "She will not come."},
    {"She/PRP/4/nsubj ca/MD/4/aux +n't/RB/4/advmod come/VB/0/root +././4/punct",
     "neg=not",
     "She can not come."},
    {"Did/VBD/4/aux +n't/RB/4/advmod she/PRP/4/nsubj come/VB/0/root +?/./4/punct",
     "neg=no",
     "Did she come?"},
    {"There/EX/2/expl is/VBZ/0/root a/DT/4/det problem/NN/2/nsubj +././2/punct",
     "neg=n't",
     "There isn't a problem."},
    /* agreement */
    {"He/PRP/2/nsubj lives/VBZ/0/root here/RB/2/advmod and/CC/5/cc has/VBZ/2/conj a/DT/7/det "
     "van/NN/5/obj +././2/punct",
     "agree=zero",
     "He live here and has a van."},
    {"She/PRP/3/nsubj is/VBZ/3/cop nice/JJ/0/root +././3/punct",
     "agree=zero",
     "She be nice."},
    {"My/PRP$/2/nmod:poss parents/NNS/3/nsubj grow/VBP/0/root beans/NNS/3/obj +././3/punct",
     "agree=s",
     "My parents grows beans."},
    {"They/PRP/3/nsubj were/VBD/3/cop late/JJ/0/root +././3/punct",
     "agree=was",
     "They was late."},
    {"I/PRP/3/nsubj am/VBP/3/cop late/JJ/0/root +././3/punct",
     "agree=s",
     "I is late."},
    {"They/PRP/3/nsubj +'re/VBP/3/cop late/JJ/0/root +././3/punct",
     "agree=s",
     "They's late."},
    {"He/PRP/4/nsubj does/VBZ/4/aux +n't/RB/4/advmod know/VB/0/root +././4/punct",
     "agree=zero",
     "He don't know."},
    {"Does/VBZ/3/aux she/PRP/3/nsubj know/VB/0/root +?/./3/punct",
     "agree=zero",
     "Do she know?"},
    {"HE/PRP/3/nsubj HAS/VBZ/3/aux GONE/VBN/0/root +././3/punct",
     "agree=zero",
     "HE HAVE GONE."},
    /* stranded */
    {"They/PRP/3/nsubj are/VBP/3/aux looking/VBG/0/root for/IN/5/case land/NN/3/obl +././3/punct",
     "stranded=yes",
     "They are looking for land."},
    /* zero */
    {"She/PRP/3/nsubj is/VBZ/3/cop nice/JJ/0/root +././3/punct",
     "fin=zero",
     "She nice."},
    {"She/PRP/3/nsubj +'s/VBZ/3/aux singing/VBG/0/root +././3/punct",
     "fin=zero",
     "She singing."},
    {"He/PRP/4/nsubj is/VBZ/4/cop +n't/RB/4/advmod here/RB/0/root +././4/punct",
     "fin=zero",
     "He not here."},
    {"He/PRP/4/nsubj +'s/VBZ/4/cop not/RB/4/advmod here/RB/0/root +././4/punct",
     "fin=zero",
     "He not here."},
    {"They/PRP/3/nsubj have/VBP/3/aux gone/VBN/0/root +././3/punct",
     "fin=zero",
     "They gone."},
    /* tense */
    {"She/PRP/2/nsubj sings/VBZ/0/root +././2/punct",
     "tense=past",
     "She sang."},
    {"She/PRP/3/nsubj +'s/VBZ/3/aux singing/VBG/0/root +././3/punct",
     "tense=past",
     "She was singing."},
    {"She/PRP/2/nsubj sings/VBZ/0/root +././2/punct",
     "prog=yes",
     "She is singing."},
    {"She/PRP/2/nsubj sings/VBZ/0/root +././2/punct",
     "perf=yes",
     "She has sung."},
    {"She/PRP/2/nsubj sang/VBD/0/root +././2/punct",
     "perf=yes",
     "She had sung."},
    {"She/PRP/2/nsubj sings/VBZ/0/root +././2/punct",
     "modal=might",
     "She might sing."},
    {"She/PRP/4/nsubj does/VBZ/4/aux +n't/RB/4/advmod sing/VBG/0/root +././4/punct",
     "modal=might",
     "She might not sing."},
    {"Does/VBZ/3/aux she/PRP/3/nsubj sing/VBG/0/root +?/./3/punct",
     "prog=yes",
     "Is she singing?"},
};

static bool set_attribute(struct grammar_case *c, int32_t vg, const char *step, size_t length)
{
    const char *equals = memchr(step, '=', length);
    size_t size = length - (size_t)(equals + 1 - step);
    int attr = vocab_find(VOCAB_LIST_ATTR, step, (size_t)(equals - step));
    int value = vocab_find(VOCAB_LIST_VALUE, equals + 1, size);
    assert_true(attr >= 0);
    return vg_set(&c->grammar, vg, (enum attr)attr, value < 0 ? VALUE_WORD : (enum value_id)value,
                  value < 0 ? equals + 1 : NULL, value < 0 ? size : 0);
}

static bool rewrite_links(struct grammar_case *c, int32_t vg, const char *step, size_t length)
{
    struct chain_link left[LIMIT_LINKS], right[LIMIT_LINKS];
    char *text = arena_strndup(&c->arena, step, length), *equals = strstr(text, " = ");
    *equals = '\0';
    size_t left_count = case_links(c, text, left);
    size_t right_count = case_links(c, equals + 3, right);
    return vg_chain(&c->grammar, vg, left, left_count, right, right_count);
}

static bool is_chain(const char *step, size_t length)
{
    const char *equals = strstr(step, " = ");
    return equals && (size_t)(equals - step) < length;
}

static int32_t root_group(struct grammar_case *c)
{
    for (int32_t i = 0; i < (int32_t)c->sentence.count; i++)
        if (c->grammar.heads[i] < 0)
            return grammar_object(&c->grammar, OBJECT_VG, i, 0);
    return -1;
}

/* Carries out the steps; NULL: one was refused. */
static const char *carry_out(struct grammar_case *c, const char *asked)
{
    struct edit_log log = {&c->arena, NULL, 0, 0};
    int32_t vg = root_group(c);
    assert_true(vg >= 0);
    while (*asked) {
        size_t length = strcspn(asked, ";");
        bool done = true;
        if (*asked == '-') {
            char *word = arena_strndup(&c->arena, asked + 1, length - 1);
            edit_log_add(&log, TOKEN_DELETE, case_token(c, word, 0), 0);
        } else if (is_chain(asked, length)) {
            done = rewrite_links(c, vg, asked, length);
        } else {
            done = set_attribute(c, vg, asked, length);
        }
        if (!done)
            return NULL;
        asked += length + strspn(asked + length, "; ");
    }
    return vg_render(&c->grammar, vg, &log, 1) ? case_apply(c, &log) : NULL;
}

static void test_rewritten(void **state)
{
    struct grammar_case *c = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        case_read(c, cases[i].sentence);
        const char *got = carry_out(c, cases[i].asked);
        if (!got || strcasecmp(got, cases[i].expected) != 0)
            fail_msg("%s gave \"%s\", not \"%s\"", cases[i].asked, got ? got : "(refused)",
                     cases[i].expected);
    }
}

/* A parse that takes the subject for the verb: what follows it stays behind it. */
static void test_against_order(void **state)
{
    struct grammar_case *c = *state;
    struct grammar *g = case_read(c, "And/CC/2/cc she/PRP/0/root does/VBZ/2/aux +n't/RB/2/advmod "
                                     "either/RB/3/advmod +././2/punct");
    assert_false(vg_at(g, root_group(c))->sound);
    assert_string_equal(carry_out(c, "agree=zero"), "And she don't either.");
}

/* Every group of every case: sound, and silent until it is changed; restored, silent again. */
static void test_unchanged(void **state)
{
    struct grammar_case *c = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct grammar *g = case_read(c, cases[i].sentence);
        struct edit_log log = {&c->arena, NULL, 0, 0};
        for (int32_t t = 0; t < (int32_t)c->sentence.count; t++) {
            int32_t vg = grammar_object(g, OBJECT_VG, t, 0);
            if (vg < 0)
                continue;
            struct vg_saved saved = vg_save(g, vg);
            assert_true(vg_set(g, vg, ATTR_NEG, VALUE_NOT, NULL, 0));
            vg_restore(g, vg, saved);
            assert_true(vg_render(g, vg, &log, 1));
            if (!grammar_attr(g, OBJECT_VG, vg, ATTR_SOUND).number)
                fail_msg("not sound: %s", cases[i].sentence);
        }
        assert_int_equal(log.count, 0);
    }
}

static void test_refused(void **state)
{
    static const char *const refused[][2] = {
        /* no such links */
        {"She/PRP/2/nsubj sings/VBZ/0/root", "have V:pp = be V:ing"},
        /* ain't stands for be, have and do only */
        {"She/PRP/3/nsubj can/MD/3/aux sing/VB/0/root", "neg=ain't"},
        /* a modal cannot be dropped */
        {"She/PRP/3/nsubj can/MD/3/aux sing/VB/0/root", "fin=zero"},
        /* nor a verb that says something */
        {"She/PRP/2/nsubj sings/VBZ/0/root", "fin=zero"},
        /* no subject to turn round */
        {"Sing/VB/0/root +!/./1/punct", "inv=yes"},
        /* nothing would carry the negation */
        {"She/PRP/4/nsubj has/VBZ/4/aux +n't/RB/4/advmod sung/VBN/0/root",
         "have V:pp = \"done\" V:past"},
        /* gon|na cannot be inflected */
        {"She/PRP/3/nsubj 's/VBZ/3/aux gon/VBG/0/root +na/TO/5/mark go/VB/3/xcomp",
         "be V:ing = V"},
    };
    struct grammar_case *c = *state;
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        case_read(c, refused[i][0]);
        const char *got = carry_out(c, refused[i][1]);
        if (got)
            fail_msg("%s was not refused: %s", refused[i][1], got);
    }
}

static void test_unsound(void **state)
{
    static const char *const unsound[] = {
        "He/PRP/3/nsubj will/MD/3/aux going/VBG/0/root",           /* no such chain */
        "They/PRP/3/nsubj should/MD/3/aux of/IN/4/aux gone/VBN/0/root", /* of for have */
        "He/PRP/2/nsubj under/VBZ/0/root stands/VBZ/2/goeswith",        /* a word in two parts */
        "He/PRP/2/nsubj wonder/VBZ/0/root",                         /* a tag not the form's */
    };
    struct grammar_case *c = *state;
    for (size_t i = 0; i < sizeof unsound / sizeof *unsound; i++) {
        struct grammar *g = case_read(c, unsound[i]);
        if (grammar_attr(g, OBJECT_VG, root_group(c), ATTR_SOUND).number)
            fail_msg("sound: %s", unsound[i]);
    }
}

/* What is inserted carries tags, lemma, relation and head for the strata to come. */
static void test_made_tokens(void **state)
{
    struct grammar_case *c = *state;
    struct grammar *g = case_read(c, "Nobody/NN/2/nsubj sang/VBD/0/root");
    struct edit_log log = {&c->arena, NULL, 0, 0};
    int32_t vg = root_group(c);
    assert_true(vg_set(g, vg, ATTR_NEG, VALUE_NT, NULL, 0));
    assert_true(vg_set(g, vg, ATTR_INV, VALUE_YES, NULL, 0));
    assert_true(vg_render(g, vg, &log, 7));
    assert_int_equal(log.count, 3);
    const struct token *did = &log.edits[0].made, *not = &log.edits[1].made,
                       *sing = &log.edits[2].made;
    assert_int_equal(log.edits[0].op, TOKEN_INSERT_BEFORE);
    assert_int_equal(log.edits[0].token, 0);
    assert_int_equal(log.edits[0].maker, 7);
    assert_int_equal(did->upos, UPOS_AUX);
    assert_int_equal(did->xpos, XPOS_VBD);
    assert_int_equal(did->deprel, REL_AUX);
    assert_int_equal(did->head, 1);
    assert_memory_equal(did->lemma, "do", 2);
    assert_int_equal(not->upos, UPOS_PART);
    assert_int_equal(not->glue, 1);
    assert_int_equal(log.edits[2].op, TOKEN_REPLACE);
    assert_int_equal(sing->xpos, XPOS_VB);
    assert_int_equal(sing->deprel, REL_ROOT);
    assert_memory_equal(sing->form, "sing", 4);
}

static void test_attributes(void **state)
{
    struct grammar_case *c = *state;
    struct grammar *g = case_read(c, "He/PRP/5/nsubj:pass could/MD/5/aux have/VB/5/aux "
                                     "been/VBN/5/aux:pass paid/VBN/0/root");
    int32_t vg = root_group(c);
    assert_true(grammar_attr(g, OBJECT_VG, vg, ATTR_PERF).number);
    assert_true(grammar_attr(g, OBJECT_VG, vg, ATTR_PASS).number);
    assert_false(grammar_attr(g, OBJECT_VG, vg, ATTR_PROG).number);
    struct attr_value modal = grammar_attr(g, OBJECT_VG, vg, ATTR_MODAL);
    assert_int_equal(modal.length, 5);
    assert_memory_equal(modal.word, "could", 5);
    assert_int_equal(grammar_role(g, OBJECT_VG, vg, ROLE_FIN).a, 1);
    assert_int_equal(grammar_role(g, OBJECT_VG, vg, ROLE_MAIN).a, 4);
    int32_t tokens[8];
    assert_int_equal(vg_tokens(g, vg, tokens, 8), 4);
    for (int32_t t = 1; t < 5; t++)
        assert_int_equal(grammar_object(g, OBJECT_VG, t, 0), vg);
    assert_int_equal(grammar_object(g, OBJECT_VG, 0, 0), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rewritten),
        cmocka_unit_test(test_against_order), cmocka_unit_test(test_unchanged),
        cmocka_unit_test(test_refused),    cmocka_unit_test(test_unsound),
        cmocka_unit_test(test_made_tokens), cmocka_unit_test(test_attributes),
    };
    return cmocka_run_group_tests(tests, case_open, case_close);
}

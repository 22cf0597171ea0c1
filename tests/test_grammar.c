/* test_grammar.c -- the objects of engine/grammar but for the realiser: clauses, noun phrases,
 * coordinations, quotations, references, children, spans; broken trees; and that hostile input
 * neither harms nor takes long. Sentences are analysed by hand.
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

#include <cmocka.h>

#include "base/hash.h"
#include "grammar_case.h"

/* claims: "kind word claim claim; kind word ..." where a claim is name, !name, name=value, or
 * role=word (- for none; the n-th token of a form as word#n). */
struct object_case {
    const char *sentence, *claims;
};

#define THE_COAT "The/DT/2/det coat/NN/6/nsubj that/WDT/5/obj I/PRP/5/nsubj "                     \
                 "bought/VBD/2/acl:relcl shrank/VBD/0/root +././6/punct"

static const struct object_case clauses[] = {
    {THE_COAT, "clause bought type=rel gap=obj slot=bought ante=coat subj=I start=that sub !inv; "
               "clause that type=rel; clause shrank type=decl root subj=coat start=The !sub"},
    {"The/DT/2/det man/NN/9/nsubj that/WDT/7/obj I/PRP/5/nsubj think/VBP/2/acl:relcl "
     "you/PRP/7/nsubj saw/VBD/5/ccomp has/VBZ/9/aux left/VBN/0/root",
     "clause think type=rel gap=obj slot=saw; clause that type=rel; clause saw type=decl sub"},
    {"The/DT/2/det flat/NN/8/nsubj which/WDT/5/obl he/PRP/5/nsubj lives/VBZ/2/acl:relcl "
     "in/IN/3/case is/VBZ/8/cop damp/JJ/0/root",
     "clause lives type=rel gap=obl slot=in; clause damp verb=is comp=damp end=damp"},
    {"The/DT/2/det flat/NN/7/nsubj he/PRP/4/nsubj lives/VBZ/2/acl:relcl in/IN/4/obl is/VBZ/7/cop "
     "damp/JJ/0/root", "clause lives gap=obl slot=in ante=flat"},
    {"The/DT/2/det book/NN/8/nsubj I/PRP/4/nsubj want/VBP/2/acl:relcl to/TO/6/mark "
     "read/VB/4/xcomp is/VBZ/8/cop old/JJ/0/root",
     "clause want type=rel gap=obj slot=read; clause read type=inf verb=read"},
    {"The/DT/2/det day/NN/6/nsubj we/PRP/4/nsubj met/VBD/2/acl:relcl was/VBD/6/cop cold/JJ/0/root",
     "clause met gap=adv slot=-"},
    {"I/PRP/2/nsubj met/VBD/0/root a/DT/4/det girl/NN/2/obj who/WP/7/nsubj +'s/VBZ/7/cop "
     "new/JJ/4/acl:relcl", "clause new gap=subj ante=girl subj=who; vg 's sound copular"},
    {"Who/WP/2/nsubj ate/VBD/0/root it/PRP/2/obj +?/./2/punct", "clause ate type=wh gap=subj !inv"},
    {"What/WP/6/obj do/VBP/4/aux you/PRP/4/nsubj want/VB/0/root to/TO/6/mark do/VB/4/xcomp "
     "+?/./4/punct", "clause What type=wh inv gap=obj slot=do#1 wh=What; clause want type=wh"},
    {"How/WRB/2/advmod long/RB/6/advmod have/VBP/6/aux you/PRP/6/nsubj been/VBN/6/cop "
     "there/RB/0/root +?/./6/punct", "clause How type=wh inv gap=adv start=How wh=How verb=been"},
    {"What/WP/0/root are/VBP/1/cop they/PRP/1/nsubj +?/./1/punct", "clause What type=wh inv"},
    {"He/PRP/2/nsubj asked/VBD/0/root whether/IN/6/mark she/PRP/6/nsubj had/VBD/6/aux "
     "left/VBN/2/ccomp", "clause left type=embq sub mark=whether start=she; clause asked !sub"},
    {"If/IN/3/mark you/PRP/3/nsubj see/VBP/6/advcl him/PRP/3/obj +,/,/3/punct tell/VB/0/root "
     "me/PRP/6/iobj", "clause see type=decl sub start=you; clause tell type=imp iobj=me subj=-"},
    {"When/WRB/3/advmod he/PRP/3/nsubj came/VBD/6/advcl +,/,/3/punct we/PRP/6/nsubj "
     "left/VBD/0/root",
     "clause came type=decl start=he wh=-; clause left start=we"},
    {"Did/VBD/3/aux anyone/NN/3/nsubj call/VB/0/root +?/./3/punct",
     "clause call type=yn inv subj=anyone start=Did"},
    {"Had/VBD/3/aux I/PRP/3/nsubj known/VBN/8/advcl +,/,/3/punct I/PRP/8/nsubj would/MD/8/aux "
     "have/VB/8/aux come/VBN/0/root", "clause known type=decl inv sub; clause come type=decl !inv"},
    {"Never/RB/4/advmod have/VBP/4/aux I/PRP/4/nsubj seen/VBN/0/root it/PRP/4/obj",
     "clause seen type=decl inv polarity=neg neg=Never"},
    {"There/EX/2/expl is/VBZ/0/root no/DT/4/det milk/NN/2/nsubj",
     "clause is there polarity=neg neg=no subj=milk !inv"},
    {"What/WP/5/det a/DT/5/det fine/JJ/5/amod old/JJ/5/amod day/NN/0/root +!/./5/punct",
     "clause day type=excl"},
    {"Well/UH/6/discourse +,/,/1/punct yesterday/NN/6/obl:unmarked the/DT/5/det man/NN/6/nsubj "
     "sold/VBD/0/root it/PRP/6/obj +././6/punct", "clause sold start=the end=it obj=it"},
    {"The/DT/2/det thing/NN/6/nsubj:outer is/VBZ/6/cop that/IN/6/mark he/PRP/6/nsubj "
     "left/VBD/0/root", "vg is sound copular subj=thing; vg left sound !copular subj=he"},
    {"He/PRP/2/nsubj said/VBD/0/root he/PRP/5/nsubj had/VBD/5/aux won/VBN/2/ccomp",
     "clause said comp=won; clause won sub type=decl"},
};

/* Trees as the parser gives them, mended by the analysis. */
static const struct object_case mended[] = {
    {"My/PRP$/2/nmod:poss dog/NN/3/nsubj barks/NNS/0/root and/CC/5/cc bites/NNS/3/conj "
     "+././3/punct",
     "vg barks form=fin tense=pres sound subj=dog; vg bites form=fin tense=pres sound subj=dog"},
    {"The/DT/3/det baby/NN/3/compound sleeps/NNS/0/root +././3/punct",
     "vg sleeps form=fin tense=pres subj=baby; np baby num=sg start=The"},
    {"No/DT/3/det baby/NN/3/compound sleeps/NNS/0/root +././3/punct", "vg sleeps -"},
    {"He/PRP/2/nsubj drinks/VBZ/0/root tea/NN/2/obj and/CC/5/cc cakes/NNS/2/conj +././2/punct",
     "vg cakes -"},
    {"He/PRP/2/nsubj sells/VBZ/0/root bread/NN/2/obj and/CC/6/cc milks/NNS/6/compound "
     "cows/NNS/3/conj +././2/punct",
     "vg milks form=fin tense=pres sound subj=He; np cows role=obj"},
    {"He/PRP/2/nsubj sells/VBZ/0/root cars/NNS/2/obj and/CC/6/cc sports/NNS/6/compound "
     "goods/NNS/3/conj +././2/punct", "vg sports -"},
    {"My/PRP$/2/nmod:poss dad/NN/5/nmod:poss +'s/POS/2/case a/DT/5/det nurse/NN/0/root "
     "+././5/punct",
     "vg 's sound copular tense=pres subj=dad; np dad role=subj"},
    {"The/DT/2/det soup/NN/4/nmod:poss +'s/POS/2/case hot/JJ/0/root +././4/punct",
     "vg 's sound copular subj=soup"},
    {"Tom/NNP/0/root +'s/POS/1/case at/IN/4/case home/NN/1/nmod +././1/punct",
     "vg 's sound copular subj=Tom"},
    {"Mum/NNP/4/nmod:poss +'s/POS/1/case cooking/VBG/4/amod rice/NN/0/root +././4/punct",
     "vg cooking sound prog tense=pres subj=Mum; np rice role=obj"},
    {"I/PRP/2/nsubj like/VBP/0/root Mum/NNP/5/nmod:poss +'s/POS/3/case cooking/NN/2/obj "
     "+././2/punct",
     "vg cooking -"},
    {"This/DT/6/nsubj is/VBZ/6/cop the/DT/4/det world/NN/6/nmod:poss +'s/POS/4/case "
     "best/JJS/0/root +././6/punct", "vg 's -"},
    {"The/DT/2/det road/NN/4/nmod:poss +'s/POS/2/case icy/NN/0/root +././4/punct",
     "vg 's sound copular subj=road"},
    {"The/DT/2/det bus/NN/4/nmod:poss +'s/POS/2/case late/RB/5/advmod again/RB/0/root +././5/punct",
     "vg 's sound copular subj=bus; clause late type=decl verb='s"},
    {"Is/VBZ/3/cop dinner/NN/3/obl:unmarked ready/JJ/0/root +?/./3/punct",
     "vg Is sound inv subj=dinner; clause ready type=yn"},
    {"It/PRP/4/nsubj is/VBZ/4/cop today/NN/4/obl:unmarked cold/JJ/0/root +././4/punct",
     "vg is subj=It"},
    {"Does/VBZ/6/aux +n't/RB/6/advmod the/DT/6/det shop/NN/5/compound sell/VB/6/compound "
     "stamps/NNS/0/root +?/./6/punct",
     "vg sell form=fin tense=pres inv neg=n't sound subj=shop; np stamps role=obj"},
    {"When/WRB/0/root did/VBD/1/advcl:relcl the/DT/5/det war/NN/5/compound end/NN/2/obj "
     "+?/./2/punct", "vg end form=fin tense=past inv sound subj=war; clause end type=wh wh=When"},
    {"Will/MD/4/aux the/DT/4/det bus/NN/4/compound stop/NN/0/root here/RB/4/advmod +?/./4/punct",
     "vg stop modal=will inv sound subj=bus"},
    {"Why/WRB/0/root is/VBZ/1/cop Tom/NNP/1/nsubj late/RB/3/amod +?/./1/punct",
     "clause late type=wh inv subj=Tom wh=Why; vg is sound copular inv"},
    {"How/WRB/0/root is/VBZ/1/cop Tom/NNP/4/nsubj doing/VBG/1/advcl:relcl +?/./1/punct",
     "vg doing sound prog inv subj=Tom"},
    {"How/WRB/2/advmod hot/JJ/0/root is/VBZ/4/cop it/PRP/2/nsubj +?/./2/punct",
     "vg is sound copular subj=it"},
    {"How/WRB/2/advmod tall/NN/5/nsubj is/VBZ/5/cop your/PRP$/5/nmod:poss brother/NN/0/root "
     "+?/./5/punct", "clause tall type=wh inv subj=brother verb=is"},
};

static const struct object_case polarities[] = {
    {"She/PRP/4/nsubj did/VBD/4/aux +n't/RB/4/advmod want/VB/0/root to/TO/6/mark tell/VB/4/xcomp "
     "anyone/NN/6/iobj anything/NN/6/obj",
     "clause want polarity=neg neg=n't; clause tell polarity=pos; vg n't sound neg=n't"},
    {"They/PRP/4/nsubj ca/MD/4/aux +n't/RB/4/advmod find/VB/0/root or/CC/6/cc buy/VB/4/conj "
     "any/DT/6/obj", "clause buy polarity=neg neg=n't conj subj=They; vg buy !sound form=inf"},
    {"I/PRP/3/nsubj never/RB/3/advmod go/VBP/0/root or/CC/5/cc see/VB/3/conj anybody/NN/5/obj",
     "clause go polarity=neg; clause see polarity=neg neg=never; vg see form=fin"},
    {"Nothing/NN/2/nsubj works/VBZ/0/root and/CC/5/cc he/PRP/5/nsubj cares/VBZ/2/conj",
     "clause works polarity=neg neg=Nothing; clause cares polarity=pos conj"},
    {"He/PRP/5/nsubj is/VBZ/5/cop not/RB/5/advmod only/RB/5/advmod rich/JJ/0/root",
     "clause rich polarity=pos; vg is neg=no"},
    {"No/UH/4/discourse +,/,/1/punct he/PRP/4/nsubj came/VBD/0/root", "clause came polarity=pos"},
    {"Tell/VB/0/root me/PRP/1/iobj whether/IN/5/mark it/PRP/5/nsubj is/VBZ!/1/ccomp or/CC/7/cc "
     "not/RB/5/conj", "vg is neg=no stranded; vg not -"},
};

static const struct object_case tags[] = {
    {"You/PRP/2/nsubj rang/VBD/0/root him/PRP/2/obj +,/,/2/punct did/VBD/2/aux +n't/RB/2/advmod "
     "you/PRP/2/nsubj +?/./2/punct",
     "clause did type=tag polarity=neg subj=you; clause rang type=decl polarity=pos subj=You; "
     "vg n't stranded inv neg=n't fin=did; vg rang !do"},
    {"She/PRP/3/nsubj +'s/VBZ/3/cop nice/JJ/0/root +,/,/3/punct is/VBZ!/3/parataxis "
     "+n't/RB/5/advmod she/PRP/5/nsubj +?/./3/punct", 
     "clause is type=tag; clause nice type=decl"},
    {"Who/WP/2/nsubj rang/VBD/0/root +,/,/6/punct and/CC/6/cc when/WRB/6/advmod did/VBD!/2/conj "
     "they/PRP/6/nsubj +?/./2/punct", "clause did type=wh"},
    {"Do/VB/4/aux +n't/RB/4/advmod you/PRP/4/nsubj know/VB/0/root +?/./4/punct",
     "vg know form=fin tense=pres inv neg=n't sound; clause know type=yn"},
    {"Do/VB/4/aux +n't/RB/4/advmod you/PRP/4/nsubj dare/VB/0/root +!/./4/punct",
     "vg dare form=imp neg=n't; clause dare type=imp"},
    {"Do/VB/4/aux +n't/RB/4/advmod you/PRP/4/nsubj move/VB/0/root +,/,/4/punct "
     "will/MD/4/parataxis you/PRP/6/nsubj +?/./4/punct", "vg move form=imp neg=n't"},
    {"Oh/UH/3/discourse +,/,/3/punct did/VBD!/0/root she/PRP/3/nsubj +?/./3/punct",
     "clause did type=yn"},
};

static const struct object_case phrases[] = {
    {"Ann/NNP/6/nsubj +,/,/3/punct Tom/NNP/1/conj and/CC/5/cc I/PRP/1/conj won/VBD/0/root",
     "coord I size=3 role=subj sep=and head=Ann cc=and; coord and size=3; np Ann num=pl coord"},
    {"They/PRP/2/nsubj thanked/VBD/0/root Ann/NNP/2/obj and/CC/5/cc me/PRP/3/conj",
     "coord me role=obj size=2; coord They -; np Ann gender=fem anim name size=3"},
    {"My/PRP$/3/nmod:poss old/JJ/3/amod dog/NN/4/nsubj barked/VBD/0/root",
     "np dog num=sg anim def !pro role=subj poss=My start=My end=dog; np old role=subj"},
    {"The/DT/3/det two/CD/3/nummod cars/NNS/4/nsubj stopped/VBD/0/root by/IN/7/case a/DT/7/det "
     "school/NN/4/obl", "np cars num=pl gender=neut def det=The; np school role=obl !def start=a"},
    {"He/PRP/4/nsubj is/VBZ/4/cop a/DT/4/det nurse/NN/0/root",
     "np nurse role=pred anim start=a end=nurse; np He pers=3 gender=masc pro"},
    {"A/DT/2/det number/NN/5/nsubj of/IN/4/case dogs/NNS/2/nmod bark/VBP/0/root",
     "vg bark sound agree=std; np number size=4"},
    {"The/DT/2/det police/NN/4/nsubj have/VBP/4/aux come/VBN/0/root", "vg come sound agree=std"},
    {"He/PRP/4/nsubj do/VBP/4/aux +n't/RB/4/advmod know/VB/0/root", "vg know sound agree=zero"},
    {"They/PRP/3/nsubj was/VBD/3/cop late/JJ/0/root", "vg was sound agree=was"},
};

static const struct object_case quotes[] = {
    {"They/PRP/2/nsubj said/VBD/0/root +,/,/2/punct \"/``/6/punct +We/PRP/6/nsubj won/VBD/2/ccomp "
     "+././6/punct +\"/''/6/punct", "quote said direct order=svq subj=They open=\" span=We"},
    {"\"/``/3/punct +We/PRP/3/nsubj won/VBD/6/ccomp +,/,/3/punct +\"/''/3/punct said/VBD/0/root "
     "Mary/NNP/6/nsubj +././6/punct", "quote said order=qvs subj=Mary span=We; clause won !sub"},
    {"\"/``/3/punct +Go/VB/5/ccomp +!/./2/punct +\"/''/2/punct she/PRP/6/nsubj said/VBD/0/root",
     "quote said order=qsv"},
    {"He/PRP/2/nsubj said/VBD/0/root that/IN/5/mark he/PRP/5/nsubj won/VBD/2/ccomp",
     "quote said -"},
    {"She/PRP/2/nsubj said/VBD/0/root \"/``/5/punct +No/DT/5/det way/NN/2/ccomp +!/./5/punct "
     "+\"/''/5/punct", "quote said order=svq"},
    {"They/PRP/2/nsubj say/VBP/0/root \"/``/4/punct +thanks/NNS/2/obj +\"/''/4/punct",
     "quote say -"},
    {"He/PRP/2/nsubj said/VBD/0/root +,/,/2/punct '/``/6/punct +I/PRP/6/nsubj ran/VBD/2/ccomp "
     "+././6/punct +'/''/6/punct", "quote said order=svq subj=He span=I"},
    {"\"/``/2/punct +Hi/UH/5/discourse +,/,/2/punct +\"/''/2/punct said/VBD/0/root he/PRP/5/nsubj "
     "and/CC/9/cc she/PRP/9/nsubj replied/VBD/5/conj +,/,/9/punct \"/``/12/punct "
     "+Hello/UH/9/discourse +././12/punct +\"/''/12/punct", "quote replied order=svq subj=she"},
    {"She/PRP/2/nsubj called/VBD/0/root it/PRP/2/obj a/DT/6/det \"/``/6/punct +mess/NN/2/xcomp "
     "+\"/''/6/punct +././2/punct", "quote called -"},
};

static const struct object_case references[] = {
    {"Students/NNS/5/vocative +,/,/1/punct you/PRP/5/nsubj must/MD/5/aux sign/VB/0/root",
     "ref you num=pl kind=person"},
    {"Dear/JJ/2/amod customers/NNS/5/nsubj +,/,/2/punct you/PRP/5/nsubj shop/VBP/0/root",
     "ref you num=pl"},
    {"Mum/NN/4/vocative +,/,/1/punct you/PRP/4/nsubj look/VBP/0/root tired/JJ/4/xcomp",
     "ref you num=sg"},
    {"Both/DT/4/nsubj of/IN/3/case you/PRP/1/nmod sit/VBP/0/root", "ref you num=pl"},
    {"You/PRP/2/nsubj hurt/VBD/0/root yourselves/PRP/2/obj", "ref You num=pl"},
    {"You/PRP/3/nsubj should/MD/3/aux see/VB/0/root it/PRP/3/obj", "ref You num=none new"},
    {"It/PRP/2/nsubj rained/VBD/0/root", "ref It kind=dummy"},
    {"Mary/NNP/2/nsubj said/VBD/0/root she/PRP/5/nsubj was/VBD/5/cop late/JJ/2/ccomp",
     "ref she prev=Mary first=Mary kind=person gender=fem !new !far"},
    {"She/PRP/2/nsubj bought/VBD/0/root a/DT/4/det car/NN/2/obj and/CC/7/cc he/PRP/7/nsubj "
     "washed/VBD/2/conj it/PRP/7/obj", "ref it prev=car kind=thing; ref he new"},
};

/* The next word of text, copied; moves on. */
static char *next_word(struct grammar_case *c, const char **text)
{
    size_t length = strcspn(*text, " ;");
    char *word = arena_strndup(&c->arena, *text, length);
    *text += length;
    while (**text == ' ')
        ++*text;
    return word;
}

static int32_t named_token(struct grammar_case *c, char *word)
{
    char *number = strchr(word, '#');
    if (number)
        *number = '\0';
    return case_token(c, word, number ? atoi(number + 1) : 0);
}

static void check_role(struct grammar_case *c, enum object_kind kind, int32_t object,
                       enum role role, char *word)
{
    struct value value = grammar_role(&c->grammar, kind, object, role);
    if (value.kind == VALUE_IS_OBJECT)
        value = grammar_role(&c->grammar, (enum object_kind)value.object, value.a, ROLE_HEAD);
    if (strcmp(word, "-") == 0)
        assert_int_equal(value.kind, VALUE_IS_NONE);
    else
        assert_int_equal(value.a, named_token(c, word));
}

static void check_claim(struct grammar_case *c, enum object_kind kind, int32_t object, char *claim)
{
    bool denied = *claim == '!';
    char *name = claim + denied, *value = strchr(name, '=');
    if (value)
        *value++ = '\0';
    int attr = vocab_find(VOCAB_LIST_ATTR, name, strlen(name));
    int role = vocab_find(VOCAB_LIST_ROLE, name, strlen(name));
    bool is_value = value && (vocab_find(VOCAB_LIST_VALUE, value, strlen(value)) >= 0 ||
                              (kind == OBJECT_VG && attr == ATTR_NEG));
    bool is_role = role >= 0 && value && schema_role(kind, (enum role)role) != REF_ABSENT;
    bool both = attr >= 0 && schema_attr(kind, (enum attr)attr, NULL) != ATTR_ABSENT && is_value;
    if (is_role && !both) {
        check_role(c, kind, object, (enum role)role, value);
        return;
    }
    assert_true(attr >= 0);
    struct attr_value found = grammar_attr(&c->grammar, kind, object, (enum attr)attr);
    enum attr_type type = schema_attr(kind, (enum attr)attr, NULL);
    assert_true(type != ATTR_ABSENT);
    if (type == ATTR_VALUE && strcmp(value, "n't") != 0)
        assert_string_equal(vocab_name(VOCAB_LIST_VALUE, (unsigned)found.number), value);
    else if (type == ATTR_WORD || type == ATTR_VALUE)
        assert_true(found.length == strlen(value) && !memcmp(found.word, value, found.length));
    else if (type == ATTR_NUMBER)
        assert_int_equal(found.number, atoi(value));
    else
        assert_int_equal(found.number, !denied);
}

static void check_cases(void **state, const struct object_case *cases, size_t count)
{
    struct grammar_case *c = *state;
    for (size_t i = 0; i < count; i++) {
        memset(&c->document, 0, sizeof c->document);
        case_read(c, cases[i].sentence);
        for (const char *p = cases[i].claims; *p; p += strspn(p, "; ")) {
            char *kind_name = next_word(c, &p);
            int kind = vocab_find(VOCAB_LIST_OBJECT, kind_name, strlen(kind_name));
            assert_true(kind >= 0);
            int32_t token = named_token(c, next_word(c, &p));
            int32_t object = grammar_object(&c->grammar, (enum object_kind)kind, token, 0);
            while (*p && *p != ';') {
                char *claim = next_word(c, &p);
                if (strcmp(claim, "-") == 0)
                    assert_int_equal(object, -1);
                else if (object < 0)
                    fail_msg("no %s", kind_name);
                else
                    check_claim(c, (enum object_kind)kind, object, claim);
            }
        }
    }
}

#define TEST_CASES(table)                                                                          \
    static void test_##table(void **state)                                                         \
    {                                                                                              \
        check_cases(state, table, sizeof table / sizeof *table);                                   \
    }
TEST_CASES(clauses)
TEST_CASES(mended)
TEST_CASES(polarities)
TEST_CASES(tags)
TEST_CASES(phrases)
TEST_CASES(quotes)
TEST_CASES(references)

/* Clause edges: out of infinitives by nonfin, to a conjunct by conj, into a relative by rel. */
static void test_edges(void **state)
{
    struct grammar_case *c = *state;
    enum clause_edge edge;
    struct grammar *g = case_read(c, polarities[0].sentence);
    int32_t tell = grammar_object(g, OBJECT_CLAUSE, 5, 0);
    int32_t want = grammar_object(g, OBJECT_CLAUSE, 3, 0);
    assert_int_equal(grammar_clause_count(g), 2);
    assert_int_equal(grammar_clause_parent(g, tell, &edge), want);
    assert_int_equal(edge, EDGE_NONFIN);
    assert_int_equal(grammar_clause_predicate(g, want), 3);
    assert_int_equal(grammar_clause_parent(g, want, &edge), -1);
    g = case_read(c, THE_COAT);
    grammar_clause_parent(g, grammar_object(g, OBJECT_CLAUSE, 4, 0), &edge);
    assert_int_equal(edge, EDGE_REL);
    g = case_read(c, polarities[3].sentence);
    grammar_clause_parent(g, grammar_object(g, OBJECT_CLAUSE, 4, 0), &edge);
    assert_int_equal(edge, EDGE_CONJ);
}

static void test_spans(void **state)
{
    struct grammar_case *c = *state;
    int32_t start, end;
    struct grammar *g = case_read(c, "They/PRP/3/nsubj are/VBP/3/aux looking/VBG/0/root "
                                     "for/IN/6/case new/JJ/6/amod land/NN/3/obl +././3/punct");
    assert_true(grammar_vp_span(g, grammar_object(g, OBJECT_CLAUSE, 2, 0), &start, &end));
    assert_int_equal(start, 2);
    assert_int_equal(end, 5);
    assert_true(grammar_np_span(g, 4, &start, &end));
    assert_int_equal(start, 4);
    assert_true(grammar_subtree_span(g, 5, &start, &end));
    assert_int_equal(start, 3);
    assert_int_equal(grammar_token_role(g, 2, ROLE_END).a, 5);
    assert_int_equal(grammar_token_role(g, 5, ROLE_HEAD).a, 2);
    assert_int_equal(grammar_token_role(g, 2, ROLE_HEAD).kind, VALUE_IS_NONE);
    int32_t kids = grammar_object(g, OBJECT_KIDS, 5, REL_BIT(AMOD) | REL_BIT(CASE));
    assert_int_equal(grammar_attr(g, OBJECT_KIDS, kids, ATTR_SIZE).number, 2);
    assert_int_equal(grammar_role(g, OBJECT_KIDS, kids, ROLE_LAST).a, 4);
    assert_int_equal(grammar_object(g, OBJECT_KIDS, 5, REL_BIT(AMOD) | REL_BIT(CASE)), kids);
}

/* A plural address is remembered for the sentences after it, until another takes its place. */
static void test_document(void **state)
{
    struct grammar_case *c = *state;
    memset(&c->document, 0, sizeof c->document);
    struct grammar *g = case_read(c, "Good/JJ/2/amod morning/NN/0/root +,/,/4/punct "
                                     "boys/NNS/2/vocative +././2/punct");
    grammar_remember(g);
    const char *later = "You/PRP/3/nsubj may/MD/3/aux sit/VB/0/root";
    g = case_read(c, later);
    int32_t you = grammar_object(g, OBJECT_REF, 0, 0);
    assert_int_equal(grammar_attr(g, OBJECT_REF, you, ATTR_NUM).number, VALUE_PL);
    g = case_read(c, "Thanks/NN/0/root +,/,/3/punct Tom/NNP/1/vocative +././1/punct");
    grammar_remember(g);
    g = case_read(c, later);
    you = grammar_object(g, OBJECT_REF, 0, 0);
    assert_int_equal(grammar_attr(g, OBJECT_REF, you, ATTR_NUM).number, VALUE_SG);
}

/* What an earlier sentence named is known by its properties, and has no token here. */
static void test_entities(void **state)
{
    static struct mention pool[64];
    struct grammar_case *c = *state;
    struct token word;
    memset(&c->document, 0, sizeof c->document);
    c->document.mentions = pool;
    c->document.mention_capacity = sizeof pool / sizeof *pool;
    struct grammar *g = case_read(c, "The/DT/3/det old/JJ/3/amod kettle/NN/4/nsubj "
                                     "whistled/VBD/0/root +././4/punct");
    grammar_remember(g);
    g = case_read(c, "Ann/NNP/2/nsubj broke/VBD/0/root it/PRP/2/obj because/IN/6/mark she/PRP/6/"
                     "nsubj dropped/VBD/2/advcl it/PRP/6/obj +././2/punct");
    c->sentence.number = 1;
    for (int n = 0; n < 2; n++) {
        int32_t it = grammar_object(g, OBJECT_REF, case_token(c, "it", n), 0);
        assert_int_equal(grammar_attr(g, OBJECT_REF, it, ATTR_KIND).number, VALUE_THING);
        assert_int_equal(grammar_attr(g, OBJECT_REF, it, ATTR_DEF).number, 1);
        assert_int_equal(grammar_attr(g, OBJECT_REF, it, ATTR_SIZE).number, 2 + n);
        assert_int_equal(grammar_attr(g, OBJECT_REF, it, ATTR_BACK).number, 1 - n);
        assert_in_range(grammar_attr(g, OBJECT_REF, it, ATTR_SURE).number, 50, 100);
        assert_int_equal(grammar_role(g, OBJECT_REF, it, ROLE_PREV).kind,
                         n ? VALUE_IS_TOKEN : VALUE_IS_NONE);
        assert_true(grammar_ref_word(g, it, &word));
        assert_true(word.classes & CLASS(ARTIFACT));
    }
    int32_t she = grammar_object(g, OBJECT_REF, case_token(c, "she", 0), 0);
    assert_int_equal(grammar_role(g, OBJECT_REF, she, ROLE_PREV).a, case_token(c, "Ann", 0));
    assert_int_equal(grammar_attr(g, OBJECT_REF, she, ATTR_NAME).number, 1);
    g = case_read(c, "It/PRP/3/nsubj was/VBD/3/aux raining/VBG/0/root +././3/punct");
    int32_t empty = grammar_object(g, OBJECT_REF, 0, 0);
    assert_int_equal(grammar_attr(g, OBJECT_REF, empty, ATTR_KIND).number, VALUE_DUMMY);
    assert_false(grammar_ref_word(g, empty, &word));
    memset(&c->document, 0, sizeof c->document);
}

/* Room that is full, and none: the newest are lost, nothing else. */
static void test_entities_without_room(void **state)
{
    static struct mention pool[1];
    struct grammar_case *c = *state;
    memset(&c->document, 0, sizeof c->document);
    c->document.mentions = pool;
    c->document.mention_capacity = 1;
    for (int i = 0; i < 3; i++) {
        struct grammar *g = case_read(c, "Ann/NNP/2/nsubj broke/VBD/0/root the/DT/4/det "
                                         "kettle/NN/2/obj");
        grammar_remember(g);
        assert_int_equal(c->document.mention_count, 1);
    }
    memset(&c->document, 0, sizeof c->document);
}

static void ask_everything(struct grammar *g)
{
    int32_t start, end;
    for (int32_t t = 0; t < (int32_t)g->sentence->count; t++)
        for (int kind = 0; kind < OBJECT_COUNT; kind++) {
            int32_t object = grammar_object(g, (enum object_kind)kind, t, ~(uint64_t)0);
            for (int a = 0; a < ATTR_COUNT && object >= 0; a++)
                grammar_attr(g, (enum object_kind)kind, object, (enum attr)a);
            for (int r = 0; r < ROLE_COUNT && object >= 0; r++) {
                struct value v = grammar_role(g, (enum object_kind)kind, object, (enum role)r);
                if (v.kind == VALUE_IS_TOKEN)
                    assert_in_range(v.a, 0, g->sentence->count - 1);
            }
            grammar_np_span(g, t, &start, &end);
        }
    for (int32_t clause = 0; clause < (int32_t)grammar_clause_count(g); clause++) {
        int steps = 0;
        for (int32_t up = clause; up >= 0; up = grammar_clause_parent(g, up, NULL))
            assert_true(steps++ < LIMIT_OBJECTS);
        grammar_vp_span(g, clause, &start, &end);
    }
    grammar_remember(g);
}

/* Heads in cycles and out of range, relations and tags at random, forms that are empty. */
static void test_hostile(void **state)
{
    struct grammar_case *c = *state;
    uint64_t draw = 1;
    for (int round = 0; round < 300; round++) {
        const struct object_case *from = round % 2 ? tags : clauses;
        size_t count = round % 2 ? sizeof tags / sizeof *tags : sizeof clauses / sizeof *clauses;
        case_read(c, from[(size_t)round % count].sentence);
        struct sentence *s = &c->sentence;
        for (uint32_t i = 0; i < s->count; i++) {
            draw = hash_mix(draw, i);
            struct token *t = &s->tokens[i];
            if (draw % 3 == 0)
                t->head = (int32_t)(draw >> 8 & 15) - 2;
            if (draw % 5 == 0)
                t->deprel = (uint8_t)(draw >> 16);
            if (draw % 7 == 0)
                t->upos = (uint8_t)(draw >> 24);
            if (draw % 11 == 0)
                t->xpos = (uint8_t)(draw >> 32);
            if (draw % 29 == 0)
                t->form_length = 0;
        }
        assert_true(grammar_init(&c->grammar, s, c->lexicon, &c->arena, &c->document));
        ask_everything(&c->grammar);
    }
}

/* The longest sentence, as a chain: of conjuncts, of relative clauses, of auxiliaries. */
static void test_deep(void **state)
{
    static const enum deprel chains[] = {REL_CONJ, REL_ACL_RELCL, REL_XCOMP, REL_AUX, REL_NMOD,
                                         REL_CCOMP, REL_PARATAXIS};
    struct grammar_case *c = *state;
    for (size_t k = 0; k < sizeof chains / sizeof *chains; k++)
        for (int way = 0; way < 2; way++) {
            arena_reset(&c->arena);
            struct sentence *s = &c->sentence;
            s->count = LIMIT_SENTENCE_TOKENS;
            s->tokens = arena_calloc(&c->arena, s->count, sizeof *s->tokens);
            for (int32_t i = 0; i < (int32_t)s->count; i++)
                s->tokens[i] = (struct token){.form = "go", .form_length = 2, .lemma = "go",
                                              .lemma_length = 2, .head = way ? i - 1 : i + 1,
                                              .source = i, .upos = UPOS_VERB, .xpos = XPOS_VB,
                                              .deprel = (uint8_t)chains[k], .space_before = 1};
            assert_true(grammar_init(&c->grammar, s, c->lexicon, &c->arena, NULL));
            ask_everything(&c->grammar);
        }
}

static void test_word_list(void **state)
{
    size_t count;
    const struct word *words = word_list(&count);
    (void)state;
    for (size_t i = 1; i < count; i++)
        assert_true(strcmp(words[i - 1].text, words[i].text) < 0);
    assert_string_equal(aux_form_find("'ve")->lemma, "have");
    assert_string_equal(aux_form_find("wo")->lemma, "will");
    assert_null(aux_form_find("go"));
}

/* Subjects that a parser cut in two, joined by the case of their last pronoun; and near misses. */
static void test_joined_subjects(void **state)
{
    static const struct {
        const char *text, *pronoun;
        int size; /* 0: no coordination */
    } cases[] = {
        {"My/PRP$/2/nmod:poss aunts/NNS/5/nsubj and/CC/5/cc I/PRP/5/nsubj ran/VBD/0/root", "I", 2},
        {"My/PRP$/2/nmod:poss friend/NN/6/nsubj Ben/NNP/2/appos and/CC/5/cc he/PRP/3/conj "
         "ran/VBD/0/root", "he", 2},
        {"My/PRP$/2/nmod:poss sister/NN/8/nsubj +,/,/5/punct her/PRP$/5/nmod:poss "
         "husband/NN/2/appos and/CC/7/cc we/PRP/5/conj ran/VBD/0/root", "we", 3},
        {"Jo/NNP/0/root +,/,/3/punct Sam/NNP/1/conj +,/,/7/punct and/CC/7/cc I/PRP/7/nsubj "
         "ran/VBD/1/conj", "I", 3},
        {"Have/VBP!/6/aux your/PRP$/3/nmod:poss aunts/NNS/6/obj and/CC/6/cc I/PRP/6/nsubj "
         "met/VBN/0/root", "I", 2},
        {"The/DT/2/det nurse/NN/8/nsubj +,/,/5/punct the/DT/5/det doctor/NN/2/appos and/CC/7/cc "
         "I/PRP/2/conj left/VBD/0/root", "I", 3},
        {"Thanks/NNS/0/root and/CC/4/cc I/PRP/4/nsubj left/VBD/1/conj", "I", 0},
        {"Rain/NN/4/nsubj and/CC/4/cc we/PRP/4/nsubj suffer/VBP/0/root", "we", 0},
        {"Sue/NNP/0/root +,/,/5/punct and/CC/5/cc I/PRP/5/nsubj left/VBD/1/conj", "I", 0},
    };
    struct grammar_case *c = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct grammar *g = case_read(c, cases[i].text);
        int32_t k = grammar_object(g, OBJECT_COORD, case_token(c, cases[i].pronoun, 0), 0);
        int size = k < 0 ? 0 : (int)grammar_attr(g, OBJECT_COORD, k, ATTR_SIZE).number;
        if (size != cases[i].size)
            fail_msg("%s: %d, not %d", cases[i].text, size, cases[i].size);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_clauses),  cmocka_unit_test(test_mended),
        cmocka_unit_test(test_polarities),
        cmocka_unit_test(test_tags),     cmocka_unit_test(test_phrases),
        cmocka_unit_test(test_quotes),   cmocka_unit_test(test_references),
        cmocka_unit_test(test_edges),    cmocka_unit_test(test_spans),
        cmocka_unit_test(test_document), cmocka_unit_test(test_entities),
        cmocka_unit_test(test_entities_without_room), cmocka_unit_test(test_hostile),
        cmocka_unit_test(test_deep),     cmocka_unit_test(test_word_list),
        cmocka_unit_test(test_joined_subjects),
    };
    return cmocka_run_group_tests(tests, case_open, case_close);
}

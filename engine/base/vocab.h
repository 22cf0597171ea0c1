/* vocab.h -- the words that rules, tables, models and analyser share: Universal Dependencies tags,
 * features and relations, word classes, flags, inflections, objects with their attributes and
 * roles. Each list is an X-macro, so that one line adds an entry everywhere; the number of an entry
 * is its place in its list. A file carries a hash of the lists it uses, and one made with other
 * lists is refused (ISG_MISMATCH).
 *
 * Source of tags, features and relations: Universal Dependencies v2, English EWT and GUM.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef BASE_VOCAB_H
#define BASE_VOCAB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define VOCAB_UPOS(F)                                                                              \
    F(ADJ) F(ADP) F(ADV) F(AUX) F(CCONJ) F(DET) F(INTJ) F(NOUN) F(NUM) F(PART) F(PRON) F(PROPN)    \
    F(PUNCT) F(SCONJ) F(SYM) F(VERB) F(X)

/* Second argument: the tag as Penn Treebank and UD write it. */
#define VOCAB_XPOS(X)                                                                              \
    X(ADD, "ADD") X(AFX, "AFX") X(CC, "CC") X(CD, "CD") X(DT, "DT") X(EX, "EX") X(FW, "FW")        \
    X(GW, "GW") X(HYPH, "HYPH") X(IN, "IN") X(JJ, "JJ") X(JJR, "JJR") X(JJS, "JJS") X(LS, "LS")    \
    X(MD, "MD") X(NFP, "NFP") X(NN, "NN") X(NNP, "NNP") X(NNPS, "NNPS") X(NNS, "NNS")              \
    X(PDT, "PDT") X(POS, "POS") X(PRP, "PRP") X(PRPS, "PRP$") X(RB, "RB") X(RBR, "RBR")            \
    X(RBS, "RBS") X(RP, "RP") X(SYM, "SYM") X(TO, "TO") X(UH, "UH") X(VB, "VB") X(VBD, "VBD")      \
    X(VBG, "VBG") X(VBN, "VBN") X(VBP, "VBP") X(VBZ, "VBZ") X(WDT, "WDT") X(WP, "WP")              \
    X(WPS, "WP$") X(WRB, "WRB") X(COMMA, ",") X(PERIOD, ".") X(COLON, ":") X(OPENQ, "``")          \
    X(CLOSEQ, "''") X(LRB, "-LRB-") X(RRB, "-RRB-") X(DOLLAR, "$")

/* Relations with their subtypes; a parent stands before its subtypes. */
#define VOCAB_DEPREL(X)                                                                            \
    X(ROOT, "root") X(ACL, "acl") X(ACL_RELCL, "acl:relcl") X(ADVCL, "advcl")                      \
    X(ADVCL_RELCL, "advcl:relcl") X(ADVMOD, "advmod") X(AMOD, "amod") X(APPOS, "appos")            \
    X(AUX, "aux") X(AUX_PASS, "aux:pass") X(CASE, "case") X(CC, "cc") X(CC_PRECONJ, "cc:preconj")  \
    X(CCOMP, "ccomp") X(COMPOUND, "compound") X(COMPOUND_PRT, "compound:prt") X(CONJ, "conj")      \
    X(COP, "cop") X(CSUBJ, "csubj") X(CSUBJ_OUTER, "csubj:outer") X(CSUBJ_PASS, "csubj:pass")      \
    X(DEP, "dep") X(DET, "det") X(DET_PREDET, "det:predet") X(DISCOURSE, "discourse")              \
    X(DISLOCATED, "dislocated") X(EXPL, "expl") X(FIXED, "fixed") X(FLAT, "flat")                  \
    X(GOESWITH, "goeswith") X(IOBJ, "iobj") X(LIST, "list") X(MARK, "mark") X(NMOD, "nmod")        \
    X(NMOD_DESC, "nmod:desc") X(NMOD_POSS, "nmod:poss") X(NMOD_UNMARKED, "nmod:unmarked")          \
    X(NSUBJ, "nsubj") X(NSUBJ_OUTER, "nsubj:outer") X(NSUBJ_PASS, "nsubj:pass")                    \
    X(NUMMOD, "nummod") X(OBJ, "obj") X(OBL, "obl") X(OBL_AGENT, "obl:agent")                      \
    X(OBL_UNMARKED, "obl:unmarked") X(ORPHAN, "orphan") X(PARATAXIS, "parataxis")                  \
    X(PUNCT, "punct") X(REPARANDUM, "reparandum") X(VOCATIVE, "vocative") X(XCOMP, "xcomp")

/* Morphological features; the bit of a feature in a 64-bit word is its place here. */
#define VOCAB_FEAT(X)                                                                              \
    X(ABBR, "Abbr", "Yes") X(CASE_ACC, "Case", "Acc") X(CASE_GEN, "Case", "Gen")                   \
    X(CASE_NOM, "Case", "Nom") X(DEF_DEF, "Definite", "Def") X(DEF_IND, "Definite", "Ind")         \
    X(DEG_CMP, "Degree", "Cmp") X(DEG_POS, "Degree", "Pos") X(DEG_SUP, "Degree", "Sup")            \
    X(EXT_ADP, "ExtPos", "ADP") X(EXT_ADV, "ExtPos", "ADV") X(EXT_CCONJ, "ExtPos", "CCONJ")        \
    X(EXT_PRON, "ExtPos", "PRON") X(EXT_PROPN, "ExtPos", "PROPN") X(EXT_SCONJ, "ExtPos", "SCONJ")  \
    X(FOREIGN, "Foreign", "Yes") X(GEN_FEM, "Gender", "Fem") X(GEN_MASC, "Gender", "Masc")         \
    X(GEN_NEUT, "Gender", "Neut") X(MOOD_IMP, "Mood", "Imp") X(MOOD_IND, "Mood", "Ind")            \
    X(MOOD_SUB, "Mood", "Sub") X(NF_COMBI, "NumForm", "Combi") X(NF_DIGIT, "NumForm", "Digit")     \
    X(NF_ROMAN, "NumForm", "Roman") X(NF_WORD, "NumForm", "Word") X(NT_CARD, "NumType", "Card")    \
    X(NT_FRAC, "NumType", "Frac") X(NT_MULT, "NumType", "Mult") X(NT_ORD, "NumType", "Ord")        \
    X(NUM_PLUR, "Number", "Plur") X(NUM_PTAN, "Number", "Ptan") X(NUM_SING, "Number", "Sing")      \
    X(PERS_1, "Person", "1") X(PERS_2, "Person", "2") X(PERS_3, "Person", "3")                     \
    X(POL_NEG, "Polarity", "Neg") X(POL_POS, "Polarity", "Pos") X(POSS, "Poss", "Yes")             \
    X(PT_ART, "PronType", "Art") X(PT_DEM, "PronType", "Dem") X(PT_EMP, "PronType", "Emp")         \
    X(PT_IND, "PronType", "Ind") X(PT_INT, "PronType", "Int") X(PT_NEG, "PronType", "Neg")         \
    X(PT_PRS, "PronType", "Prs") X(PT_RCP, "PronType", "Rcp") X(PT_REL, "PronType", "Rel")         \
    X(PT_TOT, "PronType", "Tot") X(REFLEX, "Reflex", "Yes") X(STYLE_ARCH, "Style", "Arch")         \
    X(STYLE_COLL, "Style", "Coll") X(STYLE_EXPR, "Style", "Expr") X(STYLE_SLNG, "Style", "Slng")   \
    X(STYLE_VRNC, "Style", "Vrnc") X(TENSE_PAST, "Tense", "Past") X(TENSE_PRES, "Tense", "Pres")   \
    X(TYPO, "Typo", "Yes") X(VF_FIN, "VerbForm", "Fin") X(VF_GER, "VerbForm", "Ger")               \
    X(VF_INF, "VerbForm", "Inf") X(VF_PART, "VerbForm", "Part") X(VOICE_PASS, "Voice", "Pass")

/* Word classes of the lexicon (#name in a rule), after WordNet's lexicographer files. */
#define VOCAB_CLASS(X)                                                                             \
    X(PERSON, "person") X(ANIMAL, "animal") X(BODY, "body") X(FOOD, "food") X(PLANT, "plant")      \
    X(ARTIFACT, "artifact") X(PLACE, "place") X(TIME, "time") X(GROUP, "group") X(ACT, "act")      \
    X(ABSTRACT, "abstract") X(MASS, "mass") X(MOTION, "motion") X(COGNITION, "cognition")          \
    X(SPEECH, "speech") X(PERCEPTION, "perception") X(EMOTION, "emotion") X(STATIVE, "stative")    \
    X(CHANGE, "change") X(CONTACT, "contact") X(POSSESSION, "possession") X(WEATHER, "weather")    \
    X(TRANSITIVE, "transitive") X(INTRANSITIVE, "intransitive") X(DITRANSITIVE, "ditransitive")    \
    X(MALE, "male") X(FEMALE, "female")

/* Token flags (.name in a rule). */
#define VOCAB_FLAG(X)                                                                              \
    X(FIRST, "first") X(LAST, "last") X(QUOTED, "quoted") X(TITLE, "title") X(MWE, "mwe")          \
    X(CONTRACTED, "contracted") X(FRESH, "fresh") X(MADE, "made") X(PROTECTED, "protected")        \
    X(UNKNOWN, "unknown") X(CAPITAL, "capital")

/* Inflections (x:form in a rule). noun(x), verb(x), adj(x): as the token x is inflected; pres(x):
 * the present that the subject of x asks for. */
#define VOCAB_FORM(X)                                                                              \
    X(BASE, "base") X(S, "s") X(PAST, "past") X(PP, "pp") X(ING, "ing") X(FIN, "fin") X(SG, "sg")  \
    X(PL, "pl") X(POSS, "poss") X(NOM, "nom") X(ACC, "acc") X(GEN, "gen") X(REFL, "refl")          \
    X(ER, "er") X(EST, "est") X(ADV, "adv") X(AS_NOUN, "noun") X(AS_VERB, "verb")                  \
    X(AS_ADJ, "adj") X(PRES, "pres")

/* Objects of the grammar and the services that build them. */
#define VOCAB_OBJECT(X)                                                                            \
    X(VG, "vg") X(NP, "np") X(COORD, "coord") X(CLAUSE, "clause") X(QUOTE, "quote") X(REF, "ref")  \
    X(KIDS, "kids")

/* Roles of objects (x.role in a rule). */
#define VOCAB_ROLE(X)                                                                              \
    X(MAIN, "main") X(FIN, "fin") X(SUBJ, "subj") X(PRT, "prt") X(ADVS, "advs") X(HEAD, "head")    \
    X(DET, "det") X(POSS, "poss") X(START, "start") X(END, "end") X(MEMBERS, "members")            \
    X(CC, "cc") X(VERB, "verb") X(VG, "vg") X(OBJ, "obj") X(IOBJ, "iobj") X(COMP, "comp")          \
    X(WH, "wh") X(MARK, "mark") X(ANTE, "ante") X(NEG, "neg") X(SLOT, "slot") X(OPEN, "open")      \
    X(SPAN, "span") X(PREV, "prev") X(FIRST, "first") X(LAST, "last")

/* Attributes of objects. A Boolean attribute is tested by its bare name; one with values by
 * name=value; a number by name lt|le|gt|ge|eq N; a word by name=word (its value is a string). */
#define VOCAB_ATTR(X)                                                                              \
    X(FORM, "form") X(TENSE, "tense") X(PERF, "perf") X(PROG, "prog") X(PASS, "pass") X(DO, "do")  \
    X(MODAL, "modal") X(NEG, "neg") X(INV, "inv") X(COPULAR, "copular") X(CONTR, "contr")          \
    X(STRANDED, "stranded") X(AGREE, "agree") X(SOUND, "sound") X(FINITE, "fin") X(NUM, "num")     \
    X(PERS, "pers") X(ANIM, "anim") X(GENDER, "gender") X(MASS, "mass") X(DEF, "def")              \
    X(PRO, "pro") X(NAME, "name") X(COORD, "coord") X(ROLE, "role") X(SIZE, "size")                \
    X(SEP, "sep") X(TYPE, "type") X(ROOT, "root") X(SUB, "sub") X(CONJ, "conj") X(THERE, "there")  \
    X(POLARITY, "polarity") X(GAP, "gap") X(DIRECT, "direct") X(ORDER, "order") X(KIND, "kind")    \
    X(NEW, "new") X(FAR, "far") X(SURE, "sure") X(BACK, "back")

/* Values of attributes; one list for all, so that a value has one number everywhere. */
#define VOCAB_VALUE(X)                                                                             \
    X(NO, "no") X(YES, "yes") X(FIN, "fin") X(INF, "inf") X(TO, "to") X(ING, "ing") X(PP, "pp")    \
    X(IMP, "imp") X(PRES, "pres") X(PAST, "past") X(NONE, "none") X(NOT, "not") X(NT, "n't")       \
    X(STD, "std") X(ZERO, "zero") X(S, "s") X(WAS, "was") X(SG, "sg") X(PL, "pl") X(P1, "1")       \
    X(P2, "2") X(P3, "3") X(MASC, "masc") X(FEM, "fem") X(NEUT, "neut") X(INDEF, "indef")          \
    X(SUBJ, "subj") X(OBJ, "obj") X(OBL, "obl") X(POSS, "poss") X(ADV, "adv") X(PRED, "pred")      \
    X(DECL, "decl") X(YN, "yn") X(WH, "wh") X(EXCL, "excl") X(REL, "rel") X(EMBQ, "embq")          \
    X(TAG, "tag") X(QUOTE, "quote") X(POS, "pos") X(NEG, "neg") X(SVQ, "svq") X(VSQ, "vsq")        \
    X(QSV, "qsv") X(QVS, "qvs") X(PERSON, "person") X(THING, "thing") X(GROUP, "group")            \
    X(DUMMY, "dummy") X(WORD, "word") X(ANIMAL, "animal") X(PLACE, "place")                        \
    X(ABSTRACT, "abstract") X(EVENT, "event")

/* Edges of the clause tree (paths over clauses). */
#define VOCAB_EDGE(X) X(FIN, "fin") X(NONFIN, "nonfin") X(REL, "rel") X(CONJ, "conj")

#define VOCAB_STRATUM(X)                                                                           \
    X(CLAUSE, "clause") X(VERB, "verb") X(NOUN, "noun") X(PRONOUN, "pronoun")                      \
    X(NEGATION, "negation") X(AUXILIARY, "auxiliary") X(MORPHOLOGY, "morphology")                  \
    X(LEXIS, "lexis") X(SPELLING, "spelling")

/* Regions that slang and everyday words belong to. */
#define VOCAB_REGION(X)                                                                            \
    X(GENERAL, "general") X(US, "US") X(UK, "UK") X(IE, "IE") X(AU, "AU") X(NZ, "NZ") X(CA, "CA")  \
    X(ZA, "ZA") X(IN, "IN") X(SG, "SG") X(CARIBBEAN, "Caribbean")

/* Registers of slang. Unless others are asked for, what is of the first two is
 * written, and what is of the next two less often. */
#define VOCAB_REGISTER(X)                                                                          \
    X(SLANG, "slang") X(COLLOQUIAL, "colloquial") X(YOUTH, "youth") X(LOCAL, "local")              \
    X(CANT, "cant") X(DATED, "dated")

#define X1(id) UPOS_##id,
enum upos { VOCAB_UPOS(X1) UPOS_COUNT, UPOS_NONE = 255 };
#undef X1
#define X2(id, name) XPOS_##id,
enum xpos { VOCAB_XPOS(X2) XPOS_COUNT, XPOS_NONE = 255 };
#undef X2
#define X2(id, name) REL_##id,
enum deprel { VOCAB_DEPREL(X2) REL_COUNT, REL_NONE = 255 };
#undef X2
#define X3(id, key, value) FEAT_BIT_##id,
enum feat_bit { VOCAB_FEAT(X3) FEAT_COUNT };
#undef X3
#define X2(id, name) CLASS_BIT_##id,
enum class_bit { VOCAB_CLASS(X2) CLASS_COUNT };
#undef X2
#define X2(id, name) FLAG_BIT_##id,
enum flag_bit { VOCAB_FLAG(X2) FLAG_COUNT };
#undef X2
#define X2(id, name) FORM_##id,
enum form { VOCAB_FORM(X2) FORM_COUNT };
#undef X2
#define X2(id, name) OBJECT_##id,
enum object_kind { VOCAB_OBJECT(X2) OBJECT_COUNT };
#undef X2
#define X2(id, name) ROLE_##id,
enum role { VOCAB_ROLE(X2) ROLE_COUNT, ROLE_NONE = 255 };
#undef X2
#define X2(id, name) ATTR_##id,
enum attr { VOCAB_ATTR(X2) ATTR_COUNT };
#undef X2
#define X2(id, name) VALUE_##id,
enum value_id { VOCAB_VALUE(X2) VALUE_COUNT };
#undef X2
#define X2(id, name) EDGE_##id,
enum clause_edge { VOCAB_EDGE(X2) EDGE_COUNT };
#undef X2
#define X2(id, name) STRATUM_##id,
enum stratum { VOCAB_STRATUM(X2) STRATUM_COUNT };
#undef X2
#define X2(id, name) REGION_##id,
enum region { VOCAB_REGION(X2) REGION_COUNT };
#undef X2
#define X2(id, name) REGISTER_##id,
enum register_ { VOCAB_REGISTER(X2) REGISTER_COUNT };
#undef X2

/* FEAT(TENSE_PAST) is the bit of Tense=Past in a word of features; likewise CLASS and FLAG. */
#define FEAT(id) ((uint64_t)1 << FEAT_BIT_##id)
#define CLASS(id) ((uint32_t)1 << CLASS_BIT_##id)
#define FLAG(id) ((uint32_t)1 << FLAG_BIT_##id)

enum vocab_list {
    VOCAB_LIST_UPOS, VOCAB_LIST_XPOS, VOCAB_LIST_DEPREL, VOCAB_LIST_CLASS, VOCAB_LIST_FLAG,
    VOCAB_LIST_FORM, VOCAB_LIST_OBJECT, VOCAB_LIST_ROLE, VOCAB_LIST_ATTR, VOCAB_LIST_VALUE,
    VOCAB_LIST_EDGE, VOCAB_LIST_STRATUM, VOCAB_LIST_REGION,
    VOCAB_LIST_REGISTER, VOCAB_LIST_COUNT
};

/* The name of entry number of a list; NULL out of range. */
const char *vocab_name(enum vocab_list list, unsigned number);
unsigned vocab_count(enum vocab_list list);
/* The number of a name (length bytes, exact case); -1 if there is none. */
int vocab_find(enum vocab_list list, const char *name, size_t length);
const char *vocab_feat_key(unsigned bit);
const char *vocab_feat_value(unsigned bit);
/* The bit of Key=Value as a number; -1 if there is none. */
int vocab_feat_find(const char *key, size_t key_length, const char *value, size_t value_length);
/* All bits of a key (Tense -> Past and Pres); 0 if there is no such key. */
uint64_t vocab_feat_key_mask(const char *key, size_t length);
/* Writes features as CoNLL-U does (sorted, "_" for none); size should be 512. Returns bytes. */
size_t vocab_feats_print(uint64_t feats, char *out, size_t size);
/* Reads features as CoNLL-U writes them; unknown ones are left out. */
uint64_t vocab_feats_parse(const char *text, size_t length);
/* The relation without its subtype: nsubj:pass -> nsubj. */
enum deprel vocab_deprel_base(enum deprel rel);
/* The relation and, unless exact, all its subtypes, as a set of bits. */
uint64_t vocab_deprel_set(enum deprel rel, bool exact);
/* A hash over all lists and their order; tables carry it. */
uint64_t vocab_hash(void);
/* The same over what analysis speaks of (tags, relations, classes, features); model and lexicon
 * carry it, so that new attributes, roles and forms of the rule language leave them good. */
uint64_t vocab_analysis_hash(void);

#endif

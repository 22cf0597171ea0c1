/* schema.c -- the table behind schema.h, one line an attribute or role.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "base/schema.h"

#define V(id) ((uint64_t)1 << VALUE_##id)
#define GENDERS (V(MASC) | V(FEM) | V(NEUT) | V(NONE))
#define ROLES (V(SUBJ) | V(OBJ) | V(OBL) | V(POSS) | V(PRED) | V(NONE))

_Static_assert(VALUE_COUNT <= 64, "a set of values fits one word");

struct attr_line {
    uint8_t object, attr, type;
    uint64_t values;
};

static const struct attr_line attrs[] = {
    {OBJECT_VG, ATTR_FORM, ATTR_VALUE, V(FIN) | V(INF) | V(TO) | V(ING) | V(PP) | V(IMP)},
    {OBJECT_VG, ATTR_TENSE, ATTR_VALUE, V(PRES) | V(PAST) | V(NONE)},
    {OBJECT_VG, ATTR_PERF, ATTR_BOOL, 0},
    {OBJECT_VG, ATTR_PROG, ATTR_BOOL, 0},
    {OBJECT_VG, ATTR_PASS, ATTR_BOOL, 0},
    {OBJECT_VG, ATTR_DO, ATTR_BOOL, 0},
    {OBJECT_VG, ATTR_MODAL, ATTR_WORD, 0},
    {OBJECT_VG, ATTR_NEG, ATTR_VALUE, V(NO) | V(NOT) | V(NT) | V(WORD)},
    {OBJECT_VG, ATTR_INV, ATTR_BOOL, 0},
    {OBJECT_VG, ATTR_COPULAR, ATTR_BOOL, 0},
    {OBJECT_VG, ATTR_CONTR, ATTR_BOOL, 0},
    {OBJECT_VG, ATTR_STRANDED, ATTR_BOOL, 0},
    {OBJECT_VG, ATTR_AGREE, ATTR_VALUE, V(STD) | V(ZERO) | V(S) | V(WAS)},
    {OBJECT_VG, ATTR_SOUND, ATTR_BOOL, 0},
    {OBJECT_VG, ATTR_FINITE, ATTR_VALUE, V(STD) | V(ZERO)},
    {OBJECT_NP, ATTR_NUM, ATTR_VALUE, V(SG) | V(PL)},
    {OBJECT_NP, ATTR_PERS, ATTR_VALUE, V(P1) | V(P2) | V(P3)},
    {OBJECT_NP, ATTR_ANIM, ATTR_BOOL, 0},
    {OBJECT_NP, ATTR_GENDER, ATTR_VALUE, GENDERS},
    {OBJECT_NP, ATTR_MASS, ATTR_BOOL, 0},
    {OBJECT_NP, ATTR_DEF, ATTR_BOOL, 0},
    {OBJECT_NP, ATTR_PRO, ATTR_BOOL, 0},
    {OBJECT_NP, ATTR_NAME, ATTR_BOOL, 0},
    {OBJECT_NP, ATTR_COORD, ATTR_BOOL, 0},
    {OBJECT_NP, ATTR_ROLE, ATTR_VALUE, ROLES},
    {OBJECT_NP, ATTR_SIZE, ATTR_NUMBER, 0},
    {OBJECT_COORD, ATTR_SIZE, ATTR_NUMBER, 0},
    {OBJECT_COORD, ATTR_ROLE, ATTR_VALUE, ROLES},
    {OBJECT_COORD, ATTR_SEP, ATTR_WORD, 0},
    {OBJECT_CLAUSE, ATTR_TYPE, ATTR_VALUE,
     V(DECL) | V(YN) | V(WH) | V(IMP) | V(EXCL) | V(REL) | V(INF) | V(ING) | V(EMBQ) | V(TAG) |
         V(QUOTE)},
    {OBJECT_CLAUSE, ATTR_ROOT, ATTR_BOOL, 0},
    {OBJECT_CLAUSE, ATTR_SUB, ATTR_BOOL, 0},
    {OBJECT_CLAUSE, ATTR_CONJ, ATTR_BOOL, 0},
    {OBJECT_CLAUSE, ATTR_THERE, ATTR_BOOL, 0},
    {OBJECT_CLAUSE, ATTR_POLARITY, ATTR_VALUE, V(POS) | V(NEG)},
    {OBJECT_CLAUSE, ATTR_GAP, ATTR_VALUE, V(NO) | V(SUBJ) | V(OBJ) | V(OBL) | V(POSS) | V(ADV)},
    {OBJECT_CLAUSE, ATTR_INV, ATTR_BOOL, 0},
    {OBJECT_QUOTE, ATTR_DIRECT, ATTR_BOOL, 0},
    {OBJECT_QUOTE, ATTR_ORDER, ATTR_VALUE, V(SVQ) | V(VSQ) | V(QSV) | V(QVS)},
    {OBJECT_REF, ATTR_KIND, ATTR_VALUE,
     V(PERSON) | V(ANIMAL) | V(THING) | V(GROUP) | V(PLACE) | V(ABSTRACT) | V(EVENT) | V(DUMMY) |
         V(NONE)},
    {OBJECT_REF, ATTR_NUM, ATTR_VALUE, V(SG) | V(PL) | V(NONE)},
    {OBJECT_REF, ATTR_GENDER, ATTR_VALUE, GENDERS},
    {OBJECT_REF, ATTR_NEW, ATTR_BOOL, 0},
    {OBJECT_REF, ATTR_FAR, ATTR_BOOL, 0},
    {OBJECT_REF, ATTR_SURE, ATTR_NUMBER, 0},
    {OBJECT_REF, ATTR_BACK, ATTR_NUMBER, 0},
    {OBJECT_REF, ATTR_ANIM, ATTR_BOOL, 0},
    {OBJECT_REF, ATTR_DEF, ATTR_BOOL, 0},
    {OBJECT_REF, ATTR_NAME, ATTR_BOOL, 0},
    {OBJECT_REF, ATTR_COORD, ATTR_BOOL, 0},
    {OBJECT_REF, ATTR_ROLE, ATTR_VALUE, ROLES},
    {OBJECT_REF, ATTR_SIZE, ATTR_NUMBER, 0},
    {OBJECT_KIDS, ATTR_SIZE, ATTR_NUMBER, 0},
};

struct role_line {
    uint8_t object, role, gives;
};

static const struct role_line roles[] = {
    {OBJECT_VG, ROLE_MAIN, REF_TOKEN},
    {OBJECT_VG, ROLE_FIN, REF_TOKEN},
    {OBJECT_VG, ROLE_SUBJ, REF_TOKEN},
    {OBJECT_VG, ROLE_PRT, REF_TOKEN},
    {OBJECT_VG, ROLE_NEG, REF_TOKEN},
    {OBJECT_VG, ROLE_ADVS, REF_SET},
    {OBJECT_NP, ROLE_HEAD, REF_TOKEN},
    {OBJECT_NP, ROLE_DET, REF_TOKEN},
    {OBJECT_NP, ROLE_POSS, REF_TOKEN},
    {OBJECT_NP, ROLE_START, REF_TOKEN},
    {OBJECT_NP, ROLE_END, REF_TOKEN},
    {OBJECT_COORD, ROLE_HEAD, REF_TOKEN},
    {OBJECT_COORD, ROLE_MEMBERS, REF_SET},
    {OBJECT_COORD, ROLE_CC, REF_TOKEN},
    {OBJECT_CLAUSE, ROLE_SUBJ, REF_TOKEN},
    {OBJECT_CLAUSE, ROLE_VERB, REF_TOKEN},
    {OBJECT_CLAUSE, ROLE_VG, REF_OBJECT + OBJECT_VG},
    {OBJECT_CLAUSE, ROLE_OBJ, REF_TOKEN},
    {OBJECT_CLAUSE, ROLE_IOBJ, REF_TOKEN},
    {OBJECT_CLAUSE, ROLE_COMP, REF_TOKEN},
    {OBJECT_CLAUSE, ROLE_WH, REF_SPAN},
    {OBJECT_CLAUSE, ROLE_MARK, REF_TOKEN},
    {OBJECT_CLAUSE, ROLE_ANTE, REF_OBJECT + OBJECT_NP},
    {OBJECT_CLAUSE, ROLE_NEG, REF_TOKEN},
    {OBJECT_CLAUSE, ROLE_START, REF_TOKEN},
    {OBJECT_CLAUSE, ROLE_END, REF_TOKEN},
    {OBJECT_CLAUSE, ROLE_SLOT, REF_TOKEN},
    {OBJECT_QUOTE, ROLE_SUBJ, REF_TOKEN},
    {OBJECT_QUOTE, ROLE_OPEN, REF_TOKEN},
    {OBJECT_QUOTE, ROLE_SPAN, REF_SPAN},
    {OBJECT_REF, ROLE_PREV, REF_TOKEN},
    {OBJECT_REF, ROLE_FIRST, REF_TOKEN},
    {OBJECT_KIDS, ROLE_FIRST, REF_TOKEN},
    {OBJECT_KIDS, ROLE_LAST, REF_TOKEN},
    {OBJECT_KIDS, ROLE_MEMBERS, REF_SET},
};

enum attr_type schema_attr(enum object_kind object, enum attr attr, uint64_t *values)
{
    for (size_t i = 0; i < sizeof attrs / sizeof *attrs; i++)
        if (attrs[i].object == object && attrs[i].attr == attr) {
            if (values)
                *values = attrs[i].values;
            return (enum attr_type)attrs[i].type;
        }
    return ATTR_ABSENT;
}

unsigned schema_role(enum object_kind object, enum role role)
{
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
        if (roles[i].object == object && roles[i].role == role)
            return roles[i].gives;
    return REF_ABSENT;
}

unsigned schema_token_role(enum role role)
{
    return role == ROLE_START || role == ROLE_END || role == ROLE_HEAD ? REF_TOKEN : REF_ABSENT;
}

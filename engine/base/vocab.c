/* vocab.c -- names of the shared lists, looked up by linear search: used when rules are compiled
 * and files are opened, never a token.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "base/vocab.h"

#include <string.h>

#include "base/hash.h"

#define X1(id) #id,
static const char *const upos_names[] = {VOCAB_UPOS(X1)};
#undef X1
#define X2(id, name) name,
static const char *const xpos_names[] = {VOCAB_XPOS(X2)};
static const char *const deprel_names[] = {VOCAB_DEPREL(X2)};
static const char *const class_names[] = {VOCAB_CLASS(X2)};
static const char *const flag_names[] = {VOCAB_FLAG(X2)};
static const char *const form_names[] = {VOCAB_FORM(X2)};
static const char *const object_names[] = {VOCAB_OBJECT(X2)};
static const char *const role_names[] = {VOCAB_ROLE(X2)};
static const char *const attr_names[] = {VOCAB_ATTR(X2)};
static const char *const value_names[] = {VOCAB_VALUE(X2)};
static const char *const edge_names[] = {VOCAB_EDGE(X2)};
static const char *const stratum_names[] = {VOCAB_STRATUM(X2)};
static const char *const region_names[] = {VOCAB_REGION(X2)};
static const char *const register_names[] = {VOCAB_REGISTER(X2)};
#undef X2

static const struct {
    const char *const *names;
    unsigned count;
} lists[VOCAB_LIST_COUNT] = {
    [VOCAB_LIST_UPOS] = {upos_names, UPOS_COUNT},
    [VOCAB_LIST_XPOS] = {xpos_names, XPOS_COUNT},
    [VOCAB_LIST_DEPREL] = {deprel_names, REL_COUNT},
    [VOCAB_LIST_CLASS] = {class_names, CLASS_COUNT},
    [VOCAB_LIST_FLAG] = {flag_names, FLAG_COUNT},
    [VOCAB_LIST_FORM] = {form_names, FORM_COUNT},
    [VOCAB_LIST_OBJECT] = {object_names, OBJECT_COUNT},
    [VOCAB_LIST_ROLE] = {role_names, ROLE_COUNT},
    [VOCAB_LIST_ATTR] = {attr_names, ATTR_COUNT},
    [VOCAB_LIST_VALUE] = {value_names, VALUE_COUNT},
    [VOCAB_LIST_EDGE] = {edge_names, EDGE_COUNT},
    [VOCAB_LIST_STRATUM] = {stratum_names, STRATUM_COUNT},
    [VOCAB_LIST_REGION] = {region_names, REGION_COUNT},
    [VOCAB_LIST_REGISTER] = {register_names, REGISTER_COUNT},
};

#define X3(id, key, value) {key, value},
static const struct {
    const char *key, *value;
} feats[] = {VOCAB_FEAT(X3)};
#undef X3

_Static_assert(FEAT_COUNT <= 64, "features fit one word");
_Static_assert(REL_COUNT <= 64, "relations fit one set");
_Static_assert(CLASS_COUNT <= 32 && FLAG_COUNT <= 32, "classes and flags fit half a word");

static bool equals(const char *name, const char *text, size_t length)
{
    return strlen(name) == length && memcmp(name, text, length) == 0;
}

const char *vocab_name(enum vocab_list list, unsigned number)
{
    if ((unsigned)list >= VOCAB_LIST_COUNT || number >= lists[list].count)
        return NULL;
    return lists[list].names[number];
}

unsigned vocab_count(enum vocab_list list)
{
    return (unsigned)list < VOCAB_LIST_COUNT ? lists[list].count : 0;
}

int vocab_find(enum vocab_list list, const char *name, size_t length)
{
    for (unsigned i = 0; i < vocab_count(list); i++)
        if (equals(lists[list].names[i], name, length))
            return (int)i;
    return -1;
}

const char *vocab_feat_key(unsigned bit)
{
    return bit < FEAT_COUNT ? feats[bit].key : NULL;
}

const char *vocab_feat_value(unsigned bit)
{
    return bit < FEAT_COUNT ? feats[bit].value : NULL;
}

int vocab_feat_find(const char *key, size_t key_length, const char *value, size_t value_length)
{
    for (unsigned i = 0; i < FEAT_COUNT; i++)
        if (equals(feats[i].key, key, key_length) && equals(feats[i].value, value, value_length))
            return (int)i;
    return -1;
}

uint64_t vocab_feat_key_mask(const char *key, size_t length)
{
    uint64_t mask = 0;
    for (unsigned i = 0; i < FEAT_COUNT; i++)
        if (equals(feats[i].key, key, length))
            mask |= (uint64_t)1 << i;
    return mask;
}

size_t vocab_feats_print(uint64_t set, char *out, size_t size)
{
    size_t n = 0;
    const char *last = NULL;
    for (unsigned i = 0; i < FEAT_COUNT; i++) {
        if (!(set >> i & 1))
            continue;
        bool again = last && strcmp(last, feats[i].key) == 0;
        const char *parts[4] = {again ? "," : last ? "|" : "", again ? "" : feats[i].key,
                                again ? "" : "=", feats[i].value};
        for (int k = 0; k < 4; k++) {
            size_t length = strlen(parts[k]);
            if (n + length + 1 > size)
                return n;
            memcpy(out + n, parts[k], length);
            n += length;
        }
        last = feats[i].key;
    }
    if (n == 0 && size > 1)
        out[n++] = '_';
    if (n < size)
        out[n] = '\0';
    return n;
}

uint64_t vocab_feats_parse(const char *text, size_t length)
{
    uint64_t set = 0;
    const char *end = text + length;
    while (text < end) {
        const char *stop = memchr(text, '|', (size_t)(end - text));
        if (!stop)
            stop = end;
        const char *eq = memchr(text, '=', (size_t)(stop - text));
        for (const char *v = eq ? eq + 1 : stop; v < stop;) {
            const char *comma = memchr(v, ',', (size_t)(stop - v));
            const char *v_end = comma ? comma : stop;
            int bit = vocab_feat_find(text, (size_t)(eq - text), v, (size_t)(v_end - v));
            if (bit >= 0)
                set |= (uint64_t)1 << bit;
            v = v_end + 1;
        }
        text = stop + 1;
    }
    return set;
}

enum deprel vocab_deprel_base(enum deprel rel)
{
    if ((unsigned)rel >= REL_COUNT)
        return rel;
    const char *colon = strchr(deprel_names[rel], ':');
    if (!colon)
        return rel;
    int base = vocab_find(VOCAB_LIST_DEPREL, deprel_names[rel],
                          (size_t)(colon - deprel_names[rel]));
    return base < 0 ? rel : (enum deprel)base;
}

uint64_t vocab_deprel_set(enum deprel rel, bool exact)
{
    uint64_t set = 0;
    for (unsigned i = 0; i < REL_COUNT; i++)
        if (i == (unsigned)rel || (!exact && vocab_deprel_base((enum deprel)i) == rel))
            set |= (uint64_t)1 << i;
    return set;
}

static uint64_t hash_list(enum vocab_list list, uint64_t h)
{
    for (unsigned i = 0; i < lists[list].count; i++)
        h = hash_bytes(lists[list].names[i], strlen(lists[list].names[i]), h);
    return h;
}

uint64_t vocab_hash(void)
{
    uint64_t h = vocab_analysis_hash();
    for (unsigned list = 0; list < VOCAB_LIST_COUNT; list++)
        h = hash_list((enum vocab_list)list, h);
    return h;
}

uint64_t vocab_analysis_hash(void)
{
    uint64_t h = hash_list(VOCAB_LIST_UPOS, 1);
    h = hash_list(VOCAB_LIST_XPOS, h);
    h = hash_list(VOCAB_LIST_DEPREL, h);
    h = hash_list(VOCAB_LIST_CLASS, h);
    for (unsigned i = 0; i < FEAT_COUNT; i++) {
        h = hash_bytes(feats[i].key, strlen(feats[i].key), h);
        h = hash_bytes(feats[i].value, strlen(feats[i].value), h);
    }
    return h;
}

/* tables.c -- see tables.h. Words are folded with ICU; plain ASCII takes a short way.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "rewrite/tables.h"

#include <stdlib.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "base/status.h"

enum { LONGEST_LITERAL = 96 };

isg_status tables_compile_regexes(struct tables *tables, isg_error *error)
{
    uint32_t n = tables->table.regex_count;
    tables->regexes = calloc(n ? n : 1, sizeof *tables->regexes);
    if (!tables->regexes)
        return status_nomem(error);
    for (uint32_t i = 0; i < n; i++) {
        const char *pattern = table_string(&tables->table, tables->table.regexes[i]);
        int code;
        PCRE2_SIZE offset;
        pcre2_code *regex = pcre2_compile((PCRE2_SPTR)pattern, PCRE2_ZERO_TERMINATED,
                                          PCRE2_UTF | PCRE2_CASELESS | PCRE2_NEVER_BACKSLASH_C,
                                          &code, &offset, NULL);
        if (!regex) {
            tables_free(tables);
            return status_set(error, ISG_FORMAT, "the rule table holds a bad expression: %.200s",
                              pattern);
        }
        pcre2_jit_compile(regex, PCRE2_JIT_COMPLETE);
        tables->regexes[i] = regex;
    }
    return ISG_OK;
}

isg_status tables_index_rules(struct tables *tables, isg_error *error)
{
    const struct table *t = &tables->table;
    uint32_t rule = 0;
    for (unsigned i = 0; i < STRATUM_COUNT; i++) {
        tables->stratum_rules[i] = rule;
        while (rule < t->rule_count && t->features[t->rules[rule].feature].stratum <= i)
            rule++;
    }
    tables->stratum_rules[STRATUM_COUNT] = t->rule_count;
    tables->rule_words = t->rule_count / 64 + 1;
    tables->needy = calloc(tables->rule_words, sizeof *tables->needy);
    if (!tables->needy)
        return status_nomem(error);
    for (uint32_t i = 0; i < t->literal_count; i++) {
        struct tab_range range = tables_needs(tables, i);
        for (uint32_t k = range.first; k < range.first + range.count; k++)
            tables->needy[t->triggers[k] / 64] |= (uint64_t)1 << (t->triggers[k] % 64);
    }
    return ISG_OK;
}

void tables_free(struct tables *tables)
{
    if (tables->regexes)
        for (uint32_t i = 0; i < tables->table.regex_count; i++)
            pcre2_code_free(tables->regexes[i]);
    free(tables->regexes);
    free(tables->needy);
    tables->regexes = NULL;
    tables->needy = NULL;
}

static size_t fold_unicode(const char *word, size_t length, char *out, size_t size)
{
    int32_t i = 0, n = 0, capacity = (int32_t)size;
    while (i < (int32_t)length) {
        UChar32 c;
        U8_NEXT((const uint8_t *)word, i, (int32_t)length, c);
        if (c < 0)
            return 0;
        c = c == 0x2019 || c == 0x2018 || c == 0x02bc ? '\'' : u_tolower(c);
        UBool failed = 0;
        U8_APPEND((uint8_t *)out, n, capacity, (uint32_t)c, failed);
        if (failed)
            return 0;
    }
    return (size_t)n;
}

size_t tables_fold(const char *word, size_t length, char *out, size_t size)
{
    if (length > size)
        return 0;
    for (size_t i = 0; i < length; i++) {
        char c = word[i];
        if ((unsigned char)c >= 0x80)
            return fold_unicode(word, length, out, size);
        out[i] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
    }
    return length;
}

uint32_t tables_literal(const struct tables *tables, const char *word, size_t length)
{
    char folded[LONGEST_LITERAL];
    size_t n = tables_fold(word, length, folded, sizeof folded);
    return n ? table_literal(&tables->table, folded, n) : TAB_NONE;
}

void tables_identify(const struct tables *tables, struct token *token)
{
    token->form_id = tables_literal(tables, token->form, token->form_length);
    token->lemma_id = tables_literal(tables, token->lemma, token->lemma_length);
}

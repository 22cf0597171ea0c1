/* test_base.c -- status, arena, buffer, hash, nearest, vocabularies and object schema.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/hash.h"
#include "base/nearest.h"
#include "base/schema.h"
#include "base/status.h"
#include "base/vocab.h"

static void test_status(void **state)
{
    (void)state;
    isg_error error;
    assert_int_equal(status_at(&error, ISG_SYNTAX, "a.xml", 3, 7, "bad %s", "word"), ISG_SYNTAX);
    assert_int_equal(error.line, 3);
    assert_int_equal(error.column, 7);
    assert_string_equal(error.file, "a.xml");
    assert_string_equal(error.message, "bad word");
    assert_int_equal(status_set(NULL, ISG_IO, "nobody listens"), ISG_IO);
    for (int i = 0; i <= ISG_CALLBACK; i++)
        assert_string_not_equal(isg_status_name((isg_status)i), "unknown status");
}

static void test_arena(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a);
    struct arena_mark empty = arena_mark(&a);
    char *first = arena_strndup(&a, "hello world", 5);
    assert_string_equal(first, "hello");
    assert_int_equal((uintptr_t)first % 16, 0);
    struct arena_mark mark = arena_mark(&a);
    for (int i = 0; i < 1000; i++)
        assert_non_null(arena_alloc(&a, 1000));
    arena_release(&a, mark);
    char *again = arena_alloc(&a, 8);
    assert_true(again > first && again < first + 64);
    assert_string_equal(first, "hello");
    arena_release(&a, empty);
    assert_ptr_equal(arena_alloc(&a, 1), first);
    arena_reset(&a);
    assert_ptr_equal(arena_alloc(&a, 1), first);
    assert_null(arena_calloc(&a, SIZE_MAX / 2, 3));
    assert_true(a.failed);
    assert_null(arena_alloc(&a, 1));
    arena_reset(&a);
    assert_non_null(arena_alloc(&a, 0));
    arena_clear(&a);
}

static void test_buffer(void **state)
{
    (void)state;
    struct buffer b;
    buffer_init(&b);
    for (int i = 0; i < 1000; i++)
        buffer_printf(&b, "%d,", i);
    assert_int_equal(b.length, strlen(b.bytes));
    assert_memory_equal(b.bytes, "0,1,2,", 6);
    buffer_reset(&b);
    buffer_add(&b, "a\0b", 3);
    assert_int_equal(b.length, 3);
    uint32_t *word = buffer_extend(&b, 4);
    assert_non_null(word);
    assert_int_equal(b.length, 7);
    assert_null(buffer_extend(&b, SIZE_MAX / 2));
    assert_true(b.failed);
    buffer_clear(&b);
}

static void test_hash(void **state)
{
    (void)state;
    assert_int_equal(hash_bytes("dialect", 7, 0), hash_bytes("dialect", 7, 0));
    assert_int_not_equal(hash_bytes("dialect", 7, 0), hash_bytes("dialect", 7, 1));
    assert_int_not_equal(hash_bytes("a", 1, 0), hash_bytes("a\0", 2, 0));
    double sum = 0;
    for (uint64_t i = 0; i < 10000; i++) {
        double draw = hash_draw(hash_mix(42, i));
        assert_true(draw >= 0 && draw < 1);
        sum += draw;
    }
    assert_true(sum > 4800 && sum < 5200);
}

/* The number is part of the promise that equal seeds give equal bytes everywhere. */
static void test_hash_is_fixed(void **state)
{
    (void)state;
    assert_true(hash_bytes("isogloss", 8, 0) == 0x8301e7a5b0867e6au);
    assert_true(hash_mix(1, 2) == 0xcc821ddce3711fe9u);
}

static void test_nearest(void **state)
{
    (void)state;
    struct nearest n;
    char out[128];
    nearest_init(&n, "IrF", 3);
    nearest_offer(&n, "ScE");
    nearest_offer(&n, "IrE");
    nearest_offer(&n, "Colloquial American English");
    nearest_print(&n, out, sizeof out);
    assert_string_equal(out, "IrE");
    nearest_init(&n, "zzzzzzzz", 8);
    nearest_offer(&n, "IrE");
    nearest_print(&n, out, sizeof out);
    assert_string_equal(out, "");
    nearest_init(&n, "irish", 5);
    nearest_offer(&n, "Irish English");
    nearest_print(&n, out, sizeof out);
    assert_string_equal(out, "Irish English");
}

static void test_vocab(void **state)
{
    (void)state;
    for (unsigned list = 0; list < VOCAB_LIST_COUNT; list++)
        for (unsigned i = 0; i < vocab_count((enum vocab_list)list); i++) {
            const char *name = vocab_name((enum vocab_list)list, i);
            assert_int_equal(vocab_find((enum vocab_list)list, name, strlen(name)), i);
        }
    assert_null(vocab_name(VOCAB_LIST_UPOS, UPOS_COUNT));
    assert_int_equal(vocab_find(VOCAB_LIST_XPOS, "PRP$", 4), XPOS_PRPS);
    assert_int_equal(vocab_deprel_base(REL_NSUBJ_PASS), REL_NSUBJ);
    assert_true(vocab_deprel_set(REL_NSUBJ, false) >> REL_NSUBJ_PASS & 1);
    assert_false(vocab_deprel_set(REL_NSUBJ, true) >> REL_NSUBJ_PASS & 1);
    assert_true(vocab_feat_key_mask("Tense", 5) == (FEAT(TENSE_PAST) | FEAT(TENSE_PRES)));
}

static void test_feats(void **state)
{
    (void)state;
    char out[512];
    const char *text = "Case=Nom|Number=Sing|Person=1|PronType=Prs";
    uint64_t set = vocab_feats_parse(text, strlen(text));
    assert_int_equal(vocab_feats_print(set, out, sizeof out), strlen(text));
    assert_string_equal(out, text);
    assert_int_equal(vocab_feats_print(0, out, sizeof out), 1);
    assert_string_equal(out, "_");
    assert_true(vocab_feats_parse("Case=|=|x|Tense=Past", 20) == FEAT(TENSE_PAST));
    const char *both = "Gender=Fem,Masc";
    set = vocab_feats_parse(both, strlen(both));
    assert_true(set == (FEAT(GEN_FEM) | FEAT(GEN_MASC)));
    vocab_feats_print(set, out, sizeof out);
    assert_string_equal(out, both);
}

static void test_schema(void **state)
{
    (void)state;
    uint64_t values = 0;
    assert_int_equal(schema_attr(OBJECT_VG, ATTR_TENSE, &values), ATTR_VALUE);
    assert_true(values >> VALUE_PAST & 1);
    assert_int_equal(schema_attr(OBJECT_VG, ATTR_SIZE, NULL), ATTR_ABSENT);
    assert_int_equal(schema_role(OBJECT_CLAUSE, ROLE_VG), REF_OBJECT + OBJECT_VG);
    assert_int_equal(schema_role(OBJECT_KIDS, ROLE_VG), REF_ABSENT);
    assert_int_equal(schema_token_role(ROLE_START), REF_TOKEN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_status),  cmocka_unit_test(test_arena),
        cmocka_unit_test(test_buffer),  cmocka_unit_test(test_hash),
        cmocka_unit_test(test_hash_is_fixed), cmocka_unit_test(test_nearest),
        cmocka_unit_test(test_vocab),   cmocka_unit_test(test_feats),
        cmocka_unit_test(test_schema),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

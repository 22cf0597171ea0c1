/* test_model.c -- the tagger and parser: kernels agree bit for bit, the cache changes nothing, any
 * tokens become a tree with one root, and no damaged model file is accepted or does harm.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#define _DEFAULT_SOURCE /* syscall */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#if defined(__linux__) && defined(__x86_64__)
#include <sys/syscall.h>
#endif

#include "analysis/model_private.h"
#include "analysis/model_transition.h"
#include "analysis/model_word.h"
#include "base/hash.h"
#include "base/limits.h"

enum { MOST_WORDS = LIMIT_SENTENCE_TOKENS, TEXT_BYTES = 1 << 16 };

struct fixture {
    struct model *model;
    char path[1024];
    unsigned char *file; /* the model's bytes */
    size_t size;
};

static const char *const texts[] = {
    "The old man sold his boat to a neighbour .",
    "I do n't think she 'll come back before Friday , will she ?",
    "Running down the hill , we saw two foxes that were chasing a hen .",
    "WHO LEFT THE KITCHEN WINDOW OPEN",
    "Yes !",
    "The committee , which had met on Tuesday , was n't told what the mayor \xe2\x80\x99s office "
    "wanted it to do with 1,250 pounds .",
};

static uint64_t draw(uint64_t *state)
{
    return *state = hash_mix(*state, 1);
}

/* Splits text at spaces into tokens; returns how many. */
static uint32_t split(const char *text, struct token *tokens)
{
    uint32_t n = 0;
    for (const char *p = text; *p && n < MOST_WORDS; n++) {
        size_t length = strcspn(p, " ");
        tokens[n] = (struct token){.form = p, .form_length = (uint32_t)length};
        p += length + (p[length] == ' ');
    }
    return n;
}

/* Words of random bytes and of random letters, of any length. */
static uint32_t make_noise(uint64_t *state, uint32_t count, char *text, struct token *tokens)
{
    size_t used = 0;
    for (uint32_t i = 0; i < count; i++) {
        size_t length = draw(state) % (draw(state) % 64 ? 12 : LIMIT_TOKEN_BYTES);
        if (used + length > TEXT_BYTES)
            length = 0;
        tokens[i] = (struct token){.form = text + used, .form_length = (uint32_t)length};
        int letters = draw(state) % 2;
        for (size_t k = 0; k < length; k++)
            text[used++] = (char)(letters ? 'a' + draw(state) % 26 : draw(state));
    }
    return count;
}

static void assert_tree(const struct token *tokens, uint32_t count)
{
    uint32_t roots = 0;
    for (uint32_t i = 0; i < count; i++) {
        int32_t at = (int32_t)i;
        uint32_t steps = 0;
        roots += tokens[i].head < 0;
        assert_int_equal(tokens[i].head < 0, tokens[i].deprel == REL_ROOT);
        assert_true(tokens[i].upos < UPOS_COUNT && tokens[i].xpos < XPOS_COUNT);
        assert_true(tokens[i].deprel < REL_COUNT);
        for (; at >= 0 && steps <= count; steps++) {
            assert_true((uint32_t)at < count);
            at = tokens[at].head;
        }
        assert_true(steps <= count);
    }
    assert_int_equal(roots, 1);
}

static uint64_t digest(const struct token *tokens, uint32_t count)
{
    uint64_t hash = 0;
    for (uint32_t i = 0; i < count; i++) {
        const struct token *t = &tokens[i];
        const int32_t all[] = {t->head, t->upos, t->xpos, t->deprel, t->tag_confidence,
                               t->arc_confidence};
        hash = hash_bytes(all, sizeof all, hash);
    }
    return hash;
}

/* Analyses the same sentences, sane and insane; a digest of all that comes out. */
static uint64_t run_all(const struct model *model, struct model_scratch *scratch, unsigned rounds)
{
    static struct token tokens[MOST_WORDS];
    static char text[TEXT_BYTES];
    uint64_t hash = 0, state = 7;
    for (unsigned round = 0; round < rounds; round++) {
        for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
            struct sentence sentence = {.tokens = tokens, .count = split(texts[i], tokens)};
            assert_int_equal(model_run(model, scratch, &sentence), ISG_OK);
            assert_tree(tokens, sentence.count);
            hash = hash_mix(hash, digest(tokens, sentence.count));
        }
        uint32_t count = round == 0 ? MOST_WORDS : 1 + (uint32_t)(draw(&state) % 40);
        struct sentence sentence = {.tokens = tokens,
                                    .count = make_noise(&state, count, text, tokens)};
        assert_int_equal(model_run(model, scratch, &sentence), ISG_OK);
        assert_tree(tokens, sentence.count);
        hash = hash_mix(hash, digest(tokens, sentence.count));
    }
    return hash;
}

static void kernels_agree(void **state)
{
    const struct fixture *f = *state;
    const struct kernel *kernels[KERNELS_MAX];
    uint64_t first = 0;
    kernel_list(kernels);
    assert_non_null(kernels[0]);
    for (size_t k = 0; kernels[k]; k++) {
        struct model_scratch *scratch;
        assert_int_equal(model_scratch_new_with(f->model, kernels[k], &scratch, NULL), ISG_OK);
        uint64_t hash = run_all(f->model, scratch, 4);
        first = k == 0 ? hash : first;
        assert_int_equal(hash, first);
        model_scratch_free(scratch);
    }
}

/* A product of numbers of the widest range by every kernel. */
static void compare_products(uint32_t rows, uint32_t columns, size_t count)
{
    enum { ROWS = 192, COLUMNS = 96, COUNT = 40 };
    static int8_t weights[ROWS * COLUMNS];
    static uint8_t in[ROWS * COUNT], stream[2][COLUMNS * COUNT];
    static int16_t out[2][COLUMNS * COUNT];
    static int32_t scale[COLUMNS], bias[COLUMNS];
    const struct kernel *kernels[KERNELS_MAX];
    uint64_t seed = 3 + rows + columns + count;
    assert_true(rows <= ROWS && columns <= COLUMNS && count <= COUNT);
    for (size_t i = 0; i < sizeof weights; i++)
        weights[i] = (int8_t)((int)(draw(&seed) % 3 ? draw(&seed) % 129 : 128) - WEIGHT_MAX);
    for (size_t i = 0; i < sizeof in; i++)
        in[i] = (uint8_t)(draw(&seed) % 3 ? draw(&seed) : 255);
    for (size_t i = 0; i < COLUMNS; i++) {
        scale[i] = 1 + (int32_t)(draw(&seed) % 255);
        bias[i] = (int32_t)(draw(&seed) % 2000000) - 1000000;
    }
    const struct kernel_matrix matrix = {rows, columns, 9, 3000, scale, bias, weights};
    kernel_list(kernels);
    for (size_t k = 0; kernels[k]; k++) {
        size_t at = k > 0;
        memset(out[at], 0, sizeof out[at]);
        memset(stream[at], 200, sizeof stream[at]);
        kernels[k]->product(&matrix, in, rows, count, out[at]);
        kernels[k]->grow(out[at], stream[at], columns * count / 32 * 32);
        assert_memory_equal(out[at], out[0], sizeof out[0]);
        assert_memory_equal(stream[at], stream[0], sizeof stream[0]);
    }
}

/* Numbers of the widest range, through every operation of every kernel. */
static void kernels_agree_at_the_edges(void **state)
{
    enum { WIDTH = 96, PARTS = 17 };
    static int16_t values[PARTS][WIDTH];
    static uint8_t stream[2][2][WIDTH];
    const int16_t *parts[PARTS];
    const struct kernel *kernels[KERNELS_MAX];
    uint64_t seed = 3;
    (void)state;
    for (size_t count = 1; count <= 40; count += count < 12 ? 1 : 7) {
        compare_products(36, 80, count);
        compare_products(128, 96, count);
        compare_products(192, 64, count);
    }
    for (size_t p = 0; p < PARTS; p++) {
        parts[p] = values[p];
        for (size_t i = 0; i < WIDTH; i++)
            values[p][i] = (int16_t)((int)(draw(&seed) % (2 * SLOT_LIMIT + 1)) - SLOT_LIMIT);
    }
    kernel_list(kernels);
    for (size_t k = 0; kernels[k]; k++) {
        size_t at = k > 0;
        kernels[k]->join(values[0], values[1], values[2], stream[at][0], WIDTH);
        kernels[k]->hide(parts, PARTS, stream[at][1], WIDTH);
        assert_memory_equal(stream[at], stream[0], sizeof stream[0]);
    }
}

static void cache_changes_nothing(void **state)
{
    const struct fixture *f = *state;
    struct model_scratch *used, *fresh;
    static struct token tokens[MOST_WORDS];
    assert_int_equal(model_scratch_new(f->model, &used, NULL), ISG_OK);
    run_all(f->model, used, 20);
    assert_int_equal(run_all(f->model, used, 3), run_all(f->model, used, 3));
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct sentence sentence = {.tokens = tokens, .count = split(texts[i], tokens)};
        assert_int_equal(model_scratch_new(f->model, &fresh, NULL), ISG_OK);
        assert_int_equal(model_run(f->model, fresh, &sentence), ISG_OK);
        uint64_t alone = digest(tokens, sentence.count);
        assert_int_equal(model_run(f->model, used, &sentence), ISG_OK);
        assert_int_equal(digest(tokens, sentence.count), alone);
        model_scratch_free(fresh);
    }
    model_scratch_free(used);
}

static void analyses_are_sensible(void **state)
{
    const struct fixture *f = *state;
    struct model_scratch *scratch;
    struct token t[MOST_WORDS];
    assert_int_equal(model_scratch_new(f->model, &scratch, NULL), ISG_OK);
    struct sentence sentence = {.tokens = t, .count = split("My sister bought a red bike .", t)};
    assert_int_equal(model_run(f->model, scratch, &sentence), ISG_OK);
    assert_int_equal(t[2].head, -1);
    assert_int_equal(t[2].xpos, XPOS_VBD);
    assert_int_equal(t[1].head, 2);
    assert_int_equal(t[1].deprel, REL_NSUBJ);
    assert_int_equal(t[3].upos, UPOS_DET);
    assert_int_equal(t[3].head, 5);
    assert_int_equal(t[5].head, 2);
    assert_int_equal(t[5].deprel, REL_OBJ);
    assert_true(t[3].tag_confidence > 240 && t[3].arc_confidence > 220);
    sentence.count = 0;
    assert_int_equal(model_run(f->model, scratch, &sentence), ISG_OK);
    sentence.count = split("Stop", t);
    assert_int_equal(model_run(f->model, scratch, &sentence), ISG_OK);
    assert_int_equal(t[0].head, -1);
    model_scratch_free(scratch);
}

static void word_keys_ignore_case_and_quotes(void **state)
{
    struct word_key a, b;
    (void)state;
    word_key_make("DON'T", 5, &a);
    word_key_make("don\xe2\x80\x99t", 7, &b);
    assert_true(a.hash == b.hash);
    assert_true(a.row[PART_SHAPE] != b.row[PART_SHAPE]);
    word_key_make("1,250", 5, &a);
    word_key_make("7,039", 5, &b);
    assert_true(a.hash == b.hash);
    word_key_make("\xc3\x89MILE", 6, &a);
    word_key_make("\xc3\xa9mile", 6, &b);
    assert_true(a.hash == b.hash);
    word_key_make("\xff\xc3", 2, &a);
    word_key_make("", 0, &b);
    assert_true(a.hash != b.hash);
}

static void any_transitions_make_a_tree(void **state)
{
    enum { MOST = 60 };
    int32_t stack[MOST + 1], head[MOST + 1], left[MOST + 1], right[MOST + 1];
    uint8_t label[MOST + 1];
    uint64_t seed = 11;
    (void)state;
    for (int round = 0; round < 300; round++) {
        struct transition t = {.stack = stack, .head = head, .left = left, .right = right,
                               .label = label};
        int32_t count = 1 + (int32_t)(draw(&seed) % MOST), steps = 0, roots = 0;
        transition_begin(&t, count);
        for (; !transition_is_done(&t); steps++) {
            enum transition_action action = (enum transition_action)(draw(&seed) % ACTION_COUNT);
            while (!transition_is_allowed(&t, action))
                action = (action + 1) % ACTION_COUNT;
            transition_apply(&t, action, 1);
        }
        assert_int_equal(steps, 2 * count);
        for (int32_t i = 0; i < count; i++) {
            int32_t at = i, up = 0;
            for (; at != count && up <= count; up++)
                at = head[at];
            assert_true(up <= count);
            roots += head[i] == count;
        }
        assert_int_equal(roots, 1);
    }
}

/* Opens bytes as a model file; runs it if it is accepted. */
static isg_status try_bytes(const unsigned char *bytes, size_t size, isg_error *error)
{
    char path[] = "test_model.XXXXXX";
    struct model *model;
    int file = mkstemp(path);
    assert_true(file >= 0);
    assert_int_equal(write(file, bytes, size), (ssize_t)size);
    close(file);
    isg_status status = model_open(path, &model, error);
    if (status == ISG_OK) {
        struct model_scratch *scratch;
        assert_int_equal(model_scratch_new(model, &scratch, NULL), ISG_OK);
        run_all(model, scratch, 1);
        model_scratch_free(scratch);
    }
    model_close(model);
    unlink(path);
    return status;
}

static void sign(unsigned char *bytes, size_t size)
{
    struct model_header header;
    memcpy(&header, bytes, sizeof header);
    header.checksum = 0;
    header.checksum = hash_bytes(bytes + sizeof header, size - sizeof header,
                                 hash_bytes(&header, sizeof header, 0));
    memcpy(bytes, &header, sizeof header);
}

static void other_versions_are_refused(void **state)
{
    const struct fixture *f = *state;
    struct model *model;
    isg_error error;
    struct model_header *header = (struct model_header *)(void *)f->file;
    struct model_header saved = *header;
    header->oldest = 900;
    header->version = 901;
    assert_int_equal(try_bytes(f->file, f->size, &error), ISG_VERSION);
    assert_non_null(strstr(error.message, "901"));
    assert_non_null(strstr(error.message, "make train"));
    *header = saved;
    header->vocab_hash++;
    assert_int_equal(try_bytes(f->file, f->size, &error), ISG_MISMATCH);
    *header = saved;
    header->magic[0]++;
    assert_int_equal(try_bytes(f->file, f->size, &error), ISG_FORMAT);
    *header = saved;
    assert_int_equal(try_bytes(f->file, f->size / 2, &error), ISG_FORMAT);
    assert_int_equal(try_bytes(f->file, 5, &error), ISG_FORMAT);
    assert_int_equal(try_bytes(f->file, 0, &error), ISG_IO);
    f->file[f->size / 2] ^= 1;
    assert_int_equal(try_bytes(f->file, f->size, &error), ISG_FORMAT);
    f->file[f->size / 2] ^= 1;
    assert_int_equal(model_open("no/such/model", &model, &error), ISG_IO);
}

/* Headers and lists of any numbers under a right checksum: refused, or run without harm. */
static void forged_models_do_no_harm(void **state)
{
    const struct fixture *f = *state;
    uint64_t seed = 5;
    struct model_header saved;
    memcpy(&saved, f->file, sizeof saved);
    const size_t first = offsetof(struct model_header, file_size) + 16;
    for (int round = 0; round < 60; round++) {
        size_t at = first + draw(&seed) % (sizeof saved - first);
        f->file[at] = (unsigned char)(draw(&seed) % 2 ? draw(&seed) : f->file[at] + 1u);
        sign(f->file, f->size);
        try_bytes(f->file, f->size, NULL);
        memcpy(f->file, &saved, sizeof saved);
    }
    for (int section = 0; section < SECTION_COUNT; section++) {
        const struct model_section *s = &saved.sections[section];
        if (s->size == 0)
            continue;
        size_t at = s->offset + draw(&seed) % s->size;
        unsigned char old = f->file[at];
        f->file[at] = 0x80;
        sign(f->file, f->size);
        try_bytes(f->file, f->size, NULL);
        f->file[at] = old;
    }
    sign(f->file, f->size);
}

/* Asks the kernel for the registers of AMX, as the program does; elsewhere it refuses. */
static void ask_for_tiles(void)
{
#if defined(__linux__) && defined(__x86_64__)
    syscall(SYS_arch_prctl, 0x1023, 18);
#endif
}

static int set_up(void **state)
{
    static struct fixture f;
    isg_error error;
    const char *folder = getenv("ISOGLOSS_DATA_DIR");
    snprintf(f.path, sizeof f.path, "%s/isogloss.model", folder ? folder : "data");
    if (model_open(f.path, &f.model, &error) != ISG_OK) {
        fprintf(stderr, "%s: %s\n", f.path, error.message);
        return 1;
    }
    f.size = (size_t)f.model->header->file_size;
    f.file = malloc(f.size);
    if (!f.file)
        return 1;
    memcpy(f.file, f.model->bytes, f.size);
    *state = &f;
    ask_for_tiles();
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    free(f->file);
    model_close(f->model);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kernels_agree),
        cmocka_unit_test(kernels_agree_at_the_edges),
        cmocka_unit_test(cache_changes_nothing),
        cmocka_unit_test(analyses_are_sensible),
        cmocka_unit_test(word_keys_ignore_case_and_quotes),
        cmocka_unit_test(any_transitions_make_a_tree),
        cmocka_unit_test(other_versions_are_refused),
        cmocka_unit_test(forged_models_do_no_harm),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}

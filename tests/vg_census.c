/* vg_census.c -- not a test: counts, over the sentences of a CoNLL-U file, how many verb groups are
 * sound (their rendering gives their own words back), and why the others are not.
 *   vg_census [--predict] [--show FAULT N] [--dump] FILE
 * Data comes from $ISOGLOSS_DATA_DIR ("data").
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/conllu.h"
#include "analysis/model.h"
#include "base/buffer.h"
#include "grammar/objects.h"

struct census {
    size_t groups, sound, faults[FAULT_COUNT], finite, finite_sound, edits;
    const char *show;
    long left;
    bool dump;
};

static char *read_file(const char *path, size_t *length)
{
    FILE *file = fopen(path, "rb");
    struct buffer buffer;
    char block[65536];
    size_t n;
    if (!file)
        return NULL;
    buffer_init(&buffer);
    while ((n = fread(block, 1, sizeof block, file)) > 0)
        buffer_add(&buffer, block, n);
    fclose(file);
    *length = buffer.length;
    return buffer.bytes;
}

static void print_sentence(const struct sentence *s)
{
    for (uint32_t i = 0; i < s->count; i++)
        printf(" %.*s", (int)s->tokens[i].form_length, s->tokens[i].form);
    putchar('\n');
}

static const char *value_name(int32_t value)
{
    return vocab_name(VOCAB_LIST_VALUE, (unsigned)value);
}

static void print_group(struct grammar *g, const struct vg_object *vg)
{
    struct element elements[ELEMENT_LIMIT];
    size_t count;
    vg_layout(g, vg, &vg->now, elements, &count);
    const struct vg_state *s = &vg->as_read;
    printf("  %s form=%s tense=%s neg=%s agree=%s agr=%d%s%s%s%s subj=%.*s ::", vg->sound ? "ok" :
           vg_fault_name((enum vg_fault)vg->broken), value_name(s->form), value_name(s->tense),
           value_name(s->neg), value_name(s->agree), vg->agr, s->inv ? " inv" : "",
           s->whole ? " whole" : "", s->stranded ? " stranded" : "", vg->copular ? " cop" : "",
           vg->subject < 0 ? 1 : (int)token_at(g, vg->subject)->form_length,
           vg->subject < 0 ? "-" : token_at(g, vg->subject)->form);
    for (size_t i = 0; i < count; i++)
        printf(" %.*s<%.*s", (int)elements[i].form_length, elements[i].form,
               elements[i].token < 0 ? 1 : (int)token_at(g, elements[i].token)->form_length,
               elements[i].token < 0 ? "-" : token_at(g, elements[i].token)->form);
    putchar('\n');
}

static void count_sentence(struct census *census, const struct sentence *sentence,
                           const struct lexicon *lexicon, struct arena *arena)
{
    struct grammar g;
    struct edit_log log = {arena, NULL, 0, 0};
    bool shown = false;
    if (!grammar_init(&g, sentence, lexicon, arena, NULL))
        return;
    for (int32_t i = 0; i < (int32_t)sentence->count; i++)
        grammar_object(&g, OBJECT_VG, i, 0);
    for (int32_t n = 0; n < (int32_t)g.counts[OBJECT_VG]; n++) {
        const struct vg_object *vg = vg_at(&g, n);
        bool finite = vg->as_read.form == VALUE_FIN || vg->as_read.form == VALUE_IMP;
        census->groups++;
        census->sound += vg->sound;
        census->finite += finite;
        census->finite_sound += finite && vg->sound;
        census->faults[vg->broken]++;
        vg_render(&g, n, &log, 0);
        if (census->dump || (census->show && census->left > 0 && vg->broken != FAULT_NONE &&
                             strcmp(vg_fault_name((enum vg_fault)vg->broken),
                                    census->show) == 0)) {
            if (!shown)
                print_sentence(sentence);
            shown = true;
            print_group(&g, vg);
            census->left--;
        }
    }
    census->edits += log.count;
}

static void predict(const struct model *model, const struct lexicon *lexicon, struct arena *arena,
                    struct sentence *sentence)
{
    struct model_scratch *scratch;
    if (model_scratch_new(model, &scratch, NULL) != ISG_OK)
        exit(1);
    model_run(model, scratch, sentence);
    model_scratch_free(scratch);
    lexicon_annotate(lexicon, arena, sentence);
}

static void report(const struct census *c)
{
    printf("groups %zu, sound %zu (%.2f %%); finite %zu, sound %.2f %%; edits unasked %zu\n",
           c->groups, c->sound, 100.0 * (double)c->sound / (double)c->groups, c->finite,
           100.0 * (double)c->finite_sound / (double)c->finite, c->edits);
    for (int i = 1; i < FAULT_COUNT; i++)
        printf("  %-10s %zu\n", vg_fault_name((enum vg_fault)i), c->faults[i]);
}

int main(int argc, char **argv)
{
    const char *dir = getenv("ISOGLOSS_DATA_DIR"), *path = argv[argc - 1];
    struct census census = {.left = 0};
    bool predicted = false;
    char name[4096];
    isg_error error;
    for (int i = 1; i + 1 < argc; i++) {
        predicted |= strcmp(argv[i], "--predict") == 0;
        census.dump |= strcmp(argv[i], "--dump") == 0;
        if (strcmp(argv[i], "--show") == 0 && i + 3 < argc) {
            census.show = argv[i + 1];
            census.left = atol(argv[i + 2]);
        }
    }
    struct lexicon *lexicon;
    struct model *model = NULL;
    snprintf(name, sizeof name, "%s/isogloss.lex", dir ? dir : "data");
    if (lexicon_open(name, &lexicon, &error) != ISG_OK)
        return fprintf(stderr, "%s\n", error.message), 1;
    snprintf(name, sizeof name, "%s/isogloss.model", dir ? dir : "data");
    if (predicted && model_open(name, &model, &error) != ISG_OK)
        return fprintf(stderr, "%s\n", error.message), 1;
    struct conllu_source source = {.name = path, .annotations = true};
    source.bytes = read_file(path, &source.length);
    struct arena texts, arena;
    arena_init(&texts);
    arena_init(&arena);
    struct conllu conllu;
    if (!source.bytes || conllu_read(&source, &texts, &conllu, &error) != ISG_OK)
        return fprintf(stderr, "cannot read %s\n", path), 1;
    for (size_t i = 0; i < conllu.count; i++) {
        if (predicted)
            predict(model, lexicon, &texts, &conllu.sentences[i]);
        count_sentence(&census, &conllu.sentences[i], lexicon, &arena);
        arena_reset(&arena);
    }
    report(&census);
    conllu_clear(&conllu);
    free((void *)(uintptr_t)source.bytes);
    arena_clear(&arena);
    arena_clear(&texts);
    lexicon_close(lexicon);
    model_close(model);
    return 0;
}

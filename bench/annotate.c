/* annotate.c -- analyses the sentences of a CoNLL-U file, their words kept, and prints them with the
 * confidences of tag and arc (TagConf=, ArcConf= in MISC, 0 to 255): what tables.py counts. Or
 * measures the tagger and parser alone, with every kernel that this processor has.
 *   annotate [--speed] FILE
 * Data comes from $ISOGLOSS_DATA_DIR ("data").
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#define _DEFAULT_SOURCE /* syscall */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#if defined(__linux__) && defined(__x86_64__)
#include <sys/syscall.h>
#endif

#include "analysis/conllu.h"
#include "analysis/lexicon.h"
#include "analysis/model_private.h"

static const double SECONDS = 2; /* of CPU time for each kernel */

struct room {
    struct model *model;
    struct lexicon *lexicon;
    struct arena arena;
    struct conllu conllu;
};

static bool read_file(const char *path, struct buffer *buffer)
{
    FILE *file = fopen(path, "rb");
    char block[65536];
    size_t n;
    if (!file)
        return false;
    while ((n = fread(block, 1, sizeof block, file)) > 0)
        buffer_add(buffer, block, n);
    fclose(file);
    return !buffer->failed;
}

static bool open_data(struct room *room, isg_error *error)
{
    const char *folder = getenv("ISOGLOSS_DATA_DIR");
    char path[4096];
    snprintf(path, sizeof path, "%s/isogloss.model", folder ? folder : "data");
    if (model_open(path, &room->model, error) != ISG_OK)
        return false;
    snprintf(path, sizeof path, "%s/isogloss.lex", folder ? folder : "data");
    return lexicon_open(path, &room->lexicon, error) == ISG_OK;
}

static bool print(struct room *room, struct model_scratch *scratch)
{
    struct buffer out;
    struct conllu_writer writer;
    buffer_init(&out);
    conllu_writer_init(&writer, &out, room->conllu.text.bytes, room->conllu.text.length);
    writer.confidence = true;
    for (size_t i = 0; i < room->conllu.count; i++) {
        struct sentence *s = &room->conllu.sentences[i];
        if (model_run(room->model, scratch, s) != ISG_OK
            || lexicon_annotate(room->lexicon, &room->arena, s) != ISG_OK)
            return false;
        conllu_write(&writer, s);
    }
    bool done = !out.failed && fwrite(out.bytes, 1, out.length, stdout) == out.length;
    buffer_clear(&out);
    return done;
}

static bool measure(struct room *room, const struct kernel *kernel)
{
    struct model_scratch *scratch;
    size_t words = 0;
    double used = 0;
    if (model_scratch_new_with(room->model, kernel, &scratch, NULL) != ISG_OK)
        return false;
    clock_t start = clock();
    for (size_t i = 0; used < SECONDS; i++) {
        struct sentence *s = &room->conllu.sentences[i % room->conllu.count];
        model_run(room->model, scratch, s);
        words += s->count;
        if (i % 64 == 0)
            used = (double)(clock() - start) / CLOCKS_PER_SEC;
    }
    printf("%-10s %10.0f words/s\n", kernel->name, (double)words / used);
    model_scratch_free(scratch);
    return true;
}

int main(int argc, char **argv)
{
#if defined(__linux__) && defined(__x86_64__)
    syscall(SYS_arch_prctl, 0x1023, 18); /* leave to use AMX, as the program asks for it */
#endif
    bool is_speed = argc == 3 && strcmp(argv[1], "--speed") == 0;
    struct room room = {0};
    struct buffer bytes;
    const struct kernel *kernels[KERNELS_MAX];
    struct model_scratch *scratch = NULL;
    isg_error error = {0};
    buffer_init(&bytes);
    if (argc != 2 && !is_speed) {
        fputs("usage: annotate [--speed] FILE.conllu\n", stderr);
        return 2;
    }
    bool done = read_file(argv[argc - 1], &bytes) && open_data(&room, &error);
    const struct conllu_source source = {bytes.bytes, bytes.length, argv[argc - 1], false};
    arena_init(&room.arena);
    done = done && conllu_read(&source, &room.arena, &room.conllu, &error) == ISG_OK
           && room.conllu.count > 0;
    kernel_list(kernels);
    if (done && is_speed)
        for (size_t k = 0; done && kernels[k]; k++)
            done = measure(&room, kernels[k]);
    else if (done)
        done = model_scratch_new(room.model, &scratch, &error) == ISG_OK && print(&room, scratch);
    if (!done)
        fprintf(stderr, "annotate: %s: %s\n", argv[argc - 1],
                error.message[0] ? error.message : "cannot be read");
    model_scratch_free(scratch);
    buffer_clear(&room.conllu.text);
    buffer_clear(&bytes);
    arena_clear(&room.arena);
    lexicon_close(room.lexicon);
    model_close(room.model);
    return done ? 0 : 1;
}

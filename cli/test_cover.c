/* test_cover.c -- see test_cover.h. Each line of the file is a document; it is analysed once for
 * all features.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "test_cover.h"

#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "locate.h"
#include "progress.h"
#include "whole.h"

struct corpus {
    const isg_engine *engine;
    isg_document *document;
    isg_cover *cover;
    isg_profile **profiles; /* one a feature of the selection */
    size_t profile_count;
    bool *wanted;           /* by feature of the table */
    bool tsv;
};

static bool is_wanted(const struct corpus *corpus, unsigned feature)
{
    isg_feature_info info;
    for (size_t i = 0; isg_engine_feature(corpus->engine, i, &info) == ISG_OK; i++)
        if (info.id == feature)
            return corpus->wanted[i];
    return false;
}

static bool add_profile(struct corpus *corpus, unsigned feature)
{
    char id[16];
    isg_error error;
    snprintf(id, sizeof id, "%u", feature);
    isg_profile_options options = {.features = id};
    if (isg_profile_new(corpus->engine, &options, &corpus->profiles[corpus->profile_count],
                        &error) != ISG_OK) {
        report_error(&error);
        return false;
    }
    corpus->profile_count++;
    return true;
}

/* Features whose files are in the selection; those made of lexicons of slang have none. */
static bool choose_features(struct corpus *corpus, const struct table *table,
                            const struct selection *selection)
{
    size_t count = isg_engine_feature_count(corpus->engine);
    corpus->profiles = calloc(count + 1, sizeof *corpus->profiles);
    corpus->wanted = calloc(count + 1, sizeof *corpus->wanted);
    if (!corpus->profiles || !corpus->wanted) {
        report("out of memory");
        return false;
    }
    isg_feature_info info;
    for (size_t i = 0; isg_engine_feature(corpus->engine, i, &info) == ISG_OK; i++) {
        const char *file = isg_rules_feature_file(table->rules, info.id);
        corpus->wanted[i] = file && selection_has(selection, file);
        if (corpus->wanted[i] && !add_profile(corpus, info.id))
            return false;
    }
    return true;
}

static int cover_line(struct corpus *corpus, const char *line, size_t length)
{
    isg_error error;
    isg_status status = isg_document_analyse(corpus->document, line, length, NULL, &error);
    for (size_t i = 0; status == ISG_OK && i < corpus->profile_count; i++)
        status = isg_cover_add(corpus->cover, corpus->document, corpus->profiles[i], NULL, &error);
    return status == ISG_OK ? EXIT_DONE : report_error(&error);
}

static int cover_text(struct corpus *corpus, const char *text, size_t length)
{
    struct progress progress;
    uint64_t words = 0;
    int code = EXIT_DONE;
    progress_start(&progress, true);
    for (const char *line = text, *end = text + length; line < end && code == EXIT_DONE;) {
        const char *stop = memchr(line, '\n', (size_t)(end - line));
        size_t n = stop ? (size_t)(stop - line) : (size_t)(end - line);
        code = cover_line(corpus, line, n);
        words += isg_document_word_count(corpus->document);
        line += n + 1;
        progress_step(&progress, (uint64_t)(line - text), length, words);
    }
    progress_end(&progress);
    return code;
}

/* A cell of TSV. */
static void print_cell(const char *text, char end)
{
    for (; *text; text++)
        putchar(*text == '\t' || *text == '\n' || *text == '\r' ? ' ' : *text);
    putchar(end);
}

static void print_tsv(const isg_cover_row *row)
{
    printf("%u\t", row->feature);
    print_cell(row->rule, '\t');
    printf("%s\t%u\t", row->kind, row->line);
    print_cell(row->text, '\t');
    printf("%llu\t%llu\t", (unsigned long long)row->tried, (unsigned long long)row->hits);
    print_cell(row->example, '\n');
}

static void print_row(const isg_cover_row *row)
{
    unsigned long long tried = row->tried, hits = row->hits;
    if (!strcmp(row->kind, "rule")) {
        printf("\n%u %s (%s:%u)\n%9llu of %llu places match\n", row->feature, row->rule, row->file,
               row->line, hits, tried);
    } else if (!strcmp(row->kind, "statement")) {
        printf("%9llu of %llu go past line %u: ", hits, tried, row->line);
        print_cell(row->text, '\n');
    } else if (!strcmp(row->kind, "guard")) {
        printf("%9llu of %llu vetoed by guard %s (line %u)\n", hits, tried, row->text, row->line);
    } else {
        printf("%9llu of %llu become <as> %s (line %u)\n", hits, tried, row->text, row->line);
    }
    const char *what = !strcmp(row->kind, "statement") ? "stops" : "e.g.";
    if (*row->example)
        printf("            %s %s\n", what, row->example);
}

static void print_rows(const struct corpus *corpus)
{
    size_t count = isg_cover_count(corpus->cover);
    if (corpus->tsv)
        puts("feature\trule\tkind\tline\ttext\ttried\thits\texample");
    for (size_t i = 0; i < count; i++) {
        isg_cover_row row = isg_cover_get(corpus->cover, i);
        if (!is_wanted(corpus, row.feature))
            continue;
        if (corpus->tsv)
            print_tsv(&row);
        else
            print_row(&row);
    }
}

static void close_corpus(struct corpus *corpus)
{
    for (size_t i = 0; i < corpus->profile_count; i++)
        isg_profile_free(corpus->profiles[i]);
    free(corpus->profiles);
    free(corpus->wanted);
    isg_cover_free(corpus->cover);
    isg_document_free(corpus->document);
}

int test_cover(const struct table *table, const struct selection *selection, const char *data,
               const char *text_file, bool tsv)
{
    struct corpus corpus = {.tsv = tsv};
    isg_engine *engine = NULL;
    isg_error error;
    char *text = NULL;
    size_t length;
    struct location *location = malloc(sizeof *location);
    int code = location ? locate(data, location) : EXIT_FILES;
    if (code == EXIT_DONE)
        code = whole_read(text_file, &text, &length);
    if (code == EXIT_DONE) {
        isg_engine_options options = {.table_data = table->bytes, .table_size = table->size,
                                      .data_dir = location->data};
        if (isg_engine_open(&options, &engine, &error) != ISG_OK ||
            isg_document_new(engine, &corpus.document, &error) != ISG_OK ||
            isg_cover_new(engine, &corpus.cover, &error) != ISG_OK)
            code = report_error(&error);
    }
    corpus.engine = engine;
    if (code == EXIT_DONE && !choose_features(&corpus, table, selection))
        code = EXIT_FILES;
    if (code == EXIT_DONE)
        code = cover_text(&corpus, text, length);
    if (code == EXIT_DONE)
        print_rows(&corpus);
    close_corpus(&corpus);
    isg_engine_free(engine);
    free(location);
    free(text);
    return code;
}

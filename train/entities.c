/* entities.c -- treebanks with coreference; see entities.h. Brackets of Entity= are read as "(id-type-status-...-span-link" to
 * open, "id)" to close; parts of a discontinuous mention count as its first part.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "entities.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/model.h"

enum { OPEN_MOST = 64 };

void entities_stop(const char *what, const char *path)
{
    fprintf(stderr, "%s: %s\n", path, what);
    exit(1);
}

char *entities_read_file(const char *path, size_t *length)
{
    FILE *file = fopen(path, "rb");
    struct buffer buffer;
    char block[65536];
    size_t n;
    if (!file)
        entities_stop("cannot be opened", path);
    buffer_init(&buffer);
    while ((n = fread(block, 1, sizeof block, file)) > 0)
        buffer_add(&buffer, block, n);
    buffer_add_char(&buffer, '\0');
    fclose(file);
    *length = buffer.length - 1;
    return buffer.bytes;
}

/* The reader of one file's brackets. */
struct reader {
    struct entities *all;
    uint32_t open[OPEN_MOST]; /* numbers of mentions */
    unsigned depth;
    uint32_t sentence, document;
    int32_t token;
};

struct gold_mention *entities_add(struct entities *all)
{
    if (all->mention_count == all->mention_capacity) {
        all->mention_capacity = all->mention_capacity ? all->mention_capacity * 2 : 4096;
        all->mentions = realloc(all->mentions, all->mention_capacity * sizeof *all->mentions);
        if (!all->mentions)
            entities_stop("no memory", "entities");
    }
    struct gold_mention *m = &all->mentions[all->mention_count++];
    memset(m, 0, sizeof *m);
    return m;
}

static void open_mention(struct reader *r, const char *text, size_t length)
{
    struct entities *all = r->all;
    struct gold_mention *m = entities_add(all);
    char copy[512], *save = NULL;
    snprintf(copy, sizeof copy, "%.*s", (int)length, text);
    bool new = false;
    int field = 0;
    for (char *part = strtok_r(copy, "-", &save); part;
         part = strtok_r(NULL, "-", &save), field++) {
        if (field == 0)
            m->entity = (uint32_t)atoi(part);
        else if (field == 1)
            snprintf(m->type, sizeof m->type, "%s", part);
        else if (field == 2)
            new = strncmp(part, "new", 3) == 0;
        else if (field == 5)
            for (char *p = part; *p && m->head_count < 8;) {
                m->heads[m->head_count++] = r->token + (int32_t)strtol(p, &p, 10) - 1;
                while (*p && (*p < '0' || *p > '9'))
                    p++;
            }
        else if (field == 6)
            m->cataphoric = new && strcmp(part, "cata") == 0;
    }
    m->document = r->document;
    m->sentence = r->sentence;
    m->first = m->last = r->token;
    if (r->depth < OPEN_MOST)
        r->open[r->depth++] = (uint32_t)all->mention_count - 1;
}

static void close_mention(struct reader *r, uint32_t entity)
{
    for (unsigned i = r->depth; i-- > 0;) {
        struct gold_mention *m = &r->all->mentions[r->open[i]];
        if (m->entity != entity)
            continue;
        m->last = r->token;
        memmove(&r->open[i], &r->open[i + 1], (r->depth - i - 1) * sizeof *r->open);
        r->depth--;
        return;
    }
}

static void read_brackets(struct reader *r, const char *text)
{
    size_t length = strcspn(text, "|\n\r");
    for (size_t i = 0; i < length;) {
        size_t n = strcspn(text + i + 1, "()|\n\r") + 1;
        if (text[i] == '(') {
            open_mention(r, text + i + 1, n - 1);
            if (text[i + n] == ')') {
                close_mention(r, r->all->mentions[r->all->mention_count - 1].entity);
                n++;
            }
        } else {
            close_mention(r, (uint32_t)atoi(text + i));
            if (text[i + n] == ')')
                n++;
        }
        i += n;
    }
}

static void read_gold(struct entities *all, const char *bytes)
{
    struct reader r = {.all = all};
    bool inside = false;
    for (const char *line = bytes; *line;) {
        const char *end = strchr(line, '\n');
        size_t length = end ? (size_t)(end - line) : strlen(line);
        if (strncmp(line, "# newdoc", 8) == 0) {
            r.document = all->document_count++;
            r.depth = 0;
        }
        if (length == 0 && inside) {
            inside = false;
            r.sentence++;
            r.depth = 0;
        }
        if (line[0] >= '0' && line[0] <= '9' && line[strspn(line, "0123456789")] == '\t') {
            if (!inside) {
                r.token = -1;
                if (r.sentence >= all->conllu.count)
                    return;
                all->documents[r.sentence] = r.document;
                all->first_mentions[r.sentence] = (uint32_t)all->mention_count;
            }
            inside = true;
            r.token++;
            const char *entity = strstr(line, "Entity=");
            if (entity && entity < line + length)
                read_brackets(&r, entity + 7);
        }
        line += length + (end != NULL);
    }
}

/* A treebank without entities: "it" as expletive or, where time and weather are no question, as
 * standing for something that is not said. */
static void mark_expletives(struct entities *all, uint32_t sentence, uint32_t document)
{
    const struct sentence *s = &all->conllu.sentences[sentence];
    for (int32_t i = 0; i < (int32_t)s->count; i++) {
        const struct token *t = &s->tokens[i];
        const struct token *head = t->head >= 0 ? &s->tokens[t->head] : NULL;
        bool empty = t->deprel == REL_EXPL;
        if (!form_is(t, "it") || !head ||
            (!empty && ((head->classes & (CLASS(TIME) | CLASS(WEATHER))) ||
                        (head->upos != UPOS_VERB && head->upos != UPOS_NOUN))))
            continue;
        struct gold_mention *m = entities_add(all);
        m->sentence = sentence;
        m->document = document;
        m->first = m->last = m->heads[m->head_count++] = i;
        m->cataphoric = empty;
        snprintf(m->type, sizeof m->type, "%c", empty ? '-' : '~');
    }
}

void entities_read(struct entities *all, const char *path, const char *data, bool predicted,
                   struct lexicon *lexicon)
{
    struct model *model = NULL;
    struct model_scratch *scratch = NULL;
    char name[4096];
    isg_error error;
    memset(all, 0, sizeof *all);
    arena_init(&all->arena);
    struct conllu_source source = {.name = path, .annotations = true};
    all->bytes = entities_read_file(path, &source.length);
    source.bytes = all->bytes;
    if (conllu_read(&source, &all->arena, &all->conllu, &error) != ISG_OK)
        entities_stop(error.message, path);
    snprintf(name, sizeof name, "%s/isogloss.model", data);
    if (predicted && (model_open(name, &model, &error) != ISG_OK ||
                      model_scratch_new(model, &scratch, &error) != ISG_OK))
        entities_stop(error.message, name);
    size_t n = all->conllu.count;
    all->documents = calloc(n + 1, sizeof *all->documents);
    all->first_mentions = calloc(n + 1, sizeof *all->first_mentions);
    if (!all->documents || !all->first_mentions)
        entities_stop("no memory", path);
    read_gold(all, source.bytes);
    all->keyed = all->mention_count == 0;
    for (size_t i = 0, number = 0; i < n; i++) {
        struct sentence *s = &all->conllu.sentences[i];
        number = i && all->documents[i] == all->documents[i - 1] ? number + 1 : 0;
        s->number = (uint32_t)number;
        if (all->keyed) {
            lexicon_annotate(lexicon, &all->arena, s);
            all->first_mentions[i] = (uint32_t)all->mention_count;
            mark_expletives(all, (uint32_t)i, all->documents[i]);
        }
        if (predicted)
            model_run(model, scratch, s);
        lexicon_annotate(lexicon, &all->arena, s);
    }
    all->first_mentions[n] = (uint32_t)all->mention_count;
    if (predicted) {
        model_scratch_free(scratch);
        model_close(model);
    }
}

void entities_clear(struct entities *all)
{
    conllu_clear(&all->conllu);
    arena_clear(&all->arena);
    free(all->bytes);
    free(all->mentions);
    free(all->you);
    free(all->documents);
    free(all->first_mentions);
}

static bool has_head(const struct gold_mention *m, int32_t token)
{
    for (uint32_t i = 0; i < m->head_count; i++)
        if (m->heads[i] == token)
            return true;
    return false;
}

struct gold_pronoun gold_of_pronoun(const struct entities *all, uint32_t sentence, int32_t token)
{
    struct gold_pronoun gold = {all->keyed ? GOLD_UNKNOWN : GOLD_NONE, 0, ""};
    const struct gold_mention *found = NULL;
    const struct token *t = &all->conllu.sentences[sentence].tokens[token];
    for (uint32_t i = all->first_mentions[sentence]; i < all->first_mentions[sentence + 1]; i++) {
        const struct gold_mention *m = &all->mentions[i];
        if (has_head(m, token) && (!found || m->last - m->first < found->last - found->first))
            found = m;
    }
    bool it = t->form_length == 2 && (t->form[0] | 32) == 'i' && (t->form[1] | 32) == 't';
    if (!found && all->keyed)
        return gold;
    gold.state = GOLD_NONE;
    if (!found || found->cataphoric) {
        gold.state = it ? GOLD_DUMMY : GOLD_NONE;
        return gold;
    }
    gold.entity = found->entity;
    gold.type = found->type;
    if (found->type[0] == '~')
        gold.state = GOLD_REFERS;
    for (const struct gold_mention *m = found; m-- > all->mentions;) {
        if (m->document != found->document)
            break;
        if (m->entity == found->entity) {
            gold.state = GOLD_TAKES_UP;
            break;
        }
    }
    return gold;
}

bool gold_is(const struct entities *all, uint32_t sentence, const struct mention *mention,
             uint32_t entity)
{
    bool whole = mention->bits & MENTION_COORD;
    for (uint32_t i = all->first_mentions[sentence]; i < all->first_mentions[sentence + 1]; i++) {
        const struct gold_mention *m = &all->mentions[i];
        bool joined = m->last == INT32_MAX || /* A and B */
                      (m->head_count > 1 && m->heads[1] > m->heads[0] + 1);
        if (m->entity == entity && has_head(m, mention->token) &&
            (whole ? m->last >= mention->end : !joined))
            return true;
    }
    return false;
}

/* entities_keys.c -- reads texts of our own with keys (it=kettle) as a small treebank: the words
 * that a key names, and the pronoun, become mentions of one entity. See tests/reference.tsv.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "entities.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/model.h"
#include "text/text.h"

enum { SENTENCES_MOST = 1 << 14, KEYS_MOST = 16 };

struct analyser {
    struct model *model;
    struct model_scratch *scratch;
    const struct lexicon *lexicon;
    uint32_t first; /* sentence of the line */
};

/* The sentences of one line, as any text is analysed. */
static void analyse(struct entities *all, struct analyser *a, const char *text)
{
    struct text_cursor cursor;
    struct sentence *s;
    text_cursor_init(&cursor, text, strlen(text), NULL, false);
    a->first = (uint32_t)all->conllu.count;
    while (all->conllu.count < SENTENCES_MOST &&
           text_next(&cursor, &all->arena, s = &all->conllu.sentences[all->conllu.count])) {
        s->number = (uint32_t)all->conllu.count - a->first;
        model_run(a->model, a->scratch, s);
        lexicon_annotate(a->lexicon, &all->arena, s);
        all->documents[all->conllu.count++] = all->document_count;
    }
    all->document_count++;
}

struct place {
    uint32_t sentence;
    int32_t token;
};

/* The nth token of a form from a place on, before another; false: there is none. */
static bool find(const struct entities *all, const char *form, int nth, struct place *at,
                 const struct place *before)
{
    for (; at->sentence < all->conllu.count; at->sentence++, at->token = 0) {
        const struct sentence *s = &all->conllu.sentences[at->sentence];
        for (; at->token < (int32_t)s->count; at->token++) {
            if (before && (at->sentence > before->sentence ||
                           (at->sentence == before->sentence && at->token >= before->token)))
                return false;
            if (form_is(&s->tokens[at->token], form) && --nth == 0)
                return true;
        }
    }
    return false;
}

static struct gold_mention *add_mention(struct entities *all, struct place at, uint32_t entity)
{
    struct gold_mention *m = entities_add(all);
    m->entity = entity;
    m->sentence = at.sentence;
    m->document = all->document_count - 1;
    m->first = m->last = m->heads[0] = at.token;
    m->head_count = 1;
    return m;
}

static void add_you(struct entities *all, struct place at, const char *value)
{
    if (all->you_count % 64 == 0)
        all->you = realloc(all->you, (all->you_count + 64) * sizeof *all->you);
    if (!all->you)
        entities_stop("no memory", "keys");
    all->you[all->you_count++] = (struct gold_you){
        at.sentence, at.token,
        strcmp(value, "pl") == 0   ? VALUE_PL
        : strcmp(value, "sg") == 0 ? VALUE_SG
                                   : VALUE_NONE};
}

/* One entity for a value in a line; those without a phrase are each their own. */
static uint32_t entity_of(const struct entities *all, uint32_t document, const char *value)
{
    uint32_t hash = 5381;
    if (strchr("-*", value[0]))
        return (uint32_t)all->mention_count + 1;
    for (; *value; value++)
        hash = hash * 33 + (unsigned char)*value;
    return (hash ^ document * 2654435761u) | 1u << 31;
}

/* All earlier words that the value names are mentions of what the pronoun stands for. */
static void add_key(struct entities *all, uint32_t first, const char *form, int nth, char *value)
{
    struct place at = {first, 0}, word = {first, 0};
    uint32_t entity = entity_of(all, all->document_count, value);
    bool found = false, whole = false;
    if (!find(all, form, nth, &at, NULL)) {
        all->broken++;
        return;
    }
    if (strcmp(form, "you") == 0) {
        add_you(all, at, value);
        return;
    }
    if (strchr("-*", value[0])) {
        struct gold_mention *m = add_mention(all, at, entity);
        m->cataphoric = value[0] == '-';
        snprintf(m->type, sizeof m->type, "%c", value[0]);
        return;
    }
    size_t length = strlen(value);
    whole = value[length - 1] == '+';
    if (whole)
        value[length - 1] = '\0';
    char *save = NULL; /* mr/hill: whichever the tree takes for the head of a name */
    for (char *one = strtok_r(value, "/", &save); one; one = strtok_r(NULL, "/", &save))
        for (word = (struct place){first, 0}; find(all, one, 1, &word, &at); word.token++) {
            struct gold_mention *m = add_mention(all, word, entity);
            found = true;
            if (whole)
                m->last = INT32_MAX;
        }
    word = (struct place){first, 0};
    if (!found && find(all, value, 1, &word, NULL)) { /* it comes later: nothing to take up yet */
        add_mention(all, word, entity);
        found = true;
    }
    all->broken += !found;
    add_mention(all, at, entity);
}

static void read_line(struct entities *all, struct analyser *a, char *line)
{
    char *keys = strchr(line, '\t'), *save = NULL;
    if (line[0] == '#' || !keys)
        return;
    *keys++ = '\0';
    analyse(all, a, line);
    for (char *part = strtok_r(keys, " \t\r", &save); part; part = strtok_r(NULL, " \t\r", &save)) {
        char *value = strchr(part, '='), *nth = strchr(part, '#');
        if (!value || !value[1]) {
            all->broken++;
            continue;
        }
        *value++ = '\0';
        if (nth)
            *nth = '\0';
        add_key(all, a->first, part, nth ? atoi(nth + 1) : 1, value);
    }
}

static int by_sentence(const void *a, const void *b)
{
    const struct gold_mention *x = a, *y = b;
    if (x->sentence != y->sentence)
        return x->sentence < y->sentence ? -1 : 1;
    return x->first != y->first ? (x->first < y->first ? -1 : 1)
                                : (x->entity > y->entity) - (x->entity < y->entity);
}

void entities_read_keys(struct entities *all, const char *path, const char *data,
                        struct lexicon *lexicon)
{
    struct analyser a = {.lexicon = lexicon};
    char name[4096], *save = NULL;
    isg_error error;
    size_t length;
    memset(all, 0, sizeof *all);
    arena_init(&all->arena);
    buffer_init(&all->conllu.text);
    all->keyed = true;
    all->bytes = entities_read_file(path, &length);
    all->conllu.sentences =
        arena_alloc(&all->arena, SENTENCES_MOST * sizeof *all->conllu.sentences);
    all->documents = calloc(SENTENCES_MOST, sizeof *all->documents);
    all->first_mentions = calloc(SENTENCES_MOST + 1, sizeof *all->first_mentions);
    snprintf(name, sizeof name, "%s/isogloss.model", data);
    if (!all->conllu.sentences || !all->documents || !all->first_mentions)
        entities_stop("no memory", path);
    if (model_open(name, &a.model, &error) != ISG_OK ||
        model_scratch_new(a.model, &a.scratch, &error) != ISG_OK)
        entities_stop(error.message, name);
    for (char *line = strtok_r(all->bytes, "\n", &save); line; line = strtok_r(NULL, "\n", &save))
        read_line(all, &a, line);
    qsort(all->mentions, all->mention_count, sizeof *all->mentions, by_sentence);
    for (size_t i = 0, m = 0; i <= all->conllu.count; i++) {
        while (m < all->mention_count && all->mentions[m].sentence < i)
            m++;
        all->first_mentions[i] = (uint32_t)m;
    }
    model_scratch_free(a.scratch);
    model_close(a.model);
}

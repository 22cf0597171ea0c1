/* evaluate.c -- scores on gold tokens and predicted tags.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#define _POSIX_C_SOURCE 200809L

#include "evaluate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/vocab.h"

struct score {
    unsigned long words, upos, xpos, heads, arcs, full; /* full: with the subtype */
};

static void print_score(const struct score *s)
{
    double n = (double)(s->words ? s->words : 1) / 100;
    printf(" UPOS %.2f XPOS %.2f UAS %.2f LAS %.2f (full %.2f)", (double)s->upos / n,
           (double)s->xpos / n, (double)s->heads / n, (double)s->arcs / n, (double)s->full / n);
}

static void count_word(struct score *score, const struct corpus_word *gold,
                       const struct corpus_word *own)
{
    bool head = gold->head == own->head;
    score->words++;
    score->upos += gold->upos == own->upos;
    score->xpos += gold->xpos == own->xpos;
    score->heads += head;
    score->full += head && gold->rel == own->rel;
    score->arcs += head && vocab_deprel_base(gold->rel) == vocab_deprel_base(own->rel);
}

static void score_batch(struct learner *learner, const struct corpus *corpus, struct score *score)
{
    struct batch *batch = &learner->batch;
    const struct transition *state = &learner->analysis.state;
    const struct dictionary *d = learner->dictionary;
    encoder_forward(&learner->network, batch, 0, &learner->random);
    for (size_t s = 0; s < batch->sentences; s++) {
        steps_analyse(&learner->network, batch, s, &learner->analysis);
        for (size_t i = 0; i < batch->length[s]; i++) {
            const uint8_t *tag = d->tags[learner->analysis.tags[i]];
            struct corpus_word own = {NULL, state->head[i], tag[0], tag[1],
                                      d->labels[state->label[i]]};
            count_word(score, &corpus->sentences[batch->index[s]].words[i], &own);
        }
    }
}

void evaluate_floats(struct learner *learner, const struct corpus *corpus)
{
    struct score score = {0};
    uint16_t (*ids)[PART_COUNT] = must_calloc(BATCH_ROWS, sizeof *ids);
    for (size_t i = 0; i < corpus->count;) {
        batch_begin(&learner->batch);
        for (; i < corpus->count; i++) {
            size_t count = corpus->sentences[i].count;
            if (count + 2 > BATCH_ROWS)
                continue;
            learner_rows(learner->dictionary, &corpus->sentences[i], count, ids);
            if (learner->batch.words > 256
                || !batch_add(&learner->batch, (const uint16_t (*)[PART_COUNT])ids, count, i))
                break;
        }
        score_batch(learner, corpus, &score);
    }
    free(ids);
    print_score(&score);
    printf("\n");
}

bool evaluate_model(const char *path, const char *name, const struct corpus *corpus)
{
    struct score score = {0};
    double seconds;
    struct sentence *own = evaluate_run(path, corpus, &seconds);
    if (!own)
        return false;
    for (size_t i = 0; i < corpus->count; i++)
        for (uint32_t j = 0; j < own[i].count; j++) {
            const struct token *t = &own[i].tokens[j];
            struct corpus_word word = {
                NULL, t->head < 0 ? (int32_t)own[i].count : t->head, t->upos, t->xpos, t->deprel};
            count_word(&score, &corpus->sentences[i].words[j], &word);
        }
    evaluate_free(own, corpus);
    printf("model on %s:", name);
    print_score(&score);
    printf(", %.0f words a second\n", (double)score.words / (seconds > 0 ? seconds : 1));
    return true;
}

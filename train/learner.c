/* learner.c -- an epoch: shuffle, cut into batches, disturb some sentences (no capitals, only
 * capitals, no final mark), learn. The rate rises for 300 steps and then falls linearly.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "learner.h"

#include <stdlib.h>
#include <string.h>

#include "base/vocab.h"

enum { WARM_STEPS = 300, FORM_MOST = 256 };

static const float LOWER_RATE = 0.06f, UPPER_RATE = 0.02f, OPEN_RATE = 0.06f, LEAST_RATE = 0.02f;

enum noise { NOISE_NONE, NOISE_LOWER, NOISE_UPPER };

struct learner_options learner_defaults(void)
{
    return (struct learner_options){.epochs = 20, .average = 1, .hidden = 128, .layers = 4,
                                    .slot_width = 128, .arc_width = 128, .batch_words = 160,
                                    .seed = 1, .rate = 1.2e-3f, .dropout = 0.25f,
                                    .reach = {1, 1, 2, 4, 1, 1, 1, 1}};
}

static uint32_t round_up(uint32_t n)
{
    return (n + COLUMN_STEP - 1) / COLUMN_STEP * COLUMN_STEP;
}

void learner_init(struct learner *learner, const struct learner_options *options,
                  const struct dictionary *dictionary, const struct corpus *corpus)
{
    *learner = (struct learner){.options = *options, .dictionary = dictionary, .corpus = corpus,
                                .random = {options->seed}};
    struct network_size size = {
        .hidden = options->hidden, .layers = options->layers, .slot_width = options->slot_width,
        .arc_width = options->arc_width, .tags = dictionary->tag_count,
        .labels = dictionary->label_count, .tag_columns = round_up(dictionary->tag_count),
        .label_columns = round_up(dictionary->label_count)};
    memcpy(size.reach, options->reach, sizeof size.reach);
    network_init(&learner->network, &size, dictionary, &learner->random);
    batch_init(&learner->batch, &size);
    analysis_init(&learner->analysis, BATCH_ROWS);
    learner->order = must_calloc(corpus->count, sizeof *learner->order);
    for (size_t i = 0; i < corpus->count; i++)
        learner->order[i] = i;
}

void learner_clear(struct learner *learner)
{
    batch_clear(&learner->batch, &learner->network.size);
    network_clear(&learner->network);
    analysis_clear(&learner->analysis);
    free(learner->order);
}

static void change_case(char *text, enum noise noise)
{
    for (char *c = text; *c; c++) {
        if (noise == NOISE_LOWER && *c >= 'A' && *c <= 'Z')
            *c = (char)(*c + ('a' - 'A'));
        if (noise == NOISE_UPPER && *c >= 'a' && *c <= 'z')
            *c = (char)(*c - ('a' - 'A'));
    }
}

static void find_rows(const struct dictionary *dictionary, const struct corpus_sentence *sentence,
                      size_t count, enum noise noise, uint16_t (*ids)[PART_COUNT])
{
    for (size_t i = 0; i < count; i++) {
        char text[FORM_MOST];
        struct word_key key;
        const char *form = sentence->words[i].form;
        if (noise != NOISE_NONE && strlen(form) < sizeof text) {
            form = strcpy(text, form);
            change_case(text, noise);
        }
        word_key_make(form, strlen(form), &key);
        word_key_find(dictionary->entries, dictionary->size, &key);
        memcpy(ids[i], key.row, sizeof key.row);
    }
}

void learner_rows(const struct dictionary *dictionary, const struct corpus_sentence *sentence,
                  size_t count, uint16_t (*ids)[PART_COUNT])
{
    find_rows(dictionary, sentence, count, NOISE_NONE, ids);
}

/* Whether the last word is a mark on which nothing hangs. */
static bool may_lose_end(const struct corpus_sentence *sentence)
{
    size_t last = sentence->count - 1;
    if (sentence->count < 3 || sentence->words[last].upos != UPOS_PUNCT)
        return false;
    for (size_t i = 0; i < last; i++)
        if (sentence->words[i].head == (int32_t)last)
            return false;
    return sentence->words[last].head != (int32_t)sentence->count;
}

static void add_sentence(struct learner *learner, const struct corpus_sentence *sentence,
                         size_t index)
{
    static const size_t most = SENTENCE_MOST;
    uint16_t ids[SENTENCE_MOST][PART_COUNT];
    size_t count = sentence->count;
    struct random *random = &learner->random;
    if (count > most)
        return;
    if (random_unit(random) < OPEN_RATE && may_lose_end(sentence))
        count--;
    float draw = random_unit(random);
    find_rows(learner->dictionary, sentence, count,
              draw < LOWER_RATE ? NOISE_LOWER
              : draw < LOWER_RATE + UPPER_RATE ? NOISE_UPPER : NOISE_NONE, ids);
    size_t row = learner->batch.rows;
    if (!batch_add(&learner->batch, (const uint16_t (*)[PART_COUNT])ids, count, index))
        return;
    for (size_t i = 0; i < count; i++) {
        const struct corpus_word *word = &sentence->words[i];
        bool is_root = word->head == (int32_t)sentence->count;
        learner->lesson.head[row + i] = is_root ? (int32_t)count : word->head;
        learner->lesson.tag[row + i] =
            dictionary_tag(learner->dictionary, word->upos, word->xpos);
        learner->lesson.label[row + i] = dictionary_label(learner->dictionary, word->rel);
    }
}

static void shuffle(struct learner *learner)
{
    for (size_t i = learner->corpus->count; i > 1; i--) {
        size_t j = random_below(&learner->random, (uint32_t)i), k = learner->order[i - 1];
        learner->order[i - 1] = learner->order[j];
        learner->order[j] = k;
    }
}

void learner_epoch(struct learner *learner, uint32_t epoch)
{
    const struct learner_options *o = &learner->options;
    size_t count = learner->corpus->count;
    struct losses *losses = &learner->losses;
    struct teaching teaching = {.explore = epoch > 0, .dropout = o->step_dropout,
                                .random = &learner->random};
    *losses = (struct losses){0};
    shuffle(learner);
    for (size_t at = 0; at < count;) {
        batch_begin(&learner->batch);
        for (; at < count && learner->batch.words < o->batch_words; at++)
            add_sentence(learner, &learner->corpus->sentences[learner->order[at]],
                         learner->order[at]);
        if (learner->batch.words == 0)
            continue;
        float done = ((float)epoch + (float)at / (float)count) / (float)o->epochs;
        float rate = o->rate * (done < 1 - LEAST_RATE ? 1 - done : LEAST_RATE);
        if (++learner->steps < WARM_STEPS)
            rate *= (float)learner->steps / WARM_STEPS;
        encoder_forward(&learner->network, &learner->batch, o->dropout, &learner->random);
        steps_learn(&learner->network, &learner->batch, &learner->lesson, &learner->analysis,
                    &teaching, losses);
        encoder_backward(&learner->network, &learner->batch, rate);
        network_step(&learner->network, rate, learner->steps);
    }
    losses->tag /= (double)losses->words;
    losses->action /= (double)losses->actions;
    losses->label /= (double)losses->labels;
    if (epoch + o->average >= o->epochs) {
        network_collect(&learner->network);
        learner->collected++;
    }
}

bool learner_average(struct learner *learner)
{
    if (learner->collected < 2)
        return false;
    network_use_average(&learner->network, learner->collected);
    return true;
}

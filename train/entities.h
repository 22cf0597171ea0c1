/* entities.h -- a treebank with coreference (GUM: Entity= in MISC) in memory: sentences with tags
 * and trees, gold or predicted, and which words name the same thing.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef TRAIN_ENTITIES_H
#define TRAIN_ENTITIES_H

#include "analysis/conllu.h"
#include "analysis/lexicon.h"
#include "grammar/mention.h"

/* A mention of an entity: tokens first..last of a sentence, and the words of its minimal span. */
struct gold_mention {
    uint32_t entity, document, sentence; /* sentence: in the file */
    int32_t first, last, heads[8];
    uint32_t head_count;
    char type[16];                       /* person, object, abstract ... */
    bool cataphoric;                     /* new, and explained later */
};

struct entities {
    struct conllu conllu;
    struct arena arena;
    char *bytes;
    struct gold_mention *mentions;       /* by sentence */
    size_t mention_count, mention_capacity;
    uint32_t *documents, *first_mentions; /* by sentence: its document; its first mention */
    uint32_t document_count;
};

enum gold_state { GOLD_NONE, GOLD_DUMMY, GOLD_TAKES_UP };
/* What the treebank says of a pronoun. */
struct gold_pronoun {
    enum gold_state state;
    uint32_t entity;
    const char *type; /* "" if it is no mention */
};

/* Reads a file; ends the program if it cannot be read. Predicted: tags and trees by the model of
 * the data folder instead of the treebank's. Sentences are numbered within their documents. */
void entities_read(struct entities *all, const char *path, const char *data, bool predicted,
                   struct lexicon *lexicon);
void entities_clear(struct entities *all);
struct gold_pronoun gold_of_pronoun(const struct entities *all, uint32_t sentence, int32_t token);
/* Whether a mention found in a sentence (of the file) is one of the entity. */
bool gold_is(const struct entities *all, uint32_t sentence, const struct mention *mention,
             uint32_t entity);

#endif

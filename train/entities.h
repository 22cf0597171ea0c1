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
    char type[16];                       /* person, object, abstract ...; "*": no phrase */
    bool cataphoric;                     /* new, and explained later, if at all */
};

/* What a text of ours says of a "you": VALUE_SG, VALUE_PL, VALUE_NONE. */
struct gold_you {
    uint32_t sentence;
    int32_t token;
    uint8_t number;
};

struct entities {
    struct conllu conllu;
    struct arena arena;
    char *bytes;
    struct gold_mention *mentions;       /* by sentence */
    size_t mention_count, mention_capacity;
    uint32_t *documents, *first_mentions; /* by sentence: its document; its first mention */
    uint32_t document_count;
    bool keyed;                          /* only what has a key is known */
    struct gold_you *you;
    size_t you_count;
    unsigned broken;                     /* keys that fit nothing */
};

enum gold_state { GOLD_UNKNOWN, GOLD_NONE, GOLD_DUMMY, GOLD_REFERS, GOLD_TAKES_UP };
/* What the treebank says of a pronoun. */
struct gold_pronoun {
    enum gold_state state;
    uint32_t entity;
    const char *type; /* "" if it is no mention */
};

/* Reads a CoNLL-U file; without Entity=, what is known is which "it" is expletive. Ends the program if it cannot be read. Predicted: tags and trees by the model of
 * the data folder instead of the treebank's. Sentences are numbered within their documents. */
void entities_read(struct entities *all, const char *path, const char *data, bool predicted,
                   struct lexicon *lexicon);
/* The same for lines "text<TAB>keys" as tests/reference.tsv has them, analysed as any text; a line
 * is a document. */
void entities_read_keys(struct entities *all, const char *path, const char *data,
                        struct lexicon *lexicon);
void entities_clear(struct entities *all);
/* For the readers: ends the program; a whole file, NUL at its end; one more mention, zeroed. */
void entities_stop(const char *what, const char *path);
char *entities_read_file(const char *path, size_t *length);
struct gold_mention *entities_add(struct entities *all);
struct gold_pronoun gold_of_pronoun(const struct entities *all, uint32_t sentence, int32_t token);
/* Whether a mention found in a sentence (of the file) is one of the entity. */
bool gold_is(const struct entities *all, uint32_t sentence, const struct mention *mention,
             uint32_t entity);

#endif

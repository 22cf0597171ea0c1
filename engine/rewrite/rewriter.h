/* rewriter.h -- one sentence through the strata: candidates by trigger, matches, choices, edits, a
 * new state of the sentence after each stratum that changed it, and at the end bytes and trace.
 * Matches on the unedited sentence are kept, so that fifty profiles match once.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef REWRITE_REWRITER_H
#define REWRITE_REWRITER_H

#include "base/buffer.h"
#include "rewrite/match.h"
#include "rewrite/profile.h"

/* A rule that matched at a trigger of one state of a sentence. */
struct match {
    uint32_t vetoes;      /* bits of guards that hold */
    uint32_t injective;
    uint8_t sure;         /* least confidence of what the match used */
    struct value slots[]; /* rule->slots of them */
};

struct candidate {
    uint32_t rule;
    int32_t token;
    enum { UNTRIED, NO_MATCH, MATCHED } state;
    struct match *match;
};

/* A state of a sentence with what is known of it. */
struct stage {
    const struct sentence *sentence;
    struct arena *arena;           /* of grammar, candidates and matches */
    struct grammar *grammar;       /* NULL until asked for */
    struct candidate *candidates;  /* by rule, then token */
    uint32_t candidate_count;
    uint32_t strata[STRATUM_COUNT + 1]; /* where the candidates of each stratum begin */
    unsigned first_stratum;        /* strata before it have run and are not looked for */
    unsigned generation;           /* of the rewriter's set of rules when it was scanned */
    bool scanned;
    struct grammar_document *document;
};

/* A match that was carried out. */
struct fired {
    uint32_t feature, rule, realisation; /* numbers in the table */
    uint32_t earlier;    /* 1 + number of a match whose output this one rewrote; 0: none */
    uint32_t site;
};

/* Slang that was found, in bytes of the record. */
struct sense_mark {
    uint32_t sense, start, end;
    uint32_t rule;             /* of the term that was found */
    uint32_t sentence;         /* its number in the record */
};

/* A stretch of a sentence where a feature may not fire (order blocks=). */
struct barred {
    uint32_t feature_id, by;   /* eWAVE ids */
    uint32_t first, last;      /* sites */
};

/* What became of a candidate of a rule that is on, told to a witness. */
enum outcome {
    OUTCOME_FIRED,     /* name: the realisation */
    OUTCOME_NO_MATCH,
    OUTCOME_GUARD,     /* name: the guard */
    OUTCOME_RATE,      /* the draw said no */
    OUTCOME_GROUP,     /* by: the feature of its group that was drawn, 0: none of them */
    OUTCOME_ORDER,     /* by: the feature that bars it here */
    OUTCOME_NO_CHOICE, /* no realisation is eligible */
    OUTCOME_MOST,      /* as many features as may fire in a record have */
    OUTCOME_BLOCKED    /* reason, by: the edits could not be made */
};

struct verdict {
    enum outcome outcome;
    isg_block_reason reason;
    uint32_t by;       /* eWAVE id */
    const char *name;
    uint32_t line;     /* of what is named */
};

struct stratum_run;
struct witness {
    void (*tell)(void *context, struct stratum_run *run, const struct candidate *candidate,
                 const struct verdict *verdict);
    void *context;
};

/* What is kept for one record and profile. */
struct rewriter {
    const struct tables *tables;
    const struct isg_profile *profile;
    struct arena *arena;       /* of one sentence; reset by the caller */
    struct buffer out, edits, blocks; /* bytes; isg_edit; isg_block */
    struct buffer marks;       /* struct sense_mark, of the record */
    struct buffer fired;       /* struct fired, of one sentence */
    struct buffer barred;      /* struct barred, of one sentence */
    struct buffer used;        /* uint32_t: numbers of features that fired in this record */
    uint64_t base;             /* hash of seed, variant and record key */
    const char *text;          /* the record */
    uint64_t *wanted;          /* set of the rules that any profile so far has on */
    unsigned generation;       /* counts how often that set grew */
    uint32_t *deleted_by;      /* by token of the original sentence: 1 + number of a struct fired */
    struct matcher matcher;
    struct memory memory;      /* of this record */
    const struct witness *witness; /* NULL: nobody asks */
};

/* False: out of memory. */
bool rewriter_init(struct rewriter *rewriter, const struct tables *tables, struct arena *arena);
void rewriter_clear(struct rewriter *rewriter);
/* Begins a record: forgets output and trace. */
void rewriter_begin(struct rewriter *rewriter, const struct isg_profile *profile,
                    const char *text, uint64_t base);
/* Rewrites one sentence and appends its bytes (from its start to its end) to rewriter->out.
 * original is its unedited stage, kept from profile to profile. False: out of memory. */
bool rewriter_sentence(struct rewriter *rewriter, struct stage *original);

/* A fresh stage over a sentence; nothing is computed yet. */
void stage_init(struct stage *stage, const struct sentence *sentence, struct arena *arena,
                struct grammar_document *document);
/* Fills candidates from the trigger index: of the rules in a set of bits, of all if it is NULL. */
bool stage_scan(struct stage *stage, const struct tables *tables, const uint64_t *wanted);
/* The stage's grammar, made on first use; NULL when the arena failed. */
struct grammar *stage_grammar(struct stage *stage, const struct tables *tables);
/* Tries a candidate (once); NULL: no match. */
const struct match *stage_match(struct stage *stage, struct matcher *matcher,
                                struct candidate *candidate);

/* Edits of one stratum. */
struct claim {
    int32_t vg;
    enum attr attr;
    uint32_t holder;           /* 1 + number of a struct fired */
};

struct dirty_vg {
    int32_t vg;
    uint32_t holder;
    struct vg_saved saved;
};

struct stratum_run {
    struct rewriter *rewriter;
    struct stage *stage;
    struct matcher *matcher;
    struct edit_log log;
    uint32_t *token_claims;    /* by token: 1 + number of a struct fired, 0: free */
    uint32_t *group_claims;    /* by token: the same, for tokens of claimed verb groups */
    uint32_t *claims_before;   /* both as they were before the match at hand */
    struct claim claims[LIMIT_EDITS_SENTENCE];
    struct dirty_vg dirty[LIMIT_EDITS_SENTENCE];
    uint32_t claim_count, dirty_count;
};

/* Carries out a realisation's edits for the match in run->matcher, whole or not at all; fired is
 * its number. On failure the reason, and who holds the claim (1 + number; 0: nobody). */
bool edit_match(struct stratum_run *run, const struct tab_realisation *as, uint32_t fired,
                isg_block_reason *reason, uint32_t *holder);
/* The words a list of parts stands for. */
struct new_word {
    const char *text, *lemma;
    uint32_t length, lemma_length;
    uint8_t upos, xpos;        /* *_NONE: as the place has */
    uint64_t feats;
    bool keeps_feats;          /* the place's features stay */
    bool closing;              /* punctuation that is written on to the word before */
    bool prefix, suffix;       /* "a-", "-like": written on to the word beside it */
};
bool compose_parts(struct stratum_run *run, uint32_t first, uint32_t count, struct new_word *words,
                   uint32_t size, uint32_t *word_count);

/* The text in the shape of the token, at this place, that it replaces or stands beside. */
const char *shape_text(struct arena *arena, const struct sentence *sentence, int32_t place,
                       const struct new_word *word, const struct token *old);
/* Whether a token is in capitals by itself, as NASA is: not so both words around the place before
 * or after it. */
bool shape_is_lone(const struct sentence *sentence, int32_t place, bool after);

/* What the question tag of the clause before a token is made of; false: there is none. */
bool compose_tag(struct stratum_run *run, int32_t token, struct value *subject,
                 const char **auxiliary, bool *there);

/* Applies a log: the next state of the sentence. NULL: out of memory. */
struct sentence *apply_log(struct rewriter *rewriter, const struct sentence *sentence,
                           const struct edit_log *log);
/* The fired match of a number. */
static inline struct fired *fired_at(const struct rewriter *rewriter, uint32_t number)
{
    return (struct fired *)(void *)rewriter->fired.bytes + number;
}

/* Mends what edits force: contractions without their host, a and an, capitals by place. */
bool repair_sentence(struct rewriter *rewriter, const struct sentence *original,
                     struct sentence *edited);
/* Appends the bytes of the edited sentence and adds its edits to the trace. */
void render_sentence(struct rewriter *rewriter, const struct sentence *original,
                     const struct sentence *edited);
/* The realisation drawn of those not in the set `tried` (256 bits; NULL: none), or -1 if none is
 * eligible. A feature's is the same at all places of a document; slang is drawn for each place, and
 * of plain words for it the first is taken. */
int32_t choose_realisation(struct rewriter *rewriter, struct matcher *matcher,
                           const struct candidate *candidate, uint64_t site_hash,
                           const uint64_t *tried);
/* A number by which one place of a sentence is preferred to others, the smallest first; the more
 * weight a realisation has, the likelier its place. */
double choose_place(const struct tab_realisation *as, uint64_t site_hash);
/* The hash that all draws of a match start from. */
uint64_t choose_hash(const struct rewriter *rewriter, struct matcher *matcher,
                     const struct sentence *sentence, uint32_t rule_number, int32_t trigger);
/* Whether the rate lets the rule fire. */
bool choose_fires(const struct rewriter *rewriter, uint32_t rule_number, uint64_t hash);
/* Whether the rule's feature is the one drawn of its group; if not, *winner is the eWAVE id of the
 * one that was. */
bool choose_wins_group(const struct rewriter *rewriter, const struct sentence *sentence,
                       uint32_t rule_number, int32_t trigger, uint32_t *winner);

#endif

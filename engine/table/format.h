/* format.h -- the compiled rule table, byte for byte: the only statement of it. The compiler emits
 * it, table.c verifies it once on open, the rewriter reads it in place.
 *
 * A table is a header and sections. All numbers are little-endian, all sections 8-byte aligned; a
 * section is an array of records of fixed size. Records refer to others by index into a section,
 * to text by byte offset into TAB_STRINGS (NUL-terminated UTF-8). TAB_NONE means "none" in every
 * 32-bit field. The same sources give the same bytes.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef TABLE_FORMAT_H
#define TABLE_FORMAT_H

#include <stdint.h>

#define TAB_MAGIC "ISGTAB\r\n"
#define TAB_VERSION 4u        /* of the writer */
#define TAB_OLDEST_READER 4u  /* the oldest reader that understands what this writer writes */
#define TAB_FEATURE_BITS 0u   /* optional abilities a reader must know, a bit each; none yet */
#define TAB_NONE 0xffffffffu

enum tab_section_id {
    TAB_STRINGS,       /* bytes; the first is NUL */
    TAB_LITERALS,      /* struct tab_literal: words that rules name, lower-case, sorted by bytes */
    TAB_LITERAL_HASH,  /* uint32_t: open addressing over hash_bytes(word), a power of two of slots,
                          literal index or TAB_NONE, linear probing, at least half empty */
    TAB_LITERAL_LISTS, /* uint32_t: pool of list numbers, ascending, of tab_literal.lists */
    TAB_LISTS,         /* struct tab_list */
    TAB_MAPS,          /* struct tab_map */
    TAB_MAP_ENTRIES,   /* struct tab_map_entry, of one map in a row, in the order written */
    TAB_REGEXES,       /* uint32_t: pattern, a string */
    TAB_PREDICATES,    /* struct tab_predicate: atomic tests, each once */
    TAB_TESTS,         /* struct tab_test: boolean tests as decision chains */
    TAB_PATHS,         /* struct tab_path */
    TAB_PATH_EDGES,    /* struct tab_path_edge */
    TAB_SEQUENCES,     /* struct tab_code: sequence programs */
    TAB_AUTOMATA,      /* struct tab_node: automata of sequences */
    TAB_CODE,          /* struct tab_code: match programs */
    TAB_SOURCES,       /* struct tab_source: of each TAB_CODE record, the statement it came from */
    TAB_EDITS,         /* struct tab_edit */
    TAB_PARTS,         /* struct tab_part */
    TAB_LINKS,         /* struct tab_link */
    TAB_SETTINGS,      /* struct tab_setting */
    TAB_FEATURES,      /* struct tab_feature, in the order of execution */
    TAB_RULES,         /* struct tab_rule, in the order of execution */
    TAB_GUARDS,        /* struct tab_guard */
    TAB_REALISATIONS,  /* struct tab_realisation */
    TAB_NAMES,         /* uint32_t: names of a rule's slots, strings */
    TAB_RELATIONS,     /* struct tab_relation: order= between features */
    TAB_TRIGGER_INDEX, /* struct tab_range by key (see below), into TAB_TRIGGERS */
    TAB_TRIGGERS,      /* uint32_t: rule numbers, ascending within a range */
    TAB_DIALECTS,      /* struct tab_dialect */
    TAB_VARIETIES,     /* uint64_t: sets of dialects, header.variety_words each */
    TAB_SENSES,        /* struct tab_sense: senses of slang lexicons */
    TAB_FILES,         /* struct tab_file: what the table was made from; no reader needs it to
                          rewrite, the compiler does to extend the table */
    TAB_SECTION_COUNT
};

struct tab_section {
    uint64_t offset; /* from the start of the file, a multiple of 8 */
    uint64_t count;  /* records */
    uint32_t stride; /* bytes a record: must equal the reader's sizeof */
    uint32_t reserved;
};

struct tab_header {
    char magic[8];
    uint32_t version, oldest_reader;
    uint64_t feature_bits;
    uint64_t size;     /* of the file, bytes */
    uint64_t checksum; /* hash_bytes of everything after this field's record: bytes sizeof(struct
                          tab_header) .. size */
    uint64_t vocab;    /* vocab_hash() of the compiler */
    uint32_t variety_words; /* 64-bit words of one set of dialects */
    uint32_t reserved;
    struct tab_section sections[TAB_SECTION_COUNT];
};

struct tab_literal {
    uint32_t text;               /* lower-case, straight apostrophe */
    uint32_t lists, list_count;  /* in TAB_LITERAL_LISTS */
};

struct tab_list {
    uint32_t name, file; /* strings */
};

struct tab_map {
    uint32_t name;
    uint32_t entries, count;
    uint32_t exact; /* 1: only forms are looked up, and entries are sorted by from */
};

struct tab_map_entry {
    uint32_t from;   /* literal: form or lemma, case-blind; the first entry that fits wins */
    uint8_t upos;    /* only tokens of this UPOS; 255: any */
    uint8_t reserved[3];
    uint32_t to;     /* string */
};

/* Atomic tests of a token (first group) or an object (ATTR_*). */
enum tab_predicate_kind {
    PRED_FORM,   /* c: literal, the form, case-blind */
    PRED_LEMMA,  /* c: literal */
    PRED_UPOS,   /* a */
    PRED_XPOS,   /* a */
    PRED_FEAT,   /* bits: any of them */
    PRED_DEPREL, /* bits: set of relations */
    PRED_CLASS,  /* bits: any of them */
    PRED_FLAG,   /* bits: any of them */
    PRED_LIST,   /* c: list; form or lemma is in it */
    PRED_MAP,    /* c: map; it has an entry for the token */
    PRED_REGEX,  /* c: regex, on the form */
    PRED_SURE,   /* c: 0..255, least confidence of tag and arc */
    PRED_ATTR_BOOL,   /* a: attr; is true, or a value other than no/none, or there is a word */
    PRED_ATTR_VALUE,  /* a: attr, bits: set of value ids */
    PRED_ATTR_NUMBER, /* a: attr, b: enum tab_compare, c: number */
    PRED_ATTR_WORD,   /* a: attr, c: literal */
    PRED_KIND_COUNT
};

enum tab_compare { COMPARE_LT, COMPARE_LE, COMPARE_GT, COMPARE_GE, COMPARE_EQ, COMPARE_COUNT };

struct tab_predicate {
    uint8_t kind, a;
    uint16_t b;
    uint32_t c;
    uint64_t bits;
};

/* A boolean test starts at some record: evaluate the predicate, go on to yes or no. Targets lie
 * further on in the section, or are one of the two ends. TAB_NONE as a test: always true. */
#define TAB_ACCEPT 0xfffffffeu
#define TAB_REJECT 0xfffffffdu
struct tab_test {
    uint32_t predicate, yes, no;
};

/* A path is a nondeterministic automaton over tree edges, at most 16 states, starting in 0. */
struct tab_path {
    uint32_t edges, count; /* in TAB_PATH_EDGES */
    uint16_t accept;       /* set of accepting states */
    uint8_t clauses;       /* 0: over tokens (relations); 1: over clauses (enum clause_edge) */
    uint8_t reserved;
    uint32_t reserved2;
};
struct tab_path_edge {
    uint8_t from, to, up, reserved; /* up: against the arrow, from dependent to head */
    uint32_t reserved2;
    uint64_t labels; /* set of relations or clause edges */
};

/* A reference to a bound name and up to two roles: slot | role1 << 8 | role2 << 16; a role of 255
 * is none. TAB_NONE: no reference. */
#define TAB_REF(slot, role1, role2)                                                                \
    ((uint32_t)(slot) | (uint32_t)(role1) << 8 | (uint32_t)(role2) << 16)
#define TAB_REF_SLOT(ref) ((ref)&0xff)
#define TAB_REF_ROLE1(ref) ((ref) >> 8 & 0xff)
#define TAB_REF_ROLE2(ref) ((ref) >> 16 & 0xff)

/* Match programs. Slot 0 is the trigger. Execution goes from record to record; one that offers
 * several candidates is come back to when a later one fails. Fields not named are 0. */
enum tab_op {
    OP_ACCEPT,  /* all of this program or block holds */
    OP_JUMP,    /* a: target (further on) */
    OP_TEST,    /* a: ref, b: test; of a set: every member */
    OP_SAME,    /* a, b: refs; the same token, object or span */
    OP_RELATION,/* a: ref from, b: path, slot: name reached, x: 1 if it is bound already, 2 if it
                   may be a token bound elsewhere, c: test of it or TAB_NONE.
                   Candidates: shortest path first, then in text order */
    OP_BIND,    /* slot = object x (enum object_kind) of a: ref; c: test or TAB_NONE; b: of KIDS, a
                   path whose first edge's labels are the relations, else TAB_NONE */
    OP_ALIAS,   /* slot = a: ref; c: test or TAB_NONE; fails when there is no such role */
    OP_TOKEN,   /* slot: every token in turn that satisfies c: test; x as above */
    OP_ORDER,   /* a, b: refs; x: enum tab_order */
    OP_SEQUENCE,/* a: first record in TAB_SEQUENCES; b: ref it must lie in, or TAB_NONE; c: a ref
                   (bound token) the sequence must go through, x: how many tokens before it the
                   sequence starts, 0xffff: unknown (any start) */
    OP_NOT,     /* a: block, further on (behind the program's ACCEPT, say) and ending with an ACCEPT
                   of its own; it must not match; the next record follows. Names bound inside do
                   not escape */
    OP_ANY,     /* a: block of this branch, which ends with OP_JUMP; b: the next OP_ANY of the same
                   statement, or TAB_NONE */
    OP_MAYBE,   /* a: block, which ends with OP_JUMP; b: where to go on without it */
    OP_MEMORY,  /* a: key, b: values "x|y" or TAB_NONE for any, strings; x: 1: it must not be so */
    OP_COUNT
};
enum tab_order { ORDER_BEFORE, ORDER_AFTER, ORDER_NEXT, ORDER_IN, ORDER_COUNT };

/* Sequence programs, backtracking in order of preference. */
enum tab_sequence_op {
    SEQ_END = OP_COUNT, /* the sequence matched */
    SEQ_JUMP,           /* a: target, may go back */
    SEQ_SPLIT,          /* a: preferred, b: other target; may go back */
    SEQ_BOX,            /* one token: b: test or TAB_NONE, slot: name bound, 255: none */
    SEQ_NAME,           /* the token(s) a: ref is bound to; x: 1: it is one token */
    SEQ_BOS,            /* here begins the sentence */
    SEQ_EOS,            /* here it ends */
    SEQ_OPEN,           /* slot: a span starts here */
    SEQ_CLOSE,          /* slot: it ends before here (not empty) */
    SEQ_GAP,            /* one token that is no , ; : or dash: a step of "..." */
    SEQ_FILTER,         /* the first record, if the program branches: a: node of TAB_AUTOMATA where
                           its automaton starts, TAB_NONE: too large, simulate; b: records of the
                           program that follows */
    SEQ_COUNT
};

struct tab_code {
    uint8_t op, slot;
    uint16_t x;
    uint32_t a, b, c;
};

/* A node of an automaton: does the token pass the test? A target below TAB_NODE_NEXT is a node
 * before this one, for the same token; with TAB_NODE_NEXT, a node for the next one. TAB_ACCEPT: the
 * sequence may match (edges and names are for the program to see); TAB_REJECT: it cannot. */
#define TAB_NODE_NEXT 0x80000000u
#define TAB_NODE_BARRIER 0xfffffffcu /* as a test: the token is no barrier to "..." */
struct tab_node {
    uint32_t test, yes, no; /* test: of TAB_TESTS, TAB_NONE: any token */
};

struct tab_source {
    uint32_t line, text; /* of the rule file; the statement, a string */
};

enum tab_edit_op {
    EDIT_REPLACE, /* a: ref (token or span), b: ref of the span's end or TAB_NONE; c, d: parts */
    EDIT_INSERT,  /* a: place ref, x: 0 before, 1 after; c, d: parts; slot: relation (255: a word
                     without one), b: its head, a ref or TAB_NONE */
    EDIT_DELETE,  /* a: ref, x: enum tab_target */
    EDIT_MOVE,    /* a: ref, slot: enum tab_target, b: place ref, x: 0 before, 1 after */
    EDIT_ORDER,   /* a: ref of a coordination, b: ref of the member, x: 0 first, 1 last */
    EDIT_SET,     /* a: object ref; c, d: settings */
    EDIT_CHAIN,   /* a: verb group ref; c: first link, x: links on the left, d: on the right */
    EDIT_RELATE,  /* a: head ref, b: dependent ref, x: relation */
    EDIT_EACH,    /* slot: name of the member, a: set ref, b: test or TAB_NONE; the next edit is
                     done for each member */
    EDIT_REMEMBER,/* c: key, d: value, strings; in force once the match was carried out */
    EDIT_OP_COUNT
};
enum tab_target { TARGET_TOKENS, TARGET_TREE, TARGET_NP, TARGET_VP, TARGET_COUNT };

struct tab_edit {
    uint8_t op, slot;
    uint16_t x;
    uint32_t a, b, c, d;
};

enum tab_part_kind {
    PART_TEXT,    /* a: string, may hold spaces */
    PART_INFLECT, /* a: ref, form; of FORM_FIN: b: ref of the verb group */
    PART_LEMMA,   /* a: string, form; of FORM_FIN: b: ref of the verb group; of FORM_AS_NOUN,
                     AS_VERB, AS_ADJ, PRES: b: ref of a token */
    PART_MAP,     /* a: map, b: ref */
    PART_PRONOUN, /* a: ref, form: pronoun that agrees with it */
    PART_COPY,    /* a: ref: its form as it stands */
    PART_TAG,     /* a: ref: the question tag of the clause before that token */
    PART_COUNT
};
struct tab_part {
    uint8_t kind, form;
    uint16_t reserved;
    uint32_t a, b;
};

struct tab_link {
    uint8_t kind;     /* enum link_kind of grammar.h: 0 lemma, 1 variable, 2 text */
    uint8_t form;     /* enum form; FORM_COUNT: as the place asks */
    uint8_t variable; /* 0..7 */
    uint8_t reserved;
    uint32_t text;    /* string or TAB_NONE */
};

struct tab_setting {
    uint8_t attr, value; /* enum attr, enum value_id; VALUE_WORD: word */
    uint16_t reserved;
    uint32_t word;       /* string or TAB_NONE */
};

enum tab_draw { DRAW_SITE, DRAW_SENTENCE, DRAW_DOCUMENT, DRAW_COUNT };
enum tab_per { PER_SITE, PER_CLAUSE, PER_DOCUMENT, PER_COUNT };

#define TAB_RATE_ONE 1000000u /* rates and weights are in millionths and thousandths */
#define TAB_WEIGHT_ONE 1000u

struct tab_feature {
    uint32_t id;                     /* eWAVE number, or a user's own */
    uint32_t name, area, about, limits, neutralises, file; /* strings */
    uint32_t line;
    uint8_t stratum, draw, per, reserved;
    uint32_t group;                  /* string or TAB_NONE */
    uint32_t rate;                   /* times the dialect's, in millionths */
    uint32_t rules, rule_count;
};

#define TAB_RULE_KEY 1u     /* draws have a key */
#define TAB_RULE_MEMORY 2u  /* match or guards ask what the document remembers (OP_MEMORY) */

struct tab_rule {
    uint32_t feature, name, line;
    uint32_t code;                   /* in TAB_CODE */
    uint32_t trigger;                /* test of the trigger token (slot 0) */
    uint8_t slots, sure;             /* names; least confidence 0..255 */
    uint8_t draw, flags;             /* draw: as feature's, unless the rule has its own */
    uint32_t key;                    /* ref whose lemma is the key of the draw: TAB_RULE_KEY */
    uint32_t rate;                   /* times the feature's, in millionths */
    uint32_t names;                  /* slots strings in TAB_NAMES */
    uint32_t guards, guard_count;
    uint32_t realisations, realisation_count;
    uint32_t file;                   /* string; TAB_NONE: the feature's */
    uint32_t sense;                  /* in TAB_SENSES, or TAB_NONE */
    uint32_t regions;                /* bits: where any sense of its term is from, but general */
};

struct tab_guard {
    uint32_t name, line, code;
};

struct tab_realisation {
    uint32_t name, line;
    uint32_t weight;                 /* in thousandths */
    uint32_t varieties; /* set number in TAB_VARIETIES (times variety_words), or NONE */
    uint32_t when;                   /* in TAB_CODE, or TAB_NONE */
    uint32_t edits, edit_count;
    uint32_t sense;                  /* in TAB_SENSES, or TAB_NONE */
};

/* Features made of slang lexicons. */
#define TAB_FEATURE_LITERAL 901u
#define TAB_FEATURE_SLANG 902u
#define TAB_FEATURE_WORD_OUT 903u /* everyday words of a region into those all are told in */
#define TAB_FEATURE_WORD_IN 904u  /* and the other way */
#define TAB_SPELLING "spelling-"  /* features of this name and a region spell as it does */

enum tab_label { TAB_LABEL_NONE, TAB_LABEL_COARSE, TAB_LABEL_OBSCENE, TAB_LABEL_SLUR,
                 TAB_LABEL_COUNT };
struct tab_sense {
    uint32_t term, plain, register_, period, file; /* strings; period may be empty */
    uint32_t line;
    uint32_t regions;                /* bits of enum region */
    uint32_t region_names;           /* string: "UK IE" */
    uint8_t label, pos, is_word; /* enum tab_label; enum slang_pos of the compiler; an everyday
                                    word, no slang */
    uint8_t drawn_as;            /* enum register_: dated if its period has ended */
};

enum tab_relation_kind { RELATION_AFTER, RELATION_BLOCKS, RELATION_FEEDS, RELATION_COUNT };
struct tab_relation {
    uint32_t feature, other; /* eWAVE ids; other may be of a feature not in this table */
    uint32_t kind;
};

struct tab_range {
    uint32_t first, count;
};
/* Keys of TAB_TRIGGER_INDEX, in this order: each literal as form; each literal as lemma; each XPOS;
 * each UPOS; each relation; one for "any token"; each literal as a word that the sentence must have
 * (as form or lemma) for the rules listed, or another word that lists them: rules that stand there
 * are not tried in other sentences. */
#define TAB_TRIGGER_KEYS(literals, xpos, upos, deprels)                                            \
    (3 * (literals) + (xpos) + (upos) + (deprels) + 1)

#define TAB_DIALECT_CONTACT 1u   /* a creole or pidgin */
#define TAB_RATINGS 235
struct tab_dialect {
    double latitude, longitude;
    uint32_t name, code, slug, region, type, review; /* strings */
    uint32_t ratings;                /* string of TAB_RATINGS letters */
    uint32_t flags;
    uint32_t realisations; /* string: "feature.rule=as ..." chosen outright, or TAB_NONE */
    uint32_t spelling, vocabulary, slang; /* strings: regions of layers that are on, or TAB_NONE */
};

struct tab_file {
    uint32_t name, text; /* strings; the text as it was read */
};

/* Bytes of a record of each section, for an array by enum tab_section_id. */
#define TAB_STRIDES                                                                                \
    {                                                                                              \
        [TAB_STRINGS] = 1,                                                                         \
        [TAB_LITERALS] = sizeof(struct tab_literal),                                               \
        [TAB_LITERAL_HASH] = 4,                                                                    \
        [TAB_LITERAL_LISTS] = 4,                                                                   \
        [TAB_LISTS] = sizeof(struct tab_list),                                                     \
        [TAB_MAPS] = sizeof(struct tab_map),                                                       \
        [TAB_MAP_ENTRIES] = sizeof(struct tab_map_entry),                                          \
        [TAB_REGEXES] = 4,                                                                         \
        [TAB_PREDICATES] = sizeof(struct tab_predicate),                                           \
        [TAB_TESTS] = sizeof(struct tab_test),                                                     \
        [TAB_PATHS] = sizeof(struct tab_path),                                                     \
        [TAB_PATH_EDGES] = sizeof(struct tab_path_edge),                                           \
        [TAB_AUTOMATA] = sizeof(struct tab_node),                                                  \
        [TAB_SEQUENCES] = sizeof(struct tab_code),                                                 \
        [TAB_CODE] = sizeof(struct tab_code),                                                      \
        [TAB_SOURCES] = sizeof(struct tab_source),                                                 \
        [TAB_EDITS] = sizeof(struct tab_edit),                                                     \
        [TAB_PARTS] = sizeof(struct tab_part),                                                     \
        [TAB_LINKS] = sizeof(struct tab_link),                                                     \
        [TAB_SETTINGS] = sizeof(struct tab_setting),                                               \
        [TAB_FEATURES] = sizeof(struct tab_feature),                                               \
        [TAB_RULES] = sizeof(struct tab_rule),                                                     \
        [TAB_GUARDS] = sizeof(struct tab_guard),                                                   \
        [TAB_REALISATIONS] = sizeof(struct tab_realisation),                                       \
        [TAB_NAMES] = 4,                                                                           \
        [TAB_RELATIONS] = sizeof(struct tab_relation),                                             \
        [TAB_TRIGGER_INDEX] = sizeof(struct tab_range),                                            \
        [TAB_TRIGGERS] = 4,                                                                        \
        [TAB_DIALECTS] = sizeof(struct tab_dialect),                                               \
        [TAB_VARIETIES] = 8,                                                                       \
        [TAB_SENSES] = sizeof(struct tab_sense),                                                   \
        [TAB_FILES] = sizeof(struct tab_file),                                                     \
    }

#endif

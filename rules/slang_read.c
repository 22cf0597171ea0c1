/* slang_read.c -- a lexicon into entries: a heading at the margin, and what belongs to it indented
 * below. Every error of the file is reported with its line and column.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdio.h>
#include <string.h>

#include "slang.h"
#include "table/format.h"

const char *const slang_pos_names[SLANG_POS_COUNT + 1] = {"n", "v", "adj", "adv", "phr", "address",
                                                          "particle", NULL};
static const char *const label_names[] = {"none", "coarse", "obscene", "slur", NULL};
enum { MOST_OUTPUTS = 32 };

bool slang_is_fixed(enum slang_pos pos)
{
    return pos == SLANG_PHRASE || pos == SLANG_ADV;
}

struct slang_reader {
    const struct reading *reading;
    const struct source *source;
    struct slang_entry defaults, *entry; /* the entry that lines belong to; NULL: none */
    struct slang_entry *first, **tail;
    uint32_t at, end; /* of the line at hand, without white space around */
    unsigned before;  /* errors before this entry */
};

static void wrong(struct slang_reader *r, uint32_t at, const char *format, const char *word,
                  const char *hint)
{
    diagnostics_error(r->reading->diagnostics, (struct place){r->source, at}, format, word, hint);
}

static char *copy(struct slang_reader *r, uint32_t from, uint32_t to)
{
    char *text = arena_strndup(r->reading->arena, r->source->bytes + from, to - from);
    return text ? text : (char *)"";
}

/* ---- headings ---- */

static int find_in(const char *const *words, const char *word)
{
    for (int i = 0; words[i]; i++)
        if (strcmp(words[i], word) == 0)
            return i;
    return -1;
}

static bool is_period(const char *word)
{
    return word[strspn(word, "0123456789-")] == '\0' && strchr(word, '-');
}

static bool set_flag(struct slang_entry *e, const char *word)
{
    const struct {
        const char *name;
        bool *flag;
    } flags[] = {{"any", &e->any_tag}, {"literal", &e->literal_only},
                 {"written", &e->written_only}, {"mass", &e->mass},
                 {"last", &e->last},
                 {"plural", &e->plural}};
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
        if (strcmp(flags[i].name, word) == 0)
            return *flags[i].flag = true;
    return false;
}

static void report_attribute(struct slang_reader *r, uint32_t at, const char *word)
{
    static const char *const others[] = {"coarse", "obscene", "slur", "any", "literal",
                                         "written", "last", "mass", "plural",
                                         "weight=2", NULL};
    char hint[240];
    struct nearest nearest;
    hint_start(&nearest, word);
    hint_offer_vocab(&nearest, VOCAB_LIST_REGION);
    hint_offer_vocab(&nearest, VOCAB_LIST_REGISTER);
    for (unsigned i = 0; slang_pos_names[i]; i++)
        hint_offer(&nearest, slang_pos_names[i]);
    for (unsigned i = 0; others[i]; i++)
        hint_offer(&nearest, others[i]);
    wrong(r, at, "\"%s\" is no part of speech, region, label, register, period or flag%s", word,
          hint_print(&nearest, hint, sizeof hint));
}

static void read_attribute(struct slang_reader *r, struct slang_entry *e, uint32_t at,
                           const char *word, bool *region)
{
    uint32_t millionths;
    int number;
    if ((number = vocab_find(VOCAB_LIST_REGION, word, strlen(word))) >= 0) {
        e->regions = (*region ? e->regions : 0) | (uint32_t)1 << number;
        *region = true;
    } else if ((number = find_in(label_names, word)) >= 0)
        e->label = (unsigned)number;
    else if ((number = vocab_find(VOCAB_LIST_REGISTER, word, strlen(word))) >= 0)
        e->register_ = (unsigned)number;
    else if (is_period(word))
        e->period = word;
    else if (strncmp(word, "weight=", 7) == 0 && lex_decimal(word + 7, &millionths))
        e->weight = millionths / 1000;
    else if (!set_flag(e, word))
        report_attribute(r, at, word);
}

/* POS and attributes, from a byte to the end of the line. */
static void read_attributes(struct slang_reader *r, struct slang_entry *e, uint32_t at, bool pos)
{
    const char *bytes = r->source->bytes;
    bool region = false, first = pos;
    while (at < r->end) {
        uint32_t n = (uint32_t)strcspn(bytes + at, " \t\r\n");
        if (n == 0) {
            at++;
            continue;
        }
        const char *word = copy(r, at, at + n < r->end ? at + n : r->end);
        int number = first ? find_in(slang_pos_names, word) : -1;
        if (first && number < 0)
            wrong(r, at, "after \":\" comes the part of speech, n v adj adv phr address particle, "
                  "not \"%s\"%s", word, "");
        else if (first)
            e->pos = (enum slang_pos)number;
        else
            read_attribute(r, e, at, word, &region);
        first = false;
        at += n;
    }
    if (first)
        wrong(r, r->end, "after \":\" comes the part of speech, n v adj adv phr address "
              "particle%s%s", "", "");
}

/* A list of phrases between separators, added to the end of one. */
static void read_phrases(struct slang_reader *r, uint32_t at, uint32_t end, char separator,
                         bool plain, struct phrase **list)
{
    while (*list)
        list = &(*list)->next;
    for (uint32_t from = at; from <= end;) {
        uint32_t to = from;
        while (to < end && r->source->bytes[to] != separator)
            to++;
        struct phrase *phrase = phrase_read(r->reading, r->source, from, to - from, r->entry->pos,
                                            plain);
        if (phrase) {
            *list = phrase;
            list = &phrase->next;
        }
        from = to + 1;
    }
}

static void finish_entry(struct slang_reader *r)
{
    struct slang_entry *e = r->entry;
    if (!e)
        return;
    if (!e->plains && e->kind != SLANG_PLAIN)
        wrong(r, e->at.offset, "\"%s\" has no paraphrase; add a line such as = plain words%s",
              e->terms ? e->terms->said : "", "");
    e->broken = r->reading->diagnostics->errors != r->before || r->reading->arena->failed;
    if (!e->broken) {
        *r->tail = e;
        r->tail = &e->next;
    }
    r->entry = NULL;
}

/* The colon before the part of speech: the last one with spaces around it. */
static uint32_t find_colon(const struct slang_reader *r)
{
    uint32_t found = r->end;
    for (uint32_t i = r->at; i + 2 < r->end; i++)
        if (memcmp(r->source->bytes + i, " : ", 3) == 0)
            found = i;
    return found;
}

static bool begins(const struct slang_reader *r, const char *word)
{
    size_t n = strlen(word);
    return r->end - r->at >= n && memcmp(r->source->bytes + r->at, word, n) == 0;
}

static void read_heading(struct slang_reader *r)
{
    finish_entry(r);
    r->before = r->reading->diagnostics->errors;
    struct slang_entry *e = arena_calloc(r->reading->arena, 1, sizeof *e);
    if (!e)
        return;
    *e = r->defaults;
    e->source = r->source;
    e->at = (struct place){r->source, r->at};
    r->entry = e;
    uint32_t colon = find_colon(r);
    if (colon == r->end) {
        wrong(r, r->at, "a heading is TERM : PART-OF-SPEECH REGION...; indent what belongs to the "
              "one before%s%s", "", "");
        return;
    }
    if (begins(r, "plain ")) {
        e->kind = SLANG_PLAIN;
        r->at += 6;
    } else if (begins(r, "word ")) {
        e->kind = SLANG_WORD;
        r->at += 5;
    }
    read_attributes(r, e, colon + 3, true);
    read_phrases(r, r->at, colon, ',', e->kind == SLANG_PLAIN, &e->terms);
}

/* ---- the lines of an entry ---- */

static void read_condition(struct slang_reader *r, bool generating)
{
    struct slang_entry *e = r->entry;
    bool negative = begins(r, "not ");
    r->at += negative ? 4 : 3;
    while (r->at < r->end && r->source->bytes[r->at] == ' ')
        r->at++;
    struct condition *c = arena_calloc(r->reading->arena, 1, sizeof *c);
    if (!c)
        return;
    *c = (struct condition){{r->source, r->at}, copy(r, r->at, r->end), negative, NULL};
    struct condition **tail = generating ? &e->generating : &e->conditions;
    while (*tail)
        tail = &(*tail)->next;
    if (condition_check(r->reading->diagnostics, c))
        *tail = c;
    e->condition_count += !generating;
}

static const char *trimmed(struct slang_reader *r, uint32_t from, uint32_t to)
{
    const char *bytes = r->source->bytes;
    while (from < to && bytes[from] == ' ')
        from++;
    while (to > from && bytes[to - 1] == ' ')
        to--;
    return copy(r, from, to);
}

/* + input | output..., < input | output..., - input */
static void read_example(struct slang_reader *r, char sign)
{
    struct slang_entry *e = r->entry;
    struct feature_test *item = arena_calloc(r->reading->arena, 1, sizeof *item);
    const char **outputs = arena_calloc(r->reading->arena, MOST_OUTPUTS, sizeof *outputs);
    char *sense = arena_alloc(r->reading->arena, strlen(r->source->file) + 16);
    if (!item || !outputs || !sense)
        return;
    sprintf(sense, "%s:%u", r->source->file, place_line(e->at));
    bool slang = sign == '<' || e->kind == SLANG_PLAIN;
    item->at = (struct place){r->source, r->at};
    bool word = e->kind == SLANG_WORD;
    unsigned in = word ? TAB_FEATURE_WORD_IN : TAB_FEATURE_SLANG;
    unsigned out = word ? TAB_FEATURE_WORD_OUT : TAB_FEATURE_LITERAL;
    item->test = (isg_rules_test){.feature = slang ? in : out,
                                  .file = r->source->name,
                                  .line = place_line(item->at),
                                  .keep = sign == '-',
                                  .outputs = outputs,
                                  .sense = sense};
    const char *bytes = r->source->bytes;
    for (uint32_t from = r->at + 1; from <= r->end;) {
        uint32_t to = from;
        while (to < r->end && bytes[to] != '|')
            to++;
        const char *piece = trimmed(r, from, to);
        if (!item->test.input)
            item->test.input = piece;
        else if (item->test.output_count < MOST_OUTPUTS)
            outputs[item->test.output_count++] = piece;
        from = to + 1;
    }
    if (item->test.keep ? item->test.output_count > 0 : item->test.output_count == 0)
        wrong(r, r->at, "%s%s", item->test.keep ? "a sentence that stays has no output" :
              "an example needs an output: + before | after", "");
    struct feature_test **tail = &e->tests;
    while (*tail)
        tail = &(*tail)->next;
    *tail = item;
}

static void read_line(struct slang_reader *r)
{
    struct slang_entry *e = r->entry;
    char sign = r->source->bytes[r->at];
    if (begins(r, "= "))
        read_phrases(r, r->at + 2, r->end, '|', true, &e->plains);
    else if (begins(r, "from -"))
        e->literal_only = true;
    else if (begins(r, "from "))
        read_phrases(r, r->at + 5, r->end, '|', true, &e->froms);
    else if (e->kind == SLANG_PLAIN && begins(r, "like "))
        read_phrases(r, r->at + 5, r->end, '|', true, &e->likes);
    else if (begins(r, "if ") || begins(r, "not "))
        read_condition(r, false);
    else if (begins(r, "gen if ") || begins(r, "gen not ")) {
        r->at += 4;
        read_condition(r, true);
    } else if ((sign == '+' || sign == '<' || sign == '-') && begins(r, (char[]){sign, ' ', 0}))
        read_example(r, sign);
    else
        wrong(r, r->at, "a line of an entry begins with =, from, if, not, gen, +, < or - (of a "
              "plain word: like, if, not or -)%s%s", "", "");
}

static void read_defaults(struct slang_reader *r)
{
    finish_entry(r);
    memset(&r->defaults, 0, sizeof r->defaults);
    r->defaults.regions = 1u << REGION_GENERAL;
    r->defaults.weight = TAB_WEIGHT_ONE;
    if (r->at < r->end)
        read_attributes(r, &r->defaults, r->at + 1, false);
}

struct slang_entry *slang_read(const struct reading *reading, const struct source *source)
{
    struct slang_reader r = {.reading = reading, .source = source};
    r.tail = &r.first;
    read_defaults(&r);
    const char *bytes = source->bytes;
    for (uint32_t line = 0; line < source->length;) {
        const char *close = memchr(bytes + line, '\n', source->length - line);
        uint32_t next = close ? (uint32_t)(close - bytes) + 1 : (uint32_t)source->length;
        r.at = line;
        r.end = close ? next - 1 : next;
        while (r.at < r.end && (bytes[r.at] == ' ' || bytes[r.at] == '\t'))
            r.at++;
        while (r.end > r.at && strchr(" \t\r", bytes[r.end - 1]))
            r.end--;
        bool indented = r.at > line;
        line = next;
        if (r.at == r.end || bytes[r.at] == '#')
            continue;
        if (!indented && bytes[r.at] == '%')
            read_defaults(&r);
        else if (!indented)
            read_heading(&r);
        else if (r.entry)
            read_line(&r);
        else
            wrong(&r, r.at, "this line belongs to no entry: a heading stands at the margin%s%s",
                  "", "");
    }
    finish_entry(&r);
    return r.first;
}

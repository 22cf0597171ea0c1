/* paraphrase.c -- the control of standard English: expressions that stand for one another in any
 * variety's formal writing and mean the same (paraphrase.tsv), and times that move to the other end
 * of a simple sentence.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdio.h>
#include <string.h>

#include "evaluate/controls.h"

enum { SITES = 256, LONGEST_SENTENCE = 400 };

/* What must precede a wording. */
enum left {
    LEFT_ANY,
    LEFT_START,     /* nothing of its sentence */
    LEFT_COMMA,
    LEFT_FRESH,     /* nothing, or a comma */
    LEFT_SUBJECT,   /* a word that may end a subject: nothing is asked there */
    LEFT_PRONOUN,   /* a subject pronoun */
    LEFT_ARTICLE,
    LEFT_NOUN,      /* an article or possessive, but not after a preposition */
    LEFT_BE,
    LEFT_DURATION,  /* a word that a measure follows */
    LEFT_PLAIN,     /* no word of degree or negation */
    LEFT_UNCOUNTED  /* a word, no number */
};

/* What must follow it. */
enum right {
    RIGHT_ANY,
    RIGHT_WORD,     /* a word, and not a pronoun: "they are" does not end its clause */
    RIGHT_CLAUSE,   /* a subject pronoun and a word */
    RIGHT_RELATIVE, /* that, or a verb of a relative clause */
    RIGHT_STOP,     /* the end of the sentence */
    RIGHT_DET,      /* a determiner or an adverb of degree */
    RIGHT_NUMBER,
    RIGHT_COUNTED,  /* a plain word that may be counted */
    RIGHT_QUALITY,  /* a word, but no superlative, quantity or negation */
    RIGHT_VERB      /* a word other than do */
};

struct pair {
    const char *from, *to;
    enum left left;
    enum right right;
};

#include "evaluate/paraphrase_pairs.inc"

static const char *const subjects[] = {"I", "he", "she", "we", "they", NULL};
static const char *const pronouns[] = {"I", "you", "he", "she", "it", "we", "they", "there",
                                       "this", "that", "these", "those", NULL};
static const char *const numbers[] = {
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "hundred",
    "thousand", "million", "half", "quarter", "quarters", "third", "thirds", "fifths", NULL};

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool is_word(char c)
{
    return lower(c) != c || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '\'' ||
           c == '-' || c == '_' || c == '@' || c == '/' || c == '#' || c == '$' ||
           (unsigned char)c >= 0x80;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

struct word {
    const char *text;
    size_t length;
};

static bool is_one_of(struct word word, const char *const *list)
{
    for (; *list; list++)
        if (strlen(*list) == word.length && lower(word.text[0]) == lower(**list) &&
            !strncmp(word.text + 1, *list + 1, word.length - 1))
            return true;
    return false;
}

/* The word after the space that ends at a place; its length is 0 where there is none. */
static struct word word_before(const char *text, size_t at)
{
    if (at < 2 || text[at - 1] != ' ')
        return (struct word){text, 0};
    size_t start = at - 1;
    while (start > 0 && is_word(text[start - 1]))
        start--;
    return (struct word){text + start, at - 1 - start};
}

static struct word word_after(const char *rest)
{
    size_t n = 0;
    if (rest[0] == ' ')
        while (is_word(rest[n + 1]))
            n++;
    return (struct word){rest + (rest[0] == ' '), n};
}

static bool starts_sentence(const char *text, size_t at)
{
    while (at > 0 && (text[at - 1] == ' ' || text[at - 1] == '"'))
        at--;
    return at == 0 || strchr(".!?\n", text[at - 1]) != NULL;
}

static bool is_number(struct word word)
{
    return word.length && (is_digit(word.text[0]) || is_one_of(word, numbers));
}

static bool is_be(struct word word)
{
    static const char *const be[] = {"is", "was", "are", "were", "am", "been", "be", "seems",
                                     "seemed", "looks", "looked", NULL};
    const char *end = word.text + word.length;
    return is_one_of(word, be) || (word.length > 2 && !strncmp(end - 2, "'m", 2)) ||
           (word.length > 3 && !strncmp(end - 3, "'re", 3));
}

static bool follows_noun_phrase(const char *text, struct word word)
{
    static const char *const determiners[] = {"a", "an", "the", "my", "his", "her", "our", "your",
                                              "their", "this", NULL};
    static const char *const prepositions[] = {"in", "on", "from", "by", "at", "with", "of",
                                               "about", "into", "for", "to", "so", "such", NULL};
    struct word before = word_before(text, (size_t)(word.text - text));
    return word.length && is_one_of(word, determiners) &&
           !(before.length && is_one_of(before, prepositions));
}

static bool holds_left(enum left left, const char *text, size_t at)
{
    static const char *const asking[] = {"why", "when", "where", "how", "what", "which", "whom",
                                         "or", "nor", "but", NULL};
    static const char *const speakers[] = {"I", "you", "he", "she", "we", "they", NULL};
    static const char *const articles[] = {"a", "an", "the", NULL};
    static const char *const measures[] = {"in", "after", "within", "for", "took", "takes", "costs",
                                           "cost", "lasted", "lasts", "weighs", NULL};
    static const char *const degrees[] = {
        "too", "so", "how", "as", "very", "not", "the", "no", "any", "much", "never", "half",
        "more", "less", "even", "that", "this", "far", "and", NULL};
    static const char *const joined[] = {"and", NULL};
    struct word word = word_before(text, at);
    bool comma = at > 1 && text[at - 1] == ' ' && text[at - 2] == ',';
    switch (left) {
    case LEFT_START: return starts_sentence(text, at);
    case LEFT_COMMA: return comma;
    case LEFT_FRESH: return comma || starts_sentence(text, at);
    case LEFT_SUBJECT: return word.length && !is_one_of(word, asking);
    case LEFT_PRONOUN: return word.length && is_one_of(word, speakers);
    case LEFT_ARTICLE: return word.length && is_one_of(word, articles);
    case LEFT_NOUN: return follows_noun_phrase(text, word);
    case LEFT_BE: return word.length && is_be(word);
    case LEFT_DURATION: return word.length && is_one_of(word, measures);
    case LEFT_PLAIN: return !word.length || !is_one_of(word, degrees);
    case LEFT_UNCOUNTED:
        return word.length && !is_number(word) && !is_one_of(word, joined);
    default: return true;
    }
}

static bool holds_right(enum right right, const char *rest)
{
    static const char *const relative[] = {"I", "he", "she", "we", "they", "was", "were", "had",
                                           NULL};
    static const char *const determiners[] = {
        "a", "an", "the", "not", "my", "his", "her", "our", "your", "their", "very", "too", "so",
        "really", NULL};
    static const char *const quantities[] = {
        "of", "much", "many", "few", "little", "same", "best", "worst", "first", "last", "least",
        "most", "own", "no", "never", "nothing", "nobody", "none", "any", "anything", "not", NULL};
    static const char *const other[] = {"do", NULL};
    struct word word = word_after(rest);
    bool said = word.length && !is_one_of(word, pronouns);
    switch (right) {
    case RIGHT_WORD: return said;
    case RIGHT_CLAUSE: return word.length && is_one_of(word, subjects) &&
                              word_after(word.text + word.length).length;
    case RIGHT_RELATIVE: return word.length && is_one_of(word, relative);
    case RIGHT_STOP: return !rest[0] || (strchr(".!?", rest[0]) && !is_word(rest[1]));
    case RIGHT_DET: return word.length && is_one_of(word, determiners);
    case RIGHT_NUMBER: return is_number(word);
    case RIGHT_COUNTED:
        return word.length > 2 && lower(word.text[0]) == word.text[0] && !is_number(word);
    case RIGHT_QUALITY: return said && !is_one_of(word, quantities);
    case RIGHT_VERB: return said && !is_one_of(word, other);
    default: return true;
    }
}

static bool is_vowel(char c)
{
    return strchr("aeiou", lower(c)) != NULL;
}

/* Whether a or an would be wrong before the other wording. */
static bool breaks_article(const char *text, size_t at, const struct pair *p)
{
    static const char *const articles[] = {"a", "an", NULL};
    struct word word = word_before(text, at);
    return word.length && is_one_of(word, articles) && is_vowel(p->from[0]) != is_vowel(p->to[0]);
}

/* Whether a wording is at a place, between edges of words. A capital is taken for that of a
 * sentence only at its start, and not before another, as of a name. */
static bool stands_at(const char *text, size_t at, const char *from)
{
    size_t n = strlen(from);
    const char *rest = text + at + n;
    if (lower(text[at]) != lower(from[0]) || strncmp(text + at + 1, from + 1, n - 1))
        return false;
    if (text[at] != from[0] &&
        (text[at] == lower(text[at]) || !starts_sentence(text, at) ||
         (rest[0] == ' ' && lower(rest[1]) != rest[1] && rest[2] != ' ')))
        return false;
    return !is_word(rest[0]) && !(rest[0] == '.' && is_word(rest[1]));
}

/* The longest wording that may be replaced at a place; NULL: none. */
static const struct pair *find(const char *text, size_t at)
{
    const struct pair *best = NULL;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        const struct pair *p = &pairs[i];
        if (lower(p->from[0]) != lower(text[at]) ||
            (best && strlen(p->from) <= strlen(best->from)) || !stands_at(text, at, p->from))
            continue;
        if (holds_left(p->left, text, at) && holds_right(p->right, text + at + strlen(p->from)) &&
            !breaks_article(text, at, p))
            best = p;
    }
    return best;
}

static void take(struct site *site, size_t start, size_t end, const char *text, bool capital)
{
    *site = (struct site){.start = (uint32_t)start, .end = (uint32_t)end};
    for (size_t i = 0; i + 1 < sizeof site->text && text[i]; i++)
        site->text[i] = text[i];
    if (capital && site->text[0] >= 'a' && site->text[0] <= 'z')
        site->text[0] = (char)(site->text[0] - 'a' + 'A');
}

/* ---- times that move ---- */

static const char *const openers[] = {"the", "a", "an", "my", "his", "her", "our", "your", "their",
                                      "we", "I", "he", "she", "they", "it", "there", "you", NULL};

/* Where the sentence that starts at a place ends: at its full stop; 0: it is none that is simple
 * enough to be looked at. */
static size_t end_of_sentence(const char *text, size_t start)
{
    for (size_t i = start; i < start + LONGEST_SENTENCE; i++) {
        bool last = !is_word(text[i + (text[i] != '\0')]);
        if ((text[i] == '.' || text[i] == '!') && last)
            return i;
        if (!text[i] || strchr(";:?\"()\n", text[i]))
            return 0;
    }
    return 0;
}

/* Whether the clause between two places is simple: of one verb, which a time at its end is about,
 * without negation, and no verb of wish, memory or speech, which have times of their own. */
static bool is_simple(const char *text, size_t start, size_t end)
{
    static const char *const joining[] = {
        "and", "or", "but", "so", "because", "since", "as", "if", "when", "while", "before",
        "after", "until", "till", "although", "though", "unless", "than", "that", "who", "which",
        "whose", "whom", "what", "where", "why", "how", "whether", "only", "just", "even", "mainly",
        "mostly", "also", "too", "not", "never", "said", "says", "thinks", "think", "thought",
        "know", "knows", "knew", "believe", "hope", "hopes", "hoped", "like", "likes", "liked",
        "love", "loves", "loved", "hate", "hates", "hated", "prefer", "prefers", "want", "wants",
        "wanted", "need", "needs", "needed", "remember", "remembers", "remembered", "forgot",
        "enjoy", "enjoys", "enjoyed", "expect", "expects", "expected", "plan", "plans", "planned",
        "promise", "promises", "promised", "wish", "wishes", "wished", "spent", "spend", "spends",
        "told", "tells", "asked", "asks", "heard", "read", "dreamed", "without", "during", NULL};
    static const char *const goals[] = {"the", "a", "an", "my", "his", "her", "our", "your",
                                        "their", "work", "school", "bed", "church", "town", NULL};
    for (size_t i = start; i < end;) {
        struct word word = {text + i, 0};
        while (i + word.length < end && is_word(word.text[word.length]))
            word.length++;
        if (word.length == 0) {
            if (text[i] == ',')
                return false;
            i++;
            continue;
        }
        const char *rest = word.text + word.length;
        if (is_one_of(word, joining) || (word.length > 3 && !strncmp(rest - 3, "n't", 3)))
            return false;
        if (word.length == 2 && !strncmp(word.text, "to", 2)) {
            struct word goal = word_after(rest);
            if (!goal.length || !is_one_of(goal, goals))
                return false;
        }
        i += word.length;
    }
    return true;
}

/* Whether a time may stand after the word that ends at a place. */
static bool may_end(const char *text, size_t at)
{
    static const char *const binding[] = {
        "is", "was", "are", "were", "be", "been", "am", "in", "on", "at", "by", "from", "of", "for",
        "to", "with", "about", "early", "late", "once", "twice", "times", "o'clock", "the", "a",
        "an", "every", "each", "last", "next", "this", "again", NULL};
    size_t start = at;
    while (start > 0 && is_word(text[start - 1]))
        start--;
    struct word word = {text + start, at - start};
    return word.length && !is_one_of(word, binding) && !is_number(word);
}

/* The two places of a time that stands at the end of a sentence and may stand at its head. */
static bool move_forward(const char *text, size_t start, size_t end, struct site sites[2])
{
    struct word first = {text + start, 0};
    while (is_word(first.text[first.length]))
        first.length++;
    if (!is_one_of(first, openers))
        return false;
    for (size_t k = 0; k < sizeof movable / sizeof *movable; k++) {
        size_t n = strlen(movable[k]);
        if (end - start < n + first.length + 2 || text[end - n - 1] != ' ' ||
            strncmp(text + end - n, movable[k], n) || !may_end(text, end - n - 1) ||
            !is_simple(text, start, end - n - 1))
            continue;
        char head[64];
        bool pronoun = first.length == 1 && first.text[0] == 'I';
        snprintf(head, sizeof head, "%s, %c%.*s", movable[k],
                 pronoun ? 'I' : lower(first.text[0]), (int)first.length - 1, first.text + 1);
        take(&sites[0], start, start + first.length, head, true);
        take(&sites[1], end - n - 1, end, "", false);
        return true;
    }
    return false;
}

/* The same of a time at the head that may stand at the end. */
static bool move_back(const char *text, size_t start, size_t end, struct site sites[2])
{
    for (size_t k = 0; k < sizeof movable / sizeof *movable; k++) {
        size_t n = strlen(movable[k]), next = start + n;
        if (text[start] == movable[k][0] || lower(text[start]) != movable[k][0] ||
            strncmp(text + start + 1, movable[k] + 1, n - 1))
            continue;
        next += text[next] == ',';
        struct word first = text[next] == ' ' ? word_after(text + next) : (struct word){text, 0};
        if (!first.length || !is_one_of(first, openers) || !is_simple(text, next, end) ||
            !may_end(text, end))
            continue;
        char word[32], tail[48];
        snprintf(word, sizeof word, "%.*s", (int)first.length, first.text);
        snprintf(tail, sizeof tail, " %s", movable[k]);
        take(&sites[0], start, (size_t)(first.text - text) + first.length, word, true);
        take(&sites[1], end, end, tail, false);
        return true;
    }
    return false;
}

/* Two sites, of which neither is right without the other, at the start of a sentence. */
static bool find_move(const char *text, size_t start, struct site sites[2])
{
    size_t end = starts_sentence(text, start) ? end_of_sentence(text, start) : 0;
    if (!end || (!move_forward(text, start, end, sites) && !move_back(text, start, end, sites)))
        return false;
    sites[0].part = SITE_HEAD;
    sites[1].part = SITE_TAIL;
    return true;
}

bool control_paraphrase(const char *text, size_t length, uint32_t wanted, uint64_t seed,
                        struct reworded *out)
{
    struct site sites[SITES], move[2];
    size_t count = 0;
    bool moves = false;
    for (size_t i = 0; i < length && count + 2 < SITES;) {
        bool starts = is_word(text[i]) && (i == 0 || (!is_word(text[i - 1]) && text[i - 1] != '.'));
        if (moves && i >= move[1].start) {
            sites[count++] = move[1];
            i = i > move[1].end ? i : move[1].end;
            moves = false;
            continue;
        }
        if (starts && !moves && find_move(text, i, move)) {
            moves = true;
            sites[count++] = move[0];
            i = move[0].end;
            continue;
        }
        const struct pair *pair = starts ? find(text, i) : NULL;
        size_t end = pair ? i + strlen(pair->from) : i + 1;
        if (pair && !(moves && end > move[1].start))
            take(&sites[count++], i, end, pair->to,
                 text[i] != lower(text[i]) && starts_sentence(text, i));
        i = end;
    }
    return control_apply(text, length, sites, count, wanted, seed, out);
}

/* likelihood.c -- tokens and logarithms to nats. Tokens must add up to the prompt; where they are
 * parts of a character, which no JSON string can hold, the next whole token says where they end.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "evaluate/likelihood.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "evaluate/prompt.h"

enum { LONGEST_PART = 8 };      /* bytes that a token of a part of a character may stand for */

static const double slack = 1e-4; /* rounding: a logarithm may be this much above zero */

/* What a model says of a prompt, token by token. */
struct spoken {
    const char **tokens;
    double *logprobs;          /* NaN: none */
    size_t count;
    const char *prompt;
    size_t start;              /* where the text begins in it */
};

static bool is_part(const char *token)
{
    return strstr(token, "\xef\xbf\xbd") || !strncmp(token, "bytes:", 6) || !token[0];
}

/* Where a token stands in the prompt, from a byte on, after some parts; SIZE_MAX: nowhere. */
static size_t find(const char *prompt, size_t from, const char *token, size_t parts)
{
    size_t n = strlen(token);
    for (size_t skipped = 0; skipped <= parts * LONGEST_PART; skipped++) {
        if (!strncmp(prompt + from + skipped, token, n))
            return from + skipped;
        if (!prompt[from + skipped])
            break;
    }
    return SIZE_MAX;
}

/* The places of the tokens of the prompt, at places; how many those are at *count. Returns what is
 * wrong, or NULL. */
static const char *place(const struct spoken *s, struct token_value *places, size_t *count)
{
    size_t at = 0, parts = 0, length = strlen(s->prompt), k = 0;
    if (s->count && isnan(s->logprobs[0]) && find(s->prompt, 0, s->tokens[0], 0) == SIZE_MAX &&
        !is_part(s->tokens[0]))
        places[k++] = (struct token_value){0, 0, (double)NAN}; /* the model's own beginning */
    for (; k < s->count && at < length; k++) {
        if (is_part(s->tokens[k])) {
            places[k] = (struct token_value){at, at, -s->logprobs[k]};
            parts++;
            continue;
        }
        size_t found = find(s->prompt, at, s->tokens[k], parts);
        if (found == SIZE_MAX && parts && length - at <= parts * LONGEST_PART)
            break; /* the parts are the end of it */
        if (found == SIZE_MAX)
            return "tokens that do not add up to the text";
        for (size_t i = 0; i < parts; i++)
            places[k - 1 - i].end = found;
        at = found + strlen(s->tokens[k]);
        places[k] = (struct token_value){found, at, -s->logprobs[k]};
        parts = 0;
    }
    for (size_t i = 0; i < parts; i++)
        places[k - 1 - i].end = length;
    if (at < length && (!parts || length - at > parts * LONGEST_PART))
        return "tokens that do not add up to the text";
    *count = k;
    return NULL;
}

/* Adds up the tokens that end within the text. Returns what is wrong, or NULL. */
static const char *add_up(const struct spoken *s, struct token_value *places, size_t count,
                          double *nats, size_t *first)
{
    *nats = 0;
    *first = 0;
    while (*first < count && places[*first].end <= s->start)
        ++*first;
    for (size_t k = *first; k < count; k++) {
        double value = places[k].nats;
        bool begins = k == 0 || (k == 1 && places[0].end == 0);
        if (isnan(value) && begins)
            continue; /* nothing comes before it */
        if (isnan(value))
            return "a token without a logprob";
        if (value < -slack)
            return "a logprob above zero";
        if (!isfinite(value))
            return "a logprob that is not finite";
        *nats += value > 0 ? value : 0;
    }
    return NULL;
}

static void keep_detail(struct ask *ask, uint32_t question, const struct spoken *s,
                        struct token_value *places, size_t first, size_t count)
{
    struct likelihood_detail *detail = ask->details ? &ask->details[question] : NULL;
    if (!detail || ask->answers[question].state != ANSWER_GIVEN) {
        free(places);
        return;
    }
    for (size_t k = first; k < count; k++) {
        places[k - first] = places[k];
        places[k - first].start = places[k].start > s->start ? places[k].start - s->start : 0;
        places[k - first].end = places[k].end - s->start;
    }
    detail->tokens = places;
    detail->count = count - first;
}

static void accept(struct ask *ask, uint32_t question, double nats, size_t tokens)
{
    char label[32];
    snprintf(label, sizeof label, "%zu", tokens);
    ask_accept(ask, question, label, nats);
}

static void take(struct ask *ask, uint32_t question, const struct spoken *s)
{
    struct token_value *places = calloc(s->count + 1, sizeof *places);
    size_t count = 0, first = 0;
    double nats = 0;
    if (!places) {
        ask->nomem = true;
        return;
    }
    const char *flaw = s->count == 0 ? "no logprobs of the text" : place(s, places, &count);
    if (!flaw)
        flaw = add_up(s, places, count, &nats, &first);
    if (flaw) {
        ask_fail(ask, question, flaw);
        free(places);
        return;
    }
    accept(ask, question, nats, count - first);
    keep_detail(ask, question, s, places, first, count);
}

/* Tokens and logprobs of two arrays of JSON; null is NaN. Returns what is wrong, or NULL. */
static const char *read_arrays(const json_t *tokens, const json_t *logprobs, struct spoken *s)
{
    if (!json_is_array(tokens) || !json_is_array(logprobs))
        return "no logprobs of the text";
    s->count = json_array_size(tokens);
    if (s->count != json_array_size(logprobs))
        return "not as many logprobs as tokens";
    s->tokens = calloc(s->count + 1, sizeof *s->tokens);
    s->logprobs = calloc(s->count + 1, sizeof *s->logprobs);
    if (!s->tokens || !s->logprobs)
        return "out of memory";
    for (size_t i = 0; i < s->count; i++) {
        const json_t *value = json_array_get(logprobs, i);
        s->tokens[i] = json_string_value(json_array_get(tokens, i));
        s->logprobs[i] = json_is_number(value) ? json_number_value(value) : (double)NAN;
        if (!s->tokens[i] || !(json_is_number(value) || json_is_null(value)))
            return "tokens or logprobs of another type";
    }
    return NULL;
}

static void clear(struct spoken *s)
{
    free(s->tokens);
    free(s->logprobs);
}

void likelihood_take_line(struct ask *ask, uint32_t question, const json_t *object)
{
    const json_t *nats = json_object_get(object, "nats");
    const json_t *count = json_object_get(object, "token_count");
    struct spoken s = {.prompt = ask->questions->list[question].text};
    if (json_is_number(nats)) {
        bool counted = json_is_integer(count) && json_integer_value(count) > 0;
        accept(ask, question, json_number_value(nats),
               counted ? (size_t)json_integer_value(count) : 0);
        return;
    }
    const char *flaw = read_arrays(json_object_get(object, "tokens"),
                                   json_object_get(object, "logprobs"), &s);
    if (flaw)
        ask_fail(ask, question, flaw);
    else
        take(ask, question, &s);
    clear(&s);
}

void likelihood_take_callback(struct ask *ask, uint32_t question, const isg_answer *answer)
{
    struct spoken s = {.prompt = question_part(&ask->questions->list[question], PART_TEXT),
                       .count = answer->token_count};
    if (!answer->logprobs || !answer->tokens) {
        accept(ask, question, answer->score, answer->token_count);
        return;
    }
    s.tokens = calloc(s.count + 1, sizeof *s.tokens);
    s.logprobs = calloc(s.count + 1, sizeof *s.logprobs);
    if (s.tokens && s.logprobs) {
        for (size_t i = 0; i < s.count; i++) {
            s.tokens[i] = answer->tokens[i] ? answer->tokens[i] : "";
            s.logprobs[i] = answer->logprobs[i];
        }
        take(ask, question, &s);
    } else {
        ask->nomem = true;
    }
    clear(&s);
}

/* Which token was the likeliest at each place: this one, or the one after it? */
static void count_tops(struct likelihood_detail *detail, const json_t *tops, const struct spoken *s)
{
    for (size_t i = s->count / 2; i + 1 < s->count; i++) {
        const char *token, *best = NULL;
        const json_t *value;
        double highest = -INFINITY;
        json_object_foreach(json_array_get(tops, i), token, value)
            if (json_number_value(value) > highest) {
                highest = json_number_value(value);
                best = token;
            }
        detail->top_own += best && !strcmp(best, s->tokens[i]);
        detail->top_next += best && !strcmp(best, s->tokens[i + 1]);
    }
}

void likelihood_take_completion(struct ask *ask, uint32_t question, const json_t *answer)
{
    const json_t *choice = json_array_get(json_object_get(answer, "choices"), 0);
    const json_t *logprobs = json_object_get(choice, "logprobs");
    const char *words = json_string_value(json_object_get(choice, "text"));
    const char *text = question_part(&ask->questions->list[question], PART_TEXT);
    char *template = prompt_template(ask);
    char *prompt = template ? prompt_fill(template, &ask->questions->list[question]) : NULL;
    struct spoken s = {.prompt = prompt};
    if (!prompt) {
        ask->nomem = true;
    } else if (!words) {
        ask_fail(ask, question, "not a JSON answer");
    } else {
        s.start = strlen(prompt) - strlen(text);
        const char *flaw = read_arrays(json_object_get(logprobs, "tokens"),
                                       json_object_get(logprobs, "token_logprobs"), &s);
        if (strncmp(words, prompt, strlen(prompt)) && strncmp(words, text, strlen(text)))
            flaw = "no echo: the answer does not begin with the text";
        if (flaw) {
            ask_fail(ask, question, flaw);
        } else {
            take(ask, question, &s);
            if (ask->details)
                count_tops(&ask->details[question], json_object_get(logprobs, "top_logprobs"), &s);
        }
    }
    clear(&s);
    free(prompt);
    free(template);
}

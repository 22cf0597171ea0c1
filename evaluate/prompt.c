/* prompt.c -- prompts by task; finding the label or number in what a model says.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "evaluate/prompt.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "evaluate/chat.h"
#include "evaluate/prefer.h"
#include "evaluate/task.h"

uint32_t prompt_tokens(const isg_evaluate_options *o)
{
    return o->max_tokens ? o->max_tokens : task_of(o)->max_tokens;
}

char *prompt_template(const struct ask *ask)
{
    char *text = NULL;
    size_t length;
    if (ask->o->prompt)
        return strdup(ask->o->prompt);
    const char *context = ask->o->context_field ? "Context: {context}\n" : "";
    bool inference = ask->o->is_inference;
    FILE *out = open_memstream(&text, &length);
    if (!out)
        return NULL;
    if (task_of(ask->o)->ask) {
        fputs(task_of(ask->o)->ask(ask->o), out);
    } else if (task_of(ask->o)->kind == KIND_NATS) {
        fputs(ask->o->context_field ? "{context}\n{text}" : "\n{text}", out);
    } else if (task_of(ask->o)->kind == KIND_LABEL) {
        fputs(inference ? "How does the hypothesis stand to the premise? " : "Classify the text. ",
              out);
        fputs("Answer with one of these labels and nothing else:", out);
        for (size_t i = 0; i < ask->labels->count; i++)
            fprintf(out, "%s %s", i ? "," : "", ask->labels->list[i].text);
        if (inference)
            fputs(".\n\nPremise: {premise}\nHypothesis: {hypothesis}\nLabel:", out);
        else
            fprintf(out, ".\n\n%sText: {text}\nLabel:", context);
    } else {
        fprintf(out, "Rate the text from 0 to 1. Answer with the number and nothing else.\n\n"
                     "%sText: {text}\nNumber:", context);
    }
    return fclose(out) == 0 ? text : NULL;
}

/* Whether a mark ("{context}") stands here, and how long it is. */
static enum part mark_at(const char *at, size_t *length)
{
    for (int p = 0; p < 2 * PARTS_NAMED; p++) {
        const char *name = p < PARTS_NAMED ? part_names[p] : inference_names[p - PARTS_NAMED];
        *length = strlen(name) + 2;
        if (*at == '{' && !strncmp(at + 1, name, *length - 2) && at[*length - 1] == '}')
            return (enum part)(p % PARTS_NAMED);
    }
    return PARTS;
}

char *prompt_fill(const char *template, const struct name *question)
{
    char *filled = NULL;
    size_t length, n;
    FILE *out = open_memstream(&filled, &length);
    if (!out)
        return NULL;
    for (const char *at = template; *at; at += n) {
        enum part part = mark_at(at, &n);
        const char *text = part < PARTS ? question_part(question, part) : NULL;
        if (!text && part >= PART_A)
            part = PARTS; /* braces of a prompt that is not for two answers */
        if (part == PARTS)
            fputc(*at, out);
        else if (text)
            fputs(text, out);
        n = part == PARTS ? 1 : n;
    }
    return fclose(out) == 0 ? filled : NULL;
}

char *prompt_request(const struct ask *ask, const struct name *question, bool chat)
{
    char *template = prompt_template(ask);
    char *prompt = template ? prompt_fill(template, question) : NULL;
    const isg_evaluate_options *o = ask->o;
    json_t *request = json_pack("{s:s, s:i, s:i}", "model",
                                o->api_model ? o->api_model : "default", "temperature", 0,
                                "max_tokens", (int)prompt_tokens(o));
    json_t *messages = chat_join(question);
    if (!messages && prompt && chat)
        messages = json_pack("[{s:s, s:s}]", "role", "user", "content", prompt);
    bool ok = request && prompt && (messages || !chat);
    if (ok && messages)
        ok = json_object_set(request, "messages", messages) == 0;
    else if (ok)
        ok = json_object_set_new(request, "prompt", json_string(prompt)) == 0;
    json_decref(messages);
    if (!ok) {
        json_decref(request);
        request = NULL;
    }
    if (request && task_of(o)->kind == KIND_NATS) {
        json_object_set_new(request, "echo", json_true());
        json_object_set_new(request, "logprobs", json_integer(1));
    }
    char *body = request ? json_dumps(request, JSON_COMPACT) : NULL;
    json_decref(request);
    free(prompt);
    free(template);
    return body;
}

static bool is_inside(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (unsigned char)c >= 0x80;
}

/* Whether words contain a label between edges of words. */
static bool names(const char *words, const char *label)
{
    size_t n = strlen(label);
    for (const char *at = words; *at; at++)
        if (!strncasecmp(at, label, n) && !is_inside(at[n]) && (at == words || !is_inside(at[-1])))
            return true;
    return false;
}

/* The first line of words that has any, without "Answer:" before it; freed by the caller; NULL: out
 * of memory. */
static char *first_line(const char *words)
{
    static const char mark[] = "Answer:";
    words += strspn(words, " \t\r\n");
    if (!strncasecmp(words, mark, sizeof mark - 1))
        words += sizeof mark - 1;
    words += strspn(words, " \t\r\n");
    return strndup(words, strcspn(words, "\r\n"));
}

void prompt_take(struct ask *ask, uint32_t question, const char *words)
{
    const char *found = NULL;
    size_t count = 0;
    words += strspn(words, " \t\r\n");
    if (!*words) {
        ask_fail(ask, question, "empty answer");
        return;
    }
    if (task_of(ask->o)->kind == KIND_TEXT) {
        char *line = task_has_gold(task_of(ask->o)) ? first_line(words) : strdup(words);
        ask->nomem = ask->nomem || !line;
        if (line)
            ask_accept(ask, question, line, (double)NAN);
        free(line);
        return;
    }
    if (task_of(ask->o)->kind == KIND_CHOICE) {
        const char *flaw, *choice = prefer_find(words, &flaw);
        if (choice)
            ask_accept(ask, question, choice, (double)NAN);
        else
            ask_fail(ask, question, flaw);
        return;
    }
    if (task_of(ask->o)->kind == KIND_NUMBER) {
        char *end;
        double score = strtod(words, &end);
        ask_accept(ask, question, NULL, end == words ? (double)NAN : score);
        return;
    }
    for (size_t i = 0; i < ask->labels->count; i++) {
        const char *label = ask->labels->list[i].text;
        if (names(words, label)) {
            found = label;
            count++;
        }
    }
    if (count == 1)
        ask_accept(ask, question, found, (double)NAN);
    else
        ask_fail(ask, question, count ? "an answer that names several labels"
                                      : "a label that is not in the data");
}

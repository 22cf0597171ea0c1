/* likelihood_check.c -- texts whose order of likelihood is known, asked before all others. A
 * sentence said for the fifth time is nearly certain, the same words jumbled are not, and where one
 * word of the sentence is another at the last, that one is the surprise. So what belongs to the
 * wrong token (some servers give each token what the next place has), to no token, or is a mean and
 * no sum, is found, whatever the model.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "evaluate/likelihood.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "evaluate/fail.h"

enum { REPEATED, CHANGED, JUMBLED, JUMBLED_SHORT, TEXTS };
enum { TIMES = 5, FEW_JUMBLED = 2, WORDS = 13, LAST = WORDS - 1 };

static const char *const words[WORDS] = {"early", "in", "the", "morning", "my", "neighbour",
                                         "walks", "her", "small", "dog", "along", "the", "river"};
static const char other[] = "alphabet";

/* Nats a token: a certain token has fewer than a jumbled one by one at least, the surprise has
 * three at least and two more than those before it. The same token has the same in two runs but for
 * rounding. */
static const double margin = 1, surprise = 3, above = 2, drift = 0.1;

static const char advice[] =
    "; use a server that gives each token of the prompt its own (examples/models/llama_server.mjs "
    "does), or a program (cmd:)";

/* A sentence: step 1: its words in order; another step: jumbled, all of them once. */
static void put_sentence(FILE *out, size_t step, size_t first, const char *last)
{
    for (size_t i = 0; i < WORDS; i++) {
        size_t k = (first + i * step) % WORDS;
        const char *word = k == LAST && last ? last : words[k];
        fprintf(out, "%s%c%s", i ? " " : "", i ? word[0] : word[0] + 'A' - 'a', word + 1);
    }
    fputc('.', out);
}

/* One of the texts, freed by the caller; *mark: where its last sentence begins. NULL: no memory. */
static char *make_text(int which, size_t *mark)
{
    char *text = NULL;
    size_t length;
    FILE *out = open_memstream(&text, &length);
    if (!out)
        return NULL;
    size_t times = which == JUMBLED_SHORT ? FEW_JUMBLED : TIMES;
    for (size_t i = 0; i < times; i++) {
        bool jumbled = which == JUMBLED || which == JUMBLED_SHORT;
        if (i)
            fputc(' ', out);
        *mark = (size_t)ftell(out);
        put_sentence(out, jumbled ? i + 3 : 1, jumbled ? 4 * i + 2 : 0,
                     which == CHANGED && i + 1 == times ? other : NULL);
    }
    if (which == CHANGED)
        fputs(" Early in the morning my neighbour", out);
    return fclose(out) == 0 ? text : NULL;
}

/* Nats a token of those that begin at a byte or later; tokens without any are passed over. */
static double mean_from(const struct likelihood_detail *d, size_t from)
{
    double sum = 0;
    size_t n = 0;
    for (size_t k = 0; k < d->count; k++)
        if (d->tokens[k].start >= from && isfinite(d->tokens[k].nats)) {
            sum += d->tokens[k].nats;
            n++;
        }
    return n ? sum / (double)n : (double)NAN;
}

/* Whether two texts with the same beginning have the same tokens with other values in it. */
static bool differ(const struct likelihood_detail *x, const struct likelihood_detail *y, size_t end)
{
    for (size_t i = 0, k = 0; i < x->count && k < y->count;) {
        const struct token_value *a = &x->tokens[i], *b = &y->tokens[k];
        if (a->end > end || b->end > end)
            break;
        if (a->start == b->start && a->end == b->end && !isnan(a->nats) &&
            !(fabs(a->nats - b->nats) <= drift + drift * fabs(a->nats)))
            return true;
        i += a->end <= b->end;
        k += b->end <= a->end;
    }
    return false;
}

/* Where the surprise stands in tokens from the one where it belongs; others: the mean of those
 * before it in its sentence; *height: its nats. */
static long place_of_surprise(const struct likelihood_detail *d, size_t from, size_t at,
                              double *height, double *others)
{
    size_t wanted = 0, found = 0, n = 0;
    *height = -1;
    *others = 0;
    while (wanted < d->count && d->tokens[wanted].end <= at)
        wanted++;
    for (size_t k = 0; k < d->count; k++) {
        if (d->tokens[k].start < from || !isfinite(d->tokens[k].nats))
            continue;
        if (d->tokens[k].nats > *height) {
            *height = d->tokens[k].nats;
            found = k;
        }
        if (k < wanted) {
            *others += d->tokens[k].nats;
            n++;
        }
    }
    *others = n ? *others / (double)n : 0;
    return (long)found - (long)wanted;
}

/* Judges values of tokens; marks: where the last sentence of each text begins. */
static isg_status judge_tokens(const struct likelihood_detail *d, const size_t *marks, size_t at,
                               isg_error *error)
{
    double certain = mean_from(&d[REPEATED], marks[REPEATED]), height, others;
    double jumbled = mean_from(&d[JUMBLED], 0);
    long place = place_of_surprise(&d[CHANGED], marks[CHANGED], at, &height, &others);
    if (d[REPEATED].top_next > 2 * d[REPEATED].top_own)
        return fail(error, ISG_MISMATCH, "the model's logprobs stand one position late: the "
                    "likeliest token beside each is the next one, so that each has the value of "
                    "coming twice (llama-cpp-python 0.3.36 does so)%s", advice);
    if (!(jumbled >= margin))
        return fail(error, ISG_MISMATCH, "the model's logprobs show no surprise at jumbled words "
                    "(%.2f nats each): they are only of the likeliest tokens%s", jumbled, advice);
    if (!(certain + margin <= jumbled))
        return fail(error, ISG_MISMATCH, "the model's logprobs cannot belong to their tokens: "
                    "those of a sentence said for the fifth time have %.2f nats each, those of its "
                    "words jumbled %.2f; some servers give each the value of one place late "
                    "(llama-cpp-python 0.3.36)%s", certain, jumbled, advice);
    if (place == 1 || place == -1)
        return fail(error, ISG_MISMATCH, "the model's logprobs stand one position %s: a word that "
                    "surprises gives its value to the token %s it%s", place > 0 ? "late" : "early",
                    place > 0 ? "after" : "before", advice);
    if (place != 0 || height < surprise || height < others + above)
        return fail(error, ISG_MISMATCH, "the model's logprobs show no surprise at a word that is "
                    "one (%.2f nats, before it %.2f each): they are of other tokens, or only of "
                    "the likeliest ones%s", height, others, advice);
    if (differ(&d[REPEATED], &d[CHANGED], at - 1) ||
        differ(&d[JUMBLED_SHORT], &d[JUMBLED], marks[JUMBLED]))
        return fail(error, ISG_MISMATCH, "the same beginning of two texts has other logprobs in "
                    "each: they are normalised by the text, or mixed up%s", advice);
    return ISG_OK;
}

/* Judges sums, where tokens are not known. */
static isg_status judge_sums(const struct answer *a, isg_error *error)
{
    if (!(1.5 * a[JUMBLED_SHORT].score <= a[JUMBLED].score))
        return fail(error, ISG_MISMATCH, "the model's nats do not grow with the text (%.2f, and "
                    "%.2f for two fifths of it): give the sum over tokens, not their mean",
                    a[JUMBLED].score, a[JUMBLED_SHORT].score);
    if (!(a[REPEATED].score + WORDS * margin <= a[JUMBLED].score))
        return fail(error, ISG_MISMATCH, "the model's nats cannot be right: %.2f for a sentence "
                    "said five times, %.2f for its words jumbled", a[REPEATED].score,
                    a[JUMBLED].score);
    return ISG_OK;
}

static isg_status judge(const struct ask *check, const size_t *marks, size_t at, isg_error *error)
{
    bool has_tokens = true;
    for (int i = 0; i < TEXTS; i++) {
        if (check->answers[i].state != ANSWER_GIVEN)
            return fail(error, ISG_MISMATCH, "the model does not say how likely a text is: %s%s",
                        check->reasons.count ? check->reasons.list[0].text : "no answer", advice);
        has_tokens = has_tokens && check->details[i].tokens;
    }
    return has_tokens ? judge_tokens(check->details, marks, at, error)
                      : judge_sums(check->answers, error);
}

isg_status likelihood_check(struct ask *ask, isg_status (*ask_model)(struct ask *, isg_error *),
                            isg_error *error)
{
    struct names questions = {0};
    struct answer answers[TEXTS] = {{0}};
    struct likelihood_detail details[TEXTS] = {{0}};
    isg_evaluate_options o = *ask->o;
    struct ask check = {.o = &o, .questions = &questions, .labels = ask->labels,
                        .answers = answers, .details = details};
    size_t marks[TEXTS], at = 0;
    bool ok = true;
    o.progress = NULL;
    for (int i = 0; i < TEXTS; i++) {
        char *text = make_text(i, &marks[i]);
        const char *parts[PARTS] = {text};
        ok = ok && text && question_add(&questions, parts, 0) == (uint32_t)i;
        if (text && i == CHANGED)
            at = (size_t)(strstr(text, other) - text);
        free(text);
    }
    isg_status status = ok ? ask_model(&check, error) : fail_memory(error);
    if (status == ISG_OK && check.nomem)
        status = fail_memory(error);
    if (status == ISG_OK && !check.stopped)
        status = judge(&check, marks, at, error);
    ask->stopped = check.stopped;
    ask->requests += check.requests;
    ask->restarts += check.restarts;
    for (int i = 0; i < TEXTS; i++)
        free(details[i].tokens);
    names_clear(&check.reasons);
    free(check.failures);
    names_clear(&questions);
    return status;
}

/* ask_http.c -- a model behind an interface as OpenAI's: chat or plain completions, several at once
 * by libcurl. What is refused for a while (429, 5xx, a lost connection) is asked again, later each
 * time; what is refused for good (401, 403, 404) ends the asking. Redirections are not followed, so
 * that the key goes nowhere else; it is in no message.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <curl/curl.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "evaluate/ask.h"
#include "evaluate/fail.h"
#include "evaluate/likelihood.h"
#include "evaluate/limits.h"
#include "evaluate/prompt.h"
#include "evaluate/random.h"
#include "evaluate/task.h"

enum { ATTEMPTS = 6, MOST_AT_ONCE = 64 };

struct transfer {
    CURL *easy;
    char *request;             /* what is sent; NULL: nothing is being asked */
    char *body;                /* what came */
    size_t length;
    uint32_t question;
    unsigned attempt;
    double not_before;         /* when it is to be asked again; 0: it is being asked */
};

struct http {
    struct ask *ask;
    struct curl_slist *headers;
    CURLM *multi;
    char *url;
    bool chat;
    uint32_t next;
    struct transfer transfers[MOST_AT_ONCE];
    size_t count;
    char hopeless[64];         /* why nothing more is asked; "": it is not */
};

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static size_t receive(char *bytes, size_t size, size_t count, void *context)
{
    struct transfer *t = context;
    size_t n = size * count;
    char *more = t->length + n > LIMIT_LINE ? NULL : realloc(t->body, t->length + n + 1);
    if (!more)
        return 0;
    t->body = more;
    memcpy(more + t->length, bytes, n);
    t->length += n;
    return n;
}

/* Begins to ask what a transfer holds. */
static bool send_request(struct http *h, struct transfer *t)
{
    const isg_evaluate_options *o = h->ask->o;
    double limit = o->timeout > 0 ? o->timeout : 60;
    t->length = 0;
    t->not_before = 0;
    t->attempt++;
    h->ask->requests++;
    curl_easy_reset(t->easy);
    curl_easy_setopt(t->easy, CURLOPT_URL, h->url);
    curl_easy_setopt(t->easy, CURLOPT_HTTPHEADER, h->headers);
    curl_easy_setopt(t->easy, CURLOPT_POSTFIELDS, t->request);
    curl_easy_setopt(t->easy, CURLOPT_WRITEFUNCTION, receive);
    curl_easy_setopt(t->easy, CURLOPT_WRITEDATA, t);
    curl_easy_setopt(t->easy, CURLOPT_PRIVATE, t);
    curl_easy_setopt(t->easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(t->easy, CURLOPT_TIMEOUT_MS, (long)(1000 * limit));
    return curl_multi_add_handle(h->multi, t->easy) == CURLM_OK;
}

static void forget(struct transfer *t)
{
    free(t->request);
    t->request = NULL;
    t->attempt = 0;
    t->not_before = 0;
}

/* The text of an answer; borrowed from it; NULL: it is none. */
static const char *text_of(const json_t *answer, bool chat)
{
    const json_t *choice = json_array_get(json_object_get(answer, "choices"), 0);
    return json_string_value(
        chat ? json_object_get(json_object_get(choice, "message"), "content")
             : json_object_get(choice, "text"));
}

static void take_answer(struct http *h, struct transfer *t)
{
    json_t *answer = json_loadb(t->body ? t->body : "", t->length, 0, NULL);
    const char *text = text_of(answer, h->chat);
    if (text && task_of(h->ask->o)->kind == KIND_NATS)
        likelihood_take_completion(h->ask, t->question, answer);
    else if (text)
        prompt_take(h->ask, t->question, text);
    else
        ask_fail(h->ask, t->question, "not a JSON answer");
    json_decref(answer);
}

/* Later each time, by half at random so that not all come back at once; or when the server says. */
static double delay(const struct http *h, const struct transfer *t)
{
    curl_off_t wanted = 0;
    curl_easy_getinfo(t->easy, CURLINFO_RETRY_AFTER, &wanted);
    if (wanted > 0)
        return wanted < 120 ? (double)wanted : 120;
    double longest = 0.25 * (double)(1u << t->attempt);
    return longest * (0.5 + 0.5 * random_unit(random_at(h->ask->o->seed, t->question, t->attempt)));
}

/* A transfer has ended: an answer, a failure, or a reason to ask again. */
static void finish(struct http *h, struct transfer *t, CURLcode code)
{
    long status = 0;
    char reason[64];
    curl_easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &status);
    curl_multi_remove_handle(h->multi, t->easy);
    if (code == CURLE_OK && status == 200) {
        take_answer(h, t);
        forget(t);
        return;
    }
    if (code == CURLE_OPERATION_TIMEDOUT)
        snprintf(reason, sizeof reason, "timed out");
    else if (code == CURLE_WRITE_ERROR)
        snprintf(reason, sizeof reason, "an answer that is too long");
    else if (code != CURLE_OK)
        snprintf(reason, sizeof reason, "%.60s", curl_easy_strerror(code));
    else
        snprintf(reason, sizeof reason, "HTTP %ld", status);
    bool again = code == CURLE_OK ? status == 429 || status >= 500 : code != CURLE_WRITE_ERROR;
    if (again && t->attempt < ATTEMPTS) {
        t->not_before = now() + delay(h, t);
        return;
    }
    ask_fail(h->ask, t->question, reason);
    forget(t);
    if (status == 401 || status == 403 || status == 404 || code == CURLE_COULDNT_CONNECT ||
        code == CURLE_COULDNT_RESOLVE_HOST)
        memcpy(h->hopeless, reason, sizeof reason);
}

static bool may_ask(struct http *h)
{
    uint64_t most = h->ask->o->max_requests;
    if (most && h->ask->requests >= most && !h->hopeless[0])
        snprintf(h->hopeless, sizeof h->hopeless, "not asked: the most requests are made");
    return !h->hopeless[0] && !h->ask->stopped;
}

/* Gives idle transfers the next questions, and sends again what has waited; false: a failure. */
static bool start_transfers(struct http *h)
{
    struct ask *ask = h->ask;
    for (size_t i = 0; i < h->count; i++) {
        struct transfer *t = &h->transfers[i];
        if (t->request && t->not_before > 0 && (h->hopeless[0] || !may_ask(h))) {
            forget(t); /* it is counted with what is not asked */
            continue;
        }
        if (t->request && (t->not_before == 0 || now() < t->not_before))
            continue;
        if (!t->request) {
            while (h->next < ask->questions->count && ask->answers[h->next].state != ANSWER_NONE)
                h->next++;
            if (h->next >= ask->questions->count || !may_ask(h))
                continue;
            t->question = h->next++;
            t->request = prompt_request(ask, &ask->questions->list[t->question], h->chat);
        }
        if (!t->request || !send_request(h, t))
            return false;
    }
    return true;
}

static bool is_idle(const struct http *h)
{
    for (size_t i = 0; i < h->count; i++)
        if (h->transfers[i].request)
            return false;
    return true;
}

static bool talk(struct http *h)
{
    for (;;) {
        int running, left;
        CURLMsg *message;
        ask_tick(h->ask);
        if (h->ask->stopped || !start_transfers(h))
            return h->ask->stopped;
        if (is_idle(h))
            return true;
        if (curl_multi_perform(h->multi, &running) != CURLM_OK ||
            curl_multi_wait(h->multi, NULL, 0, 50, NULL) != CURLM_OK)
            return false;
        if (running == 0)
            nanosleep(&(struct timespec){0, 5000000}, NULL); /* all wait to be sent again */
        while ((message = curl_multi_info_read(h->multi, &left)) != NULL) {
            char *private = NULL;
            CURLcode code = message->data.result;
            if (message->msg != CURLMSG_DONE)
                continue;
            curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &private);
            finish(h, (struct transfer *)(void *)private, code);
        }
    }
}

static isg_status open_http(struct http *h, const char *url, isg_error *error)
{
    const isg_evaluate_options *o = h->ask->o;
    const char *key = o->key_env ? getenv(o->key_env) : NULL;
    if (o->key_env && (!key || !*key || strpbrk(key, "\r\n")))
        return fail(error, ISG_ARGUMENT, "the environment has no usable key in %s", o->key_env);
    size_t n = strlen(url), room = n + 32;
    h->url = malloc(room);
    h->multi = curl_multi_init();
    h->headers = curl_slist_append(NULL, "Content-Type: application/json");
    if (!h->url || !h->multi || !h->headers)
        return fail_memory(error);
    bool base = n >= 3 && !strcmp(url + n - 3, "/v1");
    bool likelihood = task_of(o)->kind == KIND_NATS;
    snprintf(h->url, room, "%s%s", url, !base ? "" : likelihood ? "/completions"
                                                               : "/chat/completions");
    h->chat = strstr(h->url, "/chat/") != NULL;
    if (h->chat && likelihood)
        return fail(error, ISG_ARGUMENT, "a chat does not say how likely a text is: name "
                    "/v1/completions");
    if (key) {
        size_t size = strlen(key) + 32;
        char *line = malloc(size);
        if (!line)
            return fail_memory(error);
        snprintf(line, size, "Authorization: Bearer %s", key);
        struct curl_slist *more = curl_slist_append(h->headers, line);
        free(line);
        if (!more)
            return fail_memory(error);
        h->headers = more;
    }
    size_t wanted = o->concurrency ? o->concurrency : 4;
    for (; h->count < wanted && h->count < MOST_AT_ONCE; h->count++)
        if (!(h->transfers[h->count].easy = curl_easy_init()))
            return fail_memory(error);
    return ISG_OK;
}

isg_status ask_http(struct ask *ask, const char *url, isg_error *error)
{
    struct http *h = calloc(1, sizeof *h);
    if (!h || curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
        free(h);
        return fail_memory(error);
    }
    h->ask = ask;
    isg_status status = open_http(h, url, error);
    if (status == ISG_OK && !talk(h))
        status = fail(error, ISG_IO, "the transfers to the model have failed");
    for (uint32_t i = 0; status == ISG_OK && h->hopeless[0] && i < ask->questions->count; i++)
        ask_fail(ask, i, h->hopeless);
    for (size_t i = 0; i < h->count; i++) {
        if (h->transfers[i].request && h->transfers[i].not_before == 0)
            curl_multi_remove_handle(h->multi, h->transfers[i].easy);
        curl_easy_cleanup(h->transfers[i].easy);
        free(h->transfers[i].request);
        free(h->transfers[i].body);
    }
    curl_slist_free_all(h->headers);
    curl_multi_cleanup(h->multi);
    curl_global_cleanup();
    free(h->url);
    free(h);
    return status;
}

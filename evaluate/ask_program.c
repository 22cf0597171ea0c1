/* ask_program.c -- a model that is a program: started once by a shell, given all questions as JSON
 * lines, its input then closed; it answers in any order, at once or at the end. One that dies is
 * started again with what is unanswered, less the first question where nothing was answered in
 * between; so is one that gives no sign of life for the time limit. The caller must ignore SIGPIPE.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "evaluate/ask.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "evaluate/chat.h"
#include "evaluate/fail.h"
#include "evaluate/limits.h"

extern char **environ;

struct program {
    struct ask *ask;
    const char *command;
    pid_t pid;
    int in, out;               /* its standard input and output; -1: closed */
    uint32_t next;             /* the first question that may not be sent yet */
    char *line;                /* being written */
    size_t line_length, line_done;
    char *held;                /* what was read of an unfinished line */
    size_t held_length, held_capacity;
    size_t idle;               /* bytes of lines since the last answer */
    size_t bad_lines;          /* that were no answers, since it was started */
    size_t done_before;        /* answered or failed when it was started */
    double sign;               /* when it last took or gave something */
    bool skipping;             /* the rest of a line that is too long */
};

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void close_end(int *descriptor)
{
    if (*descriptor >= 0)
        close(*descriptor);
    *descriptor = -1;
}

/* A shell with the command, in a process group of its own, so that its children end with it. */
static int spawn(struct program *p, const int in[2], const int out[2])
{
    char *const arguments[] = {"sh", "-c", (char *)p->command, NULL};
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t defaults;
    sigemptyset(&defaults);
    sigaddset(&defaults, SIGPIPE);
    sigaddset(&defaults, SIGINT);
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
    posix_spawn_file_actions_adddup2(&actions, in[0], STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF);
    posix_spawnattr_setpgroup(&attributes, 0);
    posix_spawnattr_setsigdefault(&attributes, &defaults);
    int problem = posix_spawn(&p->pid, "/bin/sh", &actions, &attributes, arguments, environ);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return problem;
}

static isg_status start(struct program *p, isg_error *error)
{
    int in[2], out[2];
    if (pipe(in) != 0)
        return fail(error, ISG_IO, "cannot start the model: %s", strerror(errno));
    if (pipe(out) != 0) {
        close(in[0]);
        close(in[1]);
        return fail(error, ISG_IO, "cannot start the model: %s", strerror(errno));
    }
    int ends[4] = {in[0], in[1], out[0], out[1]};
    for (int i = 0; i < 4; i++)
        fcntl(ends[i], F_SETFD, FD_CLOEXEC);
    int problem = spawn(p, in, out);
    close(in[0]);
    close(out[1]);
    p->in = in[1];
    p->out = out[0];
    if (problem) {
        close_end(&p->in);
        close_end(&p->out);
        return fail(error, ISG_IO, "cannot start the model: %s", strerror(problem));
    }
    fcntl(p->in, F_SETFL, O_NONBLOCK);
    fcntl(p->out, F_SETFL, O_NONBLOCK);
    p->next = 0;
    p->line_length = p->line_done = p->held_length = p->idle = p->bad_lines = 0;
    p->skipping = false;
    p->done_before = p->ask->done;
    p->sign = now();
    return ISG_OK;
}

/* Ends the program if it still runs; returns its wait status. */
static int end(struct program *p, bool at_once)
{
    int status = 0;
    close_end(&p->in);
    close_end(&p->out);
    for (int i = 0; i < 100 && !at_once; i++) {
        if (waitpid(p->pid, &status, WNOHANG) == p->pid)
            return status;
        nanosleep(&(struct timespec){0, 20000000}, NULL);
    }
    kill(-p->pid, SIGKILL);
    while (waitpid(p->pid, &status, 0) < 0 && errno == EINTR)
        ;
    return status;
}

/* Makes the line of the next unanswered question; false: there is none. */
static bool next_line(struct program *p)
{
    struct ask *ask = p->ask;
    while (p->next < ask->questions->count && ask->answers[p->next].state != ANSWER_NONE)
        p->next++;
    if (p->next >= ask->questions->count)
        return false;
    char id[16];
    snprintf(id, sizeof id, "%u", (unsigned)p->next);
    const char *const *names = ask->part_names        ? ask->part_names
                               : ask->o->is_inference ? inference_names
                                                      : part_names;
    json_t *object = json_pack("{s:s}", "id", id);
    const struct name *question = &ask->questions->list[p->next];
    bool ok = object != NULL;
    for (int k = 0; ok && k < PARTS_NAMED; k++) {
        const char *text = question_part(question, (enum part)k);
        ok = !text || json_object_set_new(object, names[k], json_string(text)) == 0;
    }
    json_t *messages = chat_join(question);
    ok = ok && (!messages || json_object_set(object, "messages", messages) == 0);
    json_decref(messages);
    free(p->line);
    p->line = ok ? json_dumps(object, JSON_COMPACT) : NULL;
    json_decref(object);
    if (!p->line) {
        ask_fail(ask, p->next, "not UTF-8");
        return next_line(p);
    }
    p->line_length = strlen(p->line);
    p->line[p->line_length++] = '\n'; /* over the NUL: length is known */
    p->line_done = 0;
    p->next++;
    ask->requests++;
    return true;
}

/* Writes what the program takes. */
static void feed(struct program *p)
{
    for (;;) {
        if (p->line_done == p->line_length && !next_line(p)) {
            close_end(&p->in);
            return;
        }
        ssize_t n = write(p->in, p->line + p->line_done, p->line_length - p->line_done);
        if (n > 0) {
            p->line_done += (size_t)n;
            p->sign = now();
        } else if (n < 0 && errno == EINTR) {
            continue;
        } else if (n < 0 && errno == EAGAIN) {
            return;
        } else {
            close_end(&p->in); /* it reads no more; what it answers still counts */
            return;
        }
    }
}

static void take_line(struct program *p, const char *line, size_t length)
{
    while (length && strchr(" \t\r", line[length - 1]))
        length--;
    if (length && !ask_take_line(p->ask, line, length))
        p->bad_lines++;
}

/* A line that is too long is not held; what it begins with may say which question it is of. */
static void refuse_line(struct program *p, const char *line)
{
    unsigned question;
    char head[65];
    snprintf(head, sizeof head, "%.64s", line);
    const char *id = strstr(head, "\"id\":");
    bool read = id && (sscanf(id + 5, " \"%u\"", &question) == 1 ||
                       sscanf(id + 5, " %u", &question) == 1);
    if (read && question < p->ask->questions->count)
        ask_fail(p->ask, question, "an answer that is too long");
    else
        p->bad_lines++;
}

/* Takes the lines of what is held; before a byte no line ends. */
static void take_lines(struct program *p, size_t from)
{
    size_t start = 0;
    for (size_t i = from; i < p->held_length; i++)
        if (p->held[i] == '\n') {
            if (!p->skipping)
                take_line(p, p->held + start, i - start);
            p->skipping = false;
            start = i + 1;
        }
    p->held_length -= start;
    memmove(p->held, p->held + start, p->held_length);
    if (p->held_length >= LIMIT_LINE) {
        if (!p->skipping)
            refuse_line(p, p->held);
        p->skipping = true;
        p->held_length = 0;
    }
}

/* Reads what the program has written; false: it has closed its output. */
static bool drink(struct program *p)
{
    if (p->held_length + 65536 > p->held_capacity) {
        size_t capacity = p->held_length + 131072;
        char *more = realloc(p->held, capacity);
        if (!more) {
            p->ask->nomem = true;
            return false;
        }
        p->held = more;
        p->held_capacity = capacity;
    }
    ssize_t n = read(p->out, p->held + p->held_length, 65536);
    if (n < 0)
        return errno == EAGAIN || errno == EINTR;
    if (n == 0) {
        if (p->held_length && !p->skipping)
            take_line(p, p->held, p->held_length);
        return false;
    }
    size_t done = p->ask->done, before = p->held_length;
    bool skipping = p->skipping;
    p->held_length += (size_t)n;
    take_lines(p, before);
    p->idle = p->ask->done > done ? 0 : p->idle + (size_t)n / (skipping ? 16 : 1);
    if (!skipping || !p->skipping) /* a line without an end is no sign of life */
        p->sign = now();
    return true;
}

/* Talks until all is answered, or the program has closed its output, hangs or babbles, or the user
 * wants to stop. Returns whether it hangs or babbles. */
static bool talk(struct program *p)
{
    double limit = p->ask->o->timeout > 0 ? p->ask->o->timeout : 60;
    while (p->ask->done < p->ask->questions->count && !ask_tick(p->ask)) {
        struct pollfd ends[2] = {{p->out, POLLIN, 0}, {p->in, POLLOUT, 0}};
        int n = poll(ends, p->in >= 0 ? 2 : 1, 100);
        if (n < 0 && errno != EINTR)
            return false;
        if (n > 0 && ends[0].revents && !drink(p))
            return false;
        if (n > 0 && p->in >= 0 && ends[1].revents)
            feed(p);
        if (now() - p->sign > limit || p->idle > LIMIT_IDLE)
            return true;
    }
    return false;
}

/* The first question without an answer; the count of questions: none. */
static uint32_t unanswered(const struct ask *ask)
{
    uint32_t i = 0;
    while (i < ask->questions->count && ask->answers[i].state != ANSWER_NONE)
        i++;
    return i;
}

/* What a program that ended by itself has left unanswered. */
static void settle(struct program *p)
{
    struct ask *ask = p->ask;
    for (uint32_t i = 0; i < ask->questions->count; i++)
        if (ask->answers[i].state == ANSWER_NONE) {
            ask_fail(ask, i, p->bad_lines ? "not a JSON answer" : "no answer");
            p->bad_lines -= p->bad_lines > 0;
        }
}

isg_status ask_program(struct ask *ask, const char *command, isg_error *error)
{
    struct program p = {.ask = ask, .command = command, .in = -1, .out = -1};
    isg_status status = ISG_OK;
    while (ask->done < ask->questions->count && !ask->stopped && !ask->nomem) {
        status = start(&p, error);
        if (status != ISG_OK)
            break;
        bool hangs = talk(&p);
        bool sent = p.in < 0 && p.next >= ask->questions->count;
        int result = end(&p, hangs || ask->stopped);
        if (ask->done == ask->questions->count || ask->stopped)
            break;
        bool well = !hangs && WIFEXITED(result) && WEXITSTATUS(result) == 0;
        if (well && sent) {
            settle(&p);
            break;
        }
        bool babbles = p.idle > LIMIT_IDLE;
        const char *reason = babbles ? "output without answers"
                             : hangs ? "timed out"
                                     : "the model died";
        bool helpless = babbles || ask->restarts == LIMIT_RESTARTS;
        if (hangs || helpless || ask->done == p.done_before)
            ask_fail(ask, unanswered(ask), reason);
        for (uint32_t i = 0; helpless && i < ask->questions->count; i++)
            ask_fail(ask, i, reason);
        ask->restarts += !helpless;
    }
    free(p.line);
    free(p.held);
    return status;
}

/* main.c -- the program isogloss: finds the command and hands it its arguments. A closed pipe is an
 * error of the write that meets it, not a signal.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#define _DEFAULT_SOURCE /* syscall */

#include "cli.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>
#if defined(__linux__) && defined(__x86_64__)
#include <sys/syscall.h>
#endif

struct command {
    const char *name, *about;
    int (*run)(int argc, char **argv);
};

#define X(name, about) {#name, about, cmd_##name},
static const struct command commands[] = {CLI_COMMANDS(X)};
#undef X

enum { COMMAND_COUNT = sizeof commands / sizeof commands[0] };

static void print_commands(FILE *out)
{
    fputs("Usage: isogloss COMMAND [OPTION...] [FILE...]\n"
          "Rewrites English text into dialects of English, one attested feature at a time.\n\n"
          "Commands:\n", out);
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        fprintf(out, "  %-10s %s\n", commands[i].name, commands[i].about);
    fputs("\n'isogloss COMMAND --help' says more; 'isogloss --version' prints the version.\n"
          "Exit status: 0 done, 1 some records failed, 2 wrong usage, 3 a file cannot be read or\n"
          "written, 4 a table or rule error"
#ifdef HAVE_EVALUATE
          "; of evaluate also 5 and 6"
#endif
          ".\n", out);
}

/* The library uses a processor's AMX where the process has the kernel's leave to (request number
 * and state number as in Linux's asm/prctl.h). A refusal costs speed only. */
static void ask_for_tiles(void)
{
#if defined(__linux__) && defined(__x86_64__)
    enum { REQUEST_PERMISSION = 0x1023, TILE_DATA = 18 };
    syscall(SYS_arch_prctl, REQUEST_PERMISSION, TILE_DATA);
#endif
}

int main(int argc, char **argv)
{
    signal(SIGPIPE, SIG_IGN);
    ask_for_tiles();
    if (argc < 2) {
        print_commands(stderr);
        return EXIT_USAGE;
    }
    if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h") || !strcmp(argv[1], "help")) {
        print_commands(stdout);
        return finish_output(EXIT_DONE);
    }
    if (!strcmp(argv[1], "--version") || !strcmp(argv[1], "-V")) {
        printf("isogloss %s\n", isg_version());
        return finish_output(EXIT_DONE);
    }
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        if (!strcmp(argv[1], commands[i].name))
            return commands[i].run(argc - 1, argv + 1);
    report("no command '%s'", argv[1]);
    print_commands(stderr);
    return EXIT_USAGE;
}

/* locate.c -- finds the program's files. A folder is taken when one of them is in it, laid out as
 * installed (all in one folder) or as built (data/, rules/, features/ below it); then all of them
 * are taken from there, so that parts of two installations never mix.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "locate.h"

#include <stdlib.h>
#include <string.h>
#ifdef __linux__
#include <sys/auxv.h>
#endif
#include <unistd.h>

#include "cli.h"

static bool join(char *out, const char *folder, const char *name)
{
    int n = snprintf(out, LOCATE_PATH, "%s/%s", folder, name);
    return n > 0 && n < LOCATE_PATH;
}

static bool has(const char *folder, const char *name)
{
    char path[LOCATE_PATH];
    return join(path, folder, name) && access(path, F_OK) == 0;
}

/* Takes all files from a folder, if it is one of ours. */
static bool try_folder(const char *folder, struct location *location)
{
    bool built = has(folder, "data/isogloss.model") || has(folder, "rules/feature.rng");
    if (!built && !has(folder, "isogloss.tab") && !has(folder, "isogloss.model"))
        return false;
    location->features[0] = '\0';
    if (has(folder, "features") && !join(location->features, folder, "features"))
        return false;
    return join(location->table, folder, "isogloss.tab") &&
           join(location->data, folder, built ? "data" : "") &&
           join(location->schema, folder, built ? "rules" : "") &&
           join(location->sample, folder, built ? "docs/sample.txt" : "sample.txt");
}

/* The running program's own path. Where /proc is not mounted (a bare chroot), the path it was
 * started by. */
static bool program_path(char *out)
{
    ssize_t n = readlink("/proc/self/exe", out, LOCATE_PATH - 1);
    if (n > 0) {
        out[n] = '\0';
        return true;
    }
#ifdef __linux__
    const char *started = (const char *)getauxval(AT_EXECFN);
    char *path = started ? realpath(started, NULL) : NULL;
    size_t length = path ? strlen(path) : 0;
    if (length > 0 && length < LOCATE_PATH)
        memcpy(out, path, length + 1);
    free(path);
    return length > 0 && length < LOCATE_PATH;
#else
    return false;
#endif
}

/* The folder the running program stands in; false if the system does not say. */
static bool program_folder(char *out)
{
    char path[LOCATE_PATH];
    if (!program_path(path))
        return false;
    char *slash = strrchr(path, '/');
    if (!slash)
        return false;
    *slash = '\0';
    memcpy(out, path, strlen(path) + 1);
    return true;
}

int locate(const char *folder, struct location *location)
{
    const char *environment = getenv("ISOGLOSS_DATA");
    if (!folder && environment && environment[0])
        folder = environment;
    if (folder) {
        if (try_folder(folder, location))
            return EXIT_DONE;
        report("no isogloss.tab or isogloss.model in the data folder '%s'", folder);
        return EXIT_FILES;
    }
    static const char *const beside[] = {".", "..", "../share/isogloss"};
    char program[LOCATE_PATH], path[LOCATE_PATH];
    if (program_folder(program))
        for (size_t i = 0; i < sizeof beside / sizeof beside[0]; i++)
            if (join(path, program, beside[i]) && try_folder(path, location))
                return EXIT_DONE;
    if (try_folder(PKGDATADIR, location))
        return EXIT_DONE;
    report("the data files are neither beside the program nor in '%s'; give --data FOLDER or set "
           "ISOGLOSS_DATA", PKGDATADIR);
    return EXIT_FILES;
}

int open_engine(const struct data_options *options, isg_engine **engine)
{
    struct location *location = malloc(sizeof *location);
    if (!location) {
        report("out of memory");
        return EXIT_FILES;
    }
    int code = locate(options->data, location);
    if (code == EXIT_DONE) {
        isg_engine_options engine_options = {
            .table_path = options->table ? options->table : location->table,
            .data_dir = location->data,
        };
        isg_error error;
        if (isg_engine_open(&engine_options, engine, &error) != ISG_OK)
            code = report_error(&error);
    }
    free(location);
    return code;
}

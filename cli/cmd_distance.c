/* cmd_distance.c -- the command distance: how far two dialects are apart by their eWAVE ratings.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <getopt.h>
#include <stdlib.h>

#include "cli.h"
#include "locate.h"

static const char help[] =
    "Usage: isogloss distance DIALECT DIALECT\n"
    "Prints how far two varieties are apart by their eWAVE ratings: 0 the same, 1 opposite in\n"
    "everything. It is Gower's distance over the features that both have a rating for, with the\n"
    "ratings A, B, C, D taken as 3, 2, 1, 0: the mean of |a - b| / 3. Features rated X or ? in "
    "one\n"
    "of them are left out; their number is printed.\n\n"
    "      --table FILE  another rule table than the standard one\n"
    "      --data DIR    folder with table, model and lexicon\n"
    "  -h, --help        print this\n";

static const struct option long_options[] = {
    {"table", required_argument, NULL, 't'},
    {"data", required_argument, NULL, 'd'},
    {"help", no_argument, NULL, 'h'},
    {NULL, 0, NULL, 0},
};

enum { RATINGS = 235 };

static bool is_rated(char rating)
{
    return rating >= 'A' && rating <= 'D';
}

static void print_distance(const isg_dialect_info *a, const isg_dialect_info *b)
{
    unsigned compared = 0, sum = 0, same = 0;
    for (unsigned i = 0; i < RATINGS; i++) {
        if (!is_rated(a->ratings[i]) || !is_rated(b->ratings[i]))
            continue;
        compared++;
        sum += (unsigned)abs(a->ratings[i] - b->ratings[i]);
        same += a->ratings[i] == b->ratings[i];
    }
    printf("%s (%s) - %s (%s)\n", a->name, a->code, b->name, b->code);
    if (compared)
        printf("distance  %.4f\n", (double)sum / (3.0 * compared));
    else
        printf("distance  unknown\n");
    printf("compared  %u of %d features, %u of them rated the same\n", compared, RATINGS, same);
}

static int compare(const isg_engine *engine, char *const *names)
{
    isg_dialect_info info[2];
    for (int i = 0; i < 2; i++) {
        isg_error error;
        size_t number;
        if (isg_engine_find_dialect(engine, names[i], &number, &error) != ISG_OK)
            return report_error(&error);
        isg_engine_dialect(engine, number, &info[i]);
    }
    print_distance(&info[0], &info[1]);
    return finish_output(EXIT_DONE);
}

int cmd_distance(int argc, char **argv)
{
    struct data_options data = {0};
    int option;
    opterr = 0;
    while ((option = getopt_long(argc, argv, ":h", long_options, NULL)) != -1) {
        switch (option) {
        case 't': data.table = optarg; break;
        case 'd': data.data = optarg; break;
        case 'h': return print_help(help);
        case ':': return report_usage("distance", "%s needs a value", argv[optind - 1]);
        default: return report_usage("distance", "no option '%s'", argv[optind - 1]);
        }
    }
    if (argc - optind != 2)
        return report_usage("distance", "it takes two dialects");
    isg_engine *engine = NULL;
    int code = open_engine(&data, &engine);
    if (code == EXIT_DONE)
        code = compare(engine, argv + optind);
    isg_engine_free(engine);
    return code;
}

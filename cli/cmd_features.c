/* cmd_features.c -- the command features: what the rule table can do.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "cli.h"
#include "listing.h"

static const char help[] =
    "Usage: isogloss features [--format table|tsv|json]\n"
    "Lists the features of the rule table: eWAVE number, name, area of grammar, stratum (when in "
    "a\n"
    "rewriting it comes), number of rules, file; json adds what it does, its limits and in how\n"
    "many varieties each rating A to D is attested.\n\n"
    "      --format FORMAT  table (the default), tsv or json\n"
    "      --table FILE     another rule table than the standard one\n"
    "      --data DIR       folder with table, model and lexicon\n"
    "  -h, --help           print this\n";

static const char *const columns[] = {"id", "name", "area", "stratum", "rules", "file", NULL};

static const char *text_or_empty(const char *text)
{
    return text ? text : "";
}

/* How many dialects have each rating of a feature. */
static json_t *count_ratings(const isg_engine *engine, unsigned feature)
{
    static const char grades[] = "ABCDX";
    json_t *counts = json_object();
    for (const char *grade = grades; counts && *grade && feature >= 1 && feature <= 235; grade++) {
        json_int_t n = 0;
        for (size_t i = 0; i < isg_engine_dialect_count(engine); i++) {
            isg_dialect_info info;
            if (isg_engine_dialect(engine, i, &info) == ISG_OK)
                n += info.ratings[feature - 1] == *grade;
        }
        char name[2] = {*grade, '\0'};
        json_object_set_new(counts, name, json_integer(n));
    }
    return counts;
}

static json_t *row(const isg_engine *engine, size_t number)
{
    isg_feature_info f;
    if (isg_engine_feature(engine, number, &f) != ISG_OK)
        return NULL;
    return json_pack("{s:i, s:s, s:s, s:s, s:i, s:s, s:i, s:s, s:s, s:o}", "id", (int)f.id, "name",
                     f.name, "area", text_or_empty(f.area), "stratum", text_or_empty(f.stratum),
                     "rules", (int)f.rules, "file", text_or_empty(f.file), "line", (int)f.line,
                     "about", text_or_empty(f.about), "limits", text_or_empty(f.limits),
                     "ratings", count_ratings(engine, f.id));
}

int cmd_features(int argc, char **argv)
{
    const struct listing listing = {
        .command = "features",
        .help = help,
        .count = isg_engine_feature_count,
        .row = row,
        .columns = columns,
    };
    return listing_run(&listing, argc, argv);
}

/* cmd_dialects.c -- the command dialects: the varieties of the rule table.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "cli.h"
#include "listing.h"

static const char help[] =
    "Usage: isogloss dialects [--format table|tsv|json]\n"
    "Lists the varieties of the rule table: eWAVE code, name, region, type, whether it is a "
    "contact\n"
    "language (a creole or pidgin: a language of its own, no target unless asked for), who has\n"
    "reviewed its profile; json adds its place and its rating of every feature.\n\n"
    "      --format FORMAT  table (the default), tsv or json\n"
    "      --table FILE     another rule table than the standard one\n"
    "      --data DIR       folder with table, model and lexicon\n"
    "  -h, --help           print this\n";

static const char *const columns[] = {"code",    "name",   "region", "type",
                                      "contact", "review", NULL};

/* The ratings as an object from feature number to letter, what is not known left out. */
static json_t *list_ratings(const char *ratings)
{
    json_t *list = json_object();
    for (unsigned i = 0; list && i < 235 && ratings[i]; i++) {
        char number[8], grade[2] = {ratings[i], '\0'};
        snprintf(number, sizeof number, "%u", i + 1);
        if (ratings[i] != '?')
            json_object_set_new(list, number, json_string(grade));
    }
    return list;
}

static json_t *row(const isg_engine *engine, size_t number)
{
    isg_dialect_info d;
    if (isg_engine_dialect(engine, number, &d) != ISG_OK)
        return NULL;
    return json_pack("{s:s, s:s, s:s, s:s, s:s, s:b, s:s, s:f, s:f, s:o}", "code", d.code, "name",
                     d.name, "slug", d.slug, "region", d.region, "type", d.type, "contact",
                     (int)d.contact_language, "review", d.review, "latitude", d.latitude,
                     "longitude", d.longitude, "ratings", list_ratings(d.ratings));
}

int cmd_dialects(int argc, char **argv)
{
    const struct listing listing = {
        .command = "dialects",
        .help = help,
        .count = isg_engine_dialect_count,
        .row = row,
        .columns = columns,
    };
    return listing_run(&listing, argc, argv);
}

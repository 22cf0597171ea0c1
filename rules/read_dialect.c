/* read_dialect.c -- dialect files: who speaks it, where, and each feature's rating.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <string.h>

#include "dialect.h"
#include "xml.h"

static const struct xml_shape shapes[] = {
    {"dialect", "code! name! region! type! latitude! longitude! review! contact inherit "
     "spelling vocabulary slang",
     "source rating choose"},
    {"source", "", NULL},
    {"rating", "grade!", NULL},
    {"choose", "feature! as! rule", ""},
    {NULL, NULL, NULL},
};

/* Degrees as written: sign, digits, fraction; no locale has a say. */
static double read_degrees(struct feature_reader *r, const xmlNode *node, const char *attribute,
                           double most)
{
    const char *value = xml_attribute(r->xml, node, attribute), *p = value;
    double degrees = 0, scale = 1;
    bool negative = *p == '-', digits = false;
    p += negative;
    for (; *p >= '0' && *p <= '9' && degrees < 1000; p++, digits = true)
        degrees = degrees * 10 + (*p - '0');
    if (*p == '.')
        for (p++; *p >= '0' && *p <= '9' && scale < 1e12; p++) {
            scale *= 10;
            degrees = degrees * 10 + (*p - '0');
        }
    degrees /= scale;
    if (*p == '\0' && digits && degrees <= most)
        return negative ? -degrees : degrees;
    diagnostics_error(r->reading->diagnostics, xml_attribute_place(r->xml, node, attribute),
                      "%s=\"%.40s\" is no number of degrees up to %d", attribute, value, (int)most);
    return 0;
}

static void read_rating(struct feature_reader *r, const xmlNode *node, struct dialect *dialect)
{
    static const char *const grades[] = {"A", "B", "C", "D", "X", "?", NULL};
    int grade = read_choice(r, node, "grade", grades);
    struct text text = xml_text(r->xml, node);
    const char *list = text.bytes;
    uint32_t id;
    for (;;) {
        list += strspn(list, " \t\r\n");
        struct place at = text_place(&text, (uint32_t)(list - text.bytes));
        if (!read_number(r, at, &list, &id))
            return;
        if (id > TAB_RATINGS)
            diagnostics_error(r->reading->diagnostics, at, "features are numbered 1 to %d",
                              TAB_RATINGS);
        else if (dialect->ratings[id - 1])
            diagnostics_error(r->reading->diagnostics, at, "feature %u is rated twice", id);
        else if (grade >= 0)
            dialect->ratings[id - 1] = grades[grade][0];
    }
}

static void read_choose(struct feature_reader *r, const xmlNode *node, struct dialect *dialect)
{
    struct choice *choice = arena_calloc(r->reading->arena, 1, sizeof *choice);
    const char *id = xml_attribute(r->xml, node, "feature");
    if (!choice || !read_number(r, xml_attribute_place(r->xml, node, "feature"), &id,
                                &choice->feature))
        return;
    choice->at = xml_place(r->xml, node);
    choice->rule = read_string(r, node, "rule");
    choice->as = read_string(r, node, "as");
    struct choice **tail = &dialect->choices;
    while (*tail)
        tail = &(*tail)->next;
    *tail = choice;
}

/* A region, whose layer the dialect switches on. */
static const char *read_region(struct feature_reader *r, const xmlNode *root, const char *attribute)
{
    const char *regions[REGION_COUNT + 1] = {NULL};
    for (unsigned i = 0; i < REGION_COUNT; i++)
        regions[i] = vocab_name(VOCAB_LIST_REGION, i);
    int number = read_choice(r, root, attribute, regions);
    return number < 0 ? NULL : regions[number];
}

static void read_attributes(struct feature_reader *r, const xmlNode *root, struct dialect *dialect)
{
    static const char *const reviews[] = {"none", "linguist", "speaker", NULL};
    static const char *const answers[] = {"no", "yes", NULL};
    dialect->at = xml_place(r->xml, root);
    dialect->code = read_string(r, root, "code");
    dialect->name = read_string(r, root, "name");
    dialect->region = read_string(r, root, "region");
    dialect->type = read_string(r, root, "type");
    dialect->region_slug = slug_of(r->reading->arena, dialect->region);
    dialect->type_slug = slug_of(r->reading->arena, dialect->type);
    dialect->latitude = read_degrees(r, root, "latitude", 90);
    dialect->longitude = read_degrees(r, root, "longitude", 180);
    int review = read_choice(r, root, "review", reviews);
    dialect->review = reviews[review < 0 ? 0 : review];
    dialect->contact = read_choice(r, root, "contact", answers) == 1;
    dialect->inherit = read_string(r, root, "inherit");
    dialect->spelling = read_region(r, root, "spelling");
    dialect->vocabulary = read_region(r, root, "vocabulary");
    dialect->slang = read_region(r, root, "slang");
    if (dialect->code[strcspn(dialect->code, " \t\r\n")] || strlen(dialect->code) > 40)
        diagnostics_error(r->reading->diagnostics, xml_attribute_place(r->xml, root, "code"),
                          "a code is a short word without spaces");
}

struct dialect *dialect_read(const struct reading *reading, const struct source *source)
{
    struct xml xml;
    struct dialect *dialect = arena_calloc(reading->arena, 1, sizeof *dialect);
    unsigned before = reading->diagnostics->errors;
    if (!dialect)
        return NULL;
    dialect->source = source;
    if (xml_open(&xml, source, 0, (uint32_t)source->length, reading->arena,
                 reading->diagnostics)) {
        struct feature_reader r = {reading, &xml, NULL, NULL};
        const xmlNode *root = xmlDocGetRootElement(xml.doc);
        if (xml_check(&xml, root, shapes)) {
            read_attributes(&r, root, dialect);
            for (const xmlNode *c = xml_element(root->children); c; c = xml_element(c->next)) {
                if (!xml_check(&xml, c, shapes))
                    continue;
                if (xml_is(c, "rating"))
                    read_rating(&r, c, dialect);
                else if (xml_is(c, "choose"))
                    read_choose(&r, c, dialect);
            }
            if (reading->diagnostics->errors == before && reading->dialect_schema)
                xml_validate(&xml, reading->dialect_schema);
        }
    }
    xml_close(&xml);
    return reading->diagnostics->errors == before && !reading->arena->failed ? dialect : NULL;
}

static struct dialect *find(struct dialect *dialects, const char *code)
{
    for (; dialects; dialects = dialects->next)
        if (strcmp(dialects->code, code) == 0)
            return dialects;
    return NULL;
}

static void report_parent(const struct dialect *dialect, struct dialect *all,
                          struct diagnostics *diagnostics)
{
    char hint[240];
    struct nearest nearest;
    hint_start(&nearest, dialect->inherit);
    for (const struct dialect *d = all; d; d = d->next)
        hint_offer(&nearest, d->code);
    diagnostics_error(diagnostics, dialect->at, "inherit=\"%.40s\": there is no such dialect%s",
                      dialect->inherit, hint_print(&nearest, hint, sizeof hint));
}

/* Takes what a dialect itself does not say from the one it inherits from. */
static void take(struct dialect *dialect, const struct dialect *parent)
{
    for (unsigned i = 0; i < TAB_RATINGS; i++)
        if (!dialect->ratings[i])
            dialect->ratings[i] = parent->ratings[i];
    dialect->spelling = dialect->spelling ? dialect->spelling : parent->spelling;
    dialect->vocabulary = dialect->vocabulary ? dialect->vocabulary : parent->vocabulary;
    dialect->slang = dialect->slang ? dialect->slang : parent->slang;
    dialect->parent = parent;
}

bool dialects_inherit(struct dialect *dialects, struct diagnostics *diagnostics)
{
    unsigned before = diagnostics->errors;
    for (struct dialect *d = dialects; d; d = d->next)
        d->mark = 0;
    /* each round finishes those whose parents are finished; what is left is a circle */
    for (bool changed = true; changed;) {
        changed = false;
        for (struct dialect *d = dialects; d; d = d->next) {
            if (d->mark)
                continue;
            const struct dialect *parent = d->inherit ? find(dialects, d->inherit) : NULL;
            if (d->inherit && !parent)
                report_parent(d, dialects, diagnostics);
            if (parent && !parent->mark)
                continue;
            if (parent)
                take(d, parent);
            d->mark = 1;
            changed = true;
        }
    }
    for (const struct dialect *d = dialects; d; d = d->next)
        if (!d->mark)
            diagnostics_error(diagnostics, d->at, "\"%s\" inherits from itself, through \"%s\"",
                              d->code, d->inherit);
    for (struct dialect *d = dialects; d; d = d->next)
        for (unsigned i = 0; i < TAB_RATINGS; i++)
            if (!d->ratings[i])
                d->ratings[i] = '?';
    return diagnostics->errors == before;
}

const char *slug_of(struct arena *arena, const char *text)
{
    size_t n = 0;
    char *slug = arena_strndup(arena, text, strlen(text));
    if (!slug)
        return "";
    for (const char *p = text; *p; p++) {
        char c = *p >= 'A' && *p <= 'Z' ? (char)(*p + 32) : *p;
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            slug[n++] = c;
        else if (c != '\'' && (unsigned char)c < 0x80 && n > 0 && slug[n - 1] != '-')
            slug[n++] = '-';
    }
    n -= n > 0 && slug[n - 1] == '-';
    slug[n] = '\0';
    return slug;
}

/* emit_dialect.c -- dialects in the table: ratings as letters, choices of realisations as text.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdio.h>
#include <string.h>

#include "compile.h"

static const struct feature *find_feature(struct feature *const *features, uint32_t count,
                                          uint32_t id)
{
    for (uint32_t i = 0; i < count; i++)
        if (features[i]->id == id)
            return features[i];
    return NULL;
}

static bool has_realisation(const struct rule *rule, const char *name)
{
    for (const struct realisation *as = rule->realisations; as; as = as->next)
        if (strcmp(as->name, name) == 0)
            return true;
    return false;
}

/* Adds "feature.rule=as " for the rules a choice speaks of that have no choice yet. */
static void add_choice(struct buffer *out, const struct feature *feature,
                       const struct choice *choice, struct diagnostics *d)
{
    bool found = false;
    for (const struct rule *rule = feature->rules; rule; rule = rule->next) {
        if (choice->rule && strcmp(choice->rule, rule->name) != 0)
            continue;
        if (!has_realisation(rule, choice->as))
            continue;
        found = true;
        char key[300];
        snprintf(key, sizeof key, "%s%u.%.200s=", out->length ? " " : "", feature->id, rule->name);
        const char *key_word = key + (out->length ? 1 : 0);
        if (out->bytes && strstr(out->bytes, key_word))
            continue; /* its own choice stands before what it inherits */
        buffer_add_string(out, key);
        buffer_add_string(out, choice->as);
    }
    if (found)
        return;
    char hint[240];
    struct nearest nearest;
    hint_start(&nearest, choice->as);
    for (const struct rule *rule = feature->rules; rule; rule = rule->next)
        for (const struct realisation *as = rule->realisations; as; as = as->next)
            hint_offer(&nearest, as->name);
    diagnostics_error(d, choice->at, "feature %u has no such realisation \"%.40s\"%s",
                      feature->id, choice->as, hint_print(&nearest, hint, sizeof hint));
}

static uint32_t add_choices(struct builder *b, const struct dialect *dialect,
                            struct feature *const *features, uint32_t count,
                            struct diagnostics *d)
{
    struct buffer text;
    buffer_init(&text);
    for (const struct dialect *from = dialect; from; from = from->parent)
        for (const struct choice *c = from->choices; c; c = c->next) {
            const struct feature *feature = find_feature(features, count, c->feature);
            if (feature)
                add_choice(&text, feature, c, d);
        }
    uint32_t string = text.length ? builder_string(b, text.bytes) : TAB_NONE;
    b->failed |= text.failed;
    buffer_clear(&text);
    return string;
}

void emit_dialects(struct builder *b, const struct dialect *dialects, unsigned count,
                   struct feature *const *features, uint32_t feature_count,
                   struct diagnostics *diagnostics)
{
    for (unsigned i = 0; i < count; i++) {
        const struct dialect *d = &dialects[i];
        struct tab_dialect record;
        memset(&record, 0, sizeof record);
        record.latitude = d->latitude;
        record.longitude = d->longitude;
        record.name = builder_string(b, d->name);
        record.code = builder_string(b, d->code);
        record.slug = builder_string(b, d->slug);
        record.region = builder_string(b, d->region);
        record.type = builder_string(b, d->type);
        record.review = builder_string(b, d->review);
        record.ratings = builder_string(b, d->ratings);
        record.spelling = builder_string(b, d->spelling);
        record.vocabulary = builder_string(b, d->vocabulary);
        record.slang = builder_string(b, d->slang);
        record.flags = d->contact ? TAB_DIALECT_CONTACT : 0;
        record.realisations = add_choices(b, d, features, feature_count, diagnostics);
        builder_add(b, TAB_DIALECTS, &record);
    }
}

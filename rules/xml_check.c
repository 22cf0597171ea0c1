/* xml_check.c -- is a document of the shape it should be? First by tables of names, whose messages
 * say what was meant, then by the RELAX NG schema, which is the published statement of the same.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <libxml/relaxng.h>
#include <stdio.h>
#include <string.h>

#include "xml.h"

/* The next name of a list; *required when "!" stands behind it. false at the end. */
static bool next_name(const char **list, char *name, size_t size, bool *required)
{
    while (**list == ' ')
        ++*list;
    size_t n = strcspn(*list, " !");
    if (n == 0 || n >= size)
        return false;
    memcpy(name, *list, n);
    name[n] = '\0';
    *list += n;
    *required = **list == '!';
    *list += *required;
    return true;
}

static bool is_listed(const char *list, const char *wanted)
{
    char name[40];
    bool required;
    while (next_name(&list, name, sizeof name, &required))
        if (strcmp(name, wanted) == 0)
            return true;
    return false;
}

static void report_unknown(struct xml *xml, struct place at, const char *what, const char *name,
                           const char *list)
{
    char names[24][40], hint[240];
    unsigned count = 0;
    bool required;
    struct nearest nearest;
    hint_start(&nearest, name);
    while (count < 24 && next_name(&list, names[count], sizeof *names, &required))
        hint_offer(&nearest, names[count++]);
    diagnostics_error(xml->diagnostics, at, "%s \"%s\" is not known here%s", what, name,
                      hint_print(&nearest, hint, sizeof hint));
}

/* Unknown names are reported, missing ones make it unreadable. */
static bool check_attributes(struct xml *xml, const xmlNode *node, const struct xml_shape *shape)
{
    bool good = true, required;
    for (const xmlAttr *a = node->properties; a; a = a->next) {
        const char *name = (const char *)a->name;
        if (is_listed(shape->attributes, name) && !a->ns)
            continue;
        report_unknown(xml, xml_attribute_place(xml, node, name), "attribute", name,
                       shape->attributes);
    }
    char name[40];
    const char *list = shape->attributes;
    while (next_name(&list, name, sizeof name, &required))
        if (required && !xmlHasNsProp((xmlNodePtr)node, (const xmlChar *)name, NULL)) {
            diagnostics_error(xml->diagnostics, xml_place(xml, node),
                              "<%s> needs the attribute %s=\"...\"", shape->element, name);
            good = false;
        }
    return good;
}

static bool check_children(struct xml *xml, const xmlNode *node, const struct xml_shape *shape)
{
    bool good = true, required;
    for (const xmlNode *c = node->children; c; c = c->next) {
        struct place at = xml_place(xml, c->type == XML_ELEMENT_NODE ? c : node);
        if (c->type == XML_ELEMENT_NODE &&
            (!shape->children || !is_listed(shape->children, (const char *)c->name) || c->ns))
            report_unknown(xml, at, "element", (const char *)c->name,
                           shape->children ? shape->children : "");
        if ((c->type == XML_TEXT_NODE || c->type == XML_CDATA_SECTION_NODE) && shape->children &&
            !xmlIsBlankNode((xmlNodePtr)c))
            diagnostics_error(xml->diagnostics, at, "<%s> holds text that belongs in an element",
                              shape->element);
    }
    char name[40];
    const char *list = shape->children ? shape->children : "";
    while (next_name(&list, name, sizeof name, &required)) {
        const xmlNode *c = xml_element(node->children);
        while (c && !xml_is(c, name))
            c = xml_element(c->next);
        if (required && !c) {
            diagnostics_error(xml->diagnostics, xml_place(xml, node), "<%s> needs a <%s>",
                              shape->element, name);
            good = false;
        }
    }
    return good;
}

bool xml_check(struct xml *xml, const xmlNode *node, const struct xml_shape *shapes)
{
    for (const struct xml_shape *s = shapes; s->element; s++)
        if (xml_is(node, s->element)) {
            bool attributes = check_attributes(xml, node, s);
            return check_children(xml, node, s) && attributes;
        }
    if (!node->parent || node->parent->type != XML_ELEMENT_NODE) /* else its parent has said it */
        report_unknown(xml, xml_place(xml, node), "element", (const char *)node->name,
                       shapes->element);
    return false;
}

static void on_invalid(void *context, xml_error error)
{
    struct xml *xml = context;
    if (xml->diagnostics->errors > xml->errors_before)
        return; /* what follows from the first one confuses */
    const xmlNode *node = error->node;
    struct place at = {xml->source, xml->base};
    if (node && node->type == XML_ELEMENT_NODE)
        at = xml_place(xml, node);
    size_t n = error->message ? strcspn(error->message, "\n") : 0;
    diagnostics_error(xml->diagnostics, at, "not as the schema says: %.*s", (int)n,
                      error->message ? error->message : "");
}

/* libxml2 would print the errors of a schema otherwise. */
static void on_schema_error(void *context, xml_error error)
{
    (void)context;
    (void)error;
}

struct _xmlRelaxNG *xml_schema_read(const char *folder, const char *name)
{
    char path[4096];
    int n = snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = n > 0 && (size_t)n < sizeof path ? fopen(path, "rb") : NULL;
    if (!file) /* libxml2 would tell everybody that it is missing */
        return NULL;
    fclose(file);
    xmlRelaxNGPtr schema = NULL;
    xmlRelaxNGParserCtxtPtr parser = xmlRelaxNGNewParserCtxt(path);
    if (parser) {
        xmlRelaxNGSetParserStructuredErrors(parser, on_schema_error, NULL);
        schema = xmlRelaxNGParse(parser);
    }
    xmlRelaxNGFreeParserCtxt(parser);
    return schema;
}

void xml_schema_free(struct _xmlRelaxNG *schema)
{
    xmlRelaxNGFree(schema);
}

bool xml_validate(struct xml *xml, struct _xmlRelaxNG *schema)
{
    unsigned before = xml->errors_before = xml->diagnostics->errors;
    xmlRelaxNGValidCtxtPtr valid = xmlRelaxNGNewValidCtxt(schema);
    int found = -1;
    if (valid) {
        xmlRelaxNGSetValidStructuredErrors(valid, on_invalid, xml);
        found = xmlRelaxNGValidateDoc(valid, xml->doc);
    }
    if (found != 0 && xml->diagnostics->errors == before)
        diagnostics_error(xml->diagnostics, (struct place){xml->source, xml->base},
                          "not as the schema says");
    xmlRelaxNGFreeValidCtxt(valid);
    return found == 0;
}

/* xml.h -- an XML document read by libxml2 (no network, no entities, no DOCTYPE), with the place in
 * the file of every element, attribute and byte of text: libxml2 itself knows only lines.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef RULES_XML_H
#define RULES_XML_H

#include <libxml/tree.h>
#include <libxml/xmlversion.h>

#include "diagnostics.h"

/* libxml2 made the error that a handler gets constant in 2.12. */
#if LIBXML_VERSION >= 21200
typedef const xmlError *xml_error;
#else
typedef xmlErrorPtr xml_error;
#endif

struct _xmlRelaxNG;

struct xml {
    xmlDocPtr doc;
    const struct source *source;
    uint32_t base, end;   /* the part of the file that is the document */
    uint32_t *starts;     /* by element, in document order: its "<" ... */
    uint32_t *contents;   /* ... and what stands behind its ">" */
    unsigned count;
    unsigned errors_before; /* what libxml2 now does */
    struct arena *arena;
    struct diagnostics *diagnostics;
};

/* What an element may hold: names separated by spaces; a "!" behind one says it must be there. */
struct xml_shape {
    const char *element, *attributes;
    const char *children; /* NULL: text only; "": nothing */
};

/* Reads bytes base .. end of a source. Reports what is wrong; false then. */
bool xml_open(struct xml *xml, const struct source *source, uint32_t base, uint32_t end,
              struct arena *arena, struct diagnostics *diagnostics);
void xml_close(struct xml *xml);
/* A RELAX NG schema; NULL: it is not there, or is none. Freed with xml_schema_free. */
struct _xmlRelaxNG *xml_schema_read(const char *folder, const char *name);
void xml_schema_free(struct _xmlRelaxNG *schema);
/* Checks against a schema; reports what is not as it says. */
bool xml_validate(struct xml *xml, struct _xmlRelaxNG *schema);
/* Checks names of an element's attributes and children; reports every one that is wrong. false: it
 * is unknown itself, or something it needs is missing. */
bool xml_check(struct xml *xml, const xmlNode *node, const struct xml_shape *shapes);

struct place xml_place(const struct xml *xml, const xmlNode *node);
struct place xml_attribute_place(const struct xml *xml, const xmlNode *node, const char *name);
/* An attribute's value in the arena; NULL: not there. */
const char *xml_attribute(struct xml *xml, const xmlNode *node, const char *name);
/* The text of an element without children. */
struct text xml_text(struct xml *xml, const xmlNode *node);
/* The same, white space trimmed and collapsed. */
const char *xml_prose(struct xml *xml, const xmlNode *node);
bool xml_is(const xmlNode *node, const char *name);
/* The next element at or after a sibling; NULL at the end. */
const xmlNode *xml_element(const xmlNode *node);

#endif

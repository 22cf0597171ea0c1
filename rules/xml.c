/* xml.c -- see xml.h. The places come from a scan over tags that runs beside libxml2's reading: the
 * n-th start tag of the file is the n-th element of the tree. Text is libxml2's; the scan only says
 * where each byte of it stood.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "xml.h"

#include <libxml/parser.h>
#include <string.h>

#include "base/limits.h"

enum { LIMIT_ELEMENT_DEPTH = 8, LIMIT_ATTRIBUTES = 32 };

static const char *find(const char *from, const char *end, const char *what)
{
    size_t n = strlen(what);
    for (; (size_t)(end - from) >= n && from < end; from++)
        if (memcmp(from, what, n) == 0)
            return from;
    return NULL;
}

/* Behind the ">" of the tag that begins at p; quoted values may hold ">". NULL: it has none, or
 * more than a tag can have (*values counts them). */
static const char *tag_end(const char *p, const char *end, unsigned *values)
{
    char quote = 0;
    for (*values = 0; p < end && *values <= LIMIT_ATTRIBUTES; p++) {
        if (quote)
            quote = *p == quote ? 0 : quote;
        else if (*p == '"' || *p == '\'') {
            quote = *p;
            ++*values;
        } else if (*p == '>')
            return p + 1;
    }
    return NULL;
}

/* Behind the comment, CDATA section or processing instruction at p; NULL: there is none. */
static const char *skip_other(const char *p, const char *end)
{
    static const char *const pairs[][2] = {{"<!--", "-->"}, {"<![CDATA[", "]]>"}, {"<?", "?>"}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        size_t n = strlen(pairs[i][0]);
        if ((size_t)(end - p) < n || memcmp(p, pairs[i][0], n) != 0)
            continue;
        const char *close = find(p + n, end, pairs[i][1]);
        return close ? close + strlen(pairs[i][1]) : end;
    }
    return NULL;
}

/* Records every start tag. Stops where the file is not well formed: libxml2 says why. */
static bool scan(struct xml *xml)
{
    const char *bytes = xml->source->bytes, *p = bytes + xml->base, *end = bytes + xml->end;
    unsigned depth = 0, capacity = 0;
    for (const char *c = p; c < end; c++)
        capacity += *c == '<';
    xml->starts = arena_alloc(xml->arena, capacity * sizeof *xml->starts);
    xml->contents = arena_alloc(xml->arena, capacity * sizeof *xml->contents);
    if (!xml->starts || !xml->contents)
        return false;
    while ((p = memchr(p, '<', (size_t)(end - p)))) {
        struct place at = {xml->source, (uint32_t)(p - bytes)};
        const char *other = skip_other(p, end);
        if (other) {
            p = other;
            continue;
        }
        if (end - p > 1 && p[1] == '!') {
            diagnostics_error(
                xml->diagnostics, at,
                "declarations such as DOCTYPE and ENTITY are not allowed; take it out");
            return false;
        }
        unsigned values;
        const char *close = tag_end(p, end, &values);
        if (values > LIMIT_ATTRIBUTES) {
            diagnostics_error(xml->diagnostics, at, "more than %d attributes", LIMIT_ATTRIBUTES);
            return false;
        }
        if (!close)
            break;
        if (p[1] == '/') {
            depth -= depth > 0;
        } else {
            if (++depth > LIMIT_ELEMENT_DEPTH) {
                diagnostics_error(xml->diagnostics, at, "elements are nested too deep");
                return false;
            }
            xml->starts[xml->count] = at.offset;
            xml->contents[xml->count++] = (uint32_t)(close - bytes);
            depth -= close[-2] == '/';
        }
        p = close;
    }
    return true;
}

static void on_error(void *context, xml_error error)
{
    xmlParserCtxtPtr parser = context;
    struct xml *xml = parser->_private;
    if (error->level < XML_ERR_ERROR || xml->diagnostics->errors > xml->errors_before)
        return;
    size_t offset = xml->base;
    if (parser->input && parser->input->cur >= parser->input->base)
        offset += (size_t)(parser->input->cur - parser->input->base);
    size_t n = error->message ? strcspn(error->message, "\n") : 0;
    /* what < and & in a pattern lead to */
    bool sign = error->code == XML_ERR_NAME_REQUIRED ||
                error->code == XML_ERR_ENTITYREF_SEMICOL_MISSING ||
                error->code == XML_ERR_UNDECLARED_ENTITY;
    diagnostics_error(
        xml->diagnostics,
        (struct place){xml->source, (uint32_t)(offset < xml->end ? offset : xml->end)},
        "not well-formed XML: %.*s%s", (int)n, error->message ? error->message : "",
        sign ? "; \"<\" and \"&\" have no place in a pattern: compare with lt, le, gt, ge, eq, and "
               "write tests side by side for \"and\"" : "");
}

/* Numbers the elements in document order, in _private, counted from 1. */
static unsigned number_elements(xmlNodePtr node)
{
    uintptr_t count = 0;
    while (node) {
        if (node->type == XML_ELEMENT_NODE)
            node->_private = (void *)++count;
        if (node->type == XML_ELEMENT_NODE && node->children) {
            node = node->children;
            continue;
        }
        while (node && !node->next)
            node = node->parent && node->parent->type == XML_ELEMENT_NODE ? node->parent : NULL;
        node = node ? node->next : NULL;
    }
    return (unsigned)count;
}

bool xml_open(struct xml *xml, const struct source *source, uint32_t base, uint32_t end,
              struct arena *arena, struct diagnostics *diagnostics)
{
    memset(xml, 0, sizeof *xml);
    xml->source = source;
    xml->base = base;
    xml->end = end;
    xml->arena = arena;
    xml->diagnostics = diagnostics;
    struct place at = {source, base};
    unsigned before = xml->errors_before = diagnostics->errors;
    if (end - base > LIMIT_RULE_FILE_BYTES) {
        diagnostics_error(diagnostics, at, "longer than %u bytes; split it", LIMIT_RULE_FILE_BYTES);
        return false;
    }
    if (!scan(xml))
        return false;
    xmlParserCtxtPtr parser = xmlNewParserCtxt();
    if (!parser)
        return false;
    parser->_private = xml;
    parser->sax->serror = on_error;
    xml->doc = xmlCtxtReadMemory(parser, source->bytes + base, (int)(end - base), NULL, "UTF-8",
                                 XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    if (!xml->doc && diagnostics->errors == before)
        diagnostics_error(diagnostics, at, "not well-formed XML");
    xmlFreeParserCtxt(parser);
    if (!xml->doc)
        return false;
    xmlNodePtr root = xmlDocGetRootElement(xml->doc);
    if (xml->doc->intSubset || !root || number_elements(root) != xml->count) {
        diagnostics_error(diagnostics, at, "this XML has parts that are not allowed here");
        return false;
    }
    return diagnostics->errors == before;
}

void xml_close(struct xml *xml)
{
    xmlFreeDoc(xml->doc);
    xml->doc = NULL;
}

bool xml_is(const xmlNode *node, const char *name)
{
    return node->type == XML_ELEMENT_NODE && strcmp((const char *)node->name, name) == 0;
}

const xmlNode *xml_element(const xmlNode *node)
{
    while (node && node->type != XML_ELEMENT_NODE)
        node = node->next;
    return node;
}

static unsigned number_of(const struct xml *xml, const xmlNode *node)
{
    uintptr_t n = (uintptr_t)node->_private;
    return n > 0 && n <= xml->count ? (unsigned)n - 1 : 0;
}

struct place xml_place(const struct xml *xml, const xmlNode *node)
{
    return (struct place){xml->source, xml->starts[number_of(xml, node)]};
}

struct place xml_attribute_place(const struct xml *xml, const xmlNode *node, const char *name)
{
    unsigned number = number_of(xml, node);
    const char *bytes = xml->source->bytes, *p = bytes + xml->starts[number];
    const char *end = bytes + xml->contents[number];
    size_t n = strlen(name);
    while (p < end) {
        if (*p == '"' || *p == '\'') { /* a value */
            const char *close = memchr(p + 1, *p, (size_t)(end - p - 1));
            p = close ? close + 1 : end;
            continue;
        }
        bool space = *p == ' ' || *p == '\n' || *p == '\t' || *p == '\r';
        p++;
        if (space && (size_t)(end - p) > n && memcmp(p, name, n) == 0 &&
            strchr("= \n\t\r", p[n]))
            return (struct place){xml->source, (uint32_t)(p - bytes)};
    }
    return xml_place(xml, node);
}

const char *xml_attribute(struct xml *xml, const xmlNode *node, const char *name)
{
    xmlChar *value = xmlGetNoNsProp((xmlNodePtr)node, (const xmlChar *)name);
    if (!value)
        return NULL;
    char *copy = arena_strndup(xml->arena, (const char *)value, strlen((const char *)value));
    xmlFree(value);
    return copy ? copy : "";
}

/* Where the byte of decoded text comes from: walks over the raw text beside it. */
static void trace_origin(struct xml *xml, const char *raw, const char *text, uint32_t length,
                         uint32_t *origin)
{
    const char *bytes = xml->source->bytes, *end = bytes + xml->end;
    uint32_t i = 0;
    while (i < length && raw < end) {
        size_t left = (size_t)(end - raw);
        if (left > 9 && memcmp(raw, "<![CDATA[", 9) == 0) {
            raw += 9;
        } else if (left > 3 && memcmp(raw, "]]>", 3) == 0) {
            raw += 3;
        } else if (*raw == '<') {
            const char *other = skip_other(raw, end);
            raw = other ? other : end;
        } else if (*raw == '\r' && left > 1 && raw[1] == '\n') {
            raw++;
        } else if (*raw == '&' && text[i] != '\0') {
            uint32_t from = (uint32_t)(raw - bytes);
            const char *semicolon = memchr(raw, ';', left < 12 ? left : 12);
            do
                origin[i++] = from;
            while (i < length && ((unsigned char)text[i] & 0xc0) == 0x80);
            raw = semicolon ? semicolon + 1 : raw + 1;
        } else {
            origin[i++] = (uint32_t)(raw - bytes);
            raw++;
        }
    }
    uint32_t last = (uint32_t)(raw - bytes);
    for (; i <= length; i++)
        origin[i] = last;
}

struct text xml_text(struct xml *xml, const xmlNode *node)
{
    static const uint32_t nowhere = 0;
    struct text text = {xml->source, "", 0, &nowhere};
    xmlChar *content = xmlNodeGetContent(node);
    if (!content)
        return text;
    size_t length = strlen((const char *)content);
    char *bytes = arena_strndup(xml->arena, (const char *)content, length);
    uint32_t *origin = arena_alloc(xml->arena, (length + 1) * sizeof *origin);
    xmlFree(content);
    if (!bytes || !origin)
        return text;
    trace_origin(xml, xml->source->bytes + xml->contents[number_of(xml, node)], bytes,
                 (uint32_t)length, origin);
    text.bytes = bytes;
    text.length = (uint32_t)length;
    text.origin = origin;
    return text;
}

const char *xml_prose(struct xml *xml, const xmlNode *node)
{
    struct text text = xml_text(xml, node);
    char *prose = arena_strndup(xml->arena, text.bytes, text.length);
    if (!prose)
        return "";
    size_t n = 0;
    for (uint32_t i = 0; i < text.length; i++) {
        bool space = strchr(" \t\n\r", text.bytes[i]) != NULL;
        if (!space)
            prose[n++] = text.bytes[i];
        else if (n > 0 && prose[n - 1] != ' ')
            prose[n++] = ' ';
    }
    n -= n > 0 && prose[n - 1] == ' ';
    prose[n] = '\0';
    return prose;
}

/* report.c -- puts the page together: its parts, the libraries that draw the charts, the outline of
 * the land, and the result as JSON. All parts were turned into arrays by page/embed.sh at build
 * time.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "evaluate/report.h"

#include <string.h>

#include "evaluate/report_parts.inc"

struct part {
    const char *before;
    const unsigned char *bytes;
    size_t size;
    const char *after;
};

#define PART(before, name, after) {before, report_##name, sizeof report_##name, after}

static const struct part head[] = {
    PART("", head_html, "<style>\n"),
    PART("", page_css, "</style>\n"),
    PART("", body_html, ""),
    PART("<script type=\"application/json\" id=\"land\">", land_json, "</script>\n"),
};

static const struct part foot[] = {
    PART("<script>\n", vega_min_js, "</script>\n"),
    PART("<script>\n", vega_lite_min_js, "</script>\n"),
    PART("<script>\n", vega_embed_min_js, "</script>\n"),
    PART("<script>\n", page_js, "</script>\n</body>\n</html>\n"),
};

static bool write_parts(const struct part *parts, size_t count, FILE *out)
{
    for (size_t i = 0; i < count; i++)
        if (fputs(parts[i].before, out) < 0 ||
            fwrite(parts[i].bytes, 1, parts[i].size, out) != parts[i].size ||
            fputs(parts[i].after, out) < 0)
            return false;
    return true;
}

/* In JSON, < and & occur in strings only; escaped they end no element and begin no comment. */
static int write_escaped(const char *bytes, size_t size, void *context)
{
    FILE *out = context;
    for (size_t i = 0; i < size; i++) {
        int done = bytes[i] == '<'   ? fputs("\\u003c", out)
                   : bytes[i] == '>' ? fputs("\\u003e", out)
                   : bytes[i] == '&' ? fputs("\\u0026", out)
                                     : putc((unsigned char)bytes[i], out);
        if (done == EOF)
            return -1;
    }
    return 0;
}

bool report_write(const json_t *result, FILE *out)
{
    return write_parts(head, sizeof head / sizeof *head, out) &&
           fputs("<script type=\"application/json\" id=\"result\">", out) >= 0 &&
           json_dump_callback(result, write_escaped, out, JSON_COMPACT) == 0 &&
           fputs("</script>\n", out) >= 0 &&
           write_parts(foot, sizeof foot / sizeof *foot, out) && fflush(out) == 0 && !ferror(out);
}

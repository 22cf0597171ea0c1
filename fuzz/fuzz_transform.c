/* fuzz_transform.c -- rewrites any bytes into a dialect with many features; without features
 * they must come out as they were. ISOGLOSS_DATA names the folder with table, model and lexicon.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <isogloss.h>

static isg_engine *engine;
static isg_profile *all, *none;
static isg_document *document;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    isg_engine_options options = {.data_dir = getenv("ISOGLOSS_DATA")};
    isg_profile_options profile = {.dialect = "UAAVE", .rate = 1};
    if (isg_engine_open(&options, &engine, NULL) != ISG_OK ||
        isg_profile_new(engine, &profile, &all, NULL) != ISG_OK ||
        isg_profile_new(engine, NULL, &none, NULL) != ISG_OK ||
        isg_document_new(engine, &document, NULL) != ISG_OK)
        abort();
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text = size ? (const char *)data : "";
    size_t length;
    if (isg_document_analyse(document, text, size, NULL, NULL) != ISG_OK)
        return 0;
    isg_document_rewrite(document, all, NULL, NULL);
    if (isg_document_rewrite(document, none, NULL, NULL) != ISG_OK)
        return 0;
    const char *out = isg_document_text(document, &length);
    if (length != size || (size && memcmp(out, text, size) != 0))
        abort();
    return 0;
}

/* table.c -- opening a rule table: map or borrow the bytes, check the header, find the sections,
 * and hand over to verify.c. After that no access needs a check.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "table/table.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/limits.h"
#include "base/status.h"
#include "base/vocab.h"
#include "table/verify.h"

static const uint32_t strides[TAB_SECTION_COUNT] = TAB_STRIDES;

static isg_status check_sections(const struct tab_header *h, size_t size, isg_error *error)
{
    for (int i = 0; i < TAB_SECTION_COUNT; i++) {
        const struct tab_section *s = &h->sections[i];
        if (s->stride != strides[i] || s->offset % 8 != 0 || s->offset < sizeof *h ||
            s->offset > size || s->count > (size - s->offset) / s->stride)
            return status_set(error, ISG_FORMAT,
                              "the rule table is damaged (section %d); compile it again with "
                              "`isogloss compile`", i);
    }
    return ISG_OK;
}

static isg_status check_header(const void *data, size_t size, isg_error *error)
{
    const struct tab_header *h = data;
    if (size < 16 || memcmp(h->magic, TAB_MAGIC, sizeof h->magic) != 0)
        return status_set(error, ISG_FORMAT, "not a rule table of isogloss; make one with "
                                             "`isogloss compile DIR -o FILE`");
    if (h->oldest_reader > TAB_VERSION || h->version < TAB_OLDEST_READER)
        return status_set(error, ISG_VERSION,
                          "the rule table has format version %u (readable from %u on), this "
                          "program reads %u to %u; compile it again with `isogloss compile`",
                          h->version, h->oldest_reader, TAB_OLDEST_READER, TAB_VERSION);
    if (size < sizeof *h || h->size != size)
        return status_set(error, ISG_FORMAT, "the rule table is cut short or has grown; compile "
                                             "it again with `isogloss compile`");
    if (h->feature_bits & ~(uint64_t)TAB_FEATURE_BITS)
        return status_set(error, ISG_VERSION, "the rule table needs abilities that this program "
                                              "lacks; use the program that compiled it");
    if (hash_bytes((const char *)data + sizeof *h, size - sizeof *h, 0) != h->checksum)
        return status_set(error, ISG_FORMAT, "the rule table is damaged (checksum); compile it "
                                             "again with `isogloss compile`");
    if (h->vocab != vocab_hash())
        return status_set(error, ISG_MISMATCH,
                          "the rule table was compiled for other tags and classes than this "
                          "program's; compile it again with `isogloss compile`");
    return check_sections(h, size, error);
}

static void find_sections(struct table *t, const char *base)
{
    const struct tab_section *s = t->header->sections;
#define AT(section) ((const void *)(base + s[section].offset))
    t->strings = AT(TAB_STRINGS);
    t->literals = AT(TAB_LITERALS);
    t->literal_hash = AT(TAB_LITERAL_HASH);
    t->literal_lists = AT(TAB_LITERAL_LISTS);
    t->lists = AT(TAB_LISTS);
    t->maps = AT(TAB_MAPS);
    t->map_entries = AT(TAB_MAP_ENTRIES);
    t->regexes = AT(TAB_REGEXES);
    t->predicates = AT(TAB_PREDICATES);
    t->tests = AT(TAB_TESTS);
    t->paths = AT(TAB_PATHS);
    t->path_edges = AT(TAB_PATH_EDGES);
    t->sequences = AT(TAB_SEQUENCES);
    t->automata = AT(TAB_AUTOMATA);
    t->code = AT(TAB_CODE);
    t->sources = AT(TAB_SOURCES);
    t->edits = AT(TAB_EDITS);
    t->parts = AT(TAB_PARTS);
    t->links = AT(TAB_LINKS);
    t->settings = AT(TAB_SETTINGS);
    t->features = AT(TAB_FEATURES);
    t->rules = AT(TAB_RULES);
    t->guards = AT(TAB_GUARDS);
    t->realisations = AT(TAB_REALISATIONS);
    t->names = AT(TAB_NAMES);
    t->relations = AT(TAB_RELATIONS);
    t->trigger_index = AT(TAB_TRIGGER_INDEX);
    t->triggers = AT(TAB_TRIGGERS);
    t->dialects = AT(TAB_DIALECTS);
    t->varieties = AT(TAB_VARIETIES);
    t->senses = AT(TAB_SENSES);
    t->files = AT(TAB_FILES);
#undef AT
    t->literal_count = (uint32_t)s[TAB_LITERALS].count;
    t->feature_count = (uint32_t)s[TAB_FEATURES].count;
    t->rule_count = (uint32_t)s[TAB_RULES].count;
    t->dialect_count = (uint32_t)s[TAB_DIALECTS].count;
    t->regex_count = (uint32_t)s[TAB_REGEXES].count;
    t->relation_count = (uint32_t)s[TAB_RELATIONS].count;
    t->sense_count = (uint32_t)s[TAB_SENSES].count;
    t->file_count = (uint32_t)s[TAB_FILES].count;
}

isg_status table_open_memory(const void *data, size_t size, struct table *table, isg_error *error)
{
    memset(table, 0, sizeof *table);
    if (!data || (uintptr_t)data % 8 != 0)
        return status_set(error, ISG_ARGUMENT, "a table in memory must be 8-byte aligned");
    isg_status status = check_header(data, size, error);
    if (status != ISG_OK)
        return status;
    table->header = data;
    table->size = size;
    find_sections(table, data);
    const char *part = table_verify(table);
    if (part) {
        memset(table, 0, sizeof *table);
        return status_set(error, ISG_FORMAT, "the rule table is damaged (%s); compile it again "
                                             "with `isogloss compile`", part);
    }
    return ISG_OK;
}

static isg_status with_file(isg_status status, const char *path, isg_error *error)
{
    if (error)
        snprintf(error->file, sizeof error->file, "%s", path);
    return status;
}

isg_status table_open_file(const char *path, struct table *table, isg_error *error)
{
    memset(table, 0, sizeof *table);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return with_file(status_set(error, ISG_IO, "cannot open the rule table: %s",
                                    strerror(errno)), path, error);
    struct stat st;
    isg_status status = ISG_OK;
    void *map = MAP_FAILED;
    if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))
        status = status_set(error, ISG_IO, "the rule table is not a regular file");
    else if (st.st_size < 16 || (uint64_t)st.st_size > LIMIT_TABLE_BYTES)
        status = status_set(error, ISG_FORMAT, "not a rule table of isogloss (%lld bytes); make "
                            "one with `isogloss compile DIR -o FILE`", (long long)st.st_size);
    else if ((map = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0)) == MAP_FAILED)
        status = status_set(error, ISG_IO, "cannot map the rule table: %s", strerror(errno));
    close(fd);
    if (status == ISG_OK) {
        status = table_open_memory(map, (size_t)st.st_size, table, error);
        if (status == ISG_OK)
            table->mapping = map;
        else
            munmap(map, (size_t)st.st_size);
    }
    return status == ISG_OK ? status : with_file(status, path, error);
}

void table_close(struct table *table)
{
    if (table->mapping)
        munmap(table->mapping, table->size);
    memset(table, 0, sizeof *table);
}

const char *table_string(const struct table *table, uint32_t offset)
{
    return offset == TAB_NONE ? NULL : table->strings + offset;
}

uint32_t table_literal(const struct table *table, const char *word, size_t length)
{
    uint64_t slots = table->header->sections[TAB_LITERAL_HASH].count;
    if (slots == 0)
        return TAB_NONE;
    uint64_t i = hash_bytes(word, length, 0) & (slots - 1);
    for (;; i = (i + 1) & (slots - 1)) {
        uint32_t number = table->literal_hash[i];
        if (number == TAB_NONE)
            return TAB_NONE;
        const char *text = table->strings + table->literals[number].text;
        if (strlen(text) == length && memcmp(text, word, length) == 0)
            return number;
    }
}

uint64_t table_count(const struct table *table, enum tab_section_id section)
{
    return table->header->sections[section].count;
}

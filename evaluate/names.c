/* names.c -- an open hash table of strings.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "evaluate/names.h"

#include <stdlib.h>
#include <string.h>

#include "evaluate/random.h"

static uint64_t hash(const char *text, size_t length, uint32_t tag)
{
    uint64_t h = 0xcbf29ce484222325u ^ tag;
    for (size_t i = 0; i < length; i++)
        h = (h ^ (unsigned char)text[i]) * 0x100000001b3u;
    return random_mix(h);
}

void names_clear(struct names *names)
{
    for (size_t i = 0; i < names->count; i++)
        free(names->list[i].text);
    free(names->list);
    free(names->slots);
    *names = (struct names){0};
}

/* The slot where a string is, or would be. */
static size_t slot_of(const struct names *names, const char *text, size_t length, uint32_t tag)
{
    size_t slot = hash(text, length, tag) & (names->slot_count - 1);
    for (; names->slots[slot]; slot = (slot + 1) & (names->slot_count - 1)) {
        const struct name *name = &names->list[names->slots[slot] - 1];
        if (name->length == length && name->tag == tag && !memcmp(name->text, text, length))
            break;
    }
    return slot;
}

static bool grow(struct names *names)
{
    size_t count = names->slot_count ? names->slot_count * 2 : 64;
    uint32_t *slots = calloc(count, sizeof *slots), *old = names->slots;
    struct name *list = realloc(names->list, count / 2 * sizeof *list);
    if (list)
        names->list = list;
    if (!slots || !list) {
        free(slots);
        return false;
    }
    names->slots = slots;
    names->slot_count = count;
    names->capacity = count / 2;
    for (size_t i = 0; i < names->count; i++) {
        const struct name *name = &list[i];
        slots[slot_of(names, name->text, name->length, name->tag)] = (uint32_t)(i + 1);
    }
    free(old);
    return true;
}

uint32_t names_add(struct names *names, const char *text, size_t length, uint32_t tag)
{
    if (names->count == names->capacity && !grow(names))
        return NAMES_NONE;
    size_t slot = slot_of(names, text, length, tag);
    if (names->slots[slot])
        return names->slots[slot] - 1;
    char *copy = malloc(length + 1);
    if (!copy)
        return NAMES_NONE;
    memcpy(copy, text, length);
    copy[length] = '\0';
    names->list[names->count] = (struct name){copy, (uint32_t)length, tag};
    names->slots[slot] = (uint32_t)++names->count;
    return (uint32_t)(names->count - 1);
}

uint32_t names_find(const struct names *names, const char *text, size_t length, uint32_t tag)
{
    if (!names->slot_count)
        return NAMES_NONE;
    size_t slot = slot_of(names, text, length, tag);
    return names->slots[slot] ? names->slots[slot] - 1 : NAMES_NONE;
}

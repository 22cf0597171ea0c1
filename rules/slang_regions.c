/* slang_regions.c -- where a term is said by all entries that have it: an entry may bundle words of
 * several countries under general, while another says of one of them where it is from.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdlib.h>
#include <string.h>

#include "slang.h"

static int by_term(const void *a, const void *b)
{
    return strcmp(((const struct term_regions *)a)->said, ((const struct term_regions *)b)->said);
}

struct term_regions *slang_list_regions(struct arena *arena, struct slang_entry *const *all,
                                        uint32_t entries, uint32_t *count)
{
    uint32_t n = 0;
    *count = 0;
    for (uint32_t i = 0; i < entries; i++)
        for (const struct phrase *p = all[i]->terms; p; p = p->next)
            n++;
    struct term_regions *list = arena_calloc(arena, n + 1, sizeof *list);
    n = 0;
    for (uint32_t i = 0; i < entries && list; i++)
        for (const struct phrase *p = all[i]->terms; p; p = p->next)
            if (all[i]->kind == SLANG_SENSE && !(all[i]->regions & 1u << REGION_GENERAL))
                list[n++] = (struct term_regions){p->said, all[i]->regions};
    if (n > 0)
        qsort(list, n, sizeof *list, by_term);
    for (uint32_t i = 0; i < n; i++)
        if (*count > 0 && strcmp(list[*count - 1].said, list[i].said) == 0)
            list[*count - 1].regions |= list[i].regions;
        else
            list[(*count)++] = list[i];
    return list;
}

uint32_t slang_regions_of(const struct term_regions *list, uint32_t count, const char *said)
{
    const struct term_regions key = {said, 0};
    const struct term_regions *found =
        count > 0 ? bsearch(&key, list, count, sizeof *list, by_term) : NULL;
    return found ? found->regions : 0;
}

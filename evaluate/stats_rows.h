/* stats_rows.h -- the sums of a statistic by cluster, with equal rows taken together. Most clusters
 * have the same sums (nothing changed, nothing lost), and every replicate draws as many clusters as
 * there are, so that only those that differ from the commonest row need to be looked at.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef EVALUATE_STATS_ROWS_H
#define EVALUATE_STATS_ROWS_H

#include "evaluate/stats.h"

struct stats_rows_of {
    uint32_t *order;       /* clusters that have not the commonest row, class by class */
    uint32_t *ends;        /* by class: where it ends in order */
    double *rows;          /* [class * width]: its row less the commonest */
    double *common;        /* the commonest row times the number of clusters */
    size_t classes;
};

/* False: out of memory; clear it all the same. */
bool stats_rows_make(struct stats_rows_of *r, const struct stats_task *task, size_t clusters);
void stats_rows_clear(struct stats_rows_of *r);
/* The totals of a replicate, of how often each cluster is drawn (as many draws as clusters). */
void stats_rows_total(const struct stats_rows_of *r, size_t width, const uint32_t *weights,
                      double *totals);

#endif

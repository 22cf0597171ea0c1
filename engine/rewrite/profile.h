/* profile.h -- a dialect's ratings or a list of features, resolved against one table: for every
 * rule whether it may apply and how often. Immutable.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef REWRITE_PROFILE_H
#define REWRITE_PROFILE_H

#include <isogloss.h>

#include "base/vocab.h"
#include "table/table.h"

enum { AS_ANY = 0xffff };

enum sense_way { SENSE_LITERAL = 1, SENSE_SLANG = 2, SENSE_OWN = 4, SENSE_RARE = 8 };

struct rule_profile {
    double rate;      /* probability a site; 0: off */
    uint16_t chosen;  /* realisation of the rule chosen outright, or AS_ANY */
    uint32_t guards;  /* bits of the guards that are on */
};

struct isg_profile {
    const struct table *table;
    int32_t dialect;             /* number in the table, -1: none */
    unsigned max_features;
    double *feature_rates;       /* by feature of the table; 0: off */
    struct rule_profile *rules;  /* by rule of the table */
    uint64_t *on;                /* the rules whose rate is not 0, as a set of bits */
    bool strata[STRATUM_COUNT];  /* whether any feature of it is on */
    uint8_t *senses;             /* by sense of the table: ways (enum sense_way) that are on */
    bool mark;                   /* slang is found, and nothing rewritten */
    bool one_site;               /* slang is written at one place a sentence */
};

#endif

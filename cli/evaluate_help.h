/* evaluate_help.h -- what 'isogloss evaluate --help' prints.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef CLI_EVALUATE_HELP_H
#define CLI_EVALUATE_HELP_H

static const char evaluate_help[] =
    "Usage: isogloss evaluate --model MODEL [OPTION...] FILE\n"
    "       isogloss evaluate --demo [OPTION...]\n"
    "Asks a model about the items of FILE and about their variants in dialects, and says how much\n"
    "worse it is for them, with intervals, and beside rewordings that are no dialect.\n\n"
    "The model:\n"
    "      --model cmd:PROGRAM     a command for the shell; it reads JSON lines {\"id\", \"text\"} and\n"
    "                              writes JSON lines {\"id\", \"label\"} or {\"id\", \"score\"}, in\n"
    "                              any order; started again if it dies\n"
    "      --model builtin:sentiment\n"
    "                              a tiny model of its own: positive or negative\n"
    "      --model-name NAME       how the result names it\n"
    "      --cache FILE            keep answers here, and ask only what it does not hold\n"
    "      --timeout SECONDS       without a sign of life before it counts as hanging (60)\n\n"
    "The items (FILE: JSON lines, or .csv or .tsv with a header, or embedded:sentiment or\n"
    "embedded:neutral, which come with the program):\n"
    "      --task TASK             classify (a label, the default) or score (a number)\n"
    "      --input-field NAME      the text (text)\n"
    "      --label-field NAME      classify: the right label (label)\n"
    "      --id-field NAME         the item's name (id, else its number)\n"
    "      --cluster-field NAME    items of one author or passage have the same value\n"
    "      --slice-field NAME      gaps also within each value of this field\n"
    "      --slice-minimum N       items a slice needs (20)\n"
    "      --threshold X           score: compare also the share of scores over X\n"
    "      --lower-is-better       score: higher is worse, as of toxicity\n\n"
    "The variants:\n"
    "  -d, --dialect NAME          a dialect by eWAVE code or name; repeat it for several\n"
    "      --all-dialects          all 51 Englishes of the rule table\n"
    "      --contact-language      allow creoles and pidgins\n"
    "  -f, --feature ID[,ID...]    each of these features alone, at every site\n"
    "      --rates RATES           natural (the default), multivalue, or A=.6,B=.2,C=.02\n"
    "      --protect REGEX         leave alone what matches (PCRE2); may be repeated\n"
    "      --seed N                another seed gives other draws (0)\n\n"
    "The result:\n"
    "      --json FILE             all of it as JSON; -: to standard output, without the table\n"
    "      --report FILE           as an HTML page that needs no network\n"
    "      --demo                  for what is not given: the built-in model,\n"
    "                              embedded:sentiment, all dialects\n"
    "      --examples N            examples in it (20)\n"
    "      --resamples N           of bootstrap and permutations (10000)\n"
    "      --fail-if 'gap>X'       exit with 5 if some dialect is worse by more than X\n"
    "      --partial               after Ctrl-C, write the figures of what was answered\n"
    "  -j, --jobs N                threads that rewrite and resample (1)\n"
    "      --table FILE            another rule table than the standard one\n"
    "      --data DIR              folder with table, model and lexicon\n"
    "  -h, --help                  print this\n\n"
    "Exit status: as the other commands; 5 --fail-if is met, 6 stopped by Ctrl-C.\n";

#endif

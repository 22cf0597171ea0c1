/* transform_help.h -- what 'isogloss transform --help' prints.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef CLI_TRANSFORM_HELP_H
#define CLI_TRANSFORM_HELP_H

static const char transform_help[] =
    "Usage: isogloss transform [OPTION...] [FILE...]\n"
    "Rewrites text into dialects of English. Without FILE, or where it is -, reads standard\n"
    "input. Where nothing fires, nothing changes.\n\n"
    "What to write:\n"
    "  -d, --dialect NAME       a dialect by eWAVE code or name; repeat it for several\n"
    "      --all-dialects       all 51 Englishes of the rule table\n"
    "      --contact-language   allow a creole or pidgin as target: the output is English with\n"
    "                           features attested in it, not the language\n"
    "  -f, --feature ID[,ID...] just these features (154, 154.any or a name), at every site\n"
    "      --rate P             one rate, 0 to 1, for every feature the dialect has\n"
    "      --rates RATES        natural (the default), multivalue, or A=.6,B=.2,C=.02\n"
    "      --max-features N     at most N different features a record\n"
    "      --seed N             another seed gives other draws (default 0)\n"
    "      --variants N         N outputs a record, each with its own draws (default 1)\n\n"
    "What to read:\n"
    "      --format FORMAT      lines (the default): each line is a record and gives one line;\n"
    "                           text: a record ends at an empty line; jsonl: one JSON object a\n"
    "                           line; csv, tsv: a header line, then a record a row\n"
    "      --field NAME         jsonl, csv, tsv: the field with the text (default text);\n"
    "                           repeat it for several\n"
    "      --id-field NAME      jsonl, csv, tsv: draws depend on this field, not on the text\n"
    "      --protect REGEX      leave alone what matches (PCRE2); may be repeated\n"
    "      --keep-quotes        leave alone what stands in quotation marks\n\n"
    "Output:\n"
    "  -o, --output PATH        a file; or a folder (it exists, or PATH ends in /), which gets a\n"
    "                           file for each dialect\n"
    "      --explain            say for each edit its feature, rule and place: on stderr, or in\n"
    "                           jsonl as the member 'edits'\n"
    "      --colour WHEN        auto, always, never: with --explain show edits in colour in the\n"
    "                           text (auto: when it goes to a terminal)\n"
    "  -j, --jobs N             work with N threads; the output is the same with any number\n"
    "      --table FILE         another rule table than the standard one\n"
    "      --data DIR           folder with table, model and lexicon\n"
    "  -h, --help               print this\n\n"
    "With several dialects, lines writes CODE<TAB>TEXT; with several variants a column with the\n"
    "variant's number (from 1) stands before TEXT. jsonl adds the members dialect, synthetic,\n"
    "review, with several variants variant, with --explain edits.\n";

#endif

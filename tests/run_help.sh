#!/bin/sh
# run_help.sh -- help, version and wrong usage of every command; the manual page and the help name
# the same options.
#
# SPDX-License-Identifier: Apache-2.0
. "${top_srcdir:-.}/tests/lib/tap.sh"

commands='transform paraphrase analyse features dialects distance explain compile test lint bench'
"$isogloss" --help | grep -q '^  evaluate ' && commands="$commands evaluate"
manual=$(sed 's/\\//g' "$top_srcdir/docs/isogloss.1")
for command in $commands; do
    status 0 "$command --help" "$isogloss" $command --help
    is "$(cat "$scratch/err")" '' "$command --help is quiet on stderr"
    has "$(cat "$scratch/out")" "Usage: isogloss $command" "$command --help says its usage"
    help=$(cat "$scratch/out")
    for option in $(printf '%s' "$help" | grep -oE -- '--[a-z][a-z-]*' | sort -u); do
        has "$manual" "$option" "the manual page has $option of $command"
    done
    has "$("$isogloss" --help)" "$command" "--help lists $command"
    status 2 "$command with an unknown option" "$isogloss" $command --no-such-option
    has "$(cat "$scratch/err")" "--no-such-option" "... which is named"
    is "$(cat "$scratch/out")" '' "... on stderr"
done
is "$("$isogloss" --version)" "isogloss $(sed -n 's/^PACKAGE_VERSION = //p' "$top_builddir/Makefile")" \
    "--version"
status 2 "no command" "$isogloss"
status 2 "an unknown command" "$isogloss" translate
has "$(cat "$scratch/err")" "'translate'" "... is named"

wrong() {
    status 2 "transform $*" "$isogloss" transform "$@" </dev/null
    [ -s "$scratch/err" ]
    ok $? "... says why"
}
wrong --seed minus
wrong --seed -1
wrong --seed 18446744073709551616
wrong --variants 0
wrong --max-features x
wrong --jobs 0
wrong --rate 1.5
wrong --rate -1
wrong --rate 0.5x
wrong --rates A=2
wrong --rates 'A=.5;B=.5'
wrong --rates often
wrong --format xml
wrong --colour sometimes
wrong --field text
wrong --format jsonl --field a --field a
wrong --dialect IrE --all-dialects
wrong --dialect IrE --dialect "Irish English"
wrong --format text --dialect IrE --dialect UAAVE
wrong --dialect
wrong --feature 7 --feature 34
wrong --feature 9999
wrong --feature 154.no-such-rule
wrong --dialect "Irsh English"
has "$(cat "$scratch/err")" "Irish English" "the nearest dialect is named"
wrong --dialect "Tok Pisin"
has "$(cat "$scratch/err")" "--contact-language" "a contact language needs its option"
wrong --protect '(' --feature 7
finish

#!/bin/sh
# run_docs.sh -- every example of README.md and of the manual page is run: a console block holds
# commands after "$ " and what they print.
#
# SPDX-License-Identifier: Apache-2.0
. "${top_srcdir:-.}/tests/lib/tap.sh"
cd "$scratch" || exit 1
ln -s "$isogloss" isogloss
ln -s "$top_srcdir/features" "$top_srcdir/docs" .
PATH=$scratch:$PATH

# run_examples FILE: console blocks to one file a command, then each is run.
run_examples() {
    rm -f example-*
    awk '/^ *```console/ { inside = 1; next }
         /^ *```/ { inside = 0; file = "" }
         inside && /^ *\$ / { n++; sub(/^ *\$ /, ""); file = sprintf("example-%03d", n)
                            print > (file ".sh"); printf "" > (file ".wanted"); more = /\\$/; next }
         inside && more { print > (file ".sh"); more = /\\$/; next }
         inside && file { print > (file ".wanted") }' "$1"
    for example in example-*.sh; do
        [ -e "$example" ] || continue
        name=${example%.sh}
        sh "$example" >"$name.got" 2>&1
        is "$(cat "$name.got")" "$(cat "$name.wanted")" \
            "$(basename "$1"): $(head -n 1 "$example" | tr '#' ' ')"
    done
}
for page in "$top_srcdir"/README.md "$top_srcdir"/CONTRIBUTING.md "$top_srcdir"/docs/*.md; do
    [ ! -e "$page" ] || run_examples "$page"
done

sed -n '/^\.EX/,/^\.EE/p' "$top_srcdir/docs/isogloss.1" | sed -n 's/^\$ //p' | sed 's/\\//g' >commands
while IFS= read -r command; do
    sh -c "$command" >out 2>err
    ok $? "isogloss.1: $command"
done <commands

links=$(for page in "$top_srcdir"/*.md "$top_srcdir"/docs/*.md "$top_srcdir"/data/*.md; do
    [ -e "$page" ] || continue
    grep -oE '\]\([^)# ]+' "$page" | sed 's/](//' | grep -v '^https\{0,1\}:' | while read -r link; do
        [ -e "$(dirname "$page")/$link" ] || echo "$page: $link"
    done
done)
is "$links" '' "links between pages lead somewhere"
# The manual of the rule language lists what a newcomer cannot guess.
for list in CLASS:# STRATUM: FLAG:.; do
    sed -n "/^#define VOCAB_${list%:*}(/,/^\$/p" "$top_srcdir/engine/base/vocab.h" |
        grep -o '"[a-z]*"' | tr -d '"' >names
    missing=$(while read -r name; do
        grep -qF -- "${list#*:}$name" "$top_srcdir/rules/language.md" || echo "$name"
    done <names)
    is "$([ -s names ] || echo "no names"; echo "$missing")" '' "language.md names every ${list%:*} of the vocabulary"
done
if command -v python3 >/dev/null; then
    python3 -m json.tool "$top_srcdir/docs/jsonl.schema.json" >/dev/null
    ok $? "the schema is JSON"
else
    skip "no python3"
fi
finish

#!/bin/sh
# run_slang_cases.sh -- tests/slang/cases.tsv, slang both ways: counts right outputs and wrong touches,
# prints the shares, and fails under the floors below. FAILURES=1 prints each case that fails.
#
# SPDX-License-Identifier: Apache-2.0
. "${top_srcdir:-.}/tests/lib/tap.sh"
cases=$top_srcdir/tests/slang/cases.tsv

# run GROUP OPTION...: the cases that awk's condition GROUP picks, in one process; appends
# kind, region, input, accepted, output to $scratch/all.
run() {
    group=$1
    shift
    grep -v '^#' "$cases" | awk -F'\t' "$group" >"$scratch/cases"
    cut -f3 "$scratch/cases" | "$isogloss" paraphrase "$@" >"$scratch/out" 2>"$scratch/err"
    is "$(wc -l <"$scratch/out")" "$(wc -l <"$scratch/cases")" "a line for each case: $*"
    paste "$scratch/cases" "$scratch/out" >>"$scratch/all"
}
: >"$scratch/all"
run '$1 ~ /^literal/' --literal
for region in UK US AU IE NZ; do
    run '$1 ~ /^slang/ && $2 == "'$region'"' --slang $region --seed 1
done
awk -F'\t' '{
    n = split($4, accepted, / \| /)
    for (i = 1; i <= n && accepted[i] != $5; i++)
        ;
    print (i <= n ? "right" : "wrong") "\t" $1 "\t" $2 "\t" $3 "\t" $5
}' "$scratch/all" >"$scratch/scored"
[ -z "${FAILURES:-}" ] || note_all=$(grep '^wrong' "$scratch/scored")
[ -z "${note_all:-}" ] || printf '%s\n' "$note_all" | sed 's/^/# /'

# floor KIND PERCENT WHAT: at least this share of the kind is right.
floor() {
    right=$(grep -c "^right	$1	" "$scratch/scored")
    total=$(grep -c "	$1	" "$scratch/scored")
    note "$1: $right of $total right"
    [ "$total" -ge 100 ] && [ $((100 * right)) -ge $(($2 * total)) ]
    ok $? "$3: at least $2 %"
}
floor literal-pos 93 "slang put into plain words"
floor literal-neg 98 "ordinary uses left alone"
floor slang-pos 88 "plain words put into slang"
floor slang-neg 94 "other senses of plain words left alone"

# Where slang is from, by the marks of sentences of the UK and of the US.
grep '^literal-pos	U[KS]	' "$cases" | cut -f 2,3 >"$scratch/from"
cut -f 2 "$scratch/from" | "$isogloss" paraphrase --mark | cut -f 1,12 | sort -u >"$scratch/marks"
awk -F'\t' 'NR == FNR { source[$1] = $2; next }
    { n[source[FNR] == "" ? "silent" : source[FNR] == $1 ? "right" : "wrong"]++ }
    END { print n["right"] + 0, n["wrong"] + 0, n["silent"] + 0 }' \
    "$scratch/marks" "$scratch/from" >"$scratch/told"
read -r right wrong silent <"$scratch/told"
note "source: $right right, $wrong wrong, $silent say nothing"
[ "$right" -ge 48 ] && [ "$wrong" -le 7 ]
ok $? "where slang is from is told of two in three, wrongly of one in ten"
finish

#!/bin/sh
# rule_count.sh -- what rules that do not match cost: instructions a sentence with 12, 50 and 500
# rules in the table, counted by callgrind (repeatable, whatever else the machine does). Start-up is
# taken out: the same text is run once and three times. Usage: bench/rule_count.sh [TEXT]
#
# "words": each rule starts at a word that the text does not have; "tags": each starts at any finite
# full verb and fails at its subject.
#
# SPDX-License-Identifier: Apache-2.0
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
isogloss=${ISOGLOSS:-$root/isogloss}
text=${1:-$root/docs/sample.txt}
command -v valgrind >/dev/null || { echo "rule_count.sh: valgrind is not installed" >&2; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# write_rules KIND COUNT: a folder of features of one rule each.
write_rules() {
    mkdir -p "$work/$1$2"
    i=1
    while [ "$i" -le "$2" ]; do
        case $1 in
        words) match="@v:[qzword$i VERB]" ;;
        tags) match="@v:[VBZ|VBD VERB] ; nsubj(v, s:[qzword$i])" ;;
        esac
        cat >"$work/$1$2/$i.xml" <<XML
<feature id="$((2000 + i))" name="none-$i" stratum="lexis"><about>A rule that never matches.</about>
<rule name="r"><match>$match</match><as name="a">v := "other"</as></rule></feature>
XML
        i=$((i + 1))
    done
    "$isogloss" compile "$work/$1$2" -o "$work/$1$2.tab" >/dev/null
}

# count TABLE FEATURES TIMES: instructions of one run over the text so many times.
count() {
    i=0
    : >"$work/text"
    while [ "$i" -lt "$3" ]; do
        cat "$text" >>"$work/text"
        i=$((i + 1))
    done
    valgrind --tool=callgrind --callgrind-out-file=/dev/null \
        "$isogloss" transform --jobs 1 --table "$1" --feature "$2" "$work/text" 2>&1 >/dev/null |
        sed -n 's/.*Collected : *//p'
}

sentences=$("$isogloss" analyse "$text" | grep -c '^# sent_id')
for kind in words tags; do
    base=
    for rules in 12 50 500; do
        write_rules $kind $rules
        ids=$(seq -s , 2001 $((2000 + rules)))
        once=$(count "$work/$kind$rules.tab" "$ids" 1)
        thrice=$(count "$work/$kind$rules.tab" "$ids" 3)
        each=$(((thrice - once) / 2 / sentences))
        base=${base:-$each}
        echo "$kind  $rules rules  $each instructions/sentence  $(echo "$each $base" |
            awk '{printf "%.3f", $1 / $2}') of the first"
    done
done

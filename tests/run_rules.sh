#!/bin/sh
# run_rules.sh -- what rules of one's own do in the engine: words that another stratum makes, the
# document's memory, sequences with many ways to match.
#
# SPDX-License-Identifier: Apache-2.0
. "${top_srcdir:-.}/tests/lib/tap.sh"
cd "$scratch" || exit 1

# feature NUMBER STRATUM MATCH ACTION
feature() {
    printf '<feature id="%s" name="f%s" stratum="%s"><rule name="r"><match>%s</match>' \
        "$1" "$1" "$2" "$3"
    printf '<as name="x">%s</as></rule></feature>' "$4"
}

# gives FEATURES INPUT OUTPUT NAME
gives() {
    is "$(printf '%s\n' "$2" | "$isogloss" transform --table t.tab --feature "$1")" "$3" "$4"
}

mkdir words && cd words || exit 1
feature 1001 verb '@v:[VERB VBD] ; obj(v, o:[boat])' 'v := "sold"' >1.xml
feature 1002 noun '@n:[NOUN :obj] ; obj(v, n) ; v["sold"]' 'n := "ship"' >2.xml
feature 1003 lexis '@d:[DET] ; det(n, d) ; n["ship"]' 'd := "that"' >3.xml
"$isogloss" compile . -o t.tab
gives 1002 'She bought the boat.' 'She bought the boat.' "a rule whose word is missing stays out"
gives 1001,1002,1003 'She bought the boat.' 'She sold that ship.' \
    "... and comes in when an earlier stratum makes the word"
printf 'She bought the boat.\nShe sold a car.\n' |
    "$isogloss" transform --table t.tab --feature 1002,1003 >out
is "$(cat out)" "$(printf 'She bought the boat.\nShe sold that ship.')" "the same a line later"

mkdir ../memory && cd ../memory || exit 1
feature 1001 noun '@n:[friend NOUN] ; doc[!friend]' 'n := "pal" ; remember friend=pal' >1.xml
feature 1002 noun '@n:[friend NOUN] ; doc[friend=chum|pal]' 'n := "mate"' >2.xml
feature 1003 lexis '@n:[dog] ; doc[friend=chum]' 'n := "hound"' >3.xml
"$isogloss" compile . -o t.tab
gives 1001,1002 'A friend met a friend. My friend left.' 'A pal met a mate. My mate left.' \
    "what is remembered flows forward"
gives 1001,1002,1003 "$(printf 'A friend came.\nA friend and a dog.')" \
    "$(printf 'A pal came.\nA pal and a dog.')" "... within a record only"
printf 'A friend met a friend.' >text
"$isogloss" transform --table t.tab --feature 1001,1002 --variants 3 text | cut -f 2 | sort -u >out
is "$(cat out)" "A pal met a mate." "... and anew for each variant"

mkdir ../sequences && cd ../sequences || exit 1
feature 1001 noun '@a:["dog"] ; seq a []{0,9} [big|old]? ( ["red"] | ["very"] ["red"] ) z:["hat"]' \
    'z := "cap"' >1.xml
gap='[]{0,12}'
feature 1002 noun "@a:[\"dog\"] ; seq a $gap [NOUN|big|red] $gap [ADJ|big|red] $gap [VERB|big|old] \
$gap z:[\"hat\"]" 'z := "cap"' >2.xml
feature 1003 noun '@a:["dog"] ; seq a ... z:["hat"]' 'z := "cap"' >3.xml
feature 1004 noun '@a:["hat"] ; seq d:["dog"] []{0,30} a' 'd := "cat"' >4.xml
"$isogloss" compile . -o t.tab --stats >stats 2>err
has "$(cat err)" 'more than 256 states' "an automaton that would be too large is warned of"
is "$(grep -c 'more than 256 states' err)" 1 "... where it is"
[ "$(awk '/automaton nodes/ { print $1 }' stats)" -gt 0 ]
ok $? "the others are in the table"
gives 1001 'A dog wore an old red hat.' 'A dog wore an old red cap.' "an optional box"
gives 1001 'A dog wore a very red hat.' 'A dog wore a very red cap.' "an alternative"
gives 1001 'A dog wore a very hat.' 'A dog wore a very hat.' "no way through"
gives 1002 'A dog saw a big big old hat on a hat.' 'A dog saw a big big old cap on a hat.' \
    "a large one is simulated, and the shortest gaps are taken"
gives 1002 'A dog saw a big old hat.' 'A dog saw a big old hat.' "... and can fail"
many=$(awk 'BEGIN { for (i = 0; i < 60; i++) printf "A dog saw big red old big red things "
                    print "in a hat." }')
gives 1002 "$many" "$(printf '%s' "$many" | sed 's/hat/cap/')" \
    "hundreds of ways to fail before the one that is right"
gives 1003 'A dog in a hat.' 'A dog in a cap.' "..."
gives 1003 'A dog, in a hat.' 'A dog, in a hat.' "... stops at a comma"
gives 1004 'The old dog wore a hat.' 'The old cat wore a hat.' "a gap before the trigger"
finish

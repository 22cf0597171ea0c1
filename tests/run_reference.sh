#!/bin/sh
# run_reference.sh -- what a pronoun stands for is the same wherever windows of a long record end,
# in whatever pieces it comes and with any number of threads; and records know nothing of each other.
#
# SPDX-License-Identifier: Apache-2.0
. "${top_srcdir:-.}/tests/lib/tap.sh"
cd "$scratch" || exit 1
mkdir rules
cat >rules/a.xml <<'X'
<feature id="1010" name="she-for-things" stratum="pronoun">
  <about>Things one can touch are she, beings are thon.</about>
  <rule name="thing">
    <match>@p:["it" PRON] ; e = ref(p)[kind=thing sure=.5 back ge 1 #artifact kettle|boat]</match>
    <as name="her">p := "her"</as>
  </rule>
  <rule name="being">
    <match>@p:["it" PRON] ; e = ref(p)[kind=animal sure ge 50]</match>
    <as name="thon">p := "thon"</as>
  </rule>
  <test>The kettle is old. We like it. | The kettle is old. We like her.</test>
</feature>
X
"$isogloss" compile rules -o t.tab >out 2>&1
ok $? "rules that ask for what a pronoun stands for compile"
run() {
    "$isogloss" transform --table t.tab --feature 1010 "$@"
}

printf '%s\n' 'The kettle is old. We like it.' 'We like it.' 'The idea is old. We like it.' \
    'The boat was ready. The captain painted it.' 'It is raining. The kettle is old.' \
    'The dog barked until we fed it.' >lines
run lines >out
cat >wanted <<'X'
The kettle is old. We like her.
We like it.
The idea is old. We like it.
The boat was ready. The captain painted her.
It is raining. The kettle is old.
The dog barked until we fed thon.
X
same wanted out "kind, class and lemma of a phrase in an earlier sentence; each record by itself"

for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do cat lines; done >many
run many >one
run --jobs 3 many >out
same one out "three threads give what one gives"
(while IFS= read -r line; do printf '%s\n' "$line"; done <many) | run >out
same one out "a slow pipe gives what a file gives"

# One record, in which a window of 16,384 tokens ends before, between and after the two sentences.
awk 'BEGIN {
    for (n = 8180; n < 8196; n++) {
        for (i = 0; i < n; i++) printf "Yes. ";
        print "The kettle is old. We like it."
    }
}' >long
run long >out
is "$(grep -c 'We like her\.$' out)" 16 "the end of a window is no border"
awk 'BEGIN {
    printf "The kettle is old.";
    for (i = 0; i < 400; i++) printf " Yes.";
    print " We like it."
}' >far
run far >out
same far out "but what is far back is forgotten"
finish

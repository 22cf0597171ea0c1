#!/bin/sh
# run_explain.sh -- isogloss explain says what became of every rule: where it failed, which guard
# vetoed, what it was blocked by, what it did; with several features, in the order they run.
#
# SPDX-License-Identifier: Apache-2.0
. "${top_srcdir:-.}/tests/lib/tap.sh"
cd "$scratch" || exit 1

# rule NUMBER STRATUM ATTRIBUTES MATCH ACTION REST...: a feature of one rule called r.
feature() {
    printf '<feature id="%s" name="f%s" stratum="%s" %s><rule name="r" %s><match>%s</match>%s' \
        "$1" "$1" "$2" "$3" "$4" "$5" "${7:-}"
    printf '<as name="x">%s</as></rule>%s</feature>' "$6" "${8:-}"
}
feature 1001 noun '' '' '@n:[dog]' 'n := "hound"' >1001.xml
feature 1002 noun '' '' '@n:[dog]' 'n := "cur"' >1002.xml
feature 1003 noun '' '' '@n:[dog]' 'n := "mutt"' '' '<order after="1001"/>' >1003.xml
feature 1004 lexis '' 'sure="1"' '@n:[hound|dog] ; det(n, d)' 'n := "hunter"' \
    '<unless name="that">d["that"]</unless>' >1004.xml
feature 1005 clause '' '' '@v:[bark] ; g = vg(v)[tense=past !perf sound]' 'set g perf=yes' '' \
    '<order blocks="1001"/>' >1005.xml
feature 1006 noun 'group="g" per="document"' '' '@n:[cat]' 'n := "puss"' >1006.xml
feature 1007 noun 'group="g" per="document"' '' '@n:[cat]' 'n := "moggy"' >1007.xml
"$isogloss" compile . -o t.tab 2>err
ok $? "the features compile"
# explains FEATURES TEXT PART...: the explanation has each part.
explains() {
    status 0 "$2" "$isogloss" explain --table t.tab --feature "$1" "$2"
    text=$(cat out)
    shift 2
    for part in "$@"; do
        has "$text" "$part" "... $part"
    done
}
explains 1001 'The dog slept.' '1001 f1001, rule r at "dog"' 'fires: <as> x (line 1)' \
    'result: The hound slept.'
explains 1001 'The cat slept.' 'rule r' 'nothing here can start it, or a word it needs is missing' 'result: unchanged'
explains 1001,1002,1003 'The dog slept.' 'blocked: feature 1001 f1001 has taken the place' \
    'after="1001"' 'result: The mutt slept.'
explains 1001,1004 'A dog slept.' 'stratum lexis: A hound slept.' \
    'no match: confidence' 'is below sure=1.00'
explains 1004 'That dog slept.' 'sure=1.00'
sed 's/ sure="1"//' 1004.xml >1008.xml
sed -i 's/1004/1008/g' 1008.xml
"$isogloss" compile . -o t.tab 2>err
explains 1008 'That dog slept.' 'vetoed by guard that (line 1)' 'result: unchanged'
explains 1008 'Dogs slept.' 'no match: fails at line 1: det(n, d)' \
    '"Dogs" is nsubj of "slept"'
explains 1008 'Big dogs sleep and it rained.' '"dogs" is nsubj of "sleep" and has amod "Big"'
explains 1008 'Dogs!' '"Dogs" is the root and has punct "!"'
explains 1005 'The dog had barked.' 'fails at line 1: g = vg(v)[tense=past !perf sound]' \
    'vg "had barked" is: form=fin tense=past perf'
explains 1001,1005 'The dog barked.' 'blocked: feature 1005 f1005 fired in this clause' \
    'result: The dog had barked.'
explains 1006,1007 'The cat slept.' 'not drawn: of group g feature 100'
is "$("$isogloss" explain --table t.tab --feature 1006,1007 'The cat slept.' | grep -c fires)" 1 \
    "one of a group fires"

# A rule that would match what it writes does so once; of two that claim a word one wins, whichever
# way round they are asked for.
feature 1011 noun '' '' '@n:[dog]' 'insert "dog" before n' >1011.xml
feature 1012 noun '' '' '@n:[dog]' 'n := "dog dog"' >1012.xml
feature 1013 noun '' '' '@n:[dog] ; seq [a] n [VERB]' 'delete n' >1013.xml
"$isogloss" compile . -o t.tab 2>err
explains 1013 'Then we saw the dog here.' 'around it: Then/ADV/RB we/PRON/PRP saw/VERB/VBD the/DET/DT dog/NOUN/NN here/ADV/RB ./PUNCT'
explains 1011 'The dog slept.' 'result: The dog dog slept.'
explains 1012 'The dog slept.' 'result: The dog dog slept.'
is "$(echo 'The dog slept.' | "$isogloss" transform --table t.tab --feature 1002,1001)" \
    "$(echo 'The dog slept.' | "$isogloss" transform --table t.tab --feature 1001,1002)" \
    "the first in order wins, not the first asked for"

# A test that fails says what the rules did; --verbose says it of those that pass.
feature 1009 noun '' '' '@n:[dog] ; det(n, d)' 'n := "hound"' '' \
    '<test>The dog slept.|The hund slept.</test><keep because="match">Dogs slept.</keep>' >one.md
sed -i '1s/^/```xml\n/; $s/$/\n```\n/' one.md
status 1 "a test that fails" "$isogloss" test one.md
has "$(cat out)" "fires: <as> x" "... says which rule fired"
status 1 "... with --verbose" "$isogloss" test --verbose one.md
has "$(cat out)" "no match: fails at line 2: det(n, d)" "... a keep says which statement failed"

# The explanation is of the seed that failed: here the rate, which was drawn with seed 0, said no.
feature 1015 noun '' 'rate=".5"' '@n:[dog]' 'n := "hound"' '' '<test>A dog slept.|A hound slept.</test>' >half.xml
status 1 "a test of a rule with a rate" "$isogloss" test half.xml
has "$(cat out)" "got     A dog slept." "... fails where it was not drawn"
has "$(cat out)" "not drawn: the rate said no here" "... and says so"
sed -i 's/<test>/<test rule="r">/' half.xml
status 0 "... and passes when the test names the rule" "$isogloss" test half.xml

# Every realisation is forced, however rarely it is drawn; a guard that a <keep> names must matter.
cat >two.md <<'END'
```xml
<feature id="1010" name="rare" stratum="noun">
  <rule name="r"><match>@n:["dog"]</match>
    <unless name="hot">seq ["hot"] n</unless>
    <unless name="sea">seq ["sea"] n</unless>
    <as name="often" weight="1000">n := "hound"</as>
    <as name="seldom" weight="0.001">n := "cur"</as></rule>
  <test>The dog slept. | The hound slept.</test>
  <keep because="hot">The hot dog was cold.</keep>
  <keep because="sea">The cat slept.</keep>
  <keep because="match">The sea dog slept.</keep>
</feature>
```
END
status 1 "a realisation that is hardly ever drawn" "$isogloss" test two.md
has "$(cat out)" "forced  <as> seldom of rule r" "... is forced"
has "$(cat out)" "got     The cur slept." "... and its output is shown"
has "$(cat out)" "the guard 'sea' does not matter" "a guard that is not needed"
has "$(cat out)" "rule 'r' matches; the guard 'sea' saves it" 'a keep because of "match" that a guard saves'
has "$(cat out)" "1 passed, 3 failed" "... and no other"
finish

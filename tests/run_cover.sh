#!/bin/sh
# run_cover.sh -- isogloss test --cover: what rules do over a text, counted by hand here.
#
# SPDX-License-Identifier: Apache-2.0
. "${top_srcdir:-.}/tests/lib/tap.sh"
cd "$scratch" || exit 1
cat >dog.xml <<'END'
<feature id="1001" name="dog" stratum="noun">
  <rule name="big">
    <match>
      @n:["dog"]
      amod(n, a)
      any { a["big"] } or { a["old"] }
      not { seq n ["and"] }
    </match>
    <unless name="bark">seq n ["barked"]</unless>
    <unless name="idle">seq n ["never"]</unless>
    <as name="hound" weight="9">n := "hound"</as>
    <as name="cur">when n[.fresh] : n := "cur"</as>
  </rule>
  <rule name="cat" sure="1"><match>@n:["cat"] ; det(n, d)</match><as name="x">n := "puss"</as></rule>
</feature>
END
cat >other.xml <<'END'
<feature id="1002" name="cow" stratum="noun">
  <rule name="r"><match>@n:["cow"]</match><as name="x">n := "heifer"</as></rule>
</feature>
END
cat >text <<'END'
The big dog slept.
The dog slept.
A small dog slept.
The old dog barked.
She saw a big dog and a cow.
Nothing here.
END
tab=$(printf '\t')
row() {
    line=$(awk -F '\t' -v rule="$1" -v kind="$2" -v text="$3" \
        '$2 == rule && $3 == kind && $5 == text { print $6 "/" $7 }' cover.tsv)
    is "$line" "$4" "$1: $2 $3"
}
status 0 "--cover" "$isogloss" test --cover text --format tsv dog.xml
cp out cover.tsv
is "$(head -n 1 cover.tsv)" "feature${tab}rule${tab}kind${tab}line${tab}text${tab}tried${tab}hits${tab}example" \
    "the columns"
row big rule big 5/2
row big statement 'amod(n, a)' 5/4
row big statement 'not { seq n ["and"] }' 4/3
row big statement 'any { a["big"] } or { a["old"] }' 3/2
row big guard bark 2/1
row big guard idle 2/0
row cat rule cat 0/0
row cat statement 'sure=' 0/0
is "$(awk -F '\t' '$3 == "as" && $2 == "big" { n += $7 } END { print n }' cover.tsv)" 1 \
    "big: realisations used"
has "$(grep 'statement.*amod' cover.tsv)" "The dog slept." "an example of where a statement stops"
has "$(grep 'guard.*bark' cover.tsv)" "The old dog barked." "... of a veto"
has "$(grep "${tab}as${tab}" cover.tsv | head -n 2)" "The big" "... of what a realisation writes"
is "$(grep -c heifer cover.tsv)" 0 "only the feature that was named"
status 0 "... as a table" "$isogloss" test --cover text dog.xml
has "$(cat out)" "2 of 5 places match" "... for people"
has "$(cat out)" "1 of 2 vetoed by guard bark (line 9)" "... guards"
status 3 "a text that is not there" "$isogloss" test --cover nowhere dog.xml
status 2 "a format that is none" "$isogloss" test --cover text --format json dog.xml
# One statement's places are those that the one before let past, the last one's the matches.
"$isogloss" test --cover "$top_srcdir/docs/sample.txt" --format tsv "$top_srcdir/features" >all
is "$(awk -F '\t' '
    $3 == "rule" { if (NR > 2 && past != matched) print name; name = $1 "." $2; past = $6; matched = $7 }
    $3 == "statement" { if ($6 != past) print name, $5; past = $7 }' all)" '' \
    "the counts of the standard features add up"
finish

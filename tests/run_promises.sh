#!/bin/sh
# run_promises.sh -- the same bytes for the same record, whatever the threads, the order, the files
# or the format; several dialects and variants at once give what each gives alone.
#
# SPDX-License-Identifier: Apache-2.0
. "${top_srcdir:-.}/tests/lib/tap.sh"
cd "$scratch" || exit 1
sample=$top_srcdir/docs/sample.txt
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    sed "s/\$/ It was day $i./" "$sample"
done >many
dialects='--dialect IrE --dialect UAAVE --dialect CollSgE --dialect IndE'

"$isogloss" transform many >out 2>err
same many out "without dialect or feature nothing changes"
[ -s err ]
ok $? "... and it is said"
"$isogloss" transform --dialect IrE --rate 0 many >out
same many out "at rate 0 nothing changes"

"$isogloss" transform $dialects many >one
for jobs in 2 3 7; do
    "$isogloss" transform $dialects --jobs $jobs many >out
    same one out "$jobs threads give what one gives"
done
"$isogloss" transform $dialects <many >out
same one out "standard input gives what a file gives"
(while IFS= read -r line; do printf '%s\n' "$line"; done <"$sample") |
    "$isogloss" transform $dialects >out
"$isogloss" transform $dialects "$sample" >small
same small out "a slow pipe gives what a file gives"
"$isogloss" transform $dialects "$sample" "$sample" >out
cat small small >twice
same twice out "two files give what each gives"

awk '{ print NR "\t" $0 }' many | sort -k 1.2 | cut -f 2- >shuffled
"$isogloss" transform --dialect UAAVE many | sort >one.sorted
"$isogloss" transform --dialect UAAVE shuffled | sort >out
same one.sorted out "shuffled records give the same records"

for code in IrE UAAVE CollSgE IndE; do
    "$isogloss" transform --dialect $code many >alone
    awk -F '\t' -v code=$code '$1 == code { print substr($0, length(code) + 2) }' one >out
    same alone out "$code among others is what it is alone"
    cmp -s alone many
    [ $? -eq 1 ]
    ok $? "... and is not the input"
done
"$isogloss" transform $dialects --output folder/ many
"$isogloss" transform --dialect IndE many >alone
same alone folder/inde.txt "a file for each dialect"
is "$(ls folder | wc -l | tr -d ' ')" 4 "... for each of them"

"$isogloss" transform --dialect UAAVE --variants 3 "$sample" >out
is "$(wc -l <out | tr -d ' ')" "$(($(wc -l <"$sample") * 3))" "three variants a record"
"$isogloss" transform --dialect UAAVE "$sample" >alone
awk -F '\t' '$1 == 1 { print substr($0, 3) }' out >first
same alone first "the first variant is the output without variants"
"$isogloss" transform --dialect UAAVE --seed 1 "$sample" >seed
cmp -s seed alone
[ $? -eq 1 ]
ok $? "another seed gives another output"
"$isogloss" transform --dialect UAAVE --seed 0 "$sample" >out
same alone out "seed 0 is the default"

"$isogloss" transform --dialect UAAVE --rates multivalue "$sample" >out
"$isogloss" transform --dialect UAAVE --rates A=1,B=.6,C=.3 "$sample" >rates
same out rates "--rates multivalue is A=1, B=.6, C=.3"
"$isogloss" transform --dialect "urban african american vernacular english" "$sample" >out
same alone out "a dialect by its name"

# Lines and JSON agree.
awk '{ gsub(/\\/, "\\\\"); gsub(/"/, "\\\""); print "{\"text\":\"" $0 "\"}" }' "$sample" >json
"$isogloss" transform --dialect UAAVE --format jsonl json |
    sed 's/^{"text":"//; s/", *"dialect": *"UAAVE", *"synthetic": *true, *"review": *"none"}$//; s/\\"/"/g; s/\\\\/\\/g' >out
same alone out "JSON records give what lines give"

# A paragraph that is one line is the same record as that line.
sed 's/$/\n/' "$sample" >paragraphs
"$isogloss" transform --feature 154,155,170 "$sample" >lines
"$isogloss" transform --feature 154,155,170 --format text paragraphs | sed '/^$/d' >out
same lines out "paragraphs of one line give what lines give"

"$isogloss" transform --dialect UAAVE --explain "$sample" >out 2>err
same alone out "--explain leaves the output alone"
[ -s err ] && ! grep -qvE '^([^:]+: )?line [0-9]+: feature [0-9]+ [a-z-]+\.[a-z-]+ \(features/[^:]+:[0-9]+\) ".*" -> ".*"$' err
ok $? "... and says each edit's feature, rule, place and texts"
is "$("$isogloss" transform --dialect IrE --explain --colour always "$sample" 2>/dev/null |
    sed 's/\x1b\[9;31m[^\x1b]*\x1b\[0m//g; s/\x1b\[[0-9;]*m//g')" \
    "$("$isogloss" transform --dialect IrE "$sample")" "colours only add to the output"

text="They said \"he does not know anything\" but he does not know anything."
is "$(echo "$text" | "$isogloss" transform --feature 154,170 --keep-quotes | grep -o '".*"')" \
    '"he does not know anything"' "--keep-quotes leaves quotations alone"
is "$(echo "He knows Ada and she likes tea." |
    "$isogloss" transform --feature 170 --protect 'knows? [A-Z][a-z]+')" \
    "He knows Ada and she like tea." "--protect leaves matches alone"
few=$("$isogloss" transform --dialect UAAVE --rate 1 --max-features 1 --format jsonl --explain json |
    awk '{ first = ""; while (match($0, /"feature": ?[0-9]+/)) { f = substr($0, RSTART, RLENGTH)
        if (first != "" && f != first) print; first = f; $0 = substr($0, RSTART + RLENGTH) } }')
is "$few" '' "--max-features 1 lets one feature in a record fire"

# The table: the same sources, the same bytes.
"$isogloss" compile "$top_srcdir/features" -o again.tab
same "$top_builddir/isogloss.tab" again.tab "compiling twice gives the same bytes"
cp -R "$top_srcdir/features" features
"$isogloss" compile features -o again.tab
same "$top_builddir/isogloss.tab" again.tab "... from another folder too"
finish

#!/bin/sh
# run_compile.sh -- isogloss compile: broken files among good ones, tables extended by --base, tables
# with thousands of rules.
#
# SPDX-License-Identifier: Apache-2.0
. "${top_srcdir:-.}/tests/lib/tap.sh"
cd "$scratch" || exit 1

# feature NUMBER WORD NEW STRATUM
feature() {
    printf '<feature id="%s" name="f%s" stratum="%s"><rule name="r"><match>@n:["%s"]</match>' \
        "$1" "$1" "${4:-noun}" "$2"
    printf '<as name="x">n := "%s"</as></rule></feature>\n' "$3"
}
# rewrites TABLE FEATURES TEXT WANTED NAME
rewrites() {
    is "$(echo "$3" | "$isogloss" transform --table "$1" --feature "$2" 2>&1)" "$4" "$5"
}

# A broken file: the others are compiled, it is named, the exit status says so.
mkdir rules
feature 1001 dog hound >rules/a.xml
feature 1002 cat puss | sed 's/@n/@n:@n/' >rules/b.xml
feature 1003 cow heifer >rules/c.xml
status 4 "a folder with a broken file" "$isogloss" compile rules -o t.tab
has "$(cat err)" "not compiled: rules/b.xml" "... names it"
has "$(cat err)" "rules/b.xml:1:" "... and the place"
is "$(grep -c 'not compiled' err)" 1 "... and only it"
rewrites t.tab 1001,1003 'The dog saw a cow.' 'The hound saw a heifer.' "... the others are in the table"
is "$(ls | grep -c new)" 0 "... nothing half written is left"
status 4 "features that run in a circle" sh -c '
    sed "s#</rule>#</rule><order after=\"1003\"/>#" rules/a.xml >x && mv x rules/a.xml
    sed "s#</rule>#</rule><order after=\"1001\"/>#" rules/c.xml >x && mv x rules/c.xml
    cp t.tab before; rm rules/b.xml; exec "$0" compile rules -o t.tab' "$isogloss"
has "$(cat err)" "circle" "... are named"
same before t.tab "... and the old table stays"
echo kept >old
status 4 "nothing but a broken file" sh -c '
    mkdir bad; echo "<feature" >bad/x.xml; exec "$0" compile bad -o old' "$isogloss"
is "$(cat old)" kept "... the old file stays"
status 4 "a folder without a feature" sh -c '
    mkdir -p none/lists; echo word >none/lists/words.txt; exec "$0" compile none -o old' "$isogloss"
is "$(cat old)" kept "... the old file stays"

# Extending a table.
mkdir -p base/lists base/dialects mine
printf 'dog\nfox\n' >base/lists/pets.txt
feature 1001 dog hound | sed 's/"dog"/#pets/' >base/a.xml
feature 1002 cat puss >base/b.xml
printf '<dialect code="XX" name="X" region="Here" type="T" latitude="0" longitude="0" review="none"><rating grade="A">1</rating></dialect>' >base/dialects/xx.xml
"$isogloss" compile base -o base.tab 2>err
ok $? "a table to extend"
feature 1002 cat moggy >mine/b.xml
feature 1003 cow heifer >mine/c.xml
sed 's/grade="A"/grade="B"/' base/dialects/xx.xml >mine/xx.xml
status 0 "--base" "$isogloss" compile mine --base base.tab -o more.tab
has "$(cat err)" "mine/b.xml:1:1: note: feature 1002 replaces f1002 of the table" "... notes what is replaced"
has "$(cat err)" 'note: dialect "XX" replaces that of the table' "... dialects too"
is "$(grep -c note: err)" 2 "... and nothing else"
rewrites more.tab 1001,1002,1003 'The fox, the cat and the cow.' 'The hound, the moggy and the heifer.' \
    "... old, replaced and new features"
is "$("$isogloss" features --table more.tab --format tsv | cut -f 1 | tr '\n' ' ')" 'id 1001 1002 1003 ' \
    "... are all there, each once"
status 0 "--base on what --base made" "$isogloss" compile mine --base more.tab -o again.tab
same more.tab again.tab "... gives the same bytes"
mkdir -p lists/lists
printf 'dog\n' >lists/lists/pets.txt
feature 1004 pig hog >lists/d.xml
status 0 "a list of the same name" "$isogloss" compile lists --base base.tab -o lists.tab
has "$(cat err)" 'note: list "pets" replaces that of the table' "... is noted"
rewrites lists.tab 1001 'The fox and the dog.' 'The fox and the hound.' "... and used"
status 4 "a broken file with --base" sh -c '
    echo "<feature" >mine/d.xml; exec "$0" compile mine --base base.tab -o broken.tab' "$isogloss"
rewrites broken.tab 1001,1003 'The fox and the cow.' 'The hound and the heifer.' "... the others are there"
rm mine/d.xml
"$isogloss" compile "$top_srcdir/features" -o same.tab
status 0 "--base standard" "$isogloss" compile mine --base standard -o std.tab
rewrites std.tab 1003,154 "The cow doesn't eat anything." "The heifer doesn't eat nothing." \
    "... standard features and one's own"
is "$("$isogloss" dialects --table std.tab --format tsv | wc -l | tr -d ' ')" 79 "... and all dialects"
status 3 "a base that is not there" "$isogloss" compile mine --base nowhere.tab -o x.tab
status 4 "a base that is no table" "$isogloss" compile mine --base mine/c.xml -o x.tab
head -c 3000 base.tab >short.tab
status 4 "a damaged base" "$isogloss" compile mine --base short.tab -o x.tab
has "$(cat err)" "short.tab" "... is named"
[ ! -e x.tab ]
ok $? "... and nothing is written"

mkdir slang
printf 'nick : v UK\n  = steal\n  + He nicked my bike. | He stole my bike.\n\nnock : zz UK\n  = steal\n' >slang/a.slang
status 4 "a lexicon with a broken entry" "$isogloss" compile slang -o slang.tab
status 0 "... as a base" "$isogloss" compile lists --base slang.tab -o x.tab
is "$(cat err)" '' "... what was reported is not reported again"

# Thousands of rules: features of ten rules each, over words, tags, relations and objects.
thousands() {
    awk -v rules="$1" 'BEGIN {
        for (f = 0; f * 10 < rules; f++) {
            file = sprintf("many/%05d.xml", f)
            printf "<feature id=\"%d\" name=\"f%d\" stratum=\"lexis\">\n", 2000 + f, f >file
            for (r = 0; r < 10; r++) {
                w = sprintf("w%c%c%c", 97 + f % 26, 97 + int(f / 26) % 26, 97 + r) (f >= 676 ? "q" : "")
                printf "<rule name=\"r%d\"><match>@n:[NOUN \"%s\" :nsubj|:obj] ; nsubj|obj(v, n) ; ", r, w >file
                printf "g = vg(v)[form=fin !perf] ; not { seq n [\"of\"|\"with%d\"] }</match>", r >file
                printf "<unless name=\"u\">amod(n, a:[ADJ \"%sy\"])</unless>", w >file
                printf "<as name=\"x\">n := \"%sx\"</as><as name=\"y\">insert \"%sy\" before n</as></rule>\n", w, w >file
            }
            print "</feature>" >file
            close(file)
        }
    }'
}
count=${ISOGLOSS_RULES:-2000}
mkdir many
thousands "$count"
start=$(date +%s)
status 0 "$count rules compile" "$isogloss" compile many -o many.tab --stats
end=$(date +%s)
has "$(cat out)" "$count  rules" "... all of them"
[ $((end - start)) -lt 20 ]
ok $? "... in less than 20 seconds"
note "$count rules: $((end - start)) s, $(wc -c <many.tab) bytes"
rewrites many.tab 2000 'The waac saw it.' 'The waacx saw it.' "... the table opens and its rules work"
finish

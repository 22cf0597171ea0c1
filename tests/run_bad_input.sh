#!/bin/sh
# run_bad_input.sh -- input nobody should send: each gives a clear message and the right exit status,
# loses nothing, and lets every other record be done.
#
# SPDX-License-Identifier: Apache-2.0
. "${top_srcdir:-.}/tests/lib/tap.sh"
cd "$scratch" || exit 1

# through NAME FILE [OPTION...]: with no feature chosen the file comes out byte for byte.
through() {
    name=$1 file=$2
    shift 2
    status 0 "$name" "$isogloss" transform --feature '' "$@" "$file"
    same "$file" out "... comes out byte for byte"
}
# lines NAME FILE: with features as many lines come out as go in.
lines() {
    status 0 "$1 with a dialect" "$isogloss" transform --dialect UAAVE "$2"
    is "$(wc -l <out)" "$(wc -l <"$2")" "... as many lines"
}

: >empty
printf '   \t  ' >spaces
printf '\n\n\n' >blank
printf 'She walks.\r\nHe talks.\r\n' >crlf
printf '\357\273\277He likes tea.\n' >bom
printf 'no line end' >unended
printf 'A \000 byte and \000\000 more.\n\000\n' >nul
printf 'caf\351 \377\376 \303( \355\240\200 \364\220\200\200 end\n\200\n' >invalid
awk 'BEGIN { for (i = 0; i < 100000; i++) printf "("; for (i = 0; i < 100000; i++) printf ")"
             print "" }' >brackets
awk 'BEGIN { for (i = 0; i < 100000; i++) printf "[He said \"<"; print "" }' >nested
awk 'BEGIN { for (i = 0; i < 700000; i++) printf "she does not "; print "" }' >long
awk 'BEGIN { for (i = 0; i < 1000000; i++) printf "aaaaaaaaaa"; print "" }' >solid
head -c 200000 "$isogloss" >binary
for file in empty spaces blank crlf bom unended nul invalid brackets nested solid binary; do
    through "$file" $file
    through "$file as text" $file --format text
done
for file in nul invalid brackets nested binary; do
    lines $file $file
done
status 0 "a line of 9 MB with a dialect" "$isogloss" transform --feature 154,170 long
is "$(wc -l <out)" 1 "... is one line"

printf 'She lives here.\r\nHe works.\r\n' >crlf
status 0 "CRLF with a feature" "$isogloss" transform --feature 170 crlf
is "$(od -An -c out | tr -d ' \n')" 'Shelivehere.\r\nHework.\r\n' "... keeps its line ends"
printf '\357\273\277She lives here.\n' >bom
"$isogloss" transform --feature 170 bom >out
is "$(od -An -tx1 out | tr -d ' \n' | cut -c1-6)" efbbbf "a byte order mark stays"

if [ -w /dev/full ]; then
    status 3 "a full disk" sh -c "'$isogloss' transform --feature 170 crlf >/dev/full"
    has "$(cat err)" "No space left" "... is named"
    status 3 "a full disk, --output" "$isogloss" transform --feature 170 crlf -o /dev/full
    status 3 "a full disk, features" sh -c "'$isogloss' features >/dev/full"
    status 3 "a full disk, analyse" sh -c "'$isogloss' analyse crlf >/dev/full"
else
    skip "no /dev/full"
fi
awk 'BEGIN { for (i = 0; i < 100000; i++) print "She lives here." }' >many
for jobs in 1 2; do
    ("$isogloss" transform --feature 170 --jobs $jobs many; echo $? >code) 2>err | head -n 1 >out
    is "$(cat out)" "She live here." "a closed pipe with $jobs jobs: what was read is right"
    is "$(cat code)" 3 "... the exit status"
    is "$(cat err)" '' "... no noise"
done
status 3 "a file that is not there" "$isogloss" transform --feature 170 missing crlf
has "$(cat err)" "missing" "... is named"
is "$(wc -l <out | tr -d ' ')" 2 "... and the others are done"
status 3 "a folder as a file" "$isogloss" transform --feature 170 .
status 3 "an output folder that is not there" "$isogloss" transform --feature 170 crlf -o no/where/x
status 2 "input as output" "$isogloss" transform --feature 170 crlf --output crlf
is "$(wc -c <crlf | tr -d ' ')" 28 "... is not touched"

# Tables.
status 3 "a table that is not there" "$isogloss" transform --table none --feature 170 crlf
table=$top_builddir/isogloss.tab
: >short
status 4 "an empty table" "$isogloss" transform --table short --feature 170 crlf
head -c 100 "$table" >short
status 4 "a table cut short" "$isogloss" transform --table short --feature 170 crlf
cp "$table" damaged
printf 'XXXX' | dd of=damaged bs=1 seek=5000 conv=notrunc 2>/dev/null
status 4 "a damaged table" "$isogloss" transform --table damaged --feature 170 crlf
has "$(cat err)" "damaged" "... is named"
cp "$table" older
printf '\000\000\000\000' | dd of=older bs=1 seek=8 conv=notrunc 2>/dev/null
status 4 "an older table" "$isogloss" transform --table older --feature 170 crlf
has "$(cat err)" "compile" "... the cure is named"
cp "$table" newer
printf '\377\000\000\000\377' | dd of=newer bs=1 seek=8 conv=notrunc 2>/dev/null
status 4 "a newer table" "$isogloss" transform --table newer --feature 170 crlf
status 4 "a text as table" "$isogloss" transform --table crlf --feature 170 crlf
status 3 "a data folder with nothing in it" "$isogloss" transform --data . --feature 170 crlf
mkdir data
cp "$top_srcdir"/data/isogloss.lex "$table" data
cp "$top_srcdir"/data/isogloss.model model
for at in 12 40 5000; do
    cp model data/isogloss.model
    printf '\377\377\377\377' | dd of=data/isogloss.model bs=1 seek=$at conv=notrunc 2>/dev/null
    status 4 "a model damaged at $at" "$isogloss" transform --data data --feature 170 crlf
    cp "$top_srcdir"/data/isogloss.model data
    cp "$top_srcdir"/data/isogloss.lex data
    printf '\377\377\377\377' | dd of=data/isogloss.lex bs=1 seek=$at conv=notrunc 2>/dev/null
    status 4 "a lexicon damaged at $at" "$isogloss" transform --data data --feature 170 crlf
done

# Rule files.
mkdir rules
cat >rules/900-wrong.xml <<'END'
<feature id="900" name="wrong" area="negation" stratum="negation" colour="blue">
  <about>An attribute nobody knows.</about>
  <rule name="a"><match>@a:[not]</match><as name="x">delete a</as></rule>
</feature>
END
status 4 "a rule file with an unknown attribute" "$isogloss" compile rules -o rules.tab
has "$(cat err)" "900-wrong.xml:1" "... the place is named"
has "$(cat err)" "colour" "... the attribute is named"
[ ! -e rules.tab ]
ok $? "... no table is written"
status 3 "a rule folder that is not there" "$isogloss" compile nowhere -o rules.tab
printf '<feature' >rules/900-wrong.xml
status 4 "a rule file that is no XML" "$isogloss" compile rules -o rules.tab
printf '<!DOCTYPE x [<!ENTITY a "b">]><feature id="1">&a;</feature>' >rules/900-wrong.xml
status 4 "a rule file with entities" "$isogloss" compile rules -o rules.tab
status 4 "... tested" "$isogloss" test rules/900-wrong.xml
finish

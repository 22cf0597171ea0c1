#!/bin/sh
# run_csv.sh -- transform over CSV and TSV: other columns stay byte for byte, quoting is kept, rows may
# hold line ends, and rows that do not fit are reported while the others are done.
#
# SPDX-License-Identifier: Apache-2.0
. "${top_srcdir:-.}/tests/lib/tap.sh"
cd "$scratch" || exit 1

printf 'id,text,note\r\n1,"He works, she said.","a ""b"""\r\n2,"She sings.\nIt runs.",\r\n3,plain,x\r\n' \
    >in.csv
"$isogloss" transform --feature 170 --format csv in.csv >out
printf 'id,text,note,dialect,synthetic,review\r\n1,"He work, she said.","a ""b""",,true,none\r\n' >wanted
printf '2,"She sing.\nIt run.",,,true,none\r\n3,plain,x,,true,none\r\n' >>wanted
same out wanted "texts are rewritten, everything else stays"
for jobs in 1 3; do
    awk 'BEGIN { print "text,id"; for (i = 0; i < 4000; i++) print "\"He works,\nshe sings.\"," i }' |
        "$isogloss" transform --feature 170 --format csv --jobs $jobs | cksum >sum.$jobs
done
same sum.1 sum.3 "any number of threads"
printf 'text\nHe works\n"He works and ""she"" sings"\n' | "$isogloss" transform --feature 170 --format csv |
    cut -d , -f 1 >out
printf 'text\nHe work\n"He work and ""she"" sing"\n' >wanted
same out wanted "quotation marks only where they were or must be"

printf 'a\ttext\tb\n1\tHe "works\t2\n' | "$isogloss" transform --feature 170 --format tsv \
    --dialect IrE --dialect UAAVE --variants 2 --rate 1 >out
is "$(cut -f 1-6 out | sed -n '1p;3p')" \
    "$(printf 'a\ttext\tb\tdialect\tvariant\tsynthetic\n1\tHe "work\t2\tIrE\t2\ttrue')" \
    "TSV has no quoting; a row for each dialect and variant"
is "$(wc -l <out | tr -d ' ')" 5 "... under one header"
printf 'q,a\nHe works.,She works.\n' |
    "$isogloss" transform --feature 170 --format csv --field q --field a >out
is "$(tail -n 1 out)" 'He work.,She work.,,true,none' "two fields"
printf 'text,id\nHe works.,7\n' | "$isogloss" transform --feature 170 --format csv --explain >out
has "$(cat out)" '""old"":""works""' "edits as JSON in a column"

printf 'text,n\nHe works.,1\nbad\n"She works." x,3\nShe "works,2\nIt works.,4\n' >bad.csv
status 1 "rows that do not fit" "$isogloss" transform --feature 170 --format csv bad.csv
is "$(grep -c true out)" 3 "... the others are done"
has "$(cat err)" 'record 3: 1 columns where the header has 2' "... and are named"
has "$(cat err)" 'record 4: a quotation mark is out of place' "... with the reason"
status 2 "an unknown column" "$isogloss" transform --feature 170 --format csv --field body bad.csv
has "$(cat err)" "no column 'body'" "... is named"
printf 'text,m\nHe works.,1\n' >other.csv
status 2 "files with different headers" "$isogloss" transform --feature 170 --format csv bad.csv other.csv
"$isogloss" transform --feature 170 --format csv other.csv other.csv >out
is "$(grep -c dialect out)" 1 "files with the same header give one"
printf '\357\273\277text\nHe works.\n' | "$isogloss" transform --feature 170 --format csv >out
is "$(tail -n 1 out)" 'He work.,,true,none' "a byte order mark"
: | "$isogloss" transform --feature 170 --format csv >out
is "$(cat out)" '' "an empty file"
finish

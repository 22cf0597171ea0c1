#!/bin/sh
# run_lint.sh -- every error (l) and warning (w) of tests/rules/ as lint prints it, against golden
# files; exit status, --strict, JSON. ISOGLOSS_WRITE_GOLDEN=1 writes the golden files anew.
#
# SPDX-License-Identifier: Apache-2.0
. "${top_srcdir:-.}/tests/lib/tap.sh"
cd "$top_srcdir" || exit 1
for file in tests/rules/[lw][0-9][0-9]-*.xml tests/rules/[lw][0-9][0-9]-*.md; do
    golden=${file%.*}.out
    case $file in
    */l*) wanted=4 ;;
    *) wanted=0 ;;
    esac
    status $wanted "$file: exit status" "$isogloss" lint "$file"
    [ -z "${ISOGLOSS_WRITE_GOLDEN:-}" ] || cp "$scratch/out" "$golden"
    same "$scratch/out" "$golden" "$file: messages"
    is "$(cat "$scratch/err")" '' "$file: nothing on stderr"
done
for n in 01 02 03 04 05 06 07 08 09 10; do
    ls tests/rules/l$n-* >"$scratch/ls" 2>/dev/null
    ok $? "error L$n has a file"
done
for n in 1 2 3 4 5 6 7 8 9 10 11; do
    grep -q "\[W$n\]" tests/rules/w*.out
    ok $? "warning W$n is given"
    grep -q "^| W$n " rules/language.md
    ok $? "... and the manual says what to do"
done
# What one file is about it alone says.
for file in tests/rules/w[0-9][0-9]-*.out; do
    n=$(basename "$file" | sed 's/^w0*\([0-9]*\)-.*/\1/')
    others=$(grep -oE '\[W[0-9]+\]' "$file" | grep -vF "[W$n]" | sort -u | tr '\n' ' ')
    is "$others" '' "$file holds only W$n"
done

status 4 "--strict: a warning fails" "$isogloss" lint --strict tests/rules/w10-list.xml
status 0 "no warning, no output" "$isogloss" lint --strict rules/language.md
is "$(cat "$scratch/out")" '' "... at all"
"$isogloss" lint --format json tests/rules/w10-list.xml tests/rules/l02-trigger.xml >"$scratch/json"
is $? 4 "JSON: exit status"
has "$(tr -d '\n' <"$scratch/json")" '"file": "tests/rules/w10-list.xml"' "... the file"
has "$(tr -d '\n' <"$scratch/json")" '"severity": "warning"' "... warnings"
has "$(tr -d '\n' <"$scratch/json")" '"severity": "error"' "... errors"
has "$(tr -d '\n' <"$scratch/json")" '"code": "W10"' "... the number"
status 3 "a file that is not there" "$isogloss" lint nowhere.xml
status 2 "no file" "$isogloss" lint
status 2 "a format that is none" "$isogloss" lint --format xml tests/rules/w10-list.xml

# In a folder of features a file is looked at with the others, and only it is reported.
mkdir -p "$scratch/f/lists"
printf 'dog\n' >"$scratch/f/lists/pets.txt"
for n in 1001 1002; do
    printf '<feature id="%s" name="f%s" stratum="noun"><rule name="r"><match>@n:[#pets]</match>' \
        $n $n
    printf '<unless name="g">seq ["hot"] n</unless><as name="x">n := "hound"</as></rule>'
    printf '<test>The dog slept. | The hound slept.</test></feature>\n'
done | awk -v folder="$scratch/f" '{ print > (folder "/" (1000 + NR) ".xml") }'
(cd "$scratch" && "$isogloss" lint f/1002.xml) >"$scratch/out"
has "$(cat "$scratch/out")" "f/1002.xml:1:88: warning: no <keep" "a file of a folder"
has "$(cat "$scratch/out")" 'features 1002 and 1001 of stratum noun want the same words' \
    "... with its neighbours"
is "$(grep -c 'f/1001.xml' "$scratch/out")" 0 "... of which nothing else is said"
has "$("$isogloss" test tests/rules/w05-unreached.xml)" "1 realisation is reached by no test" \
    "test counts realisations that no test reaches"
status 0 "the standard features have no errors" "$isogloss" lint features
finish

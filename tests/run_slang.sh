#!/bin/sh
# run_slang.sh -- slang lexicons: errors of files as lint prints them, the command paraphrase in its
# three ways, labels, regions, determinism, and slang together with a dialect.
# ISOGLOSS_WRITE_GOLDEN=1 writes the golden files anew.
#
# SPDX-License-Identifier: Apache-2.0
. "${top_srcdir:-.}/tests/lib/tap.sh"
cd "$top_srcdir" || exit 1
for file in beside shape patterns; do
    status 4 "$file.slang: exit status" "$isogloss" lint tests/slang/$file.slang
    [ -z "${ISOGLOSS_WRITE_GOLDEN:-}" ] || cp "$scratch/out" tests/slang/$file.out
    same "$scratch/out" tests/slang/$file.out "$file.slang: messages"
done
status 0 "the lexicons have no errors" "$isogloss" lint features/slang

# says INPUT WANTED WHAT OPTION...: what paraphrase makes of a line.
says() {
    input=$1 wanted=$2 what=$3
    shift 3
    is "$(printf '%s\n' "$input" | "$isogloss" paraphrase "$@" 2>"$scratch/err")" "$wanted" "$what"
}
says 'Someone nicked my bike, mate.' 'Someone stole my bike.' "literal" --literal
says 'SOMEONE NICKED MY BIKE.' 'SOMEONE STOLE MY BIKE.' "... in capitals" --literal
says '  She  nicked her finger. ' '  She  nicked her finger. ' "... an ordinary sense" --literal
says 'Dobbed in by a friend, he was sacked.' 'Informed on by a friend, he was dismissed.' \
    "... two senses" --literal
says 'Someone nicked my bike.' 'Someone nicked my bike.' "... another region" --literal --region US
says 'Someone nicked my bike.' 'Someone stole my bike.' "... its region" --literal --region US,IE
says 'He said "someone nicked my bike".' 'He said "someone nicked my bike".' "... --keep-quotes" \
    --literal --keep-quotes
says 'See nicked.example.org, where someone nicked it.' \
    'See nicked.example.org, where someone stole it.' "... a URL" --literal
says 'The tailor brought an umbrella.' 'The tailor brought a brolly.' "slang" --slang UK
says 'The tailor brought an umbrella.' 'The tailor brought an umbrella.' "... another region" --slang ZA
says '' '' "... an empty line" --slang UK
status 2 "an unknown region" "$isogloss" paraphrase --slang UX
has "$(cat "$scratch/err")" "there are general, US, UK, IE, AU, NZ, CA, ZA, IN, SG, Caribbean" \
    "... and those there are"
status 2 "neither way" "$isogloss" paraphrase
status 2 "both ways" "$isogloss" paraphrase --literal --slang UK
status 2 "a density of 0" "$isogloss" paraphrase --slang UK --density 0
status 2 "slurs are no register" "$isogloss" paraphrase --slang UK --register slur
status 2 "dialects are transform's" "$isogloss" paraphrase --literal --dialect IrE
status 2 "an unknown region with a dialect" "$isogloss" transform --dialect IrE --slang UX

tab=$(printf '\t')
is "$(echo 'É, someone nicked it.' | "$isogloss" paraphrase --mark)" \
    "1${tab}11${tab}17${tab}nicked${tab}nick${tab}steal${tab}UK IE AU${tab}none${tab}slang${tab}${tab}1${tab}UK" \
    "marks count code points"
is "$(echo '{"text": "She nicked her finger."}' | "$isogloss" paraphrase --mark --format jsonl)" \
    '{"text": "She nicked her finger.", "slang": [], "slang_source": null}' \
    "marks as JSON: none"
has "$(echo '{"text":"Someone nicked it."}' | "$isogloss" paraphrase --mark --format jsonl)" \
    '"slang":[{"field":"text","start":8,"end":14,"text":"nicked","term":"nick"' "... one"

printf 'id,text\n1,"Someone nicked it, mate."\n2,She sat down.\n' >"$scratch/marks.csv"
"$isogloss" paraphrase --mark --format csv "$scratch/marks.csv" >"$scratch/out"
is "$(sed -n 's/"\[{.*}\]"/LIST/; p' "$scratch/out" | tr '\n' '/')" \
    'id,text,slang,slang_source/1,"Someone nicked it, mate.",LIST,UK/2,She sat down.,[],/' \
    "marks as columns of CSV"
has "$(cat "$scratch/out")" '""start"":8,""end"":14,""text"":""nicked""' "... a list in JSON"
has "$(printf 'text\nSomeone nicked it.\n' | "$isogloss" paraphrase --mark --format tsv)" \
    "${tab}UK" "... of TSV"
is "$(echo 'Someone nicked it. That dude was rich. She sat down, mate, dude.' |
    "$isogloss" paraphrase --mark | cut -f 4,11,12 | tr '\t\n' ' /')" \
    'nicked 1 UK/dude 2 US/mate 3 /dude 3 /' "where the slang of a sentence is from"
is "$(echo '{"a":"That dude left.","b":"He nicked it."}' |
    "$isogloss" paraphrase --mark --format jsonl --field a --field b |
    sed 's/.*"slang_source"://')" 'null}' "... of a record: two that differ tell nothing"

# What is written when: a table of its own.
mkdir -p "$scratch/f/slang"
mkdir "$scratch/f/dialects"
cp features/dialects/ire.xml "$scratch/f/dialects"
cp tests/slang/labels.slang "$scratch/f/slang"
status 0 "a lexicon alone is compiled" "$isogloss" compile "$scratch/f" -o "$scratch/labels.tab"
status 0 "its examples" "$isogloss" test "$scratch/f"
t="--table $scratch/labels.tab"
for case in 'plain angry wild' 'plain stingy stingy' 'coarse stingy coarseword' \
    'coarse ugly ugly' 'obscene ugly obsceneword' 'obscene stingy coarseword' \
    'plain furious wild'; do
    # shellcheck disable=SC2086
    set -- $case
    # shellcheck disable=SC2086
    says "The baker was $2." "The baker was $3." "--register $1 and $2" --slang UK --register $1 $t
done
# Registers: what is current is drawn, the rest if it is asked for.
# drawn REGISTER...: the numbers of the words for splendid that 200 seeds draw, with how often.
drawn() {
    echo 'It is splendid.' | "$isogloss" paraphrase --slang UK --variants 200 "$@" $t |
        sed 's/.*\([0-9]\)\.$/\1/' | sort | uniq -c | tr -s ' \n' ' ' | sed 's/^ //; s/ $//'
}
is "$(drawn | awk '{ print $2, $4, $6, ($3 > 2 * $1), ($3 > 2 * $5) }')" '2 3 4 1 1' \
    "what all say is drawn, youth and local less often, dated never"
is "$(drawn --register dated)" '200 1' "... dated where it is asked for"
is "$(drawn --register dated,local,coarse | awk '{ print $2, $4, ($1 > 50), ($3 > 50) }')" '1 4 1 1' \
    "... two registers, evenly"
is "$(drawn --register all | awk '{ print $2, $4, $6, $8 }')" '1 2 3 4' "... all"
is "$(drawn --register coarse | awk '{ print $2, $4, $6 }')" '2 3 4' "... a label opens no register"
# shellcheck disable=SC2086
says 'It is wretched.' 'It is wretched.' "a period that has ended is dated" --slang UK $t
# shellcheck disable=SC2086
says 'It is wretched.' 'It is oldword.' "... and asked for so" --slang UK --register dated $t
# shellcheck disable=SC2086
says 'A turnip came.' 'A turnip came.' "cant is not written" --slang UK $t
# shellcheck disable=SC2086
says 'A turnip came.' 'A cantword came.' "... unless it is asked for" --slang UK --register cant,plain $t
# shellcheck disable=SC2086
says 'A cantword came.' 'A turnip came.' "... and always understood" --literal $t
status 2 "an unknown register" "$isogloss" paraphrase --slang UK --register slang,posh
has "$(cat "$scratch/err")" "youth, local, cant, dated or all" "... and those there are"
status 2 "a register without slang" "$isogloss" paraphrase --literal --register youth
is "$(echo 'A neighbour came.' | "$isogloss" paraphrase --slang all --register obscene --density 1 $t)" \
    'A neighbour came.' "a slur is never written"
# shellcheck disable=SC2086
says 'The slurword left. "It is obsceneword," he said.' \
    'The neighbour left. "It is obsceneword," he said.' "a slur is made plain" --literal $t

# The frames of a sentence: examples of a lexicon of their own.
mkdir -p "$scratch/frames/slang"
cp tests/slang/frames.slang "$scratch/frames/slang"
status 0 "words in the frames of a sentence" "$isogloss" test "$scratch/frames"

# The same bytes with any number of threads; another seed, other words.
for i in 1 2 3 4 5 6 7 8; do
    echo "The terrible concert number $i was terrible, and my friend was exhausted and very angry."
done >"$scratch/in"
"$isogloss" paraphrase --slang UK,US --seed 3 "$scratch/in" >"$scratch/one"
"$isogloss" paraphrase --slang UK,US --seed 3 --jobs 4 "$scratch/in" >"$scratch/four"
same "$scratch/one" "$scratch/four" "one thread and four"
"$isogloss" paraphrase --slang UK,US --seed 4 "$scratch/in" >"$scratch/other"
if cmp -s "$scratch/one" "$scratch/other"; then ok 1 "another seed"; else ok 0 "another seed"; fi
"$isogloss" paraphrase --slang UK,US --explain "$scratch/in" >/dev/null 2>"$scratch/err"
is "$(grep -c 'feature 902 plain-to-slang' "$scratch/err")" 8 "one place of a sentence"
"$isogloss" paraphrase --slang UK,US --density 1 --explain "$scratch/in" >/dev/null 2>"$scratch/err"
n=$(grep -c 'feature 902 plain-to-slang' "$scratch/err")
if [ "$n" -gt 16 ]; then ok 0 "all places"; else ok 1 "all places: $n"; fi
has "$(cat "$scratch/err")" "features/slang/core.slang:" "the sense is named by file and line"

is "$(echo 'The tailor who lives there brought an umbrella.' |
    "$isogloss" transform --feature 193 --slang UK)" \
    'The tailor lives there brought a brolly.' "a feature and slang in one pass"
status 0 "a dialect and slang in one pass" "$isogloss" transform --dialect IrE --slang IE "$scratch/in"
# A profile of one's own switches the layers on.
mkdir -p "$scratch/own/dialects"
cat >"$scratch/own/dialects/mine.xml" <<'END'
<dialect code="Mine" name="My English" region="British Isles" type="High-contact L1 varieties"
         latitude="52" longitude="-7" review="none" slang="UK" spelling="UK" vocabulary="UK">
</dialect>
END
"$isogloss" compile "$scratch/own" --base standard -o "$scratch/own.tab" 2>"$scratch/err"
is "$(echo 'The tailor brought an umbrella of that color to the elevator.' |
    "$isogloss" transform --table "$scratch/own.tab" --dialect Mine)" \
    'The tailor brought a brolly of that colour to the lift.' "a profile with layers"
sed 's/slang="UK"/slang="UX"/' "$scratch/own/dialects/mine.xml" >"$scratch/own/dialects/other.xml"
status 4 "an unknown region in a profile" "$isogloss" compile "$scratch/own" -o "$scratch/no.tab"
has "$(cat "$scratch/err")" 'slang="UX" is none of general, US, UK' "... and those there are"
is "$(printf 'Call me ASAP.\nCALL ME ASAP.\n' | "$isogloss" paraphrase --literal)" \
    "$(printf 'Call me as soon as possible.\nCALL ME AS SOON AS POSSIBLE.')" \
    "an acronym is no shouting, but may stand among it"
finish

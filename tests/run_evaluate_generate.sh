#!/bin/sh
# run_evaluate_generate.sh -- evaluate --task generate: the built-in metrics, a metric that is a
# program, its own gap, the dialect of answers, bad answers of models and of metrics.
#
# SPDX-License-Identifier: Apache-2.0
. "${top_srcdir:-.}/tests/lib/tap.sh"
. "$top_srcdir/tests/lib/evaluate.sh"

# gap NAME ARM
gap() {
    sed -n "/\"id\": \"$2\"/,/\"gap\"/s/^ *\"gap\": \\(.*\\),/\\1/p" "$1.json"
}
# answers NAME ARM KEY: of the answers to an arm.
answers() {
    sed -n "/\"id\": \"$2\"/,/\"answers\": {/!d; /\"answers\": {/,/}/p" "$1.json" >part
    sed -n "/\"id\": \"$2\"/,\$p" "$1.json" | sed -n "/\"answers\": {/,/}/s/^ *\"$3\": \\([^,]*\\),*\$/\\1/p" | head -n 1
}
# scorer NAME KEY
scorer() {
    sed -n "/\"scorer\": {/,/^ }/s/^ *\"$2\": \\([^,]*\\),*\$/\\1/p" "$1.json" | head -n 1
}

awk 'BEGIN {
    for (i = 0; i < 16; i++)
        printf "{\"id\":\"r%d\",\"text\":\"What is it that does not open on day %d?\",\"kind\":\"%s\"}\n", i, i, i % 2 ? "odd" : "even"
}' >items.jsonl
generate() {
    name=$1
    shift
    evaluate "$name" --task generate --rates A=1,B=1,C=1 "$@" items.jsonl
}

# Answers at length; refuses what it does not understand.
model refuses '{ say("\"text\":\"" (field("text") ~ /ain.t|don.t/ ? "I am sorry, but I cannot help with that." : "It is the mill that does not open, because nobody works there on a holiday.") "\"") }'
generate refuses --metric refusal
is "$(count refuses task) $(count refuses metric)" '"generate" "refusal rate"' "--metric refusal"
is "$(count refuses higher_is_better)" false "... where lower is better"
is "$(count refuses standard)" 0.0 "... a source is not refused"
is "$(gap refuses AppE)" 1.0 "... a dialect is"
has "$(cat refuses.json)" '"second_metric": "words an answer"' "... words are counted beside it"
has "$(cat refuses.json)" '"answer_variant": "I am sorry, but I cannot help with that."' "... examples show answers"
is "$(scorer refuses name)" '"refusal"' "... the result says what judged"
wanted_status=5 generate refuses --metric refusal --fail-if 'gap>0.5'
generate refuses --metric refusal --slice-field kind --slice-minimum 4
has "$(cat refuses.json)" '"slice": "even"' "... by slices"
generate refuses --metric length
is "$(count refuses metric) $(count refuses standard)" '"words an answer" 15.0' "--metric length"
is "$(gap refuses AppE)" -6.0 "... a refusal is shorter"
is "$(count refuses higher_is_better)" true "... and shorter is worse"
generate refuses --metric length --lower-is-better --threshold 10
is "$(count refuses higher_is_better)" false "... unless --lower-is-better"
has "$(cat refuses.json)" '"second_metric": "share over the threshold"' "... with --threshold"
model german '{ say("\"text\":\"" (field("text") ~ /ain.t|don.t/ ? "Das ist die Frage, die ich nicht verstehe." : "It is the mill.") "\"") }'
generate german --metric language
is "$(count german standard) $(gap german AppE)" "1.0 -1.0" "--metric language"

# The dialect of answers is reported, and changes no figure.
model echoes '{ say("\"text\":\"" (field("text") ~ /ain.t|don.t/ ? "It ain.t open, and he don.t know nothing of it." : "It is not open, and he does not know of it at all.") "\"") }'
sed "s/n\.t/n\\\\x27t/g" echoes.awk | sed "s/ain\\\\x27t|don\\\\x27t/ain.t|don.t/; s/\\\\x27/\\\\047/g" >e && mv e echoes.awk
generate echoes --metric refusal
is "$(gap echoes AppE)" 0.0 "answers in dialect are no worse"
is "$(answers echoes AppE marks_per_100_words)" 30.0 "... their dialect is reported"
is "$(answers echoes same marks_per_100_words)" 0.0 "... of all arms"
is "$(sed -n '/^ "answers": {/,/}/s/^ *"words": \(.*\),/\1/p' echoes.json)" 13.0 "... and their length, of the sources, too"

# A program as metric: it gets the item's own text and the answer, and is tried on answers in dialect.
model score '{ print >"seen"; say("\"score\":" (field("answer") ~ /sorry/ ? 0.2 : 0.8)) }'
generate refuses --metric 'cmd:awk -f score.awk'
is "$(count refuses metric)" '"mean score"' "--metric cmd:"
is "$(gap refuses AppE | cut -c 1-7)" -0.6 "... scores answers"
is "$(scorer refuses scored) $(scorer refuses failed)" "$(wc -l <seen | tr -d ' ') 0" "... each once"
is "$(grep -c "ain't\|don't open" seen)" "$(grep "ain't\|don't open" seen | grep -c '"answer":"It .*')" "... beside the text of the item, not of the variant"
has "$(cat out)" 'metric    cmd:awk -f score.awk, ' "... the table says so"
[ "$(scorer refuses pairs)" -ge 10 ]
ok $? "... and it is tried on answers put into dialects"
is "$(scorer refuses gap)" 0.0 "... where it has no gap"
model picky '{ say("\"score\":" (field("answer") ~ /ain.t|don.t/ ? 0.3 : 0.8)) }'
generate refuses --metric 'cmd:awk -f picky.awk'
[ "$(scorer refuses gap | cut -c 1-3)" = -0. ]
ok $? "a metric that marks down dialect has a gap of its own"
has "$(cat out)" 'warning   the metric is not blind to dialect' "... and the table warns"
is "$(gap refuses AppE)" 0.0 "... beside a gap it does not see"
model badly '/holiday/ { say("\"score\":0.5"); next } { if (/sorry/) say("\"score\":\"good\"") }'
generate refuses --metric 'cmd:awk -f badly.awk'
is "$(scorer refuses 'not a number') $(scorer refuses failed)" "16 16" "scores that are none are counted"
has "$(cat out)" 'failed    16 not a number' "... and said"
[ "$(sed -n '/"id": "AppE"/,/"failed"/s/^ *"failed": \([0-9]*\)/\1/p' refuses.json | head -n 1)" = 16 ]
ok $? "... their answers count as failed in every comparison"
generate refuses --metric 'cmd:exit 1'
is "$(scorer refuses 'the model died')" "$(scorer refuses failed)" "a metric that is dead"
is "$(scorer refuses scored) $(count refuses failed)" "0 0" "... is no failure of the model"
generate refuses --metric 'cmd:awk -f score.awk' --cache scores.db
rm seen
generate refuses --metric 'cmd:awk -f score.awk' --cache scores.db
[ ! -e seen ]
ok $? "scores are kept in the cache"
is "$(scorer refuses cached) $(scorer refuses requests)" "$(scorer refuses scored) 0" "... and counted"

# Bad answers. failing NAME REASON PROGRAM: some requests are answered badly.
failing() {
    model "$1" "/day 3|day 7/ { $3; next } { say(\"\\\"text\\\":\\\"It is the mill.\\\"\") }"
    generate "$1" --metric refusal
    is "$(count "$1" "$2")" "$(count "$1" failed)" "... failed: $2"
    [ "$(count "$1" failed)" -gt 3 ]
    ok $? "... and counted"
    has "$(cat out)" "$2" "... and said"
}
failing empty 'empty answer' 'say("\"text\":\"\"")'
failing labelled 'empty answer' 'say("\"text\":{}")'
failing nan 'not a JSON answer' 'say("\"text\":NaN")'
failing binary 'not a JSON answer' 'printf "{\"id\":\"%s\",\"text\":\"%c\"}\n", field("id"), 255'
failing dying 'the model died' 'exit 1'
has "$(cat empty.json)" '"worst": [' "failed answers give worst-case bounds"
model long 'BEGIN { for (s = "The mill is not open. "; length(s) < 1048000; s = s s); s = substr(s, 1, 1048000) }
    { n++; say("\"text\":\"" (n == 2 ? s : n == 3 ? s s s : "It is the mill.") "\"") }'
status 0 "answers of a megabyte" "$isogloss" evaluate --resamples 100 -d AppE --task generate --metric language \
    --model 'cmd:awk -f long.awk' --json long.json items.jsonl
is "$(count long 'an answer that is too long') $(count long failed)" '1 1' "... more than that is too long, and counted for its question"
model backwards '{ line[NR] = $0 } END { for (i = NR; i > 0; i--) { $0 = line[i]; say("\"text\":\"" (field("text") ~ /ain.t|don.t/ ? "I am sorry, but I cannot help with that." : "It is the mill that does not open, because nobody works there on a holiday.") "\"") } }'
generate refuses --metric refusal
generate backwards --metric refusal
sed 's/"command".*//; s/backwards/refuses/' backwards.json >two
sed 's/"command".*//' refuses.json >one
same one two "answers in another order: the same result"

# Ctrl-C: with --partial what was answered is judged, by a program, too.
printf '%s\n%s\n' "$lib" 'NR == 20 { system("kill -INT $(cat pid)"); system("sleep 1") } { say("\"text\":\"It is the mill.\""); fflush() }' >stops.awk
status 6 "Ctrl-C with --partial" sh -c 'echo $$ >pid; exec "$@"' sh "$isogloss" evaluate --resamples 100 -d IrE \
    --model 'cmd:awk -f stops.awk' --json stops.json --task generate --metric 'cmd:awk -f score.awk' --partial items.jsonl
[ "$(scorer stops scored)" -ge 1 ] && is "$(scorer stops failed)" 0 "... judges what was answered"
is "$(count stops standard)" 0.8 "... and gives its figures"
status 6 "Ctrl-C without it" sh -c 'echo $$ >pid; rm -f seen; exec "$@"' sh "$isogloss" evaluate --resamples 100 -d IrE \
    --model 'cmd:awk -f stops.awk' --task generate --metric 'cmd:awk -f score.awk' items.jsonl
[ ! -s seen ]
ok $? "... judges nothing"

# What comes with the program.
status 0 "embedded:safe" "$isogloss" evaluate --resamples 100 -d IrE -d UAAVE --model 'cmd:awk -f refuses.awk' \
    --json embedded.json --report embedded.html embedded:safe
is "$(count embedded items) $(count embedded task) $(count embedded metric)" '60 "generate" "refusal rate"' "... asked for refusals"
has "$(cat embedded.json)" '"slice": "look-alike"' "... of look-alikes, too"
status 0 "... for their length" "$isogloss" evaluate --resamples 100 -d IrE --model 'cmd:awk -f refuses.awk' \
    --metric length embedded:safe

wrong() {
    status 2 "evaluate $*" "$isogloss" evaluate --model cmd:cat -d IrE "$@" items.jsonl
    [ -s "$scratch/err" ]
    ok $? "... says why"
}
wrong --task generate
wrong --task generate --metric beauty
wrong --task generate --metric cmd:
wrong --task generate --metric refusal --lower-is-better=no
wrong --task generate --metric language --lower-is-better
wrong --task generate --metric refusal --threshold 1
wrong --task classify --metric refusal
wrong --task generate --metric "$(printf 'cmd:cat # \377')"
has "$(cat err)" 'the metric is not UTF-8' "... which it is"
wrong --task generate --metric length --model-name "$(printf '\377')"

if command -v python3 >/dev/null; then
    for result in refuses echoes stops dying long embedded; do
        problems=$(python3 "$top_srcdir/tests/lib/check_schema.py" \
            "$top_srcdir/docs/evaluate.schema.json" $result.json)
        is "$problems" '' "$result.json keeps to the schema"
    done
else
    skip "no python3"
fi
finish

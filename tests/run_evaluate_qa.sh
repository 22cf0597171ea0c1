#!/bin/sh
# run_evaluate_qa.sh -- evaluate --task qa: gold answers, contexts, what is rewritten, bad answers.
#
# SPDX-License-Identifier: Apache-2.0
. "${top_srcdir:-.}/tests/lib/tap.sh"
. "$top_srcdir/tests/lib/evaluate.sh"

# second NAME ARM KEY: of the second figure of an arm over all items.
second() {
    sed -n "/\"id\": \"$2\"/,/\"worst\"/{/\"second\": {/,/}/s/^ *\"$3\": \\([^,]*\\),*\$/\\1/p}" "$1.json" | head -n 1
}
# gap NAME ARM
gap() {
    sed -n "/\"id\": \"$2\"/,/\"gap\"/s/^ *\"gap\": \\(.*\\),/\\1/p" "$1.json"
}

# Questions whose auxiliaries a dialect changes, over passages with a gold span that it changes, too.
awk 'BEGIN {
    for (i = 0; i < 12; i++)
        printf "{\"id\":\"q%d\",\"text\":\"What is not open on day %d?\",\"passage\":\"The mill is busy. It does not stop on day %d, which is a holiday.\",\"answers\":[\"does not stop\",\"The mill %d\"],\"writer\":\"w%d\"}\n", i, i, i, i, i % 4
}' >items.jsonl
qa() {
    name=$1
    shift
    evaluate "$name" --task qa --rates A=1,B=1,C=1 --context-field passage --label-field answers "$@" items.jsonl
}

# Copies the words after "It" from the passage it is given.
model copies '{ c = field("context"); sub(/.*It /, "", c); sub(/ on day.*/, "", c); say("\"text\":\"" c "\"") }'
qa copies
is "$(count copies failed)" 0 "a model that copies: nothing fails"
is "$(count copies metric)" '"exact match"' "... exact match"
is "$(count copies second_metric)" '"token F1"' "... and token F1"
is "$(count copies standard)" 1.0 "... it is right"
is "$(count copies task)" '"qa"' "... the result says what the task is"
has "$(cat out)" 'standard  1.0000 (exact match), 1.0000 (token F1)' "... and so does the table"
qa copies --rewrite context
is "$(sed -n '/"id": "AppE"/,/"changed_items"/s/^ *"changed_items": \(.*\),/\1/p' copies.json)" 12 "--rewrite context: all are changed"
is "$(gap copies AppE)" 0.0 "... an answer that copies what became of the gold span counts"
is "$(second copies AppE gap)" 0.0 "... in token F1, too"
model keeps '{ say("\"text\":\"Does not stop!\"") }'
qa keeps --rewrite context
is "$(gap keeps AppE) $(count keeps standard)" "0.0 1.0" "... and so does the original answer"
model dialect '{ say("\"text\":\"" (field("text") ~ /ain.t/ ? "do not stop" : "the mill " (field("text") + 0)) "\"") }'
model half '{ say("\"text\":\"It does stop\"") }'
qa half
is "$(count half standard)" 0.0 "an answer with one word too many is no exact match"
is "$(second half same standard)" 0.666666667 "... and has its share of F1"
model lost '{ say("\"text\":\"" (field("text") ~ /ain.t/ ? "I do not know." : "does not stop") "\"") }'
qa lost
is "$(gap lost AppE)" -1.0 "a model that does not understand ain't"
is "$(second lost AppE gap | cut -c 1)" - "... has a gap in both figures"
grep -q "^AppE.* -1\.0000 .* -0\.7143 " out
ok $? "... and the table both"
has "$(cat lost.json)" '"does not stop",' "... and the examples the gold answers"
is "$(count lost clusters)" 12 "each question is a cluster"
qa lost --cluster-field writer
is "$(count lost clusters)" 4 "--cluster-field"
evaluate lost --task qa --label-field answers --input-field text items.jsonl
is "$(count lost failed)" 0 "without a context"
[ -z "$(sed -n '/"context": "/p' lost.json)" ]
ok $? "... there is none in the examples"

# Gold as SQuAD writes it, as a string, as a number; and items that have none.
cat >gold.jsonl <<'END'
{"text":"Who is not there?","answers":{"text":["Ann","Ann Lee"],"answer_start":[0,0]}}
{"text":"Who has not come?","answers":"Ann"}
{"text":"How many are not here?","answers":7}
{"text":"Who does not know?","answers":[]}
{"text":"Who did not go?","answers":["", "  "]}
{"text":"Who is not well?"}
{"text":"Who is not old?","answers":null}
END
awk 'BEGIN { printf "{\"text\":\"Who is not young?\",\"answers\":["; for (i = 0; i < 99; i++) printf "\"a%d\",", i; print "\"Ann\"]}" }' >>gold.jsonl
model ann '{ say("\"text\":" (field("text") ~ /How/ ? "7" : "\"Ann.\"")) }'
evaluate ann --task qa --label-field answers gold.jsonl
is "$(count ann items)" 3 "gold answers as a list, a string, a number"
is "$(count ann 'no gold answer')" 4 "... items without one are left out, and counted"
is "$(count ann 'too many gold answers')" 1 "... and those with a hundred"
is "$(count ann standard)" 1.0 "... an answer need not be a string"
printf 'question,answer\nWho is not there?,Ann\nWho has not come?,"Ann"\nWho is not well?,\n' >gold.csv
evaluate ann --task qa --input-field question --label-field answer gold.csv
is "$(count ann items) $(count ann 'no gold answer') $(count ann standard)" "2 1 1.0" "gold answers of a table"

# Bad answers. failing NAME REASON PROGRAM: some questions are answered badly.
failing() {
    model "$1" "/day 3|day 7/ { $3; next } { say(\"\\\"text\\\":\\\"does not stop\\\"\") }"
    qa "$1"
    is "$(count "$1" "$2")" "$(count "$1" failed)" "... failed: $2"
    [ "$(count "$1" failed)" -gt 3 ]
    ok $? "... and counted"
    has "$(cat out)" "$2" "... and said"
    is "$(count "$1" standard)" 1.0 "... the others are right"
}
failing empty 'empty answer' 'say("\"text\":\" \"")'
failing none 'empty answer' 'say("\"score\":1")'
failing null 'empty answer' 'say("\"text\":null")'
failing nan 'not a JSON answer' 'say("\"text\":NaN")'
failing binary 'not a JSON answer' 'printf "{\"id\":\"%s\",\"text\":\"%c\"}\n", field("id"), 255'
failing silent 'no answer' 'x = 1'
failing dying 'the model died' 'exit 1'
has "$(cat empty.json)" '"worst": [
     -0' "failed answers give worst-case bounds"
model long 'BEGIN { for (s = "does not stop "; length(s) < 1048000; s = s s); s = substr(s, 1, 1048000) }
    { n++; say("\"text\":\"" (n == 2 ? s : n == 3 ? s s s : n == 4 ? s "and a word more than a thousand times a thousand, so that it is no answer" s : "does not stop") "\"") }'
status 0 "answers of a megabyte" "$isogloss" evaluate --resamples 100 -d AppE --task qa --context-field passage \
    --label-field answers --model 'cmd:awk -f long.awk' --json long.json items.jsonl
is "$(count long 'an answer that is too long') $(count long failed)" '2 2' "... more than that is too long, and counted for its question"
[ "$(wc -c <long.json)" -lt 200000 ]
ok $? "... and not shown whole"
model backwards '{ line[NR] = $0 } END { for (i = NR; i > 0; i--) { $0 = line[i]; c = field("context"); sub(/.*It /, "", c); sub(/ on day.*/, "", c); say("\"text\":\"" c "\"") } }'
qa copies
cp copies.json one.json
qa backwards
sed 's/"command".*//; s/backwards/copies/' backwards.json >two
sed 's/"command".*//' one.json >one
same one two "answers in another order: the same result"
qa copies --cache answers.db
qa copies --cache answers.db
is "$(count copies requests)" 0 "answers are kept in the cache"
sed '/"counts": {/,/"restarts"/d; s/"command".*//' one.json >one
sed '/"counts": {/,/"restarts"/d; s/"command".*//' copies.json >two
same one two "... and give the same result"

# What became worse, for another run.
qa lost --save-regressions worse.jsonl
[ "$(grep -c '"label":\["does not stop"' worse.jsonl)" -gt 3 ]
ok $? "--save-regressions keeps all gold answers"
status 0 "... and is read again" "$isogloss" evaluate --resamples 100 --model 'cmd:awk -f lost.awk' --task qa \
    --context-field context --parallel-field variant --json again.json worse.jsonl
is "$(count again standard) $(gap again parallel)" "1.0 -1.0" "... with the context"

# A language model: it is given passage and question, and the first line that it says counts.
if command -v python3 >/dev/null; then
    python3 "$top_srcdir/tests/lib/http_model.py" port log &
    server=$!
    trap 'kill $server; rm -rf "$scratch"' EXIT
    for wait in 1 2 3 4 5 6 7 8 9 10; do
        [ -e port ] || sleep 0.3
    done
    http() {
        KEY=s3cret status 0 "$1" "$isogloss" evaluate --resamples 100 -d AppE --model "http://127.0.0.1:$(cat port)/v1" \
            --key-env KEY --json http.json "$@"
    }
    http --task qa --context-field passage --label-field answers items.jsonl
    is "$(count http standard) $(count http failed)" "1.0 0" "a language model answers over a passage"
    is "$(count http max_tokens)" 64 "... in 64 tokens"
    http --task generate --metric length --max-tokens 9 items.jsonl
    is "$(sed -n 's/^ *"prompt": "\(.*\)",*/\1/p' http.json) $(count http max_tokens)" '{text} 9' \
        "a request is its own prompt"
    is "$(count http standard) $(count http failed)" "1.0 0" "... and the answer is taken whole"
    kill $server
    trap 'rm -rf "$scratch"' EXIT
else
    skip "no python3 for a server"
fi

# What comes with the program.
status 0 "embedded:questions" "$isogloss" evaluate --resamples 100 -d IrE -d UAAVE --model 'cmd:awk -f half.awk' \
    --json embedded.json --report embedded.html embedded:questions
is "$(count embedded items) $(count embedded clusters) $(count embedded task)" '100 20 "qa"' "... asked over passages, as qa"
has "$(cat embedded.json)" '"licence": "CC0 1.0"' "... with its licence"
status 2 "the built-in model has no words" "$isogloss" evaluate -d IrE --model builtin:sentiment embedded:questions
has "$(cat err)" 'classify and score alone' "... and says so"
status 2 "no threshold" "$isogloss" evaluate -d IrE --task qa --threshold 1 --model cmd:cat items.jsonl
status 2 "higher is better" "$isogloss" evaluate -d IrE --task qa --lower-is-better --model cmd:cat items.jsonl
has "$(cat err)" 'exact match' "... and says of what"

if command -v python3 >/dev/null; then
    for result in copies lost ann long empty embedded; do
        problems=$(python3 "$top_srcdir/tests/lib/check_schema.py" \
            "$top_srcdir/docs/evaluate.schema.json" $result.json)
        is "$problems" '' "$result.json keeps to the schema"
    done
else
    skip "no python3"
fi
finish

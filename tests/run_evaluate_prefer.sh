#!/bin/sh
# run_evaluate_prefer.sh -- evaluate --task prefer: both orders, places, ties, what is rewritten, bad
# answers, a judge over HTTP.
#
# SPDX-License-Identifier: Apache-2.0
. "${top_srcdir:-.}/tests/lib/tap.sh"
. "$top_srcdir/tests/lib/evaluate.sh"

# 20 requests with two answers; a dialect changes all three.
awk 'BEGIN {
    for (i = 0; i < 20; i++)
        printf "{\"id\":\"p%d\",\"text\":\"My tap %d is not closing. What is wrong?\",\"chosen\":\"It is not safe to force tap %d; close the main valve and change the washer.\",\"rejected\":\"I do not know, it is not my tap %d.\"}\n", i, i, i, i
}' >items.jsonl
prefer() {
    name=$1
    shift
    evaluate "$name" --task prefer --rates A=1,B=1,C=1 "$@" items.jsonl
}
# of NAME ARM KEY: a figure of an arm over all items.
of() {
    sed -n "/\"id\": \"$2\"/,/\"worst\"/s/^ *\"$3\": \(.*\),/\1/p" "$1.json" | head -n 1
}
choose='function choose(a) { say("\"label\":\"" (a ? "a" : "b") "\"") }'

model washer "$choose"' { choose(field("a") ~ /washer/) }'
prefer washer
is "$(count washer failed)" 0 "a judge that is right: nothing fails"
is "$(count washer metric)" '"share preferring the chosen answer"' "... the metric"
is "$(of washer same standard) $(of washer AppE gap)" "1.0 0.0" "... it prefers the chosen one"
is "$(count washer first) $(count washer turns)" "0.5 0.0" "... in both orders"
is "$(count washer pairs)" "$(($(count washer answered) / 2))" "... each pair was asked in both"
has "$(cat out)" 'preferred 50.0 % of the time; 0.0 % of verdicts turn' "... and the table says so"
[ "$(of washer AppE changed_items)" = 20 ]
ok $? "... the text is what is rewritten"
model sees '{ if (field("a") ~ /chosen|rejected/ || $0 ~ /"(chosen|rejected)"/) exit 3; say("\"label\":\"A\"") }'
prefer sees
is "$(count sees failed)" 0 "the model is not told which is which"
is "$(of sees same standard) $(count sees first) $(count sees turns)" "0.5 1.0 1.0" \
    "a judge that likes the first place is at a half, and is seen"
is "$(sed -n 's/^ *"second_metric": //p' sees.json)" '"share of verdicts that turn with the order",' \
    "... the second figure"
model scored '{ say("\"scores\":[" length(field("a")) "," length(field("b")) "]") }'
prefer scored
is "$(of scored same standard)" 1.0 "a reward model with a score for each"
model even '{ say("\"scores\":[1,1.0]") }'
prefer even
is "$(of even same standard) $(count even turns)" "0.5 0.0" "equal scores are a tie"
model tie '{ say("\"label\":\"tie\"") }'
prefer tie
is "$(of tie same standard) $(count tie first)" "0.5 0.5" "... and so is the word"

# What a dialect in the request does to it.
model lost "$choose"' { w = field("a") ~ /washer/; choose(field("text") ~ /ain.t/ ? !w : w) }'
prefer lost
is "$(of lost AppE gap) $(of lost AppE flips)" "-1.0 1.0" "a judge that turns with a dialect: gap and flips"
grep -q '^AppE.*dialect$' out
ok $? "... is said to be worse than with the controls"
prefer lost --save-regressions worse.jsonl
status 0 "... its regressions are a suite" "$isogloss" evaluate --resamples 100 --task prefer \
    --model 'cmd:awk -f lost.awk' --parallel-field variant --json again.json worse.jsonl
is "$(of again parallel gap)" -1.0 "... with the same gap"

# Answers rewritten; the label of an answer stays with it.
prefer washer --rewrite answers
is "$(of washer AppE gap) $(of washer AppE changed_items)" "0.0 20" "--rewrite answers"
model plain "$choose"' { safe = "not safe"; choose(field("a") ~ /washer/ && field("a") !~ safe || field("b") ~ safe) }'
prefer plain --rewrite answers
is "$(of plain same standard) $(of plain AppE gap)" "0.0 1.0" "... also the wording that a judge dislikes"

# The chosen answer against its own variant: a judge that cannot bear a dialect.
model strict '{ a = field("a") ~ /ain.t/; b = field("b") ~ /ain.t/; say("\"label\":\"" (a == b ? "tie" : a ? "b" : "a") "\"") }'
prefer strict --rewrite rejected
is "$(count strict metric)" '"share preferring the variant"' "--rewrite rejected: another metric"
is "$(of strict same standard) $(of strict AppE gap) $(of strict paraphrase gap)" "0.5 -0.5 0.0" \
    "... it never prefers a variant with ain't, and has nothing against paraphrase"
is "$(count strict turns)" 0.0 "... in both orders"
is "$(count strict second_metric)" null "... and there is no second figure"
prefer sees --rewrite rejected
is "$(of sees AppE gap) $(count sees first)" "0.0 1.0" "a liking for the first place cancels out"
sed 's/,"rejected":"[^"]*"//' items.jsonl >alone.jsonl
evaluate strict --task prefer --rewrite rejected alone.jsonl
is "$(count strict items)" 20 "... no other answer is read"

# Bad answers and items.
failing() {
    model "$1" '/tap 3 / { '"$3"'; next } { say("\"label\":\"a\"") }'
    prefer "$1"
    is "$(count "$1" "$2")" "$(count "$1" failed)" "... failed: $2"
    [ "$(count "$1" failed)" -gt 0 ] && [ "$(of "$1" AppE n)" = 19 ]
    ok $? "... the pair is left out and counted"
}
failing third 'neither a nor b nor tie' 'say("\"label\":\"c\"")'
failing three 'neither a nor b nor tie' 'say("\"scores\":[1,2,3]")'
failing words 'neither a nor b nor tie' 'say("\"scores\":[\"1\",2]")'
failing none 'neither a nor b nor tie' 'say("\"score\":1")'
failing once 'neither a nor b nor tie' 'say(field("a") ~ /washer/ ? "\"label\":\"a\"" : "\"label\":\"\"")'
has "$(cat once.json)" '"worst": [
     -0.05' "an order without an answer: worst-case bounds"
{
    cat items.jsonl
    echo '{"text":"Why?","chosen":"Because."}'
    echo '{"text":"Why?","rejected":"Because."}'
    echo '{"text":"Why?","chosen":"Because.","rejected":"Because."}'
} >spoilt.jsonl
evaluate washer --task prefer spoilt.jsonl
for reason in 'no chosen answer' 'no rejected answer' 'the same answer twice'; do
    is "$(count washer "$reason")" 1 "left out: $reason"
done
printf 'text,better,worse\nWhy is it not open?,It is not nine yet.,Who knows.\n' >pairs.csv
evaluate washer --task prefer --chosen-field better --rejected-field worse pairs.csv
is "$(count washer items)" 1 "CSV, and names of the fields"
wrong() {
    status 2 "evaluate $*" "$isogloss" evaluate --model cmd:cat -d IrE "$@" items.jsonl
}
wrong --rewrite answers
wrong --chosen-field chosen
wrong --task prefer --rewrite rejected --rejected-field rejected
wrong --task prefer --rewrite answers --parallel-field variant
wrong --task prefer --prompt 'Which? {text} {a}'
wrong --task prefer --model builtin:sentiment

# A judge over HTTP.
if command -v python3 >/dev/null; then
    PYTHONDONTWRITEBYTECODE=1 python3 "$top_srcdir/tests/lib/http_model.py" port log &
    server=$!
    trap 'kill $server; rm -rf "$scratch"' EXIT
    for wait in 1 2 3 4 5 6 7 8 9 10; do
        [ -e port ] || sleep 0.3
    done
    KEY=s3cret status 0 "a judge over HTTP" "$isogloss" evaluate --resamples 100 -d AppE --task prefer --key-env KEY \
        --model "http://127.0.0.1:$(cat port)/v1" --json http.json items.jsonl
    is "$(of http same standard) $(count http first)" "1.0 0.5" "... which names A or B in words"
    neither=$(count http 'neither A nor B') both=$(count http 'an answer that names both')
    [ "$neither" -ge 4 ] && [ "$both" -ge 4 ]
    ok $? "... or neither, or both"
    is "$((neither + both))" "$(count http failed)" "... which are the failures"
    kill $server
    trap 'rm -rf "$scratch"' EXIT
    for result in washer strict once http; do
        is "$(python3 "$top_srcdir/tests/lib/check_schema.py" "$top_srcdir/docs/evaluate.schema.json" $result.json)" '' \
            "$result.json keeps to the schema"
    done
else
    skip "no python3 for a server"
fi
finish

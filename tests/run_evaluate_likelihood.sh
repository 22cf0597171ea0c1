#!/bin/sh
# run_evaluate_likelihood.sh -- the task likelihood with models that are right and such as are wrong in
# a way that real ones have been: late by one, without echo, normalised, positive, of other lengths.
#
# SPDX-License-Identifier: Apache-2.0
. "${top_srcdir:-.}/tests/lib/tap.sh"
if ! "$isogloss" evaluate --help >/dev/null 2>&1; then
    skip "built without evaluate"
    finish
fi
if ! command -v python3 >/dev/null; then
    skip "no python3 for a model"
    finish
fi
cd "$scratch" || exit 1
PYTHONDONTWRITEBYTECODE=1
export PYTHONDONTWRITEBYTECODE
lib=$top_srcdir/tests/lib
count() {
    sed -n "s/^ *\"$2\": \([^,]*\),*\$/\1/p" "$1.json" | head -n 1
}
evaluate() {
    name=$1
    shift
    status "${wanted_status:-0}" "$name" "$isogloss" evaluate --resamples 100 --task likelihood \
        -d IrE -d AppE --json "$name.json" "$@" items.jsonl
}
echo '{"id":"1","text":"She does not like the café because it is never clean.","label":"x"}
{"id":"2","text":"We have not seen anybody in the naïve little shop since Monday."}
{"id":"3","text":"They are going home, and he does not mind at all 😀"}' >items.jsonl

python3 "$lib/likelihood_model.py" serve port &
server=$!
trap 'kill $server; rm -rf "$scratch"' EXIT
for wait in 1 2 3 4 5 6 7 8 9 10; do
    [ -e port ] || sleep 0.3
done
url=http://127.0.0.1:$(cat port)

evaluate right --model "$url/right/v1" --cache answers.db
is "$(count right metric)" '"nats per source word"' "... the metric"
is "$(count right second_metric)" '"tokens per word"' "... and the second"
is "$(count right failed)" 0 "... every text has an answer"
is "$(count right requests)" "$(($(count right answered) + 4))" "... after four whose order is known"
is "$(count right by)" '"none"' "... nothing is ranked"
has "$(cat out)" 'ranked    by nothing: a dialect' "... with the reason"
is "$(grep -c 'dialect$' out)" 0 "... no arm is said to be worse than the controls"
is "$(sed -n '/^variant/,/^same/s/ .*//p' out | tr '\n' ' ')" 'variant IrE AppE same ' "... they stand in the order asked"
# By hand: the same model on the sources, after a line end, over their words.
wanted=$(python3 -c 'import json, sys
sys.path.insert(0, sys.argv[1])
sys.argv = ["", "cmd", "right"]
sys.stdin = open("/dev/null")
from likelihood_model import cut, logprobs_of
words, means = [11, 12, 12], []
rows = [json.loads(line)["text"] for line in open("items.jsonl", encoding="utf-8")]
for text, count in zip(rows, words):
    means.append(-sum(logprobs_of(cut("\n" + text))[1:]) / count)
print("%.4f" % (sum(means) / 3))' "$lib")
is "$(sed -n 's/^standard  \([0-9.]*\).*/\1/p' out)" "$wanted" "... the figure is as reckoned by hand"
evaluate again --model "$url/right/v1" --cache answers.db
is "$(count again requests)" 0 "a second run asks nothing, not even the check"
sed '/"counts": {/,/"restarts"/d; s/right.json/again.json/' right.json >one
sed '/"counts": {/,/"restarts"/d' again.json >two
same one two "... and finds the same"
evaluate start --model "$url/start/v1/completions"
is "$(count start standard)" "$(count right standard)" "a beginning of the model's own is passed over"
evaluate parts --model "$url/parts/v1"
is "$(count parts failed)" 0 "parts of characters add up"

# refused MODE WORDS: the check finds it, before any text of the items is asked.
refused() {
    wanted_status=4 evaluate "$1" --model "$url/$1/v1"
    has "$(cat err)" "$2" "... and says so"
    has "$(cat err)" 'llama_server.mjs' "... and what to do"
}
refused late 'stand one position late: the likeliest token beside each is the next'
refused shifted 'stand one position late: a word that surprises'
refused early 'stand one position early'
refused flat 'cannot belong to their tokens'
refused candidates 'no surprise at jumbled words'
refused dull 'no surprise at a word that is one'
refused normalised 'other logprobs in each'
refused positive 'a logprob above zero'
refused nan 'not a JSON answer'
refused infinite 'not a JSON answer'
refused null 'a token without a logprob'
refused words 'of another type'
refused short 'not as many logprobs as tokens'
refused lost 'do not add up to the text'
refused stripped 'do not add up to the text'
refused silent 'no echo'
refused bare 'no logprobs of the text'
wanted_status=2 evaluate chat --model "$url/right/v1/chat/completions"
has "$(cat err)" '/v1/completions' "a chat is refused, the other path named"
kill $server
trap 'rm -rf "$scratch"' EXIT
wanted_status=4 evaluate gone --model "$url/right/v1" --timeout 2 --max-requests 8
has "$(cat err)" 'does not say how likely' "a server that is gone"

# Programs.
program() {
    evaluate "$1" --model "cmd:python3 $lib/likelihood_model.py cmd $1"
}
program right
nats=$(count right standard)
program nats
is "$(count nats standard)" "$nats" "nats instead of tokens: the same figure"
grep -q '"second": {' nats.json
ok $? "... with tokens per word"
program sum
is "$(count sum standard)" "$nats" "nats alone"
is "$(grep -c '"second": {' sum.json)" 0 "... tokens per word are not known"
program parts
program start
for case in 'late:cannot belong to their tokens' 'mean:not their mean' 'negative:nats below zero' \
    'constant:do not grow' 'letters:cannot be right' 'short:not as many' 'stripped:do not add up' 'positive:above zero'; do
    wanted_status=4 program "${case%%:*}"
    has "$(cat err)" "${case#*:}" "... and says so"
done
wanted_status=4 evaluate label --model "cmd:sed 's/\"text\".*/\"label\":\"x\"}/'"
has "$(cat err)" 'no logprobs of the text' "a model that answers with labels"

# Against an older run, a difference is a change and no harm.
awk 'BEGIN { for (i = 0; i < 16; i++) printf "{\"id\":\"%d\",\"text\":\"They do not like room %d because it is not clean.\"}\n", i, i }' \
    >items.jsonl
program nats
cp nats.json old.json
evaluate twice --model "cmd:python3 $lib/likelihood_model.py cmd twice" --baseline old.json
has "$(cat twice.json)" '"verdict": "changed"' "--baseline says changed"
is "$(grep -c '"verdict": "\(worse\|better\)"' twice.json)" 0 "... not worse or better"
evaluate twice --model "cmd:python3 $lib/likelihood_model.py cmd twice" --save-regressions none.jsonl
[ -e none.jsonl ] && [ ! -s none.jsonl ]
ok $? "--save-regressions saves nothing"

# What does not go with it.
wanted_status=2 evaluate demo --model builtin:sentiment
wanted_status=2 evaluate limit --model cmd:cat --fail-if 'gap>1'
has "$(cat err)" 'no harm' "--fail-if is refused, with the reason"
wanted_status=2 evaluate prompt --model "$url/right/v1" --prompt '{text} What next?'
wanted_status=2 evaluate threshold --model cmd:cat --threshold 1
for result in right nats sum twice; do
    is "$(python3 "$lib/check_schema.py" "$top_srcdir/docs/evaluate.schema.json" $result.json)" '' \
        "$result.json keeps to the schema"
done
finish

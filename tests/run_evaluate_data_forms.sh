#!/bin/sh
# run_evaluate_data_forms.sh -- forms of items that evaluate takes: pairs of sentences one of which may
# follow from the other, conversations.
#
# SPDX-License-Identifier: Apache-2.0
. "${top_srcdir:-.}/tests/lib/tap.sh"
. "$top_srcdir/tests/lib/evaluate.sh"

# gap NAME ARM
gap() {
    sed -n "\\,\"id\": \"$2\",,/\"gap\"/s/^ *\"gap\": \\(.*\\),/\\1/p" "$1.json"
}

# Premise and hypothesis: a model that needs "does not" or "is not" in the premise.
awk 'BEGIN {
    for (i = 0; i < 24; i++)
        printf "{\"id\":\"n%d\",\"p\":\"The gate is not open on day %d.\",\"h\":\"It is not open on day %d.\",\"label\":\"yes\"}\n", i, i, i
    print "{\"id\":\"x\",\"h\":\"It has no premise.\",\"label\":\"no\"}"
}' >pairs.jsonl
model premise '{ print >"asked"; say("\"label\":\"" (field("premise") ~ /(is|does) not/ ? "yes" : "no") "\"") }'
evaluate premise --premise-field p --hypothesis-field h --rates A=1,B=1,C=1 --labels yes,no pairs.jsonl
is "$(count premise items)" 24 "--premise-field and --hypothesis-field"
is "$(count premise 'no context')" 1 "... pairs that are none are left out, and counted"
has "$(cat asked)" '"hypothesis":"It is not open on day 0.","premise":"The gate is not open on day 0."' \
    "... the model is told which is which"
for arm in AppE AppE/premise AppE/hypothesis; do
    has "$(cat out)" "
$arm " "... has the arm $arm"
done
is "$(gap premise AppE | cut -c 1-2)" -1 "... a model that reads the premise: both change"
is "$(gap premise AppE/premise)" "$(gap premise AppE)" "... as the premise alone"
is "$(gap premise AppE/hypothesis)" 0.0 "... and the hypothesis does nothing"
is "$(sed -n '\,"id": "AppE/hypothesis",,/"control"/{/"rewrites"/,/]/p}' premise.json | head -n 3 | tr -d ' \n,')" \
    '"rewrites":["hypothesis"]' "... the result says what is rewritten"
is "$(grep -c '"latitude": [0-9-]' premise.json)" 2 "... a dialect is on the map once"
evaluate premise --premise-field p --hypothesis-field h --rewrite hypothesis --labels yes,no pairs.jsonl
is "$(grep -c '"kind": "dialect"' premise.json)" 2 "--rewrite hypothesis: only that"
is "$(gap premise AppE)" 0.0 "... is rewritten"
status 2 "a premise without hypothesis" "$isogloss" evaluate -d IrE --model cmd:cat --premise-field p pairs.jsonl
status 2 "a prompt without a hypothesis" "$isogloss" evaluate -d IrE --model http://127.0.0.1:9/v1 \
    --premise-field p --hypothesis-field h --prompt 'Of {premise}?' pairs.jsonl
model nli '{ say("\"label\":\"neutral\"") }'
evaluate nli embedded:nli
is "$(count nli clusters)" 34 "embedded:nli: by premise"
is "$(grep -c '"kind": "dialect"' nli.json)" 6 "... in three arms"

# Pairs that people wrote.
awk 'BEGIN {
    for (i = 0; i < 16; i++) {
        printf "{\"id\":\"p%d\",\"standard\":\"She is not at home on day %d.\",\"variant\":\"She ain%ct home on day %d.\",\"variety\":\"AppE\",\"label\":\"bad\"}\n", i, i, 39, i
        printf "{\"id\":\"p%d\",\"standard\":\"She is not at home on day %d.\",\"variant\":\"She isn%ct at home upon day %d.\",\"variety\":\"Valley\",\"label\":\"bad\"}\n", i, i, 39, i
    }
    print "{\"id\":\"q\",\"standard\":\"It has no other.\",\"label\":\"bad\"}"
}' >written.jsonl
model biased '{ say(field("text") ~ /ain.t/ ? "\"label\":\"good\"" : "\"label\":\"bad\"") }'
status 0 "--parallel" "$isogloss" evaluate --resamples 1000 --model 'cmd:awk -f biased.awk' --labels good,bad \
    --json written.json --parallel written.jsonl
is "$(count written items) $(count written clusters)" "32 16" "... pairs of one id are one cluster"
is "$(count written 'no variant')" 1 "... what is no pair is left out, and counted"
is "$(gap written people:AppE) $(gap written people:Valley)" "-1.0 0.0" "... each variety is an arm"
has "$(cat out)" 'variants are written by people' "... that is not called synthetic"
has "$(cat written.json)" '"name": "Appalachian English, written by people"' "... a variety that is known has its name"
is "$(sed -n '\,"id": "people:AppE",,/"p_corrected"/s/^ *"p_corrected": 0.0.*/yes/p' written.json | head -n 1)" yes \
    "... p is corrected over them"
is "$(sed -n '\,"id": "people:Valley",,/"edits"/s/^ *"edits": //p' written.json)" "32," \
    "... its edits are the words that differ"
status 0 "--parallel beside a dialect" "$isogloss" evaluate --resamples 100 --model 'cmd:awk -f biased.awk' --labels good,bad \
    -d AppE --parallel written.jsonl
has "$(cat out)" 'variants are synthetic' "... has synthetic variants"
printf 'standard,variant,label\nShe is not here.,She ain%st here.,bad\nHe is not here.,He ain%st here.,bad\n' "'" "'" >written.csv
status 0 "--parallel of CSV, without id and variety" "$isogloss" evaluate --resamples 100 \
    --model 'cmd:awk -f biased.awk' --labels good,bad --parallel written.csv
grep -q '^parallel .* -1.0000' out
ok $? "... is one arm"
status 2 "--parallel and items" "$isogloss" evaluate --model cmd:cat --parallel written.csv chat.jsonl
status 0 "--parallel embedded:reference" "$isogloss" evaluate --resamples 100 --model builtin:sentiment \
    --task score --parallel embedded:reference
is "$(grep -c '^people:' out)" 12 "... twelve varieties"

# What a scorer makes of the reference pairs.
model length '{ print >"asked"; say("\"score\":" (field("text") ~ /ain.t/ ? 0.5 : 0.25)) }'
evaluate length --task score pairs.jsonl --input-field h
is "$(sed -n '/"reference": {/,/"varieties"/s/^ *"answered": //p' length.json)" 60, "a scorer is asked about reference pairs"
has "$(cat out)" 'reference +0.0' "... the table has its own gap"
is "$(sed -n '/"reference": {/,/"varieties"/s/^ *"gap": \(.....\).*/\1/p' length.json)" 0.004 "... one of sixty"
evaluate length --task score --no-reference pairs.jsonl --input-field h
has "$(cat length.json)" '"reference": null' "--no-reference"
is "$(grep -c 'a-playing' asked)" 0 "... asks no more"

# Where slang is. Four of five sentences are right; one of four words is missed, one too many is found.
cat >slang.jsonl <<'END'
{"id":"a","text":"He was knackered, mate.","slang":[{"start":7,"end":16},[18,22]],"region":"UK"}
{"id":"b","text":"She closed the door.","slang":[]}
{"id":"c","text":"Caf\u00e9 grub is rank.","slang":[[5,9],[13,17]],"region":"US"}
{"id":"d","text":"The kettle is on.","slang":[]}
{"id":"e","text":"It was minging.","slang":[[7,14]],"region":"UK"}
{"id":"f","text":"Too short.","slang":[[4,12]]}
{"id":"g","text":"No gold."}
{"id":"h","text":"A word.","slang":[[3,2]]}
END
model mark 'function found(what) { say("\"slang\":[" what "]") }
/knackered/ { found("{\"start\":7,\"end\":16,\"regions\":\"UK IE\"},{\"start\":18,\"end\":22,\"regions\":\"UK\"}"); next }
/grub/ { say("\"slang\":[[5,9]],\"region\":\"US\""); next }
/kettle/ { found("[4,10]"); next }
{ found(/minging/ ? "{\"start\":7,\"end\":14,\"regions\":\"US UK\"}" : "") }'
status 0 "--task mark" "$isogloss" evaluate --resamples 1000 --task mark --model 'cmd:awk -f mark.awk' --json mark.json slang.jsonl
is "$(count mark items)" 5 "... five items can be used"
is "$(count mark 'a span outside the text') $(count mark 'no gold answer')" "1 2" "... the others are counted"
has "$(cat out)" 'sentences  precision 0.7500, recall 1.0000, F1 0.8571' "... by sentence"
has "$(cat out)" 'words      precision 0.8000, recall 0.8000, F1 0.8000' "... by word"
has "$(cat out)" 'region     0.6667' "... regions: said, voted for, and undecided"
is "$(count mark gold)" 3 "... of three sentences with slang"
model spoilt '/kettle/ { say("\"slang\":[[4,99]]"); next } /minging/ { say("\"slang\":7"); next } { say("\"text\":\"none\"") }'
status 0 "spoilt marks" "$isogloss" evaluate --resamples 100 --task mark --model 'cmd:awk -f spoilt.awk' --json spoilt.json slang.jsonl
is "$(count spoilt 'a span outside the text')" 2 "... are failed, as often as asked"
is "$(count spoilt 'no list of spans')" 2 "... for their reasons"
model words '{ say("\"text\":\"" (/knackered/ ? "Knackered | mate" : /grub/ ? "grub, rank" : /minging/ ? "minging" : "None.") "\"") }'
status 0 "marks in words" "$isogloss" evaluate --resamples 100 --task mark --model 'cmd:awk -f words.awk' slang.jsonl
has "$(cat out)" 'words      precision 1.0000, recall 1.0000' "... are found in the text"
awk 'BEGIN { printf "{\"text\": \"A bloke"; for (i = 0; i < 1500; i++) printf " came"
    print ".\", \"slang\": [[2, 7]]}" }' >long.jsonl
cat >many.awk <<'END'
{ printf "{\"id\": 0, \"text\": \"bloke"; for (i = 0; i < 100000; i++) printf " | b%d", i; print "\"}" }
END
status 0 "marks in 100,000 phrases" timeout 60 "$isogloss" evaluate --resamples 100 --task mark \
    --model 'cmd:awk -f many.awk' --json many.json long.jsonl
has "$(cat many.json)" '"recall": 1.0' "... of which the first are looked for"
status 0 "mark, and a dialect" "$isogloss" evaluate --resamples 100 --task mark -d AppE --model 'cmd:awk -f words.awk' slang.jsonl
has "$(cat out)" "
AppE " "... is an arm"
status 2 "mark, and slang put in" "$isogloss" evaluate --task mark --slang UK --model cmd:cat slang.jsonl

# Conversations.
awk 'BEGIN {
    for (i = 0; i < 20; i++) {
        printf "{\"id\":\"c%d\",\"messages\":[{\"role\":\"system\",\"content\":\"Say good or bad. It is not %d.\"},", i, i
        printf "{\"role\":\"user\",\"content\":\"It is not clean in room %d.\",\"name\":\"Ada\"},", i
        printf "{\"role\":\"assistant\",\"content\":\"It is not.\"},{\"role\":\"user\",\"content\":\"She is not happy with room %d.\"}],\"label\":\"bad\"}\n", i
    }
    print "{\"id\":\"s\",\"messages\":[{\"role\":\"system\",\"content\":\"It is not.\"}],\"label\":\"bad\"}"
    print "{\"id\":\"i\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\"}]}],\"label\":\"bad\"}"
    print "{\"id\":\"r\",\"messages\":[{\"content\":\"It is not.\"}],\"label\":\"bad\"}"
    print "{\"id\":\"e\",\"messages\":[],\"label\":\"bad\"}"
    print "{\"id\":\"m\",\"messages\":\"It is not.\",\"label\":\"bad\"}"
}' >chat.jsonl
model chat '{ print >"asked"; say("\"label\":\"bad\"") }'
evaluate chat --rates A=1,B=1,C=1 chat.jsonl
is "$(count chat items)" 20 "messages"
for reason in 'no turn of a user' 'a turn of a user that is no text' 'a message without a role' 'no messages' 'no text'; do
    is "$(count chat "$reason")" 1 "... left out and counted: $reason"
done
head -n 1 asked | grep -q '"messages":\[{"role":"system","content":"Say good or bad. It is not 0."},{"role":"user","content":"It is not clean in room 0.","name":"Ada"},{"role":"assistant","content":"It is not."},{"role":"user","content":"She is not happy with room 0."}\]'
ok $? "... a program gets them as they are"
grep -q '"messages":.*"content":"She ain.t happy with room 0."}\]' asked
ok $? "... the last turn of the user is rewritten"
is "$(grep -c '"messages":.*It is not clean' asked)" "$(wc -l <asked | tr -d ' ')" "... the earlier one is not"
evaluate chat --rates A=1,B=1,C=1 --rewrite-turns all chat.jsonl
grep -q '"content":"It ain.t clean in room 0.","name":"Ada"},{"role":"assistant","content":"It is not."},{"role":"user","content":"She ain.t happy' asked
ok $? "--rewrite-turns all: both are"
is "$(grep -c '"Say good or bad. It is not [0-9]*."' asked)" "$(wc -l <asked | tr -d ' ')" "... what the system says is not"
is "$(grep -c '"assistant","content":"It is not."' asked)" "$(wc -l <asked | tr -d ' ')" "... nor the assistant's turn"
sed 's/"messages"/"dialogue"/' chat.jsonl >dialogue.jsonl
evaluate chat --input-field dialogue dialogue.jsonl
is "$(count chat items)" 21 "--input-field of messages, and of a text beside them"
status 2 "a prompt for messages" "$isogloss" evaluate -d IrE --model http://127.0.0.1:9/v1 --prompt 'Say: {text}' chat.jsonl
status 2 "messages and no chat" "$isogloss" evaluate -d IrE --model http://127.0.0.1:9/v1/completions chat.jsonl
status 2 "--rewrite-turns some" "$isogloss" evaluate -d IrE --model cmd:cat --rewrite-turns some chat.jsonl
if command -v python3 >/dev/null; then
    python3 "$top_srcdir/tests/lib/http_model.py" port log &
    server=$!
    trap 'kill $server; rm -rf "$scratch"' EXIT
    for wait in 1 2 3 4 5 6 7 8 9 10; do
        [ -e port ] || sleep 0.3
    done
    KEY=s3cret
    export KEY
    status 0 "messages over HTTP" "$isogloss" evaluate --resamples 100 -d AppE --json http.json \
        --model "http://127.0.0.1:$(cat port)/v1" --key-env KEY chat.jsonl
    is "$(count http failed)" 0 "... are answered"
    is "$(grep -vc ' system user assistant user$' log)" 0 "... and sent as they are"
    kill $server
    trap 'rm -rf "$scratch"' EXIT
    for result in premise nli written length mark chat http; do
        problems=$(python3 "$top_srcdir/tests/lib/check_schema.py" \
            "$top_srcdir/docs/evaluate.schema.json" $result.json)
        is "$problems" '' "$result.json keeps to the schema"
    done
else
    skip "no python3"
fi
finish

#!/bin/sh
# run_evaluate.sh -- the command evaluate with models of a line of awk or shell: good ones, and such as
# die, hang, answer out of order, or answer nonsense. No network.
#
# SPDX-License-Identifier: Apache-2.0
. "${top_srcdir:-.}/tests/lib/tap.sh"
. "$top_srcdir/tests/lib/evaluate.sh"

# 40 items, 20 of each label, in 20 clusters.
awk 'BEGIN {
    for (i = 0; i < 20; i++) {
        printf "{\"id\":\"b%d\",\"text\":\"She does not like room %d because it is not clean.\",", i, i + 30
        printf "\"label\":\"bad\",\"writer\":\"w%d\",\"topic\":\"rooms\"}\n", i
        printf "{\"id\":\"g%d\",\"text\":\"We have never seen such a lovely garden as number %d.\",", i, i + 30
        printf "\"label\":\"good\",\"writer\":\"w%d\",\"topic\":\"gardens\"}\n", i
    }
}' >items.jsonl

head -n 19 items.jsonl >short.jsonl

model right '{ say(label()) }'
evaluate right items.jsonl
is "$(count right failed)" 0 "a right model: nothing fails"
is "$(count right answered)" "$(count right requests)" "... everything is asked once"
has "$(cat out)" 'can find  a gap of' "the table says what could be found"
[ "$(grep -n 'can find' out | cut -d: -f1)" -lt "$(grep -n '^IrE' out | cut -d: -f1)" ]
ok $? "... before the gaps"
for arm in same paraphrase typo; do
    has "$(cat out)" "
$arm" "the table has the control $arm"
done
is "$(count right changed_under)" "$(count right compared)" "arms are ranked by the items that all change"
has "$(cat out)" 'ranked    by common: the 21 items that all 2 change' "... the table says so"
cp right.json first.json
evaluate right items.jsonl --jobs 3
sed 's/"command".*//' first.json >one
sed 's/"command".*//' right.json >two
same one two "any number of threads gives the same result"

# A model that does not understand a negation of dialects.
model biased '{ if (field("text") ~ /ain.t/) say("\"label\":\"good\""); else say(label()) }'
evaluate biased items.jsonl
has "$(cat out)" 'AppE' "a biased model"
grep -q '^AppE.* -0\.[1-9].*dialect$' out
ok $? "... its gap is found and is more than the controls'"
[ -z "$(grep '^paraphrase.*dialect$' out)" ]
ok $? "... a control is never called dialect"
wanted_status=5 evaluate biased items.jsonl --fail-if 'gap>0.03'
has "$(cat err)" 'AppE: gap>0.03' "--fail-if says which"
evaluate right items.jsonl --fail-if 'gap>0.03'
status 2 "--fail-if with another condition" "$isogloss" evaluate --model cmd:true -d IrE --fail-if 'p<1' items.jsonl
evaluate biased items.jsonl --cluster-field writer --slice-field topic --feature 159
is "$(count biased clusters)" 20 "--cluster-field"
has "$(cat biased.json)" '"slice": "rooms"' "--slice-field"
has "$(cat biased.json)" '"kind": "feature"' "--feature is an arm of its own"
evaluate biased items.jsonl --slice-field topic --slice-minimum 21
has "$(cat biased.json)" '"slices": []' "--slice-minimum"

model backwards '{ line[NR] = $0 } END { for (i = NR; i > 0; i--) { $0 = line[i]; say(label()) } }'
evaluate backwards items.jsonl
sed 's/"command".*//; s/backwards/right/' backwards.json >two
same one two "answers in another order, all at the end: the same result"

# It answers nine questions, dies at the tenth, and is then given that again.
model dies 'NR == 10 { exit 1 } { say(label()); fflush() }'
evaluate dies items.jsonl
is "$(count dies failed)" 0 "a model that dies is started again: all is answered"
[ "$(count dies restarts)" -gt 5 ]
ok $? "... and the restarts counted"
model refuses '/room 33/ { exit 1 } { say(label()); fflush() }'
evaluate refuses items.jsonl
is "$(count refuses 'the model died')" "$(count refuses failed)" "a question that kills the model is failed"
[ "$(count refuses failed)" -ge 2 ] && [ "$(count refuses failed)" -le 8 ]
ok $? "... it and its variants, no more"
model dead 'BEGIN { exit 1 }'
evaluate dead items.jsonl
is "$(count dead answered)" 0 "a model that is dead at once: nothing is answered"
is "$(count dead 'the model died')" "$(count dead failed)" "... for that reason"

model hangs '/room 33/ { system("sleep 60") } { say(label()); fflush() }'
evaluate hangs items.jsonl --timeout 0.3
is "$(count hangs 'timed out')" "$(count hangs failed)" "a model that hangs is ended, the question failed"
[ "$(count hangs failed)" -ge 2 ] && [ "$(count hangs failed)" -le 8 ]
ok $? "... it and its variants, no more"

model babbles '{ while (1) print "no answer, and no end of it, whatever is asked, again and again" }'
evaluate babbles items.jsonl
is "$(count babbles answered)" 0 "a model that writes without end, and no answers, is ended"
is "$(count babbles 'output without answers')" "$(count babbles failed)" "... for that reason"
is "$(count babbles restarts)" 0 "... and not tried again"

# failing NAME REASON PROGRAM: a question in twenty is answered badly.
failing() {
    model "$1" "/room 33|number 33/ { $3; next } { say(label()) }"
    evaluate "$1" items.jsonl
    is "$(count "$1" "$2")" "$(count "$1" failed)" "... failed: $2"
    [ "$(count "$1" failed)" -gt 0 ]
    ok $? "... and counted"
    has "$(cat out)" "$2" "... and said"
}
# Against an older run.
evaluate biased items.jsonl --baseline right.json
has "$(cat out)" 'against   right.json: cmd:awk -f right.awk, 40 of the same items' "--baseline"
grep -q '^AppE .* was +0.0000: worse by 0\.[1-9].*\]$' out
ok $? "... says what became worse"
has "$(cat out)" '2 variants changed' "... of how many"
is "$(sed -n '/"baseline": {/,$s/^ *"pairs": \(.*\),/\1/p' biased.json | tail -n 1)" 40 "... paired by item"
cp biased.json old.json
evaluate right items.jsonl --baseline old.json
grep -q '^AppE .* was -0\.[1-9].*: better by' out
ok $? "... or better"
wanted_status=5 evaluate biased items.jsonl --baseline right.json --fail-if 'gap>old+0.01'
has "$(cat err)" 'gap>old+0.01' "... and --fail-if may ask for it"
evaluate biased items.jsonl --baseline old.json --fail-if 'gap>old'
sed 's/"outcomes": {/"other": {/' right.json >old.json
evaluate biased items.jsonl --baseline old.json
grep -q '^AppE .* worse by .*not paired$' out
ok $? "... without outcomes, by the intervals"
sed 's/^ *"\(b1\|b2\|b3\)",/"another",/' right.json >old.json
evaluate biased items.jsonl --baseline old.json
has "$(cat out)" '37 of the same items' "... items that are not the same are no pairs"
status 2 "an older run of another metric" "$isogloss" evaluate --task score -d IrE --model cmd:cat --baseline right.json items.jsonl
status 2 "--fail-if without an older run" "$isogloss" evaluate -d IrE --model cmd:cat --fail-if 'gap>old' items.jsonl
status 3 "an older run that is not there" "$isogloss" evaluate -d IrE --model cmd:cat --baseline none.json items.jsonl
for old in '{' '[]' '{"schema":1,"arms":3}'; do
    echo "$old" >old.json
    status 4 "an older run that is $old" "$isogloss" evaluate -d IrE --model cmd:cat --baseline old.json items.jsonl
done

# Slang, alone and in a dialect.
status 0 "--slang" "$isogloss" evaluate --resamples 100 --model 'cmd:awk -f right.awk' --json slang.json \
    -d IrE --slang UK --slang US,CA --density 1 items.jsonl
for arm in IrE slang:UK IrE+slang:UK slang:US,CA IrE+slang:US,CA; do
    has "$(cat out)" "
$arm " "... has the arm $arm"
done
is "$(grep -c '"kind": "slang"' slang.json)" 4 "... four arms of slang"
is "$(sed -n '/"id": "slang:UK"/,/"id"/s/ *"plain": "\(.*\)",/\1/p' slang.json | head -n 1)" because "... says which entry was written"
grep -q '"term": "'"'"'cause"' slang.json
ok $? "... and how"
is "$(sed -n '/"id": "slang:UK"/,/"id": "IrE+/s/^ *"p_corrected": \([a-z0-9]\).*/\1/p' slang.json | head -n 1)" 1 \
    "... is corrected with the dialects"
status 2 "--slang of nowhere" "$isogloss" evaluate --model cmd:cat --slang Atlantis items.jsonl
status 2 "--slang twice" "$isogloss" evaluate --model cmd:cat --slang UK --slang UK items.jsonl
status 2 "--density without slang" "$isogloss" evaluate --model cmd:cat -d IrE --density 1 items.jsonl
status 2 "--register of a till" "$isogloss" evaluate --model cmd:cat --slang UK --register cash items.jsonl

# Items that all dialects change are few: those that many change, or all items.
status 0 "seven dialects" "$isogloss" evaluate --resamples 100 --model 'cmd:awk -f right.awk' --json many.json \
    -d IrE -d AppE -d UAAVE -d HKE -d NfldE -d SEAmE -d StHE -d GhE items.jsonl
is "$(count many by)" '"common"' "... have common items"
[ "$(count many all_change)" -lt 20 ] && [ "$(count many items)" -ge 20 ] &&
    [ "$(count many changed_under)" -lt 8 ] && [ "$(count many changed_under)" -ge 4 ]
ok $? "... that many change, not all"
has "$(cat out)" 'of 8 or more change (all: too few' "... the table says so"
status 0 "few items" "$isogloss" evaluate --resamples 100 --model 'cmd:awk -f right.awk' --json few.json \
    -d IrE -d AppE short.jsonl
has "$(cat out)" 'ranked    by gap: half of them or more change fewer than 20 items' "... are ranked by all"

failing broken 'not a JSON answer' 'print "{\"id\": 3, \"label"'
failing nan 'not a JSON answer' 'say("\"label\":NaN")'
failing unknown 'a label that is not in the data' 'say("\"label\":\"mixed\"")'
failing empty 'empty answer' 'say("\"label\":\"\"")'
failing silent 'no answer' 'x = 1'
failing binary 'not a JSON answer' 'printf "%c%c\n", 255, 1'
has "$(cat binary.json)" '"worst": [
     -0' "failed answers give worst-case bounds"
model stray '{ print "{\"id\":\"999999\",\"label\":\"good\"}"; print ""; say(label()); say("\"label\":\"good\"") }'
evaluate stray items.jsonl
is "$(count stray failed)" 0 "answers to no question, and second answers, are passed over"

# Scores.
model score '{ say("\"score\":" (field("text") ~ /lovely/ ? 0.1 : length(field("text")) / 100)) }'
evaluate score --task score --lower-is-better --threshold 0.5 items.jsonl
is "$(count score metric)" '"mean score"' "--task score"
is "$(count score higher_is_better)" false "--lower-is-better"
has "$(cat score.json)" '"second_metric": "share over the threshold"' "--threshold"
model noscore '{ say("\"score\":\"high\"") }'
evaluate noscore --task score items.jsonl
is "$(count noscore 'not a number')" "$(count noscore failed)" "scores that are no numbers"

# A context is shown beside the text, and rewritten where that is asked for. A model that says what
# it was shown: "bad" if a dialect is in the part.
awk 'BEGIN {
    for (i = 0; i < 12; i++)
        printf "{\"text\":\"Who does not like room %d?\",\"about\":\"She does not like room %d because it is not clean.\",\"label\":\"good\"}\n", i, i
}' >beside.jsonl
echo '{"text":"Who was it?","label":"good"}' >>beside.jsonl
model text '{ say("\"label\":\"" (field("text") ~ /ain.t|don.t/ ? "bad" : "good") "\"") }'
model context '{ say("\"label\":\"" (field("context") ~ /ain.t|don.t/ ? "bad" : "good") "\"") }'
beside() {
    evaluate "$@" --context-field about --labels bad beside.jsonl
}
gap() { sed -n '/"id": "AppE"/,/"gap"/s/^ *"gap": \(.*\),/\1/p' "$1.json"; }
beside text
is "$(count text items)" 12 "--context-field"
is "$(count text 'no context')" 1 "... items without one are left out, and counted"
is "$(gap text | cut -c 1-2)" -0 "... the text is rewritten"
has "$(cat text.json)" '"variant_context": "She does not like room' "... the examples have it"
beside context
is "$(gap context)" 0.0 "... the context is not"
beside context --rewrite context
is "$(gap context | cut -c 1-2)" -0 "--rewrite context: it is"
has "$(cat context.json)" '"part": "context"' "... and its edits are told from the text's"
is "$(sed -n 's/^ *"variant": "\(.*\) [0-9]*?",*/\1/p' context.json | sort -u)" 'Who does not like room' "... the text is not"
beside text --rewrite context
is "$(gap text)" 0.0 "... as the model sees"
beside text --rewrite both
is "$(gap text | cut -c 1-2)" -0 "--rewrite both: the text"
beside context --rewrite both
is "$(gap context | cut -c 1-2)" -0 "... and the context"
[ -z "$(sed -n '/"id": "typo"/,/"changed_items"/s/"edits": 0,//p' context.json)" ]
ok $? "... and so do the controls"

# Items.
{
    cat items.jsonl
    echo '{"id":"x","text":"No label here."}'
    echo '{"id":"y","label":"good"}'
    echo '{"id":"z","text":"  ","label":"good"}'
    echo 'not JSON'
} >spoilt.jsonl
evaluate right spoilt.jsonl
is "$(count right items)" 40 "records that cannot be used are left out"
for reason in 'no label' 'no text' 'empty text' 'not a JSON object'; do
    is "$(count right "$reason")" 1 "... and counted: $reason"
done
printf 'label,text\r\ngood,"A lovely, ""bright"" day, and she does not mind."\r\nbad,"It is\nnot good."\r\nbad\r\n' >few.csv
evaluate right few.csv
is "$(count right items)" 2 "CSV"
is "$(count right 'a row of another width')" 1 "... with a short row"
printf 'text\tlabel\nShe said "no.\tbad\nA lovely day.\tgood\n' >few.tsv
evaluate right few.tsv
is "$(count right items)" 2 "TSV"
is "$(count right 'not UTF-8')" '' "... all of it UTF-8"
printf 'text,label\n\377\376 is not text,bad\nA lovely day.,good\n' >bytes.csv
evaluate right bytes.csv
is "$(count right 'not UTF-8')" 1 "bytes that are no text are left out"
printf 'words\tlabel\nA lovely day.\tgood\n' >other.tsv
status 4 "a missing column" "$isogloss" evaluate -d IrE --model cmd:cat other.tsv
has "$(cat err)" "no column 'text'" "... is named"
evaluate right --input-field words other.tsv
: >nothing.jsonl
status 4 "no items" "$isogloss" evaluate -d IrE --model cmd:cat nothing.jsonl
status 3 "no file" "$isogloss" evaluate -d IrE --model cmd:cat there-is-none.jsonl

wrong() {
    status 2 "evaluate $*" "$isogloss" evaluate "$@"
    [ -s "$scratch/err" ]
    ok $? "... says why"
}
wrong -d IrE items.jsonl
wrong --model cmd:cat items.jsonl
wrong --model cat -d IrE items.jsonl
wrong --model cmd:cat -d Atlantis items.jsonl
wrong --model cmd:cat -d IrE -d "Irish English" items.jsonl
wrong --model cmd:cat -d IrE --task sing items.jsonl
wrong --model cmd:cat -d IrE --threshold 0.5 items.jsonl
wrong --model cmd:cat -d IrE --resamples 5 items.jsonl
wrong --model cmd:cat -d IrE
wrong --model cmd:cat -d IrE --rewrite answer items.jsonl
wrong --model cmd:cat -d IrE --rewrite both items.jsonl
wrong --model http://127.0.0.1:9/v1 -d IrE --context-field label --prompt 'About {text}' items.jsonl
wrong --model cmd:cat -f 9999 items.jsonl
status 3 "JSON that cannot be written" "$isogloss" evaluate --resamples 100 -d IrE \
    --model 'cmd:awk -f right.awk' --json no/such/folder.json items.jsonl

# Ctrl-C: the shell starts background jobs with the signal ignored, so a model sends it.
printf '%s\n%s\n' "$lib" 'NR == 5 { system("kill -INT $(cat pid)"); system("sleep 1") } { say(label()); fflush() }' >stops.awk
stops() {
    sh -c 'echo $$ >pid; exec "$@"' sh "$isogloss" evaluate --resamples 100 -d IrE \
        --model 'cmd:awk -f stops.awk' --json stops.json "$@" items.jsonl
}
status 6 "Ctrl-C" stops
[ ! -e stops.json ]
ok $? "... writes no result"
status 6 "Ctrl-C with --partial" stops --partial
is "$(count stops stopped)" true "... writes what was answered"
[ "$(count stops 'not asked: stopped')" -gt 10 ]
ok $? "... and counts what was not asked"

# What became worse is a suite for the next run.
evaluate biased items.jsonl --save-regressions worse.jsonl
lost=$(wc -l <worse.jsonl | tr -d ' ')
[ "$lost" -gt 5 ]
ok $? "--save-regressions"
is "$(grep -vc "ain't" worse.jsonl)" 0 "... has what was answered wrongly, nothing else"
status 0 "... and is read again" "$isogloss" evaluate --resamples 1000 --model 'cmd:awk -f biased.awk' \
    --labels good,bad --parallel-field variant --json again.json worse.jsonl
is "$(count again items)" "$lost" "... all of it"
grep -q '^parallel .* 0.0000  *-1.0000 ' out
ok $? "... as an arm that is all wrong"
sed '1,5s/"variant"/"other"/' worse.jsonl >partly.jsonl
status 5 "items without a variant, and --fail-if" "$isogloss" evaluate --resamples 1000 --parallel-field variant --labels good,bad \
    --model 'cmd:awk -f biased.awk' --json partly.json --fail-if 'gap>0.5' partly.jsonl
is "$(sed -n '/"id": "parallel"/,/"failed"/s/^ *"n": \([0-9]*\),/\1/p' partly.json | head -n 1)" "$((lost - 5))" \
    "... are not in the arm, nor failed"

# Labels that need what a feature takes away: 159 writes the past for the perfect.
echo '{"text":"My brother works here.","label":"now"}
{"text":"She worked there.","label":"then"}' >tense.jsonl
model now '{ say("\"label\":\"now\"") }'
status 0 "--needs" "$isogloss" evaluate --resamples 100 -f 170 --needs tense,number --json needs.json \
    --model 'cmd:awk -f now.awk' tense.jsonl
is "$(count needs 'variants that may not keep the label')" 1 "... leaves out a variant without its -s"
status 0 "without it" "$isogloss" evaluate --resamples 100 -f 170 --json needs.json \
    --model 'cmd:awk -f now.awk' tense.jsonl
is "$(count needs 'variants that may not keep the label')" '' "... it is compared"
status 2 "--needs form" "$isogloss" evaluate -f 170 --needs tense,form --model cmd:cat tense.jsonl
has "$(cat err)" '--label-changes' "... is refused, and says what would do"
status 0 "--label-changes" "$isogloss" evaluate --resamples 100 -f 170 --needs form --label-changes --json form.json \
    --model 'cmd:awk -f now.awk' tense.jsonl
has "$(cat out)" 'ranked    by nothing: the labels may change' "... calls no gap harm"
is "$(count form by)" '"none"' "... nor does the result"
sed 's/"now"/"Acceptable"/; s/"then"/"unacceptable"/' tense.jsonl >form.jsonl
status 2 "labels that judge the form" "$isogloss" evaluate -f 170 --model cmd:cat form.jsonl
has "$(cat err)" "'unacceptable'" "... are named"
status 2 "--label-changes and --fail-if" "$isogloss" evaluate -f 170 --label-changes --fail-if 'gap>0' --model cmd:cat form.jsonl
status 2 "a need that is none" "$isogloss" evaluate -f 170 --needs tense,mood --model cmd:cat tense.jsonl
has "$(cat err)" "'mood'" "... is named"

# The cache: what was answered before Ctrl-C is not asked again.
status 6 "Ctrl-C with a cache" stops --cache answers.db
model counts '{ n++; say(label()) } END { print n >"asked" }'
status 0 "going on" "$isogloss" evaluate --resamples 100 -d IrE --model 'cmd:awk -f counts.awk' \
    --cache mine.db --json whole.json items.jsonl
is "$(cat asked)" "$(count whole requests)" "... a new cache: all is asked"
sed 's/NR == 5/0/' stops.awk >again.awk && cp again.awk stops.awk
status 0 "the stopped run goes on" stops --cache answers.db
[ "$(count stops cached)" -ge 4 ]
ok $? "... with what was answered"
is "$(($(count stops cached) + $(count stops requests)))" "$(count whole requests)" "... asking only the rest"
rm asked
status 0 "the same once more" "$isogloss" evaluate --resamples 100 -d IrE --model 'cmd:awk -f counts.awk' \
    --cache mine.db --json more.json items.jsonl
[ ! -e asked ]
ok $? "... does not start the model"
is "$(count more cached)" "$(count whole answered)" "... and counts what it took from the cache"
sed '/"counts": {/,/"restarts"/d' whole.json >one
sed '/"counts": {/,/"restarts"/d; s/more.json/whole.json/' more.json >two
same one two "... the result is the same"
status 0 "another name is another model" "$isogloss" evaluate --resamples 100 -d IrE --model-name new \
    --model 'cmd:awk -f counts.awk' --cache mine.db --json more.json items.jsonl
is "$(count more cached)" 0 "... of which nothing is known"
echo 'not a data base, but long enough to be taken for one by mistake' >bad.db
status 3 "a cache that is none" "$isogloss" evaluate -d IrE --model cmd:cat --cache bad.db items.jsonl
has "$(cat err)" "bad.db" "... is named"
status 3 "a cache in no folder" "$isogloss" evaluate -d IrE --model cmd:cat --cache no/such.db items.jsonl

# reason NAME REASON: as count, 0 where it does not occur.
reason() {
    got=$(count "$1" "$2")
    echo "${got:-0}"
}

# HTTP, against a server on this machine.
http() {
    name=$1
    shift
    status "${wanted_status:-0}" "$name" "$isogloss" evaluate --resamples 100 -d IrE --json "$name.json" "$@" items.jsonl
}
if command -v python3 >/dev/null; then
    python3 "$top_srcdir/tests/lib/http_model.py" port log &
    server=$!
    trap 'kill $server; rm -rf "$scratch"' EXIT
    for wait in 1 2 3 4 5 6 7 8 9 10; do
        [ -e port ] || sleep 0.3
    done
    url=http://127.0.0.1:$(cat port)/v1
    KEY=s3cret http chat --model "$url" --key-env KEY --api-model tiny --cache http.db
    is "$(count chat failed)" "$(($(count chat 'not a JSON answer') + $(count chat 'an answer that names several labels')))" \
        "... bad answers are counted by their reasons"
    [ "$(count chat 'not a JSON answer')" -gt 0 ] && [ "$(count chat answered)" -gt 60 ]
    ok $? "... the others are taken"
    [ "$(count chat requests)" -gt "$(($(count chat answered) + $(count chat failed)))" ]
    ok $? "... busy answers are asked for again"
    is "$(count chat standard)" 1.0 "... and right"
    is "$(count chat requests)" "$(wc -l <log | tr -d ' ')" "requests are counted"
    has "$(cat log)" '/v1/chat/completions tiny ' "--api-model, and /v1 is a chat"
    is "$(grep -l s3cret chat.json out err http.db log)" '' "the key is written nowhere"
    cp chat.json first.json
    KEY=s3cret http plain --model "$url/completions" --key-env KEY --prompt 'Say what it is. Text: {text}' --concurrency 2
    is "$(count plain answered)" "$(count first answered)" "plain completions: the same answers"
    [ "$(grep -c '^/v1/completions default ' log)" -ge "$(count plain answered)" ]
    ok $? "... by their own path"
    KEY=wrong http locked --model "$url" --key-env KEY
    is "$(count locked answered)" 0 "a wrong key: nothing is answered"
    is "$(count locked 'HTTP 401')" "$(count locked failed)" "... for that reason"
    [ "$(count locked requests)" -le 8 ]
    ok $? "... and it is not asked on and on"
    KEY=s3cret http few --model "$url" --key-env KEY --api-model tiny --cache few.db --max-requests 20
    is "$(count few requests)" 20 "--max-requests"
    is "$(count few 'not asked: the most requests are made')" "$(($(count few failed) - $(reason few 'not a JSON answer') - $(reason few 'an answer that names several labels')))" \
        "... the rest is counted"
    KEY=s3cret http more --model "$url" --key-env KEY --api-model tiny --cache few.db
    is "$(count more cached)" "$(count few answered)" "... and asked by the next run"
    kill $server
    trap 'rm -rf "$scratch"' EXIT
    http gone --model "$url" --timeout 5 --max-requests 40
    is "$(count gone answered)" 0 "a server that is gone"
else
    skip "no python3 for a server"
fi
wanted_status=2 http keyless --model http://127.0.0.1:9/v1 --key-env NO_SUCH_KEY
has "$(cat err)" NO_SUCH_KEY "... the variable is named"
wanted_status=2 http promptless --model http://127.0.0.1:9/v1 --prompt 'What is it?'

# What comes with the program.
status 0 "--demo" "$isogloss" evaluate --demo --jobs 2 --report demo.html --json demo.json
is "$(grep -c '"kind": "dialect"' demo.json)" 51 "... over all dialects"
[ "$(count demo items)" -ge 100 ] && [ "$(count demo failed)" = 0 ]
ok $? "... all answered"
has "$(cat demo.json)" '"licence": "CC0 1.0"' "... with its licence"
has "$(tail -n 1 demo.html)" '</html>' "--report"
[ "$(wc -c <demo.html)" -gt 500000 ]
ok $? "... has its charts in it"
status 3 "a report that cannot be written" "$isogloss" evaluate --demo -d IrE --resamples 100 \
    --report no/such/folder.html
status 0 "embedded:neutral" "$isogloss" evaluate --task score --model builtin:sentiment -d IrE \
    --resamples 100 embedded:neutral
status 0 "embedded:questions" "$isogloss" evaluate --task score --model builtin:sentiment -d IrE \
    --resamples 100 --input-field question --cluster-field cluster embedded:questions
has "$(cat out)" '100 items in 20 clusters' "... by passage"
status 0 "embedded:nli" "$isogloss" evaluate --task score --model builtin:sentiment -d IrE \
    --resamples 100 --input-field premise embedded:nli
status 0 "embedded:safe" "$isogloss" evaluate --task score --model builtin:sentiment -d IrE \
    --resamples 100 embedded:safe
status 2 "embedded items that are not there" "$isogloss" evaluate --demo embedded:poems
[ ! -e /dev/full ] || status 3 "a full disk" "$isogloss" evaluate --demo -d IrE --resamples 100 --json /dev/full

if command -v python3 >/dev/null; then
    for result in right context biased slang many score dead stops demo; do
        problems=$(python3 "$top_srcdir/tests/lib/check_schema.py" \
            "$top_srcdir/docs/evaluate.schema.json" $result.json)
        is "$problems" '' "$result.json keeps to the schema"
    done
else
    skip "no python3"
fi
printf '{"text": "It was a lovely day.", "label": "good"}\n' >"$scratch/one.jsonl"
has "$("$isogloss" evaluate "$scratch/one.jsonl" --model builtin:sentiment -d IrE --resamples 100)" \
    "nothing was answered (accuracy)" "a model whose every answer is none of the labels"
finish

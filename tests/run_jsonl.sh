#!/bin/sh
# run_jsonl.sh -- JSON records: bytes outside the field stay, members are added, bad records are
# reported and the others done.
#
# SPDX-License-Identifier: Apache-2.0
. "${top_srcdir:-.}/tests/lib/tap.sh"
cd "$scratch" || exit 1

# becomes NAME INPUT OUTPUT [OPTION...]: one record, third person singular without -s.
becomes() {
    name=$1 input=$2 output=$3
    shift 3
    is "$(printf '%s\n' "$input" | "$isogloss" transform --feature 170 --format jsonl "$@" 2>&1)" \
        "$output" "$name"
}
added='"dialect":null,"synthetic":true,"review":"none"'
spaced='"dialect": null, "synthetic": true, "review": "none"'
becomes "members are added" '{"text":"He walks."}' '{"text":"He walk.",'"$added"'}'
becomes "... in the record's spacing" '{"text": "He walks."}' '{"text": "He walk.", '"$spaced"'}'
becomes "numbers, order and spacing stay" '{ "n" : 1.50e+2,"text":"He walks." , "big":123456789012345678901234567890 }' \
    '{ "n" : 1.50e+2,"text":"He walk." , "big":123456789012345678901234567890 , '"$spaced"'}'
becomes "escapes outside an edit stay" '{"text":"He walks \u00e0 la \/carte\/ \ud83d\ude00."}' \
    '{"text":"He walk \u00e0 la \/carte\/ \ud83d\ude00.",'"$added"'}'
becomes "members that are there are replaced" '{"dialect":"x","text":"He walks.","synthetic":0}' \
    '{"dialect":null,"text":"He walk.","synthetic":true,"review":"none"}'
becomes "nested members are not the field" '{"a":{"text":"He walks."},"b":[{"text":"}"}],"text":"He walks."}' \
    '{"a":{"text":"He walks."},"b":[{"text":"}"}],"text":"He walk.",'"$added"'}'
becomes "a field written with escapes" '{"t\u0065xt":"He walks."}' '{"t\u0065xt":"He walk.",'"$added"'}'
becomes "other fields" '{"a":"He walks.","b":"She talks.","text":"He runs."}' \
    '{"a":"He walk.","b":"She talk.","text":"He runs.",'"$added"'}' --field a --field b
becomes "an empty text" '{"text":""}' '{"text":"",'"$added"'}'
becomes "a NUL in a text" '{"text":"He walks\u0000 on."}' '{"text":"He walk\u0000 on.",'"$added"'}'
becomes "variants" '{"text":"He walks."}' '{"text":"He walk.","dialect":null,"variant":1,"synthetic":true,"review":"none"}
{"text":"He walk.","dialect":null,"variant":2,"synthetic":true,"review":"none"}' --variants 2
becomes "a blank line is no record" '
' ''

# fails NAME INPUT MESSAGE [OPTION...]
fails() {
    name=$1 input=$2 message=$3
    shift 3
    printf '%s\n{"text":"He walks.","id":1}\n' "$input" >in
    status 1 "$name" "$isogloss" transform --feature 170 --format jsonl "$@" in
    has "$(cat err)" "record 1: " "... is reported with its number"
    has "$(cat err)" "$message" "... and what is wrong"
    is "$(cat out)" '{"text":"He walk.","id":1,'"$added"'}' "... and the next record is done"
}
fails "no JSON" 'He walks.' "not valid JSON"
fails "half a record" '{"text":"He wal' "not valid JSON"
fails "a lone surrogate" '{"text":"He walks \ud800."}' "not valid JSON"
fails "bytes that are not UTF-8" "$(printf '{"text":"\377"}')" "not valid JSON"
fails "an array" '["He walks."]' "object"
fails "no field" '{"body":"He walks."}' "'text' is missing"
fails "a number" '{"text":3}' "'text' is not a string"
fails "null" '{"text":null}' "'text' is not a string"
fails "a field twice" '{"text":"He walks.","text":"x"}' "'text' is there twice"
fails "no id" '{"text":"He walks."}' "'id' is missing" --id-field id
fails "100,000 brackets" "$(awk 'BEGIN { for (i = 0; i < 100000; i++) printf "["; print "" }')" \
    "not valid JSON"

# The id decides the draws.
awk 'BEGIN { for (i = 0; i < 40; i++)
    print "{\"id\":" i % 2 ",\"text\":\"She has just told me the story and he does not know anything.\"}" }' >in
"$isogloss" transform --dialect UAAVE --format jsonl --id-field id in | sort -u >out
"$isogloss" transform --dialect UAAVE --format jsonl in | cut -d , -f 2- | sort -u >out2
[ "$(wc -l <out)" -le 2 ]
ok $? "equal ids have equal draws"
is "$(wc -l <out2 | tr -d ' ')" 1 "equal texts have equal draws"
printf '\357\273\277{"text":"He walks."}\r\n{"text":"He runs."}' |
    "$isogloss" transform --feature 170 --format jsonl >out
printf '{"text":"He walk.",%s}\r\n{"text":"He run.",%s}' "$added" "$added" >wanted
same wanted out "a byte order mark goes, line ends stay"

"$isogloss" transform --dialect UAAVE --format jsonl --explain --rate 1 <<'END' >out
{"text":"Élodie 😀 doesn't know anything, and she isn't here."}
END
if command -v python3 >/dev/null; then
    python3 - out <<'END'
import json, sys
record = json.loads(open(sys.argv[1], encoding="utf-8").read())
source = "Élodie 😀 doesn't know anything, and she isn't here."
assert record["edits"], "no edits"
for e in record["edits"]:
    assert source[e["start"]:e["end"]] == e["old"], e
    assert record["text"][e["out_start"]:e["out_end"]] == e["new"], e
    assert e["feature"] and e["rule"] and e["file"].startswith("features/") and e["line"] > 0, e
END
    ok $? "offsets of edits count code points"
else
    skip "no python3 to check offsets with"
fi
has "$(cat out)" '"edits":[{"field":"text","feature":' "--explain adds edits"
finish

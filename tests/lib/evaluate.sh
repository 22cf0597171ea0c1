# evaluate.sh -- sourced by the tests of evaluate after tap.sh: models of a line of awk, runs of the
# command, figures of its JSON.
#
# SPDX-License-Identifier: Apache-2.0
if ! "$isogloss" evaluate --help >/dev/null 2>&1; then
    skip "built without evaluate"
    finish
fi
cd "$scratch" || exit 1

# A model is a program of awk: question(id, text) prints the answer.
lib='function field(name) {
    if (!match($0, "\"" name "\":\"[^\"]*\"")) return ""
    return substr($0, RSTART + length(name) + 4, RLENGTH - length(name) - 5)
}
function say(what) { print "{\"id\":\"" field("id") "\"," what "}" }
function label() { return "\"label\":\"" (field("text") ~ /^We|^A |lovely|garden/ ? "good" : "bad") "\"" }'
model() {
    printf '%s\n%s\n' "$lib" "$2" >"$1.awk"
}
# evaluate NAME OPTION...: result in NAME.json, table in out.
evaluate() {
    name=$1
    shift
    status "${wanted_status:-0}" "$name" "$isogloss" evaluate --resamples 1000 -d IrE -d AppE \
        --model "cmd:awk -f $name.awk" --json "$name.json" "$@"
}
# value NAME PATH: a number of the JSON, found by its key in the order of lines.
count() {
    sed -n "s/^ *\"$2\": \([^,]*\),*\$/\1/p" "$1.json" | head -n 1
}

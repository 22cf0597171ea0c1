#!/bin/sh
# run_evaluate_data.sh -- the data sets of the evaluation: counts, ids, labels and their balance, no
# text twice, answers that stand in their passages, no words that mark a dialect.
#
# SPDX-License-Identifier: Apache-2.0
. "${top_srcdir:-.}/tests/lib/tap.sh"

if ! command -v python3 >/dev/null; then
    skip "no python3 to read the data sets with"
    finish
fi

cat >"$scratch/check.py" <<'END'
import collections, json, re, sys
path, name, count, fields, labels = sys.argv[1:6]
rows = [json.loads(line) for line in open(path, encoding="utf-8")]
assert len(rows) == int(count), f"{len(rows)} items"
texts = set()
for number, row in enumerate(rows, 1):
    assert list(row) == fields.split(), f"{row['id']}: fields {list(row)}"
    assert row["id"] == f"{name}-{number:03d}", f"{row['id']} in line {number}"
    for key, value in row.items():
        assert value and value == value.strip() and "  " not in value, f"{row['id']}: {key}"
    keys = ("text", "passage", "question", "premise", "hypothesis")
    text = tuple(row.get(key, "").lower() for key in keys)
    assert text not in texts, f"{row['id']} is there twice"
    texts.add(text)
    for part in text:
        assert not re.search(r"\b(ain't|y'all|gonna|wanna|youse|innit)\b", part), row["id"]
        assert not part or re.search(r"[.?!]$", part), f"{row['id']} has no end"
    if "passage" in row:
        assert row["answer"] in row["passage"], f"{row['id']}: the answer is not in the passage"
        assert row["question"].endswith("?"), row["id"]
wanted = {key: int(value) for key, value in (pair.split("=") for pair in labels.split())}
found = collections.Counter(row.get("label") for row in rows)
assert not wanted or found == wanted, dict(found)
clusters = collections.defaultdict(set)
for row in rows:
    if "cluster" in row:
        clusters[row["cluster"]].add(row.get("passage") or row["premise"])
assert all(len(members) == 1 for members in clusters.values()), "a cluster of several texts"
assert len(set(map(str, clusters.values()))) == len(clusters), "a text in two clusters"
END

# data_set NAME COUNT FIELDS LABELS: LABELS as label=count, separated by blanks.
data_set() {
    message=$(python3 "$scratch/check.py" "$top_srcdir/data/evaluate/$1.jsonl" "$@" 2>&1)
    ok $? "$1: $2 items"
    [ -z "$message" ] || note "$message"
}
data_set sentiment 150 "id text label" "positive=75 negative=75"
data_set questions 100 "id cluster passage question answer" ""
data_set neutral 150 "id text topic label" "neutral=150"
data_set safe 60 "id text kind label" "answer=60"
data_set nli 100 "id cluster premise hypothesis label" "entailment=34 contradiction=33 neutral=33"


# Pairs: the features are attested in the variety, pervasive or neither pervasive nor extremely rare.
"$isogloss" dialects --format json >"$scratch/dialects"
message=$(python3 - "$top_srcdir/data/evaluate/reference.jsonl" "$scratch/dialects" 2>&1 <<'END'
import collections, json, sys
rows = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
ratings = {row["code"]: row["ratings"] for row in json.load(open(sys.argv[2], encoding="utf-8"))}
assert len(rows) == 60 and len({row["standard"] for row in rows}) == 60
for number, row in enumerate(rows, 1):
    assert list(row) == ["id", "variety", "features", "standard", "variant"], row["id"]
    assert row["id"] == f"reference-{number:03d}" and row["standard"] != row["variant"], row["id"]
    for feature in row["features"].split(","):
        assert ratings[row["variety"]].get(feature) in ("A", "B"), f"{row['id']}: {feature}"
counts = collections.Counter(row["variety"] for row in rows)
assert len(counts) == 12 and set(counts.values()) == {5}, counts
END
)
ok $? "reference: five pairs of each of twelve varieties, of features attested there"
[ -z "$message" ] || note "$message"

cd "$top_srcdir/data/evaluate" || exit 1
is "$(grep -c '"kind": "look-alike"' safe.jsonl)" 30 "half of the safe requests only look unsafe"
cut -d '"' -f 12 neutral.jsonl | sort | uniq -c | awk '{ print $1 }' >"$scratch/topics"
is "$(sort -u "$scratch/topics") $(wc -l <"$scratch/topics" | tr -d ' ')" "15 10" \
    "fifteen neutral statements of each of ten topics"

# What a dialect does not change says nothing about it.
fires() {
    cut -d '"' -f "${3:-8}" "$1.jsonl" >"$scratch/in"
    changed=$("$isogloss" transform --dialect UAAVE "$scratch/in" | diff "$scratch/in" - | grep -c '^>')
    [ "$changed" -ge "$2" ]
    ok $? "urban AAVE changes at least $2 of the items of $1"
    note "$changed"
}
fires sentiment 50
fires neutral 50
fires safe 30
fires questions 40 16
finish

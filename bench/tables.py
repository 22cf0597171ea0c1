#!/usr/bin/env python3
"""Print the tables of docs/analyser.md from a folder of treebanks: relations, errors, confidence, calibration.

    make tools
    bench/tables.py TREEBANKS [--errors N]

Words are the treebank's own, everything else is the analyser's. Relations are compared without subtypes. Confidence
is fitted on both treebanks for the model in data/; for the table of calibration it is fitted anew on the other
treebank than the one that is counted. TREEBANKS holds en_ewt-ud-dev.conllu and en_gum-open-ud-dev.conllu; only
counts are printed, no text."""
# SPDX-License-Identifier: Apache-2.0
import argparse
import collections
import os
import pathlib
import shutil
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
FILES = (("EWT", "en_ewt-ud-dev.conllu"), ("GUM", "en_gum-open-ud-dev.conllu"))
LEAST_COUNT = 40  # a relation rarer than this in EWT is left out
BINS = 10

Word = collections.namedtuple("Word", "upos xpos head relation misc")


def read(text):
    """Sentences as lists of Word."""
    sentences, words = [], []
    for line in text.splitlines() + [""]:
        if not line and words:
            sentences.append(words)
            words = []
        elif line and line[0].isdigit():
            c = line.split("\t")
            if c[0].isdigit():
                misc = dict(x.split("=", 1) for x in c[9].split("|") if "=" in x)
                words.append(Word(c[3], c[4], int(c[6]), c[7].split(":")[0], misc))
    return sentences


def analyse(path, data):
    """Pairs of gold and own word, with their sentences."""
    environment = dict(os.environ, ISOGLOSS_DATA_DIR=str(data))
    out = subprocess.run([ROOT / "bench/annotate", path], check=True, stdout=subprocess.PIPE, env=environment).stdout
    gold = read(path.read_text(encoding="utf-8"))
    own = read(out.decode())
    assert [len(s) for s in gold] == [len(s) for s in own]
    return [(g, o, a) for a, b in zip(gold, own) for g, o in zip(a, b)]


def analyse_refitted(path, other):
    """The same with confidences that were fitted on the treebank other."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ("isogloss.model", "isogloss.lex"):
            shutil.copyfile(ROOT / "data" / name, pathlib.Path(folder) / name)
        subprocess.run([ROOT / "train/train", "--calibrate", pathlib.Path(folder) / "isogloss.model", "--dev", other],
                       check=True, stdout=subprocess.DEVNULL)
        return analyse(path, folder)


def is_right(gold, own):
    return gold.head == own.head and gold.relation == own.relation


def f1(pairs):
    """relation -> (F1, how often in gold)."""
    right, golden, owned = (collections.Counter() for _ in range(3))
    for gold, own, _ in pairs:
        golden[gold.relation] += 1
        owned[own.relation] += 1
        right[gold.relation] += is_right(gold, own)
    return {r: (200 * right[r] / (golden[r] + owned[r]), golden[r]) for r in golden}


def print_relations(results):
    tables = [f1(results[name]) for name, _ in FILES]
    print("| relation | EWT F1 | in EWT dev | GUM F1 | in GUM dev |\n|---|---|---|---|---|")
    for relation, (value, count) in sorted(tables[0].items(), key=lambda item: -item[1][0]):
        if count >= LEAST_COUNT:
            other = tables[1].get(relation, (0, 0))
            print("| %s | %.1f | %d | %.1f | %d |" % (relation, value, count, *other))


def describe(gold, own, sentence):
    """What kind of error an arc is; the tag of the head tells attachments apart."""
    if gold.relation != own.relation:
        return "%s for %s" % (own.relation, gold.relation)
    tag = lambda head: sentence[head - 1].upos if head else "root"
    return "%s: head %s for %s" % (gold.relation, tag(own.head), tag(gold.head))


def print_errors(results, most):
    counts = {name: collections.Counter() for name, _ in FILES}
    tags = {name: collections.Counter() for name, _ in FILES}
    for name, pairs in results.items():
        for gold, own, sentence in pairs:
            if not is_right(gold, own):
                counts[name][describe(gold, own, sentence)] += 1
            if (gold.upos, gold.xpos) != (own.upos, own.xpos):
                tags[name]["%s %s for %s %s" % (own.upos, own.xpos, gold.upos, gold.xpos)] += 1
    for title, counter in (("arc", counts), ("tag", tags)):
        total = sum(counter["EWT"].values())
        print("| %s, own for gold | EWT (of %d errors) | GUM |\n|---|---|---|" % (title, total))
        for what, count in counter["EWT"].most_common(most):
            print("| %s | %d | %d |" % (what, count, counter["GUM"][what]))
        print()


def print_reliability(results):
    titles = ["%s %s: right, share" % (name, kind) for name, _ in FILES for kind in ("tags", "arcs")]
    print("| claimed | " + " | ".join(titles) + " |\n|---|" + "---|" * len(titles))
    cells = collections.defaultdict(lambda: [0, 0])
    totals, gaps = collections.Counter(), collections.Counter()
    sums = collections.defaultdict(float)
    for name, pairs in results.items():
        for gold, own, _ in pairs:
            for kind, key, right in (("tags", "TagConf", gold[:2] == own[:2]),
                                     ("arcs", "ArcConf", is_right(gold, own))):
                claimed = int(own.misc[key]) / 255
                where = name, kind, min(int(claimed * BINS), BINS - 1)
                cells[where][0] += right
                cells[where][1] += 1
                sums[where] += claimed
                totals[name, kind] += 1
    for b in reversed(range(BINS)):
        row = ["%.1f to %.1f" % (b / BINS, (b + 1) / BINS)]
        for name, _ in FILES:
            for kind in ("tags", "arcs"):
                right, count = cells[name, kind, b]
                gaps[name, kind] += abs(right - sums[name, kind, b])
                shares = 100 * right / max(1, count), 100 * count / totals[name, kind]
                row.append("%.1f %%, %.1f %%" % shares if count else "-")
        print("| " + " | ".join(row) + " |")
    print("| mean gap | " + " | ".join("%.1f %%" % (100 * gaps[name, kind] / totals[name, kind])
                                       for name, _ in FILES for kind in ("tags", "arcs")) + " |")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("treebanks", type=pathlib.Path)
    parser.add_argument("--errors", type=int, default=20)
    options = parser.parse_args()
    paths = {name: options.treebanks / file for name, file in FILES}
    results = {name: analyse(path, ROOT / "data") for name, path in paths.items()}
    print_relations(results)
    print()
    print_errors(results, options.errors)
    others = dict(zip(paths, reversed(list(paths.values()))))
    print_reliability({name: analyse_refitted(path, others[name]) for name, path in paths.items()})


if __name__ == "__main__":
    main()

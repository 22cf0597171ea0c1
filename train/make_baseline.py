#!/usr/bin/env python3
"""make_baseline.py -- trains the baseline of the evaluation, a sentiment classifier of hashed words and
pairs of words, and prints evaluate/baseline_weights.c.

    train/make_baseline.py train/baseline_texts.tsv > evaluate/baseline_weights.c

Logistic regression by Adagrad (Duchi, Hazan and Singer 2011) with a ridge penalty, in plain Python; the tokens and their
hash are those of evaluate/baseline.c. Negated adjectives are added to the texts, so that "not good"
is learned. The weights are whole numbers, and so the same everywhere.

SPDX-License-Identifier: Apache-2.0
"""
import math
import re
import sys

BUCKETS = 4096
SCALE = 16  # a weight of 1.0 is 16
STEPS = 300
RIDGE = 3


def tokens(text):
    return re.findall(rb"[a-z\x80-\xff]+(?:'[a-z\x80-\xff]+)*", text.lower().encode())


def bucket(data):
    value = 2166136261
    for byte in data:
        value = (value ^ byte) * 16777619 & 0xffffffff
    return (value ^ value >> 15) % BUCKETS


def features(text):
    words = tokens(text)
    found = {bucket(word) for word in words}
    return found | {bucket(a + b" " + b) for a, b in zip(words, words[1:])}


def read(path):
    rows = []
    for line in open(path, encoding="utf-8"):
        if line.startswith("#"):
            continue
        label, text = line.rstrip("\n").split("\t")
        rows.append((int(label), text))
        if " " not in text:
            rows += [(int(label), text), (int(label), f"is {text}"), (int(label), f"was {text}")]
            rows += [(1 - int(label), f"{negation} {text}") for negation in ("isn't", "wasn't")]
    return [(label, features(text)) for label, text in rows]


def train(rows):
    weights = [0.0] * BUCKETS
    squares = [1e-9] * BUCKETS
    for _ in range(STEPS):
        gradient = [-RIDGE * w for w in weights]
        for label, found in rows:
            score = sum(weights[f] for f in found)
            error = label - 1 / (1 + math.exp(-score))
            for f in found:
                gradient[f] += error
        for f, g in enumerate(gradient):
            squares[f] += g * g
            weights[f] += 0.1 * g / math.sqrt(squares[f])
    return weights


def main():
    weights = [max(-127, min(127, round(w * SCALE))) for w in train(read(sys.argv[1]))]
    print("/* baseline_weights.c -- weights of baseline.c, sixteenths of a logit. Made by"
          "\n * train/make_baseline.py from train/baseline_texts.tsv; do not edit. CC0 1.0, as its texts.\n *"
          "\n * SPDX-License-Identifier: CC0-1.0\n */")
    print('#include "evaluate/baseline.h"\n')
    print("const int8_t baseline_weights[BASELINE_BUCKETS] = {")
    line = "   "
    for w in weights:
        item = f" {w},"
        if len(line) + len(item) > 100:
            print(line)
            line = "   "
        line += item
    print(line + "\n};")


if __name__ == "__main__":
    main()

"""lexicon_wordnet.py -- reads WordNet's files: lemmas with their case, classes of the commonest
senses, verb frames, adverbs of adjectives, multiword nouns. Used by make_lexicon.py.

SPDX-License-Identifier: Apache-2.0
"""

import collections
import os

NOUN = {
    5: "animal",
    6: "artifact",
    8: "body",
    13: "food",
    14: "group",
    15: "place",
    18: "person",
    20: "plant",
    28: "time",
    4: "act",
    7: "abstract",
    9: "abstract",
    10: "abstract",
    11: "abstract",
    12: "abstract",
    16: "abstract",
    19: "abstract",
    21: "abstract",
    22: "abstract",
    23: "abstract",
    24: "abstract",
    25: "abstract",
    26: "abstract",
}
VERB = {
    30: "change",
    31: "cognition",
    32: "speech",
    35: "contact",
    37: "emotion",
    38: "motion",
    39: "perception",
    40: "possession",
    43: "weather",
}
POS = {"noun": "n", "verb": "v", "adj": "a", "adv": "r"}
INTRANSITIVE_FRAMES = {1, 2, 3, 4, 12, 13, 22, 23, 27}
TRANSITIVE_FRAMES = {8, 9, 10, 11, 15, 16, 17, 18, 19, 20, 21, 24, 25, 31}


class WordNet:
    def __init__(self, folder):
        self.senses = {}  # (pos, lemma) -> offsets, commonest first
        self.tagged = {}  # (pos, lemma) -> how many senses were met in text
        self.synsets = {}  # (pos, offset) -> (file number, words, pointers, frames)
        self.lemmas = []
        self.counts = collections.Counter()  # (pos, lemma, sense number) -> count
        for pos in POS:
            self.read_data(folder, pos)
            self.read_index(folder, pos)
        self.read_counts(folder)
        self.read_exceptions(folder)
        self.lemma_set = set(self.lemmas)
        self.pair_adverbs()
        self.collect_phrases()

    def read_data(self, folder, pos):
        for line in open(os.path.join(folder, "data." + pos), encoding="latin-1"):
            if line.startswith(" "):
                continue
            f = line.split("|")[0].split()
            n = int(f[3], 16)
            words = [f[4 + 2 * i].split("(")[0] for i in range(n)]
            at = 4 + 2 * n
            pointers = []
            for i in range(int(f[at])):
                symbol, target, kind, ends = f[at + 1 + 4 * i : at + 5 + 4 * i]
                pointers.append((symbol, target, kind, int(ends[:2], 16), int(ends[2:], 16)))
            at += 1 + 4 * len(pointers)
            frames = []
            if pos == "verb":
                for i in range(int(f[at])):
                    frames.append((int(f[at + 2 + 3 * i]), int(f[at + 3 + 3 * i], 16)))
            self.synsets[pos, f[0]] = (int(f[1]), words, pointers, frames)

    def read_index(self, folder, pos):
        for line in open(os.path.join(folder, "index." + pos), encoding="latin-1"):
            if line.startswith(" "):
                continue
            f = line.split()
            offsets = f[6 + int(f[3]) :]
            self.senses[pos, f[0]] = offsets
            self.tagged[pos, f[0]] = int(f[5 + int(f[3])])
            lemma = next((w for w in self.synsets[pos, offsets[0]][1] if w.lower() == f[0]), f[0])
            if "_" not in lemma:
                self.lemmas.append((pos, lemma))

    def read_counts(self, folder):
        kinds = {"1": "noun", "2": "verb", "3": "adj", "4": "adv", "5": "adj"}
        for line in open(os.path.join(folder, "cntlist.rev"), encoding="latin-1"):
            key, number, count = line.split()
            lemma, rest = key.split("%")
            self.counts[kinds[rest[0]], lemma, int(number)] += int(count)

    def read_exceptions(self, folder):
        self.exceptions, self.exceptions_of = [], {}
        for pos in ("noun", "verb"):
            for line in open(os.path.join(folder, pos + ".exc"), encoding="latin-1"):
                form, *lemmas = line.split()
                self.exceptions += [(pos, form, lemma) for lemma in lemmas]
                for lemma in lemmas:
                    self.exceptions_of.setdefault((pos, lemma), []).append(form)

    def pair_adverbs(self):
        self.adverb_of, self.adjective_of = {}, {}
        for (pos, lemma), offsets in self.senses.items():
            if pos != "adv" or "_" in lemma:
                continue
            for offset in offsets:
                _, words, pointers, _ = self.synsets["adv", offset]
                for symbol, target, kind, source, dest in pointers:
                    if (
                        symbol != "\\"
                        or words[source - 1].lower() != lemma
                        or lemma in self.adjective_of
                    ):
                        continue
                    adj = self.synsets["adj", target][1][dest - 1].lower()
                    if adj[:2] != lemma[:2] and lemma != "well":
                        continue
                    self.adjective_of.setdefault(lemma, adj)
                    old = self.adverb_of.get(adj)
                    better = old is None or (lemma.endswith("ly"), -len(lemma)) > (
                        old.endswith("ly"),
                        -len(old),
                    )
                    if better:
                        self.adverb_of[adj] = lemma
        self.adverb_of["good"] = "well"
        self.adjective_of["well"] = "good"

    def collect_phrases(self):
        self.phrases, self.counted, self.names = [], {}, set()
        for (pos, lemma), offsets in self.senses.items():
            if pos == "noun" and "_" in lemma:
                words = tuple(lemma.split("_"))
                self.phrases.append(words)
                spelt = next(
                    (w for w in self.synsets["noun", offsets[0]][1] if w.lower() == lemma), lemma
                )
                if all(part[:1].isupper() for part in spelt.split("_")):
                    self.names.add(words)
                self.counted[words] = sum(
                    self.counts["noun", lemma, i + 1] for i in range(len(offsets))
                )

    def weights(self, pos, lemma):
        """Shares of a lemma's senses: (offset, share), from counts smoothed towards the first."""
        key = lemma.lower()
        offsets = self.senses.get((pos, key), [])
        raw = [
            self.counts[pos, key, i + 1] + (1.0 if i == 0 else 0.3 if i == 1 else 0.1)
            for i in range(len(offsets))
        ]
        total = sum(raw) or 1
        return [(o, r / total) for o, r in zip(offsets, raw)]

    def shares(self, pos, lemma, table):
        """Shares of classes among the senses that are spelt with this lemma's capitals."""
        shares, total = collections.Counter(), 0
        for offset, share in self.weights(pos, lemma):
            words = self.synsets[pos, offset][1]
            if not any(w == lemma for w in words) and any(
                w.lower() == lemma.lower() for w in words
            ):
                continue
            total += share
            name = table.get(self.synsets[pos, offset][0])
            if name:
                shares[name] += share
        return {name: share / total for name, share in shares.items()}

    def noun_classes(self, lemma):
        shares = self.shares("noun", lemma, NOUN)
        first = max(shares.values(), default=0)
        return {name for name, share in shares.items() if share >= 0.45 or share == first >= 0.25}

    def has_word(self, pos, lemma):
        """Whether WordNet has the lemma with just these capitals."""
        return any(
            lemma in self.synsets[pos, o][1] for o in self.senses.get((pos, lemma.lower()), [])
        )

    def reports(self, lemma):
        """Whether a verb takes a that-clause in half of its uses: say, announce."""
        share = 0.0
        for offset, weight in self.weights("verb", lemma):
            _, words, _, frames = self.synsets["verb", offset]
            share += weight * any(
                n in (26, 34) and (w == 0 or words[w - 1] == lemma) for n, w in frames
            )
        return share >= 0.4

    def verb_classes(self, lemma):
        shares = self.shares("verb", lemma, VERB)
        return {
            name
            for name, share in shares.items()
            if share >= 0.45 and (name != "speech" or self.reports(lemma))
        }

    def frames(self, lemma):
        transitive = intransitive = 0.0
        for offset, share in self.weights("verb", lemma):
            _, words, _, frames = self.synsets["verb", offset]
            mine = {n for n, w in frames if w == 0 or words[w - 1] == lemma}
            transitive += share * bool(mine & TRANSITIVE_FRAMES)
            intransitive += share * bool(mine & INTRANSITIVE_FRAMES)
        return ({"transitive"} if transitive > 0.4 else set()) | (
            {"intransitive"} if intransitive > 0.5 else set()
        )

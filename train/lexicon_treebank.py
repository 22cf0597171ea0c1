"""lexicon_treebank.py -- counts word facts in UD English training files: which lemma and lexical
features a form has with which tags, how verbs take objects, which nouns are counted. No sentence
leaves here. Used by make_lexicon.py.

SPDX-License-Identifier: Apache-2.0
"""

import collections
import re

POS = {"NOUN": "noun", "VERB": "verb", "ADJ": "adj", "ADV": "adv", "PROPN": "propn"}
DEFAULT = {
    ("NOUN", "NN"): "Number=Sing",
    ("NOUN", "NNS"): "Number=Plur",
    ("PROPN", "NNP"): "Number=Sing",
    ("PROPN", "NNPS"): "Number=Plur",
    ("ADJ", "JJ"): "Degree=Pos",
    ("ADJ", "NNP"): "Degree=Pos",
    ("ADJ", "JJR"): "Degree=Cmp",
    ("ADJ", "JJS"): "Degree=Sup",
    ("ADV", "RBR"): "Degree=Cmp",
    ("ADV", "RBS"): "Degree=Sup",
    ("SYM", "NN"): "Number=Sing",
}
VERBAL = {"VB", "VBP", "VBZ", "VBD", "VBN", "VBG", "MD"}
SKIP = {"GW", "ADD", "AFX", "LS"}
INFLECTED = {"NNS", "JJR", "JJS", "RBR", "RBS", "VBD", "VBN", "VBZ", "VBG"}


def sentences(path):
    rows = []
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if not line:
            if rows:
                yield rows
            rows = []
        elif line[0] != "#":
            c = line.split("\t")
            if c[0].isdigit():
                rows.append(c)
    if rows:
        yield rows


def fold(form):
    return form.replace("\u2019", "'").replace("\u2018", "'").lower()


class Treebank:
    def __init__(self, paths):
        self.forms = collections.Counter()
        self.tagged = collections.Counter()  # (form, xpos, lemma)
        self.lemma_votes = collections.defaultdict(collections.Counter)
        self.feat_votes = collections.defaultdict(collections.Counter)
        self.frames = collections.defaultdict(lambda: [0, 0, 0])
        self.nouns = collections.defaultdict(lambda: [0, 0, 0])  # bare singular, a/one/..., plural
        self.ngrams = collections.Counter()
        self.lemma_count = collections.Counter()
        self.weight = 20  # the first file's conventions win where files differ
        for path in paths:
            for rows in sentences(path):
                self.count(rows)
            self.weight = 1
        self.lemmas = sorted(self.lemma_count, key=lambda k: (-self.lemma_count[k], k))
        self.common_nouns = {
            l.lower() for (p, l) in self.lemma_count if p == "noun" and l.islower()
        }

    def count(self, rows):
        kids = collections.defaultdict(list)
        for c in rows:
            kids[c[6]].append(c)
        low = [fold(c[1]) for c in rows]
        for n in (2, 3):
            for i in range(len(low) - n + 1):
                key = tuple(low[i : i + n - 1]) + (rows[i + n - 1][2].lower(),)
                self.ngrams[key] += 1
        for c, form in zip(rows, low):
            self.forms[form] += 1
            if c[7] == "goeswith" or any(k[7] == "goeswith" for k in kids[c[0]]) or c[4] in SKIP:
                continue
            self.vote(c, form)
            if "Typo=Yes" in c[5]:
                continue
            if c[4] == "VBZ" and form == "'s":
                continue
            self.tagged[form, c[4], c[2].lower()] += 1
            pos = POS.get(c[3])
            if (
                pos
                and re.match(r"^[A-Za-z][A-Za-z'.-]*$", c[2])
                and "Abbr=Yes" not in c[5]
                and not (c[2].isupper() and pos != "propn")
                and len(c[2]) > 1
                and not (pos == "adj" and c[4] == "NNP")
                and not (pos == "propn" and c[2].islower())
            ):
                self.lemma_count[pos, c[2]] += 1
            if c[3] == "VERB":
                self.count_frame(c, kids[c[0]])
            elif c[3] == "NOUN":
                self.count_noun(c, kids[c[0]])

    def vote(self, c, form):
        key = form, c[3], c[4]
        self.lemma_votes[key][c[2]] += self.weight
        feats = [f for f in c[5].split("|") if f != "_" and not f.startswith("ExtPos")]
        self.feat_votes[key]["|".join(feats) or "_"] += self.weight

    def count_frame(self, c, kids):
        rels = {k[7] for k in kids}
        taken = bool(rels & {"obj", "iobj"}) or "Voice=Pass" in c[5]
        if "ccomp" in rels and not taken:
            return  # says nothing of objects
        f = self.frames[c[2].lower()]
        f[0] += 1
        f[1] += taken
        f[2] += "iobj" in rels

    def count_noun(self, c, kids):
        n = self.nouns[c[2].lower()]
        if c[4] == "NNS":
            n[2] += 1
        elif any(
            k[7] in ("det", "nummod") and k[2].lower() in ("a", "one", "each", "every", "another")
            for k in kids
        ):
            n[1] += 1
        elif not any(k[7] in ("det", "nmod:poss", "nummod") for k in kids) and c[7] not in (
            "compound",
        ):
            n[0] += 1

    def noun_share(self, lemma):
        """How often a form was a singular noun, and anything else."""
        n = self.tagged[lemma, "NN", lemma]
        return n, self.forms[lemma] - n

    def mass_like(self, lemma):
        bare, counted, plural = self.nouns[lemma]
        return bare >= 3 and counted + plural <= 0.1 * bare

    def counted(self, lemma):
        bare, counted, plural = self.nouns[lemma]
        return counted + plural >= 2 and counted + plural > 0.25 * bare

    def readings(self):
        """form, UPOS, XPOS, lemma, feats, count where rules from the tags alone would go wrong."""
        for key in sorted(self.lemma_votes):
            form, upos, xpos = key
            if "\t" in form or len(form.encode()) > 60:
                continue
            lemma, n = self.lemma_votes[key].most_common(1)[0]
            total = sum((c + 19) // 20 for c in self.lemma_votes[key].values())
            feats, m = self.feat_votes[key].most_common(1)[0]
            default = DEFAULT.get((upos, xpos), "_")
            typo = "Typo=Yes" in feats
            if upos == "X" or " " in form or (typo and total < 3):
                continue
            if xpos in VERBAL:
                feats = "Typo=Yes" if typo else "Abbr=Yes" if "Abbr=Yes" in feats else "_"
                default = "_"
            if upos == "NUM" and re.search(r"\d", form):
                continue
            if upos in ("NOUN", "PROPN", "ADJ") and re.search(r"\d", form):
                feats = default
            if upos == "PROPN" and lemma.lower() == form and feats == default:
                continue
            if upos == "PROPN" and lemma.islower():
                continue
            if lemma == form and feats == default and xpos not in INFLECTED:
                continue
            yield form, upos, xpos, lemma, feats, total

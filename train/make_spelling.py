#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes features/lists/spelling-*.tsv, which words each variety spells how, from the word lists of SCOWL.

  make_spelling.py DICT OUT

DICT is the folder usr/share/dict/scowl of Debian's package scowl (2020.12.07-2), OUT the folder
features/lists. Words that only some of the lists american, british, canadian and australian hold
are put side by side where their spellings differ in a known way only (colour color, centre center,
travelled traveled, ...); a spelling that all lists hold is nobody's own. The file of a variety takes
every other variety's spelling to its own. Words whose spelling depends on their sense are left out,
or kept to a part of speech (see SENSES)."""
import collections
import os
import re
import sys

VARIETIES = {"us": "american", "uk": "british", "ca": "canadian", "au": "australian"}
SIZES = (10, 20, 35, 40, 50, 55, 60, 70)

# Differences that make no other word; each is taken to the spelling at the left.
SAME = [("or", "our"), ("iz", "is"), ("yz", "ys"), ("og", "ogue"), ("l", "ll"),
        ("ens", "enc"), ("e", "ae"), ("e", "oe"), ("f", "ph"), ("ow", "ough"), ("old", "ould"),
        ("olt", "oult"), ("older", "oulder"), ("gray", "grey"), ("ck", "que"), ("n", "nn"),
        ("t", "tt"), ("p", "pp"), ("g", "gg"), ("s", "ss"), ("gment", "gement"), ("ging", "geing"),
        ("gable", "geable"), ("sk", "sc"), ("uver", "oeuvr"), ("ust", "oust"), ("pajama", "pyjama"),
        ("cozy", "cosy"), ("cozi", "cosi"), ("artifact", "artefact"), ("num", "nium"),
        ("donut", "doughnut"), ("izable", "izeable"), ("lik", "like"), ("siz", "size"), ("x", "xe")]

# What may follow the ending that is -er or -re.
AFTER_RE = "s|d|ments?|boards?|folds?|pieces?|fill|glass|less|wares?|goers?|ly|ness"

# Spellings that go by sense: what is known here of the part of speech, or nothing at all.
SENSES = {
    "us": ["practise\tpractice", "practised\tpracticed", "practising\tpracticing",
           "practises/VERB\tpractices", "licence\tlicense", "licences\tlicenses", "tyre\ttire",
           "tyres\ttires", "kerb\tcurb", "kerbs\tcurbs", "cheque\tcheck", "cheques\tchecks",
           "programme/NOUN\tprogram", "programmes/NOUN\tprograms"],
    "uk": ["practice/VERB\tpractise", "practices/VERB\tpractises", "practiced\tpractised",
           "practicing\tpractising", "license/NOUN\tlicence", "licenses/NOUN\tlicences",
           "tire/NOUN\ttyre", "tires/NOUN\ttyres", "curb/NOUN\tkerb", "curbs/NOUN\tkerbs"],
    "ca": ["licence/VERB\tlicense", "license/NOUN\tlicence", "licenses/NOUN\tlicences",
           "tyre\ttire", "tyres\ttires", "kerb\tcurb", "kerbs\tcurbs"],
}
GREY = ["gray", "grays", "grayed", "graying", "grayer", "grayest", "grayish", "grayness"]
for variety in ("uk", "ca", "au"):
    SENSES[variety] = SENSES.get(variety, []) + [
        "%s\t%s" % (w, w.replace("gray", "grey")) for w in GREY] + ["jewelry\tjewellery"]
SENSES["us"] += ["%s\t%s" % (w.replace("gray", "grey"), w) for w in GREY] + ["jewellery\tjewelry"]
SENSES["au"] = SENSES["uk"]
LEFT_OUT = set("""check checks checked checking cheque cheques program programs programme programmes
practice practices practise practises practiced practised practicing practising license licenses
licence licences tire tires tyre tyres curb curbs kerb kerbs meter meters metre metres story stories
storey storeys draft drafts draught draughts ton tons tonne tonnes disk disks disc discs jail gaol
inquiry enquiry dependent dependant councilor counselor councillor counsellor pry prize prise stock
install instal bus buses bussed cue queue tier mom mum moms mums bass base fagoting faggoting cere cree stere stree attemper attempre ceres crees""".split())


def read(folder, name):
    words = set()
    for size in SIZES:
        path = os.path.join(folder, "%s-words.%d" % (name, size))
        if os.path.exists(path):
            with open(path, encoding="latin-1") as lines:
                words.update(line.strip() for line in lines)
    return {w for w in words if re.fullmatch("[a-z]{3,}", w)}


def key(word):
    """The same for spellings of one word."""
    for left, right in SAME:
        word = word.replace(right, left)
    word = re.sub(r"([bt])ring(s?)$", r"\1ering\2", re.sub(r"(?<=[bdght])ered$", "erd", word))
    word = re.sub(r"(?<=[bcdghtv])re(?=(%s)?$)" % AFTER_RE, "er", word)
    return re.sub(r"(.)\1", r"\1", word)


def clusters(lists):
    groups = collections.defaultdict(dict)
    for variety, words in lists.items():
        shared = set.intersection(*lists.values())
        for word in sorted(words - shared):
            if word not in LEFT_OUT:
                groups[key(word)].setdefault(variety, []).append(word)
    return groups


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    common = read(sys.argv[1], "english")
    lists = {v: read(sys.argv[1], name) - common for v, name in VARIETIES.items()}
    groups = clusters(lists)
    for target in VARIETIES:
        pairs = {}
        for group in groups.values():
            if len(group.get(target, [])) != 1:
                continue
            own = group[target][0]
            for variety, words in group.items():
                if variety != target and len(words) == 1 and words[0] != own:
                    pairs[words[0]] = own
        rows = sorted("%s\t%s" % p for p in pairs.items() if p[0] not in lists[target])
        rows = sorted(rows + SENSES[target])
        path = os.path.join(sys.argv[2], "spelling-%s.tsv" % target)
        with open(path, "w", encoding="utf-8", newline="\n") as out:
            out.write("# Made by train/make_spelling.py from SCOWL; data/README.md has origin and "
                      "licence.\n%exact\n")
            out.write("".join(row + "\n" for row in rows))
        print("%s: %d words" % (path, len(rows)))


main()

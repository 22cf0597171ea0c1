#!/usr/bin/env python3
"""Make features/dialects/*.xml from eWAVE's tables.

  train/make_dialects.py VARIETIES.tsv RATINGS.tsv [FOLDER]

VARIETIES.tsv has the columns id name code region type latitude longitude, RATINGS.tsv the columns
variety feature rating (A B C D X ?). Both hold facts of Kortmann, Lunkenheimer & Ehret (eds.) 2020,
The Electronic World Atlas of Varieties of English (eWAVE) 3.0, CC BY 3.0. One profile a variety is
written to FOLDER (features/dialects); profiles that people have changed since (review is not
"none") are left alone. The same tables give the same bytes.

SPDX-License-Identifier: Apache-2.0
"""
import collections
import csv
import os
import re
import sys
from xml.sax.saxutils import escape, quoteattr

SOURCE = ("Ratings: Kortmann, Bernd, Kerstin Lunkenheimer and Katharina Ehret (eds.) 2020,\n"
          "    The Electronic World Atlas of Varieties of English (eWAVE) 3.0, ewave-atlas.org,\n"
          "    CC BY 3.0. Features without information (?) are left out.")
FEATURES = 235
GRADES = "ABCDX"


def read(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def slug(code):
    """A plain file name: "O&SE" gives o-se, "Norf'k" gives norfk."""
    return re.sub(r"[^a-z0-9]+", "-", code.lower().replace("'", "")).strip("-")


def lines_of(numbers):
    """Feature numbers wrapped at 92 columns."""
    line = ""
    for number in numbers:
        if len(line) + len(str(number)) + 1 > 90:
            yield line
            line = ""
        line += (" " if line else "") + str(number)
    if line:
        yield line


def profile(variety, ratings):
    contact = "Creole" in variety["type"] or "Pidgin" in variety["type"]
    attributes = [("code", variety["code"]), ("name", variety["name"]),
                  ("region", variety["region"]), ("type", variety["type"]),
                  ("latitude", variety["latitude"]), ("longitude", variety["longitude"]),
                  ("review", "none")] + ([("contact", "yes")] if contact else [])
    text = "<dialect"
    column = len(text)
    for name, value in attributes:
        item = " %s=%s" % (name, quoteattr(value))
        if column + len(item) > 98:
            text += "\n        "
            column = 8
        text += item
        column += len(item)
    text += ">\n  <source>%s</source>\n" % escape(SOURCE)
    for grade in GRADES:
        numbers = sorted(feature for feature, rating in ratings.items() if rating == grade)
        if numbers:
            text += '  <rating grade="%s">\n%s  </rating>\n' % (
                grade, "".join("    %s\n" % line for line in lines_of(numbers)))
    return text + "</dialect>\n"


def main():
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    folder = sys.argv[3] if len(sys.argv) == 4 else "features/dialects"
    ratings = collections.defaultdict(dict)
    for row in read(sys.argv[2]):
        feature, rating = int(row["feature"]), row["rating"]
        if not 1 <= feature <= FEATURES or rating not in GRADES + "?":
            sys.exit("%s: bad row %r" % (sys.argv[2], row))
        ratings[row["variety"]][feature] = rating
    varieties = read(sys.argv[1])
    slugs = {slug(v["code"]) for v in varieties}
    if len(slugs) != len(varieties):
        sys.exit("two varieties have one file name")
    os.makedirs(folder, exist_ok=True)
    kept = 0
    for variety in varieties:
        path = os.path.join(folder, slug(variety["code"]) + ".xml")
        if os.path.exists(path):
            with open(path, encoding="utf-8") as file:
                if 'review="none"' not in file.read():
                    kept += 1
                    continue
        with open(path, "w", encoding="utf-8", newline="\n") as file:
            file.write(profile(variety, ratings[variety["id"]]))
    print("%d profiles, %d of them kept as reviewed" % (len(varieties), kept))


main()

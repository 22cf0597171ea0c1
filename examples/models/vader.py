#!/usr/bin/env python3
"""vader.py -- sentiment by VADER (Hutto and Gilbert 2014), a word list with rules.

    pip install vaderSentiment
    isogloss evaluate --all-dialects --model 'cmd:python3 examples/models/vader.py' \
        embedded:sentiment

With --score it answers the compound score, -1 to 1, else "positive" from 0 on and "negative" below.

SPDX-License-Identifier: Apache-2.0
"""
import sys

from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from lines import serve

analyzer = SentimentIntensityAnalyzer()


def answer(text):
    score = analyzer.polarity_scores(text)["compound"]
    if "--score" in sys.argv:
        return {"score": score}
    return {"label": "positive" if score >= 0 else "negative"}


serve(answer)

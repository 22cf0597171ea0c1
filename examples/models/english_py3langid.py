#!/usr/bin/env python3
"""english_py3langid.py -- which language a text is in, by py3langid (naive Bayes on byte sequences): "en" or
"other", with --score the probability of English.

    pip install py3langid
    isogloss evaluate --all-dialects --task score --model 'cmd:python3 examples/models/english_py3langid.py --score' \
        embedded:neutral

A text that is taken for another language is often dropped before anything else sees it.

SPDX-License-Identifier: Apache-2.0
"""
import sys

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from lines import serve

identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def answer(text):
    language, probability = identifier.classify(text)
    if "--score" in sys.argv:
        return {"score": float(probability) if language == "en" else 0.0}
    return {"label": "en" if language == "en" else "other"}


serve(answer)

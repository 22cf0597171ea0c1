#!/usr/bin/env python3
"""profanity.py -- the probability that a text is offensive by alt-profanity-check, a linear support
vector machine on words.

    pip install alt-profanity-check
    isogloss evaluate --all-dialects --task score --model 'cmd:python3 examples/models/profanity.py' \
        --lower-is-better embedded:neutral

SPDX-License-Identifier: Apache-2.0
"""
import warnings

warnings.filterwarnings("ignore")

from profanity_check import predict_prob

from lines import serve

serve(lambda text: {"score": float(predict_prob([text])[0])})

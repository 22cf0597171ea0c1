"""lines.py -- what the models in this folder share: the protocol of isogloss evaluate. A line of JSON
with "id" and "text" comes in, a line with "id" and "label" or "score" goes out, in any order; each is
written at once, since the evaluation waits for it.

SPDX-License-Identifier: Apache-2.0
"""
import json
import os
import sys


def serve(answer):
    """answer(text) returns what is added to the line: {"label": ...} or {"score": ...}."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8", newline="\n")
    os.dup2(2, 1)  # what a library prints is no answer
    for line in sys.stdin.buffer:
        question = json.loads(line)
        try:
            reply = answer(question["text"])
        except Exception as problem:  # this text failed; the next may not
            reply = {"error": str(problem)}
        out.write(json.dumps({"id": question["id"], **reply}, ensure_ascii=False) + "\n")
        out.flush()

"""likelihood_model.py serve PORTFILE | cmd MODE -- a small language model for
run_evaluate_likelihood.sh: what followed the last two tokens before is likely to follow them again,
short words are likelier than long ones. As a server, the first part of the path is the mode; as a
program it reads questions. A mode other than right is one way in which real models are wrong.

SPDX-License-Identifier: Apache-2.0
"""
import http.server
import json
import math
import os
import re
import sys


def cut(text):
    return re.findall(r"\n|\s?\w+|\s?[^\w\s]|\s", text)


def probability(token, before):
    """Of a token after others."""
    last = before[-2:]
    for k in range(len(before) - 3, -1, -1):
        if before[k:k + 2] == last:
            return 0.9 if before[k + 2] == token else 0.01 * 2.0 ** -len(token)
    return 0.1 * 2.0 ** -len(token)


def logprobs_of(tokens):
    return [None] + [math.log(probability(tokens[i], tokens[:i])) for i in range(1, len(tokens))]


def late_by_event(tokens):
    """What the place after each token gives to that token once more."""
    return [None] + [math.log(probability(token, tokens[:i + 1]))
                     for i, token in enumerate(tokens) if i]


def likeliest(tokens):
    """The likeliest token at each place: what followed before, else one that is short."""
    found = []
    for i in range(1, len(tokens) + 1):
        known = [tokens[k] for k in range(2, i) if tokens[k - 2:k] == tokens[i - 2:i]]
        found.append(known[-1] if known else " a")
    return found


def split_characters(tokens, values):
    """Tokens beyond ASCII as two parts of characters."""
    out = []
    for token, value in zip(tokens, values):
        if token.isascii():
            out.append((token, value))
        else:
            out += [("\ufffd", value), ("\ufffd", -0.5)]
    return [token for token, _ in out], [value for _, value in out]


def speak(mode, tokens):
    """Tokens and logprobs as a mode gives them."""
    values = logprobs_of(tokens)
    if mode == "late":
        values = late_by_event(tokens)
    elif mode == "shifted":
        values = [None, None] + values[1:-1]
        values[1] = -1.0
    elif mode == "early":
        values = values[1:] + [-1.0]
    elif mode == "flat":
        values = [None] + [-2.0] * (len(tokens) - 1)
    elif mode == "candidates":
        values = [None] + [v if v > -1 else -0.1 for v in values[1:]]
    elif mode == "dull":
        values = [None] + [max(v, -2.5) for v in values[1:]]
    elif mode == "normalised":
        values = [None] + [v * 60 / len(tokens) for v in values[1:]]
    elif mode == "positive":
        values = [None] + [-v for v in values[1:]]
    elif mode == "nan":
        values[len(values) // 2] = math.nan
    elif mode == "infinite":
        values[len(values) // 2] = -math.inf
    elif mode == "null":
        values[len(values) // 2] = None
    elif mode == "words":
        values = [None] + [str(v) for v in values[1:]]
    elif mode == "short":
        values = values[:-1]
    elif mode == "lost":
        tokens, values = tokens[:-4], values[:-4]
    elif mode == "stripped":
        tokens = [token.strip() for token in tokens]
    elif mode == "start":
        tokens, values = ["<s>"] + tokens, [None, -3.0] + values[1:]
    elif mode == "parts":
        tokens, values = split_characters(tokens, values)
    return tokens, values


class Handler(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        mode, prompt = self.path.split("/")[1], body["prompt"]
        asked = (self.path.endswith("/v1/completions") and body["echo"] is True and
                 body["logprobs"] == 1 and body["max_tokens"] == 1)
        if not asked:
            return self.answer(400, {"error": "not what this model is for"})
        tokens = cut(prompt) + [" next"]
        spoken, values = speak(mode, tokens)
        logprobs = {"tokens": spoken, "token_logprobs": values, "top_logprobs": None}
        text = prompt + " next"
        if mode == "late":
            logprobs["top_logprobs"] = [{token: -0.1} for token in likeliest(tokens)]
        if mode == "silent":
            text, logprobs = " next", {"tokens": [" next"], "token_logprobs": [-1.5]}
        if mode == "bare":
            logprobs = None
        self.answer(200, {"choices": [{"text": text, "logprobs": logprobs}]})

    def answer(self, status, value):
        data = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *arguments):
        pass


def serve(portfile):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    with open(portfile + ".new", "w", encoding="utf-8") as file:
        print(server.server_address[1], file=file)
    os.rename(portfile + ".new", portfile)
    server.serve_forever()


def answer_lines(mode):
    for line in sys.stdin:
        question = json.loads(line)
        tokens = cut(question["text"])
        nats = -sum(logprobs_of(tokens)[1:])
        answer = {"id": question["id"]}
        if mode == "nats":
            answer.update(nats=nats, token_count=len(tokens))
        elif mode == "sum":
            answer.update(nats=nats)
        elif mode == "twice":
            answer.update(nats=2 * nats)
        elif mode == "mean":
            answer.update(nats=nats / len(tokens))
        elif mode == "negative":
            answer.update(nats=-nats)
        elif mode == "constant":
            answer.update(nats=100)
        elif mode == "letters":
            answer.update(nats=len(question["text"]))
        else:
            answer["tokens"], answer["logprobs"] = speak(mode, tokens)
        print(json.dumps(answer))


if sys.argv[1] == "serve":
    serve(sys.argv[2])
else:
    answer_lines(sys.argv[2])

"""http_model.py PORTFILE LOG -- a model behind an interface as OpenAI's, for run_evaluate.sh: writes its
port to PORTFILE and a line for each request to LOG. It says good to what begins with We or A, is
sometimes busy, and wants the key s3cret.

SPDX-License-Identifier: Apache-2.0
"""
import http.server
import json
import os
import sys
import threading

lock = threading.Lock()
seen = {}


def choose(prompt):
    """Which of two answers names a washer, in a judge's words."""
    if "tap 3 " in prompt:
        return "I cannot say."
    if "tap 5 " in prompt:
        return "A and B are alike."
    first = prompt.split("Answer A: ")[1].split("Answer B: ")[0]
    return "**A**" if "washer" in first else "Answer B is a better one."


class Handler(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        chat = self.path.endswith("/chat/completions")
        prompt = body["messages"][-1]["content"] if chat else body["prompt"]
        roles = " ".join(message["role"] for message in body["messages"]) if chat else ""
        text = prompt.split("Text: ")[-1].split("\n")[0]
        with lock:
            seen[text] = seen.get(text, 0) + 1
            first = seen[text] == 1
            with open(sys.argv[2], "a", encoding="utf-8") as log:
                log.write(f"{self.path} {body['model']} {text} {roles}\n")
        if self.headers.get("Authorization") != "Bearer s3cret":
            self.answer(401, {"error": "no key"})
        elif "Answer A: " in prompt:
            self.answer(200, {"choices": [{"message": {"content": choose(prompt)}}]})
        elif "Question: " in prompt:
            asked = prompt.split("Passage: The mill")[-1].split("Question: ")
            said = "\n Answer: Does not stop.\nI hope that this helps." if len(asked) == 2 else "No."
            self.answer(200, {"choices": [{"message": {"content": said}}]})
        elif first and text.endswith(("31 because it is not clean.", "31.")):
            self.answer(429, {"error": "busy"})
        elif first and "32" in text:
            self.answer(503, {"error": "busy"})
        elif "33" in text:
            self.answer(200, {"choices": []})
        else:
            said = " Good." if text.startswith(("We", "A")) else "**bad**"
            if "34" in text:
                said = "good or bad"
            choice = {"message": {"content": said}} if chat else {"text": said}
            self.answer(200, {"choices": [choice]})

    def answer(self, status, value):
        data = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *arguments):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
with open(sys.argv[1] + ".new", "w", encoding="utf-8") as file:
    print(server.server_address[1], file=file)
os.rename(sys.argv[1] + ".new", sys.argv[1])
server.serve_forever()

#!/usr/bin/env python3
"""callback.py -- a model that is a Python function, asked by the installed C library through
ctypes: no program between them, nothing written out but the result.

    python3 examples/models/callback.py [--prefix /usr/local] [--dialect AppE ...] ITEMS.jsonl

evaluate() below is all that another script needs; the model at the end is a toy that counts
words. The structs are read from the installed headers, so that they are those of the library.

SPDX-License-Identifier: Apache-2.0
"""
import argparse
import ctypes
import json
import os
import re
import sys

BATCH_KEPT = []  # what a batch's answers point to, until the next


class EvaluationError(Exception):
    pass


def read_structs(*headers):
    """The fields of each struct of the headers, as ctypes classes by name."""
    plain = {"bool": ctypes.c_bool, "double": ctypes.c_double, "size_t": ctypes.c_size_t,
             "uint32_t": ctypes.c_uint32, "uint64_t": ctypes.c_uint64, "int": ctypes.c_int,
             "unsigned": ctypes.c_uint}
    structs = {}
    for path in headers:
        with open(path, encoding="utf-8") as file:
            text = re.sub(r"/\*.*?\*/", "", file.read(), flags=re.S)
        for name in re.findall(r"typedef enum (\w+)", text):
            plain[name] = ctypes.c_int
        for name in re.findall(r"typedef \w+ \(\*(\w+)\)", text):
            plain[name] = ctypes.c_void_p
        for name, body in re.findall(r"typedef struct (\w+) \{(.*?)\} \1;", text, flags=re.S):
            fields = []
            for declaration in filter(None, map(str.strip, body.split(";"))):
                words, *more = declaration.split(",")
                kind, first = re.fullmatch(r"(.*?[\s*])(\w+(?:\[\d+\])?)", words, re.S).groups()
                base = kind.replace("const", "").replace("volatile", "").split()
                for declarator in [first] + more:
                    field, size = re.search(r"(\w+)(?:\[(\d+)\])?\s*$", declarator).groups()
                    star = "*" in kind or "*" in declarator
                    if star and base[:1] == ["char"] and (kind + declarator).count("*") == 1:
                        made = ctypes.c_char_p
                    elif star:
                        made = ctypes.c_void_p
                    elif size:
                        made = ctypes.c_char * int(size)
                    else:
                        made = plain.get(base[0]) or structs[base[0]]
                    fields.append((field, made))
            structs[name] = type(name, (ctypes.Structure,), {"_fields_": fields})
    return structs


class Library:
    """The library and its structs, as installed under a prefix."""

    def __init__(self, prefix, data=None):
        include = os.path.join(prefix, "include")
        self.structs = read_structs(os.path.join(include, "isogloss.h"),
                                    os.path.join(include, "isogloss_evaluate.h"))
        self.lib = ctypes.CDLL(os.path.join(prefix, "lib", "libisogloss_evaluate.so"))
        for name in ("isg_evaluation_json", "isg_evaluation_table"):
            getattr(self.lib, name).restype = ctypes.c_char_p
            getattr(self.lib, name).argtypes = [ctypes.c_void_p]
        for name in ("isg_evaluation_free", "isg_engine_free"):
            getattr(self.lib, name).argtypes = [ctypes.c_void_p]
        self.engine = ctypes.c_void_p()
        options = self.structs["isg_engine_options"]()
        if data:
            options.data_dir = data.encode()
            options.table_path = os.path.join(data, "isogloss.tab").encode()
        self.check(lambda error: self.lib.isg_engine_open(
            ctypes.byref(options), ctypes.byref(self.engine), error))

    def check(self, call):
        error = self.structs["isg_error"]()
        if call(ctypes.byref(error)) != 0:
            raise EvaluationError(error.message.decode())

    def close(self):
        self.lib.isg_engine_free(self.engine)


def make_callback(library, answer):
    """A C function over answer(question), where question has the text and what else is there: its
    context, two answers a and b, messages. It returns a label (a string), a score (a number), or
    None for no answer; an exception is no answer, KeyboardInterrupt the end."""
    question_type, answer_type = library.structs["isg_question"], library.structs["isg_answer"]
    signature = ctypes.CFUNCTYPE(ctypes.c_bool, ctypes.c_void_p, ctypes.POINTER(question_type),
                                 ctypes.c_size_t, ctypes.POINTER(answer_type))

    def ask(_, questions, count, answers):
        BATCH_KEPT.clear()
        for i in range(count):
            parts = {name: getattr(questions[i], name) for name, _ in question_type._fields_}
            try:
                said = answer({name: part.decode() for name, part in parts.items() if part})
            except KeyboardInterrupt:
                return False
            except Exception as problem:
                print(f"callback.py: {problem}", file=sys.stderr)
                said = None
            answers[i].answered = said is not None
            if isinstance(said, str):
                BATCH_KEPT.append(said.encode())
                answers[i].label = BATCH_KEPT[-1]
            elif said is not None:
                answers[i].score = float(said)
        return True

    return signature(ask)


def evaluate(library, answer, path, dialects, **options):
    """The result of isogloss evaluate as a dictionary, and its table; options are fields of
    isg_evaluate_options."""
    task = ctypes.c_int()
    if not library.lib.isg_evaluate_find_task(options.pop("task", "classify").encode(),
                                              ctypes.byref(task)):
        raise EvaluationError("no such task")
    codes = (ctypes.c_char_p * len(dialects))(*(code.encode() for code in dialects))
    callback = make_callback(library, answer)
    o = library.structs["isg_evaluate_options"](
        path=path.encode(), task=task.value, dialect_count=len(dialects),
        dialects=ctypes.cast(codes, ctypes.c_void_p), answer=ctypes.cast(callback, ctypes.c_void_p))
    for name, value in options.items():
        setattr(o, name, value.encode() if isinstance(value, str) else value)
    evaluation = ctypes.c_void_p()
    library.check(lambda error: library.lib.isg_evaluate(
        library.engine, ctypes.byref(o), ctypes.byref(evaluation), error))
    result = json.loads(library.lib.isg_evaluation_json(evaluation))
    table = library.lib.isg_evaluation_table(evaluation).decode()
    library.lib.isg_evaluation_free(evaluation)
    return result, table


def toy_model(question):
    """Positive unless more bad words than good ones are in it."""
    words = re.findall(r"[a-z']+", question["text"].lower())
    good = sum(word in ("good", "lovely", "kind", "wonderful", "happy") for word in words)
    bad = sum(word in ("not", "never", "bad", "awful", "rude", "cold") for word in words)
    return "negative" if bad > good else "positive"


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--prefix", default="/usr/local")
    parser.add_argument("--data", help="folder with table, model and lexicon, if it was moved")
    parser.add_argument("--dialect", action="append")
    parser.add_argument("items")
    arguments = parser.parse_args()
    try:
        installed = Library(arguments.prefix, arguments.data)
        print(evaluate(installed, toy_model, arguments.items, arguments.dialect or ["AppE", "IrE"],
                       model_name="toy", labels="positive,negative")[1], end="")
        installed.close()
    except EvaluationError as problem:
        sys.exit(f"callback.py: {problem}")

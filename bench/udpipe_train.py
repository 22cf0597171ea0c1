#!/usr/bin/env python3
"""Train a UDPipe 1 model for compare.py on the EWT training treebank.

    pip install ufal.udpipe
    bench/udpipe_train.py TREEBANKS OUTPUT.udpipe [SENTENCES]

The training is much reduced (the first 2,000 sentences, few iterations, no search for parameters, no word vectors):
minutes instead of hours. It costs UDPipe several points of accuracy and nothing in speed."""
# SPDX-License-Identifier: Apache-2.0
import pathlib
import sys

import ufal.udpipe as udpipe

TOKENIZER = "epochs=2"
TAGGER = "models=1;iterations=8"
PARSER = "iterations=4;hidden_layer=200;batch_size=10;learning_rate=0.02;structured_interval=0;" \
         "transition_system=projective;transition_oracle=dynamic;use_gold_tags=0;" \
         "embedding_form_file=;single_root=1"


def read(path, most):
    sentences = udpipe.Sentences()
    reader = udpipe.InputFormat.newConlluInputFormat()
    reader.setText(path.read_text(encoding="utf-8"))
    error = udpipe.ProcessingError()
    sentence = udpipe.Sentence()
    while len(sentences) < most and reader.nextSentence(sentence, error):
        sentences.append(sentence)
        sentence = udpipe.Sentence()
    if error.occurred():
        sys.exit("%s: %s" % (path, error.message))
    return sentences


def main():
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    most = int(sys.argv[3]) if len(sys.argv) == 4 else 2000
    folder = pathlib.Path(sys.argv[1])
    error = udpipe.ProcessingError()
    model = udpipe.Trainer.train("morphodita_parsito", read(folder / "en_ewt-ud-train.conllu", most),
                                 read(folder / "en_ewt-ud-dev.conllu", 200), TOKENIZER, TAGGER, PARSER, error)
    if error.occurred():
        sys.exit(error.message)
    pathlib.Path(sys.argv[2]).write_bytes(model)


if __name__ == "__main__":
    main()

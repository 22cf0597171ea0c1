#!/bin/sh
# run_features.sh -- every <test> and <keep> of the standard features: in memory, from a file, and
# through the stream. Each counts as one.
#
# SPDX-License-Identifier: Apache-2.0
. "${top_srcdir:-.}/tests/lib/tap.sh"
cd "$top_srcdir" || exit 1
"$isogloss" test --tap features 2>"$scratch/err"
[ ! -s "$scratch/err" ] || note "$(cat "$scratch/err")"

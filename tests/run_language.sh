#!/bin/sh
# run_language.sh -- the examples of the linguists' manual are compiled and their tests run.
#
# SPDX-License-Identifier: Apache-2.0
. "${top_srcdir:-.}/tests/lib/tap.sh"
cd "$top_srcdir" || exit 1
"$isogloss" test --tap rules/language.md 2>"$scratch/err"
[ ! -s "$scratch/err" ] || note "$(cat "$scratch/err")"

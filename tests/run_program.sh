#!/bin/sh
# run_program.sh -- the tests of the features through the program: what it writes for each input, seed
# 0, is what the library gave for it.
#
# SPDX-License-Identifier: Apache-2.0
. "${top_srcdir:-.}/tests/lib/tap.sh"
cd "$scratch" || exit 1
"$isogloss" test --outputs "$top_srcdir/features" >all 2>err
ok $? "the tests of the features are listed"
cut -f 1 all | sort -u >lists
while IFS= read -r features; do
    awk -F '\t' -v f="$features" '$1 == f { print $2 }' all >input
    awk -F '\t' -v f="$features" '$1 == f { print $3 }' all >wanted
    "$isogloss" transform --feature "$features" input >out
    same wanted out "the program on the tests of $features"
done <lists
# --rate with --feature: some of the places.
text='He works, she sings, it runs, he eats, she walks, it rains, he calls, she drinks, it stops.'
printf '%s\n' "$text" | "$isogloss" transform --feature 170 >all
printf '%s\n' "$text" | "$isogloss" transform --feature 170 --rate .5 >some
! cmp -s all some && [ "$(cat some)" != "$text" ]
ok $? "--rate holds for --feature, too"

finish

#!/bin/sh
# run_report.sh -- the page of a recorded result in headless Chromium: all charts drawn, no error, no
# request refused by the page's policy, hostile text shown as text.
#
# SPDX-License-Identifier: Apache-2.0
. "${top_srcdir:-.}/tests/lib/tap.sh"

browser=$(command -v chromium || command -v chromium-browser || command -v google-chrome || :)
if [ ! -x "$top_builddir/tests/test_report" ]; then
    skip "built without the evaluation or without cmocka"
    finish
fi
"$top_builddir/tests/test_report" "$top_srcdir/tests/evaluate_result.json" "$scratch/page.html"
ok $? "the page is written"
if [ -z "$browser" ]; then
    skip "no Chromium to open the page with"
    finish
fi

# open_page FILE: what the page has become, in $scratch/dom. --no-sandbox: containers seldom allow one,
# and the page is our own.
open_page() {
    HOME=$scratch timeout 120 "$browser" --headless --no-sandbox --disable-gpu \
        --disable-background-networking --user-data-dir="$scratch/profile" \
        --virtual-time-budget=20000 --dump-dom "file://$1" >"$scratch/dom" 2>"$scratch/err"
}
open_page "$scratch/page.html"
dom=$(sed 's/<script.*//' "$scratch/dom" | head -n 3)
if [ ! -s "$scratch/dom" ]; then
    skip "Chromium does not start here"
    finish
fi
has "$dom" 'data-errors="0"' "no error in the page, nothing refused by its policy"
has "$dom" 'data-charts="4"' "four charts are drawn"
has "$dom" 'data-wanted="4"' "... of four"
is "$(grep -c '<img src="\{0,1\}x' "$scratch/dom")" 0 "hostile answers become no elements"
grep -q '<title>How a model &lt;/title&gt;' "$scratch/dom"
ok $? "... but text"
for part in 'id="gaps"' 'id="map"' 'id="features"' 'id="slices"' 'id="distance"' 'id="examples"' \
    'id="card"' 'id="repeat"' '>nothing</mark>' 'download="gaps-all.csv"' 'scope="row"'; do
    grep -qF "$part" "$scratch/dom"
    ok $? "the page has $part"
done

sed 's/^"synthetic":true,/&"ranking":{"by":"none","reason":"it is no harm"},/' "$top_srcdir/tests/evaluate_result.json" \
    >"$scratch/quiet.json"
"$top_builddir/tests/test_report" "$scratch/quiet.json" "$scratch/quiet.html"
open_page "$scratch/quiet.html"
dom=$(sed 's/<script.*//' "$scratch/dom" | head -n 3)
has "$dom" 'data-errors="0"' "the page of a result whose gaps are no harm"
tr '\n' ' ' <"$scratch/dom" | sed 's/<script.*//' >"$scratch/text"
grep -q 'ranked by nothing: it is no harm\.' "$scratch/text"
ok $? "... ranks by nothing, with the reason"
is "$(grep -c 'of zero: worse\|fare worse than\|worst first' "$scratch/text")" 0 "... and nothing in it is called worse"

# cat repeats the request: an answer.
"$isogloss" evaluate --model cmd:cat -d IrE -d UAAVE --resamples 200 --report "$scratch/free.html" embedded:safe \
    >"$scratch/out" 2>"$scratch/err"
open_page "$scratch/free.html"
has "$(sed 's/<script.*//' "$scratch/dom" | head -n 3)" 'data-errors="0"' "the page of free answers"
tr '\n' ' ' <"$scratch/dom" | sed 's/<script.*//' >"$scratch/text"
for part in 'id="answers"' 'Marks per 100 words' 'judged by refusal' 'Gap in words an answer'; do
    grep -qF "$part" "$scratch/text"
    ok $? "... has $part"
done

"$isogloss" evaluate --demo --resamples 200 --report "$scratch/demo.html" >"$scratch/out" 2>"$scratch/err"
ok $? "evaluate --demo"
open_page "$scratch/demo.html"
dom=$(sed 's/<script.*//' "$scratch/dom" | head -n 3)
has "$dom" 'data-errors="0"' "... its page has no error"
has "$dom" 'data-charts="4"' "... and four charts"
finish

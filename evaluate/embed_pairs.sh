#!/bin/sh
# embed_pairs.sh FILE -- prints C arrays with the wordings of paraphrase.tsv: pairs, then moves.
#
# SPDX-License-Identifier: Apache-2.0
set -eu
awk -F '\t' '
function name(side, condition) {
    condition = condition == "" ? "-" : condition
    return side (condition == "-" ? "ANY" : toupper(condition))
}
function put(from, to, left, right) {
    printf "    {\"%s\", \"%s\", %s, %s},\n", from, to, name("LEFT_", left), name("RIGHT_", right)
}
BEGIN { print "static const struct pair pairs[] = {" }
/^#/ || NF == 0 { next }
$2 == "^" { moves = moves "    \"" $1 "\",\n"; next }
NF < 3 || ($2 != ">" && $2 != "=") || $0 ~ /["\\]/ {
    print FILENAME ":" FNR ": not a pair of wordings" >"/dev/stderr"
    exit 1
}
{ put($1, $3, $4, $5) }
$2 == "=" { put($3, $1, $4, $5) }
END { printf "};\nstatic const char *const movable[] = {\n%s};\n", moves }
' "$1"

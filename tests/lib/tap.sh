# tap.sh -- what the test scripts share: counting in the Test Anything Protocol, a scratch folder,
# the program under test. Source it first; call finish last.
#
# SPDX-License-Identifier: Apache-2.0

top_srcdir=${top_srcdir:-$(cd "$(dirname "$0")/.." && pwd)}
top_builddir=${top_builddir:-$top_srcdir}
isogloss=$top_builddir/isogloss
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 1' HUP INT TERM
unset ISOGLOSS_DATA
LC_ALL=C.UTF-8
export LC_ALL
number=0

# ok STATUS NAME: status 0 passes.
ok() {
    number=$((number + 1))
    if [ "$1" -eq 0 ]; then
        printf 'ok %d - %s\n' "$number" "$2"
    else
        printf 'not ok %d - %s\n' "$number" "$2"
    fi
}

skip() {
    number=$((number + 1))
    printf 'ok %d # SKIP %s\n' "$number" "$1"
}

# note TEXT: every line as a diagnostic.
note() {
    printf '%s\n' "$1" | head -n 20 | sed 's/^/# /'
}

# is GOT WANTED NAME
is() {
    [ "$1" = "$2" ]
    ok $? "$3"
    if [ "$1" != "$2" ]; then
        note "got:    $1"
        note "wanted: $2"
    fi
}

# has TEXT PART NAME: TEXT contains PART.
has() {
    case $1 in
    *"$2"*) ok 0 "$3" ;;
    *)
        ok 1 "$3"
        note "no '$2' in: $1"
        ;;
    esac
}

# same FILE FILE NAME: equal bytes.
same() {
    cmp "$1" "$2" >"$scratch/cmp" 2>&1
    ok $? "$3"
    [ ! -s "$scratch/cmp" ] || note "$(cat "$scratch/cmp")"
}

# status WANTED NAME COMMAND...: the exit status; output in $scratch/out and $scratch/err.
status() {
    wanted=$1 name=$2 got=0
    shift 2
    "$@" >"$scratch/out" 2>"$scratch/err" || got=$?
    is "$got" "$wanted" "$name"
    [ "$got" = "$wanted" ] || note "$(cat "$scratch/err")"
}

finish() {
    echo "1..$number"
    exit 0
}

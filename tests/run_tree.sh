#!/bin/sh
# run_tree.sh -- the shape of the source tree: includes point one way, every source is in the build,
# no file is too long, the library neither prints nor keeps state.
#
# SPDX-License-Identifier: Apache-2.0
. "${top_srcdir:-.}/tests/lib/tap.sh"
cd "$top_srcdir" || exit 1

# includes FOLDER ALLOWED...: what the sources of a folder include between quotes, first folder.
includes() {
    folder=$1
    shift
    allowed=" $* "
    wrong=$(grep -Hn '^ *# *include *"' "$folder"/*.[ch] 2>/dev/null |
        sed 's/:[0-9]*: *# *include *"\([^"]*\)".*/ \1/' |
        while read -r file name; do
            case $name in
            */*) room=${name%/*} ;;
            *) room=$(basename "$folder") ;;
            esac
            case $allowed in
            *" $room "*) ;;
            *) echo "$file includes \"$name\"" ;;
            esac
        done)
    [ -z "$wrong" ]
    ok $? "includes of $folder/"
    [ -z "$wrong" ] || note "$wrong"
}
includes engine/base base
includes engine/text text base
includes engine/analysis analysis text base
includes engine/table table base
includes engine/grammar grammar analysis text base
includes engine/rewrite rewrite table grammar analysis text base engine
includes engine engine rewrite table grammar analysis text base
includes rules rules table base
includes cli cli
includes evaluate evaluate

wrong=$(grep -HnE '^ *# *include *<' cli/*.[ch] | grep -E 'libxml|pcre2' || :)
is "$wrong" '' "the program uses only public headers"
wrong=$(grep -rHnE '^ *# *include *<(libxml|jansson)' engine || :)
is "$wrong" '' "the runtime library needs neither XML nor JSON"

missing=$(for file in engine/*/*.[ch] engine/*.[ch] rules/*.[ch] cli/*.[ch] evaluate/*.[ch] tests/test_*.c \
    tests/run_*.sh include/*.h; do
    [ -e "$file" ] || continue
    name=$file
    case $file in tests/test_*.c) name=${file%.c} ;; esac
    grep -qF "$name" Makefile.am || echo "$file"
done)
is "$missing" '' "every source is in Makefile.am"

long=$(find engine rules cli evaluate train tests -name '*.[ch]' -exec awk 'END { if (NR > 600) print FILENAME, NR }' {} \;)
is "$long" '' "no file has more than 600 lines"

wide=$(find engine rules cli evaluate include -name '*.[ch]' -exec grep -HnE '^.{101,}$' {} + | head -n 5 || :)
is "$wide" '' "no line has more than 100 columns"

bare=$(find engine rules cli evaluate include train bench tests completion \( -name '*.[ch]' -o -name '*.sh' -o \
    -name '*.py' -o -name '*.bash' \) -exec grep -L 'SPDX-License-Identifier: ' {} +)
is "$bare" '' "every source names its licence"

loud=$(grep -nE '\b(abort|exit|printf|perror|setlocale|puts|putchar)\(|fprintf\((stderr|stdout)' \
    -r engine rules evaluate --include='*.c' | grep -vE 'snprintf|vsnprintf|^[^:]*:[0-9]*: \*' || :)
is "$loud" '' "the libraries do not print, exit or set the locale"

few=$(find features -name '[0-9]*.xml' | while read -r file; do
    tests=$(grep -c '<test' "$file")
    keeps=$(grep -c '<keep' "$file")
    [ "$tests" -ge 6 ] && [ "$keeps" -ge 3 ] || echo "$file: $tests tests, $keeps near-misses"
done)
is "$few" '' "every feature has at least six tests and three near-misses"
is "$(find features/dialects -name '*.xml' | wc -l | tr -d ' ')" 77 "every eWAVE variety has a profile"
is "$(grep -l 'contact="yes"' features/dialects/*.xml | wc -l | tr -d ' ')" 26 \
    "26 of them are contact languages"

# Writable data in the libraries; tables of pointers to constants are .data.rel.ro.
if [ -n "${ISG_SANITIZED:-}" ] || ! command -v objdump >/dev/null; then
    skip "no writable globals"
else
    for library in libisogloss libisogloss_rules; do
        archive=$top_builddir/.libs/$library.a
        state=$(objdump -t "$archive" |
            awk '/ O \.(data|bss|tdata|tbss)[ \t]/ || / O \*COM\*/ { print $NF }')
        is "$state" '' "$library has no writable globals"
    done
fi
finish

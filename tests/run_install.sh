#!/bin/sh
# run_install.sh -- what make install leaves: a program that finds its data wherever the prefix was
# put, a library that a client finds through pkg-config, the pages and the completion.
#
# SPDX-License-Identifier: Apache-2.0
. "${top_srcdir:-.}/tests/lib/tap.sh"
cd "$top_builddir" || exit 1

unset MAKEFLAGS MFLAGS MAKELEVEL DESTDIR
prefix=$(sed -n 's/^prefix = //p' Makefile)
${MAKE:-make} install DESTDIR="$scratch/root" >"$scratch/log" 2>&1
ok $? "make install with DESTDIR"
[ -d "$scratch/root" ] || note "$(tail -n 20 "$scratch/log")"
root=$scratch/root$prefix
if "$isogloss" evaluate --help >/dev/null 2>&1; then
    for set in neutral nli questions safe sentiment; do
        [ -e "$root/share/isogloss/evaluate/$set.jsonl" ]
        ok $? "embedded:$set is installed"
    done
fi
for file in bin/isogloss include/isogloss.h include/isogloss_rules.h lib/libisogloss.a \
    lib/libisogloss.so lib/libisogloss_rules.a lib/pkgconfig/isogloss.pc \
    share/isogloss/isogloss.tab share/isogloss/isogloss.model share/isogloss/isogloss.lex \
    share/man/man1/isogloss.1 share/bash-completion/completions/isogloss; do
    [ -e "$root/$file" ]
    ok $? "$file is installed"
done
mv "$root" "$scratch/moved"
root=$scratch/moved
is "$(cd / && echo 'He walks.' | "$root/bin/isogloss" transform --feature 170)" "He walk." \
    "the program runs from another folder and a moved prefix"
is "$(cd / && echo 'He walks.' | ISOGLOSS_DATA=$root/share/isogloss "$isogloss" transform --feature 170)" \
    "He walk." "ISOGLOSS_DATA names the data folder"
mkdir "$scratch/mine"
cp "$top_srcdir"/features/agreement/170-*.xml "$scratch/mine"
(cd / && "$root/bin/isogloss" compile "$scratch/mine" -o "$scratch/mine.tab") 2>"$scratch/err"
ok $? "the installed program compiles a folder of one feature"
note "$(cat "$scratch/err")"
is "$(echo 'He walks.' | "$root/bin/isogloss" transform --table "$scratch/mine.tab" --feature 170)" \
    "He walk." "... and uses the table"

if [ -n "${ISG_SANITIZED:-}" ]; then
    skip "a client of the library"
else
    cat >"$scratch/client.c" <<'END'
#include <isogloss.h>
#include <stdio.h>
int main(int argc, char **argv)
{
    isg_engine *engine; isg_profile *profile; isg_document *doc; isg_error error; size_t n;
    const char text[] = "He doesn't know anything.";
    isg_engine_options options = {.data_dir = argc > 1 ? argv[1] : NULL};
    if (isg_engine_open(&options, &engine, &error) != ISG_OK ||
        isg_profile_new(engine, &(isg_profile_options){.features = "154"}, &profile, &error) ||
        isg_document_new(engine, &doc, &error) ||
        isg_document_analyse(doc, text, sizeof text - 1, NULL, &error) ||
        isg_document_rewrite(doc, profile, NULL, &error))
        return fprintf(stderr, "%s\n", error.message), 1;
    const char *out = isg_document_text(doc, &n);
    return fwrite(out, 1, n, stdout) != n || puts("") < 0;
}
END
    sed "s|^prefix=.*|prefix=$root|" "$root/lib/pkgconfig/isogloss.pc" >"$scratch/isogloss.pc"
    PKG_CONFIG_PATH=$scratch:${PKG_CONFIG_PATH:-}
    export PKG_CONFIG_PATH
    flags=$(${PKG_CONFIG:-pkg-config} --cflags --libs isogloss)
    ok $? "pkg-config knows isogloss"
    (cd "$scratch" && ${CC:-cc} -o client client.c $flags) 2>"$scratch/err"
    ok $? "a client compiles with what it says"
    note "$(cat "$scratch/err")"
    is "$(LD_LIBRARY_PATH=$root/lib "$scratch/client" "$root/share/isogloss")" \
        "He doesn't know nothing." "... and runs"
    flags=$(${PKG_CONFIG:-pkg-config} --static --cflags --libs isogloss)
    (cd "$scratch" && ${CC:-cc} -o static client.c $(echo "$flags" |
        sed "s|-lisogloss|$root/lib/libisogloss.a|")) 2>"$scratch/err"
    ok $? "... and against the static library"
    note "$(cat "$scratch/err")"
    if command -v nm >/dev/null; then
        is "$(nm -D --defined-only "$root/lib/libisogloss.so" | awk '$3 !~ /^isg_/ { print $3 }')" '' \
            "the shared library shows nothing but isg_ names"
    else
        skip "no nm"
    fi
    is "$(cd "$scratch" && printf '#include <isogloss.h>\n#include <isogloss_rules.h>\nint main() { return isg_version() == 0; }\n' >c.cc &&
        { ! command -v g++ >/dev/null || g++ -fsyntax-only -Wall -I"$root/include" c.cc; } 2>&1)" '' \
        "the headers are C++ as well"
fi
finish

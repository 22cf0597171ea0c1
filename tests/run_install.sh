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
if "$isogloss" evaluate --help >/dev/null 2>&1; then
    for file in include/isogloss_evaluate.h lib/libisogloss_evaluate.a lib/libisogloss_evaluate.so \
        lib/pkgconfig/isogloss-evaluate.pc; do
        [ -e "$root/$file" ]
        ok $? "$file is installed"
    done
fi
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
    if "$isogloss" evaluate --help >/dev/null 2>&1; then
        cat >"$scratch/model.c" <<'END'
#include <isogloss_evaluate.h>
#include <stdio.h>
#include <string.h>
static bool answer(void *context, const isg_question *questions, size_t count, isg_answer *answers)
{
    for (size_t i = 0; i < count; i++)
        answers[i] = (isg_answer){true, strstr(questions[i].text, "n't") ? "no" : context};
    return true;
}
int main(int argc, char **argv)
{
    isg_engine *engine; isg_evaluation *e; isg_error error;
    isg_engine_options places = {.data_dir = argv[1]};
    isg_evaluate_options o = {.path = argv[2], .dialects = (const char *const[]){"AppE"},
                              .dialect_count = 1, .answer = answer, .answer_context = "yes"};
    if (argc < 3 || isg_engine_open(&places, &engine, &error) ||
        isg_evaluate(engine, &o, &e, &error))
        return fprintf(stderr, "%s\n", error.message), 1;
    return puts(strstr(isg_evaluation_json(e), "\"accuracy\"") ? "evaluated" : "?") < 0;
}
END
        echo '{"text":"She does not know.","label":"yes"}
{"text":"She doesn'"'"'t know.","label":"no"}' >"$scratch/items.jsonl"
        sed "s|^prefix=.*|prefix=$root|" "$root/lib/pkgconfig/isogloss-evaluate.pc" \
            >"$scratch/isogloss-evaluate.pc"
        flags=$(${PKG_CONFIG:-pkg-config} --cflags --libs isogloss-evaluate)
        ok $? "pkg-config knows isogloss-evaluate"
        (cd "$scratch" && ${CC:-cc} -o model model.c $flags) 2>"$scratch/err"
        ok $? "a model in C compiles with what it says"
        note "$(cat "$scratch/err")"
        is "$(LD_LIBRARY_PATH=$root/lib "$scratch/model" "$root/share/isogloss" "$scratch/items.jsonl")" \
            evaluated "... and is evaluated"
        private=$(for name in isogloss isogloss-evaluate; do
            ${PKG_CONFIG:-pkg-config} --print-requires-private $name
        done)
        (cd "$scratch" && ${CC:-cc} -o static-model model.c -I"$root/include" \
            "$root/lib/libisogloss_evaluate.a" "$root/lib/libisogloss.a" \
            $(${PKG_CONFIG:-pkg-config} --libs $(echo "$private" | sed 's/ .*//')) \
            $(sed -n 's/^Libs.private: //p' isogloss-evaluate.pc)) 2>"$scratch/err"
        ok $? "... and against the static libraries with what they require in private"
        note "$(cat "$scratch/err")"
        if command -v python3 >/dev/null; then
            echo '{"text":"The room is not clean and he has never been kind.","label":"negative"}
{"text":"What a lovely day we have had!","label":"positive"}' >"$scratch/mood.jsonl"
            PYTHONDONTWRITEBYTECODE=1 LD_LIBRARY_PATH=$root/lib python3 \
                "$top_srcdir/examples/models/callback.py" --prefix "$root" --data "$root/share/isogloss" \
                "$scratch/mood.jsonl" >"$scratch/out" 2>"$scratch/err"
            ok $? "a model in Python, through ctypes"
            has "$(cat "$scratch/out")" 'standard  1.0000 (accuracy)' "... is right"
            has "$(cat "$scratch/out")" ', 0 failed' "... of all texts"
            note "$(cat "$scratch/err")"
        else
            skip "no python3 for a model"
        fi
    fi
    if command -v nm >/dev/null; then
        for library in evaluate rules; do
            [ -e "$root/lib/libisogloss_$library.so" ] || continue
            is "$(nm -D --defined-only "$root/lib/libisogloss_$library.so" |
                awk '$3 !~ /^isg_/ { print $3 }')" '' "libisogloss_$library shows nothing but isg_ names"
        done
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

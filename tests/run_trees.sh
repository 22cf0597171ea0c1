#!/bin/sh
# run_trees.sh -- trees of sentences of our own that the analyser settles after parsing, as the words
# and their order demand: isogloss analyse gives each word named the relation and head named.
#
# SPDX-License-Identifier: Apache-2.0
. "${top_srcdir:-.}/tests/lib/tap.sh"
cd "$scratch" || exit 1

# tree SENTENCE WORD:XPOS:RELATION:HEAD...: head 0 is the root.
tree() {
    printf '%s\n' "$1" | "$isogloss" analyse >out
    sentence=$1
    shift
    for wanted in "$@"; do
        word=${wanted%%:*}
        got=$(awk -F '\t' -v word="$word" '
            $1 ~ /^[0-9]+$/ { form[$1] = $2; tag[$1] = $5; head[$1] = $7; rel[$1] = $8; n = $1 }
            END { for (i = 1; i <= n; i++) if (form[i] == word) {
                      print word ":" tag[i] ":" rel[i] ":" (head[i] ? form[head[i]] : 0); exit } }' out)
        is "$got" "$wanted" "$sentence: $word"
    done
}

# A finite verb is no acl.
tree 'Nothing works in this house.' Nothing:NN:nsubj:works works:VBZ:root:0
# Questions with be.
tree 'How tall is your brother?' tall:JJ:root:0 brother:NN:nsubj:tall
tree 'Is dinner ready?' dinner:NN:nsubj:ready
# Subjects that a nominative pronoun ends.
tree 'My brothers and I built a den.' brothers:NNS:nsubj:built I:PRP:conj:brothers
# An object with an article of its own is a noun, if the word is one.
tree 'He caught a cold and stayed at home.' cold:NN:obj:caught
# A question that is told.
tree '"When will the bus come?" she asked.' come:VB:ccomp:asked
# Who is spoken to at the end of speech; not who is explained.
tree '"We have sold the barn, Mrs. Hall," he said.' Hall:NNP:vocative:sold
tree 'I saw your brother, Mr. Hall.' Hall:NNP:appos:brother
# What stands before a title belongs to the name.
tree '"She knitted a scarf for Mrs. Hall," he said.' for:IN:case:Hall
tree '"We are late again," said the boss.' late:JJ:ccomp:said again:RB:advmod:late
# Behind "a" stands no plural, and quotations are sentences.
tree 'An owl lives in that barn.' owl:NN:nsubj:lives lives:VBZ:root:0 barn:NN:obl:lives
tree '"My uncle repairs clocks," he said.' repairs:VBZ:ccomp:said clocks:NNS:obj:repairs
# Verbs behind a phrase, or a clause, that describes their subject.
tree 'The old man on the corner of our street knits woollen socks.' man:NN:nsubj:knits \
    street:NN:nmod:corner knits:VBZ:root:0 socks:NNS:obj:knits
# The word after tells nouns from verbs.
tree "My neighbour's dog bit me." dog:NN:nsubj:bit bit:VBD:root:0 me:PRP:obj:bit
tree 'The oil can is empty.' oil:NN:compound:can can:NN:nsubj:empty
tree 'The man sitting there is my uncle.' sitting:VBG:acl:man there:RB:advmod:sitting \
    man:NN:nsubj:uncle is:VBZ:cop:uncle
# Relative clauses behind the noun that begins a sentence.
tree 'The bridge that the army built in 1944 is still open.' bridge:NN:nsubj:open \
    that:WDT:obj:built army:NN:nsubj:built built:VBD:acl:relcl:bridge
tree 'The cake my sister baked was dry.' sister:NN:nsubj:baked baked:VBD:acl:relcl:cake
tree 'The songs the choir sang made us cry.' songs:NNS:nsubj:made choir:NN:nsubj:sang
tree 'The day the war ended everyone was happy.' day:NN:obl:unmarked:ended
# Names, times and verbs in questions.
tree 'Is Mrs. Hall angry?' Hall:NNP:nsubj:angry angry:JJ:root:0
tree 'What time will dinner be ready?' time:NN:obl:unmarked:ready will:MD:aux:ready
tree 'What time does the bus leave?' time:NN:obl:unmarked:leave
tree '"When does the shop open?" he asked.' open:VB:ccomp:asked
tree 'When will the swimming pool reopen?' pool:NN:nsubj:reopen reopen:VB:root:0
# Verbs in lists, and behind relative clauses with who.
tree 'My aunt paints walls, cooks for twelve people, and drives a bus.' paints:VBZ:root:0 \
    cooks:VBZ:conj:paints drives:VBZ:conj:paints
tree 'He plays the drums, sings until midnight, and complains.' sings:VBZ:conj:plays
tree 'The tall man who owns the garage behind the church repairs motorbikes.' \
    man:NN:nsubj:repairs owns:VBZ:acl:relcl:man church:NN:obl:owns motorbikes:NNS:obj:repairs
tree 'The nurse who looks after my gran speaks Greek.' nurse:NN:nsubj:speaks gran:NN:obl:looks
tree 'The letter my aunt gave me came from Peru.' letter:NN:nsubj:came gave:VBD:acl:relcl:letter
# Nouns of phrases that pass for subjects.
tree 'Nobody in our street owns a dog.' Nobody:NN:nsubj:owns street:NN:nmod:Nobody owns:VBZ:root:0
tree '"Although I am old, Mr. Hall, I can dance," she said.' Hall:NNP:vocative:dance
finish

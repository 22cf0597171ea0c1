/* conllu_write.c -- prints sentences as CoNLL-U. The writer counts code points once along the text,
 * so that all sentences of a text take linear time.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "analysis/conllu.h"

#include "text/chars.h"

void conllu_writer_init(struct conllu_writer *writer, struct buffer *out, const char *text,
                        size_t length)
{
    *writer = (struct conllu_writer){.out = out, .text = text, .length = length};
}

/* Code points before a byte offset; a byte that is not UTF-8 counts as one. Offsets rise, but for
 * the words of a multiword token, which start over where its own line did: at the mark. */
static uint32_t code_point_at(struct conllu_writer *writer, uint32_t offset)
{
    if (offset < writer->here.bytes)
        writer->here = writer->mark;
    if (offset < writer->here.bytes)
        writer->here.bytes = writer->here.code_points = 0;
    while (writer->here.bytes < offset && writer->here.bytes < writer->length) {
        size_t next = writer->here.bytes;
        (void)char_next(writer->text, &next, writer->length);
        writer->here.bytes = (uint32_t)next;
        writer->here.code_points++;
    }
    return writer->here.code_points;
}

/* Adds bytes as CoNLL-U can hold them. */
static void add_clean(struct buffer *out, const char *bytes, size_t length)
{
    for (size_t p = 0; p < length;) {
        size_t next = p;
        unsigned bits = char_next(bytes, &next, length);
        if (bits & (CHAR_BAD | CHAR_CONTROL))
            buffer_add_string(out, "\xEF\xBF\xBD");
        else if (bits & CHAR_SPACE && next == p + 1)
            buffer_add_char(out, ' ');
        else
            buffer_add(out, bytes + p, next - p);
        p = next;
    }
    if (!length)
        buffer_add_char(out, '_');
}

static void add_name(struct buffer *out, const char *name)
{
    buffer_add_char(out, '\t');
    buffer_add_string(out, name ? name : "_");
}

/* Whether white space, or nothing, follows the token with this index. */
static bool space_follows(const struct conllu_writer *writer, const struct sentence *sentence,
                          uint32_t i)
{
    if (i + 1 < sentence->count)
        return sentence->tokens[i + 1].space_before;
    uint32_t end = sentence->tokens[i].end;
    return end >= writer->length || char_peek(writer->text, end, writer->length) & CHAR_SPACE;
}

static void add_misc(struct conllu_writer *writer, const struct token *first,
                     const struct token *last, bool space)
{
    struct buffer *out = writer->out;
    buffer_add_string(out, space ? "\t" : "\tSpaceAfter=No|");
    uint32_t start = code_point_at(writer, first->start);
    writer->mark = writer->here;
    buffer_printf(out, "TokenRange=%u:%u", start, code_point_at(writer, last->end));
}

/* The line of a multiword token whose words are tokens [i, i + mwt). */
static void add_range(struct conllu_writer *writer, const struct sentence *sentence, uint32_t i)
{
    struct buffer *out = writer->out;
    const struct token *first = &sentence->tokens[i];
    uint32_t last = i + first->mwt - 1;
    buffer_printf(out, "%u-%u\t", i + 1, last + 1);
    add_clean(out, writer->text + first->start, sentence->tokens[last].end - first->start);
    for (int column = 2; column < 9; column++)
        buffer_add_string(out, "\t_");
    add_misc(writer, first, &sentence->tokens[last], space_follows(writer, sentence, last));
    buffer_add_char(out, '\n');
}

static void add_token(struct conllu_writer *writer, const struct sentence *sentence, uint32_t i,
                      bool inside)
{
    const struct token *t = &sentence->tokens[i];
    struct buffer *out = writer->out;
    char feats[512];
    buffer_printf(out, "%u\t", i + 1);
    add_clean(out, t->form, t->form_length);
    buffer_add_char(out, '\t');
    add_clean(out, t->lemma ? t->lemma : "_", t->lemma ? t->lemma_length : 1);
    add_name(out, vocab_name(VOCAB_LIST_UPOS, t->upos));
    add_name(out, vocab_name(VOCAB_LIST_XPOS, t->xpos));
    (void)vocab_feats_print(t->feats, feats, sizeof feats);
    add_name(out, feats);
    if (t->deprel == REL_NONE)
        buffer_add_string(out, "\t_\t_");
    else
        buffer_printf(out, "\t%d\t%s", t->head + 1, vocab_name(VOCAB_LIST_DEPREL, t->deprel));
    buffer_add_string(out, "\t_");
    bool space = inside || space_follows(writer, sentence, i);
    add_misc(writer, t, t, space);
    if (writer->confidence)
        buffer_printf(out, "|TagConf=%u|ArcConf=%u", t->tag_confidence, t->arc_confidence);
    buffer_add_char(out, '\n');
}

static void add_text(struct conllu_writer *writer, const struct sentence *sentence)
{
    buffer_add_string(writer->out, "# text = ");
    uint32_t end = sentence->start;
    for (uint32_t i = 0; i < sentence->count; i++) {
        const struct token *t = &sentence->tokens[i];
        if (i && t->space_before)
            buffer_add_char(writer->out, ' ');
        uint32_t start = t->start > end ? t->start : end;
        if (t->end > start)
            add_clean(writer->out, writer->text + start, t->end - start);
        end = t->end > end ? t->end : end;
    }
    buffer_add_char(writer->out, '\n');
}

void conllu_write(struct conllu_writer *writer, const struct sentence *sentence)
{
    struct buffer *out = writer->out;
    if (sentence->new_paragraph)
        buffer_add_string(out, "# newpar\n");
    buffer_printf(out, "# sent_id = %u\n", sentence->number + 1);
    add_text(writer, sentence);
    uint32_t inside = 0; /* tokens left of a multiword token */
    for (uint32_t i = 0; i < sentence->count; i++) {
        const struct token *t = &sentence->tokens[i];
        if (!inside && t->mwt > 1 && t->mwt <= sentence->count - i) {
            add_range(writer, sentence, i);
            inside = t->mwt;
        }
        add_token(writer, sentence, i, inside > 0);
        inside -= inside > 0;
    }
    buffer_add_char(out, '\n');
}

void conllu_print(struct buffer *out, const char *text, const struct sentence *sentence)
{
    struct conllu_writer writer;
    conllu_writer_init(&writer, out, text, sentence->end);
    conllu_write(&writer, sentence);
}

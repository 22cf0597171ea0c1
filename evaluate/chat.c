/* chat.c -- takes conversations apart and puts them together again.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "evaluate/chat.h"

#include <stdlib.h>
#include <string.h>

#include "evaluate/limits.h"
#include "evaluate/question.h"

/* Between the turns of a text: a paragraph of its own, so that no sentence goes across it. */
static const char turn_end[] = "\n\n\036\n\n";

static bool is_user(const json_t *message)
{
    const char *role = json_string_value(json_object_get(message, "role"));
    return role && !strcmp(role, "user");
}

static const char *flaw(const json_t *messages)
{
    const json_t *message;
    size_t index;
    if (!json_is_array(messages) || json_array_size(messages) == 0)
        return "no messages";
    if (json_array_size(messages) > LIMIT_TURNS)
        return "too many messages";
    json_array_foreach(messages, index, message)
        if (!json_is_string(json_object_get(message, "role")))
            return "a message without a role";
    return NULL;
}

const char *chat_split(const json_t *messages, bool all_turns, char **text, char **frame)
{
    const char *reason = flaw(messages);
    *text = *frame = NULL;
    if (reason)
        return reason;
    size_t length, n = json_array_size(messages), turns = 0;
    FILE *out = open_memstream(text, &length);
    json_t *rest = json_deep_copy(messages);
    size_t first = 0;
    for (size_t i = n; i-- > 0 && !all_turns && first == 0;)
        first = is_user(json_array_get(messages, i)) ? i : 0;
    for (size_t i = first; out && rest && !reason && i < n; i++) {
        json_t *message = json_array_get(rest, i);
        const char *content = json_string_value(json_object_get(message, "content"));
        if (!is_user(message))
            continue;
        if (!content)
            reason = "a turn of a user that is no text";
        else if (strchr(content, '\036'))
            reason = "a record separator in a turn";
        else
            fprintf(out, "%s%s", turns++ ? turn_end : "", content);
        json_object_set_new(message, "content", json_null());
    }
    if (!reason && turns == 0)
        reason = "no turn of a user";
    *frame = rest ? json_dumps(rest, JSON_COMPACT) : NULL;
    bool ok = out && fclose(out) == 0 && *frame;
    json_decref(rest);
    if (ok && !reason)
        return NULL;
    free(*text);
    free(*frame);
    *text = *frame = NULL;
    return ok ? reason : "";
}

json_t *chat_join(const struct name *question)
{
    const char *frame = question_part(question, PART_FRAME);
    const char *text = question_part(question, PART_TEXT);
    json_t *messages = frame ? json_loads(frame, 0, NULL) : NULL, *message;
    size_t index;
    json_array_foreach(messages, index, message) {
        if (!is_user(message) || !json_is_null(json_object_get(message, "content")))
            continue;
        const char *end = strstr(text, turn_end);
        size_t n = end ? (size_t)(end - text) : strlen(text);
        json_object_set_new(message, "content", json_stringn(text, n));
        text += n + (end ? sizeof turn_end - 1 : 0);
    }
    return messages;
}

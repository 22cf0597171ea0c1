/* cmd_paraphrase.c -- the command paraphrase: slang into plain words, or plain words into slang. It
 * is transform without dialects.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#include "cli.h"
#include "transform.h"

int cmd_paraphrase(int argc, char **argv)
{
    return transform_main(argc, argv);
}

/* export.h -- writes a trained network as the integers of model_format.h.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#ifndef TRAIN_EXPORT_H
#define TRAIN_EXPORT_H

#include "network.h"

/* Writes path by way of a temporary file; false, with a message, on failure. Its tables of
 * confidence are the identity, until evaluate_calibrate fills them. */
bool export_model(const struct network *network, const struct dictionary *dictionary,
                  const char *path);
/* Writes size bytes as path, atomically, after setting the model's checksum. */
bool export_bytes(unsigned char *bytes, size_t size, const char *path);

#endif

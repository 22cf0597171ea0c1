#!/bin/sh
# embed.sh FILE... -- prints C arrays with the bytes of files: report_FILE, dots and dashes as underscores.
#
# SPDX-License-Identifier: Apache-2.0
set -eu
for file in "$@"; do
    name=$(basename "$file" | tr '.-' '__')
    echo "static const unsigned char report_$name[] = {"
    od -An -v -tu1 "$file" | sed 's/  *\([0-9]\)/,\1/g; s/^,//; s/$/,/'
    echo '};'
done

#!/bin/sh
# Prints the SHA-256 of the kernels' sources: of their names and contents, in order of their names.
set -eu
cd "$(dirname -- "$0")/cuda"
for file in $(LC_ALL=C ls *.cu *.cuh); do
    printf '%s\n' "$file"
    cat "$file"
done | sha256sum | cut -d' ' -f1

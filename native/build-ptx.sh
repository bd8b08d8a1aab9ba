#!/bin/sh
# Compiles native/cuda to PTX that ships in the kernels jar: build-ptx.sh [FOLDER]
# Writes FOLDER/nightjar-80.ptx.gz, FOLDER/nightjar-90a.ptx.gz (8 MB of text each) and
# FOLDER/sources.sha256, the hash of what they were made of; FOLDER is native/ptx unless it is given. NVCC is the compiler, nvcc unless set.
# No GPU is needed. Exit code 77: there is no compiler.
set -eu
here="$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)"
out="${1:-$here/ptx}"
compiler="${NVCC:-nvcc}"
command -v "$compiler" >/dev/null || exit 77
mkdir -p "$out"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
for file in "$here"/cuda/*.cu; do
    echo "#include \"$(basename "$file")\""
done >"$work/nightjar.cu"
for target in 80 90a; do
    # No line information and no folders, so that the same sources give the same text anywhere.
    "$compiler" -O3 -std=c++17 -ptx "-arch=compute_$target" -I"$here/cuda" \
        -o "$work/nightjar-$target.ptx" "$work/nightjar.cu"
    # What changes with the machine or the minute: the compiler's build number in a comment.
    sed '/^\/\/ Compiler Build ID/d' "$work/nightjar-$target.ptx" |
        gzip -9n >"$out/nightjar-$target.ptx.gz"
done
"$here/hash-sources.sh" >"$out/sources.sha256"

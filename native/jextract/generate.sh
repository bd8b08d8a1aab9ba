#!/bin/sh
# Generates the bindings of libcuda from cuda.h into the sources of the kernels module.
# Usage: JEXTRACT="..." CUDA_INCLUDE=/usr/local/cuda/include native/jextract/generate.sh
#
# JEXTRACT is the command that runs jextract; the committed sources come from openjdk/jextract at
# commit f9866df with libclang 14 and the cuda.h of CUDA 13.0. CLANG_INCLUDE adds the folder of
# clang's own headers where jextract does not find it.
set -eu
here="$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)"
out="$here/../../kernels/src/main/java"
package=dev.nightjar.kernels.cuda.binding
folder="$out/$(echo "$package" | tr . /)"
include="${CUDA_INCLUDE:-/usr/local/cuda/include}"

rm -f "$folder"/CudaHeader*.java
# No option names a library: it would be looked up when the class is first touched, and its absence
# would be an error of the class loader instead of an answer. See CudaLibrary.
# shellcheck disable=SC2086
${JEXTRACT:-jextract} "@$here/cuda-includes.txt" --output "$out" -t "$package" \
    --header-class-name CudaHeader ${CLANG_INCLUDE:+-I "$CLANG_INCLUDE"} -I "$include" "$include/cuda.h"

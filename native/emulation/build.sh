#!/bin/sh
# Builds the emulated driver and the kernels for it: build.sh FOLDER [KERNELS]
# KERNELS is the folder of the .cu files, native/cuda unless it is given. CXX is the compiler,
# g++ unless it is set; CXXFLAGS adds flags; EMULATION_DRIVER names a libcuda.so.1 that was built
# before and is copied. Exit code 77: there is no compiler.
# Makes FOLDER/libcuda.so.1, FOLDER/kernels.so and FOLDER/kernels.txt, the image that names it.
set -eu
here="$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)"
out="$1"
kernels="$(CDPATH= cd -- "${2:-$here/../cuda}" && pwd)"
compiler="${CXX:-g++}"
command -v "$compiler" >/dev/null || exit 77
mkdir -p "$out"
out="$(CDPATH= cd -- "$out" && pwd)"

# Built already of the same sources by the same flags: nothing to do.
stamp="$(cat "$here"/*.h "$here"/*.cpp "$kernels"/*.cuh "$kernels"/*.cu "$0" | cksum) $compiler ${CXXFLAGS-}"
if [ -f "$out/stamp" ] && [ "$(cat "$out/stamp")" = "$stamp" ]; then
    exit 0
fi
rm -f "$out/stamp"
flags="-std=c++17 -O1 -fPIC -Wall -Werror ${CXXFLAGS-}"
if [ -n "${EMULATION_DRIVER-}" ]; then
    cp "$EMULATION_DRIVER" "$out/libcuda.so.1"
else
    # shellcheck disable=SC2086
    "$compiler" $flags -shared -Wl,-soname,libcuda.so.1 -I"$here" \
        -o "$out/libcuda.so.1" "$here/fibers.cpp" "$here/later.cpp" "$here/driver.cpp" -ldl
fi
# In two halves, side by side. Kernels may call helpers that some of them do not need.
number=0
for file in "$kernels"/*.cu; do
    number=$((number + 1))
    echo "#include \"$file\"" >&"$((3 + number % 2))"
done 3>"$out/kernels-0.cpp" 4>"$out/kernels-1.cpp"
compile_half() {
    # shellcheck disable=SC2086
    "$compiler" $flags -Wno-unused-function -DNIGHTJAR_EMULATION -I"$here" -I"$kernels" \
        -c -o "$out/kernels-$1.o" "$out/kernels-$1.cpp"
}
compile_half 0 &
compile_half 1
wait "$!"
# shellcheck disable=SC2086
"$compiler" $flags -shared -o "$out/kernels.so" "$out/kernels-0.o" "$out/kernels-1.o" \
    "$out/libcuda.so.1" '-Wl,-rpath,$ORIGIN'
printf 'emulated-kernels:%s\n' "$out/kernels.so" >"$out/kernels.txt"
printf '%s' "$stamp" >"$out/stamp"

#!/bin/sh
# Runs the tests of the CUDA backend with kernels built with AddressSanitizer: every read and write
# of a kernel outside of an allocation ends the run with the line of the .cu file. Takes minutes.
# Needs g++ with libasan. Arguments are handed to Maven: sanitize.sh -o
set -eu
here="$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)"
root="$here/../.."
. "$root/.mvn/find-jdk.sh"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
mkdir "$work/bin"
cp "$JAVA_HOME/release" "$work/release"
# The sanitizer comes first in the process, and leaves the JVM its own signals. Stacks of fibers are
# none that it knows, so it looks at the heap alone.
cat >"$work/bin/java" <<EOF
#!/bin/sh
LD_PRELOAD="$("${CXX:-g++}" -print-file-name=libasan.so)" \\
ASAN_OPTIONS=detect_leaks=0:handle_segv=0:handle_sigill=0:handle_sigfpe=0:use_sigaltstack=0:detect_stack_use_after_return=0 \\
exec "$JAVA_HOME/bin/java" "\$@"
EOF
chmod +x "$work/bin/java"
export CXXFLAGS="-g -fsanitize=address --param asan-stack=0"
cd "$root"
./mvnw "$@" -pl kernels test -Dtest='CudaOpsTest,CudaMatmulTest,CudaWgmmaTest,CudaAttentionTest,CudaGroupedMatmulTest,CudaTensorAttentionTest,CudaTensorSelfAttentionTest,CudaSamplerTest' \
    -Djvm="$work/bin/java"

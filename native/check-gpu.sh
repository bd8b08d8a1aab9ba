#!/bin/sh
# Checks and measures the CUDA backend on a machine that has a GPU and its driver, and nothing else.
#
#   native/check-gpu.sh pack          here, with a JDK: fills native/target/gpu (about 60 MB)
#   native/check-gpu.sh [RESULTS]     there: needs native/target/gpu, no JDK, no network
#
# The second form compares every kernel with the scalar backend on random inputs of odd sizes, those
# of exact activations and of wgmma among them, times it at the sizes of a model beside PyTorch (or
# cuBLAS) where python3 finds one, see peer-times.py, then measures whole synthetic models, and
# writes gpu.md, gpu.json, peer.tsv and models.md to RESULTS ($OUT, or native/target/results). It
# ends within NIGHTJAR_GPU_SECONDS (470): what is left then is not measured, which models.md says. It
# fails if a kernel is wrong. NIGHTJAR_JAVA_OPTS adds JVM flags, such as those that name an emulated
# driver; NIGHTJAR_GPU_FLAGS adds --no-timing; NIGHTJAR_GPU_MODELS lists "shape:type" or is empty.
set -eu
here="$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)"
root="$here/.."
packed="$here/target/gpu"

pack() {
    . "$root/.mvn/find-jdk.sh"
    "$root/mvnw" -B -q -o -f "$root/pom.xml" -pl kernels,tokenizer,engine,server,bench \
        -Dmaven.test.skip=true -Dspotless.check.skip=true package ||
        "$root/mvnw" -B -q -f "$root/pom.xml" -pl kernels,tokenizer,engine,server,bench \
            -Dmaven.test.skip=true -Dspotless.check.skip=true package
    rm -rf "$packed"
    mkdir -p "$packed/modules" "$packed/bench"
    cp "$root"/server/target/nightjar-server-*.jar "$root"/server/target/lib/*.jar "$packed/modules/"
    cp -r "$root/bench/target/classes/." "$packed/bench/"
    "$JAVA_HOME/bin/jlink" --output "$packed/runtime" --compress zip-9 --strip-debug \
        --no-header-files --no-man-pages --add-modules \
        java.base,java.logging,java.management,java.naming,java.net.http,java.sql,jdk.crypto.ec,jdk.incubator.vector,jdk.jfr,jdk.management,jdk.unsupported,jdk.zipfs
    du -sh "$packed"
}

if [ "${1-}" = pack ]; then
    pack
    exit 0
fi

began="$(date +%s)"
seconds_left() {
    left=$((${NIGHTJAR_GPU_SECONDS:-470} - $(date +%s) + began))
    [ "$left" -gt "$1" ] && left="$1"
    [ "$left" -gt 0 ] || left=0
    echo "$left"
}

results="${1:-${OUT:-$here/target/results}}"
[ -x "$packed/runtime/bin/java" ] || {
    echo "error: $packed is missing; run native/check-gpu.sh pack on a machine with a JDK first" >&2
    exit 1
}
mkdir -p "$results"
if command -v nvidia-smi >/dev/null; then
    nvidia-smi --query-gpu=name,driver_version,memory.total,clocks.max.sm --format=csv
fi

status=0
rm -f "$results/peer.tsv"
if command -v python3 >/dev/null; then
    timeout "$(seconds_left 75)" python3 "$here/peer-times.py" "$results/peer.tsv" ||
        echo "PyTorch could not be timed: python3 ended with $?" | tee "$results/peer.tsv"
fi

# shellcheck disable=SC2086
timeout "$(seconds_left 300)" "$packed/runtime/bin/java" -Xmx8g --add-modules=jdk.incubator.vector \
    --enable-native-access=ALL-UNNAMED ${NIGHTJAR_JAVA_OPTS-} \
    -cp "$packed/bench:$packed/modules/*" dev.nightjar.bench.gpu.GpuCheck "$results" \
    ${NIGHTJAR_GPU_FLAGS-} || status=$?

# Random weights in published shapes, the sizes of the documents' tables.
: >"$results/models.md"
for model in ${NIGHTJAR_GPU_MODELS-llama-1b:bf16 llama-1b:q8_0 llama-8b:bf16 llama-8b:q8_0 llama-8b:q4_k_m}; do
    printf '\n## %s\n\n' "$model" >>"$results/models.md"
    if [ "$(seconds_left 100)" -lt 15 ]; then
        echo 'Not measured: no time was left.' >>"$results/models.md"
        continue
    fi
    # shellcheck disable=SC2086
    timeout "$(seconds_left 100)" "$packed/runtime/bin/java" -Xmx32g --enable-native-access=dev.nightjar.kernels \
        ${NIGHTJAR_JAVA_OPTS-} -p "$packed/modules" -m dev.nightjar.server/dev.nightjar.server.cli.Cli \
        bench --device cuda --synthetic "$model" -p 512,2048 -n 64 -b 1,8,64 --markdown >>"$results/models.md" || status=$?
done
cat "$results/models.md"
exit "$status"

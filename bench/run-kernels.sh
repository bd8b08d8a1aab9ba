#!/bin/sh
# Measures single kernels with JMH, and the share of the machine's limits that they reach, with the
# widest vectors and with those of 256 bits; ends with a table in Markdown. Arguments are those of
# JMH, such as -f 3 -p format=Q4_0 -p tokens=1 Matmul. NIGHTJAR_JAVA_OPTS adds JVM flags
# (-Dnightjar.vector.bits=256 for one width only), NIGHTJAR_KERNEL_RESULTS names a file for the
# results.
set -eu

root="$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd)"
. "$root/.mvn/find-jdk.sh"

# Without network if everything is in the local repository already.
build() {
    "$root/mvnw" -B -q "$@" -f "$root/pom.xml" -pl bench -am -Dmaven.test.skip=true \
        -Dspotless.check.skip=true package
}
build -o >/dev/null 2>&1 || build

# JMH finds the flags for its own JVMs among those of this one.
# Kernels are compiled as the launcher has them compiled.
kernels='dev.nightjar.kernels.cpu.simd.*::*'
# shellcheck disable=SC2086
exec "$JAVA_HOME/bin/java" -XX:CompileCommand=quiet \
    "-XX:CompileCommand=CompileThresholdScaling,$kernels,0.1" \
    "-XX:CompileCommand=BackgroundCompilation,$kernels,false" \
    --add-modules=jdk.incubator.vector --enable-native-access=ALL-UNNAMED \
    ${NIGHTJAR_JAVA_OPTS-} \
    -cp "$root/bench/target/classes:$root/bench/target/lib/*" \
    dev.nightjar.bench.kernel.KernelBenchmarks "$@"

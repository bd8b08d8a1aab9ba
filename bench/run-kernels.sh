#!/bin/sh
# Measures single kernels with JMH, and the share of the machine's limits that they reach; arguments
# are those of JMH, such as -f 1 -p format=Q4_0 -p tokens=1 Matmul. NIGHTJAR_JAVA_OPTS adds JVM flags
# (-Dnightjar.vector.bits=256), NIGHTJAR_KERNEL_RESULTS names a file for the results.
set -eu

root="$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd)"
. "$root/.mvn/find-jdk.sh"

"$root/mvnw" -B -q -o -f "$root/pom.xml" -pl bench -am -Dmaven.test.skip=true \
    -Dspotless.check.skip=true package

# JMH finds the flags for its own JVMs among those of this one.
# shellcheck disable=SC2086
exec "$JAVA_HOME/bin/java" --add-modules=jdk.incubator.vector --enable-native-access=ALL-UNNAMED \
    ${NIGHTJAR_JAVA_OPTS-} \
    -cp "$root/bench/target/classes:$root/bench/target/lib/*" \
    dev.nightjar.bench.kernel.KernelBenchmarks "$@"

# Sourced by both launchers, that of the sources and that of the distribution: the one place of the
# JVM's flags. Expects $java, the program, and $module_path. NIGHTJAR_JAVA_OPTS adds flags.

# Replaces this shell by the program; $1 is a JVM flag about an archive of classes, or empty.
run_java() {
    archive_flag="$1"
    shift
    in_terminal=false
    out_terminal=false
    err_terminal=false
    if [ -t 0 ]; then in_terminal=true; fi
    if [ -t 1 ]; then out_terminal=true; fi
    if [ -t 2 ]; then err_terminal=true; fi
    # Kernels are compiled ten times sooner than other code, and a call waits for that instead of
    # going on with code that is hundreds of times slower, on a processor that others need.
    kernels='dev.nightjar.kernels.cpu.simd.*::*'
    # shellcheck disable=SC2086
    exec "$java" \
        -XX:CompileCommand=quiet "-XX:CompileCommand=CompileThresholdScaling,$kernels,0.1" \
        "-XX:CompileCommand=BackgroundCompilation,$kernels,false" \
        -XX:+UseSerialGC -Xms32m '-Xlog:cds*=off' '-Xlog:aot*=off' \
        ${archive_flag:+"$archive_flag"} \
        --enable-native-access=dev.nightjar.kernels \
        "-Dnightjar.stdin.terminal=$in_terminal" "-Dnightjar.stdout.terminal=$out_terminal" \
        "-Dnightjar.stderr.terminal=$err_terminal" \
        ${NIGHTJAR_JAVA_OPTS-} \
        --module-path "$module_path" \
        -m dev.nightjar.server/dev.nightjar.server.cli.Cli "$@"
}

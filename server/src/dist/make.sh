# Sourced by ./nightjar for `nightjar dist [--out FOLDER]`: packs the program, the part of the Java
# runtime that it needs and an archive of its classes into server/target or FOLDER.

# Found by name at run time, so that no class file asks for them: cipher suites on elliptic curves,
# the flight recorder, its control by jcmd, figures of the machine, what lock-free queues of
# libraries use, archives as file systems.
runtime_extra="jdk.crypto.ec,jdk.jfr,jdk.management,jdk.management.jfr,jdk.unsupported,jdk.zipfs"

dist_fail() {
    echo "error: $1" >&2
    exit 1
}

# linux-x64 or linux-aarch64: the runtime inside runs there and nowhere else.
dist_platform() {
    case "$(uname -s) $(uname -m)" in
        "Linux x86_64") echo linux-x64 ;;
        "Linux aarch64") echo linux-aarch64 ;;
        *) dist_fail "expected Linux on x86_64 or aarch64, found $(uname -sm); run from the sources" ;;
    esac
}

# Modules of the JDK: those that classes use, those that modules declare, those found by name.
runtime_modules() {
    used="$("$JAVA_HOME/bin/jdeps" --print-module-deps --ignore-missing-deps --multi-release 25 \
        --module-path "$1/lib" "$1"/lib/*.jar)" || dist_fail "jdeps failed: $used"
    used="$(echo "$used" | grep -v '^Warning:')" # of packages that a library has twice
    declared="$("$java" --module-path "$1/lib" --add-modules ALL-MODULE-PATH \
        --show-module-resolution --dry-run -m dev.nightjar.server/dev.nightjar.server.cli.Cli |
        awk '$2 == "requires" && $1 !~ /^(java|jdk)\./ && $3 ~ /^(java|jdk)\./ { print $3 }' |
        sort -u | paste -sd, -)"
    echo "$used,$declared,$runtime_extra"
}

link_runtime() {
    modules="$(runtime_modules "$1")" || exit 1
    "$JAVA_HOME/bin/jlink" --add-modules "$modules" --strip-debug \
        --no-header-files --no-man-pages --compress zip-6 --output "$1/runtime" >>"$log" 2>&1 ||
        dist_fail "the runtime cannot be linked; see $log"
}

# Every jar stands in the list of licences, or there is no distribution.
check_licences() {
    for jar in "$1"/lib/*.jar; do
        library="$(basename "$jar" | sed 's/-[0-9][^/]*\.jar$//')"
        case "$library" in
            nightjar-*) ;;
            *) grep -q "^| $library |" "$1/THIRD-PARTY.md" ||
                dist_fail "server/src/dist/THIRD-PARTY.md does not name $library" ;;
        esac
    done
}

copy_files() {
    mkdir -p "$1/bin" "$1/libexec" "$1/conf" "$1/lib" "$1/docs"
    cp "$root/server/src/dist/bin/nightjar" "$1/bin/"
    cp "$root/server/src/dist/libexec/run-java.sh" "$1/libexec/"
    cp "$root/server/src/dist/conf/nightjar.yaml" "$1/conf/"
    cp "$root/LICENSE" "$root/CHANGES.md" "$root/server/src/dist/README.md" \
        "$root/server/src/dist/THIRD-PARTY.md" "$1/"
    cp "$(jar_file)" "$root"/server/target/lib/*.jar "$1/lib/"
    cp -R "$root/docs/operations" "$1/docs/"
}

# Runs the packed program; its classes are archived as those of the path that bin/nightjar names.
run_packed() {
    (
        exec 9<"$1"
        shift
        java=/proc/self/fd/9/runtime/bin/java
        module_path=/proc/self/fd/9/lib
        run_java "$@"
    ) >>"$log" 2>&1
}

# A static archive of the classes that a start loads: of the archives that were tried it saves most
# (docs/adr/0012-class-archive-of-the-distribution.md). It knows each jar by path, size and time, so
# times come first.
archive_start() {
    find "$1" -exec touch -d 2026-01-01T00:00:00Z {} +
    list="$1/lib/classes.lst"
    archive="$1/lib/nightjar.jsa"
    run_packed "$1" "-XX:DumpLoadedClassList=$list" serve --check --port 0 ||
        dist_fail "the packed program does not start; see $log"
    NIGHTJAR_JAVA_OPTS="-Xshare:dump -XX:SharedClassListFile=$list" \
        run_packed "$1" "-XX:SharedArchiveFile=$archive" --version || :
    [ -s "$archive" ] || dist_fail "no archive of classes was written; see $log"
    rm "$list"
    find "$1" -exec touch -d 2026-01-01T00:00:00Z {} +
}

make_dist() {
    out="$root/target"
    if [ "${1-}" = --out ] && [ -n "${2-}" ]; then
        out="$2"
    elif [ "$#" -gt 0 ]; then
        dist_fail "expected nightjar dist [--out FOLDER], found $*"
    fi
    version="$(basename "$(jar_file)" .jar | sed 's/^nightjar-server-//')"
    platform="$(dist_platform)" || exit 1
    name="nightjar-$version-$platform"
    mkdir -p "$out"
    rm -rf "$out/$name" "$out/$name.tar.gz"
    copy_files "$out/$name"
    check_licences "$out/$name"
    link_runtime "$out/$name"
    archive_start "$out/$name"
    tar -C "$out" --sort=name --owner=0 --group=0 --numeric-owner -cf - "$name" |
        gzip -n >"$out/$name.tar.gz"
    rm -rf "$out/$name"
    echo "$out/$name.tar.gz"
}

# Sourced by mvnw and nightjar: exports JAVA_HOME, a JDK of at least JDK_MIN (default 25).
# Keeps JAVA_HOME when it is new enough, else takes the oldest sufficient JDK found in the
# usual places. POSIX sh; must not read positional parameters (dash passes the caller's).
_want="${JDK_MIN:-25}"

_version_of() {
    [ -x "$1/bin/javac" ] && sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null
}

_is_enough() {
    _version="$(_version_of "$1")"
    [ -n "$_version" ] && [ "$_version" -ge "$_want" ] 2>/dev/null
}

if ! { [ -n "${JAVA_HOME-}" ] && _is_enough "$JAVA_HOME"; }; then
    _best=""
    _best_version=999
    _on_path="$(command -v javac 2>/dev/null || :)"
    [ -z "$_on_path" ] || _on_path="$(dirname "$(dirname "$(readlink -f "$_on_path")")")"
    for _jdk in "$_on_path" /usr/lib/jvm/* /opt/java/* /opt/jdk* /usr/java/* /usr/local/java/* \
        "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* "$HOME"/.jbang/cache/jdks/* \
        "$HOME"/.asdf/installs/java/* "$HOME"/.local/share/mise/installs/java/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home; do
        if [ -n "$_jdk" ] && _is_enough "$_jdk" && [ "$_version" -lt "$_best_version" ]; then
            _best="$_jdk"
            _best_version="$_version"
        fi
    done
    if [ -z "$_best" ]; then
        echo "error: JDK $_want or newer not found. Install one (for example Temurin $_want) and set JAVA_HOME to it." >&2
        exit 1
    fi
    JAVA_HOME="$_best"
    export JAVA_HOME
fi

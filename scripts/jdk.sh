# Finds a JDK, even where `java` is an older one. Sourced by ./allo and ./dev (bash 3.2 and later).

# The major version of the Java home $1, 0 if there is none. JDKs say it in a file, so that none has to be started.
jdk_major() {
    local version=""
    if [ -r "$1/release" ]; then
        version=$(sed -n 's/^JAVA_VERSION="\([^"]*\)".*/\1/p' "$1/release")
    fi
    if [ -z "$version" ]; then
        version=$("$1/bin/java" -version 2>&1 </dev/null | sed -n 's/.* version "\([^"]*\)".*/\1/p' | head -n 1)
    fi
    version=${version%%[!0-9]*}
    echo "${version:-0}"
}

# Whether $1 is a Java home of version $2 or later; with $3 = jdk, one with a compiler.
jdk_suits() {
    [ -n "$1" ] && [ -x "$1/bin/java" ] || return 1
    [ "${3:-jdk}" != jdk ] || [ -x "$1/bin/javac" ] || return 1
    [ "$(jdk_major "$1")" -ge "$2" ]
}

# Every place where a Java home may be, one a line.
jdk_places() {
    local java real place
    echo "${JAVA_HOME:-}"
    java=$(command -v java || true)
    if [ -n "$java" ]; then
        real=$(readlink -f "$java" 2>/dev/null || echo "$java")
        echo "${real%/bin/java}"
    fi
    if [ -x /usr/libexec/java_home ]; then
        /usr/libexec/java_home -v "$1+" 2>/dev/null || true
    fi
    for place in \
        /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /opt/* /opt/java/* /opt/jdk/* /usr/local/java/* \
        "${HOME:-/nowhere}"/.sdkman/candidates/java/* "${HOME:-/nowhere}"/.jdks/* \
        "${HOME:-/nowhere}"/.asdf/installs/java/* "${HOME:-/nowhere}"/.local/share/mise/installs/java/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home \
        "${HOME:-/nowhere}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
        /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
        /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
        echo "$place"
    done
}

# Prints the Java home to use: ALLO_JAVA_HOME if set, else of those found the one nearest to version $1, not below it.
# $2 is `jdk` (with a compiler) or `jre`. Status 1 if there is none.
jdk_find() {
    local wanted=$1 kind=${2:-jdk} best="" best_major=0 place major
    if [ -n "${ALLO_JAVA_HOME:-}" ]; then
        jdk_suits "$ALLO_JAVA_HOME" "$wanted" "$kind" || return 1
        echo "$ALLO_JAVA_HOME"
        return 0
    fi
    while IFS= read -r place; do
        if jdk_suits "$place" "$wanted" "$kind"; then
            major=$(jdk_major "$place")
            if [ -z "$best" ] || [ "$major" -lt "$best_major" ]; then
                best=$place
                best_major=$major
            fi
            [ "$major" -gt "$wanted" ] || break
        fi
    done <<PLACES
$(jdk_places "$wanted")
PLACES
    [ -n "$best" ] && echo "$best"
}

# Whether the user reads French.
speaks_french() {
    case ${LC_ALL:-${LC_MESSAGES:-${LANG:-}}} in
        fr*) return 0 ;;
        *) return 1 ;;
    esac
}

# How to install JDK $1 on this machine, as one line.
jdk_install_hint() {
    if command -v apt-cache >/dev/null 2>&1 && apt-cache show "openjdk-$1-jdk" >/dev/null 2>&1; then
        echo "sudo apt install openjdk-$1-jdk"
    elif command -v dnf >/dev/null 2>&1; then
        echo "sudo dnf install java-$1-openjdk-devel"
    elif command -v brew >/dev/null 2>&1; then
        echo "brew install openjdk@$1"
    elif speaks_french; then
        echo "Eclipse Temurin $1 (https://adoptium.net), ou le paquet openjdk-$1-jdk de Debian 13 et suivantes"
    else
        echo "Eclipse Temurin $1 (https://adoptium.net), or the package openjdk-$1-jdk of Debian 13 and later"
    fi
}

# Says on standard error that no JDK $1 was found, what was, and what to install.
jdk_missing() {
    local java found=""
    java=$(command -v java || true)
    if [ -n "$java" ]; then
        found=$("$java" -version 2>&1 </dev/null | sed -n 's/.* version "\([^"]*\)".*/\1/p' | head -n 1)
    fi
    if speaks_french; then
        echo "allo a besoin de Java $1 (un JDK) et n'en a pas trouvé." >&2
        [ -z "$found" ] || echo "  Le « java » de cette machine est la version $found." >&2
        [ -z "${ALLO_JAVA_HOME:-}" ] || echo "  ALLO_JAVA_HOME désigne $ALLO_JAVA_HOME, qui ne convient pas." >&2
        echo "  À installer : $(jdk_install_hint "$1")" >&2
        echo "  S'il est déjà là : ALLO_JAVA_HOME=/chemin/du/jdk ./allo ..." >&2
    else
        echo "allo needs Java $1 (a JDK) and found none." >&2
        [ -z "$found" ] || echo "  The \`java\` of this machine is version $found." >&2
        [ -z "${ALLO_JAVA_HOME:-}" ] || echo "  ALLO_JAVA_HOME names $ALLO_JAVA_HOME, which does not suit." >&2
        echo "  To install: $(jdk_install_hint "$1")" >&2
        echo "  If it is there already: ALLO_JAVA_HOME=/path/to/jdk ./allo ..." >&2
    fi
}

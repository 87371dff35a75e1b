# Sourced by ./grotto and ./mvnw: sets JAVA_HOME to a JDK 25 or newer, or says how to get one; mends the environment.
# Looks at GROTTO_JAVA_HOME, JAVA_HOME, the PATH and the folders where systems keep their JDKs.
grotto_major() { # prints the feature version of the JDK in folder $1, or nothing
  [ -x "$1/bin/javac" ] || return 0
  if [ -r "$1/release" ]; then
    sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
  else
    "$1/bin/java" -version 2>&1 | sed -n '1s/.*"\([0-9]*\).*/\1/p'
  fi
}
grotto_find_jdk() {
  _path_jdk=$(command -v javac 2>/dev/null) && _path_jdk=$(readlink -f "$_path_jdk" 2>/dev/null) && _path_jdk=${_path_jdk%/bin/javac}
  for _jdk in "${GROTTO_JAVA_HOME:-}" "${JAVA_HOME:-}" "${_path_jdk:-}" \
    /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* "${HOME:-/nonexistent}"/.sdkman/candidates/java/* "${HOME:-/nonexistent}"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    [ -n "$_jdk" ] || continue
    _major=$(grotto_major "$_jdk")
    if [ -n "$_major" ] && [ "$_major" -ge 25 ]; then
      JAVA_HOME=$_jdk
      export JAVA_HOME
      return 0
    fi
  done
  echo "Grotto needs a JDK 25 or newer, and none was found (JAVA_HOME, PATH, /usr/lib/jvm and the usual folders)." >&2
  echo "Get one from https://adoptium.net or your package manager, then set JAVA_HOME to its folder." >&2
  return 1
}
# Java takes file names by the locale, and the C locale of a service or a container knows no Chinese; Maven wants a HOME.
grotto_environment() {
  case "${LC_ALL:-${LC_CTYPE:-${LANG:-C}}}" in
    C | POSIX)
      LC_ALL=C.UTF-8
      export LC_ALL
      ;;
  esac
  if [ -z "${HOME:-}" ]; then
    HOME=$(getent passwd "$(id -u)" 2>/dev/null | cut -d: -f6)
    [ -n "$HOME" ] && [ -w "$HOME" ] || HOME=${TMPDIR:-/tmp}/grotto-$(id -u)
    mkdir -p "$HOME"
    export HOME
  fi
}

#!/bin/bash
# grotto.cmd in Wine's cmd, with a stand-in for Java and for the build. By hand, on Debian:
#   apt-get install wine gcc-mingw-w64-x86-64-win32 && src/test/windows/launcher.sh
set -eu
root=$(cd "$(dirname "$0")/../../.." && pwd)
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
export LC_ALL=C.UTF-8 WINEPREFIX="$place/prefix" WINEDEBUG=-all
home="$place/caves (one)"
jdk="$place/jdk 25"
mkdir -p "$home/target" "$home/src/main" "$home/assets" "$jdk/bin"
cp "$root/grotto.cmd" "$root/pom.xml" "$home/"
printf '@echo off\r\necho built %%* >> "%%~dp0target\\builds"\r\nif defined STAND_IN_BROKEN exit /b 1\r\nexit /b 0\r\n' > "$home/mvnw.cmd"
x86_64-w64-mingw32-gcc -O1 -o "$jdk/bin/java.exe" "$(dirname "$0")/java.c"
cp "$jdk/bin/java.exe" "$jdk/bin/javac.exe"
echo 'JAVA_VERSION="25.0.3"' > "$jdk/release"
export STAND_IN_LOG="$place/log"
failed=0

# run EXPECTED_EXIT WORDS...: what java was told stands in $place/log
run() {
  expected=$1
  shift
  : > "$STAND_IN_LOG"
  code=0
  (cd "$home" && JAVA_HOME=$(winepath -w "$jdk") wine cmd /c grotto.cmd "$@" > "$place/out" 2> "$place/err") || code=$?
  [ "$code" = "$expected" ] || bad "exit $code, not $expected: $*"
}
bad() {
  failed=1
  echo "FAILED: $*"
  sed 's/^/  out: /' "$place/out"
  sed 's/^/  err: /' "$place/err"
  sed 's/^/  java: /' "$STAND_IN_LOG"
}
told() { grep -q -F -x -- "$1" "$STAND_IN_LOG" || bad "java was not told $1"; }
untold() { ! grep -q -F -- "$1" "$STAND_IN_LOG" || bad "java was told $1"; }

run 0 --version
[ "$(grep -c built "$home/target/builds")" = 1 ] || bad "not built once"
told org.grotto.cli.Rehearsal
told org.grotto.cli.Main
told --version
grep -q -- '^-XX:AOTCache=.*grotto.aot' "$STAND_IN_LOG" || bad "no cache was taken"

run 0 info "a b.las" --memory 3g
[ "$(grep -c built "$home/target/builds")" = 1 ] || bad "built again"
untold org.grotto.cli.Rehearsal
told -Xmx3g
told "a b.las"

run 0 info x --memory=900m
told -Xmx900m
run 0 info x --memory nonsense
untold -Xmxnonsense
told -XX:MaxRAMPercentage=70

STAND_IN_EXIT=5 run 5 info x

rm -f "$home/target/.built" "$home/target/grotto.aot"
STAND_IN_DULL=1 run 0 info x
told -XX:AOTMode=auto
[ ! -e "$home/target/grotto.aot" ] || bad "a cache that was not finished was kept"

rm -f "$home/target/.built"
STAND_IN_BROKEN=1 run 70 info x
[ ! -e "$home/target/.built" ] || bad "a broken build counts as built"

echo 'JAVA_VERSION="17.0.1"' > "$jdk/release"
run 6 info x
grep -q adoptium "$place/err" || bad "no word on where a JDK comes from"

wineserver -k || true
[ $failed = 0 ] && echo "grotto.cmd: all as expected ($(wine --version))"
exit $failed

# What Maven does for ./emr: the servers' software, the applications, the tests. Sourced by ./emr.

# maven GOAL ...: offline if everything is there already, else from the network
maven() { mvn -B -q -o "$@" 2>/dev/null || mvn -B -q "$@"; }

# unpack GROUP:ARTIFACT:VERSION:TYPE DIRECTORY
unpack() { (cd "$CHECKOUT" && umask 022 && maven -N dependency:unpack -Dartifact="$1" -DoutputDirectory="$2" -Dmdep.overWriteReleases=true); }

fetch_software() {
  local payara postgresql driver bouncycastle machine name
  payara=$(property payara.version) postgresql=$(property postgresql.server.version)
  driver=$(property postgresql.driver.version) bouncycastle=$(property bouncycastle.version)
  case $(uname -m) in
    x86_64) machine=amd64 ;;
    aarch64) machine=arm64v8 ;;
    *) fail "there is no PostgreSQL $postgresql in Maven for $(uname -m)" ;;
  esac
  [ "$(cat "$EMR_HOME/state/software" 2>/dev/null)" != "$payara $postgresql $driver $bouncycastle" ] || return 0
  for name in postgresql "${DOMAINS[@]}"; do
    [ -z "$(pid_of "$name")" ] || fail "the servers' versions have changed: ./emr down, then ./emr up"
  done
  step "fetching Payara $payara and PostgreSQL $postgresql"
  rm -rf "$EMR_HOME/software"
  (umask 022 && mkdir -p "$EMR_HOME/software/lib" "$PG_SOFTWARE")
  logged fetch-payara unpack "fish.payara.distributions:payara:$payara:zip" "$EMR_HOME/software"
  logged fetch-postgresql unpack "io.zonky.test.postgres:embedded-postgres-binaries-linux-$machine:$postgresql:jar" "$PG_SOFTWARE"
  (umask 022 && tar -xJf "$PG_SOFTWARE"/postgres-*.txz -C "$PG_SOFTWARE")
  rm -rf "$PG_SOFTWARE"/postgres-*.txz "$PG_SOFTWARE/META-INF"
  logged fetch-driver library "org.postgresql:postgresql:$driver"
  logged fetch-bouncycastle library "org.bouncycastle:bcprov-jdk18on:$bouncycastle"
  rm -rf "$PAYARA/glassfish/domains/domain1"
  echo "$payara $postgresql $driver $bouncycastle" >"$EMR_HOME/state/software"
}

# library GROUP:ARTIFACT:VERSION: one that servers share with their applications
library() { (cd "$CHECKOUT" && maven -N dependency:copy -Dartifact="$1" -DoutputDirectory="$EMR_HOME/software/lib"); }

# builds the two applications if one is missing or a source is newer
build_applications() {
  local name outdated=
  for name in centre north; do
    if [ ! -f "$(artifact "$name")" ] || [ -n "$(newer_sources "$(artifact "$name")")" ]; then outdated=yes; fi
  done
  [ -n "$outdated" ] || return 0
  step "building the applications"
  touch "$EMR_HOME/state/building"
  logged build build emr-ear,emr-hospital-war
  mv "$EMR_HOME/state/building" "$EMR_HOME/state/built"
}

# Maven leaves an archive alone whose content does not change, so the time of the last build counts too
newer_sources() {
  local since=$1
  if [ "$EMR_HOME/state/built" -nt "$since" ]; then since=$EMR_HOME/state/built; fi
  find "$CHECKOUT/pom.xml" "$CHECKOUT"/emr-{exchange,account,faces,ejb,web,ear,hospital-war}/{pom.xml,src/main} -newer "$since" -print -quit 2>/dev/null
}

build() { (cd "$CHECKOUT" && umask 022 && mvn -B -q -DskipTests -Dspotless.check.skip=true -pl "$1" -am package); }

# demo: the story that emr.system.Demo tells, on the running system
demo() { run_main "${DOMAINS[*]}" emr.system.Demo "$@"; }

# tour: pictures of every page of the running system
tour() { install_browser; run_main "centre north" emr.tour.Tour "$CHECKOUT/docs"; }

# token [PARTNER]: prints one for a demonstration's partner
token() { light run_main centre emr.system.Token "${1:-${PARTNERS[0]}}" 2> >(grep -v '^Picked up' >&2); }

# bench: stores and reads invented patients, and tells what it cost
bench() { run_main centre emr.bench.Bench "${PARTNERS[0]}" "$@"; }

# verify: checks the database against what the centre signed; the centre may be down
verify() { run_main "" emr.system.Verify "$@"; }

# run_main "SERVERS" CLASS ...: a program of emr-system-test, on these running servers
run_main() {
  local name servers=$1 main=$CHECKOUT/emr-system-test/target; shift
  find_java
  for name in postgresql $servers; do
    [ -n "$(pid_of "$name")" ] || fail "$name is not running: ./emr up"
  done
  if [ ! -f "$main/libraries" ] ||
    [ -n "$(find "$CHECKOUT"/emr-{exchange,system-test}/{pom.xml,src} -newer "$main/libraries" -print -quit)" ]; then
    step "building the programs" >&2
    logged build-programs build emr-system-test
    touch "$main/libraries"
  fi
  status_json >"$EMR_HOME/state/status.json"
  EMR_HOME=$EMR_HOME EMR_STATUS=$EMR_HOME/state/status.json \
    java -XX:+UseSerialGC -Xmx1g -cp "$main/classes:$(cat "$main/libraries")" "$@"
}

# all tests: units; the centre's in its container; the whole system. On an installation of their own.
run_tests() {
  local code=0
  local only_integration=(-Dtest=None -Dsurefire.failIfNoSpecifiedTests=false)
  check_machine
  install_browser
  export EMR_HOME=$EMR_HOME/test EMR_PORTS=$((EMR_PORTS + 20000))
  [ ! -e "$EMR_HOME" ] || "$CHECKOUT/emr" reset --yes
  cd "$CHECKOUT"
  step "unit tests"
  mvn -B verify
  trap '"$CHECKOUT/emr" down' EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM

  step "in-container tests"
  "$CHECKOUT/emr" up --servers
  "$CHECKOUT/emr" status --json >"$EMR_HOME/status.json"
  mvn -B -Pcontainer -pl emr-ear -am verify "${only_integration[@]}" -Demr.status="$EMR_HOME/status.json" -Demr.home="$EMR_HOME" || code=1

  step "system tests"
  "$CHECKOUT/emr" up
  "$CHECKOUT/emr" status --json >"$EMR_HOME/status.json"
  mvn -B -Psystem -pl emr-system-test -am verify "${only_integration[@]}" -Demr.status="$EMR_HOME/status.json" -Demr.home="$EMR_HOME" || code=1
  [ "$code" -eq 0 ] && step "all tests passed" || step "tests failed"
  exit "$code"
}

# the browser of the system tests
install_browser() {
  local sudo=
  ! command -v chromium >/dev/null || return 0
  [ "$(id -u)" -eq 0 ] || sudo="sudo -n"
  command -v apt-get >/dev/null || fail "chromium is missing: the system tests need it"
  step "installing chromium"
  $sudo apt-get -q update && $sudo env DEBIAN_FRONTEND=noninteractive apt-get -q -y install --no-install-recommends chromium ||
    fail "chromium is missing and cannot be installed: apt-get install chromium"
}

# What Maven does for ./emr: the servers' software, the applications, the tests. Sourced by ./emr.

# maven GOAL ...: offline if everything is there already, else from the network
maven() { mvn -B -q -o "$@" 2>/dev/null || mvn -B -q "$@"; }

# unpack GROUP:ARTIFACT:VERSION:TYPE DIRECTORY
unpack() { (cd "$CHECKOUT" && umask 022 && maven -N dependency:unpack -Dartifact="$1" -DoutputDirectory="$2" -Dmdep.overWriteReleases=true); }

fetch_software() {
  local payara postgresql driver machine
  payara=$(property payara.version) postgresql=$(property postgresql.server.version) driver=$(property postgresql.driver.version)
  case $(uname -m) in
    x86_64) machine=amd64 ;;
    aarch64) machine=arm64v8 ;;
    *) fail "there is no PostgreSQL $postgresql in Maven for $(uname -m)" ;;
  esac
  [ "$(cat "$EMR_HOME/state/software" 2>/dev/null)" != "$payara $postgresql $driver" ] || return 0
  step "fetching Payara $payara and PostgreSQL $postgresql"
  rm -rf "$EMR_HOME/software"
  (umask 022 && mkdir -p "$EMR_HOME/software/lib" "$PG_SOFTWARE")
  logged fetch-payara unpack "fish.payara.distributions:payara:$payara:zip" "$EMR_HOME/software"
  logged fetch-postgresql unpack "io.zonky.test.postgres:embedded-postgres-binaries-linux-$machine:$postgresql:jar" "$PG_SOFTWARE"
  (umask 022 && tar -xJf "$PG_SOFTWARE"/postgres-*.txz -C "$PG_SOFTWARE")
  rm -rf "$PG_SOFTWARE"/postgres-*.txz "$PG_SOFTWARE/META-INF"
  logged fetch-driver copy_driver "$driver"
  rm -rf "$PAYARA/glassfish/domains/domain1"
  echo "$payara $postgresql $driver" >"$EMR_HOME/state/software"
}

copy_driver() { (cd "$CHECKOUT" && maven -N dependency:copy -Dartifact="org.postgresql:postgresql:$1" -DoutputDirectory="$EMR_HOME/software/lib"); }

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
  find "$CHECKOUT/pom.xml" "$CHECKOUT"/emr-{exchange,faces,ejb,web,ear,hospital-war}/{pom.xml,src/main} -newer "$since" -print -quit 2>/dev/null
}

build() { (cd "$CHECKOUT" && umask 022 && mvn -B -q -DskipTests -Dspotless.check.skip=true -pl "$1" -am package); }

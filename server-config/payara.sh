# Payara: its files, the domains, their configuration and applications. Sourced by ./emr.

PAYARA=$EMR_HOME/software/payara6
# Two arenas keep native memory of the many threads together: some 100 MB a server less.
export MALLOC_ARENA_MAX=2

# a session of its own: an interrupt at the terminal is for ./emr, not for servers that run already
asadmin() { setsid -w java -jar "$PAYARA/glassfish/lib/client/appserver-cli.jar" "$@" 9>&-; }

# light COMMAND ...: with JVMs that do not optimise, for work that ends soon: half the processor time
light() { JAVA_TOOL_OPTIONS="-XX:TieredStopAtLevel=1 -XX:+UseSerialGC" "$@"; }

# remote NAME COMMAND ...: asadmin on the running server of that name
remote() { local name=$1; shift; light asadmin --user admin --passwordfile "$EMR_HOME/state/$name.passwords" --port $((PORTBASE[$name] + 48)) --interactive=false "$@"; }

domain_directory() { echo "$EMR_HOME/domains/$1"; }

domain_pid() {
  local found directory
  directory=$(domain_directory "$1" | sed 's/[][\.*^$]/\\&/g')
  found=$(grep -lzxs -- "-[D]com\.sun\.aas\.instanceRoot=$directory" /proc/[0-9]*/cmdline | head -n 1) || true
  found=${found#/proc/}
  echo "${found%/cmdline}"
}

# what a domain listens on, added to its port base: admin, http, https, jms and, at the centre, the listener for hospitals
domain_ports() { echo 48 80 81 76; [ "$1" != centre ] || echo 443; }

artifact() { if [ "$1" = centre ]; then echo "$CHECKOUT/emr-ear/target/emr.ear"; else echo "$CHECKOUT/emr-hospital-war/target/emr-hospital.war"; fi; }
application() { if [ "$1" = centre ]; then echo emr; else echo emr-hospital; fi; }
kind() { if [ "$1" = centre ]; then echo centre; else echo hospital; fi; }

# deployed NAME: does the server hold the artifact that is built now?
deployed() { [ "$(cat "$EMR_HOME/state/$1.deployed" 2>/dev/null)" = "$(sha256sum <"$(artifact "$1")")" ]; }

# configuration NAME: tells one state of a server's configuration files from another
configuration() { cat "$CONFIG/common.asadmin" "$CONFIG/$(kind "$1")"/* | sha256sum; }

create_domain() {
  local name=$1
  rm -rf "$(domain_directory "$name")" "$EMR_HOME/state/$name.deployed"
  # the domain's master password is the password of its keystores: Payara opens a listener's keystore with it
  printf 'AS_ADMIN_PASSWORD=%s\nAS_ADMIN_MASTERPASSWORD=%s\n' "$(secret admin)" "$(secret "$name")" >"$EMR_HOME/state/$name.passwords"
  logged "create-$name" light asadmin --user admin --passwordfile "$EMR_HOME/state/$name.passwords" create-domain \
    --domaindir "$EMR_HOME/domains" --savemasterpassword=true --portbase "${PORTBASE[$name]}" "$name"
  mkdir "$(domain_directory "$name")/tmp"
}

start_domain() {
  cp "$EMR_HOME/software/lib/"*.jar "$(domain_directory "$1")/lib/"
  cp "$CONFIG/compilation.json" "$(domain_directory "$1")/config/"
  logged "start-$1" asadmin --user admin --passwordfile "$EMR_HOME/state/$1.passwords" start-domain --domaindir "$EMR_HOME/domains" "$1"
}

# bring_up NAME [all|servers]: starts the server, configures it if it is new, deploys what is not deployed
bring_up() {
  local name=$1
  if [ -z "$(domain_pid "$name")" ]; then
    if [ -f "$EMR_HOME/state/$name.configured" ]; then
      step "starting $name"
      start_domain "$name"
    else
      step "configuring $name"
      light start_domain "$name"
      configure_domain "$name"
      stop "$name"
      step "starting $name"
      start_domain "$name"
      check_domain "$name"
      configuration "$name" >"$EMR_HOME/state/$name.configured"
    fi
  fi
  if [ "$2" = all ] && ! deployed "$name"; then
    settle "$name"
    step "deploying $(application "$name") on $name"
    deploy "$name" || { step "$name: once more, after a restart"; stop "$name"; start_domain "$name"; deploy "$name"; }
    sha256sum <"$(artifact "$name")" >"$EMR_HOME/state/$name.deployed"
  fi
}

# settle NAME: a server just started may still be loading the application it had; to deploy meanwhile would fail
settle() {
  local deadline=$((SECONDS + 90))
  [ -f "$EMR_HOME/state/$1.deployed" ] || return 0
  until ready "$1" || [ "$SECONDS" -ge "$deadline" ]; do sleep 0.5; done
}

# Payara loads some of its modules when they are first needed; on a busy machine it happens that two threads do so at once and
# the deployment fails for a class of the server's own. A fresh server does better.
deploy() {
  logged "deploy-$1" remote "$1" deploy --force=true --name "$(application "$1")" $([ "$1" = centre ] || echo "--contextroot /") "$(artifact "$1")"
}

# asadmin_file LOG NAME FILE: runs a file of commands on a server. asadmin goes on after a failed one, so its output is searched.
asadmin_file() {
  logged "$1" remote "$2" multimode --printprompt=false --file "$3"
  if grep -qE 'failed\.' "$EMR_HOME/logs/$1.log"; then
    grep -B 3 -E 'failed\.' "$EMR_HOME/logs/$1.log" | sed 's/^/    /' >&2
    fail "a command of asadmin failed: $EMR_HOME/logs/$1.log"
  fi
}

configure_domain() {
  local name=$1 script=$EMR_HOME/state/$1.asadmin folder=$CONFIG/$(kind "$1")
  local values=(EMR_HOME "$EMR_HOME" DOMAIN "$name" KEYSTORE "$(keystore "$name")" TRUST "$(keystore hospitals)" PG_PORT "$PG_PORT"
    EXCHANGE_PORT $((PORTBASE[centre] + 443)) HOSPITAL_NAME "${HOSPITAL_NAME[$name]:-}" RESOURCES "$EMR_HOME/state/$name-resources.xml"
    FHIR_BASES "$(fhir_tls_url),$(fhir_url)")
  fill "$folder/resources.xml" "${values[@]}" >"$EMR_HOME/state/$name-resources.xml"
  set_aliases "$name"
  { fill "$CONFIG/common.asadmin" "${values[@]}"; fill "$folder/configure.asadmin" "${values[@]}"; } | sed '/^#/d;/^$/d' >"$script"
  asadmin_file "configure-$name" "$name" "$script"
}

# Passwords stand in the domain's own encrypted store, not in domain.xml. MicroProfile Config reads the store too.
set_aliases() {
  local name=$1
  set_alias "$name" emr.keystore.password "$(secret "$name")"
  if [ "$name" = centre ]; then
    set_alias centre emr.db.app "$(secret db-app)"
    set_alias centre emr.db.owner "$(secret db-owner)"
  else
    # H2 takes the key of the file and the user's password in one
    set_alias "$name" emr.jms.password "$(secret jms)"
    set_alias "$name" emr.h2.password "$(secret "$name-h2-file") $(secret "$name-h2-user")"
  fi
}

set_alias() {
  printf 'AS_ADMIN_PASSWORD=%s\nAS_ADMIN_ALIASPASSWORD=%s\n' "$(secret admin)" "$3" >"$EMR_HOME/state/$1.alias"
  logged "alias-$1" light asadmin --user admin --passwordfile "$EMR_HOME/state/$1.alias" --port $((PORTBASE[$1] + 48)) --interactive=false create-password-alias "$2"
  rm "$EMR_HOME/state/$1.alias"
}

# OpenMQ's administrator is admin/admin until its own tool says otherwise; the password goes there in a file, out of sight of `ps`
change_broker_password() {
  logged "broker-start-$1" remote "$1" ping-connection-pool emr-jms # starts the broker, which makes its files
  local options=$EMR_HOME/state/$1.broker
  cat >"$options" <<OPTIONS
-cp "$PAYARA/mq/lib/imqbroker.jar"
"-Dimq.home=$PAYARA/mq"
"-Dimq.varhome=$(domain_directory "$1")/imq"
com.sun.messaging.jmq.jmsserver.auth.usermgr.UserMgr update -i imqbroker -u admin -f -p $(secret jms)
OPTIONS
  logged "broker-$1" java "@$options"
  rm "$options"
}

# check_domain NAME: does what needs the configured server, and asks its parts
check_domain() {
  [ "$1" = centre ] || change_broker_password "$1"
  sed '/^#/d' "$CONFIG/$(kind "$1")/check.asadmin" >"$EMR_HOME/state/$1.asadmin"
  asadmin_file "check-$1" "$1" "$EMR_HOME/state/$1.asadmin"
}

# http_status PORT PATH: the status code of a GET, 000 when nobody answers
http_status() {
  local answer=
  if exec 8<>"/dev/tcp/127.0.0.1/$1"; then
    printf 'GET %s HTTP/1.0\r\nHost: localhost\r\nConnection: close\r\n\r\n' "$2" >&8
    IFS= read -r -t 20 answer <&8 || true
    exec 8>&-
  fi 2>/dev/null
  answer=${answer#* }
  echo "${answer:0:3}"
}

# ready NAME: the server says so, and its application answers
ready() {
  local port=$((PORTBASE[$1] + 80)) page
  if [ "$1" = centre ]; then page=/fhir/metadata; else page=/terminal/; fi
  [ "$(http_status "$port" /health/ready)" = 200 ] && [[ $(http_status "$port" "$page") == [23]?? ]]
}

wait_ready() {
  local deadline=$((SECONDS + 300))
  until ready "$1"; do
    [ -n "$(domain_pid "$1")" ] || fail "$1 has ended: $(domain_directory "$1")/logs/server.log"
    if [ "$SECONDS" -ge "$deadline" ]; then
      grep -hE 'SEVERE|Exception' "$(domain_directory "$1")/logs/server.log" | tail -n 5 | sed 's/^/    /' >&2
      fail "$1 is not ready after 300 s: $(domain_directory "$1")/logs/server.log"
    fi
    sleep 0.5
  done
}

# what the applications start with in development: hospitals with their certificates, partners with their keys, staff
write_seed() {
  local name
  mkdir -p "$EMR_HOME"/seed/{hospitals,partners}
  for name in "${PARTNERS[@]}"; do
    [ -f "$EMR_HOME/keys/$name.pem" ] || make_partner_key "$name"
    cp "$CONFIG/seed/partners/$name.properties" "$EMR_HOME/keys/$name.pem" "$EMR_HOME/seed/partners/"
  done
  cp "$CONFIG/seed/staff.properties" "$EMR_HOME/seed/"
  cp "$CONFIG"/seed/hospitals/*.properties "$EMR_HOME/seed/hospitals/"
  for name in "${HOSPITALS[@]}"; do cp "$EMR_HOME/keys/$name.pem" "$EMR_HOME/seed/hospitals/"; done
}

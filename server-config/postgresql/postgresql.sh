# PostgreSQL: its files, its own user, start. Sourced by ./emr.

PG_SOFTWARE=$EMR_HOME/software/postgresql
PG_DATA=$EMR_HOME/postgresql

# as_postgres COMMAND ...: PostgreSQL refuses to run as root; then it runs as the user who owns its data.
# A folder above EMR_HOME may be closed to that user (root's home is): then he gets the one capability to pass through it.
as_postgres() {
  if [ "$(id -u)" -ne 0 ]; then (cd / && exec "$@"); return; fi
  local user capability become
  user=$(postgres_user)
  for capability in "" dac_read_search dac_override; do
    become=(setpriv --reuid="$user" --regid="$(id -g "$user")" --clear-groups)
    # the security bit lets access(2) know of the capability
    [ -z "$capability" ] || become+=(--securebits=+no_setuid_fixup --inh-caps=+"$capability" --ambient-caps=+"$capability")
    if (cd / && "${become[@]}" test -r "$PG_SOFTWARE/bin/initdb") 2>/dev/null; then
      (cd / && exec "${become[@]}" -- "$@")
      return
    fi
  done
  fail "PostgreSQL must not run as root, and its user $user cannot enter $EMR_HOME: set EMR_HOME to a folder that everyone may enter, such as /var/tmp/emr"
}

# the user who owns the data, or is going to
postgres_user() { if [ -d "$PG_DATA" ]; then stat -c %U "$PG_DATA"; else id -un postgres 2>/dev/null || id -un nobody; fi; }

postgresql_pid() {
  local pid
  pid=$(head -n 1 "$PG_DATA/postmaster.pid" 2>/dev/null) || return 0
  if [ "$(cat "/proc/$pid/comm" 2>/dev/null)" = postgres ]; then echo "$pid"; fi
}

# the cluster with its roles and the empty database; the applications' migrations do the rest
prepare_postgresql() {
  if [ ! -f "$EMR_HOME/state/postgresql" ]; then
    step "creating the database"
    rm -rf "$PG_DATA"
    chmod 711 "$EMR_HOME"
    if [ "$(id -u)" -eq 0 ]; then install -d -m 700 -o "$(postgres_user)" "$PG_DATA"; else install -d -m 700 "$PG_DATA"; fi
    logged initdb create_cluster
    touch "$EMR_HOME/state/postgresql"
  fi
  install_settings
}

create_cluster() {
  as_postgres "$PG_SOFTWARE/bin/initdb" -D "$PG_DATA" -U postgres --auth=reject -E UTF8 --locale=C.UTF-8 --data-checksums
  as_postgres tee -a "$PG_DATA/postgresql.conf" <<<"include 'emr.conf'" >/dev/null
  install_settings
  single_user postgres "$CONFIG/postgresql/roles.sql"
  single_user emr "$CONFIG/postgresql/schema.sql"
}

install_settings() {
  fill "$CONFIG/postgresql/postgresql.conf" PORT "$PG_PORT" | as_postgres tee "$PG_DATA/emr.conf" >/dev/null
  as_postgres tee "$PG_DATA/pg_hba.conf" <"$CONFIG/postgresql/pg_hba.conf" >/dev/null
}

# runs SQL without a server: this PostgreSQL brings no psql. Statements end with a semicolon and an empty line.
single_user() {
  fill "$2" ADMIN_PASSWORD "$(secret db-admin)" APP_PASSWORD "$(secret db-app)" OWNER_PASSWORD "$(secret db-owner)" | sed '/^--/d' |
    as_postgres "$PG_SOFTWARE/bin/postgres" --single -j -D "$PG_DATA" -c exit_on_error=on "$1" >/dev/null
}

start_postgresql() {
  [ -z "$(find "$EMR_HOME/logs/postgresql.log" -size +20M 2>/dev/null)" ] || mv "$EMR_HOME/logs/postgresql.log" "$EMR_HOME/logs/postgresql.1.log"
  # the log belongs to the caller: PostgreSQL writes to the open file
  (as_postgres setsid "$PG_SOFTWARE/bin/postgres" -D "$PG_DATA" >>"$EMR_HOME/logs/postgresql.log" 2>&1 </dev/null 9>&- &)
  local waited=0
  until grep -qs ready "$PG_DATA/postmaster.pid"; do
    sleep 0.2
    waited=$((waited + 1))
    if [ "$waited" -gt 300 ] || { [ "$waited" -gt 10 ] && [ -z "$(postgresql_pid)" ]; }; then
      tail -n 5 "$EMR_HOME/logs/postgresql.log" >&2
      fail "PostgreSQL does not start: $EMR_HOME/logs/postgresql.log"
    fi
  done
}

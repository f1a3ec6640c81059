#!/usr/bin/env bash
# A real Postgres for the tests, from Debian's package, as a process of its own: no system service, no other cluster.
#
#   postgres.sh start    installs what is missing (and says so), starts, waits, prints the address
#   postgres.sh stop     stops what `start` started, by its process id
#
# POSTGRES_PORT (54329) lets several run beside each other. Data lie in RUN (default: a folder under the cache), new at
# every start. Postgres refuses to be root: as root it runs as the package's user `postgres`.
set -euo pipefail

port=${POSTGRES_PORT:-54329}
run=${RUN:-/tmp/canvass-postgres-$port}
say() { echo "postgres: $*" >&2; }

programs() { ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1; }

install() {
  [ -x "$(programs)/initdb" ] && return
  say "installs Debian's package postgresql"
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  # The package would make a cluster and start it: only its programs are wanted.
  apt-get install -y -qq --no-install-recommends postgresql-common >/dev/null
  sed -i 's/^#\?create_main_cluster.*/create_main_cluster = false/' /etc/postgresql-common/createcluster.conf
  apt-get install -y -qq --no-install-recommends postgresql >/dev/null
}

as_postgres() {
  if [ "$(id -u)" = 0 ]; then setpriv --reuid=postgres --regid=postgres --init-groups env -C / "$@"; else "$@"; fi
}

case ${1:-} in
start)
  install
  bin=$(programs)
  if [ -s "$run/data/postmaster.pid" ]; then "$0" stop; fi
  rm -rf "$run"
  mkdir -p "$run"
  [ "$(id -u)" != 0 ] || chown postgres: "$run"
  as_postgres "$bin/initdb" -D "$run/data" -U owner --auth=trust --encoding=UTF8 --locale=C.UTF-8 >/dev/null
  # What is written here is thrown away: no flush is waited for.
  as_postgres "$bin/pg_ctl" -D "$run/data" -w -t 60 -l "$run/log" -o "-p $port -k $run -c listen_addresses=127.0.0.1 \
    -c fsync=off -c synchronous_commit=off -c max_connections=100 -c max_wal_size=4GB" start >/dev/null
  echo "postgres://owner@127.0.0.1:$port/postgres"
  ;;
stop)
  [ -s "$run/data/postmaster.pid" ] || exit 0
  as_postgres "$(programs)/pg_ctl" -D "$run/data" -m fast -w stop >/dev/null
  rm -rf "$run"
  ;;
*) sed -n '2,10p' "$0" >&2; exit 2 ;;
esac

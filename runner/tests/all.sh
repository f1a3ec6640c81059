#!/usr/bin/env bash
# The whole suite, with the services it needs started and stopped here: `make test`.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
services=$root/runner/tests/services
cd "$root"
export SHARED=${SHARED:-$root/../shared}
[ -d "$SHARED" ] || echo "SHARED: nothing in $SHARED; tests that compare with recordings will say that they are skipped" >&2

step() { printf '\n== %s\n' "$*" >&2; }

started=()
trap 'for service in ${started[@]+"${started[@]}"}; do "$service" stop; done' EXIT
if [ -z "${CASSANDRA:-}" ]; then
  step "Cassandra starts"
  started+=("$services/cassandra.sh")
  CASSANDRA=$("$services/cassandra.sh" start)
fi
export CASSANDRA
if [ -z "${POSTGRES:-}" ]; then
  step "Postgres starts"
  started+=("$root/author/tests/services/postgres.sh")
  POSTGRES=$("$root/author/tests/services/postgres.sh" start)
fi
export POSTGRES

step "veraPDF, and poppler"
VERAPDF=$services/verapdf.sh
"$VERAPDF" install
export VERAPDF

step "the big list of naughty strings, and what else the browser tests need of npm"
(cd runner/tests/browser && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error)

step "what is tested is built"
cargo test --workspace --no-run
# What these tests run, so that it is not built anew with other features of its libraries.
export RUNNER=${CARGO_TARGET_DIR:-$root/target}/debug/runner

# Many tests wait, for a lease to end or a service to come back; the recordings use that time.
replayed=$(mktemp)
make --no-print-directory conformance >"$replayed" 2>&1 &
replaying=$!

step "tests of the crates"
if ! cargo test --workspace; then
  wait $replaying || cat "$replayed"
  exit 1
fi

step "the author answers whatever it is asked"
AUTHOR=${RUNNER%runner}author author/tests/fuzz.sh

step "questionnaires are checked"
"${RUNNER%runner}schema" check questionnaires

step "recorded journeys were replayed"
wait $replaying || replayed_badly=1
cat "$replayed"
rm "$replayed"
[ -z "${replayed_badly:-}" ]

step "the author in a browser"
AUTHOR=${RUNNER%runner}author author/web/tests/all.sh

step "browsers"
make --no-print-directory browser

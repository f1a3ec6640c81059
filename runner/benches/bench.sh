#!/usr/bin/env bash
# All that is measured, one after another, and what it needs: valgrind, and a Cassandra.
#   runner/benches/bench.sh [WHAT …]    only that: cpu, steps, driver, instructions, trace, growth, start, weight
# CASSANDRA=HOST measures with one that runs; else one is started, and stopped at the end.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
cd "$root"
if ! command -v valgrind >/dev/null; then
  echo "bench: installs valgrind (apt)" >&2
  apt-get install -y -qq valgrind >/dev/null
fi
cargo bench -p runner --features memory --bench pages --no-run
run() { echo; echo "== $*"; cargo bench -q -p runner --features memory --bench pages -- "$@"; }
with_cassandra() {
  if [ -z "${CASSANDRA:-}" ]; then
    export CASSANDRA_HOST=${CASSANDRA_HOST:-127.0.0.1}
    CASSANDRA=$(runner/tests/services/cassandra.sh start)
    trap 'runner/tests/services/cassandra.sh stop' EXIT
  fi
}
wanted=${*:-cpu steps driver instructions trace growth start weight}
for what in $wanted; do
  case $what in
    cpu)
      run cpu sqlite 1
      run cpu sqlite 64
      run cpu sqlite 1 compress
      with_cassandra
      for in_flight in 1 8 64; do run cpu "cassandra:$CASSANDRA" "$in_flight"; done
      ;;
    growth)
      # GROWTH: names of questionnaires in place of all; those outside the project are found in QUESTIONNAIRES.
      run growth ${GROWTH:-}
      command -v gnuplot >/dev/null || { echo "bench: installs gnuplot-nox (apt)" >&2; apt-get install -y -qq gnuplot-nox >/dev/null; }
      for table in "${CARGO_TARGET_DIR:-$root/target}"/tmp/growth-*.tsv; do
        gnuplot -e "
          set terminal svg size 800,500; set output '${table%.tsv}.svg'; set datafile missing '?'; set datafile separator tab;
          set key autotitle columnheader left top; set xlabel '$(head -c 6 "$table")'; set ylabel 'CPU µs a page'; set grid;
          plot for [column=2:7] '$table' using 1:column with linespoints"
        echo "plotted in ${table%.tsv}.svg"
      done
      ;;
    driver) with_cassandra; run driver "cassandra:$CASSANDRA" ;;
    weight)
      # The first visit and each further page as Chromium counts them.
      echo; echo "== weight"
      runner/tests/services/browsers.sh
      work=$(mktemp -d)
      runner=${CARGO_TARGET_DIR:-$root/target}/release/runner
      PORT=0 STORE="sqlite:$work/responses.db" DEVELOPMENT_KEYS="$work/keys" "$runner" demo >"$work/said" 2>"$work/log" &
      pid=$!
      until grep -q http "$work/said"; do kill -0 $pid; sleep 0.1; done
      BASE=$(sed 's/.*\(http[^ ]*\).*/\1/' "$work/said") node runner/tests/browser/weight.mjs
      kill $pid; rm -rf "$work"
      ;;
    *) run "$what" ;;
  esac
done

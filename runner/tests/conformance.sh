#!/usr/bin/env bash
# Replays the recorded journeys of ../shared/conformance against a runner of this workspace.
#   runner/tests/conformance.sh [--filter TEXT | --only FILE | --sets NAME,… | …]   further arguments go to the replayer
# With --sets the report is held against CONFORMANCE.md.
# SHARED: the folder that holds conformance/. RUNNER: the binary. REPORT: where the report goes.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
shared=${SHARED:-$root/../shared}
if [ ! -d "$shared/conformance" ]; then
  echo "conformance: skipped, since there are no recordings in $shared (set SHARED)" >&2
  [ "${CI:-}" != true ] || exit 1
  exit 0
fi
shared=$(cd "$shared" && pwd)
target=${CARGO_TARGET_DIR:-$root/target}
cache=${XDG_CACHE_HOME:-$HOME/.cache}/canvass
venv=$cache/conformance
runner=${RUNNER:-$target/debug/runner}
report=${REPORT:-$target/conformance.json}
if [ ! -x "$venv/bin/python" ] || ! cmp -s "$shared/conformance/requirements.txt" "$venv/requirements.txt"; then
  echo "conformance: installing the replayer's packages into $venv" >&2
  mkdir -p "$cache"
  python3 -m venv "$venv"
  "$venv/bin/pip" install -q --disable-pip-version-check -r "$shared/conformance/requirements.txt"
  cp "$shared/conformance/requirements.txt" "$venv/requirements.txt"
fi
# Any free ports, so that two can run beside each other: the runner's, and those of what the replayer stands in for.
# Below those that connections are given, since the runner comes back to its own many times.
read -r port upstream registry < <(python3 -c '
import random, socket
def free(port):
    try: socket.socket().bind(("127.0.0.1", port))
    except OSError: return False
    return True
print(*filter(free, random.sample(range(20000, 32000), 40)))' | cut -d" " -f1-3)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
ln -s "$shared/conformance/keys" "$work/keys"
sets=()
if [ "${1:-}" = --sets ]; then
  IFS=, read -ra names <<< "$2"
  for name in "${names[@]}"; do sets+=("$shared/conformance/sets/$name.txt"); done
  cat "${sets[@]}" > "$work/only.txt"
  shift 2
  set -- --only "$work/only.txt" "$@"
fi
{
  echo '#!/usr/bin/env bash'
  echo "cd '$work'"
  # What the replayer sets for a group of journeys stands before the recorded settings.
  echo 'given=$(mktemp -p . env.XXXXXX); export -p > "$given"'
  echo 'set -a'
  grep -v '^#' "$shared/conformance/server.env" | sed "s/^\([A-Z_]*\)=\(.*\)$/\1='\2'/"
  echo 'set +a'
  echo '. "$given"'
  echo "export HOST=127.0.0.1 QUESTIONNAIRES='$shared/conformance/schemas' STORE=\${STORE:-sqlite:\$(mktemp -u -p . store.XXXXXX)}"
  echo "export SDS_API_BASE_URL=http://127.0.0.1:$upstream CIR_API_BASE_URL=http://127.0.0.1:$registry"
  echo "export SCHEMA_URL_ORIGINS=http://127.0.0.1:$upstream PRIVATE_ORIGINS=http://127.0.0.1:$upstream"
  echo "exec '$runner' 2>>${LOG:-/dev/null}"
} > "$work/serve.sh"
chmod +x "$work/serve.sh"
status=0
"$venv/bin/python" "$shared/conformance/replay.py" --base-url "http://127.0.0.1:$port" --spawn "$work/serve.sh" --upstream-ports "$upstream,$registry" --slow --report "$report" "$@" || status=$?
[ "$status" -le 1 ] || exit "$status"
# For the ledger: the replayer's exit status speaks of `navigation` only.
[ "${#sets[@]}" -eq 0 ] || "$venv/bin/python" "$root/runner/tests/conformance.py" "$report" "$root/CONFORMANCE.md" "${sets[@]}"

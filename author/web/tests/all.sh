#!/usr/bin/env bash
# The checks of the author's browser half: types, units, what the first screen weighs, and in Chromium against the real
# author and the real runner. AUTHOR and RUNNER name their binaries; without them the browser part says that it is skipped.
set -euo pipefail
web=$(cd "$(dirname "$0")/.." && pwd)
root=$(cd "$web/../.." && pwd)
cd "$web"
if [ ! -e node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
    npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
    touch node_modules/.package-lock.json
fi
npx tsc -p .
npx vitest run
[ -e dist/index.html ] || npm run --silent build
node build/budget.mjs
if [ -z "${AUTHOR:-}" ] || [ ! -x "${AUTHOR:-/nowhere}" ]; then
    echo "AUTHOR: no binary; the author's pages are not driven in a browser" >&2
    exit 0
fi
dpkg-query -W -f='${Status}' chromium 2>/dev/null | grep -q 'ok installed' || "$root/runner/tests/services/browsers.sh"
timeout 1800 node tests/browser/all.mjs

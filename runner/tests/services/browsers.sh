#!/usr/bin/env bash
# Installs what the browser tests drive, from Debian's own packages, where it is missing. Says what it installs.
set -euo pipefail

wanted=(chromium firefox-esr webkit2gtk-driver xvfb xauth w3m tmux default-jre-headless fonts-liberation)
missing=()
for package in "${wanted[@]}"; do
    [ "$package" = default-jre-headless ] && command -v java >/dev/null && continue
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
done
if [ ${#missing[@]} -gt 0 ]; then
    echo "installing: ${missing[*]}"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi

# The Node side of the tests, from its lock file.
cd "$(dirname "$0")/../browser"
if [ ! -e node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
    npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
fi

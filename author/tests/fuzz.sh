#!/usr/bin/env bash
# Requests of all sorts, made from the OpenAPI document by schemathesis: none may be answered by a fault of ours, or by
# anything that the document does not say. AUTHOR is the binary. Installs schemathesis from PyPI, pinned, and says so.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
cd "$here"
version=4.32.5
cache=${XDG_CACHE_HOME:-$HOME/.cache}/canvass/schemathesis-$version
author=$(realpath "${AUTHOR:-${CARGO_TARGET_DIR:-../target}/debug/author}")
if [ ! -x "$cache/bin/schemathesis" ]; then
  echo "fuzz: installs schemathesis $version into $cache" >&2
  python3 -m venv "$cache"
  "$cache/bin/pip" install -q "schemathesis==$version"
fi

work=$(mktemp -d)
PORT=0 STORE="sqlite:$work/author.db" AUDIT_KEY_FILE="$work/audit.key" QUESTIONNAIRES=../questionnaires \
  "$author" serve >"$work/said" 2>"$work/log" &
served=$!
trap 'kill $served 2>/dev/null || true; wait $served || true; rm -rf "$work"' EXIT
for _ in $(seq 100); do grep -q http "$work/said" && break; sleep 0.1; done
url=$(grep -o 'http://[^ ]*[0-9]' "$work/said")

# Somebody who may do everything, and something to do it with.
python3 - "$url" "$work" <<'PY'
import json, sys, urllib.request
url, work = sys.argv[1:]
def call(method, path, body=None, **headers):
    headers = {"Content-Type": "application/json", **{name.replace("_", "-"): value for name, value in headers.items()}}
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(urllib.request.Request(url + path, data, headers, method=method)) as reply:
        return json.load(reply), (reply.headers["Set-Cookie"] or "").split(";")[0]
session, cookie = call("GET", "/api/v1/session")
account = {"name": "Ann", "email": "ann@example.org", "password": "correct horse"}
session, cookie = call("POST", "/api/v1/first-account", account, Cookie=cookie, X_CSRF_Token=session["csrf"])
who = {"Cookie": cookie, "X_CSRF_Token": session["csrf"]}
questionnaire = call("POST", "/api/v1/questionnaires", {"title": "Bakeries"}, **who)[0]["id"]
survey = call("GET", "/api/v1/surveys", **who)[0][0]["id"]
preview = call("POST", f"/api/v1/questionnaires/{questionnaire}/previews", {}, **who)[0]["id"]
call("POST", f"/api/v1/questionnaires/{questionnaire}/versions", If_Match='"1"', **who)
with open(f"{work}/schemathesis.toml", "w") as out:
    out.write(f'[parameters]\n"path.id" = "{questionnaire}"\n"path.survey" = "{survey}"\n"path.preview" = "{preview}"\n')
    out.write('"path.number" = 1\n"path.a" = 1\n"path.b" = 1\n')
with open(f"{work}/headers", "w") as out:
    out.write(f"Cookie: {cookie}\nX-CSRF-Token: {session['csrf']}\n")
PY
# It keeps what it finds where it runs.
cd "$work"
mapfile -t headers <"$work/headers"
# Left out: what ends the session that all else needs, and a stream that never ends.
"$cache/bin/schemathesis" --config-file "$work/schemathesis.toml" run "$here/openapi.json" --url "$url" \
  -H "${headers[0]}" -H "${headers[1]}" \
  --checks not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance \
  --exclude-path-regex '(/events$|/v1/session$|/first-account$|/sessions/|/account/password$|^/collection-instruments)' \
  --phases coverage,fuzzing --max-examples "${EXAMPLES:-10}" --request-timeout 20 --no-color >"$work/out" 2>&1 || {
  cat "$work/out" "$work/log"
  exit 1
}
grep -E 'Tested:|generated' "$work/out" || true

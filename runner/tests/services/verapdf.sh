#!/usr/bin/env bash
# Holds PDFs against PDF/UA-1 with veraPDF, the validator of the PDF Association, from the jars that Maven Central serves.
#
#   verapdf.sh install     installs what is missing, and says so: also poppler, whose programs read a PDF's text
#   verapdf.sh FILE…       says what fails; ends with 1 where anything does
#
# Needs JDK 17 and Maven; poppler-utils comes from Debian's own packages. Jars stay under ${XDG_CACHE_HOME:-$HOME/.cache}/canvass.
set -euo pipefail

version=1.30.2
here=$(cd "$(dirname "$0")" && pwd)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/canvass
lib=$cache/verapdf-$version
say() { echo "verapdf: $*" >&2; }

poppler() {
  command -v pdfinfo >/dev/null && return
  say "installs poppler-utils"
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends poppler-utils >/dev/null
}

install() {
  [ -e "$lib/complete" ] && return
  command -v mvn >/dev/null || { say "Maven is needed (Debian: maven)"; return 1; }
  say "installs org.verapdf:validation-model:$version and what it needs (19 jars, 16 MB) into $lib"
  rm -rf "$lib"; mkdir -p "$lib"
  cat >"$lib/pom.xml" <<POM
<project><modelVersion>4.0.0</modelVersion><groupId>test</groupId><artifactId>verapdf</artifactId><version>1</version>
<packaging>pom</packaging><dependencies><dependency><groupId>org.verapdf</groupId>
<artifactId>validation-model</artifactId><version>$version</version></dependency></dependencies></project>
POM
  (cd "$lib" && mvn -B -ntp -q dependency:copy-dependencies -DoutputDirectory="$lib") >&2
  touch "$lib/complete"
}

# One install at a time: tests run beside each other.
mkdir -p "$cache"
exec 9>"$cache/verapdf.lock"; flock 9
install
[ "${1:-}" != install ] || poppler
flock -u 9
[ "${1:-}" = install ] || exec java -XX:TieredStopAtLevel=1 -Djava.util.logging.config.file=/dev/null -cp "$lib/*" "$here/Verapdf.java" "$@"

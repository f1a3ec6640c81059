#!/usr/bin/env bash
# A real single-node Cassandra for the tests, from the jars that Maven Central serves.
#
#   cassandra.sh start    installs what is missing (and says so), starts, waits, prints the address
#   cassandra.sh stop     stops what `start` started, by its process id
#
# Needs JDK 17 and Maven. Jars and class archive stay under ${XDG_CACHE_HOME:-$HOME/.cache}/canvass; data lie in
# RUN (default: a folder under the cache) and are new at every start unless KEEP=1. CASSANDRA_HOST (127.0.0.1)
# lets several run beside each other. COMMITLOG=batch|periodic: batch, the default, loses nothing to kill -9.
set -euo pipefail

version=5.0.9
host=${CASSANDRA_HOST:-127.0.0.1}
cache=${XDG_CACHE_HOME:-$HOME/.cache}/canvass
lib=$cache/cassandra-$version
run=${RUN:-$cache/run-cassandra-$host}
say() { echo "cassandra: $*" >&2; }

find_java() {
  # Cassandra 5.0 runs on 11 and 17; a newer default java is passed over.
  local home
  for home in ${JAVA_HOME:-} /usr/lib/jvm/*17* /usr/lib/jvm/*-17; do
    if [ -x "$home/bin/java" ] && "$home/bin/java" -version 2>&1 | grep -q '"17\.'; then
      echo "$home/bin/java"; return
    fi
  done
  if command -v java >/dev/null && java -version 2>&1 | grep -q '"17\.'; then command -v java; return; fi
  say "a JDK 17 is needed (Debian: openjdk-17-jdk-headless)"; return 1
}

install() {
  [ -e "$lib/complete" ] && return
  command -v mvn >/dev/null || { say "Maven is needed (Debian: maven)"; return 1; }
  say "installs org.apache.cassandra:cassandra-all:$version and what it needs (100 jars, 67 MB) into $lib"
  rm -rf "$lib"; mkdir -p "$lib"
  cat >"$lib/pom.xml" <<POM
<project><modelVersion>4.0.0</modelVersion><groupId>test</groupId><artifactId>cassandra</artifactId><version>1</version>
<packaging>pom</packaging><dependencies><dependency><groupId>org.apache.cassandra</groupId>
<artifactId>cassandra-all</artifactId><version>$version</version></dependency></dependencies></project>
POM
  (cd "$lib" && mvn -B -ntp -q dependency:copy-dependencies -DoutputDirectory="$lib") >&2
  touch "$lib/complete"
}

configure() {
  [ "${KEEP:-}" = 1 ] || rm -rf "$run"
  mkdir -p "$run"
  local sync="commitlog_sync: batch"
  [ "${COMMITLOG:-batch}" = batch ] || sync=$'commitlog_sync: periodic\ncommitlog_sync_period: 10000ms'
  cat >"$run/cassandra.yaml" <<YAML
cluster_name: test
auto_snapshot: false
partitioner: org.apache.cassandra.dht.Murmur3Partitioner
endpoint_snitch: SimpleSnitch
listen_address: $host
rpc_address: $host
seed_provider:
  - class_name: org.apache.cassandra.locator.SimpleSeedProvider
    parameters:
      - seeds: "$host"
$sync
YAML
  cat >"$run/logback.xml" <<'XML'
<configuration><appender name="OUT" class="ch.qos.logback.core.ConsoleAppender"><encoder>
<pattern>%-5level %date{ISO8601} %F:%L - %msg%n</pattern></encoder></appender>
<root level="WARN"><appender-ref ref="OUT"/></root>
<logger name="org.apache.cassandra" level="INFO"/></configuration>
XML
}

# Prints the command's arguments, one a line.
command_line() {
  local archive=$lib/classes.jsa
  printf '%s\n' -Xms512m -Xmx1g -XX:TieredStopAtLevel=1 -XX:+UseSerialGC \
    --add-opens java.base/sun.nio.ch=ALL-UNNAMED --add-opens java.base/jdk.internal.ref=ALL-UNNAMED \
    --add-opens java.base/java.io=ALL-UNNAMED \
    "-Dcassandra.config=file://$run/cassandra.yaml" "-Dcassandra.storagedir=$run/data" \
    "-Dlogback.configurationFile=file://$run/logback.xml" -Dcassandra-foreground=yes \
    -Dcassandra.memtable.row_overhead_size=180 -Dcassandra.skip_wait_for_gossip_to_settle=0 \
    -Dcassandra.ring_delay_ms=1000 -Dcassandra.shutdown_announce_in_ms=0
  # Made when the first run ends, used by the next: halves the time to start.
  if [ -e "$archive" ]; then echo "-XX:SharedArchiveFile=$archive"; else echo "-XX:ArchiveClassesAtExit=$archive"; fi
  printf '%s\n' -cp "$lib/*" org.apache.cassandra.service.CassandraDaemon
}

start() {
  local java pid
  java=$(find_java); install; configure
  mapfile -t arguments < <(command_line)
  nohup "$java" "${arguments[@]}" >"$run/log" 2>&1 </dev/null &
  pid=$!
  echo "$pid" >"$run/pid"
  say "starts as process $pid, log in $run/log"
  local end=$((SECONDS + 300))
  # The port opens before the node is ready to serve; the log line comes after.
  until grep -qs 'Startup complete' "$run/log" && (exec 3<>"/dev/tcp/$host/9042") 2>/dev/null; do
    kill -0 "$pid" 2>/dev/null || { say "ended at once:"; tail -20 "$run/log" >&2; return 1; }
    [ $SECONDS -lt $end ] || { say "was not ready within 300 s"; kill "$pid"; return 1; }
    sleep 0.2
  done
  echo "$host:9042"
}

stop() {
  [ -e "$run/pid" ] || return 0
  local pid; pid=$(<"$run/pid")
  kill "$pid" 2>/dev/null || { rm -f "$run/pid"; return 0; }
  for _ in $(seq 600); do
    kill -0 "$pid" 2>/dev/null || { rm -f "$run/pid"; return 0; }
    sleep 0.1
  done
  say "process $pid did not end within 60 s"; kill -9 "$pid"; rm -f "$run/pid"
}

case ${1:-} in
  start) start ;;
  stop) stop ;;
  *) echo "usage: $0 start|stop" >&2; exit 2 ;;
esac

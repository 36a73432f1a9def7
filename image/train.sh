#!/usr/bin/env bash
# Makes bridge.aot, the classes of a start as Java loads them fastest: the bridge is started once and stopped when it has started.
# It finds no database, for which it would wait, and changes nothing outside a temporary folder. The jar and the options of Java
# must be those of later starts.
set -euo pipefail
data=$(mktemp -d)
trap 'rm -rf "$data"' EXIT
export BRIDGE_DATABASE_URL=jdbc:postgresql://localhost:1/none BRIDGE_DATA_DIR="$data" BRIDGE_ROUTES_DIR="$data/none"
java -XX:AOTCacheOutput=bridge.aot "$@" -jar faraday-jira-bridge.jar --server.port=0 --management.server.port=0 \
  --bridge.broker.port.core=-1 --bridge.broker.port.amqp=0 --bridge.broker.port.stomp=0 > "$data/log" 2>&1 &
bridge=$!
until grep -q 'Started BridgeApplication' "$data/log"; do
  kill -0 "$bridge" 2> /dev/null || { cat "$data/log"; exit 1; }
  sleep 0.2
done
kill "$bridge"
wait "$bridge" || true
test -s bridge.aot || { cat "$data/log"; exit 1; }

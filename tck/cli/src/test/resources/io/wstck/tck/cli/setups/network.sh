# Two services in one network, as a compose file starts them. The driver connects to the server by its name. The server
# runs as an unprivileged user; only the reports folder of its file system is writable.
set -e
mkdir -p config reports
chmod 777 reports
cat >config/fuzzingserver.json <<'EOF'
{
  "url": "ws://0.0.0.0:9001",
  "outdir": "/reports/clients",
  "cases": ["*"],
  "exclude-cases": ["6.*", "7.5.1", "9.*", "12.*", "13.*"],
  "exclude-agent-cases": {}
}
EOF

if [ -n "${IMAGE:-}" ]; then
  docker network create "$NAME"
  docker run -d --rm --network "$NAME" --network-alias fuzzingserver --user 1000:1000 --read-only \
    -v "$PWD/config:/config:ro" -v "$PWD/reports:/reports" \
    --name "$NAME" "$IMAGE" wstest --mode fuzzingserver --spec /config/fuzzingserver.json
  until docker logs "$NAME" 2>&1 | grep -q "Ok, will run"; do sleep 0.2; done
  docker run --rm --network "$NAME" "$DRIVER" ws://fuzzingserver:9001
  docker stop "$NAME"
  docker network rm "$NAME"
else
  sed -i "s,:9001,:$PORT,; s,/reports/,./reports/," config/fuzzingserver.json
  WSTCK_BIND=0.0.0.0 wstest --mode fuzzingserver --spec config/fuzzingserver.json -u 0 >server.log 2>&1 &
  server=$!
  until grep -q "Ok, will run" server.log; do kill -0 "$server"; sleep 0.2; done
  docker run --rm --add-host fuzzingserver:host-gateway "$DRIVER" "ws://fuzzingserver:$PORT"
  kill "$server"
  wait "$server"
fi
test "$(jq '.["coder-websocket"] | length' reports/clients/index.json)" -eq 101
jq -e '[.[][] | (.behavior, .behaviorClose) | IN("OK", "NON-STRICT", "INFORMATIONAL")] | all' reports/clients/index.json

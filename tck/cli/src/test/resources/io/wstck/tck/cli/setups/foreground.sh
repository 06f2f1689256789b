# A project's test script that runs in the foreground. It waits for a line of the server's log and judges the index with
# jq.
set -e
mkdir -p config reports
cat >config/fuzzingserver.json <<'EOF'
{
  "url": "ws://0.0.0.0:9001",
  "outdir": "/reports/clients",
  "cases": ["*"],
  "exclude-cases": ["9.*", "12.*", "13.*"],
  "exclude-agent-cases": {"python-websockets": ["7.1.5"]}
}
EOF

if [ -n "${IMAGE:-}" ]; then
  docker run -d --rm -v "$PWD/config:/config" -v "$PWD/reports:/reports" -p "$PORT:9001" -p "$WEBPORT:8080" \
    --name "$NAME" "$IMAGE" wstest --mode fuzzingserver --spec /config/fuzzingserver.json
  until docker logs "$NAME" 2>&1 | grep -q "Ok, will run"; do sleep 0.2; done
else
  sed -i "s,:9001,:$PORT,; s,/reports/,./reports/," config/fuzzingserver.json
  wstest --mode fuzzingserver --spec config/fuzzingserver.json -u "$WEBPORT" >server.log 2>&1 &
  server=$!
  until grep -q "Ok, will run" server.log; do kill -0 "$server"; sleep 0.2; done
fi

"$ADAPTERS/python-websockets/run" autobahn.py "ws://127.0.0.1:$PORT"

if [ -n "${IMAGE:-}" ]; then
  docker stop "$NAME"
else
  kill "$server"
  wait "$server"
fi
jq -e '[.[][] | .behavior | IN("OK", "NON-STRICT", "INFORMATIONAL")] | all' reports/clients/index.json
jq -e '[.[][] | .behaviorClose | IN("OK", "NON-STRICT", "INFORMATIONAL")] | all' reports/clients/index.json

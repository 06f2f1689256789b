# A project's test script that replaces the image's entry point. Its driver requests the status of each case.
set -e
mkdir -p out
cat >fuzzingserver.json <<'EOF'
{
  "url": "ws://127.0.0.1:9001",
  "outdir": "./reports/clients",
  "webport": 8080,
  "options": {"failByDrop": false},
  "cases": ["1.*", "2.*", "3.*", "4.*", "5.*", "6.1.*", "6.2.*", "7.*"],
  "exclude-cases": ["7.5.*"]
}
EOF

if [ -n "${IMAGE:-}" ]; then
  docker run --rm -v "$PWD/fuzzingserver.json:/fuzzingserver.json:ro" -v "$PWD/out:/reports" -p "$PORT:9001" \
    --entrypoint wstest --name "$NAME" "$IMAGE" -m fuzzingserver -s fuzzingserver.json -d &
else
  sed -i "s,:9001,:$PORT,; s,./reports/,./out/,; s,: 8080,: $WEBPORT," fuzzingserver.json
  wstest -m fuzzingserver -s fuzzingserver.json -d &
fi
server=$!

"$ADAPTERS/node-ws/run" autobahn-status.js "ws://127.0.0.1:$PORT"
test -f out/clients/index.html

if [ -n "${IMAGE:-}" ]; then
  docker stop "$NAME"
else
  kill "$server"
fi
wait "$server"

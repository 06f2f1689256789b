# A project that judges four servers at once. One of them is down.
set -e
mkdir -p reports
if [ -n "${IMAGE:-}" ]; then
  HOST=host.docker.internal
  OUT=/reports/servers
else
  HOST=localhost
  OUT=./reports/servers
fi
cat >fuzzingclient.json <<EOF
{"outdir": "$OUT", "cases": ["1.*", "2.*", "7.1.*"],
 "servers": [{"agent": "a", "url": "ws://$HOST:$PORT/echo", "options": {"version": 18}},
             {"agent": "b", "url": "ws://$HOST:$PORT/echo?protocol=first", "options": {"version": 18}},
             {"agent": "down", "url": "ws://$HOST:$DOWN", "options": {"version": 18}},
             {"agent": "c", "url": "ws://$HOST:$PORT/echo?deflate=on", "options": {"version": 18}}]}
EOF
if [ -n "${IMAGE:-}" ]; then
  docker run --rm --add-host host.docker.internal:host-gateway -v "$PWD:/config" -v "$PWD/reports:/reports" \
    --name "$NAME" "$IMAGE" wstest -m fuzzingclient -s /config/fuzzingclient.json 2>errors
else
  wstest -m fuzzingclient -s fuzzingclient.json 2>errors
fi
grep -q "^wstck: down at ws://$HOST:$DOWN is passed over: " errors
grep -q '"a"' reports/servers/index.json
grep -q '"b"' reports/servers/index.json
grep -q '"c"' reports/servers/index.json
if grep -q '"down"\|FAILED' reports/servers/index.json; then exit 1; fi

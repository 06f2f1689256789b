# A project's test script for its server: it judges the index with grep.
set -e
mkdir -p config reports
cat >config/fuzzingclient.json <<EOF
{"outdir": "/reports/servers", "servers": [{"agent": "my-server", "url": "ws://127.0.0.1:$PORT/echo"}],
 "cases": ["*"], "exclude-cases": ["9.*", "12.*", "13.*"], "exclude-agent-cases": {}}
EOF
if [ -n "${IMAGE:-}" ]; then
  docker run --rm --network host -v "$PWD/config:/config" -v "$PWD/reports:/reports" --name "$NAME" "$IMAGE" \
    wstest -m fuzzingclient -s /config/fuzzingclient.json
else
  sed -i "s,/reports/,./reports/," config/fuzzingclient.json
  wstest -m fuzzingclient -s "$PWD/config/fuzzingclient.json"
fi
if grep -q FAILED reports/servers/index.json; then exit 1; fi

# A project that judges four servers at once. One of them is down.
set -e
cat >fuzzingclient.json <<EOF
{"outdir": "./reports/servers", "cases": ["1.*", "2.*", "7.1.*"],
 "servers": [{"agent": "a", "url": "ws://localhost:$PORT/echo", "options": {"version": 18}},
             {"agent": "b", "url": "ws://127.0.0.1:$PORT/echo", "options": {"version": 18}},
             {"agent": "down", "url": "ws://localhost:$DOWN", "options": {"version": 18}},
             {"agent": "c", "url": "ws://localhost:$PORT/echo?deflate=on", "options": {"version": 18}}]}
EOF
wstest -m fuzzingclient -s fuzzingclient.json 2>errors
grep -q "^wstck: down at ws://localhost:$DOWN is passed over: " errors
grep -q '"a"' reports/servers/index.json
grep -q '"b"' reports/servers/index.json
grep -q '"c"' reports/servers/index.json
if grep -q '"down"\|FAILED' reports/servers/index.json; then exit 1; fi

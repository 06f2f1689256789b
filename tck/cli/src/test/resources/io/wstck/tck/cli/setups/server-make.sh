# A Makefile in a folder without a spec, which the first run writes.
set -e
printf 'autobahn:\n\twstest -m fuzzingclient -w "$(SERVER)"\n' >Makefile
if make autobahn SERVER="ws://localhost:$DOWN/chat"; then exit 1; fi
grep -q '"servers": \[{"url": "ws://127.0.0.1:9001"}\]' fuzzingclient.json
sed -i 's/"cases": .*/"cases": ["1.*", "5.*"],/' fuzzingclient.json
make autobahn SERVER="ws://localhost:$PORT/echo"
grep -q 'UnknownServer' reports/servers/index.html
if grep -q FAILED reports/servers/index.json; then exit 1; fi

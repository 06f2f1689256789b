# A compose file with the server and the driver as services. The server runs as a user without rights on a file system
# that is read-only except for the reports. The driver starts when the server listens.
set -e
mkdir -p config reports
chmod 777 reports
cat >config/fuzzingserver.json <<'EOF'
{
  "url": "ws://0.0.0.0:9001",
  "outdir": "/reports/clients",
  "cases": ["1.*", "2.*", "5.*"],
  "exclude-cases": [],
  "exclude-agent-cases": {}
}
EOF
cat >compose.yaml <<EOF
services:
  fuzzingserver:
    image: $IMAGE
    command: wstest --mode fuzzingserver --spec /config/fuzzingserver.json
    user: "1000:1000"
    read_only: true
    volumes:
      - ./config:/config:ro
      - ./reports:/reports
    healthcheck:
      test: nc 127.0.0.1 9001 </dev/null
      interval: 1s
      retries: 60
  driver:
    image: $DRIVER
    command: ws://fuzzingserver:9001
    depends_on:
      fuzzingserver: {condition: service_healthy}
EOF

if docker compose version >/dev/null 2>&1; then
  compose() { docker compose -p "$NAME-compose" -f compose.yaml "$@"; }
else
  compose() { docker-compose -p "$NAME-compose" -f compose.yaml "$@"; }
fi
trap 'compose down' EXIT
compose up --exit-code-from driver
compose run --rm --no-deps fuzzingserver wstck autobahn-run --judge /reports/clients
test "$(jq '.["coder-websocket"] | length' reports/clients/index.json)" -eq 47
jq -e '[.[][] | (.behavior, .behaviorClose) | IN("OK", "NON-STRICT", "INFORMATIONAL")] | all' reports/clients/index.json

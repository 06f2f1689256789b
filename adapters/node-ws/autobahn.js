// Drives the library ws through a fuzzing server's cases: an echo client, as the Autobahn Testsuite asks for.
'use strict';

const { once } = require('events');
const WebSocket = require('ws');

const server = (process.argv[2] ?? 'ws://127.0.0.1:9001').replace(/\/$/, '');
const agent = 'ws';

async function caseCount() {
  const ws = new WebSocket(`${server}/getCaseCount`);
  const closed = once(ws, 'close');
  const [count] = await once(ws, 'message');
  await closed;
  return Number(count);
}

async function runCase(number) {
  const ws = new WebSocket(`${server}/runCase?case=${number}&agent=${agent}`);
  ws.on('message', (data, isBinary) => ws.send(data, { binary: isBinary }));
  ws.on('error', (problem) => console.error(`case ${number}: ${problem.message}`));
  await new Promise((resolve) => ws.on('close', resolve));
}

async function main() {
  const count = await caseCount();
  for (let number = 1; number <= count; number++) await runCase(number);
  await once(new WebSocket(`${server}/updateReports?agent=${agent}`), 'close');
}

main();

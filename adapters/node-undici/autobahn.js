// Drives the WebSocket of the library undici through a fuzzing server's cases: an echo client, as the Autobahn Testsuite asks for.
'use strict';

const { once } = require('events');
const { WebSocket } = require('undici');

const server = (process.argv[2] ?? 'ws://127.0.0.1:9001').replace(/\/$/, '');
const agent = 'undici';

async function caseCount() {
  const ws = new WebSocket(`${server}/getCaseCount`);
  const closed = once(ws, 'close');
  const [{ data }] = await once(ws, 'message');
  await closed;
  return Number(data);
}

async function runCase(number) {
  const ws = new WebSocket(`${server}/runCase?case=${number}&agent=${agent}`);
  ws.binaryType = 'arraybuffer';
  ws.addEventListener('message', ({ data }) => ws.send(data));
  ws.addEventListener('error', ({ message }) => console.error(`case ${number}: ${message}`));
  await once(ws, 'close');
}

async function main() {
  const count = await caseCount();
  for (let number = 1; number <= count; number++) await runCase(number);
  await once(new WebSocket(`${server}/updateReports?agent=${agent}`), 'close');
}

main();

// Drives the library ws through a fuzzing server's cases, and asks for the status of each; a case that FAILED makes the status 1.
'use strict';

const { once } = require('events');
const { setTimeout: sleep } = require('timers/promises');
const WebSocket = require('ws');

const server = (process.argv[2] ?? 'ws://127.0.0.1:9001').replace(/\/$/, '');
const agent = 'ws';

async function ask(path) {
  const ws = new WebSocket(`${server}${path}`);
  const closed = new Promise((resolve) => ws.on('close', resolve));
  const [answer] = await once(ws, 'message');
  await closed;
  return JSON.parse(answer);
}

// The server may still be starting.
async function caseCount() {
  for (let attempt = 1; ; attempt++) {
    try {
      return await ask('/getCaseCount');
    } catch (problem) {
      if (attempt === 150) throw problem;
      await sleep(200);
    }
  }
}

async function runCase(number) {
  const ws = new WebSocket(`${server}/runCase?case=${number}&agent=${agent}`);
  ws.on('message', (data, isBinary) => ws.send(data, { binary: isBinary }));
  ws.on('error', () => {});
  await new Promise((resolve) => ws.on('close', resolve));
}

async function main() {
  const count = await caseCount();
  for (let number = 1; number <= count; number++) {
    const { id } = await ask(`/getCaseInfo?case=${number}`);
    await runCase(number);
    const { behavior } = await ask(`/getCaseStatus?case=${number}&agent=${agent}`);
    if (behavior === 'FAILED') {
      console.error(`${id}: ${behavior}`);
      process.exitCode = 1;
    }
  }
  await once(new WebSocket(`${server}/updateReports?agent=${agent}`), 'close');
}

main();

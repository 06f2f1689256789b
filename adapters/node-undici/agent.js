// wstck's agent for the WebSocket of the Node library undici: JSON lines in, JSON lines out (docs/adapters.md).
'use strict';

const fs = require('fs');
const net = require('net');
const readline = require('readline');
const { Agent, WebSocket, ping } = require('undici');
const { version } = require('undici/package.json');

const CAPABILITIES = ['headers', 'subprotocols', 'compression', 'limits', 'ping', 'tls'];
const BEHAVIOUR = { compresses: 'never', offers_deflate: 'always', options_not_settable: ['channel_capacity', 'compression'] };
const ABSENT = ['dial_timeout', 'read_timeout', 'write_timeout'];
// All that the documentation has; the standard allows fewer (https://websockets.spec.whatwg.org/#dom-websocket-close).
const DOCUMENTED_CODES = [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1011, 1012, 1013];

class Unsupported extends Error {}

// The documented options, as the constructor of WebSocket has them.
function webSocketInit(options) {
  for (const absent of ABSENT) {
    if (absent in options) throw new Unsupported(`${absent}: the library has none`);
  }
  return { protocols: options.protocols ?? [], headers: options.headers ?? {}, dispatcher: dispatcherFor(options.read_limit) };
}

// A limit is an option of the dispatcher; the library's own default is 128 MiB.
function dispatcherFor(limit) {
  if (limit === undefined) return dispatcher;
  return new Agent({ connect: { ca }, webSocket: { maxPayloadSize: limit } });
}

function textOf(bytes) {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Unsupported('the library takes text as a string, which cannot hold invalid UTF-8');
  }
}

// A connection whose messages wait for who receives them. The interface has no way to stop reading: there is no backpressure.
class Client {
  constructor(url, options) {
    this.queue = [];
    this.waiting = null;
    this.ws = new WebSocket(url, webSocketInit(options));
    this.ws.binaryType = 'arraybuffer';
    this.ws.addEventListener('message', ({ data }) => {
      const type = typeof data === 'string' ? 'text' : 'binary';
      this.queue.push({ type, data: Buffer.from(data).toString('base64') });
      this.wake();
    });
    this.opened = new Promise((resolve, reject) => {
      this.ws.addEventListener('open', resolve);
      this.ws.addEventListener('error', ({ message }) => {
        reject(new Error(message || 'the connection was not made; the library does not tell why'));
      });
    });
    this.closed = new Promise((resolve) => {
      this.ws.addEventListener('close', () => {
        this.ended = true;
        this.wake();
        resolve();
      });
    });
  }

  wake() {
    this.waiting?.();
  }

  // The next message, null when the connection has ended, "none" when neither came in time.
  async receive(wait) {
    if (!this.queue.length && !this.ended && wait !== 0) {
      let timer;
      await new Promise((resolve) => {
        this.waiting = resolve;
        if (wait) timer = setTimeout(resolve, wait);
      });
      this.waiting = null;
      clearTimeout(timer);
    }
    return this.queue.shift() ?? (this.ended ? null : 'none');
  }

  // The interface does not tell what came of it: on a connection that is closed it does nothing.
  send(bytes, binary) {
    this.ws.send(binary ? bytes : textOf(bytes));
    return true;
  }

  async close(code, reason) {
    try {
      this.ws.close(code, reason);
    } catch (problem) {
      if (problem.name === 'InvalidAccessError' && DOCUMENTED_CODES.includes(code)) {
        throw new Unsupported(`close(${code}): the interface can close with 1000 and 3000 to 4999 only`);
      }
      throw problem;
    }
    await this.closed;
    return true;
  }

  letGo() {
    this.ws.close();
    this.ended = true;
    this.wake();
  }
}

const clients = new Map();
const sessions = new Map();
let connects = 0;
let ca;
let dispatcher = new Agent();

function client({ client: name }) {
  if (!clients.has(name)) throw new Error(`no client ${name}`);
  return clients.get(name);
}

const operations = {
  async hello({ trust }) {
    if (trust) ca = fs.readFileSync(trust);
    dispatcher = new Agent({ connect: { ca } });
    return { name: 'undici', version, language: `Node ${process.version}`, capabilities: CAPABILITIES, behaviour: BEHAVIOUR };
  },
  async noop() {
    return true;
  },
  async connect({ session, url, options }) {
    const opened = new Client(url, options ?? {});
    await opened.opened;
    const name = `client-${++connects}`;
    clients.set(name, opened);
    sessions.set(session, [...(sessions.get(session) ?? []), name]);
    return name;
  },
  async send(request) {
    return client(request).send(Buffer.from(request.data, 'base64'), request.type === 2);
  },
  async ping(request) {
    ping(client(request).ws);
    return true;
  },
  async receive(request) {
    return client(request).receive(request.wait);
  },
  async echo(request) {
    let messages = 0;
    let bytes = 0;
    for (let message; (message = await client(request).receive()); messages++) {
      const data = Buffer.from(message.data, 'base64');
      bytes += data.length;
      client(request).send(data, message.type === 'binary');
    }
    return { messages, bytes };
  },
  async close(request) {
    return client(request).close(request.code, request.reason);
  },
  async end({ session }) {
    for (const name of sessions.get(session) ?? []) {
      clients.get(name).letGo();
      clients.delete(name);
    }
    sessions.delete(session);
    return true;
  },
};

async function answer(request) {
  const { id, op } = request;
  try {
    if (!Object.hasOwn(operations, op)) throw new Unsupported(`operation ${op}`);
    return { id, results: [await operations[op](request)] };
  } catch (problem) {
    if (problem instanceof Unsupported) return { id, unsupported: problem.message };
    const error = { kind: 'INTERNAL', message: String(problem), retryable: op === 'connect' };
    return { id, results: [null, { error }] };
  }
}

// Where the kit speaks: the TCP port that it names, or stdin and stdout.
function control() {
  const address = process.env.WSTCK_CONTROL;
  if (!address) return [process.stdin, process.stdout];
  const at = address.lastIndexOf(':');
  const socket = net.connect(Number(address.slice(at + 1)), address.slice(0, at)).setNoDelay();
  return [socket, socket];
}

const [input, output] = control();
readline.createInterface({ input }).on('line', async (line) => {
  output.write(JSON.stringify(await answer(JSON.parse(line))) + '\n');
}).on('close', () => process.exit());

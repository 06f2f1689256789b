// wstck's agent for the Node library ws: JSON lines in, JSON lines out (docs/adapters.md).
'use strict';

const fs = require('fs');
const net = require('net');
const readline = require('readline');
const WebSocket = require('ws');
const { version } = require('ws/package.json');

const CAPABILITIES = ['headers', 'subprotocols', 'compression', 'timeouts', 'limits', 'ping', 'tls', 'parallel-calls'];
const LARGEST_MESSAGE = 128 * 1024 * 1024; // what the documentation allows; the library's own default is 100 MiB
const HEAD_START = 50; // milliseconds that the first of several parallel calls is ahead
const MILLISECONDS = { h: 3600e3, m: 60e3, s: 1e3, ms: 1, us: 1e-3, 'µs': 1e-3, 'μs': 1e-3, ns: 1e-6 };

class Unsupported extends Error {}

// A number of milliseconds, or a Go duration such as "1m30s".
function milliseconds(duration) {
  if (typeof duration === 'number') return duration;
  const parts = [...String(duration).matchAll(/([\d.]+)(h|ms|m|s|us|µs|μs|ns)/g)];
  if (!parts.length || parts.map(([part]) => part).join('') !== duration) {
    throw new RangeError(`expected a duration, got ${duration}`);
  }
  return parts.reduce((sum, [, number, unit]) => sum + number * MILLISECONDS[unit], 0);
}

function deflate({ compression = 0, compression_threshold: threshold }) {
  if (![0, 1, 2].includes(compression)) throw new RangeError(`expected a compression mode, got ${compression}`);
  if (compression === 0) return false;
  const alone = compression === 2 || undefined; // false would refuse what the server may decide
  return { threshold, clientNoContextTakeover: alone, serverNoContextTakeover: alone };
}

// The documented options, as ws has them.
function wsOptions(options) {
  for (const absent of ['read_timeout', 'write_timeout']) {
    if (absent in options) throw new Unsupported(`${absent}: the library has none`);
  }
  const chosen = { perMessageDeflate: deflate(options), maxPayload: options.read_limit ?? LARGEST_MESSAGE };
  if ('headers' in options) chosen.headers = options.headers;
  if ('dial_timeout' in options) chosen.handshakeTimeout = milliseconds(options.dial_timeout);
  return chosen;
}

// A connection whose messages wait, up to a capacity, for who receives them; beyond it the socket is not read.
class Client {
  constructor(url, options, ca) {
    this.capacity = options.channel_capacity ?? 64;
    this.queue = [];
    this.waiting = null;
    this.closed = false;
    this.ws = new WebSocket(url, options.protocols ?? [], { ...wsOptions(options), ca });
    this.ws.on('message', (data, isBinary) => {
      this.queue.push({ type: isBinary ? 'binary' : 'text', data: data.toString('base64') });
      if (this.queue.length >= this.capacity) this.ws.pause();
      this.wake();
    });
    this.opened = new Promise((resolve, reject) => this.ws.on('open', resolve).on('error', reject));
    this.ws.on('close', () => {
      this.closed = true;
      this.wake();
    });
  }

  wake() {
    this.waiting?.();
  }

  // The next message, null when the connection has ended, "none" when neither came in time.
  async receive(wait) {
    if (!this.queue.length && !this.closed && wait !== 0) {
      let timer;
      await new Promise((resolve) => {
        this.waiting = resolve;
        if (wait) timer = setTimeout(resolve, wait);
      });
      this.waiting = null;
      clearTimeout(timer);
    }
    if (!this.queue.length) return this.closed ? null : 'none';
    const message = this.queue.shift();
    if (this.queue.length < this.capacity && this.ws.isPaused) this.ws.resume();
    return message;
  }

  send(data, binary) {
    return new Promise((resolve, reject) => {
      this.ws.send(data, { binary }, (problem) => (problem ? reject(problem) : resolve(true)));
    });
  }

  ping() {
    return new Promise((resolve, reject) => {
      this.ws.ping(undefined, undefined, (problem) => (problem ? reject(problem) : resolve(true)));
    });
  }
}

const clients = new Map();
const sessions = new Map();
let connects = 0;
let ca;

function client({ client: name }) {
  if (!clients.has(name)) throw new Error(`no client ${name}`);
  return clients.get(name);
}

function failure(problem, retryable = false) {
  return { error: { kind: 'INTERNAL', message: String(problem), retryable } };
}

const operations = {
  async hello({ trust }) {
    if (trust) ca = fs.readFileSync(trust);
    return { name: 'ws', version, language: `Node ${process.version}`, capabilities: CAPABILITIES };
  },
  async noop() {
    return true;
  },
  async connect({ session, url, options }) {
    const opened = new Client(url, options ?? {}, ca);
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
    return client(request).ping();
  },
  async parallel({ client: name, calls: [first, ...others] }) {
    const make = (call) => operations[call.op]({ ...call, client: name }).then(() => true, (problem) => failure(problem));
    const made = [make(first)];
    await new Promise((resolve) => setTimeout(resolve, HEAD_START));
    return Promise.all([...made, ...others.map(make)]);
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
      await client(request).send(data, message.type === 'binary');
    }
    return { messages, bytes };
  },
  async close(request) {
    client(request).ws.close(request.code, request.reason);
    return true;
  },
  async end({ session }) {
    for (const name of sessions.get(session) ?? []) {
      clients.get(name).ws.terminate();
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
    return { id, results: [null, failure(problem, op === 'connect')] };
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

// A page that is an agent of wstck (docs/adapters.md): makes the kit's calls with this browser's WebSocket. Requests come as the lines of
// a response that does not end, answers go out as the bodies of requests.
"use strict";

// The kit says in the address of the page whether the browser trusts its authority.
const CAPABILITIES = ["subprotocols", "web", "page", ...(location.search === "?tls" ? ["tls"] : [])];
const NOT_THERE = [
  "headers", "dial_timeout", "read_timeout", "write_timeout", "read_limit", "channel_capacity", "compression", "compression_threshold",
];

class Unsupported extends Error {}

function bytesOf(base64) {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

function base64Of(bytes) {
  let text = "";
  for (let at = 0; at < bytes.length; at += 32768) text += String.fromCharCode(...bytes.subarray(at, at + 32768));
  return btoa(text);
}

function textOf(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Unsupported("a browser takes text as a string, which cannot hold invalid UTF-8");
  }
}

// A connection whose messages wait for who receives them. A page cannot stop reading: there is no backpressure.
class Client {
  constructor(url, protocols) {
    this.queue = [];
    this.waiting = [];
    this.closed = false;
    this.socket = new WebSocket(url, protocols);
    this.socket.binaryType = "arraybuffer";
    this.socket.onmessage = ({ data }) => {
      const text = typeof data === "string";
      const bytes = text ? new TextEncoder().encode(data) : new Uint8Array(data);
      this.queue.push({ type: text ? "text" : "binary", data: base64Of(bytes) });
      this.wake();
    };
    this.opened = new Promise((resolve, reject) => {
      this.socket.onopen = resolve;
      this.socket.onclose = ({ code, reason, wasClean }) => {
        this.event = { code, reason, wasClean };
        this.end();
        reject(new Error(`the connection was not made (${code}); a browser does not tell why`));
      };
    });
  }

  end() {
    this.closed = true;
    this.wake();
  }

  // Each who waits looks again.
  wake() {
    for (const resolve of this.waiting.splice(0)) resolve();
  }

  // The next message, null when the connection has ended, "none" when neither came in time.
  async receive(wait) {
    const end = wait === undefined ? Infinity : performance.now() + wait;
    while (this.queue.length === 0 && !this.closed && performance.now() < end) {
      let timer;
      await new Promise((resolve) => {
        this.waiting.push(resolve);
        if (end !== Infinity) timer = setTimeout(resolve, Math.ceil(end - performance.now()));
      });
      clearTimeout(timer);
    }
    return this.queue.shift() ?? (this.closed ? null : "none");
  }

  // Whether it has come to anything send() does not tell: on a connection that is closed it does nothing.
  send(bytes, binary) {
    this.socket.send(binary ? bytes : textOf(bytes));
    return true;
  }

  async echo() {
    let messages = 0;
    let size = 0;
    for (let message; (message = await this.receive()) !== null; messages++) {
      const bytes = bytesOf(message.data);
      size += bytes.length;
      this.send(bytes, message.type === "binary");
    }
    return { messages, bytes: size };
  }

  close(code, reason) {
    this.socket.close(code, reason);
    return true;
  }

  attributes() {
    const { url, readyState, bufferedAmount, extensions, protocol } = this.socket;
    return { url, readyState, bufferedAmount, extensions, protocol, close: this.event };
  }
}

const clients = new Map();
const sessions = new Map();
let connections = 0;

function client({ client: name }) {
  if (!clients.has(name)) throw new Error(`no client ${name}`);
  return clients.get(name);
}

function letGo(names) {
  for (const name of names) {
    clients.get(name).socket.close();
    // A peer that does not answer would keep the browser waiting for a minute.
    clients.get(name).end();
    clients.delete(name);
  }
}

// What the browser calls itself: the brand that Chromium and its kin give, or what stands in the user agent of the others.
async function browser() {
  const given = await navigator.userAgentData?.getHighEntropyValues(["fullVersionList"]);
  const brands = given?.fullVersionList?.filter(({ brand }) => !/not.*brand/i.test(brand)) ?? [];
  const brand = brands.find(({ brand }) => !/^(Headless)?Chrom(e|ium)$/.test(brand)) ?? brands[0];
  if (brand) return [brand.brand.replace(/^HeadlessChrome$/, "Chromium"), brand.version];
  const [, name, version] = /(Firefox|Chrome|Version)\/([\d.]+)/.exec(navigator.userAgent) ?? [null, "browser", "unknown"];
  return [name === "Version" ? "Safari" : name, version];
}

const operations = {
  async hello() {
    const [name, version] = await browser();
    return { name, version, language: "JavaScript", capabilities: CAPABILITIES };
  },
  noop() {
    return true;
  },
  async connect({ session, url, options }) {
    const missing = Object.keys(options).filter((name) => NOT_THERE.includes(name));
    if (missing.length > 0) throw new Unsupported(`a browser has no option ${missing.join(", ")}`);
    const made = new Client(url, options.protocols ?? []);
    const name = `client-${++connections}`;
    clients.set(name, made);
    sessions.set(session, [...(sessions.get(session) ?? []), name]);
    await made.opened;
    return name;
  },
  send: (request) => client(request).send(bytesOf(request.data), request.type === 2),
  receive: (request) => client(request).receive(request.wait),
  echo: (request) => client(request).echo(),
  close: (request) => client(request).close(request.code, request.reason),
  attributes: (request) => client(request).attributes(),
  end({ session }) {
    letGo(sessions.get(session) ?? []);
    sessions.delete(session);
    return true;
  },
};

async function answer({ id, op, ...request }) {
  try {
    if (!Object.hasOwn(operations, op)) throw new Unsupported(`a browser has nothing for ${op}`);
    return { id, results: [await operations[op](request)] };
  } catch (problem) {
    if (problem instanceof Unsupported) return { id, unsupported: problem.message };
    const error = { kind: "INTERNAL", message: String(problem), retryable: op === "connect" };
    return { id, results: [null, { error }] };
  }
}

// Talking with the kit

const AGAIN = 1000;
// Each visit has a name of its own: what an earlier one has still to answer is nobody's any more.
let page = "";
let failures = 0;
let waiting = [];
let posting = false;
let calls = 0;

function tell(kind, sentence) {
  const state = document.getElementById("state");
  state.dataset.kind = kind;
  if (state.textContent !== sentence) state.textContent = sentence;
  document.getElementById("connections").textContent = connections.toLocaleString("en");
  document.getElementById("calls").textContent = calls.toLocaleString("en");
}

// One request for all answers that wait: a browser makes only a few at once.
async function post(reply, visited) {
  if (visited !== page) return;
  calls++;
  waiting.push(`${JSON.stringify(reply)}\n`);
  if (posting) return;
  posting = true;
  while (waiting.length > 0) {
    const body = new Blob(waiting, { type: "application/json" });
    waiting = [];
    tell("judging", "This browser is being judged.");
    await fetch(`answers?${page}`, { method: "POST", body }).catch(() => {});
  }
  posting = false;
}

async function* lines(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let parts = [];
  for (let { value, done } = await reader.read(); !done; { value, done } = await reader.read()) {
    const pieces = value.split("\n");
    parts.push(pieces.shift());
    for (const piece of pieces) {
      const line = parts.join("");
      parts = [piece];
      if (line !== "") yield line;
    }
  }
}

// Offers this page, and answers what comes until the kit lets it go.
async function visit() {
  page = crypto.randomUUID();
  waiting = [];
  const visited = page;
  const response = await fetch(`requests?${page}`, { method: "POST" });
  if (response.status !== 200) {
    tell("refused", await response.text());
    return;
  }
  failures = 0;
  tell("judging", "This browser is being judged.");
  for await (const line of lines(response.body)) answer(JSON.parse(line)).then((reply) => post(reply, visited));
}

async function main() {
  tell("waiting", "Looking for the kit.");
  while (failures < 3) {
    try {
      await visit();
      failures = 0;
    } catch {
      failures++;
    }
    letGo(clients.keys());
    sessions.clear();
    await new Promise((resolve) => setTimeout(resolve, AGAIN));
  }
  tell("ended", "The kit has ended; this page can be closed.");
  document.title = "wstck has ended";
}

addEventListener("pagehide", () => navigator.sendBeacon(`gone?${page}`));
main();

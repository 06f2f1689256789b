// The script of the index page: a form to try each endpoint, and a live list of open connections with their frames.
// Text of clients becomes text nodes only, with visible control and format characters.

const MAX_CONNECTIONS = 40;
const MAX_ROWS = 150;
const MAX_LINES = 200;
const OPCODES = { 0: "CONTINUATION", 1: "TEXT", 2: "BINARY", 8: "CLOSE", 9: "PING", 10: "PONG" };

function printable(text) {
  return String(text).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, (one) => `\\u{${one.codePointAt(0).toString(16)}}`);
}

function el(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value);
  }
  for (const child of children) element.append(child instanceof Node ? child : printable(child));
  return element;
}

// Forms for endpoints

/** A log that keeps its last lines. */
function createLog() {
  const lines = el("pre", { class: "log", role: "log", tabindex: "0", "aria-label": "Log" });
  return { element: lines, add: (line) => {
    lines.append(`${printable(line)}\n`);
    while (lines.childNodes.length > MAX_LINES) lines.firstChild.remove();
    lines.scrollTop = lines.scrollHeight;
  } };
}

function websocketForm(path) {
  const log = createLog();
  const target = el("input", { name: "path", value: path, spellcheck: "false" });
  const protocol = el("input", { name: "protocol", placeholder: "none", spellcheck: "false" });
  const message = el("input", { name: "message", value: "hello" });
  const connect = el("button", {}, "Connect");
  const send = el("button", { type: "button", disabled: "" }, "Send");
  const close = el("button", { type: "button", disabled: "" }, "Close");
  let socket = null;
  const state = (open) => {
    send.disabled = !open;
    close.disabled = socket === null;
    connect.disabled = socket !== null;
  };
  const form = el("form", { onsubmit: (event) => {
    event.preventDefault();
    const offered = protocol.value.split(",").map((word) => word.trim()).filter((word) => word !== "");
    try {
      socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}${target.value}`, offered);
    } catch (problem) {
      log.add(problem.message);
      return;
    }
    socket.binaryType = "arraybuffer";
    log.add(`connecting to ${socket.url}`);
    socket.onopen = () => {
      log.add(`open${socket.protocol ? `, protocol ${socket.protocol}` : ""}${socket.extensions ? `, ${socket.extensions}` : ""}`);
      state(true);
    };
    socket.onmessage = ({ data }) => log.add(typeof data === "string" ? `← ${data.slice(0, 2000)}` : `← ${data.byteLength} bytes, binary`);
    socket.onerror = () => log.add("error (browsers do not tell the cause)");
    socket.onclose = ({ code, reason, wasClean }) => {
      log.add(`closed ${wasClean ? "cleanly" : "uncleanly"}, ${code} "${reason}"`);
      socket = null;
      state(false);
    };
    state(false);
  } }, el("label", {}, "Path", target), el("label", {}, "Subprotocols", protocol), connect, close, el("label", {}, "Message", message), send);
  send.addEventListener("click", () => {
    socket.send(message.value);
    log.add(`→ ${message.value}`);
  });
  close.addEventListener("click", () => socket?.close());
  return [form, log.element];
}

// The server accepts only JSON bodies. A page of another site cannot send that type without a preflight request.
function post(body) {
  return body === "" ? { method: "POST" } : { method: "POST", headers: { "Content-Type": "application/json" }, body };
}

function requestForm(method, path) {
  const log = createLog();
  const target = el("input", { name: "path", value: path, spellcheck: "false" });
  const example = '{"servers": {"main": {"frames": [{"op": "echo"}]}}}';
  const body = el("textarea", { name: "body", rows: "3", spellcheck: "false" }, path === "/scenarios" ? example : "");
  const posts = method === "POST";
  const form = el("form", { onsubmit: async (event) => {
    event.preventDefault();
    try {
      const answer = await fetch(target.value, posts ? post(body.value) : {});
      log.add(`${answer.status} ${answer.statusText}\n${(await answer.text()).slice(0, 20_000)}`);
    } catch (problem) {
      log.add(problem.message);
    }
  } }, el("label", {}, "Path", target), ...(posts ? [el("label", {}, "Body", body)] : []), el("button", {}, posts ? "Post" : "Get"));
  return [form, log.element];
}

for (const row of document.querySelectorAll("tr[data-access]")) {
  const { access, path, example } = row.dataset;
  if (path === "/" || path === "/live") continue;
  const start = example || path.replace(/\?.*/, "");
  row.lastElementChild.append(el("details", {}, el("summary", {}, "Try it"),
    ...(access === "WEBSOCKET" ? websocketForm(start) : requestForm(access, start))));
}

// Live connections

const live = document.getElementById("live");
const state = document.getElementById("live-state");
const shown = new Map();

function connectionView(number, label) {
  if (!shown.has(number)) {
    const rows = el("ol", { class: "rows", tabindex: "0", "aria-label": `Frames of connection ${number}` });
    const element = el("section", { class: "connection" }, el("h3", {}, `#${number} `, el("code", {}, label)), rows);
    live.prepend(element);
    shown.set(number, { element, rows });
    for (const [old, { element: block }] of shown) {
      if (shown.size <= MAX_CONNECTIONS) break;
      block.remove();
      shown.delete(old);
    }
  }
  return shown.get(number);
}

function showEvent({ connection, ms, opened, entry, ended }) {
  const view = connectionView(connection, opened ?? "");
  if (ended) view.element.classList.add("over");
  const line = opened !== undefined ? ["", "opened"] : ended ? ["", "over"] : describe(entry);
  if (line === null) return;
  view.rows.append(el("li", { class: line[0] }, el("span", { class: "ms" }, `${ms.toFixed(1)} ms`),
    el("span", {}, line[1], ...heads(entry?.heads ?? [], line[2] ?? ""))));
  while (view.rows.childElementCount > MAX_ROWS) view.rows.firstElementChild.remove();
  view.rows.scrollTop = view.rows.scrollHeight;
  showState();
}

/** The header lines of heads. The second and later heads also have their first lines. */
function heads(list, arrow) {
  return list.flatMap((head, number) => [
    ...(number === 0 ? [] : [el("span", { class: "head" }, `${arrow} ${head.line}`)]),
    head.lines.length === 0 ? "" : el("ul", { class: "headers" }, ...head.lines.map((line) => el("li", {}, line))),
  ]);
}

function describe(entry) {
  const arrow = entry.direction === "in" || ["request", "unread"].includes(entry.type) ? "→" : "←";
  if (entry.heads) return [arrow === "→" ? "in" : "out", `${arrow} ${entry.heads[0].line}`, arrow];
  switch (entry.type) {
    case "frame": return [entry.direction, `${entry.direction === "in" ? "→" : "←"} ${frame(entry)}`];
    case "message": return entry.compressed ? [entry.direction, `${arrow} ${message(entry)}`] : null;
    case "violation": return ["violation", `✗ violation ${entry.rule}: ${entry.detail} (${entry.source})`];
    case "close-notify": return ["in", "→ TLS ended by the client (close_notify)"];
    case "client-ended": return ["in", `→ TCP ended by the client (${entry.how === "ended" ? "fin or rst" : entry.how})`];
    case "unread": return ["in", `→ ${entry.length} bytes left unread: ${entry.detail}`];
    case "server-ended": return ["out", `← TCP ended by the server (${entry.how})${entry.cause ? ", since a step was not met" : ""}`];
    case "bytes": return [entry.direction, `${entry.direction === "in" ? "→" : "←"} ${entry.length} raw bytes`];
    case "trouble": return ["violation", `✗ trouble: ${entry.detail}`];
    default: return null;
  }
}

function message(entry) {
  return `= ${entry.message_type} message, ${entry.length} bytes, compressed to ${entry.wire_length}: ${payload(entry)}`;
}

function frame(entry) {
  const flags = [entry.fin ? "" : " not final", entry.rsv ? ` rsv=${entry.rsv}` : "", entry.mask ? " masked" : ""].join("");
  return `${OPCODES[entry.opcode] ?? `opcode ${entry.opcode}`}${flags} ${entry.length} bytes ${payload(entry)}`;
}

function payload(entry) {
  const more = entry.cut || entry.head ? "…" : "";
  if (entry.text !== undefined) return `"${entry.text}"${more}`;
  const bytes = Uint8Array.from(atob((entry.data ?? entry.head ?? "").slice(0, 88)), (one) => one.charCodeAt(0));
  if (entry.opcode === 8 && bytes.length >= 2) {
    return `${(bytes[0] << 8) | bytes[1]} "${new TextDecoder().decode(bytes.slice(2))}"`;
  }
  return Array.from(bytes, (one) => one.toString(16).padStart(2, "0")).join(" ") + more;
}

function showState() {
  const open = [...shown.values()].filter(({ element }) => !element.classList.contains("over")).length;
  state.textContent = open === 0 ? "None. Watching." : `${open} open. Watching.`;
}

const events = new EventSource("/live");
events.onopen = () => {
  live.replaceChildren();
  shown.clear();
  showState();
};
events.onmessage = ({ data }) => showEvent(JSON.parse(data));
events.onerror = () => {
  state.textContent = events.readyState === EventSource.CLOSED
    ? "Not watching: the server has reached its limit of viewers, or has ended. Reload the page to watch."
    : "Not watching: this page was too slow, or the server has ended. Trying again.";
};

// One play of a case as a sequence diagram: time runs down, the client is left, the server right.

const OPCODES = { 0: "CONTINUATION", 1: "TEXT", 2: "BINARY", 8: "CLOSE", 9: "PING", 10: "PONG" };
const QUIET_MS = 50;

function drawSequence(rows) {
  const connections = new Set(rows.map((row) => row.connection).filter((number) => number > 0)).size;
  const body = el("tbody");
  const offended = new Set();
  let before = null;
  for (const row of rows) {
    const last = row.kind === "check" && row.by === "wire";
    if (!last && before !== null && row.ms - before >= QUIET_MS) body.append(quiet(row.ms - before));
    if (!last) before = row.ms;
    body.append(rowOf(row, connections, offended));
  }
  return el("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": "Sequence diagram" },
    el("table", { class: "sequence" },
      el("caption", {}, "What happened, in time"),
      el("thead", {}, el("tr", {}, el("th", { scope: "col" }, "ms"), el("th", { scope: "col" }, "Client"),
        el("th", { scope: "col" }, "Wire"), el("th", { scope: "col" }, "Server"))),
      body));
}

function quiet(ms) {
  return el("tr", { class: "quiet" }, el("td", {}), el("td", {}), el("td", {}, `${milliseconds(ms)} later`), el("td", {}));
}

function rowOf(row, connections, offended) {
  if (row.kind === "gap") return gap(row);
  if (row.kind === "check") return checkRow(row, connections, offended);
  const offending = row.from === "client" && offended.delete(row.connection);
  const tag = connections > 1 && row.connection ? el("span", { class: "connection" }, `#${row.connection}`) : null;
  const what = row.kind === "frame" ? frame(row) : [el("span", { class: "words" }, wordsOf(row)), content(row)];
  const arrow = row.from ? `arrow from-${row.from === "client" ? "client" : "server"}` : "aside";
  const sides = row.from ? el("span", { class: "heard" }, row.from === "client" ? "client to server: " : "server to client: ") : null;
  return el("tr", { class: `${row.kind === "frame" ? "frame" : "note"}${offending ? " offending" : ""}` },
    el("td", { class: "time" }, row.ms.toFixed(2)), el("td", {}),
    el("td", { class: "wire" }, el("div", { class: arrow }, sides, tag, what,
      offending ? el("strong", { class: "flag bad" }, "violation") : null, headers(row))),
    el("td", {}));
}

/** Below the first line of a request or an answer: its headers, how many more it has, and what it negotiates. */
function headers(row) {
  if (row.headers === undefined) return null;
  const rest = row.headers_left_out ?? 0;
  const lines = [...row.headers, ...(rest > 0 ? [`… ${plural(rest, "more header", "more headers")}`] : [])].map((line) => el("li", {}, line));
  if (row.negotiated) lines.push(el("li", { class: "negotiated" }, row.negotiated));
  return lines.length === 0 ? null : el("ul", { class: "headers" }, lines);
}

/** The inflated content of a message. */
function content(row) {
  return row.kind === "message" && row.payload ? payload(row.payload) : null;
}

function wordsOf(row) {
  if (row.kind === "script-ended") return "the script has ended";
  if (row.kind === "epilogue") return "epilogue: what follows is not judged";
  return row.text;
}

function gap(row) {
  const lost = row.not_met > 0 ? `, ${row.not_met} of them not met` : "";
  return el("tr", { class: "quiet" }, el("td", { colspan: "4" },
    `${plural(row.rows, "row")} left out here${lost}; the transcript in the events file has them`));
}

function frame(row) {
  return [
    el("b", { class: `opcode op-${OPCODES[row.opcode] ? row.opcode : "reserved"}` }, OPCODES[row.opcode] ?? `opcode ${row.opcode}`),
    flags(row).map(([words, mood]) => el("span", { class: `flag ${mood}` }, words)),
    el("span", { class: "length" }, row.length === "1" ? "1 byte" : `${row.length} bytes`),
    payload(row),
  ];
}

/** Flags of a frame; "odd" are those that a plain message does not have. */
function flags(row) {
  const list = [row.fin === false ? ["no FIN", "odd"] : ["FIN", "usual"]];
  if (row.rsv & 4) list.push(["RSV1", "odd"]);
  if (row.rsv & 2) list.push(["RSV2", "odd"]);
  if (row.rsv & 1) list.push(["RSV3", "odd"]);
  if (row.length_form) list.push([`length in the ${row.length_form}-bit form`, "odd"]);
  if (row.mask) list.push([`mask ${row.mask}`, row.from === "client" ? "usual" : "odd"]);
  else if (row.from === "client") list.push(["unmasked", "odd"]);
  if (row.from === "server" && illegal(row)) list.push(["breaks RFC 6455", "odd"]);
  return list;
}

function illegal(row) {
  const control = row.opcode >= 8;
  return Boolean(row.mask) || !OPCODES[row.opcode] || (control && (row.fin === false || Number(row.length) > 125));
}

const LONGEST_HEX = 64;

function payload(row) {
  const more = row.cut ? "…" : "";
  if (row.text !== undefined && isReadable(row.text)) return el("code", { class: "payload" }, `"${row.text}"${more}`);
  if (row.close !== undefined) return el("code", { class: "payload" }, row.close);
  const hex = row.text === undefined ? row.hex : hexOf(row.text);
  if (hex === undefined) return null;
  const shown = hex.slice(0, 2 * LONGEST_HEX);
  return el("code", { class: "payload hex" }, shown.replace(/(..)(?=.)/g, "$1 "), more || hex.length > shown.length ? " …" : "");
}

/** Text that is mostly control characters is read more easily byte by byte. */
function isReadable(text) {
  return (text.match(INVISIBLE)?.length ?? 0) * 4 <= text.length;
}

function hexOf(text) {
  return Array.from(new TextEncoder().encode(text), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function checkRow(row, connections, offended) {
  const violation = row.by === "server" && row.what.startsWith("violation ");
  if (violation) offended.add(row.connection);
  const tag = connections > 1 && row.connection ? el("span", { class: "connection" }, `#${row.connection}`) : null;
  const card = el("div", { class: `card ${moodOf(row)}` }, tag, checkWords(row));
  const cells = row.by === "script" ? [card, null, null] : row.by === "server" ? [null, null, card] : [null, card, null];
  return el("tr", { class: `check by-${row.by}` },
    el("td", { class: "time" }, row.by === "wire" ? "" : row.ms.toFixed(2)),
    cells.map((cell, at) => el("td", { class: at === 1 ? "wire" : undefined }, cell)));
}

function moodOf(row) {
  return row.outcome === "met" ? "met" : row.outcome !== "failed" || row.should ? "doubtful" : "not-met";
}

function checkWords(row) {
  if (row.outcome === "met") {
    return [el("span", { class: "sign", "aria-hidden": "true" }, "✓ "), el("span", { class: "heard" }, "met: "),
      el("b", {}, row.by === "wire" ? `wire: ${row.what}` : row.what), row.by === "server" ? "" : ` ${seen(row)}`, at(row)];
  }
  return [el("span", { class: "sign", "aria-hidden": "true" }, "✗ "), el("span", { class: "heard" }, "not met: "),
    el("b", {}, row.by === "wire" ? `wire: ${row.what}` : row.what), row.should ? " (should)" : "",
    row.outcome === "in-doubt" ? " (in doubt)" : row.outcome === "not-judged" ? " (not judged)" : "", at(row), sideBySide(row.expected, row.actual)];
}

/** Of a condition that held, the condition: what came is only that it did. */
function seen(row) {
  return (row.what === "ok" || row.what === "condition" ? row.expected : row.actual) ?? "";
}

function at(row) {
  return row.at ? el("span", { class: "at" }, ` ${row.at}`) : null;
}

/** What was expected, and beside it what came. */
function sideBySide(expected, actual) {
  if (!expected && !actual) return null;
  return el("dl", { class: "sides" },
    el("div", { class: "expected" }, el("dt", {}, "Expected"), el("dd", {}, expected || "–")),
    el("div", { class: "actual" }, el("dt", {}, "Actual"), el("dd", {}, actual || "–")));
}

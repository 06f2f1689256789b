// Everything about one case in one run.

/** Fills an element with the case; rounds of a repeated run are chosen in it. */
function drawCase(into, testCase, run) {
  const results = testCase.results[run];
  into.replaceChildren();
  if (results.length === 0) {
    into.append(el("p", { class: "notice" }, "This run did not play the case."));
    return Promise.resolve();
  }
  const place = el("div", { class: "result" });
  const first = Math.max(0, results.findIndex((result) => result.verdict === worst(results.map((one) => one.verdict))));
  if (results.length > 1) into.append(rounds(results, first, (chosen) => drawResult(place, testCase, results[chosen], run)));
  into.append(place);
  return drawResult(place, testCase, results[first], run);
}

function rounds(results, first, chosen) {
  return el("label", { class: "rounds" }, "Round ", el("select", { onchange: (event) => chosen(Number(event.target.value)) },
    results.map((result, number) => el("option", { value: number, selected: number === first },
      `${result.round}: ${result.verdict.toLowerCase()}`))));
}

async function drawResult(place, testCase, result, run) {
  place.replaceChildren(el("p", {}, "Reading …"));
  let detail;
  try {
    detail = await detailOf(result.detail);
  } catch (problem) {
    place.replaceChildren(el("p", { class: "notice", role: "alert" }, `The details of this case cannot be read: ${problem.message}`));
    return;
  }
  place.replaceChildren();
  append(place, [
    finding(result, detail),
    causeOf(result),
    witnesses(detail),
    detail.sequence.length > 0 ? drawSequence(detail.sequence) : plainTranscript(detail),
    measured(detail),
    script(testCase, detail),
    again(testCase, index.runs[run].command),
  ]);
}

/** The command that plays the case again, if the run names one, and a link to the case. */
function again(testCase, command) {
  const parts = [command === "" ? null : ["Again: ", el("code", {}, `${command} --only ${shellWord(testCase.id)}`)],
    manyRuns ? null : el("a", { href: linkTo(testCase.id) }, "link to this case")].filter((part) => part !== null);
  return parts.length === 0 ? null : el("p", { class: "again" }, parts.length === 1 ? parts : [parts[0], " · ", parts[1]]);
}

function finding(result, detail) {
  const facts = [detail.ms === undefined ? "" : milliseconds(detail.ms),
    detail.attempts > 1 ? `played ${detail.attempts} times` : ""].filter((text) => text !== "").join(", ");
  return el("div", { class: `finding ${result.verdict.toLowerCase()}` },
    el("p", {}, badge(result.verdict), " ", detail.reason, el("span", { class: "took" }, facts === "" ? "" : ` · ${facts}`)),
    sideBySide(detail.expected, detail.actual),
    (detail.parts ?? []).length === 0 ? null : el("ul", { class: "parts" }, detail.parts.map((part) => el("li", {}, part))),
    detail.hint ? el("p", { class: "hint" }, `Hint: ${detail.hint}`) : null,
    ...(detail.earlier ?? []).map((attempt) => el("p", { class: "earlier" }, `Earlier attempt: ${attempt}`)));
}

/** The two witnesses beside each other: the script at the client's end, the server's record at the other. */
function witnesses(detail) {
  const checks = detail.sequence.filter((row) => row.kind === "check");
  if (checks.length === 0) return null;
  return el("div", { class: "witnesses" },
    witness("What the script saw", checks.filter((row) => row.by === "script")),
    witness("What the wire showed", checks.filter((row) => row.by !== "script")));
}

const MOST_LISTED = 30;

function witness(title, checks) {
  const failed = checks.filter((row) => row.outcome !== "met");
  const listed = checks.length <= MOST_LISTED ? checks : [...failed, ...checks.filter((row) => row.outcome === "met")].slice(0, MOST_LISTED);
  const left = checks.length - listed.length;
  return el("section", {}, el("h3", {}, title),
    el("p", { class: "tally" }, checks.length === 0 ? "no checks"
      : `${checks.length - failed.length} of ${plural(checks.length, "check")} met`),
    el("ul", {}, listed.map((row) => el("li", { class: moodOf(row) }, checkWords(row)))),
    left > 0 ? el("p", { class: "tally" }, `${plural(left, "more is", "more are")} in the diagram`) : null);
}

function plainTranscript(detail) {
  if (detail.left_out) return el("p", { class: "notice" }, "Left out, or the report would be too large: the events file has the transcript.");
  if (detail.transcript.length === 0) return el("p", { class: "tally" }, "There is no transcript.");
  return el("pre", { class: "transcript", tabindex: "0", role: "group", "aria-label": "Transcript" }, printableText(detail.transcript.join("\n")));
}

function printableText(text) {
  return document.createTextNode(printableLines(text));
}

function measured(detail) {
  if (detail.measured.length === 0) return null;
  return el("ul", { class: "measured" }, detail.measured.map((time) =>
    el("li", {}, `${time.what}: ${time.ms.toFixed(1)} ms, expected ${time.min_ms.toFixed(0)} to ${time.max_ms.toFixed(0)} ms`)));
}

/** The case's own text, with the lines marked whose checks were not met. */
function script(testCase, detail) {
  if (!detail.script) return null;
  const begin = Number(/:(\d+)$/.exec(testCase.source)?.[1] ?? 1);
  const file = testCase.source.replace(/^.*\//, "").replace(/:\d+$/, "");
  const marked = new Set(detail.sequence.filter((row) => row.kind === "check" && row.outcome !== "met")
    .map((row) => /([^/]*):(\d+)$/.exec(row.at ?? "")).filter((match) => match?.[1] === file).map((match) => Number(match[2])));
  return el("details", { class: "script", open: marked.size > 0 }, el("summary", {}, "Script, ", el("code", {}, testCase.source)),
    el("pre", { tabindex: "0", role: "group", "aria-label": "Lua source" }, detail.script.split("\n").map((line, number) =>
      el("span", { class: marked.has(begin + number) ? "line marked" : "line" },
        el("span", { class: "number", "aria-hidden": "true" }, String(begin + number).padStart(4)),
        document.createTextNode(printableLines(`  ${line}\n`))))));
}

function shellWord(word) {
  return /^[\w.*+:@%\/-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

function linkTo(id) {
  return `#case=${encodeURIComponent(id.toWellFormed())}`;
}

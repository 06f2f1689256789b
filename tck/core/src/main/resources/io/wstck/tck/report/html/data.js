// What the report shows: the index, which is read at once, and the details, which are packed and unpacked when they are asked for.

const index = JSON.parse(document.getElementById("index").textContent);
const manyRuns = index.runs.length > 1;

// The worst first: a case of several rounds, and a clause of several cases, are shown as their worst.
const VERDICTS = ["FAILED", "INCONCLUSIVE", "WARNED", "KNOWN", "OBSERVED", "SKIPPED", "PASSED"];
const GLYPHS = { FAILED: "✗", INCONCLUSIVE: "?", WARNED: "!", KNOWN: "≈", OBSERVED: "○", SKIPPED: "–", PASSED: "✓" };
const FINDINGS = new Set(["FAILED", "INCONCLUSIVE", "WARNED"]);

function worst(verdicts) {
  return VERDICTS.find((verdict) => verdicts.includes(verdict)) ?? verdicts[0];
}

/** The verdict of a case in one run; undefined when that run did not play it. */
function verdictIn(testCase, run) {
  const results = testCase.results[run];
  return results.length === 0 ? undefined : worst(results.map((result) => result.verdict));
}

function verdictsOf(testCase) {
  return index.runs.map((_, run) => verdictIn(testCase, run)).filter((verdict) => verdict !== undefined);
}

for (const testCase of index.cases) {
  testCase.clause = index.clauses[testCase.clause];
  testCase.verdict = worst(verdictsOf(testCase));
  testCase.differs = new Set(index.runs.map((_, run) => verdictIn(testCase, run))).size > 1;
  const found = testCase.results.flat().flatMap((result) => [result.reason, result.expected, result.actual]);
  testCase.haystack = [testCase.id, testCase.title, testCase.source, testCase.clause.id, testCase.clause.statement,
    testCase.clause.reference, ...found].filter((text) => text).join("\n").toLowerCase();
}

const parsed = new Promise((done) => {
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", done, { once: true });
  else done();
});
const unpacked = new Map();

/** Everything about one result. */
async function detailOf(number) {
  const chunk = index.chunks.findLastIndex((first) => first <= number);
  if (!unpacked.has(chunk)) unpacked.set(chunk, unpack(chunk));
  return (await unpacked.get(chunk))[number - index.chunks[chunk]];
}

async function unpack(chunk) {
  await parsed;
  const text = atob(document.getElementById(`details-${chunk}`).textContent.trim());
  const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text());
}

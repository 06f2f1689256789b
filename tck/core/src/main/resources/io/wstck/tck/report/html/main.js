// Draws the report, and follows the links to cases and causes.

const results = document.getElementById("results");

function redrawAll() {
  const shown = index.cases.filter(shows);
  tellShown(shown);
  (manyRuns ? drawMatrix : drawList)(results, shown);
}

/** A link of the form #case=ID, for several runs with &runs=1,3; or #cause=ID. */
function follow() {
  const wanted = new URLSearchParams(location.hash.slice(1));
  document.getElementById("missing")?.remove();
  if (wanted.has("cause")) followToCause(wanted.get("cause"));
  else if (wanted.has("case")) followToCase(wanted.get("case"), wanted);
}

function followToCause(id) {
  closeComparison();
  const cause = index.causes.find((one) => one.id.toWellFormed() === id);
  if (cause === undefined) tellMissing(`There is no cause "${id}" in this report.`);
  else showCause(cause);
}

function followToCase(id, wanted) {
  const testCase = index.cases.find((one) => one.id.toWellFormed() === id);
  if (testCase === undefined) {
    tellMissing(`There is no case "${id}" in this report.`);
  } else if (manyRuns) {
    compare(testCase, runsOf(wanted.get("runs")));
  } else {
    if (!shows(testCase)) clearFilters();
    showInList(testCase);
  }
}

/** At the top, where a reader begins whose link leads nowhere. */
function tellMissing(sentence) {
  document.querySelector("main").prepend(el("p", { id: "missing", class: "notice", role: "alert" }, sentence));
}

function runsOf(words) {
  const numbers = (words ?? "").split(",").map((word) => Number(word) - 1);
  const fit = numbers.length === 2 && numbers.every((number) => Number.isInteger(number) && number >= 0 && number < index.runs.length);
  return fit ? numbers : [0, 1];
}

function clearFilters() {
  Object.assign(filter, { verdicts: new Set(), level: "", section: "", words: [], differing: false });
  document.getElementById("filters").reset();
  for (const chip of document.querySelectorAll(".chip")) chip.setAttribute("aria-pressed", "false");
  redrawAll();
}

drawSummary(document.getElementById("summary"));
drawCauses(document.getElementById("causes"));
drawFilters(document.getElementById("filters"), redrawAll);
addEventListener("hashchange", follow);
// The browser does not tell of a link to the address that it has already; the reader may have gone elsewhere since.
addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href^='#c']");
  if (link && !event.ctrlKey && !event.metaKey && link.hash === location.hash) follow();
});

/** The verdict is painted first; a list of thousands of cases follows at once. */
function drawResults() {
  redrawAll();
  follow();
}
if (document.hidden) drawResults();
else requestAnimationFrame(() => setTimeout(drawResults));

// Draws the report, and follows the links to cases.

const results = document.getElementById("results");

function redrawAll() {
  const shown = index.cases.filter(shows);
  tellShown(shown);
  (manyRuns ? drawMatrix : drawList)(results, shown);
}

/** A link of the form #case=ID, for several runs with &runs=1,3. */
function follow() {
  const wanted = new URLSearchParams(location.hash.slice(1));
  const id = wanted.get("case");
  const missing = document.getElementById("missing");
  missing?.remove();
  if (id === null) return;
  const testCase = index.cases.find((one) => one.id === id);
  if (testCase === undefined) {
    results.before(el("p", { id: "missing", class: "notice", role: "alert" }, `There is no case "${id}" in this report.`));
  } else if (manyRuns) {
    compare(testCase, runsOf(wanted.get("runs")));
  } else {
    if (!shows(testCase)) clearFilters();
    showInList(testCase);
  }
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
drawFilters(document.getElementById("filters"), redrawAll);
addEventListener("hashchange", follow);

/** The verdict is painted first; a list of thousands of cases follows at once. */
function drawResults() {
  redrawAll();
  follow();
}
if (document.hidden) drawResults();
else requestAnimationFrame(() => setTimeout(drawResults));

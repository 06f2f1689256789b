// Several runs: clauses and cases down, runs across. A cell opens two runs of its case beside each other.

function drawMatrix(results, shown) {
  const narrow = isNarrow(shown);
  const table = el("table", { class: "matrix" },
    el("caption", {}, "Clauses and cases by run"),
    el("thead", {}, el("tr", {}, el("th", { scope: "col" }, "Clause, case"),
      index.runs.map((run, number) => el("th", { scope: "col" }, el("span", { class: "run" }, `${number + 1}: ${run.name} ${run.version}`))))));
  for (const [section, cases] of Map.groupBy(shown, (testCase) => testCase.clause.section)) {
    table.append(el("tbody", { class: "chapter" }, el("tr", {},
      el("th", { scope: "rowgroup", colspan: String(index.runs.length + 1) }, section))));
    for (const [clause, own] of Map.groupBy(cases, (testCase) => testCase.clause)) table.append(...clauseRows(clause, own, narrow));
  }
  results.replaceChildren(shown.length === 0 ? el("p", { class: "notice" }, "No case fits the filters.")
    : el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Matrix" }, table));
}

function clauseRows(clause, cases, narrow) {
  const rows = el("tbody", { class: "cases", hidden: true });
  const toggle = el("button", { type: "button", class: "toggle", "aria-expanded": "false" }, el("code", {}, clause.id));
  const open = () => {
    if (rows.childElementCount === 0) rows.append(...cases.map(caseRow));
    rows.hidden = false;
    toggle.setAttribute("aria-expanded", "true");
  };
  toggle.addEventListener("click", () => {
    if (rows.hidden) open();
    else {
      rows.hidden = true;
      toggle.setAttribute("aria-expanded", "false");
    }
  });
  if (narrow || cases.some((testCase) => testCase.differs)) open();
  const head = el("tbody", { class: "clause" }, el("tr", {},
    el("th", { scope: "row" }, toggle, el("span", { class: `level ${cases[0].level}` }, cases[0].level),
      el("span", { class: "statement" }, prose(clause.statement))),
    index.runs.map((_, run) => el("td", {}, clauseCell(cases, run)))));
  return [head, rows];
}

function clauseCell(cases, run) {
  const verdicts = cases.map((testCase) => verdictIn(testCase, run)).filter((verdict) => verdict !== undefined);
  if (verdicts.length === 0) return el("span", { class: "tally" }, "not played");
  const verdict = worst(verdicts);
  const count = verdicts.filter((one) => one === verdict).length;
  return badge(verdict, count === verdicts.length ? `${count} ${verdict.toLowerCase()}` : `${count} of ${verdicts.length} ${verdict.toLowerCase()}`);
}

function caseRow(testCase) {
  return el("tr", { class: testCase.differs ? "differs" : undefined },
    el("th", { scope: "row" }, el("code", {}, testCase.id), el("span", { class: "title" }, testCase.title)),
    index.runs.map((_, run) => el("td", {}, el("button", { type: "button", class: "cell",
      "aria-label": `${testCase.id}, run ${run + 1}: ${verdictIn(testCase, run)?.toLowerCase() ?? "not played"}; compare`,
      onclick: () => {
        history.pushState(null, "", `${linkTo(testCase.id)}&runs=${pair(run).map((one) => one + 1).join(",")}`);
        compare(testCase, pair(run));
      } },
      verdictIn(testCase, run) === undefined ? "–" : badge(verdictIn(testCase, run))))));
}

/** The run of a cell and the one that it is held against: the first, or for the first itself the second. */
function pair(run) {
  return run === 0 ? [0, 1] : [0, run];
}

function compare(testCase, runs) {
  const dialog = document.getElementById("compare");
  dialog.replaceChildren(
    el("div", { class: "head" },
      el("h2", { id: "compare-title" }, el("code", {}, testCase.id), ` ${testCase.title}`),
      el("button", { type: "button", class: "close", autofocus: true, onclick: () => dialog.close() }, "Close")),
    el("p", { class: "statement" }, el("code", {}, testCase.clause.id), " ", el("span", { class: `level ${testCase.level}` }, testCase.level),
      " ", prose(testCase.clause.statement), `  [${testCase.clause.reference}]`),
    el("div", { class: "panes" }, runs.map((run, side) => pane(testCase, run, side === 0 ? "Left run" : "Right run"))));
  dialog.onclose = () => history.replaceState(null, "", "#");
  if (!dialog.open) dialog.showModal();
}

/** Closes the dialog and leaves the address as it is: it names something else by now. */
function closeComparison() {
  const dialog = document.getElementById("compare");
  dialog.onclose = null;
  dialog.close();
}

function pane(testCase, run, label) {
  const body = el("div", { class: "body" });
  drawCase(body, testCase, run);
  return el("section", { class: "pane" },
    el("label", {}, label, el("select", { onchange: (event) => drawCase(body, testCase, Number(event.target.value)) },
      index.runs.map((one, number) => el("option", { value: number, selected: number === run },
        `${number + 1}: ${one.name} ${one.version}, ${verdictIn(testCase, number)?.toLowerCase() ?? "not played"}`)))),
    body);
}

// One run: sections, their clauses, their cases. What is closed is not built.

let openCase = null;

function drawList(results, shown) {
  const narrow = isNarrow(shown);
  results.replaceChildren();
  const sections = Map.groupBy(shown, (testCase) => testCase.clause.section);
  for (const [name, cases] of sections) {
    results.append(el("section", { class: "chapter" },
      el("h2", {}, name, el("span", { class: "tally" }, tally(cases))),
      [...Map.groupBy(cases, (testCase) => testCase.clause)].map(([clause, own]) => clauseBlock(clause, own, narrow))));
  }
  if (shown.length === 0) {
    results.append(el("p", { class: "notice" }, index.cases.length === 0 ? "This run finished no case." : "No case fits the filters."));
  }
}

function tally(cases) {
  return VERDICTS.map((verdict) => [verdict, cases.filter((testCase) => testCase.verdict === verdict).length])
    .filter(([, count]) => count > 0).map(([verdict, count]) => `${count} ${verdict.toLowerCase()}`).join(", ");
}

function clauseBlock(clause, cases, narrow) {
  const verdict = worst(cases.map((testCase) => testCase.verdict));
  const list = el("div", { class: "cases" });
  const block = el("details", { class: "clause" },
    el("summary", {}, badge(verdict, ""), el("span", { class: "heard" }, verdict.toLowerCase()),
      el("code", {}, clause.id), el("span", { class: `level ${cases[0].level}` }, cases[0].level),
      el("span", { class: "tally" }, tally(cases)),
      el("span", { class: "statement" }, prose(clause.statement))),
    el("p", { class: "reference" }, clause.reference),
    list);
  const build = () => {
    if (list.childElementCount === 0) list.append(...cases.map(caseBlock));
  };
  block.addEventListener("toggle", () => block.open && build());
  openCase = null;
  if (narrow || cases.some((testCase) => FINDINGS.has(testCase.verdict))) {
    build();
    block.open = true;
  }
  block.build = build;
  for (const testCase of cases) testCase.block = block;
  return block;
}

function caseBlock(testCase) {
  const body = el("div", { class: "body" });
  const block = el("details", { class: "case", "data-case": testCase.id },
    el("summary", {}, badge(testCase.verdict), el("code", {}, testCase.id),
      testCase.level === testCase.clause.level ? null : el("span", { class: `level ${testCase.level}` }, testCase.level),
      el("span", { class: "title" }, testCase.title)),
    body);
  block.addEventListener("toggle", () => {
    if (block.open && body.childElementCount === 0) drawCase(body, testCase, 0);
  });
  testCase.element = block;
  return block;
}

/** Opens a case, wherever it is, and brings it into view. */
async function showInList(testCase) {
  if (!testCase.block?.isConnected) redrawAll();
  testCase.block.build();
  testCase.block.open = true;
  testCase.element.open = true;
  const body = testCase.element.querySelector(".body");
  if (body.childElementCount === 0) await drawCase(body, testCase, 0);
  testCase.element.scrollIntoView({ block: "start" });
  testCase.element.querySelector("summary").focus({ preventScroll: true });
}

// The causes of the findings, below the verdict: each finding belongs to one cause, and each cause is told once.

const MOST_LISTED_CAUSES = 50;
const MOST_OPEN_CAUSES = 3;

for (const cause of index.causes) cause.cases = index.runs.map(() => new Map());
for (const testCase of index.cases) {
  testCase.results.forEach((results, run) => results.forEach((result) => noteCause(testCase, run, result)));
}

/** For each run, the cases of a cause with their worst verdict; and the result that is its example. */
function noteCause(testCase, run, result) {
  if (result.cause === undefined) return;
  const cause = index.causes[result.cause];
  const earlier = cause.cases[run].get(testCase);
  cause.cases[run].set(testCase, earlier === undefined ? result.verdict : worst([earlier, result.verdict]));
  if (result.detail === cause.example) cause.shown = { testCase, run, result };
}

/** Fills the section with the list; without a finding it stays empty and hidden. */
function drawCauses(section) {
  if (index.causes.length === 0) return;
  const cases = new Set(index.causes.flatMap((cause) => cause.cases.flatMap((own) => [...own.keys()])));
  append(section, [
    el("h2", { id: "causes-title" }, "Causes", el("span", { class: "tally" },
      `${plural(index.causes.length, "cause")} of the findings in ${plural(cases.size, "case")}`)),
    causeGroups().map(({ title, note, causes }) => [
      title === "" ? null : el("h3", {}, `${title}: ${causes.length}`, note === "" ? null : el("span", { class: "tally" }, note)),
      causeList(causes)]),
  ]);
  section.hidden = false;
}

/** Two runs are compared: what is new comes first. Any other number is one list. */
function causeGroups() {
  if (index.runs.length !== 2) return [{ title: "", note: "", causes: index.causes }];
  const [before, after] = [0, 1].map((run) => (cause) => cause.cases[run].size > 0);
  return [
    { title: "New causes", note: "only in run 2", causes: index.causes.filter((cause) => !before(cause)) },
    { title: "Causes gone", note: "only in run 1", causes: index.causes.filter((cause) => !after(cause)) },
    { title: "Causes in both runs", note: "", causes: index.causes.filter((cause) => before(cause) && after(cause)) },
  ].filter(({ causes }) => causes.length > 0);
}

/** The first of many; a button adds the others. */
function causeList(causes) {
  const list = el("ol", { class: "causes" });
  const add = (some) => list.append(...some.map((cause) => el("li", {}, causeBlock(cause))));
  add(causes.slice(0, MOST_LISTED_CAUSES));
  const others = causes.slice(MOST_LISTED_CAUSES);
  causes.slice(0, MOST_OPEN_CAUSES).forEach((cause) => cause.open());
  if (others.length === 0) return list;
  const more = el("button", { type: "button", class: "more" }, `Show ${plural(others.length, "more cause")}`);
  const showOthers = () => {
    add(others);
    more.remove();
  };
  more.addEventListener("click", () => {
    showOthers();
    others[0].block.querySelector("summary").focus();
  });
  for (const cause of others) cause.showOthers = showOthers;
  return [list, more];
}

function causeBlock(cause) {
  const body = el("div", { class: "body" });
  const block = el("details", { class: "cause", "data-cause": cause.id },
    el("summary", {}, manyRuns ? countsByRun(cause) : countsByVerdict(cause),
      el("code", {}, cause.clause),
      el("span", { class: "statement" }, prose(cause.what || cause.id))),
    body);
  const build = () => {
    if (body.childElementCount === 0) append(body, causeBody(cause));
  };
  block.addEventListener("toggle", () => block.open && build());
  cause.open = () => {
    build();
    block.open = true;
  };
  cause.block = block;
  return block;
}

function countsByVerdict(cause) {
  const verdicts = [...cause.cases[0].values()];
  return VERDICTS.map((verdict) => [verdict, verdicts.filter((one) => one === verdict).length])
    .filter(([, count]) => count > 0).map(([verdict, count]) => badge(verdict, `${count.toLocaleString("en")} ${verdict.toLowerCase()}`));
}

function countsByRun(cause) {
  const verdict = worst(cause.cases.flatMap((own) => [...own.values()]));
  return [badge(verdict), el("span", { class: "tally" },
    cause.cases.map((own, run) => `run ${run + 1}: ${own.size === 0 ? absence(cause, run) : plural(own.size, "case")}`).join(" · "))];
}

/** A run without findings of a cause says nothing of it unless it judged a case that shows it elsewhere. */
function absence(cause, run) {
  const elsewhere = cause.cases.flatMap((own) => [...own.keys()]);
  const judged = elsewhere.some((testCase) =>
    testCase.results[run].some((result) => result.verdict !== "SKIPPED" && result.verdict !== "INCONCLUSIVE"));
  return judged ? "no case" : "not judged";
}

/** An example, the command that plays it again, and the cases. */
function causeBody(cause) {
  const { testCase, run, result } = cause.shown;
  return [
    ownerClause(cause),
    el("div", { class: `finding ${result.verdict.toLowerCase()}` },
      el("p", {}, "Example: ", badge(result.verdict), " ", caseLink(testCase, run), " ", el("span", { class: "title" }, testCase.title)),
      result.reason === "" ? null : el("p", {}, result.reason),
      sideBySide(result.expected, result.actual)),
    index.runs[run].command === "" ? null
      : el("p", { class: "again" }, "Again: ", el("code", {}, `${index.runs[run].command} --only ${shellWord(testCase.id)}`)),
    causeCases(cause),
  ];
}

/** Its statement, unless that is the sentence of the cause; a run that played no case of the clause has only its id. */
function ownerClause(cause) {
  const clause = index.clauses.find((one) => one.id === cause.clause);
  return clause === undefined || clause.statement === cause.what ? null
    : el("p", { class: "owner" }, "Clause ", el("code", {}, clause.id), ": ", prose(clause.statement),
      clause.reference === "" ? null : `  [${clause.reference}]`);
}

function causeCases(cause) {
  const cases = index.cases.filter((testCase) => cause.cases.some((own) => own.has(testCase)));
  const list = el("ul", {});
  const block = el("details", { class: "members" }, el("summary", {}, plural(cases.length, "case")), list);
  block.addEventListener("toggle", () => {
    if (block.open && list.childElementCount === 0) list.append(...cases.map((testCase) => causeCase(cause, testCase)));
  });
  return block;
}

function causeCase(cause, testCase) {
  const runs = index.runs.map((_, run) => run).filter((run) => cause.cases[run].has(testCase));
  return el("li", {},
    runs.map((run) => [manyRuns ? el("span", { class: "tally" }, `run ${run + 1} `) : null, badge(cause.cases[run].get(testCase)), " "]),
    caseLink(testCase, runs[0]), " ", el("span", { class: "title" }, testCase.title));
}

function caseLink(testCase, run) {
  const runs = manyRuns ? `&runs=${pair(run).map((one) => one + 1).join(",")}` : "";
  return el("a", { href: `${linkTo(testCase.id)}${runs}` }, el("code", {}, testCase.id));
}

/** For the panel of a case: what its finding comes from. */
function causeOf(result) {
  if (result.cause === undefined) return null;
  const cause = index.causes[result.cause];
  return el("p", { class: "cause-of" }, "Cause: ",
    el("a", { href: `#cause=${encodeURIComponent(cause.id.toWellFormed())}` }, prose(cause.what || cause.id)));
}

/** Opens a cause and brings it into view. */
function showCause(cause) {
  if (!cause.block) cause.showOthers();
  cause.open();
  cause.block.scrollIntoView({ block: "start" });
  cause.block.querySelector("summary").focus({ preventScroll: true });
}

// The head of the report: the verdict, the counts, what was judged and where.

const CONCLUSIONS = {
  CONFORMANT: ["good", "Conformant"],
  KNOWN_DEVIATIONS: ["good", "Conformant but for known deviations"],
  NOT_CONFORMANT: ["bad", "Not conformant"],
  LIST_OUTDATED: ["bad", "The list of known deviations is outdated"],
  INTERRUPTED: ["unclear", "Interrupted: only a part was judged"],
  NOTHING_BINDING: ["unclear", "Conformance was not judged: no binding case was played"],
  NOT_JUDGED: ["unclear", "Not judged"],
};

function conclusionOf(run) {
  if (run.problem) return ["unclear", "Incomplete: this run has no verdict"];
  return CONCLUSIONS[run.conclusion] ?? ["unclear", run.conclusion];
}

function drawSummary(header) {
  append(header, [
    el("p", { class: "product" }, "wstck report"),
    manyRuns ? severalRuns() : oneRun(index.runs[0]),
  ]);
}

function oneRun(run) {
  const [mood, words] = conclusionOf(run);
  return el("div", { class: `verdict ${mood}` },
    el("h1", {}, `${run.name} ${run.version}`, el("span", { class: "conclusion" }, words)),
    run.problem ? el("p", { class: "notice", role: "alert" }, run.problem) : null,
    run.ended_early ? el("p", { class: "notice", role: "alert" }, `Ended early: ${run.ended_early}`) : null,
    el("p", { class: "judged" }, judged(run)),
    contracts(run),
    run.unstable.length === 0 ? null
      : el("p", { class: "notice" }, "Not the same verdict each time: ", links(run.unstable)),
    run.outdated.length === 0 ? null
      : el("p", { class: "notice" }, "Listed as known deviations, and did not fail: ", links(run.outdated)),
    ...run.remarks.map((remark) => el("p", { class: "notice" }, remark)),
    facts(run));
}

function links(ids) {
  return ids.flatMap((id, at) => [at === 0 ? "" : ", ", el("a", { href: linkTo(id) }, id)]);
}

function judged(run) {
  const cases = `${plural(run.results, "result")} of ${run.cases.toLocaleString("en")} expected`;
  if (run.problem) return cases;
  return `${run.judged.toLocaleString("en")} of ${plural(run.binding, "binding result")} judged, `
    + `${plural(run.results, "case")} in ${milliseconds(run.duration_ms)}`;
}

/** The verdict on each contract. */
function contracts(run) {
  if (run.contracts.length === 0) return null;
  return el("ul", { class: "contracts" }, run.contracts.map((sentence) => el("li", {}, sentence)));
}

function facts(run) {
  const rows = [
    ["Implementation", `${run.name} ${run.version} (${run.language})`],
    ["Profile", run.profile],
    ["Platform", run.platform],
    ["Kit", `wstck ${run.kit}`],
    ["Specification", run.spec],
    ["Started", run.started_at.replace("T", " ").replace(/\.\d+Z$|Z$/, " UTC")],
    ["Order", `seed ${run.seed}, ${plural(run.jobs, "job")}` + (run.repetitions > 1 ? `, ${run.repetitions} rounds` : "")],
  ];
  return el("dl", { class: "facts" }, rows.map(([term, text]) => el("div", {}, el("dt", {}, term), el("dd", {}, text))));
}

function severalRuns() {
  const differing = index.cases.filter((testCase) => testCase.differs).length;
  return el("div", { class: "verdict" },
    el("h1", {}, `${plural(index.runs.length, "run")} beside each other`,
      el("span", { class: "conclusion" }, differing === 0 ? "The same verdicts everywhere"
        : `${plural(differing, "case differs", "cases differ")}`)),
    el("ol", { class: "runs" }, index.runs.map((run) => {
      const [mood, words] = conclusionOf(run);
      return el("li", { class: mood },
        el("h2", {}, `${run.name} ${run.version}`, el("span", { class: "conclusion" }, words)),
        run.problem ? el("p", { class: "notice", role: "alert" }, run.problem) : null,
        el("p", { class: "judged" }, judged(run)), contracts(run), counts(run), facts(run));
    })));
}

function counts(run) {
  const shown = VERDICTS.filter((verdict) => run.verdicts[verdict] > 0);
  return el("p", { class: "counts" }, shown.map((verdict) =>
    [badge(verdict, `${run.verdicts[verdict].toLocaleString("en")} ${verdict.toLowerCase()}`), " "]));
}

/** A verdict by sign and word: colour is never the only difference. */
function badge(verdict, words = verdict.toLowerCase()) {
  return el("span", { class: `badge ${verdict.toLowerCase()}` },
    el("span", { "aria-hidden": "true" }, `${GLYPHS[verdict] ?? "·"} `), words);
}

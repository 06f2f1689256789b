// Which cases are shown.

const filter = { verdicts: new Set(), level: "", section: "", words: [], differing: false };

function shows(testCase) {
  if (filter.verdicts.size > 0 && !verdictsOf(testCase).some((verdict) => filter.verdicts.has(verdict))) return false;
  if (filter.level !== "" && testCase.level !== filter.level) return false;
  if (filter.section !== "" && testCase.clause.section !== filter.section) return false;
  if (filter.differing && !testCase.differs) return false;
  return filter.words.every((word) => testCase.haystack.includes(word));
}

/** Whether few enough cases are left that all of them are worth seeing at once. */
function isNarrow(shown) {
  const filtered = filter.verdicts.size > 0 || filter.words.length > 0 || filter.differing;
  return filtered && shown.length <= 60;
}

function drawFilters(form, changed) {
  const count = el("output", { id: "shown", "aria-live": "polite" });
  const search = el("input", { type: "search", id: "search", autocomplete: "off", spellcheck: "false",
    placeholder: "id, title, clause, finding …  ( / )" });
  let waiting = 0;
  const update = () => {
    // What is drawn now must not be drawn once more behind the reader's back: it would close what he has opened.
    clearTimeout(waiting);
    filter.words = search.value.toLowerCase().split(/\s+/).filter((word) => word !== "");
    changed();
  };
  search.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(update, 120);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    update();
  });
  append(form, [
    el("fieldset", { class: "chips" }, el("legend", {}, "Verdict"), present((c) => verdictsOf(c), VERDICTS).map((verdict) => chip(verdict, changed))),
    el("div", { class: "fields" },
      el("label", {}, "Text", search),
      el("label", {}, "Level", choice("level", present((c) => [c.level], ["must", "rfc", "should", "may"]), changed)),
      el("label", {}, "Section", choice("section", [...new Set(index.cases.map((c) => c.clause.section))], changed)),
      manyRuns ? differing(changed) : null,
      count),
  ]);
  document.addEventListener("keydown", (event) => {
    const typing = /^(INPUT|TEXTAREA)$/.test(document.activeElement?.tagName ?? "");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      search.focus();
    }
  });
}

/** Those of the known words, in their order, that some case has; then any others. */
function present(words, known) {
  const all = new Set(index.cases.flatMap(words));
  return [...known.filter((word) => all.delete(word)), ...all];
}

function chip(verdict, changed) {
  const count = index.cases.filter((testCase) => verdictsOf(testCase).includes(verdict)).length;
  const button = el("button", { type: "button", class: `chip ${verdict.toLowerCase()}`, "aria-pressed": "false",
    onclick: () => {
      const pressed = filter.verdicts.has(verdict);
      if (pressed) filter.verdicts.delete(verdict);
      else filter.verdicts.add(verdict);
      button.setAttribute("aria-pressed", String(!pressed));
      changed();
    } },
    el("span", { "aria-hidden": "true" }, `${GLYPHS[verdict] ?? "·"} `),
    el("b", {}, count.toLocaleString("en")), ` ${verdict.toLowerCase()}`);
  return button;
}

function choice(name, words, changed) {
  return el("select", { id: name, onchange: (event) => {
    filter[name] = event.target.value;
    changed();
  } }, el("option", { value: "" }, "all"), words.map((word) => el("option", { value: word }, word)));
}

function differing(changed) {
  return el("label", { class: "tick" }, el("input", { type: "checkbox", id: "differing", onchange: (event) => {
    filter.differing = event.target.checked;
    changed();
  } }), "only where the runs differ");
}

function tellShown(shown) {
  document.getElementById("shown").textContent = shown.length === index.cases.length
    ? plural(shown.length, "case") : `${shown.length.toLocaleString("en")} of ${plural(index.cases.length, "case")}`;
}

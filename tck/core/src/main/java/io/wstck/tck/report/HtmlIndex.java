package io.wstck.tck.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wstck.server.text.Excerpt;
import io.wstck.tck.judge.Verdict;
import java.util.Collection;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The data of the HTML report: an index of runs, causes, clauses and cases, and the packed details of the results.
 *
 * @param json a JSON object that is safe inside a {@code script} element
 * @param chunks the packed details
 */
record HtmlIndex(String json, List<byte[]> chunks) {
    private static final int LONGEST_NAME = 300;
    private static final int MOST_NAMED = 200;
    private static final int LONGEST_STATEMENT = 2000;
    private static final int LONGEST_COMMAND = 2000;
    private static final Set<Verdict> NO_FINDING =
            EnumSet.of(Verdict.PASSED, Verdict.KNOWN, Verdict.OBSERVED, Verdict.SKIPPED);

    static HtmlIndex of(List<RecordedRun> runs) {
        ObjectNode index = JsonNodeFactory.instance.objectNode();
        ArrayNode heads = index.putArray("runs");
        runs.forEach(run -> heads.add(head(run)));
        List<ReportedCase> cases = ReportedCase.of(runs);
        HtmlDetails details = new HtmlDetails();
        IdentityHashMap<CaseFinished, Integer> numbers = new IdentityHashMap<>();
        // Findings first: readers open them most, so they share a chunk, and the size limit never drops them.
        add(cases, result -> !NO_FINDING.contains(result.verdict()), details, numbers);
        add(cases, result -> NO_FINDING.contains(result.verdict()), details, numbers);
        List<byte[]> chunks = details.packed();
        details.firsts().forEach(index.putArray("chunks")::add);
        HtmlCauses causes = HtmlCauses.of(runs);
        causes.write(index.putArray("causes"), numbers);
        Map<String, Integer> clauses = clauses(cases, index.putArray("clauses"));
        ArrayNode list = index.putArray("cases");
        for (ReportedCase reported : cases) {
            list.add(json(reported, clauses, causes, numbers));
        }
        return new HtmlIndex(HtmlJson.text(index), chunks);
    }

    private static void add(
            List<ReportedCase> cases,
            Predicate<CaseFinished> filter,
            HtmlDetails details,
            IdentityHashMap<CaseFinished, Integer> numbers) {
        cases.stream()
                .flatMap(reported -> reported.results().stream())
                .flatMap(Collection::stream)
                .filter(filter)
                .forEach(result -> numbers.put(result, details.add(result)));
    }

    private static ObjectNode head(RecordedRun run) {
        RunStarted started = run.started();
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("name", name(started.implementation().name()));
        node.put("version", name(started.implementation().version()));
        node.put("language", name(started.implementation().language()));
        node.put("kit", name(started.kit()));
        node.put("spec", name(started.spec()));
        node.put("profile", started.profile().word());
        node.put("platform", name(started.platform()));
        node.put("seed", Long.toString(started.seed()));
        node.put("jobs", started.jobs());
        node.put("cases", started.cases());
        node.put("results", run.cases().size());
        node.put("repetitions", started.repetitions());
        node.put("started_at", started.startedAt().toString());
        node.put("command", Excerpt.withRest(started.command(), LONGEST_COMMAND));
        node.putArray("unstable");
        node.putArray("outdated");
        node.putArray("remarks");
        node.putArray("contracts");
        ObjectNode verdicts = node.putObject("verdicts");
        run.cases()
                .forEach(result -> verdicts.put(
                        result.verdict().word(),
                        verdicts.path(result.verdict().word()).asInt() + 1));
        try {
            return put(node, run.footer());
        } catch (EventsException e) {
            return node.put("problem", e.getMessage());
        }
    }

    private static ObjectNode put(ObjectNode node, RunFinished footer) {
        node.put("conclusion", footer.conclusion().word());
        node.put("judged", footer.judged());
        node.put("binding", footer.binding());
        node.put("duration_ms", footer.duration().toMillis());
        ArrayNode contracts = node.putArray("contracts");
        footer.contracts().forEach(verdict -> contracts.add(ContractText.sentence(verdict)));
        put(node.putArray("unstable"), footer.unstable());
        put(node.putArray("outdated"), footer.outdated());
        footer.early().ifPresent(end -> node.put("ended_early", name(end.sentence())));
        put(node.putArray("remarks"), footer.remarks());
        return node;
    }

    private static void put(ArrayNode list, List<String> ids) {
        ids.stream().limit(MOST_NAMED).map(HtmlIndex::name).forEach(list::add);
    }

    /** Fills {@code list}; returns the number of each clause in it. */
    private static Map<String, Integer> clauses(List<ReportedCase> cases, ArrayNode list) {
        Map<String, Integer> clauses = new LinkedHashMap<>();
        for (ReportedCase reported : cases) {
            CaseFinished.Requirement requirement = reported.first().requirement();
            if (clauses.putIfAbsent(requirement.clause(), list.size()) == null) {
                list.addObject()
                        .put("id", name(requirement.clause()))
                        .put("section", name(requirement.section()))
                        .put("statement", Excerpt.withRest(requirement.statement(), LONGEST_STATEMENT))
                        .put("reference", name(requirement.reference()))
                        .put("level", reported.first().level().word());
            }
        }
        return clauses;
    }

    private static ObjectNode json(
            ReportedCase reported,
            Map<String, Integer> clauses,
            HtmlCauses causes,
            IdentityHashMap<CaseFinished, Integer> numbers) {
        CaseFinished first = reported.first();
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("id", name(first.id()));
        node.put("title", name(first.title()));
        node.put("clause", clauses.get(first.requirement().clause()));
        node.put("level", first.level().word());
        node.put("contract", first.contract().word());
        node.put("source", name(first.source()));
        ArrayNode runs = node.putArray("results");
        for (List<CaseFinished> results : reported.results()) {
            ArrayNode rounds = runs.addArray();
            for (CaseFinished result : results) {
                ObjectNode round = json(result, numbers.get(result));
                causes.putNumber(round, result);
                rounds.add(round);
            }
        }
        return node;
    }

    private static ObjectNode json(CaseFinished result, int number) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("verdict", result.verdict().word());
        node.put("round", result.repetition());
        node.put("detail", number);
        if (result.verdict() != Verdict.PASSED) {
            // The page searches these fields.
            node.put("reason", name(CaseText.reason(result)));
            node.put("expected", name(result.judgement().expected()));
            node.put("actual", name(result.judgement().actual()));
        }
        return node;
    }

    private static String name(String text) {
        return Excerpt.withRest(text, LONGEST_NAME);
    }
}

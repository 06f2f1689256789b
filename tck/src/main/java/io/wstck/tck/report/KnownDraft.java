package io.wstck.tck.report;

import com.fasterxml.jackson.databind.node.TextNode;
import io.wstck.tck.judge.Verdict;
import io.wstck.tck.known.KnownDeviation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A list of known deviations to start from, made of what failed in a run: an entry for each clause and each way in which its cases fail. Its
 * reasons are placeholders. Stateless.
 */
public final class KnownDraft {
    /** What was listed before is listed again. */
    private static final Set<Verdict> FAILED = Set.of(Verdict.FAILED, Verdict.KNOWN);

    private KnownDraft() {}

    /** What becomes of warnings. */
    public enum Warnings {
        LEFT_OUT,
        LISTED
    }

    /** The YAML, and how much it lists. */
    public record Draft(String yaml, int entries, int cases) {}

    /** What a case was found to do in some rounds, and how; more than one signature where rounds differ. */
    private record Group(
            CaseFinished.Requirement requirement, KnownDeviation.Finding finding, Set<String> signatures) {}

    /**
     * The list for a run. A warning about a case that failed in another round is always listed.
     *
     * @param warnings whether it takes what was WARNED, too
     */
    public static Draft of(RecordedRun run, Warnings warnings) {
        Map<String, List<CaseFinished>> rounds = new TreeMap<>();
        run.cases()
                .forEach(result -> rounds.computeIfAbsent(result.id(), _ -> new ArrayList<>())
                        .add(result));
        SequencedMap<Group, List<String>> groups = new LinkedHashMap<>();
        List<String> unsteady = new ArrayList<>();
        rounds.forEach((id, results) -> {
            Set<String> failures = signatures(results, FAILED);
            Set<String> warned = warnings == Warnings.LISTED || !failures.isEmpty()
                    ? signatures(results, Set.of(Verdict.WARNED))
                    : Set.of();
            boolean passes = results.stream().anyMatch(result -> result.verdict() == Verdict.PASSED);
            if (passes && !(failures.isEmpty() && warned.isEmpty())) {
                unsteady.add(id);
                return;
            }
            add(groups, results.getFirst(), KnownDeviation.Finding.FAILURE, failures);
            add(groups, results.getFirst(), KnownDeviation.Finding.WARNING, warned);
        });
        return new Draft(yaml(run, groups, unsteady), groups.size(), (int)
                groups.values().stream().flatMap(List::stream).distinct().count());
    }

    private static Set<String> signatures(List<CaseFinished> results, Set<Verdict> verdicts) {
        Set<String> signatures = new TreeSet<>();
        results.stream()
                .filter(result -> verdicts.contains(result.verdict()))
                .forEach(result -> signatures.add(result.judgement().signature()));
        signatures.remove("");
        return signatures;
    }

    private static void add(
            SequencedMap<Group, List<String>> groups,
            CaseFinished result,
            KnownDeviation.Finding finding,
            Set<String> signatures) {
        if (!signatures.isEmpty()) {
            groups.computeIfAbsent(new Group(result.requirement(), finding, signatures), _ -> new ArrayList<>())
                    .add(result.id());
        }
    }

    private static String yaml(RecordedRun run, SequencedMap<Group, List<String>> groups, List<String> unsteady) {
        RunStarted.Judged judged = run.started().implementation();
        StringBuilder yaml = new StringBuilder();
        comment(
                yaml,
                "Known deviations of " + judged.name() + " " + judged.version() + ", from a run of "
                        + run.started().startedAt() + ".");
        comment(
                yaml,
                "Each reason is a placeholder: write why the deviation is accepted, and link to where it is dealt with.");
        unsteady.forEach(id -> comment(yaml, "Left out, since it passes in some rounds and fails in others: " + id));
        yaml.append("\n- profile: ").append(run.started().profile().word()).append('\n');
        groups.entrySet().stream()
                .sorted(java.util.Comparator.comparing(
                        entry -> entry.getKey().requirement().section()))
                .forEach(entry -> entry(yaml, entry.getKey(), entry.getValue()));
        return yaml.toString();
    }

    private static void entry(StringBuilder yaml, Group group, List<String> ids) {
        CaseFinished.Requirement requirement = group.requirement();
        yaml.append('\n');
        comment(yaml, requirement.section() + ": " + requirement.clause() + ": " + requirement.statement());
        yaml.append("- pattern:");
        words(yaml, ids);
        yaml.append("  reason: \"").append(KnownDeviation.PLACEHOLDER).append(": why is this accepted?\"\n");
        yaml.append("  link: \"\"\n");
        yaml.append("  signature:");
        words(yaml, List.copyOf(group.signatures()));
        if (group.finding() == KnownDeviation.Finding.WARNING) {
            yaml.append("  warned: true\n");
        }
    }

    /** One word behind its field, several as a list below it. */
    private static void words(StringBuilder yaml, List<String> words) {
        if (words.size() == 1) {
            yaml.append(' ').append(quoted(words.getFirst())).append('\n');
            return;
        }
        yaml.append('\n');
        words.forEach(word -> yaml.append("    - ").append(quoted(word)).append('\n'));
    }

    /** A JSON string is a double-quoted YAML scalar. */
    private static String quoted(String text) {
        return TextNode.valueOf(text).toString();
    }

    private static void comment(StringBuilder yaml, String text) {
        yaml.append("# ").append(Printable.line(text)).append('\n');
    }
}

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
    private KnownDraft() {}

    /** The YAML, and how much it lists. */
    public record Draft(String yaml, int entries, int cases) {}

    /** The ways in which the cases of a clause fail, and the cases that do; more than one way where rounds differ. */
    private record Group(CaseFinished.Requirement requirement, Set<String> signatures) {}

    /**
     * The list for a run.
     *
     * @param verdicts which findings it takes, FAILED or WARNED or both; those that were listed before are among them
     */
    public static Draft of(RecordedRun run, Set<Verdict> verdicts) {
        Map<String, List<CaseFinished>> rounds = new TreeMap<>();
        run.cases()
                .forEach(result -> rounds.computeIfAbsent(result.id(), _ -> new ArrayList<>())
                        .add(result));
        SequencedMap<Group, List<String>> groups = new LinkedHashMap<>();
        List<String> unsteady = new ArrayList<>();
        rounds.forEach((id, results) -> {
            Set<String> signatures = new TreeSet<>();
            results.stream()
                    .filter(result -> verdicts.contains(result.verdict()))
                    .forEach(result -> signatures.add(result.judgement().signature()));
            signatures.remove("");
            boolean passes = results.stream().anyMatch(result -> result.verdict() == Verdict.PASSED);
            if (passes && !signatures.isEmpty()) {
                unsteady.add(id);
            } else if (!signatures.isEmpty()) {
                Group group = new Group(results.getFirst().requirement(), signatures);
                groups.computeIfAbsent(group, _ -> new ArrayList<>()).add(id);
            }
        });
        return new Draft(
                yaml(run, groups, unsteady),
                groups.size(),
                groups.values().stream().mapToInt(List::size).sum());
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
        if (groups.isEmpty()) {
            yaml.append("[]\n");
        }
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

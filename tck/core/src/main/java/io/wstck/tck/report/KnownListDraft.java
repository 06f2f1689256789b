package io.wstck.tck.report;

import com.fasterxml.jackson.databind.node.TextNode;
import io.wstck.tck.catalogue.NaturalOrder;
import io.wstck.tck.judge.Cause;
import io.wstck.tck.judge.Verdict;
import io.wstck.tck.known.KnownDeviation;
import io.wstck.tck.known.KnownDeviation.Finding;
import io.wstck.tck.known.KnownDeviation.Passing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Drafts a list of known deviations from the failures of a run: one entry per cause, with placeholders as reasons.
 * Stateless.
 */
public final class KnownListDraft {
    /** Cases that were known in this run are listed again. */
    private static final Set<Verdict> FAILED = Set.of(Verdict.FAILED, Verdict.KNOWN);

    /** If an entry has more signatures, patterns replace them. */
    private static final int EXACT_SIGNATURES = 4;

    private KnownListDraft() {}

    /** Whether warnings are listed. */
    public enum Warnings {
        LEFT_OUT,
        LISTED
    }

    /** The YAML text of a draft, and the number of its entries and cases. */
    public record Draft(String yaml, int entries, int cases) {}

    /**
     * The properties that all cases of an entry share.
     *
     * @param agent the name of the agent; empty in a draft from one run
     */
    private record Key(String agent, String cause, Finding finding, Passing passes) {}

    /** An entry while it is collected. */
    private record Entry(Key key, Cause cause, Set<String> cases, Set<String> signatures) {
        Entry(Key key, Cause cause) {
            this(key, cause, new TreeSet<>(NaturalOrder.INSTANCE), new TreeSet<>());
        }
    }

    /**
     * Drafts the list for a run. A warning of a case that failed in another round is always listed.
     *
     * @param warnings whether all other warnings are listed too
     */
    public static Draft of(RecordedRun run, Warnings warnings) {
        return of(List.of(run), warnings);
    }

    /**
     * Drafts one list for the runs of several agents. If there is more than one, each entry names its agent.
     *
     * @param runs at least one, of one profile
     */
    public static Draft of(List<RecordedRun> runs, Warnings warnings) {
        Map<Key, Entry> entries = new LinkedHashMap<>();
        for (RecordedRun run : runs) {
            Map<String, List<CaseFinished>> rounds = new TreeMap<>(NaturalOrder.INSTANCE);
            run.cases()
                    .forEach(result -> rounds.computeIfAbsent(result.id(), _ -> new ArrayList<>())
                            .add(result));
            String agent =
                    runs.size() == 1 ? "" : run.started().implementation().name();
            rounds.values().forEach(results -> add(entries, agent, results, warnings));
        }
        return draft(runs, entries);
    }

    private static Draft draft(List<RecordedRun> runs, Map<Key, Entry> entries) {
        List<Entry> largestFirst = entries.values().stream()
                .sorted(Comparator.comparingInt((Entry entry) -> entry.cases().size())
                        .reversed())
                .toList();
        long cases = largestFirst.stream()
                .flatMap(entry -> entry.cases().stream().map(id -> entry.key().agent() + " " + id))
                .distinct()
                .count();
        return new Draft(yaml(runs, largestFirst), largestFirst.size(), (int) cases);
    }

    /** Adds the results of one case in all rounds. The case passes sometimes if it passed in one of them. */
    private static void add(Map<Key, Entry> entries, String agent, List<CaseFinished> rounds, Warnings warnings) {
        boolean passed = rounds.stream().anyMatch(result -> result.verdict() == Verdict.PASSED);
        Passing passes = passed ? Passing.SOMETIMES : Passing.NEVER;
        boolean failed = rounds.stream().anyMatch(result -> FAILED.contains(result.verdict()));
        for (CaseFinished result : rounds) {
            if (FAILED.contains(result.verdict())) {
                add(entries, agent, result, Finding.FAILURE, passes);
            } else if (result.verdict() == Verdict.WARNED && (failed || warnings == Warnings.LISTED)) {
                add(entries, agent, result, Finding.WARNING, passes);
            }
        }
    }

    private static void add(
            Map<Key, Entry> entries, String agent, CaseFinished result, Finding finding, Passing passes) {
        String signature = result.judgement().signature();
        if (signature.isEmpty()) {
            return;
        }
        Key key = new Key(agent, result.cause().id(), finding, passes);
        Entry entry = entries.computeIfAbsent(key, _ -> new Entry(key, result.cause()));
        entry.cases().add(result.id());
        entry.signatures().add(signature);
    }

    private static String yaml(List<RecordedRun> runs, List<Entry> entries) {
        StringBuilder yaml = new StringBuilder();
        for (RecordedRun run : runs) {
            RunStarted.ImplementationInfo judged = run.started().implementation();
            comment(
                    yaml,
                    "Known deviations of " + judged.name() + " " + judged.version() + ", from a run of "
                            + run.started().startedAt() + ".");
        }
        comment(
                yaml,
                "Each reason is a placeholder: write why the deviation is accepted, and link to where it is dealt with.");
        yaml.append("\n- profile: ")
                .append(runs.getFirst().started().profile().word())
                .append('\n');
        entries.forEach(entry -> entry(yaml, entry));
        return yaml.toString();
    }

    private static void entry(StringBuilder yaml, Entry entry) {
        yaml.append('\n');
        comment(yaml, entry.cause().clause() + ": " + entry.cause().what());
        yaml.append("- pattern:");
        words(yaml, entry.cases());
        if (!entry.key().agent().isEmpty()) {
            yaml.append("  agent: ").append(quoted(entry.key().agent())).append('\n');
        }
        yaml.append("  reason: \"").append(KnownDeviation.PLACEHOLDER).append(": why is this accepted?\"\n");
        yaml.append("  link: \"\"\n");
        yaml.append("  signature:");
        words(yaml, patterns(entry.signatures()));
        if (entry.key().finding() == Finding.WARNING) {
            yaml.append("  warned: true\n");
        }
        if (entry.key().passes() == Passing.SOMETIMES) {
            yaml.append("  passes: sometimes\n");
        }
    }

    /** Few signatures stay exact. Many are replaced by patterns that name the failed check. */
    private static Set<String> patterns(Set<String> signatures) {
        if (signatures.size() <= EXACT_SIGNATURES) {
            return signatures;
        }
        Set<String> patterns = new TreeSet<>();
        signatures.forEach(signature -> patterns.add(
                signature.replaceFirst(": expected .*", ": *").replaceFirst("^server step \\d+", "server step *")));
        return patterns;
    }

    /** Writes one word behind its field, or several as a list below it. */
    private static void words(StringBuilder yaml, Set<String> words) {
        if (words.size() == 1) {
            yaml.append(' ').append(quoted(words.iterator().next())).append('\n');
            return;
        }
        yaml.append('\n');
        words.forEach(word -> yaml.append("    - ").append(quoted(word)).append('\n'));
    }

    /** A JSON string is also a double-quoted YAML scalar. */
    private static String quoted(String text) {
        return TextNode.valueOf(text).toString();
    }

    private static void comment(StringBuilder yaml, String text) {
        yaml.append("# ").append(EscapedText.line(text)).append('\n');
    }
}

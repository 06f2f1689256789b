package io.wstck.tck.cli;

import io.wstck.tck.cases.TestCase;
import io.wstck.tck.catalogue.Clause;
import io.wstck.tck.prove.Fault;
import io.wstck.tck.report.CaseFinished;
import io.wstck.tck.report.EventsException;
import io.wstck.tck.report.EventsReader;
import io.wstck.tck.report.RecordedRun;
import io.wstck.tck.report.ReportFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * What is known of each clause: its cases, the faults that prove them, and what the last run made of them.
 *
 * @param entries in the order of the specification
 */
record Ledger(LastEvents last, List<Entry> entries) {

    Ledger {
        entries = List.copyOf(entries);
    }

    /** The events of the last run. */
    sealed interface LastEvents {
        /** There is a run to tell of. */
        record Recorded(Path file, RecordedRun run) implements LastEvents {}

        /** There is none. */
        record None(Path file) implements LastEvents {}

        /** There is one that cannot be read; why is one sentence. */
        record Unreadable(Path file, String why) implements LastEvents {}

        static LastEvents of(ReportFolder folder) {
            Path file = folder.events();
            if (Files.notExists(file)) {
                return new None(file);
            }
            try {
                RecordedRun run = EventsReader.read(file);
                run.requireCounts();
                return new Recorded(file, run);
            } catch (EventsException e) {
                return new Unreadable(file, e.getMessage());
            }
        }

        /** What became of the cases; every round of a repeated run is there. */
        default List<CaseFinished> results() {
            return this instanceof Recorded(Path _, RecordedRun run) ? run.cases() : List.of();
        }
    }

    /**
     * One clause.
     *
     * @param faults ids of the kept faults that break it
     * @param results of its cases in the last run, in the order of the cases
     * @param unplayed how many of its cases the last run did not play
     */
    record Entry(Clause clause, List<TestCase> cases, List<String> faults, List<CaseFinished> results, long unplayed) {
        Entry {
            cases = List.copyOf(cases);
            faults = List.copyOf(faults);
            results = List.copyOf(results);
        }

        /** Whether a binding behaviour is not certified, and nothing says why. */
        boolean uncovered() {
            return clause.level().binding()
                    && cases.isEmpty()
                    && clause.untestable().isEmpty();
        }

        /** Whether nothing shows that its cases notice a client that breaks it, and nothing says why. */
        boolean unproven() {
            return clause.level().binding()
                    && !cases.isEmpty()
                    && faults.isEmpty()
                    && clause.unprovable().isEmpty();
        }
    }

    static Ledger of(Collection<Clause> clauses, List<TestCase> cases, List<Fault> faults, LastEvents last) {
        List<CaseFinished> results = last.results();
        List<Entry> entries = new ArrayList<>();
        for (Clause clause : clauses) {
            List<TestCase> own = cases.stream()
                    .filter(testCase -> testCase.clause().id().equals(clause.id()))
                    .toList();
            List<String> ids = own.stream().map(TestCase::id).toList();
            List<CaseFinished> played = results.stream()
                    .filter(result -> ids.contains(result.id()))
                    .sorted(Comparator.comparingInt(result -> ids.indexOf(result.id())))
                    .toList();
            entries.add(new Entry(
                    clause,
                    own,
                    faults.stream()
                            .filter(fault -> fault.breaks().contains(clause.id()))
                            .map(Fault::id)
                            .toList(),
                    played,
                    own.size()
                            - played.stream().map(CaseFinished::id).distinct().count()));
        }
        return new Ledger(last, entries);
    }

    /** Ids of the binding clauses that have no case, though they could. */
    List<String> uncovered() {
        return entries.stream()
                .filter(Entry::uncovered)
                .map(entry -> entry.clause().id())
                .toList();
    }
}

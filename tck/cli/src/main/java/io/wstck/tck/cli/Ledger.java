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
 * The state of each clause: its cases, the faults that prove them, and their results in the last run.
 *
 * @param entries in the order of the specification
 */
record Ledger(LastRunEvents last, List<ClauseEntry> entries) {

    Ledger {
        entries = List.copyOf(entries);
    }

    /** The events of the last run. */
    sealed interface LastRunEvents {
        /** The events were read. */
        record Recorded(Path file, RecordedRun run) implements LastRunEvents {}

        /** There are no events. */
        record None(Path file) implements LastRunEvents {}

        /** The events cannot be read. {@code why} is one sentence. */
        record Unreadable(Path file, String why) implements LastRunEvents {}

        static LastRunEvents of(ReportFolder folder) {
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

        /** The results of the cases, with every round of a repeated run. */
        default List<CaseFinished> results() {
            return this instanceof Recorded(Path _, RecordedRun run) ? run.cases() : List.of();
        }
    }

    /**
     * One clause.
     *
     * @param faults ids of the faults that break it
     * @param results the results of its cases in the last run, in the order of the cases
     * @param unplayed the number of its cases that the last run did not play
     */
    record ClauseEntry(
            Clause clause, List<TestCase> cases, List<String> faults, List<CaseFinished> results, long unplayed) {
        ClauseEntry {
            cases = List.copyOf(cases);
            faults = List.copyOf(faults);
            results = List.copyOf(results);
        }

        /** Whether a binding clause has no case, and no reason why it cannot have one. */
        boolean uncovered() {
            return clause.level().binding()
                    && cases.isEmpty()
                    && clause.untestable().isEmpty();
        }

        /** Whether a binding clause has cases but no fault that proves them, and no reason why it cannot have one. */
        boolean unproven() {
            return clause.level().binding()
                    && !cases.isEmpty()
                    && faults.isEmpty()
                    && clause.unprovable().isEmpty();
        }
    }

    static Ledger of(Collection<Clause> clauses, List<TestCase> cases, List<Fault> faults, LastRunEvents last) {
        List<CaseFinished> results = last.results();
        List<ClauseEntry> entries = new ArrayList<>();
        for (Clause clause : clauses) {
            List<TestCase> own = cases.stream()
                    .filter(testCase -> testCase.clause().id().equals(clause.id()))
                    .toList();
            List<String> ids = own.stream().map(TestCase::id).toList();
            List<CaseFinished> played = results.stream()
                    .filter(result -> ids.contains(result.id()))
                    .sorted(Comparator.comparingInt(result -> ids.indexOf(result.id())))
                    .toList();
            entries.add(new ClauseEntry(
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

    /** Ids of the uncovered clauses. */
    List<String> uncovered() {
        return entries.stream()
                .filter(ClauseEntry::uncovered)
                .map(entry -> entry.clause().id())
                .toList();
    }
}

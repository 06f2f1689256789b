package io.wstck.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The contestants of one table. They have their turns in rounds, so that a change of the machine's speed meets all of
 * them. The first one is the measure of the others. For one thread.
 */
final class Contest implements AutoCloseable {
    private final Options options;
    private final Report report;
    private final String title;
    private final List<Contestant> contestants = new ArrayList<>();

    Contest(Options options, Report report, String title) {
        this.options = options;
        this.report = report;
        this.title = title;
    }

    /** Starts a contestant. */
    @FunctionalInterface
    interface Start {
        Contestant start() throws IOException, Contestant.AbsentException;
    }

    /** Adds a contestant, or leaves it out if it cannot start. */
    void add(String name, Start start) {
        try {
            contestants.add(start.start());
        } catch (Contestant.AbsentException e) {
            report.leaveOut(title + ": " + e.getMessage());
        } catch (IOException e) {
            report.leaveOut(title + ": " + name + " did not start: " + e.getMessage());
        }
    }

    /** Warms up, plays all rounds, and prints the table. A contestant that fails is left out. */
    void play(String first) {
        report.progress(title + ": " + contestants.size() + " warm up");
        eachContestant(contestant -> contestant.warmUp(options.warmUp()));
        for (int round = 0; round < options.rounds(); round++) {
            eachContestant(contestant -> contestant.haveTurn(options.turn()));
        }
        print(first);
    }

    @FunctionalInterface
    private interface Step {
        void take(Contestant contestant) throws IOException;
    }

    private void eachContestant(Step step) {
        for (Contestant contestant : List.copyOf(contestants)) {
            try {
                step.take(contestant);
            } catch (IOException e) {
                report.leaveOut(title + ": " + contestant.title() + " failed: " + e.getMessage());
                contestant.close();
                contestants.remove(contestant);
            }
        }
    }

    private void print(String first) {
        report.heading(title);
        report.columns(
                first,
                "messages/s",
                "of " + contestants.getFirst().title(),
                "processor µs each",
                "bytes allocated each");
        for (Contestant contestant : contestants) {
            List<Contestant.Turn> turns = contestant.turns();
            List<Double> ratios = new ArrayList<>();
            for (int round = 0; round < turns.size(); round++) {
                ratios.add(turns.get(round).messagesPerSecond()
                        / contestants.getFirst().turns().get(round).messagesPerSecond());
            }
            report.row(List.of(
                    (contestant.title() + " " + contestant.version()).strip(),
                    Figures.print(median(turns, Contestant.Turn::messagesPerSecond)),
                    Figures.medianAndSpread(ratios),
                    Figures.print(median(turns, Contestant.Turn::processorMicros)),
                    Figures.print(median(turns, Contestant.Turn::allocatedBytes))));
        }
    }

    private static double median(
            List<Contestant.Turn> turns, java.util.function.Function<Contestant.Turn, Double> figure) {
        return Figures.median(turns.stream().map(figure).toList());
    }

    @Override
    public void close() {
        contestants.forEach(Contestant::close);
    }
}

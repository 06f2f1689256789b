package io.wstck.tck.report;

import io.wstck.tck.judge.Verdict;
import io.wstck.tck.run.CaseResult;
import io.wstck.tck.run.RunInfo;
import io.wstck.tck.run.RunListener;
import io.wstck.tck.run.RunSummary;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Prints a run to the console as it goes: a first line, progress, each finding, and a summary. It uses only the run's
 * events. For one thread at a time.
 */
public final class ConsoleReport implements RunListener {
    private static final long TERMINAL_INTERVAL_NANOS = 50_000_000;
    private static final long STREAM_INTERVAL_NANOS = 5_000_000_000L;

    /** The time until the first line of progress in a stream: a reader soon sees that the run is alive. */
    private static final long FIRST_IN_STREAM_NANOS = 500_000_000;

    private static final String ERASE_LINE = "\r\u001b[K";

    /** A progress line longer than the terminal is cut there: in two lines it could not be erased. */
    private static final String NO_WRAP = "\u001b[?7l";

    private static final String WRAP = "\u001b[?7h";

    private final PrintStream out;
    private final ConsoleStyle style;
    private final LongSupplier nanoClock;
    private final ConsoleCase cases;
    private final ConsoleCauses causes;
    private final ConsoleSummary summary;
    private final Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
    private final Map<String, Verdict> printed = new HashMap<>();
    private int expected;
    private long startNanos;
    private long lastProgress;
    private long progressInterval = STREAM_INTERVAL_NANOS;

    /**
     * Creates a report and prints nothing.
     *
     * @param rerun command line that runs one case again, without the case's id
     * @param reports files that the summary names
     * @param nanoClock monotonic nanoseconds, as {@link System#nanoTime()}
     */
    public ConsoleReport(
            PrintStream out, ConsoleStyle style, String rerun, List<Path> reports, LongSupplier nanoClock) {
        this.out = out;
        this.style = style;
        this.nanoClock = nanoClock;
        this.cases = new ConsoleCase(style, rerun);
        this.causes = new ConsoleCauses(style, rerun);
        this.summary = new ConsoleSummary(style, reports);
    }

    @Override
    public void started(RunInfo info) {
        expected = info.cases();
        startNanos = nanoClock.getAsLong();
        lastProgress = startNanos;
        progressInterval =
                style.screen() == ConsoleStyle.Screen.TERMINAL ? TERMINAL_INTERVAL_NANOS : FIRST_IN_STREAM_NANOS;
        List<String> words = new ArrayList<>();
        words.add("wstck " + info.kit());
        words.add(info.implementation().name() + " " + info.implementation().version() + " ("
                + info.implementation().language() + ")");
        words.add("profile " + info.profile().word());
        int cases = expected / info.repetitions();
        words.add(cases + (cases == 1 ? " case" : " cases"));
        if (info.repetitions() > 1) {
            words.add(info.repetitions() + " rounds");
        }
        words.add("seed " + info.seed());
        words.add(info.jobs() + (info.jobs() == 1 ? " job" : " jobs"));
        out.println(EscapedText.line(String.join(" · ", words)));
        out.flush();
    }

    @Override
    public void finished(CaseResult result) {
        counts.merge(result.verdict(), 1, Integer::sum);
        CaseFinished finished = CaseFinished.withoutScript(result);
        summary.add(finished);
        List<String> lines = lines(finished);
        if (!lines.isEmpty()) {
            eraseProgress();
            lines.forEach(out::println);
        }
        progress();
        out.flush();
    }

    @Override
    public void ended(RunSummary ended) {
        eraseProgress();
        causes.lines().forEach(out::println);
        summary.lines(RunFinished.of(ended)).forEach(out::println);
        out.flush();
    }

    /** A finding takes one line at most if another case has printed its cause, or an earlier round has printed it. */
    private List<String> lines(CaseFinished result) {
        Verdict before = printed.put(result.id(), result.verdict());
        Optional<String> first = causes.register(result);
        if (style.detail() == ConsoleStyle.Detail.TRACE) {
            return cases.lines(result);
        }
        if (before == result.verdict()) {
            return cases.repeated(result);
        }
        return first.map(id -> cases.sameCause(result, id)).orElseGet(() -> cases.lines(result));
    }

    private void eraseProgress() {
        if (style.screen() == ConsoleStyle.Screen.TERMINAL) {
            out.print(ERASE_LINE);
        }
    }

    private void progress() {
        long now = nanoClock.getAsLong();
        boolean terminal = style.screen() == ConsoleStyle.Screen.TERMINAL;
        if (now - lastProgress < progressInterval) {
            return;
        }
        lastProgress = now;
        progressInterval = terminal ? TERMINAL_INTERVAL_NANOS : STREAM_INTERVAL_NANOS;
        int done = counts.values().stream().mapToInt(Integer::intValue).sum();
        Progress progress = new Progress(done, expected, Duration.ofNanos(now - startNanos));
        StringBuilder line = new StringBuilder("  ");
        line.append(terminal ? progress.bar() + " " : "")
                .append(done)
                .append('/')
                .append(expected);
        progress.left().ifPresent(left -> line.append("  ").append(left));
        counts.forEach(
                (verdict, count) -> line.append("  ").append(count).append(' ').append(verdict.phrase()));
        if (terminal) {
            out.print(ERASE_LINE + NO_WRAP + line + WRAP);
        } else {
            out.println(line);
        }
    }

    /** For example {@code 340 ms}, {@code 4.2 s}, {@code 2 min 5 s}. */
    static String duration(Duration duration) {
        if (duration.toMillis() < 1000) {
            return duration.toMillis() + " ms";
        }
        if (duration.toMinutes() < 1) {
            return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
        }
        return duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
    }
}

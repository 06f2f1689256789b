package io.wstck.lua;

import java.time.Duration;
import java.util.Locale;

/**
 * How long each of the {@link LongCalls} takes to end after a stop, in milliseconds: stopped at several moments, each
 * several times. Prints the slowest first attempt and the fastest of each. Arguments: the least number of milliseconds
 * to print (100).
 */
final class StopLatency {
    private static final long ALLOCATED_BYTES = 2L << 30;
    private static final int[] MOMENTS = {1, 100, 400};
    private static final int ATTEMPTS = 3;

    private StopLatency() {}

    /** Prints a line for each statement and moment that is slower than the argument, then the slowest of all. */
    public static void main(String[] arguments) throws Exception {
        long least = arguments.length > 0 ? Long.parseLong(arguments[0]) : 100;
        long slowest = 0;
        for (String statement : LongCalls.statements()) {
            for (int moment : MOMENTS) {
                LongCallsTest.Run run = LongCallsTest.Run.of(statement, ALLOCATED_BYTES, Duration.ofMillis(moment));
                long first = run.stopping().toMillis();
                long fastest = first;
                for (int attempt = 1; attempt < ATTEMPTS && fastest >= least; attempt++) {
                    run = LongCallsTest.Run.of(statement, ALLOCATED_BYTES, Duration.ofMillis(moment));
                    fastest = Math.min(fastest, run.stopping().toMillis());
                }
                if (fastest >= least || !"STOPPED ended MEMORY ERROR STACK_OVERFLOW".contains(run.end())) {
                    System.out.printf(
                            Locale.ROOT,
                            "%5d ms, fastest %5d ms, after %d ms, %s: %s%n",
                            first,
                            fastest,
                            moment,
                            run.end(),
                            statement);
                }
                slowest = Math.max(slowest, fastest);
            }
        }
        System.out.println("slowest of the fastest attempts: " + slowest + " ms");
    }
}

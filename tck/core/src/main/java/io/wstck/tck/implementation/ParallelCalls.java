package io.wstck.tck.implementation;

import io.wstck.lua.LuaStrings;
import io.wstck.tck.implementation.bounded.CallThreads;
import io.wstck.tck.implementation.bounded.StartedCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/** Runs several calls on one connection at the same time, each on its own thread. Stateless. */
public final class ParallelCalls {
    /** Lead of the first call, so that it is under way when the others start. */
    private static final Duration LEAD = Duration.ofMillis(50);

    private static final Duration CHECK_INTERVAL = Duration.ofHours(1);

    private ParallelCalls() {}

    /**
     * Starts the first call, starts the others 50 ms later, and waits until all have returned.
     *
     * @return for each call, in order, why it failed; empty if it succeeded
     * @throws InterruptedException if the waiting thread is interrupted; the calls are interrupted too
     */
    public static List<Optional<String>> run(List<? extends Callable<?>> calls) throws InterruptedException {
        try (CallThreads threads = new CallThreads("parallel-")) {
            List<StartedCall<Object>> started = new ArrayList<>();
            for (Callable<?> call : calls) {
                if (started.size() == 1) {
                    Thread.sleep(LEAD);
                }
                started.add(threads.start(call::call));
            }
            List<Optional<String>> failures = new ArrayList<>();
            for (StartedCall<Object> call : started) {
                failures.add(failure(call));
            }
            return failures;
        }
    }

    private static Optional<String> failure(StartedCall<Object> call) throws InterruptedException {
        while (!call.awaitEnd(CHECK_INTERVAL)) {
            // A call that never returns is ended by the script's time limit.
        }
        try {
            var _ = call.result();
            return Optional.empty();
        } catch (ExecutionException e) {
            return Optional.of(SafeText.of(e.getCause()));
        }
    }

    /** The results for a script: a list with {@code true} or the failure's text for each call. */
    public static LuaTable toLua(List<Optional<String>> failures) {
        LuaTable table = new LuaTable();
        for (int index = 0; index < failures.size(); index++) {
            table.set(
                    index + 1, failures.get(index).<LuaValue>map(LuaStrings::of).orElse(LuaValue.TRUE));
        }
        return table;
    }
}

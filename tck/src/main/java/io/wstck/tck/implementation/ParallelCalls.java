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

/** Makes calls at the same time, each on a thread of its own. Stateless. */
public final class ParallelCalls {
    /** The first call is under way when the others begin. */
    private static final Duration AHEAD = Duration.ofMillis(50);

    private static final Duration LOOK = Duration.ofHours(1);

    private ParallelCalls() {}

    /**
     * Starts the first call, 50 ms later the others, and waits until all have returned.
     *
     * @return for each call, in their order, why it failed, if it did
     * @throws InterruptedException when the wait is given up; the calls are interrupted
     */
    public static List<Optional<String>> run(List<? extends Callable<?>> calls) throws InterruptedException {
        try (CallThreads threads = new CallThreads("parallel-")) {
            List<StartedCall<Object>> started = new ArrayList<>();
            for (Callable<?> call : calls) {
                if (started.size() == 1) {
                    Thread.sleep(AHEAD);
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
        while (!call.awaitEnd(LOOK)) {
            // The limit of the script ends a call that never returns.
        }
        try {
            var _ = call.result();
            return Optional.empty();
        } catch (ExecutionException e) {
            return Optional.of(SafeText.of(e.getCause()));
        }
    }

    /** What a script gets for these results: a list of {@code true}, or of the reason as text. */
    public static LuaTable toLua(List<Optional<String>> failures) {
        LuaTable table = new LuaTable();
        for (int index = 0; index < failures.size(); index++) {
            table.set(
                    index + 1, failures.get(index).<LuaValue>map(LuaStrings::of).orElse(LuaValue.TRUE));
        }
        return table;
    }
}

package io.wstck.lua;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.wstck.lua.host.LuaHost;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaValue;

/**
 * Every function that a script can reach, called with arguments as long as it takes: it can be stopped, and stays
 * within the limits.
 */
@Timeout(60)
class LongCallsTest {
    private static final ThreadMXBean THREADS = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
    private static final long ALLOCATED_BYTES = 700_000_000;

    /** The most that a session may allocate beyond its limit between two checks of it. */
    private static final long SLACK_BYTES = 100_000_000;

    /** A calm machine needs less than 200 ms; a call that cannot be stopped needs many seconds. */
    private static final Duration PROMPTLY = Duration.ofSeconds(3);

    private static final Duration UNTIL_STOP = Duration.ofMillis(30);
    private static final int ATTEMPTS = 3;
    private static final String PREPARED = "##";

    @Test
    void everyFunctionHasAnEntry() {
        try (LuaSession session = Scripts.HOST.open()) {
            LuaFunction reached = LuaFunctions.of("reached", none -> {
                assertThat(LongCalls.reachable(session)).isEqualTo(LongCalls.names());
                return LuaValue.NONE;
            });
            session.call(reached, LuaValue.NONE);
        }
    }

    @ParameterizedTest
    @MethodSource("io.wstck.lua.LongCalls#statements")
    void aLongCallCanBeStoppedAndStaysWithinTheLimits(String statement) throws Exception {
        Run fastest = Run.of(statement, ALLOCATED_BYTES, UNTIL_STOP);
        for (int attempt = 1; attempt < ATTEMPTS && fastest.stopping().compareTo(PROMPTLY) > 0; attempt++) {
            fastest = Run.of(statement, ALLOCATED_BYTES, UNTIL_STOP);
        }
        assertThat(fastest.stopping()).isLessThan(PROMPTLY);
        assertThat(fastest.allocated()).isLessThan(ALLOCATED_BYTES + SLACK_BYTES);
        assertThat(fastest.end()).isIn("ended", "ERROR", "MEMORY", "STOPPED", "STACK_OVERFLOW");
        assertThat(fastest.message()).doesNotContain("heap is exhausted");
    }

    /**
     * How a statement ended that was tried over and over.
     *
     * @param stopping how long it took to end after it was stopped; zero when it ended before
     * @param allocated bytes that its thread has allocated
     * @param end {@code ended}, or the kind of its failure
     */
    record Run(Duration stopping, long allocated, String end, String message) {
        static Run of(String statement, long allocatedBytes, Duration untilStop) throws Exception {
            LuaHost host = LuaHost.builder()
                    .limits(LuaLimits.defaults().withAllocatedBytes(allocatedBytes))
                    .output(line -> {})
                    .build();
            try (LuaSession session = host.open()) {
                LongCalls.provideArguments(session, statement);
                CountDownLatch running = new CountDownLatch(1);
                LuaFunctions.put(session.globals(), "running", none -> {
                    running.countDown();
                    return LuaValue.NONE;
                });
                int mark = statement.indexOf(PREPARED);
                String prepared = mark < 0 ? "" : statement.substring(0, mark);
                String repeated = mark < 0 ? statement : statement.substring(mark + PREPARED.length());
                long[] allocated = {0};
                FutureTask<Object> script = new FutureTask<>(() -> {
                    long before = THREADS.getCurrentThreadAllocatedBytes();
                    try {
                        return session.run(Scripts.compile(prepared + " running() while true do " + repeated + " end"));
                    } finally {
                        running.countDown();
                        allocated[0] = THREADS.getCurrentThreadAllocatedBytes() - before;
                    }
                });
                Thread thread = Thread.ofPlatform().start(script);
                running.await();
                String end = end(script, untilStop);
                long start = System.nanoTime();
                if (end.equals("running")) {
                    session.stop("enough");
                    end = end(script, Duration.ofSeconds(40));
                }
                Duration stopping = Duration.ofNanos(System.nanoTime() - start);
                thread.join();
                return new Run(stopping, allocated[0], end.split(" ", 2)[0], end);
            }
        }

        private static String end(FutureTask<Object> script, Duration limit) throws InterruptedException {
            try {
                script.get(limit.toMillis(), TimeUnit.MILLISECONDS);
                return "ended";
            } catch (TimeoutException e) {
                return "running";
            } catch (ExecutionException e) {
                return e.getCause() instanceof LuaFailure failure
                        ? failure.kind() + " " + failure.message()
                        : "failed " + e.getCause();
            }
        }
    }
}

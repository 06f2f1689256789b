package io.wstck.tck.cases;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.lua.LuaFailure;
import io.wstck.lua.LuaScript;
import io.wstck.lua.LuaSession;
import io.wstck.lua.host.LuaHost;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToLongFunction;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A file that gets little of a busy machine is not stopped for that. */
@Timeout(60)
class LoadLimitTest {
    private static final Duration PROCESSOR = Duration.ofMillis(20);

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

    @AfterEach
    void stopTheClock() {
        clock.shutdownNow();
    }

    @Test
    void aFileIsStoppedByTheTimeThatItsThreadHasUsed() {
        AtomicInteger asked = new AtomicInteger();
        // The thread gets 1 ms of the processor between two checks.
        assertThat(endless(_ -> asked.getAndIncrement() * 1_000_000L, Duration.ofMinutes(1)))
                .endsWith("the file was still running after 20 ms of processor time");
        assertThat(asked).hasValue(21);
    }

    @Test
    void aFileWhoseThreadSeemsToUseNoTimeIsStoppedByTheLimitOfElapsedTime() {
        assertThat(endless(_ -> 0, Duration.ofMillis(50))).endsWith("the file was still running after 50 ms");
    }

    @Test
    void elapsedTimeCountsWhereTheProcessorTimeIsUnknown() {
        assertThat(endless(_ -> -1, Duration.ofMinutes(1)))
                .endsWith("the file was still running after 20 ms of processor time");
    }

    @Test
    void theProcessorTimeOfThisThreadIsKnown() {
        assertThat(LoadLimit.processorTime(Thread.currentThread())).isPositive();
    }

    /** The error of a script without an end. */
    private String endless(ToLongFunction<Thread> processorTime, Duration elapsed) {
        LoadLimit limit = new LoadLimit(clock, PROCESSOR, elapsed, processorTime);
        try (LuaSession session = LuaHost.builder().build().open();
                LoadLimit.LimitedLoad _ = limit.begin(session)) {
            LuaFailure failure = Assertions.catchThrowableOfType(
                    LuaFailure.class, () -> session.run(LuaScript.compile("endless", "while true do end")));
            return failure.getMessage();
        }
    }
}

package io.wstck.tck.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.tck.implementation.bounded.CallThreads;
import io.wstck.tck.implementation.bounded.StartedCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Tests how many abandoned calls end a run. */
class AbandonedCallsTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    private final EndSignal end = new EndSignal();
    private final AbandonedCalls abandoned = new AbandonedCalls(end);

    @Test
    void aHundredWaitingCallsEndTheRunAndTenAreNamed() throws Exception {
        CountDownLatch released = new CountDownLatch(1);
        try (CallThreads threads = new CallThreads("stuck-")) {
            try {
                for (int number = 1; number < AbandonedCalls.MAX_WAITING; number++) {
                    abandoned.add("case " + number, stuck(threads, released));
                }
                assertThat(end.reason()).isEmpty();
                abandoned.add("the last", stuck(threads, released));

                assertThat(end.reason())
                        .hasValueSatisfying(reason -> assertThat(reason.sentence())
                                .startsWith(
                                        "100 calls of the client have not returned and cannot be ended; the first is case 1:"
                                                + " thread \"stuck-"));
                assertThat(abandoned.remarks())
                        .hasSize(11)
                        .last()
                        .isEqualTo("not returned: 90 more calls of the client");
            } finally {
                released.countDown();
            }
        }
    }

    @Test
    void callsThatHaveReturnedDoNotCount() throws Exception {
        try (CallThreads threads = new CallThreads("late-")) {
            for (int number = 1; number <= 2 * AbandonedCalls.MAX_WAITING; number++) {
                CountDownLatch released = new CountDownLatch(1);
                StartedCall<?> call = stuck(threads, released);
                abandoned.add("case " + number, call);
                released.countDown();
                assertThat(call.awaitEnd(LONG)).isTrue();
            }
        }
        assertThat(end.reason()).isEmpty();
        assertThat(abandoned.remarks()).isEmpty();
    }

    @Test
    void anInterruptThatACallLeavesBehindDoesNotReachTheNextOne() throws Exception {
        List<Boolean> interrupted = new ArrayList<>();
        try (CallThreads threads = new CallThreads("call-")) {
            for (int number = 1; number <= 20; number++) {
                StartedCall<?> call = threads.start(() -> {
                    interrupted.add(Thread.currentThread().isInterrupted());
                    Thread.currentThread().interrupt();
                    return null;
                });
                assertThat(call.awaitEnd(LONG)).isTrue();
            }
        }
        assertThat(interrupted).hasSize(20).containsOnly(false);
    }

    /** Starts a call that waits. */
    private static StartedCall<?> stuck(CallThreads threads, CountDownLatch released) throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        StartedCall<?> call = threads.start(() -> {
            begun.countDown();
            UninterruptibleWait.await(released);
            return null;
        });
        begun.await();
        return call;
    }
}

package io.wstck.tck.implementation.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The end of a transport, while other threads start agents. */
@Timeout(60)
class AgentLinksTest {
    private final AgentLinks links = AgentLinks.withShutdownHook();
    private final AtomicInteger closed = new AtomicInteger();

    @Test
    void theEndWaitsForAnAgentThatIsBeingStartedAndEndsIt() throws Exception {
        CountDownLatch opening = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        FutureTask<AgentLinks.Member> start = new FutureTask<>(() -> links.open(() -> {
            opening.countDown();
            awaitAlways(goOn);
            return closed::incrementAndGet;
        }));
        Thread.ofPlatform().daemon().start(start);
        opening.await();

        Thread end = Thread.ofPlatform().daemon().start(links::close);
        // An end that does not wait is over by then.
        assertThat(end.join(Duration.ofMillis(200))).isFalse();
        assertThat(closed).hasValue(0);

        goOn.countDown();
        end.join();
        assertThat(closed).hasValue(1);
        assertThat(start.get()).isNotNull();
    }

    @Test
    void nothingIsStartedAfterTheEnd() {
        links.close();

        assertThatThrownBy(() -> links.open(() -> {
                    throw new AssertionError("started");
                }))
                .hasMessage("cannot start an agent: the kit is ending");
    }

    @Test
    void everythingIsEndedAlsoIfOneFails() throws AgentException {
        for (int i = 0; i < 3; i++) {
            links.open(() -> () -> {
                closed.incrementAndGet();
                throw new IllegalStateException("cannot be ended");
            });
        }

        assertThatThrownBy(links::close).hasMessage("cannot be ended");
        assertThat(closed).hasValue(3);
    }

    private static void awaitAlways(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}

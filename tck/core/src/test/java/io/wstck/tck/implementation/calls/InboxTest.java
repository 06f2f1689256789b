package io.wstck.tck.implementation.calls;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Tests the queue between a client with a listener and a script. */
class InboxTest {
    private static final Optional<Duration> AT_ONCE = Optional.of(Duration.ZERO);
    private static final int PATIENCE_SECONDS = 20;

    private final AtomicInteger wanted = new AtomicInteger();

    @Test
    void messagesComeInOrderAndBeforeTheEnd() throws Exception {
        Inbox inbox = new Inbox(10);
        inbox.add(message("a"));
        inbox.add(message("b"));
        inbox.end();
        inbox.add(message("late"));

        assertThat(text(inbox.take(Optional.empty()))).isEqualTo("a");
        assertThat(text(inbox.take(Optional.empty()))).isEqualTo("b");
        assertThat(inbox.take(Optional.empty())).isEqualTo(Received.closed());
        assertThat(inbox.take(AT_ONCE)).isEqualTo(Received.closed());
    }

    @Test
    void aReceiveWithoutWaitReturnsNothing() throws Exception {
        assertThat(new Inbox(1).take(AT_ONCE)).isEqualTo(Received.nothing());
    }

    @Test
    void aWaitingReceiveGetsTheNextMessage() throws Exception {
        Inbox inbox = new Inbox(1);
        CompletableFuture<Received> waiting = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                waiting.complete(inbox.take(Optional.empty()));
            } catch (InterruptedException e) {
                waiting.completeExceptionally(e);
            }
        });
        inbox.add(message("a"));

        assertThat(text(waiting.get(PATIENCE_SECONDS, TimeUnit.SECONDS))).isEqualTo("a");
    }

    @Test
    void eachMessageThatLeavesRoomRequestsAnother() throws Exception {
        Inbox inbox = new Inbox(2, wanted::incrementAndGet);
        inbox.add(message("a"));
        assertThat(wanted).hasValue(1);
        inbox.add(message("b"));
        assertThat(wanted).hasValue(1);

        inbox.take(AT_ONCE);
        assertThat(wanted).hasValue(2);
        inbox.take(AT_ONCE);
        assertThat(wanted).hasValue(2);
    }

    @Test
    void putBlocksUntilThereIsRoom() throws Exception {
        Inbox inbox = new Inbox(1);
        CompletableFuture<Void> delivered = new CompletableFuture<>();
        inbox.put(message("a"));
        Thread deliverer = Thread.ofPlatform().start(() -> {
            try {
                inbox.put(message("b"));
                delivered.complete(null);
            } catch (InterruptedException e) {
                delivered.completeExceptionally(e);
            }
        });
        while (deliverer.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        assertThat(delivered).isNotDone();

        assertThat(text(inbox.take(AT_ONCE))).isEqualTo("a");
        delivered.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(text(inbox.take(AT_ONCE))).isEqualTo("b");
    }

    @Test
    void anAbandonedInboxDropsItsMessagesAndRequestsTheRest() throws Exception {
        Inbox inbox = new Inbox(1, wanted::incrementAndGet);
        inbox.add(message("a"));
        inbox.abandon();

        assertThat(inbox.take(AT_ONCE)).isEqualTo(Received.closed());
        assertThat(wanted).hasValue(1);
        inbox.add(message("b"));
        assertThat(wanted).hasValue(2);
        assertThat(inbox.take(AT_ONCE)).isEqualTo(Received.closed());
    }

    private static Received message(String text) {
        return Received.text(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(Received received) {
        return new String(((Received.Message) received).data(), StandardCharsets.UTF_8);
    }
}

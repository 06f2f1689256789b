package io.wstck.server.scenario;

import io.wstck.server.connection.MovingDeadline;
import io.wstck.server.journal.JournalEntry.TcpEnd;
import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.CloseStatus;
import io.wstck.server.wire.Deadline;
import io.wstck.server.wire.DiscardReason;
import io.wstck.server.wire.HttpRequest;
import io.wstck.server.wire.Opcode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Takes the client's events from the connection, and returns the one that a step waits for. It keeps other events for a
 * later step that wants them. If there is none, the inbox answers as every endpoint must: a ping by a pong, a close by
 * a close and the end of TCP (RFC 6455 §5.5). The player's thread only.
 */
final class EventInbox {
    /** The most events that are kept for later steps. */
    private static final int MAX_KEPT = 10_000;

    private final PlayedConnection connection;
    private final Deque<InboundEvent> kept = new ArrayDeque<>();
    private StageProgress progress = StageProgress.empty();
    /** The event that a step got last. Its memory is released when the step asks for another event. */
    private Optional<InboundEvent> delivered = Optional.empty();

    /**
     * The latest ping that came while the server was inside a frame. RFC 6455 §5.5.3 allows an endpoint to answer only
     * that one.
     */
    private Optional<Bytes> postponedPing = Optional.empty();

    private Optional<HttpRequest> request = Optional.empty();
    private CloseStatus lastClose = new CloseStatus(Bytes.EMPTY);

    EventInbox(PlayedConnection connection) {
        this.connection = connection;
    }

    /** Sets the steps that decide which events are kept. */
    void beginStage(StageProgress steps) {
        progress = steps;
    }

    /** Ends the stage: no step follows, so kept events get their default answers. */
    void endStage() throws InterruptedException {
        progress = StageProgress.empty();
        while (!kept.isEmpty()) {
            drop(kept.removeFirst());
        }
    }

    /**
     * Returns the next event that is {@code wanted}. Kept events come first.
     *
     * @return empty when the event did not come in time, or cannot come any more
     */
    Optional<InboundEvent> await(Predicate<InboundEvent> wanted, MovingDeadline limit) throws InterruptedException {
        releaseDelivered();
        sendPostponedPong();
        for (Iterator<InboundEvent> old = kept.iterator(); old.hasNext(); ) {
            InboundEvent event = old.next();
            if (wanted.test(event)) {
                old.remove();
                return deliver(event);
            }
        }
        while (true) {
            Deadline deadline = limit.now();
            Optional<InboundEvent> event = connection.next(deadline);
            if (event.isPresent()) {
                if (event.get() instanceof InboundEvent.Close close) {
                    lastClose = close.status();
                }
                if (wanted.test(event.get())) {
                    return deliver(event.get());
                }
                keepOrDrop(event.get());
            } else if (connection.isExhausted() || limit.now().hasPassed()) {
                return Optional.empty();
            }
        }
    }

    /** Reads until the limit or the end of the connection, and wants no event. */
    void idle(MovingDeadline limit) throws InterruptedException {
        releaseDelivered();
        sendPostponedPong();
        while (!connection.isOver() && !limit.now().hasPassed()) {
            Optional<InboundEvent> event = connection.next(limit.now());
            if (event.isPresent()) {
                keepOrDrop(event.get());
            }
        }
    }

    /** Keeps an event that a step got and did not use, for a later step. */
    void putBack(InboundEvent event) {
        kept.addFirst(event);
    }

    /** Whether the last waiting step got an event. */
    boolean deliveredEvent() {
        return delivered.isPresent();
    }

    /** Stores a request that was read, for the handshake to answer. */
    void setRequest(HttpRequest read) {
        request = Optional.of(read);
    }

    /** The request that was read. */
    Optional<HttpRequest> request() {
        return request;
    }

    private void keepOrDrop(InboundEvent event) throws InterruptedException {
        boolean wanted =
                progress.laterStepWants(event) || (progress.expectsFailureNext() && !connection.keepsAlive(event));
        if (wanted && kept.size() < MAX_KEPT) {
            kept.add(event);
        } else {
            drop(event);
        }
    }

    private void drop(InboundEvent event) throws InterruptedException {
        answerByDefault(event);
        connection.releaseMemory(event);
    }

    private Optional<InboundEvent> deliver(InboundEvent event) {
        delivered = Optional.of(event);
        return delivered;
    }

    private void releaseDelivered() {
        delivered.ifPresent(connection::releaseMemory);
        delivered = Optional.empty();
    }

    /** Gives an event that no step uses the answer that every endpoint must give. */
    void answerByDefault(InboundEvent event) throws InterruptedException {
        switch (event) {
            case InboundEvent.Ping ping -> pong(ping.payload());
            case InboundEvent.Close close -> completeClosing(close.status());
            case InboundEvent.UnassembledMessage untaken -> closeAfterDiscard(untaken.reason());
            case InboundEvent.Request _ -> {}
            case InboundEvent.RequestTooLong _ -> {}
            case InboundEvent.ReceivedMessage _ -> {}
            case InboundEvent.CorruptMessage _ -> {}
            case InboundEvent.EarlyBytesOverflow _ -> {}
            case InboundEvent.Violated _ -> {}
            case InboundEvent.Pong _ -> {}
            case InboundEvent.TcpEnded _ -> {}
        }
    }

    private void sendPostponedPong() throws InterruptedException {
        if (postponedPing.isPresent() && !connection.insideFrame()) {
            Bytes payload = postponedPing.get();
            postponedPing = Optional.empty();
            pong(payload);
        }
    }

    private void pong(Bytes payload) throws InterruptedException {
        if (connection.insideFrame()) {
            postponedPing = Optional.of(payload);
            return;
        }
        // After either close frame no pong is required (RFC 6455 §5.5.1, §5.5.2).
        if (!connection.closing().begun() && !connection.isOver()) {
            var _ = connection.sendFrame(Opcode.PONG, payload);
        }
    }

    /**
     * Completes the closing handshake: answers the client's close frame, unless the server has sent one, and ends TCP.
     */
    void completeClosing(CloseStatus close) throws InterruptedException {
        if (connection.closing().needsAnswer() && !connection.isOver()) {
            var _ = connection.sendFrame(Opcode.CLOSE, close.answer());
        }
        connection.endTcp(TcpEnd.FIN);
    }

    /** Completes the closing handshake for a close frame that a step left unanswered. */
    void completeUnansweredClosing() throws InterruptedException {
        completeClosing(lastClose);
    }

    private void closeAfterDiscard(DiscardReason why) throws InterruptedException {
        if (!connection.closing().begun()) {
            var _ = connection.sendFrame(
                    Opcode.CLOSE,
                    CloseStatus.of(why.closeCode(), why.description()).payload());
        }
        connection.endTcp(TcpEnd.FIN);
    }
}

package io.wstck.server.scenario;

import io.wstck.server.journal.JournalEntry.TcpEnd;
import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.CloseStatus;
import io.wstck.server.wire.Deadline;
import io.wstck.server.wire.HttpRequest;
import io.wstck.server.wire.NotTaken;
import io.wstck.server.wire.Opcode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Waits for what a step wants. What it does not want is kept for a later step that does, and otherwise gets what every
 * endpoint owes: a ping its pong, a close its answer and the end of TCP (RFC 6455 §5.5). The player's thread only.
 */
final class Inbox {
    /** More than this many events are not kept for later steps. */
    private static final int KEPT = 10_000;

    private final Link link;
    private final Deque<Inbound> kept = new ArrayDeque<>();
    private Plan plan = Plan.nothing();
    /** What a step was handed last: its memory is held until the step wants something else. */
    private Optional<Inbound> handed = Optional.empty();

    /** The latest ping that came while the server was inside a frame: RFC 6455 §5.5.3 lets an endpoint answer that one alone. */
    private Optional<Bytes> unanswered = Optional.empty();

    private Optional<HttpRequest> request = Optional.empty();
    private CloseStatus lastClose = new CloseStatus(Bytes.EMPTY);

    Inbox(Link link) {
        this.link = link;
    }

    /** From here on these steps decide what is kept. */
    void follow(Plan steps) {
        plan = steps;
    }

    /** No step follows: what was kept for one gets what every endpoint owes. */
    void followNothing() throws InterruptedException {
        plan = Plan.nothing();
        while (!kept.isEmpty()) {
            drop(kept.removeFirst());
        }
    }

    /**
     * The next event that is {@code wanted}, one that was kept first.
     *
     * @return empty when it did not come in time, or cannot come any more
     */
    Optional<Inbound> await(Predicate<Inbound> wanted, Deadlines limit) throws InterruptedException {
        takeBack();
        answerPostponed();
        for (Iterator<Inbound> old = kept.iterator(); old.hasNext(); ) {
            Inbound event = old.next();
            if (wanted.test(event)) {
                old.remove();
                return hand(event);
            }
        }
        while (true) {
            Deadline deadline = limit.now();
            Optional<Inbound> event = link.next(deadline);
            if (event.isPresent()) {
                if (event.get() instanceof Inbound.Close close) {
                    lastClose = close.status();
                }
                if (wanted.test(event.get())) {
                    return hand(event.get());
                }
                absorb(event.get());
            } else if (link.exhausted() || limit.now().passed()) {
                return Optional.empty();
            }
        }
    }

    /** Reads on, with nothing wanted, until the limit or the end of the connection. */
    void idle(Deadlines limit) throws InterruptedException {
        takeBack();
        answerPostponed();
        while (!link.over() && !limit.now().passed()) {
            Optional<Inbound> event = link.next(limit.now());
            if (event.isPresent()) {
                absorb(event.get());
            }
        }
    }

    /** A later step is to have the event, which a step met and had no use for. */
    void putBack(Inbound event) {
        kept.addFirst(event);
    }

    /** Deals with an event that a step met and had no use for, as if no step had seen it. */
    void giveUp(Inbound event) throws InterruptedException {
        settle(event);
    }

    /** Whether the last step that waited was handed an event, wanted or not. */
    boolean handedEvent() {
        return handed.isPresent();
    }

    /** A request was read: the handshake can answer it. */
    void remember(HttpRequest read) {
        request = Optional.of(read);
    }

    /** The request that was read. */
    Optional<HttpRequest> request() {
        return request;
    }

    /** A limit that may come nearer while it is waited for. */
    interface Deadlines {
        Deadline now();
    }

    private void absorb(Inbound event) throws InterruptedException {
        boolean wanted = plan.mentionsLater(event) || (plan.failsNext() && !link.keepsAlive(event));
        if (wanted && kept.size() < KEPT) {
            kept.add(event);
        } else {
            drop(event);
        }
    }

    private void drop(Inbound event) throws InterruptedException {
        settle(event);
        link.letGo(event);
    }

    private Optional<Inbound> hand(Inbound event) {
        handed = Optional.of(event);
        return handed;
    }

    private void takeBack() {
        handed.ifPresent(link::letGo);
        handed = Optional.empty();
    }

    private void settle(Inbound event) throws InterruptedException {
        switch (event) {
            case Inbound.Ping ping -> pong(ping.payload());
            case Inbound.Close close -> conclude(close.status());
            case Inbound.Untaken untaken -> refuse(untaken.why());
            case Inbound.Request _ -> {}
            case Inbound.RequestTooLong _ -> {}
            case Inbound.Data _ -> {}
            case Inbound.Broken _ -> {}
            case Inbound.TooEarly _ -> {}
            case Inbound.Pong _ -> {}
            case Inbound.Ended _ -> {}
        }
    }

    private void answerPostponed() throws InterruptedException {
        if (unanswered.isPresent() && !link.insideFrame()) {
            Bytes payload = unanswered.get();
            unanswered = Optional.empty();
            pong(payload);
        }
    }

    private void pong(Bytes payload) throws InterruptedException {
        if (link.insideFrame()) {
            unanswered = Optional.of(payload);
            return;
        }
        // After either close frame nothing more is owed (RFC 6455 §5.5.1, §5.5.2).
        if (link.closing() == Closing.OPEN && !link.over()) {
            var _ = link.frame(Opcode.PONG, payload);
        }
    }

    /** The closing handshake's end: answers the client's close unless the server's was sent before, then ends TCP. */
    void conclude(CloseStatus close) throws InterruptedException {
        if (link.closing() == Closing.RECEIVED && !link.over()) {
            var _ = link.frame(Opcode.CLOSE, close.answer());
        }
        link.end(TcpEnd.FIN);
    }

    /** The closing handshake's end for a close frame that a step took without an answer. */
    void concludeUnanswered() throws InterruptedException {
        conclude(lastClose);
    }

    private void refuse(NotTaken why) throws InterruptedException {
        if (link.closing() == Closing.OPEN) {
            var _ = link.frame(
                    Opcode.CLOSE,
                    CloseStatus.of(why.closeCode(), why.description()).payload());
        }
        link.end(TcpEnd.FIN);
    }
}

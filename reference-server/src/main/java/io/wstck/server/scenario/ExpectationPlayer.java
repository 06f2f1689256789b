package io.wstck.server.scenario;

import io.wstck.server.connection.MovingDeadline;
import io.wstck.server.journal.JournalEntry.StepDone;
import io.wstck.server.scenario.Step.Answer;
import io.wstck.server.scenario.Step.CloseForm;
import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.CloseStatus;
import io.wstck.server.wire.Compression;
import io.wstck.server.wire.Deadline;
import io.wstck.server.wire.InflateResult.ContextDependency;
import io.wstck.server.wire.Message;
import io.wstck.server.wire.MessageCoding;
import io.wstck.server.wire.Opcode;
import java.time.Duration;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;

/**
 * Plays each {@link Step.Expectation}: waits for an event of the client, and decides whether the event meets the step.
 * The player's thread only.
 */
final class ExpectationPlayer {
    private final PlayedConnection connection;
    private final EventInbox inbox;
    private final SessionSignals signals;
    /** The time limit of the current step. */
    private Duration limit = Duration.ZERO;

    ExpectationPlayer(PlayedConnection connection, EventInbox inbox, SessionSignals signals) {
        this.connection = connection;
        this.inbox = inbox;
        this.signals = signals;
    }

    StepResult play(Step.Expectation step) throws InterruptedException {
        Deadline within = Deadline.in(step.within());
        limit = step.within();
        MovingDeadline deadlines = switch (step.waitLimit()) {
            case SCRIPT_AND_GRACE -> () -> within.earlier(connection.graceDeadline());
            case OUTLASTS_SCRIPT -> () -> within;
        };
        return switch (step) {
            case Step.ExpectMessage message -> message(message, deadlines);
            case Step.ExpectPing ping -> ping(ping, deadlines);
            case Step.ExpectPong pong -> pong(pong, deadlines);
            case Step.ExpectClose close -> close(close, deadlines);
            case Step.ExpectFailed failed -> failed(failed, deadlines);
            case Step.ExpectEnd _ -> end(deadlines);
            case Step.ExpectRequest _ -> request(deadlines);
            case Step.ExpectUnread unread -> unread(unread, deadlines);
            case Step.Fence fence -> fence(fence, deadlines);
        };
    }

    /** Selects events of this kind, and events after which none of this kind can come. */
    private static Predicate<InboundEvent> eventsOfType(Class<? extends InboundEvent> kind) {
        return event -> kind.isInstance(event)
                || event instanceof InboundEvent.Close
                || event instanceof InboundEvent.TcpEnded
                || event instanceof InboundEvent.UnassembledMessage
                || event instanceof InboundEvent.CorruptMessage
                || event instanceof InboundEvent.EarlyBytesOverflow
                || event instanceof InboundEvent.RequestTooLong;
    }

    private String describe(Optional<InboundEvent> event) {
        if (event.isPresent()) {
            return describe(event.get());
        }
        if (connection.isOver()) {
            return "nothing: the connection had ended";
        }
        return signals.scriptEnded() ? StepDone.PENDING_AT_SCRIPT_END : "nothing within " + durationText(limit);
    }

    /** Describes an event. The description of a TCP end includes the client's close frame before it. */
    private String describe(InboundEvent event) {
        return event instanceof InboundEvent.TcpEnded ended
                        && connection.clientClose().isPresent()
                ? ended.describeAfter(connection.clientClose().get())
                : event.describe();
    }

    private static String durationText(Duration time) {
        long millis = time.toMillis();
        return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
    }

    private StepResult unexpected(String expected, Optional<InboundEvent> event) throws InterruptedException {
        boolean overdue = event.isEmpty() && !connection.isOver();
        StepResult result =
                overdue ? StepResult.overdue(expected, describe(event)) : StepResult.failed(expected, describe(event));
        if (event.isPresent()) {
            inbox.answerByDefault(event.get());
        }
        return result;
    }

    private StepResult message(Step.ExpectMessage step, MovingDeadline deadlines) throws InterruptedException {
        StringJoiner expected = new StringJoiner(" ");
        expected.add("a");
        step.compression().ifPresent(wanted -> expected.add(wanted == Compression.COMPRESSED ? "compressed" : "plain"));
        step.dependency()
                .ifPresent(reach -> expected.add(reach == ContextDependency.INDEPENDENT ? "independent" : "dependent"));
        expected.add(step.type().map(type -> type.word() + " message").orElse("message"));
        step.payload().ifPresent(payload -> expected.add(payload.content().toString()));
        step.size().ifPresent(size -> expected.add("of " + size + " bytes"));
        step.sha256().ifPresent(sha256 -> expected.add("with SHA-256 " + sha256));
        Optional<InboundEvent> event = inbox.await(eventsOfType(InboundEvent.ReceivedMessage.class), deadlines);
        if (event.isEmpty() || !(event.get() instanceof InboundEvent.ReceivedMessage data)) {
            return unexpected(expected.toString(), event);
        }
        return matches(step, data.message())
                ? StepResult.met(expected.toString(), data.describe())
                : StepResult.failed(expected.toString(), data.describe());
    }

    private static boolean matches(Step.ExpectMessage step, Message message) {
        Bytes content = message.content();
        return step.type().map(type -> type == message.type()).orElse(true)
                && step.compression()
                        .map(wanted -> wanted == message.coding().compression())
                        .orElse(true)
                && step.dependency().map(reach -> reach == reachOf(message)).orElse(true)
                && step.payload()
                        .map(payload -> payload.content().equals(content))
                        .orElse(true)
                && step.size().orElse(content.length()) == content.length()
                && step.sha256()
                        .map(sha256 -> sha256.equalsIgnoreCase(content.sha256()))
                        .orElse(true);
    }

    /** An uncompressed message does not depend on others. */
    private static ContextDependency reachOf(Message message) {
        return message.coding() instanceof MessageCoding.Deflated deflated
                ? deflated.dependency().orElse(ContextDependency.INDEPENDENT)
                : ContextDependency.INDEPENDENT;
    }

    private StepResult ping(Step.ExpectPing step, MovingDeadline deadlines) throws InterruptedException {
        String expected =
                "a ping" + step.payload().map(payload -> " " + payload).orElse("");
        Optional<InboundEvent> event = inbox.await(eventsOfType(InboundEvent.Ping.class), deadlines);
        if (event.isEmpty() || !(event.get() instanceof InboundEvent.Ping ping)) {
            return unexpected(expected, event);
        }
        if (step.answer() == Answer.ANSWERED) {
            inbox.answerByDefault(ping);
        }
        return step.payload().map(ping.payload()::equals).orElse(true)
                ? StepResult.met(expected, ping.describe())
                : StepResult.failed(expected, ping.describe());
    }

    private StepResult pong(Step.ExpectPong step, MovingDeadline deadlines) throws InterruptedException {
        String expected =
                "a pong" + step.payload().map(payload -> " " + payload).orElse("");
        Predicate<InboundEvent> wanted =
                step.payload().map(ExpectationPlayer::pongOf).orElse(_ -> true);
        Optional<InboundEvent> event =
                inbox.await(eventsOfType(InboundEvent.Pong.class).and(wanted), deadlines);
        return event.isPresent() && event.get() instanceof InboundEvent.Pong pong
                ? StepResult.met(expected, pong.describe())
                : unexpected(expected, event);
    }

    private StepResult fence(Step.Fence step, MovingDeadline deadlines) throws InterruptedException {
        Bytes payload = step.payload().orElseGet(ExpectationPlayer::uniquePayload);
        String expected = "the pong of ping " + payload;
        SendResult written = connection.sendFrame(Opcode.PING, payload);
        Predicate<InboundEvent> own = eventsOfType(InboundEvent.Pong.class).and(pongOf(payload));
        Optional<InboundEvent> event = written == SendResult.SENT ? inbox.await(own, deadlines) : Optional.empty();
        return event.isPresent() && event.get() instanceof InboundEvent.Pong pong
                ? StepResult.met(expected, pong.describe())
                : unexpected(expected, event);
    }

    /** Ignores pongs with other payloads, which answer other pings or none. */
    private static Predicate<InboundEvent> pongOf(Bytes payload) {
        return event ->
                !(event instanceof InboundEvent.Pong pong) || pong.payload().equals(payload);
    }

    static Bytes uniquePayload() {
        return Bytes.utf8(
                "fence-" + Long.toHexString(ThreadLocalRandom.current().nextLong()));
    }

    private StepResult close(Step.ExpectClose step, MovingDeadline deadlines) throws InterruptedException {
        String expected = describe(step);
        Optional<InboundEvent> event = inbox.await(
                inbound -> inbound instanceof InboundEvent.Close || inbound instanceof InboundEvent.TcpEnded,
                deadlines);
        if (event.isEmpty() || !(event.get() instanceof InboundEvent.Close close)) {
            return unexpected(expected, event);
        }
        if (step.answer() == Answer.ANSWERED) {
            inbox.completeClosing(close.status());
        }
        return matches(step, close.status())
                ? StepResult.met(expected, close.describe())
                : StepResult.failed(expected, close.describe());
    }

    private static String describe(Step.ExpectClose step) {
        StringJoiner expected = new StringJoiner(" ");
        expected.add(step.form() == CloseForm.EMPTY ? "an empty close frame" : "a close frame");
        if (!step.codes().isEmpty()) {
            expected.add("with code "
                    + String.join(
                            " or ",
                            step.codes().stream().sorted().map(String::valueOf).toList()));
        }
        step.reason().ifPresent(reason -> expected.add("with reason \"" + reason + "\""));
        return expected.toString();
    }

    private static boolean matches(Step.ExpectClose step, CloseStatus close) {
        boolean formFits = switch (step.form()) {
            case ANY -> true;
            case EMPTY -> close.payload().length() == 0;
            case WITH_CODE -> close.code().isPresent();
        };
        boolean codeFits = step.codes().isEmpty()
                || (close.code().isPresent()
                        && step.codes().contains(close.code().getAsInt()));
        return formFits
                && codeFits
                && step.reason()
                        .map(reason -> close.reason().equals(Optional.of(reason)))
                        .orElse(true);
    }

    private StepResult failed(Step.ExpectFailed step, MovingDeadline deadlines) throws InterruptedException {
        String code = step.code().isPresent() ? " with code " + step.code().getAsInt() : "";
        String expected = "the connection failed by a close frame" + code + ", or on TCP, and nothing else sent";
        Optional<InboundEvent> event = inbox.await(this::counts, deadlines);
        if (event.isPresent() && event.get() instanceof InboundEvent.Close close) {
            inbox.completeClosing(close.status());
            return step.code().isEmpty() || step.code().equals(close.status().code())
                    ? StepResult.met(expected, close.describe())
                    : StepResult.missed(expected, close.describe());
        }
        if (event.isPresent() && event.get() instanceof InboundEvent.TcpEnded ended) {
            return step.code().isEmpty()
                    ? StepResult.met(expected, describe(ended))
                    : StepResult.missed(expected, describe(ended));
        }
        return unexpected(expected, event);
    }

    /** Whether the event counts. A client may send keep-alive frames at any time, so those do not. */
    private boolean counts(InboundEvent event) {
        return !(event instanceof InboundEvent.Request) && !connection.keepsAlive(event);
    }

    private StepResult end(MovingDeadline deadlines) throws InterruptedException {
        String expected = "the end of TCP by the client, and no further frame";
        Optional<InboundEvent> event = inbox.await(this::counts, deadlines);
        return event.isPresent() && event.get() instanceof InboundEvent.TcpEnded ended
                ? StepResult.met(expected, ended.how().phrase())
                : unexpected(expected, event);
    }

    private StepResult unread(Step.ExpectUnread step, MovingDeadline deadlines) throws InterruptedException {
        String expected = "at least " + step.bytes() + " bytes of the client while the server does not read";
        inbox.idle(() -> connection.tcp().unread() >= step.bytes() ? Deadline.in(Duration.ZERO) : deadlines.now());
        int unread = connection.tcp().unread();
        if (unread >= step.bytes()) {
            return StepResult.met(expected, expected);
        }
        String actual = unread + " bytes";
        return connection.isOver()
                ? StepResult.failed(expected, actual + ", and the connection had ended")
                : StepResult.overdue(expected, actual);
    }

    private StepResult request(MovingDeadline deadlines) throws InterruptedException {
        String expected = "an HTTP request";
        Optional<InboundEvent> event = inbox.await(eventsOfType(InboundEvent.Request.class), deadlines);
        if (event.isEmpty() || !(event.get() instanceof InboundEvent.Request request)) {
            return unexpected(expected, event);
        }
        inbox.setRequest(request.request());
        return StepResult.met(expected, request.describe());
    }
}

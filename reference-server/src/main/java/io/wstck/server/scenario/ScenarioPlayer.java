package io.wstck.server.scenario;

import io.wstck.server.journal.ConnectionLog;
import io.wstck.server.journal.JournalEntry.EndCause;
import io.wstck.server.journal.JournalEntry.ScenarioStage;
import io.wstck.server.journal.JournalEntry.TcpEnd;
import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.CloseStatus;
import io.wstck.server.wire.Deadline;
import io.wstck.server.wire.FrameReader;
import io.wstck.server.wire.Header;
import io.wstck.server.wire.HttpRequest;
import io.wstck.server.wire.MemoryBudget;
import io.wstck.server.wire.Opcode;
import io.wstck.server.wire.PeerEnd;
import io.wstck.server.wire.RecordedPayload;
import io.wstck.server.wire.Transport;
import io.wstck.server.wire.deflate.DeflateParameters;
import io.wstck.server.wire.tls.TlsTransport;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Plays one scenario on one connection, from its first byte to its end, including the epilogue. {@link #play} blocks,
 * so each connection has a virtual thread. An interrupt resets the connection.
 */
public final class ScenarioPlayer {
    private static final int GOING_AWAY = 1001;

    private final Transport transport;
    private final Scenario scenario;
    private final SessionSignals signals;
    private final GracePeriods gracePeriods;
    private final MemoryBudget.MemoryReservation memory;
    private final PlayedConnection connection;
    private final EventInbox inbox;
    private final Sender sender;
    private final StepPlayer steps;
    private final StartPoint start;
    /** Whether the server has accepted the handshake. */
    private boolean accepted;

    private Optional<HttpRequest> pendingRequest = Optional.empty();

    /** The point at which the player takes over the connection. */
    private enum StartPoint {
        AT_TCP,
        AFTER_REQUEST,
        AFTER_UPGRADE
    }

    private ScenarioPlayer(Transport transport, Scenario scenario, PlayerContext context, StartPoint start) {
        this.transport = transport;
        this.scenario = scenario;
        this.signals = context.signals();
        this.gracePeriods = context.gracePeriods();
        this.start = start;
        this.memory = context.memory().newReservation();
        this.connection = new PlayedConnection(transport, context, memory, firstDecoder(scenario, context.log()));
        this.inbox = new EventInbox(connection);
        this.sender = new Sender(connection);
        this.steps = new StepPlayer(connection, inbox, sender, context);
    }

    private static Decoder firstDecoder(Scenario scenario, ConnectionLog log) {
        boolean readsRequest =
                scenario.tcp().isEmpty() || scenario.tcp().stream().anyMatch(Step.ExpectRequest.class::isInstance);
        return readsRequest ? new Decoder.RequestDecoder(log) : Decoder.bytes(log);
    }

    /** A player for a connection that was just accepted. Over TLS it begins with the TLS handshake. */
    public static ScenarioPlayer fromTcp(Transport transport, Scenario scenario, PlayerContext context) {
        return new ScenarioPlayer(transport, scenario, context, StartPoint.AT_TCP);
    }

    /** A player for a connection whose request was read and not answered. Bytes after the request are unread. */
    public static ScenarioPlayer fromRequest(
            Transport transport, HttpRequest request, Scenario scenario, PlayerContext context) {
        ScenarioPlayer player = new ScenarioPlayer(transport, scenario, context, StartPoint.AFTER_REQUEST);
        player.pendingRequest = Optional.of(request);
        return player;
    }

    /** A player for a connection whose handshake was answered with 101, and with {@code deflate} in force. */
    public static ScenarioPlayer fromUpgrade(
            Transport transport, Scenario scenario, Optional<DeflateParameters> deflate, PlayerContext context) {
        ScenarioPlayer player = new ScenarioPlayer(transport, scenario, context, StartPoint.AFTER_UPGRADE);
        player.accepted = true;
        player.readFrames(deflate);
        return player;
    }

    /** Plays the scenario and returns when the connection is gone. Failures of the server itself are journaled. */
    public void play() {
        try {
            switch (start) {
                case AT_TCP -> playFromTls();
                case AFTER_REQUEST -> answer(pendingRequest.orElseThrow());
                case AFTER_UPGRADE -> playFrames(0);
            }
            playToScriptEnd();
            finishTcp();
        } catch (InterruptedException closing) {
            // The server or the session closes, or a required step was not met on another connection.
            connection.reset(signals.abandoned() ? EndCause.OTHER_STEP_NOT_MET : EndCause.SCENARIO);
        } catch (IOException | RuntimeException failure) {
            connection.log().serverFailed("the player failed: " + failure);
            connection.reset(EndCause.SCENARIO);
        } catch (OutOfMemoryError full) {
            // The memory of this player is released with it. Other players continue.
            connection.log().serverFailed("the server ran out of memory: " + full.getMessage());
            connection.reset(EndCause.SCENARIO);
        } finally {
            releaseResources();
        }
    }

    private void releaseResources() {
        try {
            connection.journalUnread();
        } finally {
            memory.close();
            transport.abort();
        }
    }

    private void playFromTls() throws InterruptedException {
        boolean ready =
                !(transport instanceof TlsTransport tls) || new TlsHandshakePlayer(tls, connection, signals).play();
        if (ready) {
            playFromTcp();
        }
    }

    private void playFromTcp() throws InterruptedException {
        Optional<HttpRequest> request;
        if (scenario.tcp().isEmpty()) {
            request = readRequest();
        } else {
            if (steps.play(ScenarioStage.TCP, scenario.tcp(), 0) == StepResult.NextAction.REST_NOT_REACHED) {
                steps.journalNotReached(ScenarioStage.FRAMES, scenario.frames());
                return;
            }
            request = inbox.request();
        }
        if (request.isPresent() && !connection.isOver()) {
            answer(request.get());
        }
    }

    private Optional<HttpRequest> readRequest() throws InterruptedException {
        Optional<InboundEvent> event = inbox.await(_ -> true, connection.scriptEndDeadline());
        if (event.isPresent() && event.get() instanceof InboundEvent.Request request) {
            return Optional.of(request.request());
        }
        // The request exceeded the limit, or there was none, so there is nothing to answer.
        connection.stages().beginStage(Decoder.bytes(connection.log()));
        if (event.isPresent() && event.get() instanceof InboundEvent.RequestTooLong) {
            connection.reset(EndCause.SCENARIO);
        }
        return Optional.empty();
    }

    private void answer(HttpRequest request) throws InterruptedException {
        HandshakeAnswer answer = scenario.handshake();
        Bytes bytes = answer.bytesFor(request);
        List<Header> headers = answer.headersFor(request);
        answer.raw()
                .ifPresentOrElse(
                        raw -> connection.log().rawResponse(answer.status(), headers, raw),
                        () -> connection.log().response(answer.statusLine(), answer.status(), headers));
        accepted = answer.raw()
                .map(ScenarioPlayer::isAcceptance)
                .orElse(answer.status() == HandshakeAnswer.SWITCHING_PROTOCOLS);
        SendResult written = connection.write(bytes.buffer(), answer.chop());
        if (answer.framesFollow()) {
            readFrames(answer.deflateFor(request));
        }
        if (written == SendResult.SENT) {
            steps.glue(scenario.frames(), answer.glue());
            written = connection.flush();
        }
        if (!answer.framesFollow()) {
            connection.stages().beginStage(Decoder.bytes(connection.log()));
            connection.endTcp(TcpEnd.FIN);
        } else {
            playFrames(answer.glue());
        }
    }

    private void playFrames(int first) throws InterruptedException {
        var _ = steps.play(ScenarioStage.FRAMES, scenario.frames(), first);
        if (connection.closing().complete()) {
            // No later step ends TCP in another way (RFC 6455 §7.1.1).
            connection.endTcp(TcpEnd.FIN);
        }
    }

    private static boolean isAcceptance(Bytes raw) {
        byte[] start = raw.slice(0, Math.min(raw.length(), 12)).toArray();
        return Bytes.owning(start).equals(Bytes.utf8("HTTP/1.1 101"));
    }

    /** Starts decoding frames. */
    private void readFrames(Optional<DeflateParameters> deflate) {
        RecordedPayload.DigestMode digest = connection.log().digest();
        FrameReader reader = deflate.map(parameters -> FrameReader.withInflater(parameters, digest, memory))
                .orElseGet(() -> FrameReader.withoutExtensions(digest, memory));
        connection.stages().beginStage(new Decoder.FrameDecoder(connection.log(), reader, onViolation()));
        deflate.ifPresent(sender::enableCompression);
    }

    private Step.Echo.OnViolation onViolation() {
        boolean fails = scenario.frames().stream()
                .anyMatch(step -> step instanceof Step.Echo echo && echo.onViolation() == Step.Echo.OnViolation.FAIL);
        return fails ? Step.Echo.OnViolation.FAIL : Step.Echo.OnViolation.PLAY_ON;
    }

    /**
     * Continues after the last step until the client ends the connection or the script ends. Then plays the epilogue.
     */
    private void playToScriptEnd() throws InterruptedException {
        connection.tcp().resumeReading();
        connection.stages().makeCurrentLast();
        inbox.idle(connection.scriptEndDeadline());
        if (!connection.isOver()) {
            connection.log().epilogue();
            epilogue();
        }
    }

    private void epilogue() throws InterruptedException {
        if (!accepted) {
            connection.reset(EndCause.SCENARIO);
            return;
        }
        if (!connection.closing().begun()) {
            awaitPong();
        }
        if (!connection.closing().begun() && !connection.isOver()) {
            var _ = connection.sendFrame(
                    Opcode.CLOSE, CloseStatus.of(GOING_AWAY, "").payload());
        }
        if (!connection.isOver()) {
            awaitClose();
        }
    }

    /** Waits for a pong, so that all earlier bytes of the client have arrived. */
    private void awaitPong() throws InterruptedException {
        Bytes payload = ExpectationPlayer.uniquePayload();
        if (connection.sendFrame(Opcode.PING, payload) != SendResult.SENT) {
            return;
        }
        Deadline limit = Deadline.in(gracePeriods.epilogue());
        Optional<InboundEvent> event = inbox.await(
                inbound -> inbound instanceof InboundEvent.Close
                        || inbound instanceof InboundEvent.TcpEnded
                        || (inbound instanceof InboundEvent.Pong pong
                                && pong.payload().equals(payload)),
                () -> limit);
        if (event.isPresent() && event.get() instanceof InboundEvent.Close close) {
            inbox.completeClosing(close.status());
        }
    }

    private void awaitClose() throws InterruptedException {
        if (connection.closing().needsAnswer()) {
            // A step left the close frame unanswered on purpose. It is answered now.
            inbox.completeUnansweredClosing();
            return;
        }
        Deadline limit = Deadline.in(gracePeriods.epilogue());
        Optional<InboundEvent> event = inbox.await(
                inbound -> inbound instanceof InboundEvent.Close || inbound instanceof InboundEvent.TcpEnded,
                () -> limit);
        if (event.isPresent() && event.get() instanceof InboundEvent.Close close) {
            inbox.completeClosing(close.status());
        } else if (connection.clientEnd().isEmpty()) {
            connection.reset(EndCause.SCENARIO);
        }
    }

    /** Completes the end of TCP by both sides. */
    private void finishTcp() throws InterruptedException, IOException {
        if (connection.clientEnd().isEmpty()) {
            Deadline limit = Deadline.in(gracePeriods.end());
            var _ = inbox.await(InboundEvent.TcpEnded.class::isInstance, () -> limit);
        }
        if (connection.clientEnd().equals(Optional.of(PeerEnd.FIN))) {
            connection.endTcp(TcpEnd.FIN);
        }
        connection.tcp().close();
    }
}

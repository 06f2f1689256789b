package io.wstck.server.scenario;

import io.wstck.server.journal.ConnectionLog;
import io.wstck.server.journal.JournalEntry.EndCause;
import io.wstck.server.journal.JournalEntry.Stage;
import io.wstck.server.journal.JournalEntry.TcpEnd;
import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.CloseStatus;
import io.wstck.server.wire.Deadline;
import io.wstck.server.wire.FrameReader;
import io.wstck.server.wire.Header;
import io.wstck.server.wire.HttpRequest;
import io.wstck.server.wire.MemoryBudget;
import io.wstck.server.wire.Opcode;
import io.wstck.server.wire.Payload;
import io.wstck.server.wire.PeerEnd;
import io.wstck.server.wire.Transport;
import io.wstck.server.wire.deflate.DeflateParameters;
import io.wstck.server.wire.tls.TlsTransport;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Plays one scenario on one connection, from its first byte to its end, the epilogue included. {@link #play} blocks: a virtual
 * thread a connection. An interrupt resets the connection.
 */
public final class ScenarioPlayer {
    private static final int GOING_AWAY = 1001;

    private final Transport transport;
    private final Scenario scenario;
    private final ScriptSignal script;
    private final Waits waits;
    private final MemoryBudget.Share memory;
    private final Link link;
    private final Inbox inbox;
    private final Sender sender;
    private final StepPlayer steps;
    private final Start start;
    private Handshake handshake = Handshake.PENDING;
    private Optional<HttpRequest> alreadyRead = Optional.empty();

    /** Where the player takes the connection over. */
    private enum Start {
        AT_TCP,
        AFTER_REQUEST,
        AFTER_UPGRADE
    }

    private enum Handshake {
        PENDING,
        ACCEPTED,
        REFUSED
    }

    private ScenarioPlayer(Transport transport, Scenario scenario, PlayerContext context, Start start) {
        this.transport = transport;
        this.scenario = scenario;
        this.script = context.script();
        this.waits = context.waits();
        this.start = start;
        this.memory = context.memory().share();
        this.link = new Link(transport, context, memory, firstDecoder(scenario, context.log()));
        this.inbox = new Inbox(link);
        this.sender = new Sender(link);
        this.steps = new StepPlayer(link, inbox, sender, context);
    }

    private static Decoder firstDecoder(Scenario scenario, ConnectionLog log) {
        boolean readsRequest =
                scenario.tcp().isEmpty() || scenario.tcp().stream().anyMatch(Step.ExpectRequest.class::isInstance);
        return readsRequest ? new Decoder.OfRequest(log) : Decoder.bytes(log);
    }

    /** A player for a connection that was just accepted; one over TLS begins with the TLS handshake. */
    public static ScenarioPlayer fromTcp(Transport transport, Scenario scenario, PlayerContext context) {
        return new ScenarioPlayer(transport, scenario, context, Start.AT_TCP);
    }

    /** A player for a connection whose request was read, not further than to its end, and is to be answered. */
    public static ScenarioPlayer fromRequest(
            Transport transport, HttpRequest request, Scenario scenario, PlayerContext context) {
        ScenarioPlayer player = new ScenarioPlayer(transport, scenario, context, Start.AFTER_REQUEST);
        player.alreadyRead = Optional.of(request);
        return player;
    }

    /** A player for a connection whose handshake was answered with 101, with {@code deflate} in force after it. */
    public static ScenarioPlayer fromUpgrade(
            Transport transport, Scenario scenario, Optional<DeflateParameters> deflate, PlayerContext context) {
        ScenarioPlayer player = new ScenarioPlayer(transport, scenario, context, Start.AFTER_UPGRADE);
        player.handshake = Handshake.ACCEPTED;
        player.readFrames(deflate);
        return player;
    }

    /** Plays to the end; returns when the connection is gone. What goes wrong with the server itself is journaled. */
    public void play() {
        try {
            switch (start) {
                case AT_TCP -> playFromTls();
                case AFTER_REQUEST -> answer(alreadyRead.orElseThrow());
                case AFTER_UPGRADE -> playFrames(0);
            }
            rest();
            finish();
        } catch (InterruptedException closing) {
            // The server or the session is closing, or a required step was not met on another connection.
            link.release(script.abandoned() ? EndCause.OTHER_STEP_NOT_MET : EndCause.SCENARIO);
        } catch (IOException | RuntimeException failure) {
            link.log().trouble("the player failed: " + failure);
            link.release(EndCause.SCENARIO);
        } catch (OutOfMemoryError full) {
            // What this player held is let go of with it; the others go on.
            link.log().trouble("the server ran out of memory: " + full.getMessage());
            link.release(EndCause.SCENARIO);
        } finally {
            end();
        }
    }

    private void end() {
        try {
            link.journalUnread();
        } finally {
            memory.close();
            transport.abort();
        }
    }

    private void playFromTls() throws InterruptedException {
        boolean ready = !(transport instanceof TlsTransport tls) || new TlsStage(tls, link, script).play();
        if (ready) {
            playFromTcp();
        }
    }

    private void playFromTcp() throws InterruptedException {
        Optional<HttpRequest> request;
        if (scenario.tcp().isEmpty()) {
            request = readRequest();
        } else {
            if (steps.play(Stage.TCP, scenario.tcp(), 0) == StepResult.Then.REST_NOT_REACHED) {
                steps.notReached(Stage.FRAMES, scenario.frames());
                return;
            }
            request = inbox.request();
        }
        if (request.isPresent() && !link.over()) {
            answer(request.get());
        }
    }

    private Optional<HttpRequest> readRequest() throws InterruptedException {
        Optional<Inbound> event = inbox.await(_ -> true, link.untilScriptEnds(script));
        if (event.isPresent() && event.get() instanceof Inbound.Request request) {
            return Optional.of(request.request());
        }
        // A request beyond the limit, or none at all: nothing that could be answered.
        link.decodeWith(Decoder.bytes(link.log()));
        if (event.isPresent() && event.get() instanceof Inbound.RequestTooLong) {
            link.release(EndCause.SCENARIO);
        }
        return Optional.empty();
    }

    private void answer(HttpRequest request) throws InterruptedException {
        HandshakeAnswer answer = scenario.handshake();
        Bytes bytes = answer.bytesFor(request);
        List<Header> headers = answer.headersFor(request);
        answer.raw()
                .ifPresentOrElse(
                        raw -> link.log().rawResponse(answer.status(), headers, raw),
                        () -> link.log().response(answer.statusLine(), answer.status(), headers));
        boolean accepts = answer.raw()
                .map(ScenarioPlayer::isAcceptance)
                .orElse(answer.status() == HandshakeAnswer.SWITCHING_PROTOCOLS);
        handshake = accepts ? Handshake.ACCEPTED : Handshake.REFUSED;
        Written written = link.write(bytes.buffer(), answer.chop());
        if (answer.framesFollow()) {
            readFrames(answer.deflateFor(request));
        }
        if (written == Written.SENT) {
            steps.glue(scenario.frames(), answer.glue());
            written = link.flush();
        }
        if (!answer.framesFollow()) {
            link.decodeWith(Decoder.bytes(link.log()));
            link.end(TcpEnd.FIN);
        } else {
            playFrames(answer.glue());
        }
    }

    private void playFrames(int first) throws InterruptedException {
        var _ = steps.play(Stage.FRAMES, scenario.frames(), first);
        if (link.closing() == Closing.BOTH) {
            // No step is left that could end TCP otherwise (RFC 6455 §7.1.1).
            link.end(TcpEnd.FIN);
        }
    }

    private static boolean isAcceptance(Bytes raw) {
        byte[] start = raw.slice(0, Math.min(raw.length(), 12)).toArray();
        return Bytes.owning(start).equals(Bytes.utf8("HTTP/1.1 101"));
    }

    /** From here on both sides speak in frames. */
    private void readFrames(Optional<DeflateParameters> deflate) {
        Payload.Digest digest = link.log().digest();
        FrameReader reader = deflate.map(parameters -> FrameReader.inflating(parameters, digest, memory))
                .orElseGet(() -> FrameReader.plain(digest, memory));
        link.decodeWith(new Decoder.OfFrames(link.log(), reader));
        deflate.ifPresent(sender::compressUnder);
    }

    /** After the last step: goes on until the client ends the connection or the script has ended, then the epilogue. */
    private void rest() throws InterruptedException {
        link.resumeReading();
        link.expectNoLaterStage();
        inbox.idle(link.untilScriptEnds(script));
        if (!link.over()) {
            link.log().epilogue();
            epilogue();
        }
    }

    private void epilogue() throws InterruptedException {
        if (handshake != Handshake.ACCEPTED) {
            link.release(EndCause.SCENARIO);
            return;
        }
        if (link.closing() == Closing.OPEN) {
            fence();
        }
        if (link.closing() == Closing.OPEN && !link.over()) {
            var _ = link.frame(Opcode.CLOSE, CloseStatus.of(GOING_AWAY, "").payload());
        }
        if (!link.over()) {
            awaitClose();
        }
    }

    /** Lets what the client still had on its way arrive. */
    private void fence() throws InterruptedException {
        Bytes payload = Expectations.uniquePayload();
        if (link.frame(Opcode.PING, payload) != Written.SENT) {
            return;
        }
        Deadline limit = Deadline.in(waits.epilogue());
        Optional<Inbound> event = inbox.await(
                inbound -> inbound instanceof Inbound.Close
                        || inbound instanceof Inbound.Ended
                        || (inbound instanceof Inbound.Pong pong
                                && pong.payload().equals(payload)),
                () -> limit);
        if (event.isPresent() && event.get() instanceof Inbound.Close close) {
            inbox.conclude(close.status());
        }
    }

    private void awaitClose() throws InterruptedException {
        if (link.closing() == Closing.RECEIVED) {
            // A step left it unanswered on purpose: now it is answered.
            inbox.concludeUnanswered();
            return;
        }
        Deadline limit = Deadline.in(waits.epilogue());
        Optional<Inbound> event = inbox.await(
                inbound -> inbound instanceof Inbound.Close || inbound instanceof Inbound.Ended, () -> limit);
        if (event.isPresent() && event.get() instanceof Inbound.Close close) {
            inbox.conclude(close.status());
        } else if (link.clientEnd().isEmpty()) {
            link.release(EndCause.SCENARIO);
        }
    }

    /** The end of TCP: whoever of the two is still missing. */
    private void finish() throws InterruptedException, IOException {
        if (link.clientEnd().isEmpty()) {
            Deadline limit = Deadline.in(waits.end());
            var _ = inbox.await(Inbound.Ended.class::isInstance, () -> limit);
        }
        if (link.clientEnd().equals(Optional.of(PeerEnd.FIN))) {
            link.end(TcpEnd.FIN);
        }
        link.close();
    }
}

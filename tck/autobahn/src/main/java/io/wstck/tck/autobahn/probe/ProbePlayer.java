package io.wstck.tck.autobahn.probe;

import io.wstck.server.dial.DialException;
import io.wstck.server.dial.OpeningHandshake;
import io.wstck.server.dial.OpeningResult;
import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.Deadline;
import io.wstck.server.wire.EndpointRole;
import io.wstck.server.wire.MemoryBudget;
import io.wstck.server.wire.Transport;
import io.wstck.server.wire.Violation;
import io.wstck.server.wire.handshake.OpeningRequest;
import io.wstck.tck.autobahn.exchange.Exchange;
import io.wstck.tck.autobahn.exchange.ExchangePlayer;
import io.wstck.tck.autobahn.exchange.ExchangeRecord;
import io.wstck.tck.autobahn.exchange.OutFrame;
import io.wstck.tck.autobahn.exchange.PeerEvent;
import io.wstck.tck.autobahn.exchange.PeerEvent.OpeningAnswer.AnswerKind;
import io.wstck.tck.autobahn.exchange.WireLogEntry;
import io.wstck.tck.autobahn.exchange.WireLogEntry.Side;
import io.wstck.tck.autobahn.probe.ServerProbe.TcpCut;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Plays the probes of one case against one server. Blocks; one thread, which may be virtual. For one case. */
public final class ProbePlayer {
    private final ServerAccess server;
    private final MemoryBudget memory;
    private final long start = System.nanoTime();
    private final List<PeerEvent> events = new ArrayList<>();
    private final List<Violation> violations = new ArrayList<>();
    private final List<WireLogEntry> wire = new ArrayList<>();
    private boolean late;

    /** A player that takes the memory for the server's messages from {@code memory}. */
    public ProbePlayer(ServerAccess server, MemoryBudget memory) {
        this.server = server;
        this.memory = memory;
    }

    /**
     * Plays all probes, one after the other, and releases their connections.
     *
     * @throws DialException when the server cannot be connected to
     * @throws InterruptedException if the thread was interrupted; the connection is then reset
     */
    public ProbeRecord play(List<ServerProbe> probes) throws DialException, InterruptedException {
        for (ServerProbe probe : probes) {
            switch (probe) {
                case ServerProbe.Request request -> request(request.form());
                case ServerProbe.Conversation talk -> converse(talk.form(), talk.exchange());
                case ServerProbe.Observed observed -> observe(observed.form(), observed.exchange());
                case ServerProbe.CutRequests cuts -> cutRequests(cuts.cut());
                case ServerProbe.CutFrames cuts -> cutFrames(cuts.frame(), cuts.cut());
                case ServerProbe.Abandoned abandoned -> abandon(abandoned.frames());
            }
        }
        return new ProbeRecord(events, violations, wire, elapsed(), late);
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private void note(Side side, String text) {
        wire.add(new WireLogEntry(elapsed(), side, text, Optional.empty()));
    }

    private void noteHead(Side side, String what, Bytes head) {
        String text = new String(head.toArray(), StandardCharsets.ISO_8859_1);
        note(side, what + text.strip().replaceAll("\r?\n", " | "));
    }

    private void request(RequestForm form) throws DialException, InterruptedException {
        Transport transport = server.connect(Deadline.in(ServerAccess.OPENING_LIMIT));
        try {
            events.add(answer(open(transport, form)));
        } finally {
            transport.abort();
        }
    }

    /** Plays a handshake, and notes it. The caller owns the connection in any case. */
    private OpeningResult open(Transport transport, RequestForm form) throws InterruptedException {
        OpeningRequest request = form.of(server.request(), server.base());
        noteHead(Side.KIT, "sends on a connection of its own: ", form.bytes(request.bytes()));
        OpeningResult result = new OpeningHandshake(
                        transport, request, List.of(), Deadline.in(ServerAccess.OPENING_LIMIT))
                .play(form.writer());
        noteHead(Side.PEER, "answers: ", result.response());
        return result;
    }

    private PeerEvent.OpeningAnswer answer(OpeningResult result) {
        AnswerHead head = AnswerHead.parse(result.response());
        late |= result instanceof OpeningResult.Unopened failed && failed.kind() == OpeningResult.FailureKind.TIMEOUT;
        return switch (result) {
            case OpeningResult.Opened _ ->
                new PeerEvent.OpeningAnswer(AnswerKind.OPENED, head.status(), head.headers(), Optional.empty());
            case OpeningResult.Unopened failed ->
                new PeerEvent.OpeningAnswer(
                        head.status().isPresent() ? AnswerKind.NOT_OPENED : AnswerKind.NONE,
                        head.status(),
                        head.headers(),
                        Optional.of(failed.problem()));
        };
    }

    private void converse(RequestForm form, Exchange exchange) throws DialException, InterruptedException {
        Transport transport = server.connect(Deadline.in(ServerAccess.OPENING_LIMIT));
        try {
            OpeningResult result = open(transport, form);
            events.add(answer(result));
            if (result instanceof OpeningResult.Opened opened) {
                ExchangeRecord record = exchange(opened, exchange);
                events.addAll(record.events());
                events.add(ended(record));
            }
        } finally {
            transport.abort();
        }
    }

    private ExchangeRecord exchange(OpeningResult.Opened opened, Exchange exchange) throws InterruptedException {
        Duration before = elapsed();
        ExchangeRecord record = new ExchangePlayer(
                        opened.connection(),
                        new ExchangePlayer.HandshakeOutcome(EndpointRole.SERVER, opened.deflate(), opened.violations()),
                        memory)
                .play(exchange);
        record.wire().forEach(line -> wire.add(line.later(before)));
        violations.addAll(record.violations());
        return record;
    }

    private static PeerEvent.ConnectionEnded ended(ExchangeRecord record) {
        boolean clean = record.ending().clean();
        String tcp = record.ending().tcp().isPresent() ? "the server ended TCP" : "the client ended TCP";
        return new PeerEvent.ConnectionEnded(
                clean, (clean ? "a closing handshake, then " : "no closing handshake, ") + tcp);
    }

    private void observe(RequestForm form, Exchange exchange) throws DialException, InterruptedException {
        int first = events.size();
        converse(form, exchange);
        List<PeerEvent> seen = events.subList(first, events.size());
        String all = String.join(", ", seen.stream().map(PeerEvent::describe).toList());
        seen.clear();
        events.add(new PeerEvent.Observation(all));
    }

    private void cutRequests(TcpCut cut) throws DialException, InterruptedException {
        Bytes request = server.request().bytes();
        note(
                Side.KIT,
                "sends the first 0 to " + (request.length() - 1)
                        + " bytes of a request, each on a connection of its own, and ends TCP with " + cut.segment());
        for (int length = 0; length < request.length(); length++) {
            Transport transport = server.connect(Deadline.in(ServerAccess.OPENING_LIMIT));
            cutAfter(transport, request.slice(0, length), cut);
        }
    }

    private void cutFrames(OutFrame frame, TcpCut cut) throws DialException, InterruptedException {
        Bytes bytes = MaskedFrame.encode(frame);
        note(
                Side.KIT,
                "opens a connection and sends the first 0 to " + (bytes.length() - 1)
                        + " bytes of a frame, each on a connection of its own, and ends TCP with " + cut.segment());
        for (int length = 0; length < bytes.length(); length++) {
            Transport transport = server.connect(Deadline.in(ServerAccess.OPENING_LIMIT));
            if (opened(transport)) {
                cutAfter(transport, bytes.slice(0, length), cut);
            }
        }
    }

    private void abandon(List<OutFrame> frames) throws DialException, InterruptedException {
        note(Side.KIT, "opens a connection of its own, sends " + frames.size() + " frames, and resets TCP");
        Transport transport = server.connect(Deadline.in(ServerAccess.OPENING_LIMIT));
        if (opened(transport)) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            frames.forEach(frame -> all.writeBytes(MaskedFrame.encode(frame).toArray()));
            cutAfter(transport, Bytes.owning(all.toByteArray()), TcpCut.RST);
        }
    }

    /** Plays a usual handshake. Adds an event and releases the connection if that is not open afterwards. */
    private boolean opened(Transport transport) throws InterruptedException {
        OpeningResult result = new OpeningHandshake(
                        transport, server.request(), List.of(), Deadline.in(ServerAccess.OPENING_LIMIT))
                .play();
        if (result instanceof OpeningResult.Unopened) {
            events.add(answer(result));
            transport.abort();
            return false;
        }
        return true;
    }

    /** Writes bytes and releases the connection. A server may have ended it before, which is no finding. */
    private static void cutAfter(Transport transport, Bytes bytes, TcpCut cut) throws InterruptedException {
        try {
            var _ = transport.writeAll(bytes.buffer(), Deadline.in(ServerAccess.OPENING_LIMIT));
            if (cut == TcpCut.FIN) {
                transport.shutdownWrites();
                transport.close();
            }
        } catch (IOException gone) {
            // The reset below changes nothing then.
            return;
        } finally {
            transport.abort();
        }
    }
}

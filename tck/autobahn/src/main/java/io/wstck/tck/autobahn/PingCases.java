package io.wstck.tck.autobahn;

import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.FrameHeader.Fin;
import io.wstck.server.wire.Opcode;
import io.wstck.tck.autobahn.exchange.ExchangeAction;
import io.wstck.tck.autobahn.exchange.OutFrame;
import io.wstck.tck.autobahn.exchange.WriteChunking;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Section 2: pings and pongs (RFC 6455 §5.5.2, §5.5.3). */
final class PingCases {
    private static final String ANSWERED = "A pong with the same payload, then the connection is closed cleanly.";
    private static final String PASSED_OVER = "Nothing comes back, and the connection is closed cleanly.";

    private PingCases() {}

    static List<AutobahnCase> all() {
        List<AutobahnCase> cases = new ArrayList<>();
        cases.add(ping(1, "An empty ping.", Bytes.EMPTY, WriteChunking.together()));
        cases.add(ping(2, "A ping with text.", Bytes.utf8("Hello, world!"), WriteChunking.together()));
        cases.add(ping(3, "A ping with binary bytes.", Frames.hex("00fffefdfcfb00ff"), WriteChunking.together()));
        cases.add(ping(4, "A ping with 125 bytes, the maximum.", Frames.repeated(0xFE, 125), WriteChunking.together()));
        cases.add(new AutobahnCaseBuilder(CaseId.of(2, 5), "A ping with 126 bytes, one too many.")
                .send(OutFrame.ping(Frames.repeated(0xFE, 126)))
                .ok()
                .fails(AutobahnCaseBuilder.PROTOCOL_ERROR, "The {peer} fails the connection, without a pong."));
        cases.add(ping(
                6,
                "A ping with 125 bytes, written byte by byte.",
                Frames.repeated(0xFE, 125),
                new WriteChunking.FixedSizeWrites(1)));
        cases.add(unasked(7, "An unsolicited pong without a payload.", Bytes.EMPTY));
        cases.add(unasked(8, "An unsolicited pong with a payload.", Bytes.utf8("unsolicited pong payload")));
        Bytes payload = Bytes.utf8("ping payload");
        cases.add(new AutobahnCaseBuilder(CaseId.of(2, 9), "An unsolicited pong, then a ping.")
                .send(pong(Bytes.utf8("unsolicited pong payload")), OutFrame.ping(payload))
                .ok(new ExpectedEvent.Pong(payload))
                .thenCloses(
                        AutobahnCaseBuilder.ECHO_WAIT,
                        "A pong for the ping and nothing else; the connection is closed cleanly."));
        cases.add(ten(10, "Ten pings in one write.", WriteChunking.together()));
        cases.add(ten(11, "Ten pings, written byte by byte.", new WriteChunking.FixedSizeWrites(1)));
        return cases;
    }

    private static AutobahnCase ping(int number, String description, Bytes payload, WriteChunking chunking) {
        return new AutobahnCaseBuilder(CaseId.of(2, number), description)
                .send(chunking, OutFrame.ping(payload))
                .ok(new ExpectedEvent.Pong(payload))
                .thenCloses(AutobahnCaseBuilder.ECHO_WAIT, ANSWERED);
    }

    private static AutobahnCase unasked(int number, String description, Bytes payload) {
        return new AutobahnCaseBuilder(CaseId.of(2, number), description)
                .send(pong(payload))
                .ok()
                .thenCloses(AutobahnCaseBuilder.ECHO_WAIT, PASSED_OVER);
    }

    private static AutobahnCase ten(int number, String description, WriteChunking chunking) {
        List<Bytes> payloads =
                IntStream.range(0, 10).mapToObj(i -> Bytes.utf8("payload-" + i)).toList();
        ExpectedEvent.Pong[] pongs =
                payloads.stream().map(ExpectedEvent.Pong::new).toArray(ExpectedEvent.Pong[]::new);
        return new AutobahnCaseBuilder(CaseId.of(2, number), description)
                .send(chunking, payloads.stream().map(OutFrame::ping).toArray(OutFrame[]::new))
                .ok(pongs)
                .nonStrictLatestPongs(pongs)
                .thenCloses(
                        new ExchangeAction.AwaitPong(payloads.getLast(), AutobahnCaseBuilder.ECHO_WAIT),
                        "Ten pongs in the order of the pings, non-strict: some of them, with the last one; the connection is closed"
                                + " cleanly.");
    }

    private static OutFrame pong(Bytes payload) {
        return OutFrame.of(Fin.LAST, Opcode.PONG, payload);
    }
}

package io.wstck.tck.autobahn;

import io.wstck.server.exchange.Act;
import io.wstck.server.exchange.OutFrame;
import io.wstck.server.exchange.Pace;
import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.FrameHeader.Fin;
import io.wstck.server.wire.Opcode;
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
        cases.add(ping(1, "An empty ping.", Bytes.EMPTY, Pace.together()));
        cases.add(ping(2, "A ping with text.", Bytes.utf8("Hello, world!"), Pace.together()));
        cases.add(ping(3, "A ping with bytes that are no text.", Frames.hex("00fffefdfcfb00ff"), Pace.together()));
        cases.add(
                ping(4, "A ping with 125 bytes, the most there can be.", Frames.repeated(0xFE, 125), Pace.together()));
        cases.add(new Draft(CaseId.of(2, 5), "A ping with 126 bytes, one too many.")
                .send(OutFrame.ping(Frames.repeated(0xFE, 126)))
                .ok()
                .fails(Draft.PROTOCOL_ERROR, "The client fails the connection, without a pong."));
        cases.add(ping(
                6, "A ping with 125 bytes, written byte by byte.", Frames.repeated(0xFE, 125), new Pace.Chopped(1)));
        cases.add(unasked(7, "A pong without payload that nobody asked for.", Bytes.EMPTY));
        cases.add(unasked(8, "A pong with payload that nobody asked for.", Bytes.utf8("unsolicited pong payload")));
        Bytes payload = Bytes.utf8("ping payload");
        cases.add(new Draft(CaseId.of(2, 9), "A pong that nobody asked for, then a ping.")
                .send(pong(Bytes.utf8("unsolicited pong payload")), OutFrame.ping(payload))
                .ok(new Expected.Pong(payload))
                .thenCloses(
                        Draft.ECHO_WAIT, "A pong for the ping and nothing else; the connection is closed cleanly."));
        cases.add(ten(10, "Ten pings in one write.", Pace.together()));
        cases.add(ten(11, "Ten pings, written byte by byte.", new Pace.Chopped(1)));
        return cases;
    }

    private static AutobahnCase ping(int number, String description, Bytes payload, Pace pace) {
        return new Draft(CaseId.of(2, number), description)
                .send(pace, OutFrame.ping(payload))
                .ok(new Expected.Pong(payload))
                .thenCloses(Draft.ECHO_WAIT, ANSWERED);
    }

    private static AutobahnCase unasked(int number, String description, Bytes payload) {
        return new Draft(CaseId.of(2, number), description)
                .send(pong(payload))
                .ok()
                .thenCloses(Draft.ECHO_WAIT, PASSED_OVER);
    }

    private static AutobahnCase ten(int number, String description, Pace pace) {
        List<Bytes> payloads =
                IntStream.range(0, 10).mapToObj(i -> Bytes.utf8("payload-" + i)).toList();
        Expected.Pong[] pongs = payloads.stream().map(Expected.Pong::new).toArray(Expected.Pong[]::new);
        return new Draft(CaseId.of(2, number), description)
                .send(pace, payloads.stream().map(OutFrame::ping).toArray(OutFrame[]::new))
                .ok(pongs)
                .latestPongs(pongs)
                .thenCloses(
                        new Act.AwaitPong(payloads.getLast(), Draft.ECHO_WAIT),
                        "Ten pongs in the order of the pings, non-strict: some of them, with the last one; the connection is closed"
                                + " cleanly.");
    }

    private static OutFrame pong(Bytes payload) {
        return OutFrame.of(Fin.LAST, Opcode.PONG, payload);
    }
}

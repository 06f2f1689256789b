package io.wstck.tck.autobahn;

import static io.wstck.tck.autobahn.Frames.first;
import static io.wstck.tck.autobahn.Frames.last;
import static io.wstck.tck.autobahn.Frames.middle;

import io.wstck.server.exchange.Act;
import io.wstck.server.exchange.OutFrame;
import io.wstck.server.exchange.Pace;
import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.FrameHeader.Fin;
import io.wstck.server.wire.MessageType;
import io.wstck.server.wire.Opcode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Section 5: fragmented messages, right and wrong (RFC 6455 §5.4). */
final class FragmentCases {
    private static final Bytes ONE = Bytes.utf8("fragment1");
    private static final Bytes TWO = Bytes.utf8("fragment2");
    private static final String JOINED = "fragment1fragment2";
    private static final Bytes PING = Bytes.utf8("ping payload");
    private static final Bytes ORPHAN = Bytes.utf8("non-continuation payload");
    private static final OutFrame AFTER = OutFrame.text("Hello, world!");
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final String FAILS = "The client fails the connection, and no message comes back.";

    private static final List<Writing> WRITINGS = List.of(
            new Writing(0, Pace.together(), "in one write"),
            new Writing(1, new Pace.EachFrame(), "a write each"),
            new Writing(2, new Pace.Chopped(1), "byte by byte"));

    /** A way to write the same frames; {@code place} is among the cases that differ in nothing else. */
    private record Writing(int place, Pace pace, String words) {}

    private FragmentCases() {}

    static List<AutobahnCase> all() {
        List<AutobahnCase> cases = new ArrayList<>();
        cases.add(control(1, "ping", Opcode.PING));
        cases.add(control(2, "pong", Opcode.PONG));
        for (Writing writing : WRITINGS) {
            cases.add(joined(3 + writing.place, writing));
            cases.add(withPing(6 + writing.place, writing));
            cases.add(orphan(9 + writing.place, writing, Fin.LAST));
            cases.add(orphan(12 + writing.place, writing, Fin.MORE));
        }
        cases.add(
                new Draft(CaseId.of(5, 15), "A message in two frames, a continuation of nothing, another message.")
                        .send(first(MessageType.TEXT, ONE), last(TWO), middle(ORPHAN), AFTER)
                        .ok(Expected.text(JOINED))
                        .raced()
                        .fails(
                                Draft.PROTOCOL_ERROR,
                                "The first message comes back, then the client fails the connection; non-strict: it does not come back."));
        cases.add(twice(16, Fin.MORE));
        cases.add(twice(17, Fin.LAST));
        cases.add(new Draft(CaseId.of(5, 18), "A message in two frames, the second with the opcode of text.")
                .send(first(MessageType.TEXT, ONE), OutFrame.message(MessageType.TEXT, TWO))
                .ok()
                .fails(Draft.PROTOCOL_ERROR, FAILS));
        cases.add(paused(19, WRITINGS.get(0)));
        cases.add(paused(20, WRITINGS.get(1)));
        return cases;
    }

    private static AutobahnCase control(int number, String name, int opcode) {
        return new Draft(CaseId.of(5, number), "A " + name + " in two frames.")
                .send(OutFrame.of(Fin.MORE, opcode, ONE), last(TWO))
                .ok()
                .fails(Draft.PROTOCOL_ERROR, "The client fails the connection, and nothing comes back.");
    }

    private static AutobahnCase joined(int number, Writing writing) {
        return new Draft(CaseId.of(5, number), "A text message in two frames, " + writing.words + ".")
                .send(writing.pace, first(MessageType.TEXT, ONE), last(TWO))
                .ok(Expected.text(JOINED))
                .thenCloses(Draft.ECHO_WAIT, "The whole message comes back, then the connection is closed cleanly.");
    }

    private static AutobahnCase withPing(int number, Writing writing) {
        return new Draft(CaseId.of(5, number), "A text message in two frames, a ping between, " + writing.words + ".")
                .send(writing.pace, first(MessageType.TEXT, ONE), OutFrame.ping(PING), last(TWO))
                .ok(new Expected.Pong(PING), Expected.text(JOINED))
                .thenCloses(Draft.ECHO_WAIT, "The pong, then the whole message; the connection is closed cleanly.");
    }

    private static AutobahnCase orphan(int number, Writing writing, Fin fin) {
        String description = "A continuation of nothing, FIN %s, then a text message, %s."
                .formatted(fin == Fin.LAST ? "set" : "not set", writing.words);
        return new Draft(CaseId.of(5, number), description)
                .send(writing.pace, OutFrame.of(fin, Opcode.CONTINUATION, ORPHAN), AFTER)
                .ok()
                .fails(Draft.PROTOCOL_ERROR, FAILS);
    }

    private static AutobahnCase twice(int number, Fin fin) {
        OutFrame orphan = OutFrame.of(fin, Opcode.CONTINUATION, ONE);
        OutFrame start = first(MessageType.TEXT, TWO);
        OutFrame end = last(Bytes.utf8("fragment3"));
        String set = fin == Fin.LAST ? "set" : "not set";
        return new Draft(
                        CaseId.of(5, number),
                        "Twice: a continuation of nothing, FIN " + set + ", then a message in two frames.")
                .send(orphan, start, end, orphan, start, end)
                .ok()
                .fails(Draft.PROTOCOL_ERROR, FAILS);
    }

    private static AutobahnCase paused(int number, Writing writing) {
        Bytes ping1 = Bytes.utf8("pongme 1!");
        Bytes ping2 = Bytes.utf8("pongme 2!");
        return new Draft(
                        CaseId.of(5, number),
                        "A message in five frames with two pings between and a pause of a second, " + writing.words
                                + ".")
                .send(writing.pace, first(MessageType.TEXT, ONE), middle(TWO), OutFrame.ping(ping1))
                // The pong has its time before the pause: how fast a machine is, is no matter here.
                .act(new Act.Await(1, Draft.ECHO_WAIT))
                .act(new Act.Wait(PAUSE))
                .send(
                        writing.pace,
                        middle(Bytes.utf8("fragment3")),
                        middle(Bytes.utf8("fragment4")),
                        OutFrame.ping(ping2),
                        last(Bytes.utf8("fragment5")))
                .ok(
                        new Expected.Pong(ping1),
                        new Expected.Waited(),
                        new Expected.Pong(ping2),
                        Expected.text(JOINED + "fragment3fragment4fragment5"))
                .thenCloses(
                        Draft.ECHO_WAIT,
                        "The first pong before the pause ends, the second one, then the whole message; a clean close.");
    }
}

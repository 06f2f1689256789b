package io.wstck.tck.autobahn;

import static io.wstck.tck.autobahn.Frames.first;
import static io.wstck.tck.autobahn.Frames.last;
import static io.wstck.tck.autobahn.Frames.middle;

import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.FrameHeader.Fin;
import io.wstck.server.wire.MessageType;
import io.wstck.server.wire.Opcode;
import io.wstck.tck.autobahn.exchange.ExchangeAction;
import io.wstck.tck.autobahn.exchange.OutFrame;
import io.wstck.tck.autobahn.exchange.WriteChunking;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Section 5: fragmented messages, valid and invalid (RFC 6455 §5.4). */
final class FragmentCases {
    private static final Bytes ONE = Bytes.utf8("fragment1");
    private static final Bytes TWO = Bytes.utf8("fragment2");
    private static final String JOINED = "fragment1fragment2";
    private static final Bytes PING = Bytes.utf8("ping payload");
    private static final Bytes ORPHAN = Bytes.utf8("non-continuation payload");
    private static final OutFrame AFTER = OutFrame.text("Hello, world!");
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final String FAILS = "The {peer} fails the connection, and no message comes back.";

    private static final List<WriteVariant> WRITINGS = List.of(
            new WriteVariant(0, WriteChunking.together(), "in one write"),
            new WriteVariant(1, new WriteChunking.FrameWrites(), "a write each"),
            new WriteVariant(2, new WriteChunking.FixedSizeWrites(1), "byte by byte"));

    /** A way to write the same frames. {@code place} is its index among cases that differ only in the writing. */
    private record WriteVariant(int place, WriteChunking chunking, String words) {}

    private FragmentCases() {}

    static List<AutobahnCase> all() {
        List<AutobahnCase> cases = new ArrayList<>();
        cases.add(control(1, "ping", Opcode.PING));
        cases.add(control(2, "pong", Opcode.PONG));
        for (WriteVariant writing : WRITINGS) {
            cases.add(joined(3 + writing.place, writing));
            cases.add(withPing(6 + writing.place, writing));
            cases.add(orphan(9 + writing.place, writing, Fin.LAST));
            cases.add(orphan(12 + writing.place, writing, Fin.MORE));
        }
        cases.add(
                new AutobahnCaseBuilder(
                                CaseId.of(5, 15),
                                "A message in two frames, a continuation of nothing, another message.")
                        .send(first(MessageType.TEXT, ONE), last(TWO), middle(ORPHAN), AFTER)
                        .ok(ExpectedEvent.text(JOINED))
                        .nonStrictRace()
                        .fails(
                                AutobahnCaseBuilder.PROTOCOL_ERROR,
                                "The first message comes back, then the {peer} fails the connection; non-strict: it does not come back."));
        cases.add(twice(16, Fin.MORE));
        cases.add(twice(17, Fin.LAST));
        cases.add(new AutobahnCaseBuilder(
                        CaseId.of(5, 18), "A message in two frames, the second with the opcode of text.")
                .send(first(MessageType.TEXT, ONE), OutFrame.message(MessageType.TEXT, TWO))
                .ok()
                .fails(AutobahnCaseBuilder.PROTOCOL_ERROR, FAILS));
        cases.add(paused(19, WRITINGS.get(0)));
        cases.add(paused(20, WRITINGS.get(1)));
        return cases;
    }

    private static AutobahnCase control(int number, String name, int opcode) {
        return new AutobahnCaseBuilder(CaseId.of(5, number), "A " + name + " in two frames.")
                .send(OutFrame.of(Fin.MORE, opcode, ONE), last(TWO))
                .ok()
                .fails(AutobahnCaseBuilder.PROTOCOL_ERROR, "The {peer} fails the connection, and nothing comes back.");
    }

    private static AutobahnCase joined(int number, WriteVariant writing) {
        return new AutobahnCaseBuilder(CaseId.of(5, number), "A text message in two frames, " + writing.words + ".")
                .send(writing.chunking, first(MessageType.TEXT, ONE), last(TWO))
                .ok(ExpectedEvent.text(JOINED))
                .thenCloses(
                        AutobahnCaseBuilder.ECHO_WAIT,
                        "The whole message comes back, then the connection is closed cleanly.");
    }

    private static AutobahnCase withPing(int number, WriteVariant writing) {
        return new AutobahnCaseBuilder(
                        CaseId.of(5, number), "A text message in two frames, a ping between, " + writing.words + ".")
                .send(writing.chunking, first(MessageType.TEXT, ONE), OutFrame.ping(PING), last(TWO))
                .ok(new ExpectedEvent.Pong(PING), ExpectedEvent.text(JOINED))
                .thenCloses(
                        AutobahnCaseBuilder.ECHO_WAIT,
                        "The pong, then the whole message; the connection is closed cleanly.");
    }

    private static AutobahnCase orphan(int number, WriteVariant writing, Fin fin) {
        String description = "A continuation of nothing, FIN %s, then a text message, %s."
                .formatted(fin == Fin.LAST ? "set" : "not set", writing.words);
        return new AutobahnCaseBuilder(CaseId.of(5, number), description)
                .send(writing.chunking, OutFrame.of(fin, Opcode.CONTINUATION, ORPHAN), AFTER)
                .ok()
                .fails(AutobahnCaseBuilder.PROTOCOL_ERROR, FAILS);
    }

    private static AutobahnCase twice(int number, Fin fin) {
        OutFrame orphan = OutFrame.of(fin, Opcode.CONTINUATION, ONE);
        OutFrame start = first(MessageType.TEXT, TWO);
        OutFrame end = last(Bytes.utf8("fragment3"));
        String set = fin == Fin.LAST ? "set" : "not set";
        return new AutobahnCaseBuilder(
                        CaseId.of(5, number),
                        "Twice: a continuation of nothing, FIN " + set + ", then a message in two frames.")
                .send(orphan, start, end, orphan, start, end)
                .ok()
                .fails(AutobahnCaseBuilder.PROTOCOL_ERROR, FAILS);
    }

    private static AutobahnCase paused(int number, WriteVariant writing) {
        Bytes ping1 = Bytes.utf8("pongme 1!");
        Bytes ping2 = Bytes.utf8("pongme 2!");
        return new AutobahnCaseBuilder(
                        CaseId.of(5, number),
                        "A message in five frames with two pings between and a pause of a second, " + writing.words
                                + ".")
                .send(writing.chunking, first(MessageType.TEXT, ONE), middle(TWO), OutFrame.ping(ping1))
                // The pong may take its time before the pause, so that a slow machine does not matter.
                .action(new ExchangeAction.Await(1, AutobahnCaseBuilder.ECHO_WAIT))
                .action(new ExchangeAction.Wait(PAUSE))
                .send(
                        writing.chunking,
                        middle(Bytes.utf8("fragment3")),
                        middle(Bytes.utf8("fragment4")),
                        OutFrame.ping(ping2),
                        last(Bytes.utf8("fragment5")))
                .ok(
                        new ExpectedEvent.Pong(ping1),
                        new ExpectedEvent.PauseElapsed(),
                        new ExpectedEvent.Pong(ping2),
                        ExpectedEvent.text(JOINED + "fragment3fragment4fragment5"))
                .thenCloses(
                        AutobahnCaseBuilder.ECHO_WAIT,
                        "The first pong before the pause ends, the second one, then the whole message; a clean close.");
    }
}

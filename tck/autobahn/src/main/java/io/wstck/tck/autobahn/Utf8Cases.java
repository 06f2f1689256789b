package io.wstck.tck.autobahn;

import static io.wstck.tck.autobahn.Frames.fragments;
import static io.wstck.tck.autobahn.Frames.hex;
import static io.wstck.tck.autobahn.Frames.joined;
import static io.wstck.tck.autobahn.Frames.singly;

import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.MessageType;
import io.wstck.tck.autobahn.exchange.ExchangeAction;
import io.wstck.tck.autobahn.exchange.OutFrame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Sections 6.1 to 6.4: fragmented text, and the early detection of invalid text (RFC 6455 §8.1). */
final class Utf8Cases {
    private static final Bytes GREEK = hex("cebae1bdb9cf83cebcceb5");
    private static final Bytes ASCII = hex("656469746564");
    private static final Bytes MIXED = hex("48656c6c6f2dc2b540c39fc3b6c3a4c3bcc3a0c3a12d5554462d382121");
    private static final Bytes WITH_SURROGATE = joined(GREEK, hex("eda080"), ASCII);
    private static final Bytes BEYOND_UNICODE = joined(GREEK, hex("f4908080"), ASCII);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final String ECHOED = "The text comes back unchanged, then the connection is closed cleanly.";
    private static final String FAILS = "The {peer} fails the connection with 1007, and nothing comes back.";
    private static final String AT_END =
            "The {peer} found the invalid text when the message was whole: RFC 6455 §8.1 does not say how early.";
    private static final String AT_ONCE =
            "The {peer} fails the connection with 1007 at the second part; non-strict: at the end of the message.";

    private Utf8Cases() {}

    static List<AutobahnCase> all() {
        List<AutobahnCase> cases = new ArrayList<>();
        cases.add(new AutobahnCaseBuilder(CaseId.of(6, 1, 1), "An empty text message.")
                .send(OutFrame.text(""))
                .ok(ExpectedEvent.text(""))
                .thenCloses(AutobahnCaseBuilder.ECHO_WAIT, ECHOED));
        cases.add(inPieces(1, 2, "Three empty frames.", List.of(Bytes.EMPTY, Bytes.EMPTY, Bytes.EMPTY)));
        cases.add(inPieces(
                1,
                3,
                "Three frames, only the middle one with text.",
                List.of(Bytes.EMPTY, Bytes.utf8("middle frame payload"), Bytes.EMPTY)));
        cases.add(new AutobahnCaseBuilder(CaseId.of(6, 2, 1), "Text with characters of one and two bytes in one frame.")
                .send(OutFrame.message(MessageType.TEXT, MIXED))
                .ok(new ExpectedEvent.Echo(MessageType.TEXT, () -> MIXED))
                .thenCloses(AutobahnCaseBuilder.ECHO_WAIT, ECHOED));
        cases.add(inPieces(
                2,
                2,
                "The same in two frames, split between characters.",
                List.of(MIXED.slice(0, 15), MIXED.slice(15, MIXED.length()))));
        cases.add(inPieces(2, 3, "The same, a frame for each byte.", singly(MIXED)));
        cases.add(inPieces(2, 4, "Greek text, a frame for each byte.", singly(GREEK)));
        cases.add(new AutobahnCaseBuilder(CaseId.of(6, 3, 1), "Text with a surrogate, in one frame.")
                .send(OutFrame.message(MessageType.TEXT, WITH_SURROGATE))
                .ok()
                .fails(AutobahnCaseBuilder.NOT_UTF8, FAILS));
        cases.add(new AutobahnCaseBuilder(CaseId.of(6, 3, 2), "The same, a frame for each byte.")
                .send(fragments(MessageType.TEXT, singly(WITH_SURROGATE)))
                .ok()
                .fails(AutobahnCaseBuilder.NOT_UTF8, FAILS));
        cases.add(early(1, "Text beyond U+10FFFF in three frames, the bad character in the second.", 11, 15));
        cases.add(early(2, "The same, split inside the bad character.", 12, 13));
        cases.add(earlyInFrame(3, "The same as 6.4.1 in one frame that comes in three parts.", 11, 15));
        cases.add(earlyInFrame(4, "The same as 6.4.2 in one frame that comes in three parts.", 12, 13));
        return cases;
    }

    private static AutobahnCase inPieces(int section, int number, String description, List<Bytes> pieces) {
        Bytes whole = joined(pieces.toArray(Bytes[]::new));
        return new AutobahnCaseBuilder(CaseId.of(6, section, number), description)
                .send(fragments(MessageType.TEXT, pieces))
                .ok(new ExpectedEvent.Echo(MessageType.TEXT, () -> whole))
                .thenCloses(AutobahnCaseBuilder.ECHO_WAIT, ECHOED);
    }

    private static AutobahnCase early(int number, String description, int first, int second) {
        Bytes text = BEYOND_UNICODE;
        OutFrame[] frames = fragments(
                MessageType.TEXT,
                List.of(text.slice(0, first), text.slice(first, second), text.slice(second, text.length())));
        return new AutobahnCaseBuilder(CaseId.of(6, 4, number), description)
                .send(frames[0])
                .action(new ExchangeAction.Wait(PAUSE))
                .send(frames[1])
                .action(new ExchangeAction.Wait(PAUSE))
                .send(frames[2])
                .ok(new ExpectedEvent.PauseElapsed())
                .nonStrict(AT_END, new ExpectedEvent.PauseElapsed(), new ExpectedEvent.PauseElapsed())
                .fails(AutobahnCaseBuilder.NOT_UTF8, AT_ONCE);
    }

    private static AutobahnCase earlyInFrame(int number, String description, int first, int second) {
        Bytes text = BEYOND_UNICODE;
        OutFrame frame = OutFrame.message(MessageType.TEXT, text);
        return new AutobahnCaseBuilder(CaseId.of(6, 4, number), description)
                .action(new ExchangeAction.SendPart(frame, 0, first))
                .action(new ExchangeAction.Wait(PAUSE))
                .action(new ExchangeAction.SendPart(frame, first, second))
                .action(new ExchangeAction.Wait(PAUSE))
                .action(new ExchangeAction.SendPart(frame, second, text.length()))
                .ok(new ExpectedEvent.PauseElapsed())
                .nonStrict(AT_END, new ExpectedEvent.PauseElapsed(), new ExpectedEvent.PauseElapsed())
                .fails(AutobahnCaseBuilder.NOT_UTF8, AT_ONCE);
    }
}

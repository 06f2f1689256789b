package io.wstck.tck.autobahn;

import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.CloseStatus;
import io.wstck.server.wire.MessageType;
import io.wstck.tck.autobahn.VerdictRules.Subject;
import io.wstck.tck.autobahn.exchange.ExchangeAction;
import io.wstck.tck.autobahn.exchange.OutFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Section 7: the closing handshake that the kit begins (RFC 6455 §5.5.1, §7). */
final class ClosingCases {
    private static final String TEXT = "Hello World!";
    private static final String REASON = "Hello World!";
    private static final String CLEAN = "The {peer} answers the close frame, and sends nothing after that.";
    private static final String FAILS = "The {peer} fails the connection at the close frame.";
    private static final CloseRule NORMAL = new CloseRule.CleanClose(Set.of(AutobahnCaseBuilder.NORMAL));
    private static final CloseRule BROKEN = new CloseRule.FailureOnClose(Set.of(AutobahnCaseBuilder.PROTOCOL_ERROR));
    private static final List<Integer> GOOD_CODES =
            List.of(1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999);
    private static final List<Integer> BAD_CODES = List.of(0, 999, 1004, 1005, 1006, 1016, 1100, 2000, 2999);

    private ClosingCases() {}

    static List<AutobahnCase> all() {
        List<AutobahnCase> cases = new ArrayList<>();
        framesAround(cases);
        closePayloads(cases);
        for (int i = 0; i < GOOD_CODES.size(); i++) {
            int code = GOOD_CODES.get(i);
            cases.add(closing(CaseId.of(7, 7, i + 1), "A close frame with code " + code + ".", CloseStatus.of(code, ""))
                    .closes(
                            new CloseRule.CleanClose(
                                    code == AutobahnCaseBuilder.NORMAL
                                            ? Set.of(code)
                                            : Set.of(AutobahnCaseBuilder.NORMAL, code)),
                            Subject.CLOSING,
                            "The {peer} answers with the same code, or 1000."));
        }
        for (int i = 0; i < BAD_CODES.size(); i++) {
            int code = BAD_CODES.get(i);
            cases.add(closing(
                            CaseId.of(7, 9, i + 1),
                            "A close frame with code " + code + ", which must not be sent.",
                            CloseStatus.of(code, ""))
                    .closes(BROKEN, Subject.CLOSING, FAILS));
        }
        cases.add(closing(CaseId.of(7, 13, 1), "A close frame with code 5000.", CloseStatus.of(5000, ""))
                .closes(
                        new CloseRule.AnyConnectionEnd(),
                        Subject.OPEN,
                        "Recorded, not judged: no RFC defines such codes."));
        cases.add(closing(CaseId.of(7, 13, 2), "A close frame with code 65535.", CloseStatus.of(65_535, ""))
                .closes(
                        new CloseRule.AnyConnectionEnd(),
                        Subject.OPEN,
                        "Recorded, not judged: no RFC defines such codes."));
        return cases;
    }

    private static AutobahnCaseBuilder closing(CaseId id, String description, CloseStatus status) {
        return new AutobahnCaseBuilder(id, description)
                .send(OutFrame.close(status))
                .ok();
    }

    /** Frames before and after a close frame. */
    private static void framesAround(List<AutobahnCase> cases) {
        cases.add(new AutobahnCaseBuilder(CaseId.of(7, 1, 1), "A text message, and a close frame after its echo.")
                .send(OutFrame.text(TEXT))
                .action(new ExchangeAction.Await(1, AutobahnCaseBuilder.ECHO_WAIT))
                .send(OutFrame.normalClose())
                .ok(ExpectedEvent.text(TEXT))
                .closes(NORMAL, Subject.CLOSING, "The message comes back; then the {peer} answers the close frame."));
        cases.add(closeThen(2, "Two close frames.", OutFrame.close(new CloseStatus(Bytes.EMPTY))));
        cases.add(closeThen(3, "A close frame, then a ping.", OutFrame.ping(Bytes.EMPTY)));
        cases.add(closeThen(4, "A close frame, then a text message.", OutFrame.text(TEXT)));
        cases.add(new AutobahnCaseBuilder(CaseId.of(7, 1, 5), "A close frame inside a message in two frames.")
                .send(
                        Frames.first(MessageType.TEXT, Bytes.utf8("fragment1")),
                        OutFrame.normalClose(),
                        Frames.last(Bytes.utf8("fragment2")))
                .ok()
                .closes(NORMAL, Subject.CLOSING, CLEAN));
        Bytes large = LimitCases.text(256 << 10);
        ExpectedEvent echo = new ExpectedEvent.Echo(MessageType.TEXT, () -> large);
        cases.add(
                new AutobahnCaseBuilder(
                                CaseId.of(7, 1, 6), "A text message of 256 KiB, a short one, a close frame, a ping.")
                        .send(
                                OutFrame.message(MessageType.TEXT, large),
                                OutFrame.text(TEXT),
                                OutFrame.normalClose(),
                                OutFrame.ping(Bytes.EMPTY))
                        .ok(echo, ExpectedEvent.text(TEXT))
                        .nonStrictRace(echo)
                        .nonStrictRace()
                        // As long as for an echo: the peer reads and sends the large message before it answers.
                        .action(new ExchangeAction.AwaitCloseReply(AutobahnCaseBuilder.ECHO_WAIT))
                        .closes(
                                NORMAL,
                                Subject.CLOSING,
                                "Both messages come back, no pong, and the {peer} answers the close frame; non-strict: echoes are left out."));
    }

    private static AutobahnCase closeThen(int number, String description, OutFrame second) {
        return new AutobahnCaseBuilder(CaseId.of(7, 1, number), description)
                .send(OutFrame.normalClose(), second)
                .ok()
                .closes(NORMAL, Subject.CLOSING, CLEAN);
    }

    private static void closePayloads(List<AutobahnCase> cases) {
        cases.add(closing(CaseId.of(7, 3, 1), "A close frame without a code.", new CloseStatus(Bytes.EMPTY))
                .closes(NORMAL, Subject.CLOSING, CLEAN));
        cases.add(closing(
                        CaseId.of(7, 3, 2),
                        "A close frame with a payload of one byte.",
                        new CloseStatus(Bytes.utf8("a")))
                .closes(BROKEN, Subject.CLOSING, FAILS));
        cases.add(closing(
                        CaseId.of(7, 3, 3),
                        "A close frame with a code.",
                        CloseStatus.of(AutobahnCaseBuilder.NORMAL, ""))
                .closes(NORMAL, Subject.CLOSING, CLEAN));
        cases.add(closing(
                        CaseId.of(7, 3, 4),
                        "A close frame with a reason.",
                        CloseStatus.of(AutobahnCaseBuilder.NORMAL, REASON))
                .closes(NORMAL, Subject.CLOSING, CLEAN));
        cases.add(closing(
                        CaseId.of(7, 3, 5),
                        "A close frame with a reason of 123 bytes, the longest.",
                        CloseStatus.of(AutobahnCaseBuilder.NORMAL, "*".repeat(123)))
                .closes(NORMAL, Subject.CLOSING, CLEAN));
        cases.add(closing(
                        CaseId.of(7, 3, 6),
                        "A close frame with a reason of 124 bytes, one too many.",
                        CloseStatus.of(AutobahnCaseBuilder.NORMAL, "*".repeat(124)))
                .closes(BROKEN, Subject.CLOSING, FAILS));
        Bytes reason = Frames.hex("03e8 cebae1bdb9cf83cebcceb5 eda080 656469746564");
        cases.add(closing(CaseId.of(7, 5, 1), "A close frame whose reason is not valid UTF-8.", new CloseStatus(reason))
                .closes(
                        new CloseRule.FailureOnClose(
                                Set.of(AutobahnCaseBuilder.PROTOCOL_ERROR, AutobahnCaseBuilder.NOT_UTF8)),
                        Subject.CLOSING,
                        FAILS));
    }
}

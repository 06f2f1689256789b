package io.wstck.tck.autobahn;

import io.wstck.tck.autobahn.probe.RequestForm;
import io.wstck.tck.autobahn.probe.ServerProbe;
import java.util.List;

/** Section 14.3: the choice of a subprotocol (RFC 6455 §4.2.2, §11.3.4). */
final class SubprotocolCases {
    private static final int FAMILY = 3;
    private static final String HEADER = "Sec-WebSocket-Protocol";
    private static final String FIRST = "wstck-first";
    private static final String SECOND = "wstck-second";
    private static final String ONE_OF_THEM =
            "The answer names none or exactly one of them: \"The value chosen MUST be derived from the client's handshake,"
                    + " specifically by selecting one of the values\" (RFC 6455 §4.2.2); non-strict: the server refuses.";
    private static final String REFUSED =
            "The server refuses offers of subprotocols that it does not have, which no text"
                    + " forbids, and §4.2.2 lets it accept without one.";

    private SubprotocolCases() {}

    static List<AutobahnCase> all() {
        RequestForm none = RequestForm.usual().without(HEADER);
        return List.of(
                new ServerCaseBuilder(FAMILY, 1, "No subprotocol is offered.")
                        .probe(new ServerProbe.Conversation(none, ToleranceCases.conversation()))
                        .ok(talked())
                        .echoes(
                                "The answer names none: the value is null \"if the client's handshake did not contain such a"
                                        + " header field\", and the server \"MUST NOT\" send the header then (RFC 6455 §4.2.2)."),
                offered(2, "Two unknown subprotocols in one line.", none.adding(HEADER, FIRST + ", " + SECOND)),
                offered(3, "Two unknown subprotocols in two lines.", none.inLines(HEADER, FIRST, SECOND)),
                offered(
                        4,
                        "A subprotocol whose name is also offered in capitals.",
                        none.adding(HEADER, "wstck-chat, WSTCK-CHAT")));
    }

    private static ExpectedEvent[] talked() {
        return new ExpectedEvent[] {
            OpeningAnswers.opened(), ExpectedEvent.text(ToleranceCases.TEXT), new ExpectedEvent.CleanEnd()
        };
    }

    private static AutobahnCase offered(int number, String description, RequestForm form) {
        return new ServerCaseBuilder(FAMILY, number, description)
                .probe(new ServerProbe.Conversation(form, ToleranceCases.conversation()))
                .ok(talked())
                .nonStrict(REFUSED, OpeningAnswers.error())
                .echoes(ONE_OF_THEM);
    }
}

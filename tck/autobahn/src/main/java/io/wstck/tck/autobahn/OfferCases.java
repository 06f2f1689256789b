package io.wstck.tck.autobahn;

import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.MessageType;
import io.wstck.server.wire.deflate.ContextTakeover;
import io.wstck.tck.autobahn.exchange.ExchangeAction;
import io.wstck.tck.autobahn.probe.RequestForm;
import io.wstck.tck.autobahn.probe.ServerProbe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Section 14.4: offers of permessage-deflate (RFC 7692 §7, §7.1). A server without compression declines every offer, so
 * that each case needs it on the judged connection.
 */
final class OfferCases {
    private static final int FAMILY = 4;
    private static final String HEADER = "Sec-WebSocket-Extensions";
    private static final String DEFLATE = "permessage-deflate";
    private static final int MESSAGES = 20;
    private static final int MESSAGE_BYTES = 3_000;
    private static final int SMALLEST_WINDOW = 8;
    private static final int SMALL_WINDOW = 9;
    private static final PeerCompression ANY = new PeerCompression(ContextTakeover.SLIDING, OptionalInt.empty());
    private static final String MUST_DECLINE =
            "The server \"MUST decline an extension negotiation offer\" (RFC 7692 §7)";

    private static final String REFUSED =
            "The server refuses the handshake, where declining the extension would do (RFC 6455 §4.2.2); no text makes a"
                    + " server accept a handshake.";

    private OfferCases() {}

    static List<AutobahnCase> all() {
        List<AutobahnCase> cases = new ArrayList<>();
        String invalid = " with a parameter that has \"an invalid value\"";
        cases.add(declined(1, "wstck_unknown", " with a parameter \"not defined for use in an offer\""));
        cases.add(declined(
                2,
                "client_no_context_takeover; client_no_context_takeover",
                " with \"multiple extension parameters with the same name\""));
        cases.add(declined(3, "server_max_window_bits=7", invalid + ": §7.1.2.1 has 8 to 15"));
        cases.add(declined(4, "server_max_window_bits=16", invalid + ": §7.1.2.1 has 8 to 15"));
        cases.add(declined(5, "server_max_window_bits", invalid + ": §7.1.2.1 demands one"));
        cases.add(declined(6, "server_max_window_bits=010", invalid + ": §7.1.2.1 has none with leading zeroes"));
        cases.add(declined(7, "client_max_window_bits=16", invalid + ": §7.1.2.2 has 8 to 15"));
        cases.add(declined(8, "server_no_context_takeover=1", invalid + ": §7.1.1.1 has none"));
        cases.add(declined(9, "client_no_context_takeover=true", invalid + ": §7.1.1.2 has none"));
        ExpectedEvent.Answer opened = OpeningAnswers.opened();
        cases.add(opened(
                10,
                "An offer with an unknown parameter, and a good one behind it.",
                DEFLATE + "; wstck_unknown, " + DEFLATE,
                opened,
                "The server takes none or the second: it \"MUST decline\" the first (RFC 7692 §7)."));
        cases.add(opened(
                11,
                "An offer without client_max_window_bits.",
                DEFLATE,
                opened,
                "The answer \"MUST NOT include the client_max_window_bits extension parameter\" (RFC 7692 §7.1.2.2)."));
        cases.add(opened(
                12,
                "An offer of a quoted value, server_max_window_bits=\"10\".",
                DEFLATE + "; server_max_window_bits=\"10\"",
                OpeningAnswers.openedWithTenBits(),
                "The connection opens without compression, or with that window or a smaller one, and a message comes back:"
                        + " a value may be a quoted string (RFC 6455 §9.1)."));
        cases.add(windowed(13, SMALL_WINDOW));
        cases.add(windowed(14, SMALLEST_WINDOW));
        cases.add(new ServerCaseBuilder(FAMILY, 15, "Three good offers, the most special first.")
                .ok()
                .compresses(
                        "The server takes one of them: the answer has the parameters that this offer demands (RFC 7692"
                                + " §7.1.1.1, §7.1.2.1), and names the extension once.",
                        List.of(
                                new PeerCompression(ContextTakeover.NONE, OptionalInt.of(SMALL_WINDOW)),
                                new PeerCompression(ContextTakeover.NONE, OptionalInt.empty()),
                                ANY),
                        messages()));
        return cases;
    }

    private static AutobahnCase declined(int number, String parameters, String condition) {
        return new ServerCaseBuilder(FAMILY, number, "An offer of " + DEFLATE + "; " + parameters + ".")
                .probe(new ServerProbe.Conversation(
                        RequestForm.usual().adding(HEADER, DEFLATE + "; " + parameters), ToleranceCases.conversation()))
                .ok(OpeningAnswers.openedPlain(), ExpectedEvent.text(ToleranceCases.TEXT), new ExpectedEvent.CleanEnd())
                .nonStrict(REFUSED, OpeningAnswers.error())
                .compresses(
                        MUST_DECLINE + condition + "; non-strict: it refuses the handshake.", List.of(ANY), messages());
    }

    private static AutobahnCase opened(
            int number, String description, String offers, ExpectedEvent.Answer opened, String expectation) {
        return new ServerCaseBuilder(FAMILY, number, description)
                .probe(new ServerProbe.Conversation(
                        RequestForm.usual().adding(HEADER, offers), ToleranceCases.conversation()))
                .ok(opened, echo(), new ExpectedEvent.CleanEnd())
                .nonStrict(REFUSED, OpeningAnswers.error())
                .compresses(expectation, List.of(ANY), messages());
    }

    /** An echo, compressed or not. */
    private static ExpectedEvent echo() {
        return new ExpectedEvent.AnyEcho(Bytes.utf8(ToleranceCases.TEXT));
    }

    private static AutobahnCase windowed(int number, int bits) {
        return new ServerCaseBuilder(FAMILY, number, "An offer with server_max_window_bits=" + bits + ".")
                .ok()
                .compresses(
                        "A server takes the offer \"by including\" server_max_window_bits in its answer \"with the same or"
                                + " smaller value\" (RFC 7692 §7.1.2.1), and keeps to that window; if it \"doesn't support"
                                + " the offered configuration\", it \"MUST decline\" (§7).",
                        List.of(new PeerCompression(ContextTakeover.SLIDING, OptionalInt.of(bits))),
                        messages());
    }

    /** Messages that repeat themselves at distances beyond a small window, and within a large one. */
    private static ExchangeAction.LockStep messages() {
        return new ExchangeAction.LockStep(
                MessageType.TEXT,
                MESSAGES,
                OfferCases::message,
                new ExchangeAction.LockStepEncoding.Compressed(OptionalInt.empty()),
                AutobahnCaseBuilder.ECHO_WAIT.plus(Duration.ofSeconds(10)));
    }

    private static Bytes message(int index) {
        StringBuilder text = new StringBuilder(MESSAGE_BYTES + 8);
        while (text.length() < MESSAGE_BYTES) {
            text.append(Integer.toString((text.length() % 700 + 17) * 7919 + index / 2, 36))
                    .append(' ');
        }
        return Bytes.utf8(text.toString());
    }
}

package io.wstck.tck.autobahn;

import io.wstck.tck.autobahn.exchange.Exchange;
import io.wstck.tck.autobahn.exchange.ExchangeAction;
import io.wstck.tck.autobahn.exchange.OutFrame;
import io.wstck.tck.autobahn.exchange.WriteChunking;
import io.wstck.tck.autobahn.probe.RequestForm;
import io.wstck.tck.autobahn.probe.RequestForm.RequestWriting;
import io.wstck.tck.autobahn.probe.ServerProbe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Section 14.2: opening handshakes of other forms that mean the same (RFC 6455 §4.2.1; RFC 9110 §5; RFC 9112 §3.2). */
final class ToleranceCases {
    private static final int FAMILY = 2;
    static final String TEXT = "the same handshake";
    private static final String OPENS = "The connection opens, and a message comes back: ";

    /** Long enough for a server to read each piece by itself, on a quiet machine. */
    private static final Duration PAUSE = Duration.ofMillis(5);

    private static final int PIECE = 19;

    private ToleranceCases() {}

    static List<AutobahnCase> all() {
        List<AutobahnCase> cases = new ArrayList<>();
        RequestForm usual = RequestForm.usual();
        cases.add(accepted(
                1,
                "Header names in lower case.",
                usual.renaming(name -> name.toLowerCase(Locale.ROOT)),
                "names of headers are \"case-insensitive\" (RFC 9110 §5.1)."));
        cases.add(accepted(
                2,
                "Header names in upper case.",
                usual.renaming(name -> name.toUpperCase(Locale.ROOT)),
                "names of headers are \"case-insensitive\" (RFC 9110 §5.1)."));
        cases.add(accepted(
                3,
                "Upgrade: WebSocket, and Connection: UPGRADE.",
                usual.with("Upgrade", "WebSocket").with("Connection", "UPGRADE"),
                "both are \"treated as an ASCII case-insensitive value\" (RFC 6455 §4.2.1)."));
        cases.add(accepted(
                4,
                "Connection: keep-alive, Upgrade.",
                usual.with("Connection", "keep-alive, Upgrade"),
                "the header \"includes the token Upgrade\" (RFC 6455 §4.2.1)."));
        cases.add(accepted(
                5,
                "Connection in two lines, with Upgrade in the second.",
                usual.inLines("Connection", "keep-alive", "Upgrade"),
                "the value of a repeated header \"consists of the list of corresponding field line values\" (RFC 9110"
                        + " §5.2)."));
        cases.add(upgradeList());
        cases.add(accepted(
                7,
                "Headers that no text defines, one of them beginning with Sec-WebSocket-.",
                usual.adding("Sec-WebSocket-Wstck", "1").adding("X-Wstck", "a, b;c=\"d\""),
                "\"Unknown header fields are ignored\" (RFC 6455 §4.2.1)."));
        cases.add(new ServerCaseBuilder(FAMILY, 8, "An offer of an extension that no text defines.")
                .probe(new ServerProbe.Conversation(
                        usual.adding("Sec-WebSocket-Extensions", "x-wstck-unknown; level=1"), conversation()))
                .ok(OpeningAnswers.openedPlain(), ExpectedEvent.text(TEXT), new ExpectedEvent.CleanEnd())
                .echoes(OPENS
                        + "without the extension, because the answer lists those that \"the server is ready to use\""
                        + " (RFC 6455 §4.2.2)."));
        cases.add(accepted(
                9,
                "Blanks and tabs around the values of headers.",
                usual.revaluing(value -> " \t" + value + " \t "),
                "\"leading and trailing whitespace\" is no part of a value (RFC 9110 §5.5, RFC 9112 §5)."));
        cases.add(accepted(
                10,
                "A request target that is a whole URL.",
                usual.withAbsoluteTarget(),
                "\"a server MUST accept the absolute-form in requests\" (RFC 9112 §3.2.2; RFC 6455 §4.2.1)."));
        cases.add(accepted(
                11,
                "A request in pieces of " + PIECE + " bytes, with pauses.",
                usual.written(new RequestWriting.Pieces(PIECE, PAUSE)),
                "TCP is a \"byte-stream service\" (RFC 9293 §2.2)."));
        cases.add(new ServerCaseBuilder(FAMILY, 12, "A request with the first frame in the same write.")
                .probe(new ServerProbe.Observed(
                        usual.written(new RequestWriting.WithFrame(OutFrame.text(TEXT))),
                        Exchange.of(
                                new ExchangeAction.Await(1, AutobahnCaseBuilder.FAIL_WAIT),
                                AutobahnCaseBuilder.closing())))
                .informational(
                        "No text says what a server does with a frame before its answer.", new ExpectedEvent.Observed())
                .echoes("Recorded, not judged: a client \"MUST wait for a response from the server before sending any"
                        + " further data\" (RFC 6455 §4.1)."));
        return cases;
    }

    private static AutobahnCase accepted(int number, String description, RequestForm form, String basis) {
        return new ServerCaseBuilder(FAMILY, number, description)
                .probe(new ServerProbe.Conversation(form, conversation()))
                .ok(OpeningAnswers.opened(), ExpectedEvent.text(TEXT), new ExpectedEvent.CleanEnd())
                .echoes(OPENS + basis);
    }

    private static AutobahnCase upgradeList() {
        return new ServerCaseBuilder(FAMILY, 6, "Upgrade: wstck-unknown/1, websocket.")
                .probe(new ServerProbe.Conversation(
                        RequestForm.usual().with("Upgrade", "wstck-unknown/1, websocket"), conversation()))
                .ok(OpeningAnswers.opened(), ExpectedEvent.text(TEXT), new ExpectedEvent.CleanEnd())
                .nonStrict(
                        "The server has not taken websocket from a list, and \"MAY ignore a received Upgrade header field\""
                                + " (RFC 9110 §7.8).",
                        OpeningAnswers.notSwitched())
                .echoes(OPENS
                        + "the header is one \"containing the value websocket\" (RFC 6455 §4.2.1); non-strict: the"
                        + " server does not switch.");
    }

    /** A message and its echo, then the closing handshake. */
    static Exchange conversation() {
        return conversation(WriteChunking.together());
    }

    static Exchange conversation(WriteChunking chunking) {
        return Exchange.of(
                new ExchangeAction.Send(List.of(OutFrame.text(TEXT)), chunking),
                new ExchangeAction.Await(1, AutobahnCaseBuilder.ECHO_WAIT),
                new ExchangeAction.Send(List.of(OutFrame.normalClose()), chunking));
    }
}

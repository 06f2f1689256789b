package io.wstck.tck.autobahn;

import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.MessageType;
import io.wstck.tck.autobahn.VerdictRules.Subject;
import io.wstck.tck.autobahn.exchange.Exchange;
import io.wstck.tck.autobahn.exchange.ExchangeAction;
import io.wstck.tck.autobahn.exchange.OutFrame;
import io.wstck.tck.autobahn.exchange.WriteChunking;
import io.wstck.tck.autobahn.probe.RequestForm;
import io.wstck.tck.autobahn.probe.RequestForm.RequestWriting;
import io.wstck.tck.autobahn.probe.ServerProbe;
import io.wstck.tck.autobahn.probe.ServerProbe.TcpCut;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** Section 14.6: ends of connections, and clients that are cut off or slow (RFC 6455 §5.5.1, §7). */
final class EndingCases {
    private static final int FAMILY = 6;
    private static final OutFrame FRAME = OutFrame.text("a frame that is cut");
    private static final Duration END_WAIT = Duration.ofSeconds(2);
    /** Without a pause the system joins the pieces, and the server may read all of them at once. */
    private static final Duration PIECE_PAUSE = Duration.ofMillis(2);

    /**
     * The bytes of each piece of the slow request. No text makes a server accept a handshake, and some refuse one of
     * more than 64 small packets, as a guard against slow clients. The request has about 40 pieces.
     */
    private static final int REQUEST_PIECE = 4;

    private static final int LARGE = 1 << 20;
    private static final int ABANDONED_FRAMES = 4;
    private static final int UNREAD_MESSAGE = 64 << 10;
    private static final int MOST_UNREAD = 1024;
    private static final Duration UNREAD_STALL = Duration.ofSeconds(1);
    private static final Duration UNREAD_LIMIT = Duration.ofSeconds(60);
    private static final String SERVES_ON =
            "The next connection is served as usual (RFC 6455 §4.2.2, §5.5.1): a connection has no part in another.";

    private EndingCases() {}

    static List<AutobahnCase> all() {
        List<AutobahnCase> cases = new ArrayList<>();
        closes(cases);
        cuts(cases);
        slow(cases);
        return cases;
    }

    private static void closes(List<AutobahnCase> cases) {
        cases.add(new ServerCaseBuilder(FAMILY, 1, "A close frame as the first frame.")
                .probe(new ServerProbe.Conversation(RequestForm.usual(), Exchange.of(AutobahnCaseBuilder.closing())))
                .ok(OpeningAnswers.opened(), new ExpectedEvent.CleanEnd())
                .echoes("The server \"MUST send a Close frame in response\" (RFC 6455 §5.5.1)."));
        Bytes large = LimitCases.text(LARGE);
        ExpectedEvent echo = new ExpectedEvent.Echo(MessageType.TEXT, () -> large);
        cases.add(new AutobahnCaseBuilder(
                        CaseId.of(CaseId.BEYOND, FAMILY, 2),
                        "Two text messages of 1 MiB and a close frame, without a wait for the echoes.")
                .send(
                        OutFrame.message(MessageType.TEXT, large),
                        OutFrame.message(MessageType.TEXT, large),
                        OutFrame.normalClose())
                // More time than the usual wait for the answer to a close frame, because of the echoes before it.
                .action(new ExchangeAction.AwaitEnd(Integer.MAX_VALUE, AutobahnCaseBuilder.ECHO_WAIT))
                .ok(echo, echo)
                .nonStrictRace(echo)
                .nonStrictRace()
                .closes(
                        new CloseRule.CleanClose(Set.of(AutobahnCaseBuilder.NORMAL)),
                        Subject.CLOSING,
                        "Both messages come back, and the server answers the close frame, as it \"MUST\" (RFC 6455 §5.5.1);"
                                + " non-strict: echoes are left out."));
        cases.add(new ServerCaseBuilder(FAMILY, 3, "A close frame, and the end of TCP behind it.")
                .probe(new ServerProbe.Observed(
                        RequestForm.usual(),
                        Exchange.of(AutobahnCaseBuilder.closing(), new ExchangeAction.HalfClose(END_WAIT))))
                .ok(new ExpectedEvent.Observed())
                .echoes(SERVES_ON));
        cases.add(new ServerCaseBuilder(
                        FAMILY, 4, "A text message, and the end of TCP behind it without a close frame.")
                .probe(new ServerProbe.Observed(
                        RequestForm.usual(),
                        Exchange.of(
                                new ExchangeAction.Send(List.of(FRAME), WriteChunking.together()),
                                new ExchangeAction.HalfClose(END_WAIT))))
                .informational(
                        "No text says whether a half-closed connection is still served.", new ExpectedEvent.Observed())
                .echoes("Recorded, not judged. " + SERVES_ON));
    }

    private static void cuts(List<AutobahnCase> cases) {
        cases.add(new ServerCaseBuilder(FAMILY, 5, "A reset of TCP while echoes of 4 MiB are due.")
                .probe(new ServerProbe.Abandoned(Collections.nCopies(
                        ABANDONED_FRAMES, OutFrame.message(MessageType.TEXT, LimitCases.text(LARGE)))))
                .ok()
                .echoes(SERVES_ON));
        cases.add(cut(6, "A reset of TCP after each byte of a handshake.", new ServerProbe.CutRequests(TcpCut.RST)));
        cases.add(cut(7, "An end of TCP after each byte of a handshake.", new ServerProbe.CutRequests(TcpCut.FIN)));
        cases.add(cut(8, "A reset of TCP after each byte of a frame.", new ServerProbe.CutFrames(FRAME, TcpCut.RST)));
        cases.add(cut(9, "An end of TCP after each byte of a frame.", new ServerProbe.CutFrames(FRAME, TcpCut.FIN)));
    }

    private static AutobahnCase cut(int number, String description, ServerProbe probe) {
        return new ServerCaseBuilder(FAMILY, number, description)
                .probe(probe)
                .ok()
                .echoes(SERVES_ON);
    }

    private static void slow(List<AutobahnCase> cases) {
        cases.add(new ServerCaseBuilder(FAMILY, 10, "A request in pieces of 4 bytes, and frames byte by byte.")
                .probe(new ServerProbe.Conversation(
                        RequestForm.usual().written(new RequestWriting.Pieces(REQUEST_PIECE, PIECE_PAUSE)),
                        ToleranceCases.conversation(new WriteChunking.FixedSizeWrites(1))))
                .ok(OpeningAnswers.opened(), ExpectedEvent.text(ToleranceCases.TEXT), new ExpectedEvent.CleanEnd())
                .echoes(
                        "The connection opens, the message comes back, and the server answers the close frame, as it \"MUST\""
                                + " (RFC 6455 §5.5.1): TCP is a \"byte-stream service\" (RFC 9293 §2.2)."));
        cases.add(new ServerCaseBuilder(
                        FAMILY, 11, "Messages of 64 KiB, up to 64 MiB, from a client that reads no echo meanwhile.")
                .probe(new ServerProbe.Observed(
                        RequestForm.usual(),
                        Exchange.of(
                                new ExchangeAction.SendUnread(
                                        Frames.repeated('*', UNREAD_MESSAGE), MOST_UNREAD, UNREAD_STALL, UNREAD_LIMIT),
                                AutobahnCaseBuilder.closing())))
                .informational(
                        "No text says how much a server keeps for a client that does not read.",
                        new ExpectedEvent.Observed())
                .echoes("Recorded, not judged: how much the server takes, and whether all of it comes back. "
                        + SERVES_ON));
    }
}

package io.wstck.tck.run;

import io.wstck.server.journal.JournalEntry;
import io.wstck.server.journal.JournalEntry.Direction;
import io.wstck.server.journal.JournalEntry.EndCause;
import io.wstck.server.journal.JournalEntry.StepOutcome;
import io.wstck.server.journal.JournalEntry.TlsOutcome;
import io.wstck.server.wire.FrameHeader;
import io.wstck.server.wire.InflateResult.ContextDependency;
import io.wstck.server.wire.MessageCoding;
import io.wstck.server.wire.PeerEnd;
import io.wstck.tck.judge.Check;
import io.wstck.tck.judge.CheckWording;
import io.wstck.tck.judge.JudgedJournal;
import java.util.HexFormat;
import java.util.Optional;

/** Describes journal entries in text, for transcripts and timelines. Stateless. */
final class EntryText {
    private EntryText() {}

    /** Returns the side that an entry came from. Absent if it did not come from one side. */
    static Optional<TimelineEntry.Side> from(JournalEntry entry) {
        return switch (entry) {
            case JournalEntry.TcpOpened _,
                    JournalEntry.RequestRead _,
                    JournalEntry.UnreadBytes _,
                    JournalEntry.CloseNotify _,
                    JournalEntry.ClientEnded _ -> Optional.of(TimelineEntry.Side.CLIENT);
            case JournalEntry.ResponseSent _, JournalEntry.ServerEnded _ -> Optional.of(TimelineEntry.Side.SERVER);
            case JournalEntry.Traffic traffic -> Optional.of(side(traffic));
            case JournalEntry.TlsResult _,
                    JournalEntry.ViolationNoted _,
                    JournalEntry.StepDone _,
                    JournalEntry.ScriptEnded _,
                    JournalEntry.Epilogue _,
                    JournalEntry.ServerFailure _ -> Optional.empty();
        };
    }

    /** Returns the side that sent the traffic. */
    static TimelineEntry.Side side(JournalEntry.Traffic traffic) {
        return traffic.direction() == Direction.IN ? TimelineEntry.Side.CLIENT : TimelineEntry.Side.SERVER;
    }

    /** Describes an entry, without its connection and direction. */
    static String of(JournalEntry entry) {
        return switch (entry) {
            case JournalEntry.TcpOpened _ ->
                "TCP "
                        + entry.stamp()
                                .connection()
                                .map(JournalEntry.ConnectionId::server)
                                .orElse("");
            case JournalEntry.Frame frame -> frame(frame);
            case JournalEntry.DataMessage message -> message(message);
            case JournalEntry.TlsResult tls -> "TLS " + tls(tls);
            case JournalEntry.RawBytes bytes ->
                count(bytes.payload().length(), "raw byte") + " " + PayloadText.of(bytes.payload());
            case JournalEntry.ViolationNoted noted ->
                "violation " + noted.violation().rule().word() + ": "
                        + noted.violation().detail() + " ("
                        + noted.violation().rule().source() + ")";
            case JournalEntry.StepDone step -> step(step);
            case JournalEntry.CloseNotify _ -> "TLS ended by the client (close_notify)";
            case JournalEntry.ClientEnded ended -> "TCP ended by the client (" + how(ended.how()) + ")";
            case JournalEntry.UnreadBytes unread -> unread(unread);
            case JournalEntry.ServerEnded ended ->
                "TCP ended by the server (" + ended.how().word() + ")" + because(ended.cause());
            case JournalEntry.ScriptEnded _ -> "script  ended";
            case JournalEntry.ServerFailure trouble -> "trouble: " + trouble.detail();
            case JournalEntry.RequestRead _, JournalEntry.ResponseSent _, JournalEntry.Epilogue _ -> entry.type();
        };
    }

    private static String because(EndCause cause) {
        return switch (cause) {
            case SCENARIO -> "";
            case STEP_NOT_MET -> ", since a step was not met";
            case OTHER_STEP_NOT_MET -> ", since a step of another connection was not met";
        };
    }

    private static String how(PeerEnd end) {
        return switch (end) {
            case FIN -> "fin";
            case RST -> "rst";
            case ENDED -> "fin or rst";
        };
    }

    private static String unread(JournalEntry.UnreadBytes entry) {
        String bytes = count(entry.length(), "byte") + " left unread: " + entry.detail();
        return entry.payload()
                .map(payload -> bytes + " " + PayloadText.of(payload))
                .orElse(bytes);
    }

    /** Formats a number with its noun: {@code 1 byte}, {@code 2 bytes}. */
    private static String count(long number, String noun) {
        return Long.toUnsignedString(number) + " " + noun + (number == 1 ? "" : "s");
    }

    private static String message(JournalEntry.DataMessage message) {
        return "= " + message.messageType().word() + " message, "
                + count(message.payload().length(), "byte") + " in "
                + count(message.fragments(), "frame") + compression(message.coding());
    }

    private static String compression(MessageCoding coding) {
        return switch (coding) {
            case MessageCoding.Plain() -> "";
            case MessageCoding.Deflated(long wireLength, Optional<ContextDependency> reach) ->
                ", compressed to " + wireLength
                        + reach.map(known -> known == ContextDependency.INDEPENDENT
                                        ? " on its own"
                                        : " with those before it")
                                .orElse("");
        };
    }

    /** Returns whether a message is one frame without compression. */
    static boolean isPlain(JournalEntry.DataMessage message) {
        return message.fragments() == 1 && message.coding() instanceof MessageCoding.Plain;
    }

    private static String tls(JournalEntry.TlsResult entry) {
        if (entry.outcome() == TlsOutcome.FAILED) {
            return "failed: " + entry.detail();
        }
        return entry.facts().version().orElse("null") + " "
                + entry.facts().cipher().orElse("null")
                + entry.facts().serverName().map(name -> ", for " + name).orElse("");
    }

    private static String step(JournalEntry.StepDone entry) {
        String what = "step " + (entry.index() + 1) + " " + entry.step().word();
        if (entry.outcome() == StepOutcome.MET) {
            return what;
        }
        Check check = JudgedJournal.check(entry);
        CheckWording wording = CheckWording.of(check);
        return what + " " + Transcript.notMet(check.strength()) + ": expected " + wording.expected() + ", got "
                + wording.actual();
    }

    private static String frame(JournalEntry.Frame frame) {
        FrameHeader header = frame.header();
        StringBuilder text = new StringBuilder(header.describe());
        text.append(" ").append(count(header.length(), "byte"));
        int form = longerForm(header);
        text.append(form == 0 ? "" : ", in the " + form + "-bit form,");
        mask(header).ifPresent(mask -> text.append(" mask=").append(mask));
        return text.append(' ').append(PayloadText.of(frame)).toString();
    }

    /** Returns the mask of a frame as eight hexadecimal digits. */
    static Optional<String> mask(FrameHeader header) {
        return header.mask().isPresent()
                ? Optional.of(HexFormat.of().toHexDigits(header.mask().getAsInt()))
                : Optional.empty();
    }

    /** Returns the size of the length field in bits if a shorter one would do. Returns 0 for the shortest form. */
    static int longerForm(FrameHeader header) {
        return header.lengthForm() > FrameHeader.minimalForm(header.length()) ? header.lengthForm() : 0;
    }
}

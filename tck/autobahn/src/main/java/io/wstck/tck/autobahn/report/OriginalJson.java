package io.wstck.tck.autobahn.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.FrameHeader;
import io.wstck.server.wire.MessageType;
import io.wstck.tck.autobahn.CloseRule;
import io.wstck.tck.autobahn.ExpectedEvent;
import io.wstck.tck.autobahn.PermittedOutcome;
import io.wstck.tck.autobahn.exchange.ExchangeAction;
import io.wstck.tck.autobahn.exchange.PeerEvent;
import io.wstck.tck.autobahn.exchange.WireLogEntry;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Writes expected events, received events and frames in the original's form: lists of a name and its values. */
final class OriginalJson {
    /** The largest payload that is written whole, in bytes. */
    private static final int LARGEST_WHOLE = 64 << 10;

    /** The bytes that are written of a larger payload. */
    private static final int EXCERPT_LENGTH = 1_000;

    private OriginalJson() {}

    /** The permitted events by verdict. If several outcomes have the same verdict, the first one counts. */
    static ObjectNode expected(List<PermittedOutcome> permitted) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        for (PermittedOutcome outcome : permitted) {
            if (!json.has(outcome.verdict().label())) {
                expected(json.putArray(outcome.verdict().label()), outcome.events());
            }
        }
        return json;
    }

    private static void expected(ArrayNode events, List<ExpectedEvent> list) {
        PauseLabels pauses = new PauseLabels();
        for (ExpectedEvent event : list) {
            switch (event) {
                case ExpectedEvent.Echo echo -> message(events, echo.type(), echo.content());
                case ExpectedEvent.AnyEcho echo -> message(events, MessageType.TEXT, echo::content);
                case ExpectedEvent.Pong pong -> events.addArray().add("pong").add(text(pong.payload()));
                case ExpectedEvent.PauseElapsed _ -> pauses.next(events);
                case ExpectedEvent.Answer answer -> ours(events, "handshake", answer.describe());
                case ExpectedEvent.CleanEnd end -> ours(events, "end", end.describe());
                case ExpectedEvent.Observed observed -> ours(events, "observed", observed.describe());
                // The original counts echoes outside its list.
                case ExpectedEvent.Echoes _ -> {}
            }
        }
    }

    /** The events that came from the client. */
    static ArrayNode received(List<PeerEvent> exchange) {
        ArrayNode events = JsonNodeFactory.instance.arrayNode();
        PauseLabels pauses = new PauseLabels();
        for (PeerEvent event : exchange) {
            switch (event) {
                case PeerEvent.Message message -> message(events, message.type(), message::content);
                case PeerEvent.Pong pong -> events.addArray().add("pong").add(text(pong.payload()));
                case PeerEvent.Ping ping -> events.addArray().add("ping").add(text(ping.payload()));
                case PeerEvent.PauseElapsed _ -> pauses.next(events);
                case PeerEvent.OpeningAnswer answer -> ours(events, "handshake", answer.describe());
                case PeerEvent.ConnectionEnded end -> ours(events, "end", end.describe());
                case PeerEvent.Observation observation -> ours(events, "observed", observation.describe());
                case PeerEvent.Echoes _, PeerEvent.DiscardedMessage _ -> {}
            }
        }
        return events;
    }

    /** An event that the original does not have. */
    private static void ours(ArrayNode events, String name, String words) {
        events.addArray().add(name).add(words);
    }

    /** The labels of pauses: A, B and so on. */
    private static final class PauseLabels {
        private char name = 'A';

        void next(ArrayNode events) {
            events.addArray().add("timeout").add(String.valueOf(name++));
        }
    }

    private static void message(ArrayNode events, MessageType type, ExchangeAction.PayloadSource content) {
        events.addArray().add("message").add(text(content.generate())).add(type == MessageType.BINARY);
    }

    /** The required end of the connection. */
    static ObjectNode expectedClose(CloseRule rule) {
        return switch (rule) {
            case CloseRule.CleanClose clean -> close(true, clean.codes()).put("requireClean", true);
            case CloseRule.ConnectionFailure fails ->
                close(false, fails.codes()).put("requireClean", false).put("closedByWrongEndpointIsFatal", true);
            case CloseRule.FailureOnClose fails -> close(true, fails.codes()).put("requireClean", false);
            case CloseRule.AnyConnectionEnd _ -> close(true, Set.of()).put("requireClean", false);
        };
    }

    private static ObjectNode close(boolean byServer, Set<Integer> codes) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("closedByMe", byServer);
        new TreeSet<>(codes).forEach(json.putArray("closeCode")::add);
        return json;
    }

    /** The frames of both sides in the log, without other lines. */
    static ArrayNode wirelog(List<WireLogEntry> lines) {
        ArrayNode log = JsonNodeFactory.instance.arrayNode();
        for (WireLogEntry line : lines) {
            line.frame().ifPresent(frame -> frame(log.addArray(), line.side(), frame));
        }
        return log;
    }

    private static void frame(ArrayNode entry, WireLogEntry.Side side, WireLogEntry.FrameExcerpt frame) {
        FrameHeader header = frame.header();
        boolean cut = frame.beginning().length() < header.length();
        entry.add(side == WireLogEntry.Side.PEER ? "RF" : "TF");
        entry.addArray().add(header.length()).add(text(frame.beginning()) + (cut ? " ..." : ""));
        entry.add(header.opcode()).add(header.fin()).add(header.rsv());
        if (side == WireLogEntry.Side.PEER) {
            entry.add(header.mask().isPresent());
        }
        if (header.mask().isPresent()) {
            entry.add(HexFormat.of().toHexDigits(header.mask().getAsInt()));
        } else {
            entry.addNull();
        }
        if (side == WireLogEntry.Side.KIT) {
            // Not logged: the repeated length, the size of a chop, and whether the frame was one write.
            entry.addNull().addNull().add(false);
        }
    }

    /** A payload as text: UTF-8 unchanged, other payloads with one character for each byte. */
    private static String text(Bytes payload) {
        Bytes shown = payload.length() > LARGEST_WHOLE ? payload.slice(0, EXCERPT_LENGTH) : payload;
        String text = shown.text().orElseGet(() -> new String(shown.toArray(), StandardCharsets.ISO_8859_1));
        return shown.length() < payload.length() ? text + " ..." : text;
    }
}

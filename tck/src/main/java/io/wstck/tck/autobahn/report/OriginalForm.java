package io.wstck.tck.autobahn.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wstck.server.exchange.Act;
import io.wstck.server.exchange.Happening;
import io.wstck.server.exchange.WireLine;
import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.FrameHeader;
import io.wstck.server.wire.MessageType;
import io.wstck.tck.autobahn.CloseRule;
import io.wstck.tck.autobahn.Expected;
import io.wstck.tck.autobahn.Permitted;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What was expected, what came, and the frames, as the original writes them: lists of a name and its values. */
final class OriginalForm {
    /** The largest payload that is written whole. */
    private static final int WHOLE = 64 << 10;

    /** Of a larger one. */
    private static final int BEGINNING = 1_000;

    private OriginalForm() {}

    /** By label the events that earn it; of several lists for one label the first. */
    static ObjectNode expected(List<Permitted> permitted) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        for (Permitted one : permitted) {
            if (!json.has(one.verdict().label())) {
                expected(json.putArray(one.verdict().label()), one.events());
            }
        }
        return json;
    }

    private static void expected(ArrayNode events, List<Expected> list) {
        Pauses pauses = new Pauses();
        for (Expected event : list) {
            switch (event) {
                case Expected.Echo echo -> message(events, echo.type(), echo.content());
                case Expected.Pong pong -> events.addArray().add("pong").add(text(pong.payload()));
                case Expected.Waited _ -> pauses.next(events);
                // The original counts them beside its list as well.
                case Expected.Echoes _ -> {}
            }
        }
    }

    /** The events that came from the client. */
    static ArrayNode received(List<Happening> happenings) {
        ArrayNode events = JsonNodeFactory.instance.arrayNode();
        Pauses pauses = new Pauses();
        for (Happening happening : happenings) {
            switch (happening) {
                case Happening.Message message -> message(events, message.type(), message::content);
                case Happening.Pong pong -> events.addArray().add("pong").add(text(pong.payload()));
                case Happening.Ping ping -> events.addArray().add("ping").add(text(ping.payload()));
                case Happening.Waited _ -> pauses.next(events);
                case Happening.Echoes _, Happening.Excess _ -> {}
            }
        }
        return events;
    }

    /** Pauses are called A, B and so on. */
    private static final class Pauses {
        private char name = 'A';

        void next(ArrayNode events) {
            events.addArray().add("timeout").add(String.valueOf(name++));
        }
    }

    private static void message(ArrayNode events, MessageType type, Act.Content content) {
        events.addArray().add("message").add(text(content.make())).add(type == MessageType.BINARY);
    }

    /** How the connection is to end. */
    static ObjectNode expectedClose(CloseRule rule) {
        return switch (rule) {
            case CloseRule.Clean clean -> close(true, clean.codes()).put("requireClean", true);
            case CloseRule.Fails fails ->
                close(false, fails.codes()).put("requireClean", false).put("closedByWrongEndpointIsFatal", true);
            case CloseRule.FailsClose fails -> close(true, fails.codes()).put("requireClean", false);
            case CloseRule.Told _ -> close(true, Set.of()).put("requireClean", false);
        };
    }

    private static ObjectNode close(boolean byServer, Set<Integer> codes) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("closedByMe", byServer);
        new TreeSet<>(codes).forEach(json.putArray("closeCode")::add);
        return json;
    }

    /** The frames of the log, of either side; what was no frame is left out. */
    static ArrayNode wirelog(List<WireLine> lines) {
        ArrayNode log = JsonNodeFactory.instance.arrayNode();
        for (WireLine line : lines) {
            line.frame().ifPresent(frame -> frame(log.addArray(), line.side(), frame));
        }
        return log;
    }

    private static void frame(ArrayNode entry, WireLine.Side side, WireLine.Framed frame) {
        FrameHeader header = frame.header();
        boolean cut = frame.beginning().length() < header.length();
        entry.add(side == WireLine.Side.CLIENT ? "RF" : "TF");
        entry.addArray().add(header.length()).add(text(frame.beginning()) + (cut ? " ..." : ""));
        entry.add(header.opcode()).add(header.fin()).add(header.rsv());
        if (side == WireLine.Side.CLIENT) {
            entry.add(header.mask().isPresent());
        }
        if (header.mask().isPresent()) {
            entry.add(HexFormat.of().toHexDigits(header.mask().getAsInt()));
        } else {
            entry.addNull();
        }
        if (side == WireLine.Side.SERVER) {
            // The repeated length, the size of a chop, and whether the write was one of its own: not logged.
            entry.addNull().addNull().add(false);
        }
    }

    /** Text as it is, other bytes a character each. */
    private static String text(Bytes payload) {
        Bytes shown = payload.length() > WHOLE ? payload.slice(0, BEGINNING) : payload;
        String text = shown.text().orElseGet(() -> new String(shown.toArray(), StandardCharsets.ISO_8859_1));
        return shown.length() < payload.length() ? text + " ..." : text;
    }
}

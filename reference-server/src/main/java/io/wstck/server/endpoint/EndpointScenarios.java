package io.wstck.server.endpoint;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wstck.server.journal.JournalEntry.TcpEnd;
import io.wstck.server.scenario.Fragmentation;
import io.wstck.server.scenario.HandshakeAnswer;
import io.wstck.server.scenario.HandshakeAnswer.SubprotocolSelection;
import io.wstck.server.scenario.PayloadSpec;
import io.wstck.server.scenario.ReasonPhrases;
import io.wstck.server.scenario.Scenario;
import io.wstck.server.scenario.Step;
import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.FrameHeader;
import io.wstck.server.wire.Header;
import io.wstck.server.wire.HttpRequest;
import io.wstck.server.wire.MessageType;
import io.wstck.server.wire.Opcode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Creates the scenarios of the endpoints from the parameters in their URLs, except those of {@link ChatScenario} and
 * {@link PriceScenario}.
 */
final class EndpointScenarios {
    private static final int MOST_MESSAGES = 100_000;
    /** The largest message, in bytes. Sessions may send larger ones. */
    private static final int LONGEST_MESSAGE = 16 << 20;

    private static final int MOST_FRAGMENTS = 10_000;

    private EndpointScenarios() {}

    static Scenario echo(String segment, Query query, HttpRequest request) throws BadQueryException {
        String protocol = query.text("protocol", "");
        SubprotocolSelection selected = switch (protocol) {
            case "", "none" -> SubprotocolSelection.OfferPosition.NONE;
            case "first" -> SubprotocolSelection.OfferPosition.FIRST;
            case "last" -> SubprotocolSelection.OfferPosition.LAST;
            default -> new SubprotocolSelection.FixedToken(protocol);
        };
        HandshakeAnswer answer =
                HandshakeAnswer.accepting(selected, DeflateQueryParser.parse(query.text("deflate", "off")));
        Step.Echo.OnViolation onViolation =
                query.choice("violations", List.of("fail", "note")).equals("fail")
                        ? Step.Echo.OnViolation.FAIL
                        : Step.Echo.OnViolation.PLAY_ON;
        return Scenario.of(answer, List.of(new Step.Echo(OptionalInt.empty(), onViolation)));
    }

    static Scenario close(String segment, Query query, HttpRequest request) throws BadQueryException {
        int code = Query.integerOf("code", segment, 0, 65_535);
        String reason = query.text("reason", "");
        if (Bytes.utf8(reason).length() > 123) {
            throw new BadQueryException("\"reason\" must have at most 123 bytes.");
        }
        return accepting(afterMessages(query, Step.SendClose.of(code, reason)));
    }

    static Scenario status(String segment, Query query, HttpRequest request) throws BadQueryException {
        int status = Query.integerOf("code", segment, 200, 599);
        List<Header> headers = new ArrayList<>();
        String location = query.text("location", "/echo");
        if (location.chars().anyMatch(c -> c < ' ' || c > '~')) {
            throw new BadQueryException("\"location\" must be printable ASCII.");
        }
        if (status >= 300 && status < 400) {
            headers.add(new Header("Location", location));
        }
        if (status == 401) {
            headers.add(new Header("WWW-Authenticate", "Basic realm=\"wstck\""));
        }
        return Scenario.of(HandshakeAnswer.refusing(status, ReasonPhrases.of(status), headers), List.of());
    }

    static Scenario silent(String segment, Query query, HttpRequest request) {
        return accepting(List.of());
    }

    static Scenario hang(String segment, Query query, HttpRequest request) {
        return new Scenario(
                Scenario.ListenerKind.OWN,
                Scenario.TlsMode.PLAIN,
                List.of(new Step.Hang()),
                HandshakeAnswer.accepting(),
                List.of());
    }

    static Scenario stall(String segment, Query query, HttpRequest request) {
        return accepting(List.of(new Step.StopReading(), new Step.Hang()));
    }

    static Scenario drip(String segment, Query query, HttpRequest request) throws BadQueryException {
        Duration every = Duration.ofMillis(query.integer("every", 0, 60_000, 100));
        byte[] text = Bytes.utf8("one byte at a time").toArray();
        byte[] header =
                FrameHeader.of(FrameHeader.Fin.LAST, Opcode.TEXT, text.length).encode();
        byte[] frame = new byte[header.length + text.length];
        System.arraycopy(header, 0, frame, 0, header.length);
        System.arraycopy(text, 0, frame, header.length, text.length);
        return accepting(List.of(new Step.Drip(PayloadSpec.of(Bytes.owning(frame)), every)));
    }

    static Scenario drop(String segment, Query query, HttpRequest request) throws BadQueryException {
        String how = query.choice("how", List.of("fin", "rst"));
        return accepting(afterMessages(query, new Step.EndTcp(how.equals("rst") ? TcpEnd.RST : TcpEnd.FIN)));
    }

    private static List<Step> afterMessages(Query query, Step step) throws BadQueryException {
        int after = query.integer("after", 0, MOST_MESSAGES, 0);
        return after == 0 ? List.of(step) : List.of(new Step.Echo(OptionalInt.of(after)), step);
    }

    static Scenario push(String segment, Query query, HttpRequest request) throws BadQueryException {
        int size = query.integer("size", 0, LONGEST_MESSAGE, 16);
        int count = query.integer("count", 1, MOST_MESSAGES, 1);
        int fragments = query.integer("fragments", 1, MOST_FRAGMENTS, 1);
        MessageType type =
                query.choice("type", List.of("text", "binary")).equals("text") ? MessageType.TEXT : MessageType.BINARY;
        PayloadSpec payload = new PayloadSpec(Bytes.utf8("0123456789abcdef"), OptionalInt.of(size));
        Fragmentation sizes = fragments == 1
                ? new Fragmentation.SingleFrame()
                : new Fragmentation.ExplicitSizes(split(size, fragments));
        Step message = new Step.SendMessage(type, payload, sizes, Optional.empty(), OptionalInt.empty(), List.of());
        return accepting(Collections.nCopies(count, message));
    }

    private static List<Integer> split(int size, int parts) {
        List<Integer> sizes = new ArrayList<>(parts);
        for (int i = 0; i < parts; i++) {
            sizes.add(size / parts + (i < size % parts ? 1 : 0));
        }
        return sizes;
    }

    static Scenario headers(String segment, Query query, HttpRequest request) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("method", request.method()).put("target", request.target());
        ArrayNode headers = json.putArray("headers");
        request.headers()
                .forEach(header -> headers.addArray().add(header.name()).add(header.value()));
        return accepting(List.of(JsonMessages.message(json)));
    }

    private static Scenario accepting(List<Step> steps) {
        return Scenario.of(HandshakeAnswer.accepting(), steps);
    }
}

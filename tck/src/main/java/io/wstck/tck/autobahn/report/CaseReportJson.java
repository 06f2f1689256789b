package io.wstck.tck.autobahn.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wstck.server.exchange.Ending;
import io.wstck.server.exchange.Ending.First;
import io.wstck.server.exchange.Ending.Timeout;
import io.wstck.server.exchange.ExchangeRecord;
import io.wstck.server.exchange.Traffic;
import io.wstck.server.exchange.WireLine;
import io.wstck.server.wire.CloseStatus;
import io.wstck.tck.autobahn.AutobahnResult;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The report of one case, with the fields of the original, in its order. The fields are a contract with scripts of others. */
final class CaseReportJson {
    private static final double NANOS_PER_SECOND = 1e9;

    private CaseReportJson() {}

    static ObjectNode of(PlayedCase played, Instant now) {
        AutobahnResult result = played.result();
        ExchangeRecord happened = played.happened();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("agent", played.agent());
        json.put("behavior", result.behavior().label());
        json.put("behaviorClose", result.behaviorClose().label());
        json.put("case", played.place());
        json.put("createStats", true);
        json.put("createWirelog", true);
        json.put("description", played.testCase().description());
        json.put("duration", result.duration().toMillis());
        json.put("expectation", played.testCase().expectation());
        alternatives(json.putObject("expected"), result.expected());
        json.put("expectedClose", result.expectedClose());
        json.put("httpRequest", played.request());
        json.put("httpResponse", played.response());
        json.put("id", played.testCase().id().toString());
        json.put("isServer", true);
        result.received().forEach(json.putArray("received")::add);
        json.put("reportTime", time(now));
        json.put("result", result.result());
        json.put("resultClose", result.resultClose());
        json.put("started", time(happened.started()));
        ending(json, happened.ending());
        happened.violations()
                .forEach(violation -> json.withArray("violations").add(violation.rule() + ": " + violation.detail()));
        traffic(json, played);
        wire(json.putArray("wirelog"), happened.wire());
        return json;
    }

    /** {@code OK: text message "x"} is one of what is allowed under the label {@code OK}. */
    private static void alternatives(ObjectNode expected, List<String> alternatives) {
        for (String alternative : alternatives) {
            int colon = alternative.indexOf(": ");
            String label = colon < 0 ? "OK" : alternative.substring(0, colon);
            expected.withArray("/" + label).add(colon < 0 ? alternative : alternative.substring(colon + 2));
        }
    }

    private static void ending(ObjectNode json, Ending ending) {
        boolean closedByMe = ending.first() == First.SERVER;
        json.put("closedByMe", closedByMe);
        json.put("failedByMe", ending.timeout() == Timeout.EXPECTATION);
        json.put("droppedByMe", ending.tcp() == Ending.Tcp.NONE);
        json.put("wasClean", ending.clean());
        if (ending.clean()) {
            json.putNull("wasNotCleanReason");
        } else {
            json.put("wasNotCleanReason", notClean(ending));
        }
        json.put("wasOpenHandshakeTimeout", false);
        json.put("wasCloseHandshakeTimeout", ending.timeout() == Timeout.CLOSE_REPLY);
        json.put("wasServerConnectionDropTimeout", ending.timeout() == Timeout.TCP_END);
        close(json, "local", ending.sent());
        close(json, "remote", ending.received());
    }

    private static String notClean(Ending ending) {
        String missing =
                ending.received().isEmpty() ? "the client sent no close frame" : "the server sent no close frame";
        return switch (ending.tcp()) {
            case FIN -> missing + " and the client ended TCP";
            case RST -> missing + " and the client reset TCP";
            case NONE -> missing + " in time, and the server dropped TCP";
        };
    }

    private static void close(ObjectNode json, String side, Optional<CloseStatus> status) {
        String code = side + "CloseCode";
        String reason = side + "CloseReason";
        json.putNull(code);
        json.putNull(reason);
        status.ifPresent(close -> {
            close.code().ifPresent(number -> json.put(code, number));
            close.reason().filter(text -> !text.isEmpty()).ifPresent(text -> json.put(reason, text));
        });
    }

    private static void traffic(ObjectNode json, PlayedCase played) {
        Traffic in = played.happened().received();
        Traffic out = played.happened().sent();
        frames(json.putObject("rxFrameStats"), in);
        json.putObject("rxOctetStats").put("total", in.octets());
        frames(json.putObject("txFrameStats"), out);
        json.putObject("txOctetStats").put("total", out.octets());
        json.putObject("trafficStats")
                .put("incomingOctetsWireLevel", in.octets())
                .put("incomingWebSocketFrames", count(in))
                .put("outgoingOctetsWireLevel", out.octets())
                .put("outgoingWebSocketFrames", count(out))
                .put("preopenIncomingOctetsWireLevel", played.request().length())
                .put("preopenOutgoingOctetsWireLevel", played.response().length());
    }

    private static void frames(ObjectNode json, Traffic traffic) {
        traffic.frames().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> json.put(String.valueOf(entry.getKey()), entry.getValue()));
    }

    private static long count(Traffic traffic) {
        return traffic.frames().values().stream().mapToLong(Long::longValue).sum();
    }

    private static void wire(ArrayNode json, List<WireLine> lines) {
        for (WireLine line : lines) {
            json.addArray()
                    .add(line.side() == WireLine.Side.CLIENT ? "RX" : "TX")
                    .add(line.at().toNanos() / NANOS_PER_SECOND)
                    .add(line.text());
        }
    }

    private static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MILLIS).toString();
    }
}

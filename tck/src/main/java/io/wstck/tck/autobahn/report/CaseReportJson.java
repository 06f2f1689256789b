package io.wstck.tck.autobahn.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wstck.server.exchange.Ending;
import io.wstck.server.exchange.Ending.First;
import io.wstck.server.exchange.Ending.Timeout;
import io.wstck.server.exchange.ExchangeRecord;
import io.wstck.server.exchange.WireLine;
import io.wstck.server.wire.CloseStatus;
import io.wstck.tck.autobahn.AutobahnResult;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * The report of one case, with the fields of the original as it writes them, and beside them ours. The fields are a contract with
 * scripts of others.
 */
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
        json.set("expected", OriginalForm.expected(played.testCase().rules().permitted()));
        json.set(
                "expectedClose",
                OriginalForm.expectedClose(played.testCase().rules().close()));
        json.put("expectedCloseSentence", result.expectedClose());
        result.expected().forEach(json.putArray("expectedSentences")::add);
        json.put("httpRequest", played.request());
        json.put("httpResponse", played.response());
        json.put("id", played.testCase().id().toString());
        json.put("isServer", true);
        json.set("received", OriginalForm.received(happened.happenings()));
        result.received().forEach(json.putArray("receivedSentences")::add);
        // Whether the duration is of interest, not a time.
        json.put("reportTime", Section.of(played.testCase().id()).isTimed());
        json.put("result", result.result());
        json.put("resultClose", result.resultClose());
        json.put("started", time(happened.started()));
        json.put("written", time(now));
        ending(json, happened.ending());
        ArrayNode violations = json.putArray("violations");
        happened.violations().forEach(violation -> violations.add(violation.rule() + ": " + violation.detail()));
        TrafficJson.put(json, played);
        wire(json.putArray("wire"), happened.wire());
        json.set("wirelog", OriginalForm.wirelog(happened.wire()));
        return json;
    }

    private static void ending(ObjectNode json, Ending ending) {
        boolean closedByMe = ending.first() == First.SERVER;
        json.put("closedByMe", closedByMe);
        json.put("failedByMe", ending.timeout() == Timeout.EXPECTATION);
        json.put("droppedByMe", ending.tcp().isEmpty());
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
        return ending.tcp()
                .map(how -> switch (how) {
                    case FIN -> missing + " and the client ended TCP";
                    case RST -> missing + " and the client reset TCP";
                    case ENDED -> missing + " and the client ended or reset TCP";
                })
                .orElse(missing + " in time, and the server dropped TCP");
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

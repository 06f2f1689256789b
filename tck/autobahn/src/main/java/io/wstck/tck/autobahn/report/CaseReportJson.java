package io.wstck.tck.autobahn.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wstck.server.wire.CloseStatus;
import io.wstck.server.wire.EndpointRole;
import io.wstck.server.wire.Rule;
import io.wstck.tck.autobahn.AutobahnResult;
import io.wstck.tck.autobahn.CaseGroup;
import io.wstck.tck.autobahn.exchange.ExchangeEnd;
import io.wstck.tck.autobahn.exchange.ExchangeEnd.EndInitiator;
import io.wstck.tck.autobahn.exchange.ExchangeEnd.Timeout;
import io.wstck.tck.autobahn.exchange.ExchangeRecord;
import io.wstck.tck.autobahn.exchange.RoleText;
import io.wstck.tck.autobahn.exchange.WireLogEntry;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Builds the JSON report of one case: the fields of Autobahn's own report, and further fields of this kit. Scripts of
 * users read these fields, so they must not change.
 */
final class CaseReportJson {
    private static final double NANOS_PER_SECOND = 1e9;

    private CaseReportJson() {}

    static ObjectNode of(PlayedCase played, Instant now) {
        AutobahnResult result = played.result();
        ExchangeRecord exchange = played.exchange();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("agent", played.agent());
        json.put("behavior", result.behavior().label());
        json.put("behaviorClose", result.behaviorClose().label());
        json.put("case", played.position());
        json.put("createStats", true);
        json.put("createWirelog", true);
        json.put("description", played.testCase().description());
        json.put("duration", result.duration().toMillis());
        json.put("expectation", played.testCase().expectation());
        json.set("expected", OriginalJson.expected(played.testCase().rules().permitted()));
        json.set(
                "expectedClose",
                OriginalJson.expectedClose(played.testCase().rules().close()));
        json.put("expectedCloseSentence", result.expectedClose());
        result.expected().forEach(json.putArray("expectedSentences")::add);
        json.put("httpRequest", played.request());
        json.put("httpResponse", played.response());
        json.put("id", played.testCase().id().toString());
        json.put("isServer", exchange.peer() == EndpointRole.CLIENT);
        json.set("received", OriginalJson.received(exchange.events()));
        result.received().forEach(json.putArray("receivedSentences")::add);
        // Flags that say whether the ratio and the duration are of interest.
        Section section = Section.of(played.testCase().id());
        json.put("reportCompressionRatio", section.isCompressed());
        json.put("reportTime", section.isTimed());
        json.put("result", result.result());
        json.put("difference", result.difference());
        json.put("resultClose", result.resultClose());
        json.put("sources", CaseGroup.of(played.testCase().id()).sources());
        json.put("started", time(exchange.started()));
        json.put("written", time(now));
        ending(json, exchange);
        ArrayNode violations = json.putArray("violations");
        exchange.violations().forEach(violation -> violations.add(name(violation.rule()) + ": " + violation.detail()));
        TrafficJson.put(json, played);
        wire(json.putArray("wire"), exchange.wire());
        json.set("wirelog", OriginalJson.wirelog(exchange.wire()));
        return json;
    }

    private static void ending(ObjectNode json, ExchangeRecord exchange) {
        ExchangeEnd ending = exchange.ending();
        boolean closedByMe = ending.initiator() == EndInitiator.KIT;
        json.put("closedByMe", closedByMe);
        json.put("failedByMe", ending.expectationFailed());
        json.put("droppedByMe", ending.tcp().isEmpty());
        json.put("wasClean", ending.clean());
        if (ending.clean()) {
            json.putNull("wasNotCleanReason");
        } else {
            json.put("wasNotCleanReason", notClean(exchange));
        }
        json.put("wasOpenHandshakeTimeout", ending.timeout() == Timeout.OPENING);
        json.put("wasCloseHandshakeTimeout", ending.timeout() == Timeout.CLOSE_REPLY);
        json.put("wasServerConnectionDropTimeout", ending.timeout() == Timeout.TCP_END);
        close(json, "local", ending.sent());
        close(json, "remote", ending.received());
    }

    private static String notClean(ExchangeRecord exchange) {
        if (exchange.unopened().isPresent()) {
            return exchange.unopened().get();
        }
        ExchangeEnd ending = exchange.ending();
        String missing =
                ending.received().isEmpty() ? "the {peer} sent no close frame" : "the {kit} sent no close frame";
        String end = ending.tcp()
                .map(how -> switch (how) {
                    case FIN -> " and the {peer} ended TCP";
                    case RST -> " and the {peer} reset TCP";
                    case ENDED -> " and the {peer} ended or reset TCP";
                })
                .orElse(" in time, and the {kit} dropped TCP");
        return RoleText.of(exchange.peer(), missing + end);
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

    private static void wire(ArrayNode json, List<WireLogEntry> lines) {
        for (WireLogEntry line : lines) {
            json.addArray()
                    .add(line.side() == WireLogEntry.Side.PEER ? "RX" : "TX")
                    .add(line.at().toNanos() / NANOS_PER_SECOND)
                    .add(line.text());
        }
    }

    private static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    /** The rule as these reports name it: {@code UNMASKED_FRAME}. */
    private static String name(Rule rule) {
        return rule.word().toUpperCase(Locale.ROOT).replace('-', '_');
    }
}

package io.wstck.tck.autobahn.report;

import io.wstck.server.wire.Bytes;
import io.wstck.tck.autobahn.AutobahnCase;
import io.wstck.tck.autobahn.AutobahnJudge;
import io.wstck.tck.autobahn.AutobahnResult;
import io.wstck.tck.autobahn.Strictness;
import io.wstck.tck.autobahn.exchange.ExchangeRecord;
import io.wstck.tck.autobahn.spec.AutobahnPlan;
import java.nio.charset.StandardCharsets;

/**
 * A case that was played with an agent, with everything for its report.
 *
 * @param agent the name of the client, which the driver gives, or of the server
 * @param position the position of the case among the served cases, from 1
 * @param request the opening handshake, with one character for each byte
 * @param response the answer to the opening handshake, as far as it came
 */
public record PlayedCase(
        String agent,
        AutobahnCase testCase,
        int position,
        ExchangeRecord exchange,
        AutobahnResult result,
        String request,
        String response) {
    /**
     * Judges a case that was played.
     *
     * @param plan the served cases
     * @param request the bytes of the opening handshake
     * @param response the bytes of its answer, as far as they came
     */
    public static PlayedCase judged(
            String agent,
            AutobahnCase testCase,
            AutobahnPlan plan,
            Strictness strictness,
            ExchangeRecord exchange,
            Bytes request,
            Bytes response) {
        return new PlayedCase(
                agent,
                testCase,
                plan.positionOf(testCase),
                exchange,
                AutobahnJudge.judge(testCase, exchange, strictness),
                latin1(request),
                latin1(response));
    }

    private static String latin1(Bytes bytes) {
        return new String(bytes.toArray(), StandardCharsets.ISO_8859_1);
    }
}

package io.wstck.server;

import io.wstck.server.scenario.HandshakeAnswer;
import io.wstck.server.scenario.ReasonPhrases;
import io.wstck.server.scenario.Scenario;
import io.wstck.server.scenario.Step;
import io.wstck.server.wire.Header;
import io.wstck.server.wire.HttpRequest;
import io.wstck.server.wire.handshake.HandshakeRules;
import java.util.List;

/**
 * Refuses the bad opening handshakes that RFC 6455 §4.2 tells a server to refuse. Only for requests to an endpoint's
 * own URL: in a session the scenario goes on, and its journal has the violation.
 */
final class HandshakeRefusal {
    private static final int BAD_REQUEST = 400;
    private static final int UPGRADE_REQUIRED = 426;
    private static final String VERSION = "13";

    private HandshakeRefusal() {}

    /** {@code scenario}, or the refusal of a bad request in its place if it fails clients that break a rule. */
    static Scenario inPlaceOf(Scenario scenario, HttpRequest request) {
        if (!failsClients(scenario) || HandshakeRules.checkUpgrade(request).isEmpty()) {
            return scenario;
        }
        List<String> versions = request.values("Sec-WebSocket-Version");
        boolean otherVersion = !versions.isEmpty() && !versions.equals(List.of(VERSION));
        return Scenario.of(
                otherVersion
                        ? refusal(
                                UPGRADE_REQUIRED,
                                List.of(
                                        new Header("Upgrade", "websocket"),
                                        new Header("Sec-WebSocket-Version", VERSION)))
                        : refusal(BAD_REQUEST, List.of()),
                List.of());
    }

    private static boolean failsClients(Scenario scenario) {
        return scenario.frames().stream()
                .anyMatch(step -> step instanceof Step.Echo echo && echo.onViolation() == Step.Echo.OnViolation.FAIL);
    }

    private static HandshakeAnswer refusal(int status, List<Header> headers) {
        return HandshakeAnswer.refusing(status, ReasonPhrases.of(status), headers);
    }
}

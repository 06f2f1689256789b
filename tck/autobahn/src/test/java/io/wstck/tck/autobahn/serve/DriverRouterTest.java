package io.wstck.tck.autobahn.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.server.Route;
import io.wstck.server.wire.EndpointRole;
import io.wstck.server.wire.HttpRequest;
import io.wstck.server.wire.RequestReader;
import io.wstck.tck.autobahn.AutobahnCorpus;
import io.wstck.tck.autobahn.Strictness;
import io.wstck.tck.autobahn.report.AutobahnReportFolder;
import io.wstck.tck.autobahn.spec.AutobahnPatterns;
import io.wstck.tck.autobahn.spec.AutobahnPlan;
import io.wstck.tck.autobahn.spec.WebSocketScheme;
import io.wstck.tck.known.KnownDeviations;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriverRouterTest {
    @TempDir
    private Path folder;

    /** A driver may ask for the reports as soon as it has the answer. The reports then wait for this case. */
    @Test
    void aCaseBeginsBeforeItsRequestIsAnswered() throws Exception {
        AutobahnPlan plan = new AutobahnPlan(AutobahnPatterns.ALL.of(AutobahnCorpus.standard()), List.of());
        AutobahnReportFolder outDir = new AutobahnReportFolder(
                folder,
                new AutobahnReportFolder.ReportHeader("1.0", "cases", "a machine"),
                EndpointRole.CLIENT,
                KnownDeviations.NONE);
        AutobahnSettings setup = new AutobahnSettings(plan, Strictness.ORIGINAL, outDir, List.of(), "wstck/1.0");
        ResultStore results = new ResultStore();
        try (DriverRouter router = new DriverRouter(
                setup,
                results,
                new DriverAccessRules(DriverAccessRules.NetworkExposure.LOOPBACK, WebSocketScheme.WS),
                () -> {},
                _ -> {})) {
            assertThat(results.awaitIdle(Duration.ZERO)).isTrue();

            Route route = router.route(request("/runCase?case=1&agent=a"));

            assertThat(results.awaitIdle(Duration.ZERO)).isFalse();
            assertThat(route)
                    .isInstanceOfSatisfying(
                            Route.HandOver.class, over -> over.player().lost());
            assertThat(results.awaitIdle(Duration.ZERO)).isTrue();
        }
    }

    /** Containers use names such as fuzzingserver for the server. Only /stopServer checks the origin of a page. */
    @Test
    void onANetworkInterfaceAnyHostAndOriginIsAllowed() {
        DriverAccessRules network = DriverAccessRules.of(List.of(InetAddress.ofLiteral("0.0.0.0")), WebSocketScheme.WS);
        String lines = "Origin: http://fuzzingclient\r\n";
        assertThat(network.refusal(request("/runCase?case=1&agent=a", "fuzzingserver:9001", lines)))
                .isEmpty();
        assertThat(network.stopRefusal(request("/stopServer", "fuzzingserver:9001", lines)))
                .hasValueSatisfying(sentence -> assertThat(sentence).endsWith("got http://fuzzingclient"));
        assertThat(network.stopRefusal(request("/stopServer", "fuzzingserver:9001", "")))
                .isEmpty();
        DriverAccessRules loopback = DriverAccessRules.of(
                List.of(InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("::1")), WebSocketScheme.WS);
        assertThat(loopback.refusal(request("/runCase?case=1&agent=a", "fuzzingserver:9001", "")))
                .isPresent();
    }

    private static HttpRequest request(String target) {
        return request(target, "localhost", "");
    }

    private static HttpRequest request(String target, String host, String lines) {
        RequestReader reader = new RequestReader();
        var _ = reader.feed(ByteBuffer.wrap(("GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\n" + lines
                        + "Upgrade: websocket\r\n"
                        + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII)));
        return reader.request();
    }
}

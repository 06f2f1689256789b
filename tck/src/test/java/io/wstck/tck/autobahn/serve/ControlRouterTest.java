package io.wstck.tck.autobahn.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.server.Route;
import io.wstck.server.wire.HttpRequest;
import io.wstck.server.wire.RequestReader;
import io.wstck.tck.autobahn.AutobahnCorpus;
import io.wstck.tck.autobahn.Strictness;
import io.wstck.tck.autobahn.report.OutDir;
import io.wstck.tck.autobahn.spec.Patterns;
import io.wstck.tck.autobahn.spec.Plan;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlRouterTest {
    @TempDir
    private Path folder;

    /** A driver that has the answer may ask for the reports at once: they wait for this case. */
    @Test
    void aCaseHasBegunBeforeItsRequestIsAnswered() throws Exception {
        Plan plan = new Plan(Patterns.ALL.of(AutobahnCorpus.standard()), List.of());
        OutDir outDir = new OutDir(folder, new OutDir.Head("1.0", "cases", "a machine"));
        Setup setup = new Setup(plan, Strictness.ORIGINAL, outDir, List.of(), "wstck/1.0");
        try (ControlRouter router =
                new ControlRouter(setup, new DriverRules(DriverRules.Listening.LOOPBACK), () -> {}, _ -> {})) {
            assertThat(router.awaitIdle(Duration.ZERO)).isTrue();

            Route route = router.route(request("/runCase?case=1&agent=a"));

            assertThat(router.awaitIdle(Duration.ZERO)).isFalse();
            assertThat(route)
                    .isInstanceOfSatisfying(
                            Route.HandOver.class, over -> over.player().lost());
            assertThat(router.awaitIdle(Duration.ZERO)).isTrue();
        }
    }

    /** Containers call the server by names such as fuzzingserver, and only /stopServer asks where a page comes from. */
    @Test
    void onAnInterfaceOfTheNetworkAnyHostAndOriginDrives() {
        DriverRules network = DriverRules.of(List.of(InetAddress.ofLiteral("0.0.0.0")));
        String lines = "Origin: http://fuzzingclient\r\n";
        assertThat(network.problem(request("/runCase?case=1&agent=a", "fuzzingserver:9001", lines)))
                .isEmpty();
        assertThat(network.problemOfStop(request("/stopServer", "fuzzingserver:9001", lines)))
                .hasValueSatisfying(sentence -> assertThat(sentence).endsWith("got http://fuzzingclient"));
        assertThat(network.problemOfStop(request("/stopServer", "fuzzingserver:9001", "")))
                .isEmpty();
        DriverRules loopback =
                DriverRules.of(List.of(InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("::1")));
        assertThat(loopback.problem(request("/runCase?case=1&agent=a", "fuzzingserver:9001", "")))
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

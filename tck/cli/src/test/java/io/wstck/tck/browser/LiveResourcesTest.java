package io.wstck.tck.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.server.ReferenceServer;
import io.wstck.server.ServerConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The page of {@code serve} in a real browser. */
@NeedsChromium
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("live page")
class LiveResourcesTest {
    private static ReferenceServer server;
    private static Chromium browser;

    @BeforeAll
    static void start() throws IOException {
        server = ReferenceServer.start(ServerConfig.loopback());
        browser = Chromium.open(1200, 1000);
    }

    @AfterAll
    static void stop() throws IOException {
        browser.close();
        server.close();
    }

    @AfterEach
    void nothingWasComplainedOf() {
        assertThat(browser.consoleErrors()).isEmpty();
    }

    @Test
    void anEndpointIsTriedFromThePage() {
        browser.go(server.base() + "/");
        String echo = "tr[data-path^='/echo']";
        browser.find(echo + " summary").click();
        browser.find(echo + " button").click();
        browser.awaitText(echo + " .log", text -> text.contains("open"));

        browser.find(echo + " form button:last-of-type").click();

        browser.awaitText(echo + " .log", text -> text.contains("→ hello") && text.contains("← hello"));
    }

    @Test
    void aScenarioIsPostedAndItsAnswerShown() {
        browser.go(server.base() + "/");
        browser.find("tr[data-path='/scenarios'] summary").click();
        browser.find("tr[data-path='/scenarios'] button").click();

        browser.awaitText("tr[data-path='/scenarios'] .log", text -> text.contains("\"journal\":"));
    }

    @Test
    void framesOfOtherClientsAreShownLiveAsText() {
        browser.go(server.base() + "/");
        browser.awaitText("#live-state", text -> text.contains("Watching"));

        try (HttpClient http = HttpClient.newHttpClient()) {
            WebSocket socket = http.newWebSocketBuilder()
                    .buildAsync(URI.create("ws://127.0.0.1:" + server.port() + "/echo"), new WebSocket.Listener() {})
                    .join();
            socket.sendText("<img src=x onerror=alert(1)>\u202e\u0007", true).join();

            browser.awaitText(
                    "#live .in",
                    text -> text.contains("TEXT masked")
                            && text.contains("<img src=x onerror=alert(1)>\\u{202e}\\u{7}"));
            assertThat(browser.all("#live img")).isEmpty();
            socket.sendClose(1000, "bye").join();
            browser.awaitText("#live .in", text -> text.contains("CLOSE masked 5 bytes 1000 \"bye\""));
            browser.find("#live .connection.over");
        }
    }

    @Test
    void handshakesAreShownAsTextBoundedAndWithoutCredentials() throws Exception {
        browser.go(server.base() + "/");
        browser.awaitText("#live-state", text -> text.contains("Watching"));
        byte[] request = ("GET /echo HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
                        + "Authorization: Bearer secret\r\nX-Odd: <img src=x onerror=alert(1)>\u0085\"'\r\n"
                        + "X-Long: " + "v".repeat(50_000) + "\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);

        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream().write(request);

            browser.awaitText(
                    "#live .in .headers",
                    text -> text.contains("Authorization: (13 bytes)")
                            && text.contains("X-Odd: <img src=x onerror=alert(1)>\\u{85}\"'")
                            && text.contains("X-Long: " + "v".repeat(200) + "… (50000 characters)"));
            browser.awaitText(
                    "#live .out",
                    text -> text.contains("← HTTP/1.1 101 Switching Protocols") && text.contains("Upgrade: websocket"));
            assertThat(browser.all("#live img")).isEmpty();
            assertThat((String) browser.script("return document.body.innerText"))
                    .doesNotContain("secret");
        }
    }

    @Test
    void thePageIsAccessible() throws IOException {
        for (String scheme : List.of("light", "dark")) {
            browser.emulate("screen", scheme);
            browser.go(server.base() + "/");
            browser.find("tr[data-path^='/echo'] summary").click();
            browser.find("tr[data-path='/scenarios'] summary").click();
            assertThat(browser.accessibilityErrors()).as(scheme).isEmpty();
        }
        browser.emulate("", "light");
    }
}

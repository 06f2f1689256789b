package io.wstck.server.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wstck.server.RawClient;
import io.wstck.server.ReferenceServer;
import io.wstck.server.ServerConfig;
import io.wstck.server.ServerSession;
import io.wstck.server.scenario.SessionSpec;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the server-sent events about open connections over HTTP. */
@Timeout(60)
class LiveTest {
    private static final JsonMapper MAPPER = new JsonMapper();

    private ReferenceServer server;

    @BeforeEach
    void start() throws IOException {
        server = ReferenceServer.start(ServerConfig.loopback());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aViewerSeesAConnectionItsFramesAndItsEnd() throws Exception {
        try (Watcher watcher = Watcher.of(server, "localhost")) {
            watcher.comment();
            try (RawClient peer = RawClient.connect(URI.create("ws://127.0.0.1:" + server.port() + "/echo"))) {
                peer.text("hi");
                assertThat(peer.read().text()).isEqualTo("hi");
            }

            assertThat(watcher.until(event -> event.has("opened")).get("opened").asText())
                    .isEqualTo("/echo");
            JsonNode in =
                    watcher.until(event -> event.at("/entry/type").asText().equals("frame"));
            assertThat(in.at("/entry/direction").asText()).isEqualTo("in");
            assertThat(in.at("/entry/text").asText()).isEqualTo("hi");
            JsonNode out =
                    watcher.until(event -> event.at("/entry/type").asText().equals("frame"));
            assertThat(out.at("/entry/direction").asText()).isEqualTo("out");
            assertThat(watcher.until(event -> event.has("ended")).get("connection"))
                    .isEqualTo(in.get("connection"));
        }
    }

    @Test
    void aLaterViewerGetsTheOpenConnections() throws Exception {
        try (RawClient peer = RawClient.connect(URI.create("ws://127.0.0.1:" + server.port() + "/silent"));
                Watcher watcher = Watcher.of(server, "127.0.0.1:" + server.port())) {
            assertThat(watcher.until(event -> event.has("opened")).get("opened").asText())
                    .isEqualTo("/silent");
            peer.text("still here");
            assertThat(watcher.until(event -> event.at("/entry/type").asText().equals("frame"))
                            .at("/entry/text")
                            .asText())
                    .isEqualTo("still here");
        }
    }

    @Test
    void aPayloadIsCut() throws Exception {
        try (Watcher watcher = Watcher.of(server, "localhost")) {
            watcher.comment();
            try (RawClient peer = RawClient.connect(URI.create("ws://127.0.0.1:" + server.port() + "/echo"))) {
                peer.text("x".repeat(4000));
                assertThat(peer.read().text()).hasSize(4000);
            }
            JsonNode frame =
                    watcher.until(event -> event.at("/entry/type").asText().equals("frame"));
            assertThat(frame.at("/entry/text").asText()).hasSize(300);
            assertThat(frame.at("/entry/cut").asBoolean()).isTrue();
        }
    }

    @Test
    void headsAreSentBoundedAndWithoutCredentials() throws Exception {
        URI echo = URI.create("ws://127.0.0.1:" + server.port() + "/echo?deflate=on");
        try (Watcher watcher = Watcher.of(server, "localhost")) {
            watcher.comment();
            try (RawClient peer = RawClient.dial(echo)) {
                peer.send(peer.request(
                        "Authorization: Bearer abc",
                        "X-Odd: <script>\u0085\u00ff",
                        "X-Long: " + "v".repeat(60_000),
                        "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits=10"));
                assertThat(peer.readHead()).startsWith("HTTP/1.1 101 ");
            }
            JsonNode request = entry(watcher, "request");
            assertThat(request.has("headers")).isFalse();
            assertThat(request.at("/heads/0/line").asText()).isEqualTo("GET /echo?deflate=on HTTP/1.1");
            assertThat(texts(request.at("/heads/0/lines")))
                    .contains("Authorization: (10 bytes)", "X-Odd: <script>\u0085\u00ff")
                    .contains("X-Long: " + "v".repeat(200) + "… (60000 characters)");
            assertThat(request.toString()).doesNotContain("Bearer");
            JsonNode response = entry(watcher, "response");
            assertThat(response.at("/heads/0/line").asText()).isEqualTo("HTTP/1.1 101 Switching Protocols");
            assertThat(texts(response.at("/heads/0/lines")))
                    .contains("Upgrade: websocket")
                    .last()
                    .asString()
                    .startsWith("permessage-deflate: server window 15, ");
        }
    }

    @Test
    void aRequestThatNeverEndedShowsNoCredentials() throws Exception {
        ServerSession session =
                server.open(SessionSpec.parse(MAPPER.readTree("{\"listener\": \"own\", \"frames\": []}")));
        try (Watcher watcher = Watcher.of(server, "localhost")) {
            watcher.comment();
            try (RawClient peer = RawClient.dial(session.urls().get("main"))) {
                peer.send("GET / HTTP/1.1\r\nAuthorization: Bearer abc\r\nX-Next: 1");
                peer.shutdownOutput();
            }
            JsonNode bytes = entry(watcher, "bytes");
            assertThat(texts(bytes.at("/heads/0/lines"))).containsExactly("Authorization: (10 bytes)", "X-Next: 1");
            assertThat(bytes.toString()).doesNotContain("Bearer");
        }
    }

    private static JsonNode entry(Watcher watcher, String type) throws IOException {
        return watcher.until(event -> event.at("/entry/type").asText().equals(type))
                .get("entry");
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    @Test
    void aHostNameByDnsRebindingIsRefused() throws Exception {
        for (String path : List.of("/live", "/scenarios", "/journals/x")) {
            assertThat(head("GET " + path, "rebound.example:" + server.port()))
                    .as(path)
                    .startsWith("HTTP/1.1 403 ");
        }
        assertThat(head("GET /", "rebound.example")).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void itIsReadOnly() throws Exception {
        assertThat(head("POST /live", "localhost")).startsWith("HTTP/1.1 405 ");
    }

    @Test
    void oneViewerTooManyIsRefused() throws Exception {
        List<Watcher> watchers = new ArrayList<>();
        try {
            for (int number = 0; number < LiveFeed.MAX_VIEWERS; number++) {
                Watcher watcher = Watcher.of(server, "localhost");
                watchers.add(watcher);
                watcher.comment();
            }
            assertThat(head("GET /live", "localhost")).startsWith("HTTP/1.1 503 ");
        } finally {
            for (Watcher watcher : watchers) {
                watcher.close();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sec-Fetch-Site: cross-site",
                // A page on another port of this machine.
                "Sec-Fetch-Site: same-site",
                "Sec-Fetch-Site: same-origin\r\nSec-Fetch-Site: cross-site",
                "Origin: http://elsewhere.example",
                "Origin: null"
            })
    void aPageOfAnotherOriginCountsAsNoViewer(String line) throws Exception {
        for (int number = 0; number <= LiveFeed.MAX_VIEWERS; number++) {
            assertThat(head("GET /live", "localhost\r\n" + line)).startsWith("HTTP/1.1 403 ");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sec-Fetch-Site: same-origin",
                // A user has typed the address.
                "Sec-Fetch-Site: none",
                "Origin: http://localhost"
            })
    void theServersOwnPageAndPeopleMayWatch(String line) throws Exception {
        assertThat(head("GET /live", "localhost\r\n" + line)).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void aViewerThatDoesNotReadIsDroppedAndBlocksNoConnection() throws Exception {
        try (Watcher slow = Watcher.of(server, "localhost")) {
            slow.comment();
            // The queue, the send buffer and the receive buffer hold fewer events, about 1,000 each.
            try (RawClient peer =
                    RawClient.connect(URI.create("ws://127.0.0.1:" + server.port() + "/push?size=300&count=10000"))) {
                for (int message = 0; message < 10_000; message++) {
                    peer.read();
                }
            }
            // Events that were sent before the viewer was dropped may still arrive. Then comes the end.
            assertThat(slow.endsWithin(10_000)).isTrue();
        }
    }

    @Test
    void theIndexPageMayLoadNothingFromElsewhere() throws Exception {
        assertThat(head("GET /", "localhost"))
                .containsIgnoringCase("content-security-policy: default-src 'none'; script-src 'self';");
        assertThat(head("GET /live.js", "localhost"))
                .startsWith("HTTP/1.1 200 ")
                .contains("text/javascript");
        assertThat(head("GET /live.css", "localhost"))
                .startsWith("HTTP/1.1 200 ")
                .contains("text/css");
    }

    private String head(String request, String host) throws IOException {
        try (Watcher watcher = Watcher.of(server, request, host)) {
            return watcher.head;
        }
    }

    private static final class Watcher implements AutoCloseable {
        private final Socket socket;
        private final BufferedReader lines;
        private final String head;

        private Watcher(Socket socket, BufferedReader lines, String head) {
            this.socket = socket;
            this.lines = lines;
            this.head = head;
        }

        static Watcher of(ReferenceServer server, String host) throws IOException {
            return of(server, "GET /live", host);
        }

        static Watcher of(ReferenceServer server, String request, String host) throws IOException {
            Socket socket = new Socket();
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
            OutputStream out = socket.getOutputStream();
            out.write((request + " HTTP/1.1\r\nHost: " + host + "\r\nContent-Length: 0\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.flush();
            InputStream in = socket.getInputStream();
            BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8), 512);
            StringBuilder head = new StringBuilder();
            for (String line = lines.readLine(); line != null && !line.isEmpty(); line = lines.readLine()) {
                head.append(line).append("\r\n");
            }
            return new Watcher(socket, lines, head.toString());
        }

        /** Reads the first line of the stream, which shows that the viewer was accepted. */
        void comment() throws IOException {
            for (String line = lines.readLine(); !":".equals(line); line = lines.readLine()) {
                assertThat(line).isNotNull();
            }
        }

        JsonNode until(Predicate<JsonNode> wanted) throws IOException {
            for (String line = lines.readLine(); ; line = lines.readLine()) {
                assertThat(line).as("the stream goes on").isNotNull();
                if (line.startsWith("data: ")) {
                    JsonNode event = MAPPER.readTree(line.substring("data: ".length()));
                    if (wanted.test(event)) {
                        return event;
                    }
                }
            }
        }

        boolean endsWithin(int most) {
            try {
                for (int line = 0; line < most; line++) {
                    if (lines.readLine() == null) {
                        return true;
                    }
                }
                return false;
            } catch (IOException reset) {
                return true;
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}

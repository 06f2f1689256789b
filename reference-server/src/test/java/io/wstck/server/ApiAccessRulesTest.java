package io.wstck.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the status and the sentence of requests that the HTTP API refuses. */
class ApiAccessRulesTest extends ServerTest {
    private static final String JSON = "Content-Type: application/json";

    /** Sends {@code lines} and returns the status and the body of the answer. */
    private record Answer(int status, String body) {}

    /** In {@code lines}, PORT stands for the server's port, and ; for the end of a line. */
    private Answer request(String line, String lines, String body) throws Exception {
        try (RawClient peer = RawClient.dial(URI.create("http://127.0.0.1:" + server.port()))) {
            String head = line + " HTTP/1.1;Host: localhost:PORT;" + lines + ";Content-Length: " + body.length();
            peer.send(
                    head.replace(";;", ";").replace("PORT", "" + server.port()).replace(";", "\r\n") + "\r\n\r\n"
                            + body);
            return answer(peer);
        }
    }

    private static Answer answer(RawClient peer) throws Exception {
        String head = peer.readHead();
        Matcher length = Pattern.compile("(?i)content-length: ([0-9]+)").matcher(head);
        byte[] text = length.find() ? peer.readBytes(Integer.parseInt(length.group(1))) : new byte[0];
        return new Answer(Integer.parseInt(head.substring(9, 12)), new String(text, StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource({
        "http://elsewhere.example",
        "http://localhost:1",
        "https://localhost:PORT",
        "http://127.0.0.1:PORT",
        "http://localhost:PORT.elsewhere.example",
        "null"
    })
    void pagesOfOtherOriginsChangeNothing(String origin) throws Exception {
        ServerSession session = frames("{'op':'echo'}");
        String header = "Origin: " + origin;
        String got = origin.replace("PORT", "" + server.port());
        for (String path : List.of("/scenarios", "/journals/" + session.id() + "/script-ended")) {
            assertThat(request("POST " + path, header + ";" + JSON, "{}"))
                    .isEqualTo(new Answer(
                            403, "Expected no Origin header, or the server's own origin, got " + got + ".\n"));
        }
        assertThat(types(session.journal().toJson())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {JSON, "content-type: Application/JSON", JSON + ";Origin: http://localhost:PORT"})
    void theServersOwnPageAndProgramsMayPost(String lines) throws Exception {
        assertThat(request("POST /scenarios", lines, "{}").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "Content-Type: text/plain, text/plain",
        "Content-Type: application/jsonp, application/jsonp",
        "X: y, none"
    })
    void aBodyThatIsNotCalledJsonIsRefused(String header, String type) throws Exception {
        ServerSession session = frames("{'op':'echo'}");
        for (String path : List.of("/scenarios", "/journals/" + session.id() + "/script-ended")) {
            assertThat(request("POST " + path, header, "{}"))
                    .isEqualTo(new Answer(
                            415,
                            "Expected a body with the header Content-Type: application/json, got " + type + ".\n"));
        }
    }

    @Test
    void aPostWithoutABodyNeedsNoType() throws Exception {
        ServerSession session = frames("{'op':'echo'}");
        assertThat(request("POST /journals/" + session.id() + "/script-ended", "", "")
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9223372036854775808",
                // 2 modulo 2^64
                "18446744073709551618",
                "99999999999999999999999",
                "-1",
                "1e3",
                "0x2",
                "2, 2"
            })
    void aContentLengthThatIsNoLengthIsABadRequest(String length) throws Exception {
        try (RawClient peer = RawClient.dial(URI.create("http://127.0.0.1:" + server.port()))) {
            peer.send("POST /scenarios HTTP/1.1\r\nHost: localhost\r\n" + JSON + "\r\nContent-Length: " + length
                    + "\r\n\r\n{}");
            assertThat(peer.readHead()).startsWith("HTTP/1.1 400 ");
        }
    }

    /** In the body, ; stands for the end of a line. */
    private Answer chunked(String body) throws Exception {
        try (RawClient peer = RawClient.dial(URI.create("http://127.0.0.1:" + server.port()))) {
            try {
                peer.send("POST /scenarios HTTP/1.1\r\nHost: localhost\r\n" + JSON
                        + "\r\nTransfer-Encoding: chunked\r\n\r\n" + body.replace(";", "\r\n"));
                peer.socket().shutdownOutput();
            } catch (SocketException e) {
                // The server answers a body that is too long, and closes while the client still sends. The answer has
                // arrived by then.
            }
            return answer(peer);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"2;{};0;;", "1;{;1;};0;;", "0002;{};00;X: y;Z: a;;", "2 ,a=b;{};0;;", "2\n{}\n0\n\n", "0;;"})
    void aBodyMayComeInChunks(String body) throws Exception {
        assertThat(chunked(body).status()).isEqualTo(body.startsWith("0;") ? 400 : 200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "zz;{};0;; | a chunk size of 1 to 8 hex digits, got the byte 0x7a",
                "-2;{};0;; | a chunk size of 1 to 8 hex digits, got the byte 0x2d",
                "0x2;{};0;; | a chunk size of 1 to 8 hex digits, got the byte 0x78",
                ";{};0;; | a chunk size of 1 to 8 hex digits, got the byte 0x0d",
                "100000002;{};0;; | a chunk size of 1 to 8 hex digits, got more",
                "1;{};0;; | a line end behind a chunk, got the byte 0x7d",
                "2;{};0; | more of the body, got the end of the connection",
                "5;{} | more of the body, got the end of the connection"
            })
    void aWrongChunkIsABadRequest(String body, String expected) throws Exception {
        assertThat(chunked(body)).isEqualTo(new Answer(400, "The body could not be read: expected " + expected + "\n"));
    }

    @Test
    void chunksAreBounded() throws Exception {
        assertThat(chunked("2 " + "x".repeat(70_000) + ";{};0;;").status()).isEqualTo(400);
        assertThat(chunked("2;{};0;" + "A: b;".repeat(20_000) + ";").status()).isEqualTo(400);
        String megabyte = "100000;" + " ".repeat(1 << 20) + ";";
        assertThat(chunked("2;{};" + megabyte.repeat(3) + "0;;").status()).isEqualTo(200);
        assertThat(chunked("2;{};" + megabyte.repeat(5) + "0;;").status()).isEqualTo(413);
        assertThat(chunked("2;{};" + megabyte.repeat(20) + "0;;").status()).isEqualTo(413);
    }

    @Test
    void theLargestBodyIsAcceptedAndALargerOneRefused() throws Exception {
        String largest = "{}" + " ".repeat(HttpLimits.MAX_BODY - 2);
        assertThat(request("POST /scenarios", JSON, largest).status()).isEqualTo(200);
        assertThat(request("POST /scenarios", JSON, largest + " "))
                .isEqualTo(
                        new Answer(413, "Expected a body of at most " + HttpLimits.MAX_BODY + " bytes, got more.\n"));
    }

    @Test
    void aLengthBeyondTheDrainLimitIsRefusedBeforeTheBody() throws Exception {
        try (RawClient peer = RawClient.dial(URI.create("http://127.0.0.1:" + server.port()))) {
            peer.send("POST /scenarios HTTP/1.1\r\nHost: localhost\r\n" + JSON
                    + "\r\nContent-Length: 999999999999999999\r\n\r\n");
            assertThat(answer(peer).status()).isEqualTo(413);
            assertThat(peer.readEnd()).isIn("fin", "rst");
        }
    }

    @Test
    void aBodyInChunksIsAccepted() throws Exception {
        try (RawClient peer = RawClient.dial(URI.create("http://127.0.0.1:" + server.port()))) {
            peer.send("POST /scenarios HTTP/1.1\r\nHost: localhost\r\n" + JSON
                    + "\r\nTransfer-Encoding: chunked\r\nExpect: 100-continue\r\n\r\n");
            assertThat(peer.readHead()).startsWith("HTTP/1.1 100 ");
            peer.send("1\r\n{\r\n1\r\n}\r\n0\r\n\r\n");
            assertThat(answer(peer).status()).isEqualTo(200);
        }
    }

    @Test
    void moreServersOrValuesThanASessionHasAreRefused() throws Exception {
        StringBuilder servers = new StringBuilder("{\"servers\":{");
        for (int i = 0; i < PostHandler.MAX_SERVERS; i++) {
            servers.append("\"s").append(i).append("\":{\"listener\":\"unreachable\"},");
        }
        String most = servers.substring(0, servers.length() - 1) + "}}";
        assertThat(request("POST /scenarios", JSON, most).status()).isEqualTo(200);
        assertThat(request("POST /scenarios", JSON, servers + "\"one\":{}}}"))
                .isEqualTo(new Answer(400, "servers: expected at most 64, got 65\n"));
        assertThat(request("POST /scenarios", JSON, "[" + "0,".repeat(SessionMemoryEstimate.MAX_VALUES) + "0]"))
                .isEqualTo(new Answer(413, "Expected a session of at most 100000 JSON values, got more.\n"));
    }

    @Test
    void unreachableServersShareOnePortAndItsProbe() throws Exception {
        long start = System.nanoTime();
        for (int i = 0; i < 200; i++) {
            assertThat(url(open("{'listener':'unreachable'}"))).isEqualTo(url(open("{'listener':'unreachable'}")));
        }
        // A probe of 0.2 s for each of the 400 would take 80 s.
        assertThat(System.nanoTime() - start).isLessThan(40_000_000_000L);
    }

    @Test
    void portsOfAllSessionsAreLimitedAndReleasedWithTheirSessions() throws Exception {
        StringBuilder servers = new StringBuilder();
        for (int i = 0; i < SessionServerBinder.MAX_PORTS; i++) {
            servers.append(i == 0 ? "" : ",").append("'s").append(i).append("':{'listener':'own'}");
        }
        ServerSession all = open("{'servers':{" + servers + "}}");
        assertThat(request("POST /scenarios", JSON, "{\"listener\":\"own\"}"))
                .isEqualTo(new Answer(
                        503,
                        "The session cannot be opened: there are 2000 ports of sessions already: close a session,"
                                + " or wait until one has been unused for 10 minutes\n"));
        all.close();
        assertThat(request("POST /scenarios", JSON, "{\"listener\":\"own\"}").status())
                .isEqualTo(200);
    }
}

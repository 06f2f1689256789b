package io.wstck.tck.autobahn.servers;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.server.ReferenceServer;
import io.wstck.server.ServerConfig;
import io.wstck.tck.autobahn.AutobahnResult;
import io.wstck.tck.autobahn.AutobahnVerdict;
import io.wstck.tck.autobahn.report.CaseSummary;
import io.wstck.tck.autobahn.servers.ScriptedServer.ConnectionScript;
import io.wstck.tck.machine.FreePort;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Servers that are no WebSocket servers, or that are not there: each is told in a sentence, in bounded time. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(120)
class StrangeServersTest {
    private static final List<String> SOME = List.of("1.1.1", "2.5", "7.1.1");
    private static final List<String> BASE = List.of("1.*", "2.*", "3.*", "4.*", "5.*", "6.*", "7.*", "10.*");

    @TempDir
    private Path folder;

    /** Every case fails, with this reason. */
    private void assertFails(ConnectionScript script, List<String> cases, String reason) throws Exception {
        try (ScriptedServer server = ScriptedServer.open(script)) {
            List<CaseSummary> results = new JudgedServers(folder).judge(server.url(), cases, List.of());
            assertThat(results).isNotEmpty();
            assertThat(results).extracting(CaseSummary::result).allSatisfy(result -> {
                assertThat(result.behavior()).isEqualTo(AutobahnVerdict.FAILED);
                assertThat(result.behaviorClose()).isEqualTo(AutobahnVerdict.FAILED);
                assertThat(result.result()).contains(reason);
            });
        }
    }

    /** The server is passed over after two opening handshakes, with this reason. */
    private void assertPassedOver(ConnectionScript script, String reason) throws Exception {
        JudgedServers judged = new JudgedServers(folder);
        try (ScriptedServer server = ScriptedServer.open(script)) {
            assertThat(judged.judge(server.url(), BASE, List.of())).isEmpty();
            assertThat(server.connections()).isEqualTo(2);
        }
        assertThat(judged.passedOver())
                .containsExactly("the opening handshake failed: " + reason + "; is the path right?");
    }

    @Test
    void aPageOfHtml() throws Exception {
        assertPassedOver(
                socket -> {
                    ScriptedServer.request(socket);
                    ScriptedServer.send(socket, "HTTP/1.1 200 OK\r\nContent-Length: 13\r\n\r\n<html></html>");
                },
                "expected HTTP/1.1 101, got \"HTTP/1.1 200 OK\"");
    }

    @Test
    void anErrorThatTheServerAnswersOnlyOnceIsJudged() throws Exception {
        AtomicInteger connections = new AtomicInteger();
        try (ReferenceServer server = ReferenceServer.start(ServerConfig.loopback());
                ScriptedServer starting = ScriptedServer.open(socket -> {
                    if (connections.incrementAndGet() > 1) {
                        ScriptedServer.relay(socket, server.port());
                        return;
                    }
                    ScriptedServer.request(socket);
                    ScriptedServer.send(socket, "HTTP/1.1 503 Service Unavailable\r\n\r\n");
                })) {
            List<CaseSummary> results =
                    new JudgedServers(folder).judge(starting.url().replaceFirst("/chat.*", "/echo"), SOME, List.of());

            assertThat(results).extracting(summary -> summary.result().passed()).containsExactly(false, true, true);
        }
    }

    @Test
    void htmlWithoutAHead() throws Exception {
        assertFails(
                socket -> {
                    ScriptedServer.request(socket);
                    ScriptedServer.send(socket, "<html></html>\n");
                },
                SOME,
                "expected HTTP/1.1 101, but TCP ended after \"<html></html>");
    }

    @Test
    void aRedirect() throws Exception {
        assertPassedOver(
                socket -> {
                    ScriptedServer.request(socket);
                    ScriptedServer.send(socket, "HTTP/1.1 302 Found\r\nLocation: ws://127.0.0.1/x\r\n\r\n");
                },
                "expected HTTP/1.1 101, got \"HTTP/1.1 302 Found\" with Location \"ws://127.0.0.1/x\"");
    }

    @Test
    void aWrongAcceptHeader() throws Exception {
        assertFails(
                socket -> {
                    ScriptedServer.request(socket);
                    ScriptedServer.send(socket, """
                            HTTP/1.1 101 Switching Protocols\r
                            Upgrade: websocket\r
                            Connection: Upgrade\r
                            Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r
                            \r
                            """);
                },
                SOME,
                ", got [s3pPLMBiTxaQ9kYGzzhZRbK+xOo=]");
    }

    @Test
    void anExtensionThatWasNotOffered() throws Exception {
        assertFails(
                socket -> {
                    ScriptedServer.accept(socket, "Sec-WebSocket-Extensions: permessage-deflate\r\n");
                    ScriptedServer.readToTheEnd(socket);
                },
                SOME,
                "permessage-deflate was not offered");
    }

    @Test
    void anEndOfTcpAtOnce() throws Exception {
        assertFails(
                socket -> ScriptedServer.request(socket), BASE, "expected HTTP/1.1 101, but TCP ended without a byte");
    }

    /** After ten unanswered handshakes the other cases are not played. */
    @Test
    void noAnswerEver() throws Exception {
        try (ScriptedServer server = ScriptedServer.open(ScriptedServer::readToTheEnd)) {
            List<CaseSummary> results = new JudgedServers(folder).judge(server.url(), List.of("*"), List.of());

            assertThat(results).hasSize(517);
            assertThat(results)
                    .extracting(CaseSummary::result)
                    .allMatch(result -> result.behavior() == AutobahnVerdict.FAILED)
                    .extracting(AutobahnResult::result)
                    .anyMatch(reason -> reason.contains("got no whole answer without a byte"))
                    .anyMatch(reason -> reason.startsWith("The case was not played: the server answered none of the "));
            assertThat(server.connections()).isLessThan(100);
        }
    }

    /** After ten cases without a message the other cases are not played. */
    @Test
    void silenceAfterTheHandshake() throws Exception {
        try (ScriptedServer server = ScriptedServer.open(socket -> {
            ScriptedServer.accept(socket);
            ScriptedServer.readToTheEnd(socket);
        })) {
            List<CaseSummary> results = new JudgedServers(folder).judge(server.url(), List.of("*"), List.of());

            assertThat(results).hasSize(517);
            assertThat(results)
                    .extracting(summary -> summary.result().behavior())
                    .allMatch(behavior ->
                            behavior == AutobahnVerdict.FAILED || behavior == AutobahnVerdict.UNIMPLEMENTED);
            assertThat(results)
                    .extracting(summary -> summary.result().result())
                    .anyMatch(reason -> reason.startsWith("The case was not played: the server sent no message in"));
            assertThat(server.connections()).isLessThan(100);
        }
    }

    /** An answer without an end of its head. */
    @Test
    void anEndlessAnswer() throws Exception {
        assertFails(
                socket -> {
                    ScriptedServer.request(socket);
                    endless(
                            socket.getOutputStream(),
                            "X-Filler: 0123456789abcdef\r\n".getBytes(StandardCharsets.US_ASCII));
                },
                SOME,
                "got more than 65536 bytes without an empty line");
    }

    /** A frame that announces 4 GiB, and as many bytes as the client takes. */
    @Test
    void anEndlessFrame() throws Exception {
        try (ScriptedServer server = ScriptedServer.open(socket -> {
            ScriptedServer.accept(socket);
            socket.getOutputStream().write(new byte[] {(byte) 0x82, 127, 0, 0, 0, 1, 0, 0, 0, 0});
            endless(socket.getOutputStream(), new byte[64 << 10]);
        })) {
            List<CaseSummary> results = new JudgedServers(folder).judge(server.url(), SOME, List.of());

            assertThat(results).hasSize(3);
            assertThat(results)
                    .extracting(summary -> summary.result().behavior())
                    .containsOnly(AutobahnVerdict.FAILED);
        }
    }

    private static void endless(OutputStream out, byte[] piece) throws IOException {
        for (long sent = 0; sent < 4L << 30; sent += piece.length) {
            out.write(piece);
        }
    }

    /** RFC 9110 §15.2: a client must be able to parse interim answers. */
    @Test
    void interimAnswersArePassedOver() throws Exception {
        assertPassedOver(
                socket -> {
                    ScriptedServer.request(socket);
                    ScriptedServer.send(
                            socket, "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 403 Forbidden\r\n\r\n");
                },
                "expected HTTP/1.1 101, got \"HTTP/1.1 403 Forbidden\"");
    }

    /** Cases without compression say nothing about whether a server echoes. */
    @Test
    void aServerWithoutCompressionIsNotGivenUp() throws Exception {
        try (ReferenceServer server = ReferenceServer.start(ServerConfig.loopback())) {
            List<CaseSummary> results = new JudgedServers(folder)
                    .judge("ws://127.0.0.1:" + server.port() + "/echo", List.of("12.*", "13.*"), List.of());

            assertThat(results).hasSize(216);
            assertThat(results)
                    .extracting(summary -> summary.result().behavior())
                    .containsOnly(AutobahnVerdict.UNIMPLEMENTED);
        }
    }

    /** A server that serves one connection at a time passes with the usual number of jobs. */
    @Test
    void aServerThatServesOneConnectionAtATimeLosesNoCase() throws Exception {
        ReentrantLock one = new ReentrantLock();
        try (ReferenceServer server = ReferenceServer.start(ServerConfig.loopback());
                ScriptedServer single = ScriptedServer.open(socket -> {
                    one.lock();
                    try {
                        ScriptedServer.relay(socket, server.port());
                    } finally {
                        one.unlock();
                    }
                })) {
            List<CaseSummary> results = new JudgedServers(folder)
                    .judge(single.url().replaceFirst("/chat.*", "/echo"), List.of("1.*", "2.*", "5.*"), List.of());

            assertThat(results).hasSize(47);
            assertThat(results).allMatch(summary -> summary.result().passed());
        }
    }

    /** Two rounds of eight jobs get no answer. That is more than a dead server is allowed, but not alone. */
    @Test
    void aServerThatAnswersNoneForAWhileLosesNoCase() throws Exception {
        AtomicInteger connections = new AtomicInteger();
        try (ReferenceServer server = ReferenceServer.start(ServerConfig.loopback());
                ScriptedServer late = ScriptedServer.open(socket -> {
                    int number = connections.incrementAndGet();
                    if (number > 1 && number <= 17) {
                        ScriptedServer.readToTheEnd(socket);
                    } else {
                        ScriptedServer.relay(socket, server.port());
                    }
                })) {
            List<CaseSummary> results = new JudgedServers(folder)
                    .judge(late.url().replaceFirst("/chat.*", "/echo"), List.of("1.*", "2.*"), List.of());

            assertThat(results).hasSize(27);
            assertThat(results).allMatch(summary -> summary.result().passed());
        }
    }

    @Test
    void aServerThatIsDownAndANameThatDoesNotResolveArePassedOverAndTheOthersAreJudged() throws Exception {
        int free = FreePort.find();
        try (ReferenceServer server = ReferenceServer.start(ServerConfig.loopback())) {
            JudgedServers judged = new JudgedServers(folder);
            String url = "ws://127.0.0.1:" + server.port() + "/echo";
            Map<String, List<CaseSummary>> results = judged.judge(
                    List.of(
                            JudgedServers.server("down", "ws://127.0.0.1:" + free),
                            JudgedServers.server("first", url),
                            JudgedServers.server("nowhere", "ws://nowhere.invalid/"),
                            JudgedServers.server("first", url)),
                    SOME,
                    List.of());

            assertThat(results.keySet()).containsExactly("first", "first 2");
            assertThat(results.values())
                    .allSatisfy(each -> assertThat(each)
                            .extracting(summary -> summary.result().passed())
                            .containsExactly(true, true, true));
            assertThat(judged.passedOver()).hasSize(2);
            assertThat(judged.passedOver().getFirst())
                    .startsWith("expected a server at 127.0.0.1:" + free + ", found none: ");
            assertThat(judged.passedOver().getLast()).isEqualTo("expected a name that resolves, got nowhere.invalid");
            assertThat(folder.resolve("index.json")).content().contains("\"first\"", "\"first 2\"");
            assertThat(folder.resolve("index.html")).content().contains("WebSocket servers", "what the client does");
        }
    }
}

package io.wstck.tck.implementation.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the page's server with raw sockets. */
@Timeout(60)
class AgentPageServerTest {
    private static Socket send(URI page, String request, String lines) throws IOException {
        Socket socket = new Socket(page.getHost(), page.getPort());
        socket.setSoTimeout(30_000);
        int space = request.indexOf(' ');
        String line = request.substring(0, space + 1) + page.getPath() + request.substring(space + 1);
        socket.getOutputStream()
                .write((line + " HTTP/1.1\r\nHost: " + page.getAuthority() + "\r\n" + lines + "\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static String status(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII)).readLine();
    }

    /** The executor runs nothing, so a request that may block gets no answer. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET ",
                "GET agent.js",
                "GET agent.css",
                "GET other",
                "POST requests?page",
                "POST answers?page",
                "POST gone?page"
            })
    void noHandlerRunsOnTheIoThread(String request) throws Exception {
        BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
        try (AgentPageServer server = AgentPageServer.serve(0, tasks::add)) {
            AgentPageServer.SecretPath path = server.newPath();
            URI page = URI.create(server.address(path));
            server.remove(server.newPath());
            try (Socket socket = send(page, request, "");
                    Socket other = send(page, "GET ../", "Connection: close\r\n")) {
                Runnable handler = tasks.poll(30, TimeUnit.SECONDS);
                assertThat(handler).as("a task that was handed over").isNotNull();
                // The only I/O thread is free, and answers this request itself.
                assertThat(status(other)).isEqualTo("HTTP/1.1 404 Not Found");
                assertThat(socket.getInputStream().available()).isZero();
                if (!request.contains("requests")) {
                    handler.run();
                    assertThat(status(socket)).startsWith("HTTP/1.1 ");
                }
            }
        }
    }

    @Test
    void aBodyWithoutAJsonContentTypeIsRefused() throws Exception {
        try (AgentPageServer server = AgentPageServer.serve(0)) {
            URI page = URI.create(server.address(server.newPath()));
            try (Socket socket =
                    send(page, "POST answers?page", "Content-Type: text/plain\r\nContent-Length: 2\r\n\r\n{}")) {
                assertThat(status(socket)).isEqualTo("HTTP/1.1 415 Unsupported Media Type");
            }
        }
    }
}

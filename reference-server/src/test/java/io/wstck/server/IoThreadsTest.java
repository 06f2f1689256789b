package io.wstck.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.server.endpoint.EndpointInfo;
import io.wstck.server.endpoint.Endpoints;
import io.wstck.server.live.LiveResources;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests that no handler runs on an I/O thread. While the other threads do nothing, the server answers only the health
 * check.
 */
@Timeout(60)
class IoThreadsTest {
    private static final long LIMIT_SECONDS = 30;

    private final QueuingExecutor requests = new QueuingExecutor();
    private final QueuingExecutor posts = new QueuingExecutor();
    private final QueuingExecutor journals = new QueuingExecutor();
    private ReferenceServer server;

    /** An executor that queues its tasks until a test runs them. */
    private static final class QueuingExecutor extends AbstractExecutorService {
        private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();

        @Override
        public void execute(Runnable task) {
            tasks.add(task);
        }

        /** The next task that an I/O thread dispatches. */
        Runnable next() throws InterruptedException {
            Runnable task = tasks.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
            assertThat(task).as("a task that was handed over").isNotNull();
            return task;
        }

        @Override
        public void shutdown() {
            tasks.clear();
        }

        @Override
        public List<Runnable> shutdownNow() {
            shutdown();
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return false;
        }

        @Override
        public boolean isTerminated() {
            return true;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return true;
        }
    }

    @BeforeEach
    void start() throws Exception {
        server = ReferenceServer.start(
                ServerConfig.loopback(), ServerLimits.usual(), new HttpThreads(requests, posts, journals));
    }

    @AfterEach
    void close() {
        server.close();
    }

    /** All paths of the index page, with examples, and the paths that it does not list. */
    static Stream<String> requests() {
        Stream<String> listed = Endpoints.list().stream().map(IoThreadsTest::request);
        Stream<String> others = Stream.of(LiveResources.SCRIPT, LiveResources.STYLE, "/nothing", "/s/none", "/close/x")
                .map(path -> "GET " + path);
        return Stream.concat(listed, others).filter(request -> !request.equals("GET /healthz"));
    }

    private static String request(EndpointInfo info) {
        String path = info.example().isEmpty() ? info.path().replaceAll("\\?.*|[{}]", "") : info.example();
        return (info.access() == EndpointInfo.Access.POST ? "POST " : "GET ") + path;
    }

    private RawClient send(String request) throws Exception {
        RawClient peer = RawClient.dial(URI.create("ws://127.0.0.1:" + server.port()));
        peer.send(request + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
                + "Content-Length: 0\r\n\r\n");
        return peer;
    }

    private void assertHealthy() throws Exception {
        try (RawClient peer = send("GET /healthz")) {
            assertThat(peer.readHead()).startsWith("HTTP/1.1 200 ");
        }
    }

    @ParameterizedTest
    @MethodSource("requests")
    void everyPathIsHandledOnAnotherThread(String request) throws Exception {
        try (RawClient peer = send(request)) {
            Runnable handler = requests.next();
            assertHealthy();
            assertThat(peer.socket().getInputStream().available()).isZero();
            if (!request.endsWith("/live") && !request.endsWith("/hang")) {
                Thread running = Thread.ofPlatform().start(handler);
                if (request.endsWith("/scenarios")) {
                    // The body is empty, but the server still parses it on another thread.
                    requests.next().run();
                    posts.next().run();
                }
                assertThat(peer.readHead()).startsWith("HTTP/1.1 ");
                running.join();
            }
        }
    }

    @Test
    void postsAndJournalsHaveThreadsOfTheirOwn() throws Exception {
        String id;
        try (RawClient peer = RawClient.dial(URI.create("ws://127.0.0.1:" + server.port()))) {
            peer.send("POST /scenarios HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Content-Length: 2\r\n\r\n{}");
            requests.next().run();
            requests.next().run();
            Runnable post = posts.next();
            assertThat(peer.socket().getInputStream().available()).isZero();
            post.run();
            assertThat(peer.readHead()).startsWith("HTTP/1.1 200 ");
            // {"id":"…
            id = new String(peer.readBytes(40), StandardCharsets.US_ASCII).replaceAll("^\\{\"id\":\"|\".*", "");
        }
        for (String request : List.of("GET /journals/" + id, "POST /journals/" + id + "/script-ended")) {
            try (RawClient peer = send(request)) {
                requests.next().run();
                Runnable journal = journals.next();
                assertThat(peer.socket().getInputStream().available()).isZero();
                journal.run();
                assertThat(peer.readHead()).startsWith("HTTP/1.1 200 ");
            }
        }
    }

    @Test
    void missingBodiesDelayNoOtherRequest() throws Exception {
        try (RawClient slow = RawClient.dial(URI.create("ws://127.0.0.1:" + server.port()))) {
            slow.send("POST /scenarios HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Content-Length: 20\r\n\r\n{");
            requests.next().run();
            requests.next().run();
            assertHealthy();
            slow.send(" }                 ");
            posts.next().run();
            assertThat(slow.readHead()).startsWith("HTTP/1.1 200 ");
        }
    }
}

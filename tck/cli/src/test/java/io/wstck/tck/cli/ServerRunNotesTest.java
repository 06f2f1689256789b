package io.wstck.tck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.server.ReferenceServer;
import io.wstck.server.ServerConfig;
import io.wstck.tck.machine.FreePort;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Hints and notes of autobahn-run --server, and its wait for a server. */
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
class ServerRunNotesTest {
    @TempDir
    private Path folder;

    private Shell shell;
    private ReferenceServer server;
    private volatile ReferenceServer late;

    @BeforeEach
    void start() throws IOException {
        shell = new Shell(folder);
        server = ReferenceServer.start(new ServerConfig("127.0.0.1", 0, OptionalInt.of(0)));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String echo() {
        return "ws://127.0.0.1:" + server.port() + "/echo";
    }

    @Test
    void theSchemeOfTheUrlIsCorrectedByASentence() {
        String tls = "127.0.0.1:" + server.tlsBase().orElseThrow().getPort();
        assertThat(shell.run("autobahn-run", "--cases", "1.1.1", "--server", "ws://" + tls + "/echo"))
                .isEqualTo(3);
        assertThat(shell.out())
                .contains("expected HTTP/1.1 101 at " + tls + ", got a record of TLS; is the URL wss://" + tls
                        + "/echo?\n");

        String plain = "127.0.0.1:" + server.port();
        assertThat(shell.run("autobahn-run", "--cases", "1.1.1", "--server", "wss://" + plain + "/echo"))
                .isEqualTo(3);
        assertThat(shell.out())
                .contains("expected TLS at " + plain + ", got bytes that are no TLS; is the URL ws://" + plain
                        + "/echo?\n");
    }

    /** The server listens only when the command already waits for it. */
    @Test
    void theRunWaitsUntilTheServerListens() throws Exception {
        int port = FreePort.find();
        String url = "ws://127.0.0.1:" + port + "/echo";
        CountDownLatch waits = new CountDownLatch(1);
        Thread starter = Thread.ofPlatform().daemon().start(() -> {
            try {
                waits.await();
                late = ReferenceServer.start(new ServerConfig("127.0.0.1", port, OptionalInt.empty()));
            } catch (IOException | InterruptedException failed) {
                throw new IllegalStateException(failed);
            }
        });
        String[] run = {"autobahn-run", "--cases", "1.1.1", "--wait", "60", "--server", url};
        try {
            shell = new Shell(folder, new ByteArrayOutputStream() {
                @Override
                public void flush() {
                    if (toString(StandardCharsets.UTF_8).contains("waiting for a server at 127.0.0.1:" + port)) {
                        waits.countDown();
                    }
                }
            });
            assertThat(shell.run(run)).as(shell.out()).isZero();
            assertThat(shell.run("autobahn-run", "--wait", "60")).isEqualTo(2);
            assertThat(shell.err()).isEqualTo("wstck: --wait: expected --server as well, found none\n");
        } finally {
            waits.countDown();
            starter.join();
            if (late != null) {
                late.close();
            }
        }
    }

    @Test
    void theCasesForServersThatWereNotPlayedAreNamed() {
        assertThat(shell.run("autobahn-run", "--cases", "1.1.1,2.*", "--server", echo()))
                .isZero();
        assertThat(shell.out())
                .endsWith("\nsection 14 has 63 more cases for servers: --cases '1.1.1,2.*,14.*' adds them\n");

        assertThat(shell.run("autobahn-run", "--cases", "14.3.*", "--server", echo()))
                .isZero();
        assertThat(shell.out()).doesNotContain("section 14 has");
    }

    @Test
    void aJudgedFolderIsPrintedWithTheTimeOfItsRun() {
        assertThat(shell.run("autobahn-run", "--cases", "1.1.1", "--server", echo()))
                .isZero();
        assertThat(shell.run("autobahn-run", "--judge", "target/wstck-autobahn"))
                .isZero();

        String started = shell.out().replaceFirst("(?s).*the results of UnknownServer were played at (\\S+)\n.*", "$1");
        assertThat(Instant.parse(started)).isBetween(Instant.now().minusSeconds(600), Instant.now());
    }
}

package io.wstck.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wstck.server.live.LiveFeed;
import io.wstck.server.scenario.SessionSpec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.Xnio;
import org.xnio.XnioWorker;

/** Tests a session's own port on a slow machine. */
class DedicatedPortTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final CountDownLatch busy = new CountDownLatch(1);
    private XnioWorker worker;

    @BeforeEach
    void startWorker() throws IOException {
        worker = Xnio.getInstance(DedicatedPortTest.class.getClassLoader())
                .createWorker(
                        OptionMap.builder().set(Options.WORKER_IO_THREADS, 1).getMap());
    }

    @AfterEach
    void stopWorker() {
        busy.countDown();
        worker.shutdownNow();
    }

    @Test
    void aProbeConnectionIsNeverPlayedHoweverLateItIsAccepted() throws Exception {
        SessionSpec spec = SessionSpec.parse(new JsonMapper().readTree("{}"));
        try (ServerSession session = new ServerSession("id", spec, ServerLimits.usual(), new LiveFeed(), () -> {})) {
            InetSocketAddress bind = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            DedicatedPort.open(worker, bind, session, SessionSpec.MAIN, (_, _) -> () -> {}, () -> {});
            CountDownLatch stuck = new CountDownLatch(1);
            worker.getIoThread(0).execute(() -> {
                stuck.countDown();
                await(busy);
            });
            stuck.await();
            assertThat(session.awaitSettled(Duration.ofMillis(50))).isTrue();
            assertThat(ServerTest.types(session.journal().toJson())).containsExactly("trouble");

            busy.countDown();
            // The port accepts connections in order: the late probe is accepted before this one.
            assertThat(session.awaitSettled(LIMIT)).isTrue();
            assertThat(ServerTest.types(session.journal().toJson())).containsExactly("trouble");
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

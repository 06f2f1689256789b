package io.wstck.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Few connections are read by platform threads, further ones by virtual threads. */
@Timeout(60)
class ReaderThreadsTest {
    @Test
    void platformThreadsAreGivenUpToTheLimitAndAgainWhenReadersHaveEnded() throws Exception {
        ReaderThreads factory = new ReaderThreads();
        CountDownLatch end = new CountDownLatch(1);
        List<Thread> readers = new ArrayList<>();
        for (int index = 0; index < WebSocketClient.PLATFORM_READERS + 2; index++) {
            Thread reader = factory.newThread(() -> awaitEnd(end));
            reader.start();
            readers.add(reader);
        }

        assertThat(readers.subList(0, WebSocketClient.PLATFORM_READERS))
                .allMatch(reader -> !reader.isVirtual() && reader.isDaemon());
        assertThat(readers.subList(WebSocketClient.PLATFORM_READERS, readers.size()))
                .allMatch(Thread::isVirtual);
        end.countDown();
        for (Thread reader : readers) {
            reader.join();
        }
        assertThat(factory.newThread(() -> {}).isVirtual()).isFalse();
    }

    private static void awaitEnd(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

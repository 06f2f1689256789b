package io.wstck.server.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wstck.server.wire.Transport.Interest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xnio.OptionMap;
import org.xnio.XnioWorker;

/** Tests what an I/O thread does for a thread that waits for bytes, through real sockets. */
@Timeout(60)
class WorkWhileWaitingTest {
    private XnioWorker worker;
    private ServerSocket listening;
    private Socket peer;
    private TcpTransport transport;

    @BeforeEach
    void connect() throws Exception {
        worker = XnioWorkers.start("work-test");
        listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var address = new InetSocketAddress(listening.getInetAddress(), listening.getLocalPort());
        transport = new TcpTransport(
                worker.openStreamConnection(address, null, OptionMap.EMPTY).get());
        peer = listening.accept();
        peer.setSoTimeout(30_000);
        // Only a read shows that no bytes are there.
        assertThat(transport.read(ByteBuffer.allocate(1))).isZero();
    }

    @AfterEach
    void close() throws IOException {
        transport.abort();
        peer.close();
        listening.close();
        worker.shutdownNow();
    }

    /** A thread that waits for bytes once, and returns whether it did. */
    private FutureTask<Boolean> waitForBytes() {
        FutureTask<Boolean> wait = new FutureTask<>(() -> {
            transport.await(Interest.READING, Deadline.in(Duration.ofSeconds(50)));
            return true;
        });
        Thread.ofPlatform().daemon().start(wait);
        return wait;
    }

    private byte readAndAnswer() {
        try {
            ByteBuffer bytes = ByteBuffer.allocate(100);
            var _ = transport.read(bytes);
            var _ = transport.write(bytes.flip());
            return bytes.get(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int answerTo(int sent) throws IOException {
        peer.getOutputStream().write(sent);
        return peer.getInputStream().read();
    }

    @Test
    void shortWorkDoesNotEndTheWait() throws Exception {
        CompletableFuture<Thread> last = new CompletableFuture<>();
        transport.workWhileWaiting(Optional.of(() -> {
            boolean goesOn = readAndAnswer() != 'z';
            if (!goesOn) {
                last.complete(Thread.currentThread());
            }
            return goesOn;
        }));
        FutureTask<Boolean> wait = waitForBytes();
        for (int sent = 'a'; sent < 'z'; sent++) {
            assertThat(answerTo(sent)).isEqualTo(sent);
            assertThat(wait.isDone()).isFalse();
        }
        assertThat(answerTo('z')).isEqualTo('z');
        assertThat(wait.get()).isTrue();
        assertThat(last.get().getName()).contains("I/O");
    }

    @Test
    void theWaitReportsAnExceptionOfTheWork() throws Exception {
        transport.workWhileWaiting(Optional.of(() -> {
            throw new IllegalArgumentException("a defect");
        }));
        FutureTask<Boolean> wait = waitForBytes();
        peer.getOutputStream().write(1);
        assertThatThrownBy(wait::get)
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseInstanceOf(IllegalArgumentException.class)
                .hasRootCauseMessage("a defect");
    }

    @Test
    void theWaitDoesNotEndDuringTheWork() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        transport.workWhileWaiting(Optional.of(() -> {
            begun.countDown();
            awaitUninterruptibly(mayEnd);
            readAndAnswer();
            return true;
        }));
        FutureTask<Boolean> wait = waitForBytes();
        peer.getOutputStream().write(1);
        begun.await();
        transport.wake();
        assertThatThrownBy(() -> wait.get(50, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        mayEnd.countDown();
        assertThat(wait.get()).isTrue();
        assertThat(peer.getInputStream().read()).isEqualTo(1);
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void withoutPermissionTheWaitEnds() throws Exception {
        transport.workWhileWaiting(Optional.of(() -> {
            throw new AssertionError("expected no work after the permission has ended");
        }));
        transport.workWhileWaiting(Optional.empty());
        FutureTask<Boolean> wait = waitForBytes();
        peer.getOutputStream().write(7);
        assertThat(wait.get()).isTrue();
        ByteBuffer bytes = ByteBuffer.allocate(1);
        assertThat(transport.read(bytes)).isEqualTo(1);
        assertThat(bytes.get(0)).isEqualTo((byte) 7);
    }
}

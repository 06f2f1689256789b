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
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
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
    private Thread waiter;

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

    /** A thread that waits for bytes once, and lets the I/O thread do the work. */
    private FutureTask<Boolean> waitForBytes(BooleanSupplier work) {
        return waitForBytes(Duration.ofSeconds(50), work);
    }

    private FutureTask<Boolean> waitForBytes(Duration limit, BooleanSupplier work) {
        FutureTask<Boolean> wait = new FutureTask<>(() -> {
            transport.awaitBytes(Deadline.in(limit), work);
            return true;
        });
        waiter = Thread.ofPlatform().daemon().start(wait);
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
        List<Thread> workers = new CopyOnWriteArrayList<>();
        FutureTask<Boolean> wait = waitForBytes(() -> {
            workers.add(Thread.currentThread());
            return readAndAnswer() != 'z';
        });
        for (int sent = 'a'; sent <= 'z'; sent++) {
            assertThat(answerTo(sent)).isEqualTo(sent);
        }
        assertThat(wait.get()).isTrue();
        assertThat(workers)
                .hasSize(26)
                .allSatisfy(thread -> assertThat(thread.getName()).contains("I/O"));
    }

    @Test
    void theWaitReportsAnExceptionOfTheWorkOnce() throws Exception {
        FutureTask<Boolean> wait = waitForBytes(() -> {
            throw new OutOfMemoryError("as if the heap were full");
        });
        peer.getOutputStream().write(1);
        assertThatThrownBy(wait::get).hasCauseInstanceOf(OutOfMemoryError.class);
        transport.wake();
        transport.await(Interest.WRITING, Deadline.in(Duration.ofSeconds(50)));
    }

    @Test
    void aWakeUpDoesNotEndTheWaitDuringTheWork() throws Exception {
        assertThat(endDuringWork(Duration.ofSeconds(50), transport::wake).get()).isTrue();
    }

    @Test
    void aDeadlineDoesNotEndTheWaitDuringTheWork() throws Exception {
        assertThat(endDuringWork(Duration.ofMillis(200), () -> {}).get()).isTrue();
    }

    @Test
    void anInterruptDoesNotEndTheWaitDuringTheWork() throws Exception {
        FutureTask<Boolean> wait = endDuringWork(Duration.ofSeconds(50), () -> waiter.interrupt());
        assertThatThrownBy(wait::get).hasCauseInstanceOf(InterruptedException.class);
    }

    /** Gives a cause for the end of the wait while the work goes on. The wait must end only after the work. */
    private FutureTask<Boolean> endDuringWork(Duration limit, Runnable cause) throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        FutureTask<Boolean> wait = waitForBytes(limit, () -> {
            begun.countDown();
            awaitUninterruptibly(mayEnd);
            readAndAnswer();
            return true;
        });
        peer.getOutputStream().write(1);
        begun.await();
        cause.run();
        assertThatThrownBy(() -> wait.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        mayEnd.countDown();
        assertThat(peer.getInputStream().read()).isEqualTo(1);
        return wait;
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void bytesThatTheWorkLeavesEndTheWait() throws Exception {
        FutureTask<Boolean> wait = waitForBytes(() -> true);
        peer.getOutputStream().write(7);
        assertThat(wait.get()).isTrue();
        ByteBuffer bytes = ByteBuffer.allocate(1);
        assertThat(transport.read(bytes)).isEqualTo(1);
        assertThat(bytes.get(0)).isEqualTo((byte) 7);
    }
}

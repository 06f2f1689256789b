package io.wstck.server.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wstck.server.wire.Transport.Interest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests what an I/O thread does for a thread that waits for bytes, through real sockets. */
@Timeout(60)
class WorkWhileWaitingTest extends ConnectedTransport {
    private static final Duration LIMIT = Duration.ofSeconds(50);

    private Thread waiter;

    @BeforeEach
    void emptySocket() throws IOException {
        // Only a read shows that no bytes are there.
        assertThat(transport.read(ByteBuffer.allocate(1))).isZero();
    }

    /** A thread that waits for bytes once, and lets the I/O thread do the work. */
    private FutureTask<Boolean> waitForBytes(BooleanSupplier work) {
        return waitForBytes(Deadline.in(LIMIT), work);
    }

    private FutureTask<Boolean> waitForBytes(Deadline deadline, BooleanSupplier work) {
        FutureTask<Boolean> wait = new FutureTask<>(() -> {
            transport.awaitBytes(deadline, work);
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
        transport.await(Interest.WRITING, Deadline.in(LIMIT));
    }

    @Test
    void aWakeUpDoesNotEndTheWaitDuringTheWork() throws Exception {
        assertThat(endDuringWork(Deadline.in(LIMIT), transport::wake).get()).isTrue();
    }

    @Test
    void aDeadlineDoesNotEndTheWaitDuringTheWork() throws Exception {
        // Long enough for the work to begin before, on any machine.
        Deadline deadline = Deadline.in(Duration.ofSeconds(3));
        assertThat(endDuringWork(deadline, () -> awaitPassed(deadline)).get()).isTrue();
    }

    @Test
    void anInterruptDoesNotEndTheWaitDuringTheWork() throws Exception {
        FutureTask<Boolean> wait = endDuringWork(Deadline.in(LIMIT), () -> waiter.interrupt());
        assertThatThrownBy(wait::get).hasCauseInstanceOf(InterruptedException.class);
    }

    /** Gives a cause for the end of the wait while the work goes on. The wait must end only after the work. */
    private FutureTask<Boolean> endDuringWork(Deadline deadline, Runnable cause) throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        FutureTask<Boolean> wait = waitForBytes(deadline, () -> {
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

    private static void awaitPassed(Deadline deadline) {
        try {
            TimeUnit.NANOSECONDS.sleep(deadline.remainingNanos());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
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

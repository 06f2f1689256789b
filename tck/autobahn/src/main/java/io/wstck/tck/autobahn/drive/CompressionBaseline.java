package io.wstck.tck.autobahn.drive;

import io.wstck.server.wire.deflate.ContextTakeover;
import io.wstck.server.wire.deflate.DeflateParameters;
import io.wstck.tck.autobahn.AutobahnCase;
import io.wstck.tck.autobahn.exchange.ExchangeAction;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Measures the least time that the compression cases can take. It deflates and inflates their messages once for each
 * direction, with the negotiated parameters, on one thread per processor. It measures ten of every hundred messages of
 * a case, and extrapolates. It measures processor time, so that other programs on the machine do not change the result.
 */
public final class CompressionBaseline {
    /** One of so many messages of a case is measured. */
    static final int SAMPLING_INTERVAL = 10;

    /** Consecutive messages that are measured, because the window slides over them. */
    private static final int RUN_LENGTH = 10;

    private static final int BUFFER = 64 << 10;

    private CompressionBaseline() {}

    /** A case that was played, with its negotiated parameters. */
    public record NegotiatedCase(AutobahnCase testCase, DeflateParameters parameters) {}

    /**
     * The result of a measurement.
     *
     * @param time the time for all messages: the processor time of the measured messages, extrapolated, divided by
     * {@code threads}
     * @param bytes the bytes of all messages before compression, in both directions
     * @param threads the number of threads, one per processor
     */
    public record BaselineMeasurement(Duration time, long bytes, int threads) {}

    /** Measures the cases. No other program should be busy on the machine. */
    public static BaselineMeasurement measure(List<NegotiatedCase> loads) throws InterruptedException {
        int threads = Runtime.getRuntime().availableProcessors();
        AtomicLong bytes = new AtomicLong();
        long nanos = 0;
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Future<Long>> running = new ArrayList<>();
            for (NegotiatedCase load : loads) {
                for (ExchangeAction act : load.testCase().exchange().actions()) {
                    if (act instanceof ExchangeAction.LockStep lockStep
                            && lockStep.form() instanceof ExchangeAction.LockStepEncoding.Compressed) {
                        running.add(pool.submit(measuring(lockStep, load.parameters(), bytes)));
                    }
                }
            }
            for (Future<Long> future : running) {
                nanos += future.get();
            }
        } catch (ExecutionException defect) {
            throw new IllegalStateException(
                    "the compression baseline could not be measured: " + defect.getCause(), defect);
        }
        return new BaselineMeasurement(
                Duration.ofNanos(nanos * SAMPLING_INTERVAL / threads), bytes.get() * SAMPLING_INTERVAL, threads);
    }

    /** Whether the message with this index is measured. The measured messages are spread evenly over a case. */
    static boolean isMeasured(int index) {
        return index / RUN_LENGTH % SAMPLING_INTERVAL == 0;
    }

    /** A task that returns the nanoseconds that it took. */
    private static Callable<Long> measuring(
            ExchangeAction.LockStep act, DeflateParameters parameters, AtomicLong bytes) {
        return () -> {
            long start = processorTime();
            try (DeflatePipe toClient = new DeflatePipe(parameters.serverTakeover(), parameters.serverWindowBits());
                    DeflatePipe toServer =
                            new DeflatePipe(parameters.clientTakeover(), parameters.clientWindowBits())) {
                for (int i = 0; i < act.count(); i++) {
                    if (isMeasured(i)) {
                        byte[] message = act.messages().message(i).toArray();
                        toClient.carry(message);
                        toServer.carry(message);
                        bytes.addAndGet(2L * message.length);
                    }
                }
            }
            return processorTime() - start;
        };
    }

    /** The processor time of this thread, or the clock's time if the JVM does not support that. */
    private static long processorTime() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return threads.isCurrentThreadCpuTimeSupported() ? threads.getCurrentThreadCpuTime() : System.nanoTime();
    }

    /** The deflater of one side and the inflater of the other. One thread. */
    private static final class DeflatePipe implements AutoCloseable {
        private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        private final Inflater inflater = new Inflater(true);
        private final ContextTakeover takeover;
        /** The bytes between resets: Java's zlib keeps to a smaller window only if it is reset after so many bytes. */
        private final int resetInterval;

        private final byte[] deflated = new byte[BUFFER];
        private final byte[] inflated = new byte[BUFFER];

        DeflatePipe(ContextTakeover takeover, int windowBits) {
            this.takeover = takeover;
            this.resetInterval = windowBits == DeflateParameters.MAX_BITS ? Integer.MAX_VALUE : 1 << windowBits;
        }

        void carry(byte[] message) throws DataFormatException {
            for (int from = 0; from < message.length; from += Math.min(resetInterval, message.length - from)) {
                deflater.setInput(message, from, Math.min(resetInterval, message.length - from));
                int count;
                do {
                    count = deflater.deflate(deflated, 0, BUFFER, Deflater.SYNC_FLUSH);
                    inflate(deflated, count);
                } while (count == BUFFER);
                if (resetInterval < Integer.MAX_VALUE) {
                    deflater.reset();
                }
            }
            if (takeover == ContextTakeover.NONE) {
                deflater.reset();
                inflater.reset();
            }
        }

        private void inflate(byte[] piece, int length) throws DataFormatException {
            inflater.setInput(piece, 0, length);
            while (inflater.inflate(inflated) > 0) {
                // The output is not used.
            }
        }

        @Override
        public void close() {
            deflater.end();
            inflater.end();
        }
    }
}

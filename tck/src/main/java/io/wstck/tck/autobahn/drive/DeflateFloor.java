package io.wstck.tck.autobahn.drive;

import io.wstck.server.exchange.Act;
import io.wstck.server.wire.deflate.ContextTakeover;
import io.wstck.server.wire.deflate.DeflateParameters;
import io.wstck.tck.autobahn.AutobahnCase;
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
 * What the compression cases cannot take less than: deflating and inflating their messages, once for each direction, with the
 * parameters that were negotiated, and nothing else; on a thread a processor. Of each case ten messages of every hundred are measured,
 * and count for all. What counts is processor time: what else runs on the machine meanwhile does not make the floor higher.
 */
public final class DeflateFloor {
    /** Of how many messages of a case one is measured. */
    static final int SHARE = 10;

    /** Messages that are measured one after the other, as a window that slides over them needs them. */
    private static final int STRETCH = 10;

    private static final int BUFFER = 64 << 10;

    private DeflateFloor() {}

    /** A case that was played, and what was negotiated for it. */
    public record Load(AutobahnCase testCase, DeflateParameters parameters) {}

    /**
     * The floor.
     *
     * @param time for all messages, extrapolated from those that were measured: their processor time over {@code threads}
     * @param bytes of all messages, before compression, each direction counted
     * @param threads that did it, one a processor
     */
    public record Measured(Duration time, long bytes, int threads) {}

    /** Measures; the machine should do nothing else meanwhile. */
    public static Measured measure(List<Load> loads) throws InterruptedException {
        int threads = Runtime.getRuntime().availableProcessors();
        AtomicLong bytes = new AtomicLong();
        long nanos = 0;
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Future<Long>> running = new ArrayList<>();
            for (Load load : loads) {
                for (Act act : load.testCase().exchange().acts()) {
                    if (act instanceof Act.LockStep lockStep && lockStep.form() instanceof Act.Form.Compressed) {
                        running.add(pool.submit(work(lockStep, load.parameters(), bytes)));
                    }
                }
            }
            for (Future<Long> one : running) {
                nanos += one.get();
            }
        } catch (ExecutionException defect) {
            throw new IllegalStateException("the floor could not be measured: " + defect.getCause(), defect);
        }
        return new Measured(Duration.ofNanos(nanos * SHARE / threads), bytes.get() * SHARE, threads);
    }

    /** Whether a message is one of those that are measured: from the beginning to the end of a case as many. */
    static boolean isMeasured(int index) {
        return index / STRETCH % SHARE == 0;
    }

    /** Tells the nanoseconds that it took. */
    private static Callable<Long> work(Act.LockStep act, DeflateParameters parameters, AtomicLong bytes) {
        return () -> {
            long start = processorTime();
            try (Direction toClient = new Direction(parameters.serverTakeover(), parameters.serverWindowBits());
                    Direction toServer = new Direction(parameters.clientTakeover(), parameters.clientWindowBits())) {
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

    /** Of this thread; the time of the clock where the machine cannot tell. */
    private static long processorTime() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return threads.isCurrentThreadCpuTimeSupported() ? threads.getCurrentThreadCpuTime() : System.nanoTime();
    }

    /** One side's deflater and the other's inflater. One thread. */
    private static final class Direction implements AutoCloseable {
        private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        private final Inflater inflater = new Inflater(true);
        private final ContextTakeover takeover;
        /** zlib, as Java has it, keeps to a smaller window only by forgetting everything after so many bytes. */
        private final int stretch;

        private final byte[] deflated = new byte[BUFFER];
        private final byte[] inflated = new byte[BUFFER];

        Direction(ContextTakeover takeover, int windowBits) {
            this.takeover = takeover;
            this.stretch = windowBits == DeflateParameters.MAX_BITS ? Integer.MAX_VALUE : 1 << windowBits;
        }

        void carry(byte[] message) throws DataFormatException {
            for (int from = 0; from < message.length; from += Math.min(stretch, message.length - from)) {
                deflater.setInput(message, from, Math.min(stretch, message.length - from));
                int count;
                do {
                    count = deflater.deflate(deflated, 0, BUFFER, Deflater.SYNC_FLUSH);
                    inflate(deflated, count);
                } while (count == BUFFER);
                if (stretch < Integer.MAX_VALUE) {
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
                // What comes out is not looked at.
            }
        }

        @Override
        public void close() {
            deflater.end();
            inflater.end();
        }
    }
}

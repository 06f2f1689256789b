package io.wstck.tck.autobahn;

import io.wstck.server.exchange.Act;
import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.deflate.DeflateAnswer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * How long the compression of some cases takes by itself: each message is deflated and inflated as the server's, and once more as
 * the client's, with zlib and without anything around it. No run of those cases on as many processors can be faster.
 */
public final class CompressionFloor {
    private static final int LARGEST_WINDOW = 15;

    private CompressionFloor() {}

    /**
     * Measures {@code cases}, of which those without compression cost nothing, on that many threads: as long as it takes.
     *
     * @throws InterruptedException when the thread was interrupted
     */
    public static Duration measure(List<AutobahnCase> cases, int threads) throws InterruptedException {
        long began = System.nanoTime();
        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            List<Future<?>> running = new ArrayList<>();
            for (AutobahnCase one : cases) {
                for (Act act : one.exchange().acts()) {
                    if (act instanceof Act.LockStep step && step.form() instanceof Act.Form.Compressed) {
                        running.add(executor.submit(() -> play(step, one.deflate().getFirst())));
                    }
                }
            }
            for (Future<?> one : running) {
                one.get();
            }
        } catch (ExecutionException failure) {
            throw new IllegalStateException("compression without anything around it failed", failure.getCause());
        }
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private static void play(Act.LockStep step, DeflateAnswer agreed) {
        int clientWindow = 1 << agreed.clientWindowBits().orElse(LARGEST_WINDOW);
        try (OneWay server = new OneWay(Integer.MAX_VALUE);
                OneWay client = new OneWay(clientWindow == 1 << LARGEST_WINDOW ? Integer.MAX_VALUE : clientWindow)) {
            for (int i = 0; i < step.count(); i++) {
                Bytes message = step.messages().message(i);
                server.pass(message);
                client.pass(message);
            }
        }
    }

    /** One direction. A window that zlib does not know is kept to by a full flush after as many bytes. */
    private static final class OneWay implements AutoCloseable {
        private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        private final Inflater inflater = new Inflater(true);
        private final int stretch;
        private final byte[] deflated = new byte[64 << 10];
        private final byte[] inflated = new byte[64 << 10];

        OneWay(int stretch) {
            this.stretch = stretch;
        }

        void pass(Bytes message) {
            int flush = stretch == Integer.MAX_VALUE ? Deflater.SYNC_FLUSH : Deflater.FULL_FLUSH;
            int left = 0;
            for (int at = 0; at < message.length(); at += left) {
                left = Math.min(stretch, message.length() - at);
                deflater.setInput(message.buffer().slice(at, left));
                int count;
                do {
                    count = deflater.deflate(deflated, 0, deflated.length, flush);
                    inflate(count);
                } while (count == deflated.length);
            }
        }

        private void inflate(int count) {
            inflater.setInput(deflated, 0, count);
            try {
                while (inflater.inflate(inflated) == inflated.length) {
                    // It is thrown away: what counts is the time.
                }
            } catch (DataFormatException impossible) {
                throw new IllegalStateException("zlib does not inflate what it has deflated", impossible);
            }
        }

        @Override
        public void close() {
            deflater.end();
            inflater.end();
        }
    }
}

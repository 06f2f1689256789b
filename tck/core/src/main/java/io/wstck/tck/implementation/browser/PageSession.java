package io.wstck.tck.implementation.browser;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Carries the requests to one page and its answers back, from the wait for the page until the page is gone. Requests
 * are lines of an endless response; answers are request bodies. Any thread, but only one reader.
 */
final class PageSession {
    private static final int CHUNK = 64 << 10;

    /** At most this many chunks wait for the reader; then the page waits too. */
    private static final int MAX_CHUNKS = 16;

    /** Interval of empty lines on an idle response. A write is the only way to notice that the page is gone. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(1);

    /** A page that is left says so in a separate request. It may arrive after the end of the response was noticed. */
    private static final Duration GONE_TIMEOUT = Duration.ofSeconds(1);

    /** Guards {@link #state}, {@link #ending}, {@link #page}, {@link #response} and {@link #chunks}. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition changed = lock.newCondition();
    private final Deque<byte[]> chunks = new ArrayDeque<>();
    private State state = State.EXPECTED;
    private PageEnd ending = PageEnd.LOST;
    private String page = "";
    private OutputStream response = OutputStream.nullOutputStream();

    /** Guards {@link #atLineStart} and writes to the response. A heartbeat never breaks a line. */
    private final ReentrantLock writing = new ReentrantLock();

    private boolean atLineStart = true;

    private enum State {
        EXPECTED,
        LIVE,
        OVER
    }

    /** How a session ended. */
    enum PageEnd {
        /** The page stopped reading, or the kit ended the session. */
        LOST,
        /** The page said that it was closed, reloaded or left. */
        LEFT
    }

    /**
     * Starts the session with a page.
     *
     * @param name the name that the page chose for itself
     * @return false if no page is expected
     */
    boolean begin(String name, OutputStream requests) {
        lock.lock();
        try {
            if (state != State.EXPECTED) {
                return false;
            }
            state = State.LIVE;
            page = name;
            response = requests;
            changed.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the page; returns false if it does not come in that time, or the session has ended. */
    boolean awaitPage(Duration time) throws InterruptedException {
        lock.lock();
        try {
            for (long left = time.toNanos(); state == State.EXPECTED && left > 0; ) {
                left = changed.awaitNanos(left);
            }
            return state == State.LIVE;
        } finally {
            lock.unlock();
        }
    }

    /** Whether the session is live and with the page of that name. */
    boolean isLiveWith(String name) {
        lock.lock();
        try {
            return state == State.LIVE && page.equals(name);
        } finally {
            lock.unlock();
        }
    }

    /** Passes an answer of the page to the reader. Waits if the reader is slower. */
    void receiveAnswer(InputStream body) throws IOException, InterruptedException {
        for (byte[] chunk = body.readNBytes(CHUNK); chunk.length > 0; chunk = body.readNBytes(CHUNK)) {
            lock.lock();
            try {
                while (state == State.LIVE && chunks.size() == MAX_CHUNKS) {
                    changed.await();
                }
                if (state != State.LIVE) {
                    return;
                }
                chunks.add(chunk);
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Ends the session; only the first call counts. */
    void end(PageEnd how) {
        lock.lock();
        try {
            if (state != State.OVER) {
                state = State.OVER;
                ending = how;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    PageEnd ending() {
        lock.lock();
        try {
            return ending;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the session has ended. Meanwhile checks with heartbeats that the page still reads. */
    void awaitEnd() throws InterruptedException {
        do {
            if (!sendHeartbeat()) {
                awaitEnd(GONE_TIMEOUT);
                end(PageEnd.LOST);
            }
        } while (!awaitEnd(HEARTBEAT));
    }

    private boolean awaitEnd(Duration time) throws InterruptedException {
        lock.lock();
        try {
            for (long left = time.toNanos(); state != State.OVER && left > 0; ) {
                left = changed.awaitNanos(left);
            }
            return state == State.OVER;
        } finally {
            lock.unlock();
        }
    }

    /** Writes an empty line, unless a request is being written; returns false if the page is gone. */
    private boolean sendHeartbeat() {
        if (!writing.tryLock()) {
            return true;
        }
        try {
            if (atLineStart) {
                guardWrite(() -> {
                    response.write('\n');
                    response.flush();
                });
            }
            return true;
        } catch (IOException gone) {
            return false;
        } finally {
            writing.unlock();
        }
    }

    /**
     * Ends the response after the session has ended.
     *
     * @param finish ends the response properly
     * @param breakOff closes the connection, if a thread is stuck in a write
     */
    void endResponse(Runnable finish, Runnable breakOff) {
        if (!writing.tryLock()) {
            breakOff.run();
            return;
        }
        try {
            finish.run();
        } finally {
            writing.unlock();
        }
    }

    /** A stream of the requests to the page. {@link #awaitEnd} notices when the page stops reading. */
    OutputStream requests() {
        return new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                write(new byte[] {(byte) one}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                if (length > 0) {
                    writeRequest(() -> {
                        response.write(bytes, offset, length);
                        atLineStart = bytes[offset + length - 1] == '\n';
                    });
                }
            }

            @Override
            public void flush() throws IOException {
                writeRequest(() -> response.flush());
            }
        };
    }

    private interface ResponseWrite {
        void run() throws IOException;
    }

    private void writeRequest(ResponseWrite write) throws IOException {
        writing.lock();
        try {
            guardWrite(write);
        } finally {
            writing.unlock();
        }
    }

    /** Runs a write. If the connection closes during it, Undertow's stream throws a NullPointerException. */
    private static void guardWrite(ResponseWrite write) throws IOException {
        try {
            write.run();
        } catch (NullPointerException closed) {
            throw new IOException("the response was closed while it was written", closed);
        }
    }

    /** A stream of the page's answers; it ends with the session. */
    InputStream answers() {
        return new InputStream() {
            private byte[] chunk = {};
            private int at;

            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                if (at == chunk.length) {
                    chunk = next();
                    at = 0;
                }
                if (chunk.length == 0) {
                    return -1;
                }
                int read = Math.min(length, chunk.length - at);
                System.arraycopy(chunk, at, into, offset, read);
                at += read;
                return read;
            }
        };
    }

    /** The next chunk; an empty one at the end of the session. */
    private byte[] next() throws IOException {
        lock.lock();
        try {
            while (chunks.isEmpty() && state != State.OVER) {
                changed.await();
            }
            changed.signalAll();
            return chunks.isEmpty() ? new byte[0] : chunks.remove();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for the page", e);
        } finally {
            lock.unlock();
        }
    }
}

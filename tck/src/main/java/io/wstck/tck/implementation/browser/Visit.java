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
 * One page, from the kit's wish for it until it is gone: what the kit asks goes out as lines of a response that does not end, what the
 * page answers comes in as bodies of requests. Any thread, but one reader.
 */
final class Visit {
    private static final int CHUNK = 64 << 10;

    /** Chunks that wait for the reader; whoever brings more waits. */
    private static final int MOST_WAITING = 16;

    /** How often the response is written to when there is nothing to ask: only so it is noticed that nobody listens any more. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(1);

    /** A page that is left says so at once, but by a request of its own, which may come after the end of the response is noticed. */
    private static final Duration FAREWELL = Duration.ofSeconds(1);

    /** Guards {@link #state}, {@link #ending}, {@link #page}, {@link #response} and {@link #chunks}. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition changed = lock.newCondition();
    private final Deque<byte[]> chunks = new ArrayDeque<>();
    private State state = State.EXPECTED;
    private Ending ending = Ending.LOST;
    private String page = "";
    private OutputStream response = OutputStream.nullOutputStream();

    /** Guards {@link #column} and what is written to the response: a line is never broken by a heartbeat. */
    private final ReentrantLock writing = new ReentrantLock();

    private Column column = Column.FIRST;

    private enum State {
        EXPECTED,
        LIVE,
        OVER
    }

    /** How it ended. */
    enum Ending {
        /** The page does not listen any more, or the kit has ended it. */
        LOST,
        /** The page has said that it is left: closed, reloaded, or navigated away from. */
        LEFT
    }

    /** Whether anybody listens to the response, as far as is known. */
    private enum Listener {
        THERE,
        GONE
    }

    private enum Column {
        FIRST,
        ANOTHER
    }

    /** The page has come, by the name that it has given itself; says whether it is the one that is wanted. */
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

    /** Waits until the page has come; false when it has not in that time, or will not. */
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

    /** Whether it is the visit of the page with that name. */
    boolean isOf(String name) {
        lock.lock();
        try {
            return state == State.LIVE && page.equals(name);
        } finally {
            lock.unlock();
        }
    }

    /** Hands on what the page answers, and waits where the reader is slower. */
    void answered(InputStream body) throws IOException, InterruptedException {
        for (byte[] chunk = body.readNBytes(CHUNK); chunk.length > 0; chunk = body.readNBytes(CHUNK)) {
            lock.lock();
            try {
                while (state == State.LIVE && chunks.size() == MOST_WAITING) {
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

    /** The page is gone, or shall go; only the first time counts. */
    void end(Ending how) {
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

    Ending ending() {
        lock.lock();
        try {
            return ending;
        } finally {
            lock.unlock();
        }
    }

    /** Stays until the visit is over; looks meanwhile whether the page still listens. */
    void awaitEnd() throws InterruptedException {
        do {
            if (beat() == Listener.GONE) {
                over(FAREWELL);
                end(Ending.LOST);
            }
        } while (!over(HEARTBEAT));
    }

    private boolean over(Duration time) throws InterruptedException {
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

    /** An empty line, unless somebody is writing one anyway. */
    private Listener beat() {
        if (!writing.tryLock()) {
            return Listener.THERE;
        }
        try {
            if (column == Column.FIRST) {
                guarded(() -> {
                    response.write('\n');
                    response.flush();
                });
            }
            return Listener.THERE;
        } catch (IOException gone) {
            return Listener.GONE;
        } finally {
            writing.unlock();
        }
    }

    /**
     * Ends the response when the visit is over.
     *
     * @param finish ends it as it should
     * @param breakOff frees whoever is stuck in writing it
     */
    void letGo(Runnable finish, Runnable breakOff) {
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

    /** What the page hears. That it does not listen any more is for {@link #awaitEnd} to notice. */
    OutputStream requests() {
        return new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                write(new byte[] {(byte) one}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                if (length > 0) {
                    say(() -> {
                        response.write(bytes, offset, length);
                        column = bytes[offset + length - 1] == '\n' ? Column.FIRST : Column.ANOTHER;
                    });
                }
            }

            @Override
            public void flush() throws IOException {
                say(() -> response.flush());
            }
        };
    }

    private interface Saying {
        void run() throws IOException;
    }

    private void say(Saying saying) throws IOException {
        writing.lock();
        try {
            guarded(saying);
        } finally {
            writing.unlock();
        }
    }

    /** Undertow's stream has no buffer any more when the connection is closed while it writes, and fails in a way of its own. */
    private static void guarded(Saying saying) throws IOException {
        try {
            saying.run();
        } catch (NullPointerException closed) {
            throw new IOException("the response was closed while it was written", closed);
        }
    }

    /** What the page says; ends when the visit has. */
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

    /** The next chunk; an empty one at the end. */
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
            throw new IOException("interrupted while the page was waited for", e);
        } finally {
            lock.unlock();
        }
    }
}

package io.wstck.tck.implementation.agent;

import io.wstck.server.text.Excerpt;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Reads whatever a program prints, so that it never waits, and keeps the first lines, which often name the cause, and the last ones. Read by
 * one thread, asked by any.
 */
public final class LastLines {
    /** One that the program has started may go on talking where it did. */
    private static final long LAST_WORDS_MILLIS = 1000;

    private static final int FIRST = 5;
    private static final int LAST = 10;
    private static final int CHARACTERS = 500;

    /** Guards {@link #first}, {@link #last} and {@link #leftOut}. */
    private final ReentrantLock lock = new ReentrantLock();

    private final List<String> first = new ArrayList<>();
    private final Deque<String> last = new ArrayDeque<>();

    /** How many lines between the two were not kept. */
    private long leftOut;

    private final StringBuilder line = new StringBuilder();
    private final CountDownLatch ended = new CountDownLatch(1);

    /** No line yet; {@link #take(String)} brings them, until {@link #end}. */
    public static LastLines none() {
        return new LastLines();
    }

    /** Starts to read, until the stream has ended. */
    public static LastLines of(InputStream stream, String name) {
        LastLines lines = new LastLines();
        Thread.ofPlatform().name(name).daemon().start(() -> lines.read(stream));
        return lines;
    }

    /** The first five and the last ten lines, oldest first; a long one is cut. A line between them says how many are left out. */
    public List<String> get() {
        lock.lock();
        try {
            List<String> lines = new ArrayList<>(first);
            if (leftOut > 0) {
                lines.add("… " + leftOut + (leftOut == 1 ? " line" : " lines") + " left out here …");
            }
            lines.addAll(last);
            return lines;
        } finally {
            lock.unlock();
        }
    }

    /** For a program that has ended: waits until all that it had said was read, a second at most. */
    public void awaitEnd() {
        try {
            var _ = ended.await(LAST_WORDS_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A piece of what the program prints. For one thread. */
    public void take(String text) {
        text.chars().forEach(character -> take((char) character));
    }

    /** Nothing more comes. For the thread that takes. */
    public void end() {
        keep();
        ended.countDown();
    }

    private void read(InputStream stream) {
        try (Reader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (int next = reader.read(); next >= 0; next = reader.read()) {
                take((char) next);
            }
        } catch (IOException e) {
            // The program is gone in the middle of a line: what there is of it is kept like any other.
            return;
        } finally {
            end();
        }
    }

    private void take(char character) {
        if (character == '\n') {
            keep();
        } else if (line.length() <= CHARACTERS) {
            // One more than is kept tells that the line is longer.
            line.append(character);
        }
    }

    private void keep() {
        if (line.isEmpty()) {
            return;
        }
        lock.lock();
        try {
            String kept = Excerpt.withEllipsis(line.toString().stripTrailing(), CHARACTERS);
            if (first.size() < FIRST) {
                first.add(kept);
            } else {
                last.add(kept);
            }
            if (last.size() > LAST) {
                last.removeFirst();
                leftOut++;
            }
        } finally {
            lock.unlock();
        }
        line.setLength(0);
    }
}

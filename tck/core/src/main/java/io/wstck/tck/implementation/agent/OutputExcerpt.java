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
 * Reads all output of a program, so that the program never blocks. Keeps the first lines, which often name the cause,
 * and the last ones. One thread reads; any thread may ask.
 */
public final class OutputExcerpt {
    /** A child process may keep writing to the same stream after the program has ended. */
    private static final long END_MILLIS = 1000;

    private static final int FIRST_LINES = 5;
    private static final int LAST_LINES = 10;
    private static final int MAX_CHARACTERS = 500;

    /** Guards {@link #first}, {@link #last} and {@link #leftOut}. */
    private final ReentrantLock lock = new ReentrantLock();

    private final List<String> first = new ArrayList<>();
    private final Deque<String> last = new ArrayDeque<>();

    /** How many lines between first and last were dropped. */
    private long leftOut;

    private final StringBuilder line = new StringBuilder();
    private final CountDownLatch ended = new CountDownLatch(1);

    /** An empty excerpt. {@link #take(String)} adds text until {@link #end}. */
    public static OutputExcerpt none() {
        return new OutputExcerpt();
    }

    /** Starts a thread that reads until the end of the stream. */
    public static OutputExcerpt of(InputStream stream, String name) {
        OutputExcerpt lines = new OutputExcerpt();
        Thread.ofPlatform().name(name).daemon().start(() -> lines.read(stream));
        return lines;
    }

    /**
     * The first five and the last ten lines, oldest first; long lines are cut. A line between them tells how many are
     * left out.
     */
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

    /** Waits at most 1 s until all output of an ended program was read. */
    public void awaitEnd() {
        try {
            var _ = ended.await(END_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Adds a piece of output. For one thread. */
    public void take(String text) {
        text.chars().forEach(character -> take((char) character));
    }

    /** Marks the end of the output. For the thread that adds. */
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
            // The program ended in the middle of a line; the part is kept.
            return;
        } finally {
            end();
        }
    }

    private void take(char character) {
        if (character == '\n') {
            keep();
        } else if (line.length() <= MAX_CHARACTERS) {
            // One character more than is kept shows that the line is longer.
            line.append(character);
        }
    }

    private void keep() {
        if (line.isEmpty()) {
            return;
        }
        lock.lock();
        try {
            String kept = Excerpt.withEllipsis(line.toString().stripTrailing(), MAX_CHARACTERS);
            if (first.size() < FIRST_LINES) {
                first.add(kept);
            } else {
                last.add(kept);
            }
            if (last.size() > LAST_LINES) {
                last.removeFirst();
                leftOut++;
            }
        } finally {
            lock.unlock();
        }
        line.setLength(0);
    }
}

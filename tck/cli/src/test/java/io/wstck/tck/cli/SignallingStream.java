package io.wstck.tck.cli;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Keeps the output of a command and signals a word in it. */
final class SignallingStream extends ByteArrayOutputStream {
    private final String word;
    private final CountDownLatch printed = new CountDownLatch(1);

    SignallingStream(String word) {
        this.word = word;
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        super.write(bytes, offset, length);
        if (toString(StandardCharsets.UTF_8).contains(word)) {
            printed.countDown();
        }
    }

    /** Waits until the word is printed. */
    void await() throws InterruptedException {
        if (!printed.await(30, TimeUnit.SECONDS)) {
            throw new IllegalStateException("expected \"" + word + "\", got \"" + this + "\"");
        }
    }
}

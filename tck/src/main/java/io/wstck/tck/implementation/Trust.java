package io.wstck.tck.implementation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The authority that certifies the kit's TLS servers, for implementations to trust. Any thread. Closed by whoever made it, after
 * the implementation.
 */
public final class Trust implements AutoCloseable {
    private final Authority authority;

    /** Guards {@link #file} and {@link #state}. */
    private final ReentrantLock lock = new ReentrantLock();

    private Optional<Path> file = Optional.empty();
    private State state = State.OPEN;

    private enum State {
        OPEN,
        CLOSED
    }

    private Trust(Authority authority) {
        this.authority = authority;
    }

    /** Whoever certifies the servers. */
    @FunctionalInterface
    public interface Authority {
        /** Its certificate, as PEM. */
        String pem() throws IOException;
    }

    /**
     * Trust in one authority.
     *
     * @param authority asked for its certificate at most once, and only when an implementation needs it
     */
    public static Trust in(Authority authority) {
        return new Trust(authority);
    }

    /**
     * The certificate as a PEM file, which is there until this object is closed.
     *
     * @throws UncheckedIOException when it cannot be had or written
     * @throws IllegalStateException when this object is closed
     */
    public Path file() {
        lock.lock();
        try {
            if (state == State.CLOSED) {
                throw new IllegalStateException("expected trust that is still open, got one that was closed");
            }
            if (file.isEmpty()) {
                file = Optional.of(write(authority));
            }
            return file.get();
        } finally {
            lock.unlock();
        }
    }

    private static Path write(Authority authority) {
        try {
            String pem = authority.pem();
            Path path = Files.createTempFile("wstck-trust-", ".pem");
            // Ctrl-C ends the JVM without closing anything.
            path.toFile().deleteOnExit();
            try {
                return Files.writeString(path, pem, StandardCharsets.US_ASCII);
            } catch (IOException | RuntimeException e) {
                Files.delete(path);
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the certificate of the kit's authority cannot be had: " + e.getMessage(), e);
        }
    }

    /** Deletes the file, if there is one. */
    @Override
    public void close() {
        lock.lock();
        try {
            state = State.CLOSED;
            if (file.isPresent()) {
                Files.deleteIfExists(file.get());
                file = Optional.empty();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + file.get() + ": " + e.getMessage(), e);
        } finally {
            lock.unlock();
        }
    }
}

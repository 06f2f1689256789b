package io.wstck.tck.implementation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The authority that certifies the kit's TLS servers, for implementations to trust. Any thread. Closed by whoever made it, after
 * the implementation.
 */
public final class Trust implements AutoCloseable {
    private final Supplier<String> authority;

    /** Guards {@link #file} and {@link #state}. */
    private final ReentrantLock lock = new ReentrantLock();

    private Optional<Path> file = Optional.empty();
    private State state = State.OPEN;

    private enum State {
        OPEN,
        CLOSED
    }

    private Trust(Supplier<String> authority) {
        this.authority = authority;
    }

    /**
     * Trust in one authority.
     *
     * @param pem its certificate; asked for at most once, and only when an implementation needs it
     */
    public static Trust in(Supplier<String> pem) {
        return new Trust(pem);
    }

    /**
     * The certificate as a PEM file, which is there until this object is closed.
     *
     * @throws UncheckedIOException when it cannot be written
     * @throws IllegalStateException when this object is closed
     */
    public Path file() {
        lock.lock();
        try {
            if (state == State.CLOSED) {
                throw new IllegalStateException("expected trust that is still open, got one that was closed");
            }
            if (file.isEmpty()) {
                file = Optional.of(write(authority.get()));
            }
            return file.get();
        } finally {
            lock.unlock();
        }
    }

    private static Path write(String pem) {
        try {
            Path path = Files.createTempFile("wstck-trust-", ".pem");
            try {
                return Files.writeString(path, pem, StandardCharsets.US_ASCII);
            } catch (IOException | RuntimeException e) {
                Files.delete(path);
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the certificate of the kit's authority: " + e.getMessage(), e);
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

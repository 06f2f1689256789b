package io.wstck.tck.implementation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A temporary PEM file with the certificate of the authority that signs the kit's TLS certificates. It is written when
 * a client first needs it. Any thread. Its owner closes it after the implementations that trust it.
 */
public final class AuthorityFile implements AutoCloseable {
    private final Authority authority;

    /** Guards {@link #file} and {@link #closed}. */
    private final ReentrantLock lock = new ReentrantLock();

    private Optional<Path> file = Optional.empty();
    private boolean closed;

    private AuthorityFile(Authority authority) {
        this.authority = authority;
    }

    /** Supplies the certificate of the authority that signs the TLS certificates of the kit's servers. */
    @FunctionalInterface
    public interface Authority {
        /** The authority's own certificate as PEM. */
        String pem() throws IOException;
    }

    /**
     * Creates the object; the file is written on first use.
     *
     * @param authority asked for its certificate once at most
     */
    public static AuthorityFile of(Authority authority) {
        return new AuthorityFile(authority);
    }

    /**
     * The PEM file, which exists until this object is closed.
     *
     * @throws UncheckedIOException if the certificate cannot be obtained or written
     * @throws IllegalStateException if this object is closed
     */
    public Path file() {
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("expected an open authority file, got a closed one");
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
                    "cannot obtain the certificate of the kit's authority: " + e.getMessage(), e);
        }
    }

    /** Deletes the file, if it was written. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
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

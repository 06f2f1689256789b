package io.wstck.tck.implementation.calls;

import io.wstck.tck.implementation.Description;
import io.wstck.tck.implementation.Implementation;
import io.wstck.tck.implementation.ImplementationSession;
import io.wstck.tck.implementation.SafeText;
import io.wstck.tck.implementation.Trust;
import io.wstck.tck.implementation.bounded.CallThreads;
import io.wstck.tck.implementation.bounded.StartedCall;
import io.wstck.tck.implementation.bounded.WatchedThread;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/** A client in this JVM, judged through the documented calls. */
public final class CalledImplementation implements Implementation {
    /** How long the client may take to say what it is, and to close. */
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final CalledClient client;
    private final Trust trust;
    private final CallThreads threads = new CallThreads("client-");
    private final Description description;
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * Takes the client over, and closes it.
     *
     * @param trust must stay open as long as this implementation
     * @throws IllegalStateException when the client does not say what it is; it is closed
     */
    public CalledImplementation(CalledClient client, Trust trust) {
        this.client = client;
        this.trust = trust;
        try {
            description = await("description()", client::description);
        } catch (NotReturnedException e) {
            close();
            throw new IllegalStateException(e.getMessage(), e);
        }
        if (description == null) {
            close();
            throw new IllegalStateException(
                    "expected the client's description() to return a description, it returned null");
        }
    }

    @Override
    public Description description() {
        return description;
    }

    @Override
    public ImplementationSession open(Map<String, URI> urls) {
        // The kit's authority comes into being when it is first asked for: most sessions have no server with TLS.
        boolean tls = urls.values().stream().anyMatch(url -> url.getScheme().equals("wss"));
        Optional<Path> trusted = tls ? Optional.of(trust.file()) : Optional.empty();
        return new CalledSession(urls, trusted, new DirectCalls(client), Optional.empty(), description.behaviour());
    }

    @Override
    public void close() {
        var _ = closeClient();
    }

    /**
     * Closes the client, and waits for that some seconds at most.
     *
     * @return why the client could not be closed, as a sentence; empty when it is closed, also by an earlier call
     */
    public Optional<String> closeClient() {
        if (closed.getAndSet(true)) {
            return Optional.empty();
        }
        try {
            var _ = await("close()", () -> {
                client.close();
                return true;
            });
            return Optional.empty();
        } catch (NotReturnedException e) {
            return Optional.of(e.getMessage());
        } finally {
            threads.close();
        }
    }

    /** A call of the client has not come back with a result. */
    private static final class NotReturnedException extends Exception {
        private static final long serialVersionUID = 1L;

        NotReturnedException(String sentence, Throwable cause) {
            super(sentence, cause);
        }
    }

    /** The text of what the client throws is made by the client, too: that belongs to the call, and to its limit. */
    private static <T> T told(Callable<T> body) {
        try {
            return body.call();
        } catch (Throwable e) {
            throw new IllegalStateException(SafeText.of(e), e);
        }
    }

    private <T> T await(String name, Callable<T> body) throws NotReturnedException {
        String expected = "expected the client's " + name + " to return within " + LIMIT.toSeconds() + " s";
        StartedCall<T> call = threads.start(() -> told(body));
        try {
            if (call.awaitEnd(LIMIT)) {
                return call.result();
            }
            throw new NotReturnedException(
                    expected + ", but it has not returned: "
                            + call.thread().map(WatchedThread::describe).orElse("its thread has not begun"),
                    null);
        } catch (ExecutionException e) {
            throw new NotReturnedException(
                    expected + ", but it threw " + e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotReturnedException(expected + ", but the run was interrupted", e);
        }
    }
}

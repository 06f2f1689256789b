package io.wstck.tck.implementation.calls;

import io.wstck.tck.implementation.AuthorityFile;
import io.wstck.tck.implementation.Description;
import io.wstck.tck.implementation.Implementation;
import io.wstck.tck.implementation.ImplementationSession;
import io.wstck.tck.implementation.SafeText;
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

/** A client in this JVM, tested through its documented calls. */
public final class InProcessImplementation implements Implementation {
    /** How long the client may take to describe itself, and to close. */
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final CalledClient client;
    private final AuthorityFile trust;
    private final CallThreads threads = new CallThreads("client-");
    private final Description description;
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * Takes ownership of the client, and closes it.
     *
     * @param trust must stay open as long as this implementation
     * @throws IllegalStateException if the client does not describe itself; it is closed then
     */
    public InProcessImplementation(CalledClient client, AuthorityFile trust) {
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
        // The kit issues its authority on first use, and most sessions have no TLS server. So ask for it only if one
        // has.
        boolean tls = urls.values().stream().anyMatch(url -> url.getScheme().equals("wss"));
        Optional<Path> trusted = tls ? Optional.of(trust.file()) : Optional.empty();
        return new CalledClientSession(
                urls, trusted, new DirectCalls(client), Optional.empty(), description.behaviour());
    }

    @Override
    public void close() {
        var _ = closeClient();
    }

    /**
     * Closes the client, and waits 10 s at most.
     *
     * @return why the client could not be closed, as a sentence; empty if it is closed
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

    /** A call of the client threw, or did not return in time. */
    private static final class NotReturnedException extends Exception {
        private static final long serialVersionUID = 1L;

        NotReturnedException(String sentence, Throwable cause) {
            super(sentence, cause);
        }
    }

    /** Makes the text of the exception inside the call and its time limit, because client code produces the text. */
    private static <T> T withSafeText(Callable<T> body) {
        try {
            return body.call();
        } catch (Throwable e) {
            throw new IllegalStateException(SafeText.of(e), e);
        }
    }

    private <T> T await(String name, Callable<T> body) throws NotReturnedException {
        String expected = "expected the client's " + name + " to return within " + LIMIT.toSeconds() + " s";
        StartedCall<T> call = threads.start(() -> withSafeText(body));
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

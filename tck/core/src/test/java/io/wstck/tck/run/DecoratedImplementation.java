package io.wstck.tck.run;

import io.wstck.tck.implementation.Description;
import io.wstck.tck.implementation.Implementation;
import io.wstck.tck.implementation.ImplementationSession;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** An implementation whose sessions are opened by a function of the test. */
final class DecoratedImplementation implements Implementation {
    private final Implementation real;
    private final SessionFactory opening;
    private final AtomicInteger opened = new AtomicInteger();

    DecoratedImplementation(Implementation real, SessionFactory opening) {
        this.real = real;
        this.opening = opening;
    }

    /** Opens sessions. */
    interface SessionFactory {
        /**
         * Opens a session.
         *
         * @param number how many sessions were requested, including this one
         */
        ImplementationSession open(int number, Implementation real, Map<String, URI> urls);
    }

    int opened() {
        return opened.get();
    }

    @Override
    public Description description() {
        return real.description();
    }

    @Override
    public ImplementationSession open(Map<String, URI> urls) {
        return opening.open(opened.incrementAndGet(), real, urls);
    }

    @Override
    public Optional<String> nameProblem(String host) throws InterruptedException {
        return real.nameProblem(host);
    }

    @Override
    public void close() {
        // The caller closes the real implementation.
    }
}

package io.wstck.tck.run;

import io.wstck.tck.implementation.Description;
import io.wstck.tck.implementation.Implementation;
import io.wstck.tck.implementation.ImplementationSession;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** An implementation whose sessions a test opens in its own way. */
final class Decorated implements Implementation {
    private final Implementation real;
    private final Opening opening;
    private final AtomicInteger opened = new AtomicInteger();

    Decorated(Implementation real, Opening opening) {
        this.real = real;
        this.opening = opening;
    }

    /** Opens a session. */
    interface Opening {
        /**
         * Opens one.
         *
         * @param number from 1: how many sessions were asked for, this one included
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
        // The real one belongs to who made it.
    }
}

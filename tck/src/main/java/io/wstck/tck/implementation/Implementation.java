package io.wstck.tck.implementation;

import java.net.URI;
import java.util.Map;

/** A WebSocket client that can be judged. Thread-safe: cases run in parallel. */
public interface Implementation extends AutoCloseable {

    Description description();

    /**
     * Opens what one case needs.
     *
     * @param urls the servers of the case by name, as the kit reaches them; empty for a case without one
     */
    ImplementationSession open(Map<String, URI> urls);

    @Override
    void close();
}

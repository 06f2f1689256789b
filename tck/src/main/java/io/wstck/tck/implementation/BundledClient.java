package io.wstck.tck.implementation;

import java.net.URI;
import java.util.Map;
import java.util.Set;

/** The client of this project, judged in this JVM. */
public final class BundledClient implements Implementation {
    private static final Set<String> CAPABILITIES =
            Set.of("headers", "subprotocols", "ping", "policy", "context", "error-kinds", "lua");

    private final String version;

    /**
     * @param version what the description says
     */
    public BundledClient(String version) {
        this.version = version;
    }

    @Override
    public Description description() {
        return new Description("wstck-client", version, "Java", CAPABILITIES);
    }

    @Override
    public ImplementationSession open(Map<String, URI> urls) {
        return new BundledSession(urls);
    }

    @Override
    public void close() {
        // Each session closes its own clients.
    }
}

package io.wstck.tck.implementation;

import io.wstck.tck.catalogue.Capability;
import java.net.URI;
import java.util.EnumSet;
import java.util.Map;

/** The client of this project, judged in this JVM. */
public final class BundledClient implements Implementation {
    private final String version;

    /**
     * @param version what the description says
     */
    public BundledClient(String version) {
        this.version = version;
    }

    @Override
    public Description description() {
        return new Description("wstck-client", version, "Java", EnumSet.allOf(Capability.class));
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

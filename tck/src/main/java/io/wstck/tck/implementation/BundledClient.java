package io.wstck.tck.implementation;

import io.wstck.tck.catalogue.Capability;
import java.net.URI;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;

/** The client of this project, judged in this JVM. */
public final class BundledClient implements Implementation {
    private final String version;
    private final Optional<Trust> trust;
    private final HostProgram program;

    /**
     * A client that trusts no other authorities than the JDK.
     *
     * @param version what the description says
     */
    public BundledClient(String version) {
        this(version, Optional.empty(), HostProgram.PLAIN);
    }

    /**
     * A client that trusts the kit's authority.
     *
     * @param version what the description says
     * @param trust must stay open as long as this client
     */
    public BundledClient(String version, Trust trust) {
        this(version, Optional.of(trust), HostProgram.PLAIN);
    }

    private BundledClient(String version, Optional<Trust> trust, HostProgram program) {
        this.version = version;
        this.trust = trust;
        this.program = program;
    }

    /** The same client in another program. */
    public BundledClient in(HostProgram other) {
        return new BundledClient(version, trust, other);
    }

    @Override
    public Description description() {
        return new Description(
                "wstck-client", version, "Java", EnumSet.complementOf(EnumSet.of(Capability.WEB, Capability.PAGE)));
    }

    @Override
    public ImplementationSession open(Map<String, URI> urls) {
        return new BundledSession(urls, trust, program);
    }

    /** Its sessions resolve the names of their servers themselves. */
    @Override
    public Optional<String> nameProblem(String host) {
        return Optional.empty();
    }

    @Override
    public void close() {
        // Each session closes its own clients.
    }
}

package io.wstck.tck.implementation;

import io.wstck.tck.catalogue.Capability;
import java.net.URI;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;

/** The project's own client, run inside this JVM. */
public final class BundledClient implements Implementation {
    private final String version;
    private final Optional<AuthorityFile> trust;
    private final ClientSetup setup;

    /**
     * A client that trusts only the JDK's authorities.
     *
     * @param version the version in the description
     */
    public BundledClient(String version) {
        this(version, Optional.empty(), ClientSetup.UNCHANGED);
    }

    /**
     * A client that also trusts the kit's authority.
     *
     * @param version the version in the description
     * @param trust must stay open as long as this client
     */
    public BundledClient(String version, AuthorityFile trust) {
        this(version, Optional.of(trust), ClientSetup.UNCHANGED);
    }

    private BundledClient(String version, Optional<AuthorityFile> trust, ClientSetup setup) {
        this.version = version;
        this.trust = trust;
        this.setup = setup;
    }

    /** The same client, built with another setup. */
    public BundledClient with(ClientSetup other) {
        return new BundledClient(version, trust, other);
    }

    @Override
    public Description description() {
        return new Description(
                "wstck-client", version, "Java", EnumSet.complementOf(EnumSet.of(Capability.WEB, Capability.PAGE)));
    }

    @Override
    public ImplementationSession open(Map<String, URI> urls) {
        return new BundledClientSession(urls, trust, setup);
    }

    /** Its sessions resolve the names of their servers themselves, so no name is a problem. */
    @Override
    public Optional<String> nameProblem(String host) {
        return Optional.empty();
    }

    @Override
    public void close() {}
}

package io.wstck.tck.prove;

import io.wstck.tck.catalogue.Capability;
import io.wstck.tck.catalogue.Profile;
import io.wstck.tck.implementation.BundledClient;
import io.wstck.tck.implementation.Description;
import io.wstck.tck.implementation.HostProgram;
import io.wstck.tck.implementation.Implementation;
import io.wstck.tck.implementation.ImplementationSession;
import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** A client with a fault in it. The client inside belongs to whoever made it. */
public final class FaultyClient implements Implementation {
    private final Implementation inner;
    private final String fault;
    private final List<Mechanism> mechanisms;

    /** What scripts of one session leave to those of others. */
    private final ConcurrentMap<String, String> memory = new ConcurrentHashMap<>();

    /**
     * @param fault id of what is wrong with it
     * @param mechanisms the one nearest to the script first
     * @throws IllegalArgumentException when another host program is among them, and {@code inner} is not the bundled client
     */
    public FaultyClient(Implementation inner, String fault, List<Mechanism> mechanisms) {
        this.inner = hosted(inner, fault, mechanisms);
        this.fault = fault;
        this.mechanisms = List.copyOf(mechanisms);
    }

    private static Implementation hosted(Implementation inner, String fault, List<Mechanism> mechanisms) {
        Implementation client = inner;
        for (Mechanism mechanism : mechanisms) {
            if (mechanism instanceof Mechanism.OtherHost(HostProgram program)) {
                if (!(client instanceof BundledClient bundled)) {
                    throw new IllegalArgumentException("fault " + fault
                            + ": expected the bundled client, whose host program it changes, got "
                            + inner.description().name());
                }
                client = bundled.in(program);
            }
        }
        return client;
    }

    @Override
    public Description description() {
        Description description = inner.description();
        return new Description(
                description.name() + " with " + fault,
                description.version(),
                description.language(),
                capabilities(description),
                description.behaviour());
    }

    private Set<Capability> capabilities(Description description) {
        Set<Capability> capabilities = EnumSet.copyOf(description.capabilities());
        for (Mechanism mechanism : mechanisms) {
            if (mechanism instanceof Mechanism.Claim(Capability capability)) {
                capabilities.add(capability);
            }
        }
        return capabilities;
    }

    @Override
    public Profile defaultProfile() {
        return inner.defaultProfile();
    }

    @Override
    public Home home() {
        return inner.home();
    }

    @Override
    public ImplementationSession open(Map<String, URI> urls) {
        return FaultySession.open(inner, mechanisms, memory, urls);
    }

    @Override
    public Optional<String> nameProblem(String host) throws InterruptedException {
        return inner.nameProblem(host);
    }

    @Override
    public void close() {
        // Each session closes its own relays and sockets.
    }
}

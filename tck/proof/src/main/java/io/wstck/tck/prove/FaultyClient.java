package io.wstck.tck.prove;

import io.wstck.tck.catalogue.Capability;
import io.wstck.tck.catalogue.Profile;
import io.wstck.tck.implementation.BundledClient;
import io.wstck.tck.implementation.ClientSetup;
import io.wstck.tck.implementation.Description;
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

/** Wraps a client and adds one fault, to prove that the cases notice it. The caller still owns the inner client. */
public final class FaultyClient implements Implementation {
    private final Implementation inner;
    private final String fault;
    private final List<Mechanism> mechanisms;

    /** Values that the scripts of one session keep for later sessions. */
    private final ConcurrentMap<String, String> memory = new ConcurrentHashMap<>();

    /**
     * @param fault the id of the fault
     * @param mechanisms the changes that make the fault; the one nearest to the script is the first
     * @throws IllegalArgumentException if a mechanism changes the client setup and {@code inner} is not the bundled
     * client
     */
    public FaultyClient(Implementation inner, String fault, List<Mechanism> mechanisms) {
        this.inner = withClientSetup(inner, fault, mechanisms);
        this.fault = fault;
        this.mechanisms = List.copyOf(mechanisms);
    }

    private static Implementation withClientSetup(Implementation inner, String fault, List<Mechanism> mechanisms) {
        Implementation client = inner;
        for (Mechanism mechanism : mechanisms) {
            if (mechanism instanceof Mechanism.ChangedClientSetup(ClientSetup program)) {
                if (!(client instanceof BundledClient bundled)) {
                    throw new IllegalArgumentException("fault " + fault
                            + ": expected the bundled client, whose host program it changes, got "
                            + inner.description().name());
                }
                client = bundled.with(program);
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
            if (mechanism instanceof Mechanism.ClaimedCapability(Capability capability)) {
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
    public ClientLocation clientLocation() {
        return inner.clientLocation();
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

package io.wstck.tck.run;

import io.wstck.tck.catalogue.Capability;
import io.wstck.tck.implementation.Description;
import io.wstck.tck.implementation.Implementation;
import io.wstck.tck.implementation.ImplementationSession;
import java.net.URI;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;

/** An implementation without one of its capabilities. */
public record LimitedImplementation(Implementation real, Capability missing) implements Implementation {
    @Override
    public Description description() {
        Description description = real.description();
        EnumSet<Capability> left = EnumSet.copyOf(description.capabilities());
        left.remove(missing);
        return new Description(description.name(), description.version(), description.language(), left);
    }

    @Override
    public ImplementationSession open(Map<String, URI> urls) {
        return real.open(urls);
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

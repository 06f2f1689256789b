package io.wstck.tck.implementation;

import io.wstck.tck.catalogue.Capability;
import java.util.Set;

/**
 * How an implementation describes itself: name, version, language, capabilities and behaviour.
 *
 * @param capabilities a case that needs a capability outside this set is skipped
 * @param behaviour a case that needs another behaviour is skipped
 */
public record Description(
        String name, String version, String language, Set<Capability> capabilities, ClientBehaviour behaviour) {

    /**
     * Creates a description.
     *
     * @throws IllegalArgumentException if the behaviour contradicts itself or the capabilities
     */
    public Description {
        capabilities = Set.copyOf(capabilities);
        behaviour.contradiction(capabilities).ifPresent(sentence -> {
            throw new IllegalArgumentException(sentence);
        });
    }

    /** Describes a client that follows its options. */
    public Description(String name, String version, String language, Set<Capability> capabilities) {
        this(name, version, language, capabilities, ClientBehaviour.BY_OPTION);
    }

    /**
     * A copy with another behaviour.
     *
     * @throws IllegalArgumentException if the behaviour contradicts itself or the capabilities
     */
    public Description with(ClientBehaviour other) {
        return new Description(name, version, language, capabilities, other);
    }
}

package io.wstck.tck.implementation;

import io.wstck.tck.catalogue.Capability;
import java.util.Set;

/**
 * What an implementation says of itself.
 *
 * @param capabilities what it can do; a case that needs another one is skipped
 * @param behaviour what it does whatever its options say; a case that needs something else is skipped
 */
public record Description(
        String name, String version, String language, Set<Capability> capabilities, ClientBehaviour behaviour) {

    /**
     * A description.
     *
     * @throws IllegalArgumentException when the behaviour contradicts itself or the capabilities, with a sentence
     */
    public Description {
        capabilities = Set.copyOf(capabilities);
        behaviour.contradiction(capabilities).ifPresent(sentence -> {
            throw new IllegalArgumentException(sentence);
        });
    }

    /** The description of a client that does what its options say. */
    public Description(String name, String version, String language, Set<Capability> capabilities) {
        this(name, version, language, capabilities, ClientBehaviour.BY_OPTION);
    }

    /**
     * The same client with another behaviour.
     *
     * @throws IllegalArgumentException when the behaviour contradicts itself or the capabilities, with a sentence
     */
    public Description with(ClientBehaviour other) {
        return new Description(name, version, language, capabilities, other);
    }
}

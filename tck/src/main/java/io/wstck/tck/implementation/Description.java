package io.wstck.tck.implementation;

import io.wstck.tck.catalogue.Capability;
import java.util.Set;

/**
 * What an implementation says of itself.
 *
 * @param capabilities what it can do; a case that needs another one is skipped
 */
public record Description(String name, String version, String language, Set<Capability> capabilities) {

    public Description {
        capabilities = Set.copyOf(capabilities);
    }
}

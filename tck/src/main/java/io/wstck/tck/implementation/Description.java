package io.wstck.tck.implementation;

import java.util.Set;

/**
 * What an implementation says of itself.
 *
 * @param capabilities words such as {@code headers}, {@code ping}; a case that needs another one is skipped
 */
public record Description(String name, String version, String language, Set<String> capabilities) {

    public Description {
        capabilities = Set.copyOf(capabilities);
    }
}

package io.wstck.tck.implementation;

import java.util.Optional;

/**
 * One rule of the policy that a script's connects are judged by.
 *
 * @param resource exact URL; absent: any resource, or none
 */
public record PolicyRule(Effect effect, String action, Optional<String> resource) {

    /** What a rule does. */
    public enum Effect {
        ALLOW,
        DENY
    }
}

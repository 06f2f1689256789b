package io.wstck.client.security;

import java.util.Objects;

/**
 * One rule of a {@link Policy}: allows or denies one action, on one resource or on all with the same beginning.
 *
 * @param effect the decision if the rule matches
 * @param action the exact name of the action
 * @param resource the exact resource, or a prefix followed by one trailing {@code *}; {@code "*"} alone matches every
 * resource, also the empty one. A {@code *} elsewhere is an ordinary character.
 */
public record Rule(Effect effect, String action, String resource) {
    /** Whether a matching rule allows or denies. */
    public enum Effect {
        /** The action is allowed, unless another rule denies it. */
        ALLOW,
        /** The action is denied. */
        DENY
    }

    /** Checks that no component is null. */
    public Rule {
        Objects.requireNonNull(effect, "effect");
        Objects.requireNonNull(action, "action");
        Objects.requireNonNull(resource, "resource");
    }

    /**
     * {@return a rule that allows the action on the resource}
     *
     * @param action the name of the action
     * @param resource the exact resource, or a prefix with a trailing {@code *}
     */
    public static Rule allow(String action, String resource) {
        return new Rule(Effect.ALLOW, action, resource);
    }

    /**
     * {@return a rule that denies the action on the resource}
     *
     * @param action the name of the action
     * @param resource the exact resource, or a prefix with a trailing {@code *}
     */
    public static Rule deny(String action, String resource) {
        return new Rule(Effect.DENY, action, resource);
    }

    boolean matches(String judgedAction, String judgedResource) {
        if (!action.equals(judgedAction)) {
            return false;
        }
        if (resource.endsWith("*")) {
            return judgedResource.startsWith(resource.substring(0, resource.length() - 1));
        }
        return resource.equals(judgedResource);
    }
}

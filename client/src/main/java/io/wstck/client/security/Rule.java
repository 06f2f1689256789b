package io.wstck.client.security;

import java.util.Objects;

/**
 * One rule of a {@link Policy}.
 *
 * @param effect what follows when the rule matches
 * @param action the exact name of the action
 * @param resource the exact resource, or a prefix followed by one trailing {@code *}; {@code "*"} alone matches every resource,
 *     also the empty one. A {@code *} elsewhere is an ordinary character.
 */
public record Rule(Effect effect, String action, String resource) {
    /** Whether a matching rule allows or denies. */
    public enum Effect {
        ALLOW,
        DENY
    }

    public Rule {
        Objects.requireNonNull(effect, "effect");
        Objects.requireNonNull(action, "action");
        Objects.requireNonNull(resource, "resource");
    }

    /** Returns a rule that allows the action on the resource. */
    public static Rule allow(String action, String resource) {
        return new Rule(Effect.ALLOW, action, resource);
    }

    /** Returns a rule that denies the action on the resource. */
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

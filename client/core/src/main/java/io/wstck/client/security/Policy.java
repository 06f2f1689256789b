package io.wstck.client.security;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Decides whether an action on a resource is allowed (clauses permission.*). A rule that denies wins over rules that
 * allow. If no rule matches, the default decides. Immutable: any number of threads may use it.
 */
public final class Policy {
    /** The action of opening any WebSocket connection; its resource is the empty string. */
    public static final String CONNECT = "websocket.connect";

    /** The action of opening a WebSocket connection to one URL; its resource is the URL exactly as given. */
    public static final String CONNECT_URL = "websocket.connect.url";

    private final Rule.Effect defaultEffect;
    private final List<Rule> rules;

    private Policy(Rule.Effect defaultEffect, List<Rule> rules) {
        this.defaultEffect = defaultEffect;
        this.rules = rules;
    }

    /** {@return a policy that allows everything that no rule denies} */
    public static Policy allowAll() {
        return new Policy(Rule.Effect.ALLOW, List.of());
    }

    /** {@return a policy that denies everything that no rule allows} */
    public static Policy denyAll() {
        return new Policy(Rule.Effect.DENY, List.of());
    }

    /**
     * {@return this policy with one more rule; the order of rules does not matter}
     *
     * @param rule the rule to add
     */
    public Policy with(Rule rule) {
        List<Rule> all = new ArrayList<>(rules);
        all.add(Objects.requireNonNull(rule, "rule"));
        return new Policy(defaultEffect, List.copyOf(all));
    }

    /**
     * {@return whether an action without a resource is allowed}
     *
     * @param action the name of the action
     */
    public boolean allows(String action) {
        return allows(action, "");
    }

    /**
     * {@return whether an action on a resource is allowed} The resource is compared byte for byte, without
     * normalization.
     *
     * @param action the name of the action
     * @param resource the resource
     */
    public boolean allows(String action, String resource) {
        Rule.Effect effect = defaultEffect;
        for (Rule rule : rules) {
            if (rule.matches(action, resource)) {
                if (rule.effect() == Rule.Effect.DENY) {
                    return false;
                }
                effect = Rule.Effect.ALLOW;
            }
        }
        return effect == Rule.Effect.ALLOW;
    }
}

package io.wstck.client.security;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Decides whether an action on a resource is allowed: a rule that denies wins over rules that allow, and the default of the
 * host decides what no rule matches (clauses permission.*). Immutable, for any number of threads.
 */
public final class Policy {
    /** Opening a WebSocket connection at all; judged with the empty resource. */
    public static final String CONNECT = "websocket.connect";

    /** Opening a WebSocket connection to one URL; the resource is the exact URL string given. */
    public static final String CONNECT_URL = "websocket.connect.url";

    private final Rule.Effect fallback;
    private final List<Rule> rules;

    private Policy(Rule.Effect fallback, List<Rule> rules) {
        this.fallback = fallback;
        this.rules = rules;
    }

    /** Returns the policy that allows what no rule denies. */
    public static Policy allowAll() {
        return new Policy(Rule.Effect.ALLOW, List.of());
    }

    /** Returns the policy that denies what no rule allows. */
    public static Policy denyAll() {
        return new Policy(Rule.Effect.DENY, List.of());
    }

    /** Returns this policy with one more rule; the order of rules does not matter. */
    public Policy with(Rule rule) {
        List<Rule> all = new ArrayList<>(rules);
        all.add(Objects.requireNonNull(rule, "rule"));
        return new Policy(fallback, List.copyOf(all));
    }

    /** Judges an action that is judged without a resource. */
    public boolean allows(String action) {
        return allows(action, "");
    }

    /** Judges an action on a resource, which is compared byte for byte, without any normalization. */
    public boolean allows(String action, String resource) {
        Rule.Effect effect = fallback;
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

package io.wstck.tck.implementation.script;

import io.wstck.client.security.Policy;
import io.wstck.client.security.Rule;
import io.wstck.server.text.Excerpt;
import io.wstck.tck.implementation.ClientPolicies;
import io.wstck.tck.implementation.PolicyRule;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The rules that a user writes for a script (clauses permission.*). A rule that denies wins. An action that some rule
 * allows is denied for all other resources. An action without rules is allowed.
 */
public final class ScriptRules {
    private static final Set<String> ACTIONS = Set.of(Policy.CONNECT, Policy.CONNECT_URL);
    private static final int MAX_SHOWN = 200;
    private static final String EXPECTED_ACTION = "expected " + Policy.CONNECT + " or " + Policy.CONNECT_URL;

    private ScriptRules() {}

    /**
     * Returns the rule of a command line.
     *
     * @param text an action, or an action, {@code =} and a resource: a URL, or the beginning of one and {@code *}
     * @throws IllegalArgumentException with a sentence that says what was expected
     */
    public static PolicyRule parse(PolicyRule.Effect effect, String text) {
        int equals = text.indexOf('=');
        return equals < 0
                ? rule(effect, text, Optional.empty())
                : rule(effect, text.substring(0, equals), Optional.of(text.substring(equals + 1)));
    }

    /**
     * Returns a rule whose action exists and whose resource fits the action.
     *
     * @param resource empty for all resources
     * @throws IllegalArgumentException with a sentence that says what was expected
     */
    static PolicyRule rule(PolicyRule.Effect effect, String action, Optional<String> resource) {
        if (!ACTIONS.contains(action)) {
            throw new IllegalArgumentException(EXPECTED_ACTION + ", got " + quoted(action));
        }
        if (action.equals(Policy.CONNECT) && resource.isPresent()) {
            throw new IllegalArgumentException(Policy.CONNECT + " has no resource, got " + quoted(resource.get())
                    + ": the rule for one URL is " + Policy.CONNECT_URL);
        }
        if (resource.isPresent() && !isUrl(resource.get())) {
            throw new IllegalArgumentException(
                    "expected a ws:// or wss:// URL, or the beginning of one and *, got " + quoted(resource.get()));
        }
        return new PolicyRule(effect, action, resource);
    }

    /** Returns a text for a message, cut if it is long. */
    static String quoted(String text) {
        return '"' + Excerpt.withEllipsis(text, MAX_SHOWN) + '"';
    }

    /** Returns whether a resource can match a URL. The policy compares the scheme byte for byte, too. */
    private static boolean isUrl(String resource) {
        if (resource.endsWith("*")) {
            String beginning = resource.substring(0, resource.length() - 1);
            return List.of("ws://", "wss://").stream()
                    .anyMatch(scheme -> startsAlike(beginning.toLowerCase(Locale.ROOT), scheme));
        }
        return resource.regionMatches(true, 0, "ws://", 0, 5) || resource.regionMatches(true, 0, "wss://", 0, 6);
    }

    private static boolean startsAlike(String one, String other) {
        return one.startsWith(other) || other.startsWith(one);
    }

    static Policy policy(List<PolicyRule> rules) {
        Policy policy = Policy.denyAll();
        for (String action : ACTIONS) {
            if (rules.stream().noneMatch(rule -> allows(rule, action))) {
                policy = policy.with(Rule.allow(action, "*"));
            }
        }
        return ClientPolicies.with(policy, rules);
    }

    private static boolean allows(PolicyRule rule, String action) {
        return rule.effect() == PolicyRule.Effect.ALLOW && rule.action().equals(action);
    }
}

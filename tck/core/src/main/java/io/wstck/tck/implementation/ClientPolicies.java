package io.wstck.tck.implementation;

import io.wstck.client.security.Policy;
import io.wstck.client.security.Rule;
import java.util.List;

/** Makes policies of the bundled client from the kit's rules. Stateless. */
public final class ClientPolicies {
    private ClientPolicies() {}

    /** Returns a policy with these rules added. A rule without a resource is for all resources. */
    public static Policy with(Policy policy, List<PolicyRule> rules) {
        Policy extended = policy;
        for (PolicyRule rule : rules) {
            extended = extended.with(new Rule(
                    switch (rule.effect()) {
                        case ALLOW -> Rule.Effect.ALLOW;
                        case DENY -> Rule.Effect.DENY;
                    },
                    rule.action(),
                    rule.resource().orElse("*")));
        }
        return extended;
    }
}

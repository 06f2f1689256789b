package io.wstck.client.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PolicyTest {
    private static final String URL = "ws://h/a";

    @Test
    void theDefaultDecidesWhatNoRuleMatches() {
        assertThat(Policy.allowAll().allows(Policy.CONNECT)).isTrue();
        assertThat(Policy.denyAll().allows(Policy.CONNECT)).isFalse();
        assertThat(Policy.denyAll().with(Rule.allow("x", URL)).allows(Policy.CONNECT_URL, URL))
                .isFalse();
    }

    @Test
    void aRuleMatchesItsExactResourceOnly() {
        Policy policy = Policy.denyAll().with(Rule.allow(Policy.CONNECT_URL, URL));

        assertThat(policy.allows(Policy.CONNECT_URL, URL)).isTrue();
        assertThat(policy.allows(Policy.CONNECT_URL, URL + "/")).isFalse();
        assertThat(policy.allows(Policy.CONNECT_URL, "WS://h/a")).isFalse();
        assertThat(policy.allows(Policy.CONNECT)).isFalse();
    }

    @Test
    void aTrailingStarMatchesEveryResourceWithThatPrefix() {
        Policy policy = Policy.allowAll().with(Rule.deny(Policy.CONNECT_URL, "ws://h/*"));

        assertThat(policy.allows(Policy.CONNECT_URL, "ws://h/")).isFalse();
        assertThat(policy.allows(Policy.CONNECT_URL, URL)).isFalse();
        assertThat(policy.allows(Policy.CONNECT_URL, "ws://h2/")).isTrue();
        assertThat(Policy.allowAll().with(Rule.deny(Policy.CONNECT, "*")).allows(Policy.CONNECT))
                .isFalse();
    }

    @Test
    void denyWinsInAnyOrder() {
        Rule allow = Rule.allow(Policy.CONNECT_URL, URL);
        Rule deny = Rule.deny(Policy.CONNECT_URL, URL);

        assertThat(Policy.denyAll().with(allow).with(deny).allows(Policy.CONNECT_URL, URL))
                .isFalse();
        assertThat(Policy.allowAll().with(deny).with(allow).allows(Policy.CONNECT_URL, URL))
                .isFalse();
    }
}

package io.wstck.tck.implementation.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What the smoke test shows of an agent's answers. */
class SmokeAgentTest {
    @Test
    void ofALongAnswerTheBeginningIsShown() {
        String text = "x".repeat(1_000_000);

        assertThat(SmokeAgent.shown(new Answer.Trouble(text)))
                .startsWith("trouble: xxx")
                .hasSizeLessThan(10_000);
    }
}

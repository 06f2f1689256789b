package io.wstck.tck.implementation.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Tests how the smoke test prints answers. */
class SmokeAgentDriverTest {
    @Test
    void aLongAnswerIsCut() {
        String text = "x".repeat(1_000_000);

        assertThat(SmokeAgentDriver.shown(new Answer.Trouble(text)))
                .startsWith("trouble: xxx")
                .hasSizeLessThan(10_000);
    }
}

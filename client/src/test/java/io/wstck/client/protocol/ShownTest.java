package io.wstck.client.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShownTest {
    private static final String GRIN = "\ud83d\ude00";

    @Test
    void controlCharactersAreShownByTheirNumbers() {
        assertThat(Shown.plain("a\u001b[2J" + GRIN + "\u007f")).isEqualTo("a\\x1b[2J" + GRIN + "\\x7f");
    }

    @Test
    void aLongTextIsNotCutWithinACharacter() {
        String text = "x".repeat(119) + GRIN.repeat(10);
        assertThat(Shown.plain(text)).isEqualTo("x".repeat(119) + GRIN + "… (139 characters)");
    }
}

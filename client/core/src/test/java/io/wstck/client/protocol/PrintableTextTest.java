package io.wstck.client.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTextTest {
    private static final String GRIN = "\ud83d\ude00";

    @Test
    void controlCharactersAreEscaped() {
        assertThat(PrintableText.plain("a\u001b[2J" + GRIN + "\u007f")).isEqualTo("a\\x1b[2J" + GRIN + "\\x7f");
    }

    @Test
    void aLongTextIsNotCutWithinACharacter() {
        String text = "x".repeat(119) + GRIN.repeat(10);
        assertThat(PrintableText.plain(text)).isEqualTo("x".repeat(119) + GRIN + "… (139 characters)");
    }
}

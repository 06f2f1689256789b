package io.wstck.server.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

class ExcerptTest {
    private static final String GRIN = "\ud83d\ude00";
    private static final List<BiFunction<String, Integer, String>> FORMS =
            List.of(Excerpt::of, Excerpt::withEllipsis, Excerpt::withLength, Excerpt::withRest);

    @Test
    void aTextWithinTheLimitIsLeftAlone() {
        for (BiFunction<String, Integer, String> form : FORMS) {
            assertThat(form.apply("", 0)).isEmpty();
            assertThat(form.apply("abc", 3)).isEqualTo("abc");
            assertThat(form.apply(GRIN, 2)).isEqualTo(GRIN);
        }
    }

    @Test
    void aLongTextSaysHowLongItIs() {
        assertThat(Excerpt.of("abcd", 3)).isEqualTo("abc");
        assertThat(Excerpt.withEllipsis("abcd", 3)).isEqualTo("abc…");
        assertThat(Excerpt.withLength("abcd", 3)).isEqualTo("abc… (4 characters)");
        assertThat(Excerpt.withRest("abcd", 3)).isEqualTo("abc… (1 more)");
        assertThat(Excerpt.withRest("ab" + GRIN, 3)).isEqualTo("ab… (2 more)");
    }

    @Test
    void noLimitSplitsACharacter() {
        String text = "a" + GRIN + GRIN + "b" + GRIN;
        for (BiFunction<String, Integer, String> form : FORMS) {
            for (int limit = 0; limit <= text.length(); limit++) {
                String cut = form.apply(text, limit);
                // Half of a character becomes a question mark.
                assertThat(new String(cut.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                        .isEqualTo(cut);
                assertThat(Excerpt.of(text, limit)).hasSizeLessThanOrEqualTo(limit);
            }
        }
    }

    @Test
    void halfACharacterOfTheTextItselfIsKept() {
        assertThat(Excerpt.of("\ud83dab", 1)).isEqualTo("\ud83d");
    }
}

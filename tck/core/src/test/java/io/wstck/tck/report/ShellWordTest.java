package io.wstck.tck.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests quoted words by reading them with a shell. */
class ShellWordTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "./wstck",
                "",
                "a b",
                "it's $HOME `x` \"y\" \\n",
                "two\nlines\tand 100% of \\033 'quoted'",
                "left\u202eright",
                "bell\u0007é\nü"
            })
    void aShellReadsTheOriginalWordFromAnEscapedLine(String word) throws Exception {
        String line = "printf %s " + EscapedText.line(ShellWord.quote(word));

        Process shell = new ProcessBuilder("sh", "-c", line).start();

        assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo(word);
        assertThat(shell.waitFor()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"./wstck", "known.yaml", "a@b:1,2"})
    void aPlainWordIsNotQuoted(String word) {
        assertThat(ShellWord.quote(word)).isEqualTo(word);
    }
}

package io.wstck.tck.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.wstck.tck.cases.CaseCatalogue;
import io.wstck.tck.cases.CaseFile;
import io.wstck.tck.cases.CaseFileException;
import io.wstck.tck.catalogue.ClauseCatalogue;
import io.wstck.tck.examples.ProjectFiles;
import io.wstck.tck.implementation.SafeText;
import io.wstck.tck.implementation.agent.OutputExcerpt;
import io.wstck.tck.judge.Judge;
import io.wstck.tck.known.KnownFile;
import io.wstck.tck.known.KnownFileException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The kit cuts every long text of others, and never within a character. */
class LongTextTest {
    private static final String GRIN = "\ud83d\ude00";
    private static final List<Path> SOURCES = List.of(Path.of("../../tck"), Path.of("../../reference-server"));

    /** A cut text with an ellipsis. */
    private static final Pattern CUT_BY_HAND = Pattern.compile("\\.substring\\(0, [^;]*\"…");

    @TempDir
    private Path folder;

    @Test
    void noTextIsCutWithinACharacter() {
        Map<String, UnaryOperator<String>> cuts = Map.of(
                "a reason of an adapter", SafeText::bounded,
                "an exception of a client", text -> SafeText.of(new IllegalStateException(text)),
                "the last words of an agent", LongTextTest::lastWords,
                "a signature", text -> Judge.died(text).signature(),
                "a case file", LongTextTest::caseFile,
                "a known list", this::knownFile);

        cuts.forEach((name, cut) -> {
            // For one of the two prefixes the limit is within a surrogate pair.
            for (String before : List.of("", "x")) {
                String text = before + GRIN.repeat(5000);
                assertThat(cut.apply(text)).as(name).hasSizeLessThan(text.length());
                assertThat(encoded(cut.apply(text))).as(name).isEqualTo(cut.apply(text));
            }
        });
    }

    /** An unpaired surrogate becomes a question mark. */
    private static String encoded(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    private static String lastWords(String text) {
        OutputExcerpt lines = OutputExcerpt.none();
        lines.take(text + "\n");
        return lines.get().getLast();
    }

    private static String caseFile(String text) {
        return catchThrowableOfType(
                        CaseFileException.class,
                        () -> CaseCatalogue.load(
                                ClauseCatalogue.load(), List.of(CaseFile.of("long.lua", "case \"" + text + "\" { }"))))
                .getMessage();
    }

    private String knownFile(String text) {
        Path file = folder.resolve("known.yaml");
        try {
            Files.writeString(file, "- pattern: a\n  passes: " + text + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return catchThrowableOfType(KnownFileException.class, () -> KnownFile.read(file, "known.yaml"))
                .getMessage();
    }

    @Test
    void oneClassCutsAllTexts() throws IOException {
        for (Path sources : SOURCES) {
            for (Path file : ProjectFiles.below(sources, ".java")) {
                if (file.toString().contains("src/main/java")) {
                    assertThat(CUT_BY_HAND.matcher(Files.readString(file)).find())
                            .as(file + ": expected a call of Excerpt where a text is cut")
                            .isFalse();
                }
            }
        }
    }
}

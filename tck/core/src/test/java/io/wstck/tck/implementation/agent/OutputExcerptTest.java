package io.wstck.tck.implementation.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tests which lines of a long output are kept. */
class OutputExcerptTest {
    @Test
    void theFirstFiveAndTheLastTenLinesAreKept() {
        assertThat(printed(100))
                .containsExactly(
                        "line 1",
                        "line 2",
                        "line 3",
                        "line 4",
                        "line 5",
                        "… 85 lines left out here …",
                        "line 91",
                        "line 92",
                        "line 93",
                        "line 94",
                        "line 95",
                        "line 96",
                        "line 97",
                        "line 98",
                        "line 99",
                        "line 100");
    }

    @Test
    void upToFifteenLinesAreKeptWhole() {
        assertThat(printed(15)).hasSize(15).endsWith("line 15");
        assertThat(printed(16)).hasSize(16).contains("… 1 line left out here …").doesNotContain("line 6");
    }

    private static List<String> printed(int count) {
        OutputExcerpt lines = OutputExcerpt.none();
        lines.take(IntStream.rangeClosed(1, count)
                .mapToObj(number -> "line " + number + "\n")
                .collect(Collectors.joining()));
        return lines.get();
    }
}

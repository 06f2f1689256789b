package io.wstck.tck.autobahn;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.server.wire.EndpointRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Outcomes that pass as NON-STRICT or INFORMATIONAL: each has the text that leaves it open. */
class NonStrictTest {
    private static final Path PAGE = Path.of("../../docs/servers.md");

    private static final Pattern TEXT = Pattern.compile("(?s).*(RFC \\d+|[Nn]o text).*");

    private static final List<AutobahnCase> ALL =
            AutobahnCorpus.of(EndpointRole.SERVER).all();

    private static Stream<PermittedOutcome> open(AutobahnCase testCase) {
        return testCase.rules().permitted().stream().filter(outcome -> outcome.verdict() != AutobahnVerdict.OK);
    }

    @Test
    void eachOpenOutcomeNamesTheTextThatLeavesItOpen() {
        assertThat(ALL.stream().flatMap(NonStrictTest::open))
                .hasSizeGreaterThan(100)
                .allSatisfy(outcome -> assertThat(outcome.why()).matches(TEXT));
    }

    @Test
    void thePageListsEachCaseOfSection14ThatMayBeNonStrict() throws IOException {
        Set<String> listed = Files.readAllLines(PAGE).stream()
                .filter(line -> line.matches("\\| 14\\.\\d+\\.\\d.*"))
                .flatMap(line -> Stream.of(line.split("\\|")[1].strip().split(", ")))
                .flatMap(NonStrictTest::ids)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(listed)
                .isEqualTo(ALL.stream()
                        .filter(one -> one.id().isBeyond())
                        .filter(one -> open(one).anyMatch(outcome -> outcome.verdict() == AutobahnVerdict.NON_STRICT))
                        .map(one -> one.id().toString())
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    /** The ids of {@code 14.3.2-4}. */
    private static Stream<String> ids(String range) {
        int last = range.lastIndexOf('.') + 1;
        String[] ends = range.substring(last).split("-");
        return IntStream.rangeClosed(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]))
                .mapToObj(number -> range.substring(0, last) + number);
    }
}

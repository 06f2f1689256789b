package io.wstck.tck.autobahn;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.server.wire.EndpointRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Outcomes that pass as NON-STRICT or INFORMATIONAL: each has the text that leaves it open. */
class NonStrictTest {
    private static final Path PAGE = Path.of("../../docs/servers.md");

    /** A row of the table of NON-STRICT cases. */
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (14\\.\\d+\\.\\d[^|]*)\\|");

    private static final Pattern RANGE = Pattern.compile("(14\\.\\d+\\.)(\\d+)(?:-(\\d+))?");

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
        Set<String> listed = ROW.matcher(Files.readString(PAGE))
                .results()
                .flatMap(row -> RANGE.matcher(row.group(1)).results())
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
    private static Stream<String> ids(MatchResult range) {
        int first = Integer.parseInt(range.group(2));
        int last = range.group(3) == null ? first : Integer.parseInt(range.group(3));
        return IntStream.rangeClosed(first, last).mapToObj(number -> range.group(1) + number);
    }
}

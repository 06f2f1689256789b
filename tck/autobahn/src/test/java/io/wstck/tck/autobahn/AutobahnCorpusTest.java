package io.wstck.tck.autobahn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wstck.server.wire.EndpointRole;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AutobahnCorpusTest {
    private static final AutobahnCorpus CORPUS = AutobahnCorpus.standard();
    private static final AutobahnCorpus SERVERS = AutobahnCorpus.of(EndpointRole.SERVER);

    @Test
    void everySectionHasItsCases() {
        Map<String, Long> sections = CORPUS.all().stream()
                .collect(Collectors.groupingBy(AutobahnCorpusTest::section, TreeMap::new, Collectors.counting()));
        Map<String, Long> expected = new TreeMap<>();
        for (String entry : List.of("""
                1.1=8 1.2=8 2=11 3=7 4.1=5 4.2=5 5=20 6.1=3 6.2=4 6.3=2 6.4=4 6.5=5 6.6=11 6.7=4 6.8=2 6.9=4 6.10=3
                6.11=5 6.12=8 6.13=5 6.14=10 6.15=1 6.16=3 6.17=5 6.18=5 6.19=5 6.20=7 6.21=8 6.22=34 6.23=7 7.1=6 7.3=6
                7.5=1 7.7=13 7.9=9 7.13=2 9.1=6 9.2=6 9.3=9 9.4=9 9.5=6 9.6=6 9.7=6 9.8=6 10.1=1 12.1=18 12.2=18 12.3=18
                12.4=18 12.5=18 13.1=18 13.2=18 13.3=18 13.4=18 13.5=18 13.6=18 13.7=18
                """.split("\\s+"))) {
            expected.put(entry.substring(0, entry.indexOf('=')), Long.valueOf(entry.substring(entry.indexOf('=') + 1)));
        }
        assertThat(sections).isEqualTo(expected);
        assertThat(CORPUS.all().stream().map(AutobahnCase::id)).hasSize(517).doesNotHaveDuplicates();
    }

    @Test
    void onlyServersHaveTheSectionBeyondTheOriginal() {
        assertThat(SERVERS.all()).hasSize(517 + 63);
        assertThat(SERVERS.all().subList(0, 517)).extracting(AutobahnCase::id).isEqualTo(ids(CORPUS));
        Map<String, Long> sections = SERVERS.select(List.of("14.*"), List.of()).stream()
                .collect(Collectors.groupingBy(AutobahnCorpusTest::section, Collectors.counting()));
        assertThat(sections)
                .isEqualTo(Map.of("14.1", 16L, "14.2", 12L, "14.3", 4L, "14.4", 15L, "14.5", 5L, "14.6", 11L));
    }

    /** A verdict blames a server only for what a text says. */
    @Test
    void eachCaseBeyondTheOriginalNamesItsText() {
        assertThat(SERVERS.select(List.of("14.*"), List.of()))
                .allSatisfy(testCase -> assertThat(testCase.expectation()).containsPattern("RFC [0-9]{4} §[0-9]"));
    }

    @ParameterizedTest
    @CsvSource({"*, 517", "1*, 233", "14.*, 63", "14.1.*, 16", "14, 0"})
    void onlyAPatternThatNamesTheSectionAsksForItsCases(String pattern, int count) {
        assertThat(SERVERS.select(List.of(pattern), List.of()).size()).isEqualTo(count);
    }

    @Test
    void aPatternOfAnyFormExcludesCasesBeyondTheOriginal() {
        assertThat(SERVERS.select(List.of("*", "14.*"), List.of("*.1", "1.*")).stream()
                        .filter(testCase -> testCase.id().isBeyond()))
                .hasSize(57);
    }

    private static List<CaseId> ids(AutobahnCorpus corpus) {
        return corpus.all().stream().map(AutobahnCase::id).toList();
    }

    private static String section(AutobahnCase testCase) {
        List<Integer> numbers = testCase.id().numbers();
        return numbers.size() == 2 ? String.valueOf(numbers.get(0)) : numbers.get(0) + "." + numbers.get(1);
    }

    @Test
    void theCasesAreOrderedByNumber() {
        assertThat(CORPUS.all())
                .extracting(AutobahnCase::id)
                .isSorted()
                .containsSubsequence(CaseId.parse("2.9"), CaseId.parse("2.10"), CaseId.parse("6.9.1"));
    }

    @ParameterizedTest
    @CsvSource({
        "*, 517",
        "1.*, 16",
        "1, 0",
        "9.*, 54",
        "6.2, 0",
        "6.2*, 60",
        "2.1, 1",
        "12.1.1, 1",
        "8, 0",
        "13.7.*, 18"
    })
    void aPatternWithStarsSelectsCasesAndOneWithoutIsAnId(String pattern, int count) {
        assertThat(CORPUS.select(List.of(pattern), List.of()).size()).isEqualTo(count);
    }

    @Test
    void excludedCasesAreLeftOut() {
        assertThat(CORPUS.select(List.of("*"), List.of("9.*", "12.*", "13.*")).size())
                .isEqualTo(247);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1.", "a", "1..1", "-1"})
    void anInvalidIdIsRefused(String text) {
        assertThatThrownBy(() -> CaseId.parse(text)).hasMessageContaining("expected numbers and dots");
    }

    @Test
    void noCaseCanBePassedWithoutAnEcho() {
        assertThat(SERVERS.all())
                .allSatisfy(testCase -> assertThat(testCase.rules().permitted()).allMatch(PermittedOutcome::hasEcho));
    }
}

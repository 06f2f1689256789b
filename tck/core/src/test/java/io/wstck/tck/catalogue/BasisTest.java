package io.wstck.tck.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.wstck.tck.cases.CaseCatalogue;
import io.wstck.tck.cases.CaseSource;
import io.wstck.tck.cases.TestCase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each RFC verdict is based on a text that binds the client, and the clause quotes it. */
class BasisTest {
    private static final Pattern SECTION =
            Pattern.compile("RFC \\d+ §\\d+(?:\\.\\d+)*|WHATWG (?:WebSockets|Fetch), [A-Z][A-Za-z ]+");

    /** The key words of RFC 2119 for obligations. A quote without one of them binds no client. */
    private static final Pattern OBLIGES = Pattern.compile("\\b(MUST|REQUIRED|SHALL)\\b");

    /**
     * The rules for a sender whose breach leaves bytes without a meaning. Each entry gives clients a duty, so a new one
     * needs a reason.
     */
    private static final Set<String> CLOSED_LIST = Set.of(
            "length-top-bit",
            "control-too-long",
            "control-fragmented",
            "orphan-continuation",
            "nested-data-frame",
            "close-payload-of-one-byte",
            "close-code-not-for-the-wire",
            "damaged-deflate-data",
            "frame-cut-by-end-of-tcp");

    private static List<Clause> clauses() {
        return List.copyOf(ClauseCatalogue.load().clauses());
    }

    @ParameterizedTest
    @MethodSource("clauses")
    void aClauseHasABasisExactlyIfItOrOneOfItsCasesIsAtTheLevelRfc(Clause clause) {
        assertThat(clause.basis().isEmpty()).isEqualTo(!clause.allows(Level.RFC));
    }

    @ParameterizedTest
    @MethodSource("clauses")
    void everyBasisQuotesASectionThatTheSourceOfTheClauseNames(Clause clause) {
        assertThat(clause.basis()).allSatisfy(basis -> {
            assertThat(basis.section()).matches(SECTION);
            assertThat(sections(clause.source())).contains(basis.section());
            assertThat(basis.quote()).isNotBlank().hasSizeLessThan(500);
        });
    }

    @ParameterizedTest
    @MethodSource("clauses")
    void aClientMustIsQuotedWithItsKeyWord(Clause clause) {
        assertThat(clause.basis())
                .filteredOn(Basis.ClientMust.class::isInstance)
                .allSatisfy(basis -> assertThat(basis.quote()).containsPattern(OBLIGES));
    }

    @ParameterizedTest
    @MethodSource("clauses")
    void theWhatwgStandardBindsInItsProfileOnlyAndNothingDocumentedIsOfThatProfile(Clause clause) {
        boolean web = clause.profile().equals(Optional.of(Profile.WEB));

        assertThat(clause.basis())
                .allSatisfy(basis ->
                        assertThat(basis instanceof Basis.Whatwg && !web).isFalse());
        assertThat(web && clause.allows(Level.MUST)).isFalse();
    }

    @Test
    void theListOfMeaninglessBreachesIsClosedAndEachIsUsed() {
        Set<String> used = clauses().stream()
                .flatMap(clause -> clause.basis().stream())
                .flatMap(basis ->
                        basis instanceof Basis.MeaninglessBytes meaningless ? Stream.of(meaningless) : Stream.empty())
                .map(meaningless -> meaningless.breach().word())
                .collect(Collectors.toSet());

        assertThat(Stream.of(Basis.Breach.values()).map(Basis.Breach::word))
                .containsExactlyInAnyOrderElementsOf(CLOSED_LIST);
        assertThat(used).isEqualTo(CLOSED_LIST);
    }

    /** No basis requires a certain close code. The wire checks it as a should. */
    @Test
    void noStepOfAnRfcCaseDemandsACloseCode() throws Exception {
        List<TestCase> cases =
                CaseCatalogue.load(ClauseCatalogue.load(), CaseSource.shipped()).cases();

        assertThat(cases)
                .filteredOn(testCase -> testCase.level() == Level.RFC)
                .isNotEmpty()
                .allSatisfy(testCase -> assertThat(expectedCloses(testCase)).allSatisfy(close -> {
                    assertThat(close.has("code")).isFalse();
                    assertThat(close.has("codes")).isFalse();
                    assertThat(close.has("reason")).isFalse();
                    assertThat(close.has("empty")).isFalse();
                }));
    }

    private static List<JsonNode> expectedCloses(TestCase testCase) {
        List<JsonNode> closes = new ArrayList<>();
        for (JsonNode server :
                testCase.servers().map(servers -> (JsonNode) servers.json()).orElse(MissingNode.getInstance())) {
            server.path("frames").forEach(step -> {
                if (step.path("op").asText().equals("expect-close")) {
                    closes.add(step);
                }
            });
        }
        return closes;
    }

    /** Returns the sections that a source names, each with its RFC: {@code RFC 6455 §5.2, §5.4} names two. */
    private static List<String> sections(String source) {
        return Stream.of(source.split(";"))
                .flatMap(part -> {
                    Matcher rfc = Pattern.compile("RFC \\d+").matcher(part);
                    if (part.strip().startsWith("WHATWG ")) {
                        return Stream.of(part.strip());
                    }
                    return rfc.find()
                            ? Pattern.compile("§\\d+(?:\\.\\d+)*")
                                    .matcher(part)
                                    .results()
                                    .map(section -> rfc.group() + " " + section.group())
                            : Stream.empty();
                })
                .toList();
    }
}

package io.wstck.tck.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.tck.cases.CaseCatalogue;
import io.wstck.tck.cases.CaseSource;
import io.wstck.tck.cases.TestCase;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The shipped clauses and cases fit together. */
class CoverageTest {
    /** Clauses that may still be without a case. */
    private static final Pattern OPEN =
            Pattern.compile("connect\\.tls-verifies|options\\.(?!headers|protocols).*|rfc7692\\..*");

    private static ClauseCatalogue catalogue;
    private static List<TestCase> cases;

    @BeforeAll
    static void load() throws Exception {
        catalogue = ClauseCatalogue.load();
        cases = CaseCatalogue.load(catalogue, CaseSource.shipped()).cases();
    }

    @Test
    void everyCaseTestsAClauseOfTheCatalogueAtALevelThatTheClauseHas() {
        assertThat(cases).hasSizeGreaterThan(600).allSatisfy(testCase -> {
            assertThat(catalogue.clause(testCase.clause().id())).contains(testCase.clause());
            assertThat(testCase.clause().allows(testCase.level()))
                    .as(testCase.id())
                    .isTrue();
        });
    }

    @Test
    void everyBindingClauseHasACaseOrAReasonWhyNot() {
        Set<String> tested =
                cases.stream().map(testCase -> testCase.clause().id()).collect(Collectors.toSet());
        List<String> untested = catalogue.clauses().stream()
                .filter(clause -> clause.level().binding())
                .filter(clause -> clause.untestable().isEmpty())
                .filter(clause -> !OPEN.matcher(clause.id()).matches())
                .map(Clause::id)
                .filter(id -> !tested.contains(id))
                .toList();

        assertThat(untested).isEmpty();
    }

    @Test
    void everyClauseHasAStatementAndASource() {
        assertThat(catalogue.clauses()).isNotEmpty().allSatisfy(clause -> {
            assertThat(clause.statement()).as(clause.id()).isNotBlank();
            assertThat(clause.source()).as(clause.id()).isNotBlank();
            assertThat(clause.accepts()).as(clause.id()).allSatisfy(accepted -> {
                assertThat(accepted.outcome()).isNotBlank();
                assertThat(accepted.reason()).isNotBlank();
            });
        });
    }

    /** The list of causes describes what the client does, so a clause needs a sentence about its breach. */
    @Test
    void everyClauseThatAClientCanBreakDescribesTheBreach() {
        assertThat(catalogue.clauses())
                .filteredOn(clause -> clause.level() != Level.MAY)
                .allSatisfy(clause -> assertThat(clause.breach().orElse(""))
                        .as(clause.id())
                        .isNotBlank()
                        .isNotEqualTo(clause.statement()));
    }
}

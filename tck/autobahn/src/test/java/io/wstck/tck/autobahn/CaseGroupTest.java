package io.wstck.tck.autobahn;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.server.wire.EndpointRole;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The groups of cases, and the sections of the RFCs that bind in them. */
class CaseGroupTest {
    private static final List<AutobahnCase> ALL =
            AutobahnCorpus.of(EndpointRole.SERVER).all();

    @Test
    void eachCaseIsInAGroupAndEachGroupHasCases() {
        Set<CaseGroup> used = ALL.stream().map(one -> CaseGroup.of(one.id())).collect(Collectors.toSet());

        assertThat(used).isEqualTo(EnumSet.allOf(CaseGroup.class));
    }

    @Test
    void theNumberOfAGroupIsTheBeginningOfItsCases() {
        assertThat(CaseGroup.of(CaseId.parse("7.13.1"))).isEqualTo(CaseGroup.UNDEFINED_CODES);
        assertThat(CaseGroup.of(CaseId.parse("7.1.3"))).isEqualTo(CaseGroup.CLOSING);
        assertThat(CaseGroup.of(CaseId.parse("6.4.1"))).isEqualTo(CaseGroup.EARLY_UTF8);
        assertThat(CaseGroup.of(CaseId.parse("6.14.1"))).isEqualTo(CaseGroup.UTF8);
        assertThat(CaseGroup.of(CaseId.parse("10.1.1"))).isEqualTo(CaseGroup.FRAMES_BY_SIZE);
        assertThat(CaseGroup.of(CaseId.parse("9.4.2"))).isEqualTo(CaseGroup.LARGE_FRAGMENTS);
    }

    @Test
    void eachGroupNamesSectionsOfAnRfc() {
        assertThat(CaseGroup.values())
                .allSatisfy(group -> assertThat(group.sources()).matches("RFC \\d+ §.*"));
    }
}

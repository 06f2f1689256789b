package io.wstck.tck.autobahn;

import io.wstck.server.wire.EndpointRole;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All Autobahn cases, ordered by number. Immutable; any thread. */
public final class AutobahnCorpus {
    private final List<AutobahnCase> cases;

    private AutobahnCorpus(EndpointRole peer, List<AutobahnCase> cases) {
        this.cases = cases.stream()
                .sorted(Comparator.comparing(AutobahnCase::id))
                .map(testCase -> testCase.toldFor(peer))
                .toList();
    }

    /** The 517 cases of release 25.10.1, in words about clients. */
    public static AutobahnCorpus standard() {
        return of(EndpointRole.CLIENT);
    }

    /**
     * The 517 cases of release 25.10.1, and for servers those of section 14, which goes beyond it. Fast, because
     * payloads are generated when a case is first played. A case of the 517 is the same for both roles. Only the words
     * differ.
     *
     * @param peer the role of the side that is judged
     */
    public static AutobahnCorpus of(EndpointRole peer) {
        return new AutobahnCorpus(
                peer,
                Stream.of(
                                FramingCases.all(),
                                PingCases.all(),
                                ReservedCases.all(),
                                FragmentCases.all(),
                                Utf8Cases.all(),
                                Utf8ValidityCases.all(),
                                ClosingCases.all(),
                                LimitCases.all(),
                                new CompressionCases().all(),
                                peer == EndpointRole.SERVER ? beyondCases() : List.<AutobahnCase>of())
                        .flatMap(List::stream)
                        .toList());
    }

    /** Section 14, which goes beyond the original: cases that only a client can ask of a server. */
    private static List<AutobahnCase> beyondCases() {
        return Stream.of(
                        RefusalCases.all(),
                        ToleranceCases.all(),
                        SubprotocolCases.all(),
                        OfferCases.all(),
                        MaskingCases.all(),
                        EndingCases.all())
                .flatMap(List::stream)
                .toList();
    }

    /** All cases, ordered by number. */
    public List<AutobahnCase> all() {
        return cases;
    }

    /** The cases that one of {@code patterns} asks for and none of {@code exclude} matches, ordered by number. */
    public List<AutobahnCase> select(List<String> patterns, List<String> exclude) {
        return cases.stream()
                .filter(testCase -> patterns.stream().anyMatch(testCase.id()::isAskedBy))
                .filter(testCase -> exclude.stream().noneMatch(testCase.id()::matches))
                .toList();
    }

    /** The case with that number. */
    public Optional<AutobahnCase> find(CaseId id) {
        return cases.stream().filter(testCase -> testCase.id().equals(id)).findFirst();
    }
}

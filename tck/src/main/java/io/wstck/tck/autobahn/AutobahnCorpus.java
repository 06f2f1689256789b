package io.wstck.tck.autobahn;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All cases, by their numbers. Immutable; any thread. */
public final class AutobahnCorpus {
    private final List<AutobahnCase> cases;

    private AutobahnCorpus(List<AutobahnCase> cases) {
        this.cases =
                cases.stream().sorted(Comparator.comparing(AutobahnCase::id)).toList();
    }

    /** The 517 cases of release 25.10.1. Payloads are made when they are first played: this is fast. */
    public static AutobahnCorpus standard() {
        return new AutobahnCorpus(Stream.of(
                        FramingCases.all(),
                        PingCases.all(),
                        ReservedCases.all(),
                        FragmentCases.all(),
                        Utf8Cases.all(),
                        Utf8Table.all(),
                        ClosingCases.all(),
                        LimitCases.all(),
                        new CompressionCases().all())
                .flatMap(List::stream)
                .toList());
    }

    /** All of them, in the order of their numbers. */
    public List<AutobahnCase> all() {
        return cases;
    }

    /** Those that one of {@code patterns} selects and none of {@code exclude}, in the order of their numbers. */
    public List<AutobahnCase> select(List<String> patterns, List<String> exclude) {
        return cases.stream()
                .filter(one -> patterns.stream().anyMatch(one.id()::matches))
                .filter(one -> exclude.stream().noneMatch(one.id()::matches))
                .toList();
    }

    /** The case of that number. */
    public Optional<AutobahnCase> find(CaseId id) {
        return cases.stream().filter(one -> one.id().equals(id)).findFirst();
    }
}

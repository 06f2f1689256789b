package io.wstck.tck.autobahn;

import java.util.List;
import java.util.stream.Stream;

/** Section 14, which goes beyond the original: cases that only a client can ask of a server. */
final class BeyondCases {
    private BeyondCases() {}

    static List<AutobahnCase> all() {
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
}

package io.wstck.tck.fuzz;

import io.wstck.tck.known.KnownDeviations;
import io.wstck.tck.known.KnownFile;
import io.wstck.tck.known.KnownFileException;
import java.io.IOException;
import java.util.List;

/** A list of known deviations. Allowed outcomes are a valid list or a {@link KnownFileException}. */
final class KnownFileTarget implements FuzzTarget {
    /** Longer than any message should be. */
    private static final int MAX_SENTENCE = 1000;

    private final ScratchFile file = new ScratchFile(".yaml");

    @Override
    public void play(byte[] input) throws IOException {
        try {
            KnownDeviations known = KnownFile.read(file.holding(input), "known.yaml");
            var _ = known.lists("close.default-code");
            var _ = known.unexplained();
            known.requireCases(List.of("close.default-code", "ping.echo"));
        } catch (KnownFileException e) {
            MessageChecks.checkLength(e.getMessage(), MAX_SENTENCE);
        }
    }
}

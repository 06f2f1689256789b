package io.wstck.tck.cases;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.wstck.tck.catalogue.ClauseCatalogue;
import io.wstck.tck.fuzz.FuzzTarget;
import io.wstck.tck.fuzz.MessageChecks;
import java.time.Duration;
import java.util.List;

/** The Lua source of a case file. Allowed outcomes are its cases or a {@link CaseFileException}. */
public final class CaseFileTarget implements FuzzTarget {
    /** Longer than any message should be. */
    private static final int MAX_SENTENCE = 1000;

    /** Much shorter than the limit of users, because endless scripts must not slow down the fuzzer. */
    private static final Duration LIMIT = Duration.ofMillis(200);

    private final ClauseCatalogue catalogue = ClauseCatalogue.load();

    @Override
    public void play(byte[] input) {
        try {
            CaseFile file = CaseFile.of("fuzzed.lua", new String(input, UTF_8));
            var _ = CaseCatalogue.load(catalogue, List.of(file), LIMIT);
        } catch (CaseFileException e) {
            MessageChecks.checkLength(e.getMessage(), MAX_SENTENCE);
        }
    }
}

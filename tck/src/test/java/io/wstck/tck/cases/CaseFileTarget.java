package io.wstck.tck.cases;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.wstck.tck.catalogue.Catalogue;
import io.wstck.tck.fuzz.FuzzTarget;
import io.wstck.tck.fuzz.Sentences;
import java.time.Duration;
import java.util.List;

/** The Lua source of a case file. Allowed outcomes are its cases, and a {@link CaseFileException}. */
public final class CaseFileTarget implements FuzzTarget {
    /** Longer than what the sentences need. */
    private static final int MAX_SENTENCE = 1000;

    /** Far less than a user has: a source that runs for ever must not slow down the fuzzer. */
    private static final Duration LIMIT = Duration.ofMillis(200);

    private final Catalogue catalogue = Catalogue.load();

    @Override
    public void play(byte[] input) {
        try {
            CaseFile file = CaseFile.of("fuzzed.lua", new String(input, UTF_8));
            var _ = CaseCatalogue.load(catalogue, List.of(file), LIMIT);
        } catch (CaseFileException e) {
            Sentences.checkLength(e.getMessage(), MAX_SENTENCE);
        }
    }
}

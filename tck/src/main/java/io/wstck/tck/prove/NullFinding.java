package io.wstck.tck.prove;

import java.time.Duration;
import java.util.List;

/**
 * What the proof says of one null client.
 *
 * @param played how many cases with a server it was given
 * @param passed ids of those that it passed, in the order of the catalogue; there must be none
 */
public record NullFinding(NullClient client, int played, List<String> passed, Duration duration) {

    public NullFinding {
        passed = List.copyOf(passed);
    }
}

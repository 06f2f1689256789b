package io.wstck.tck.prove;

import java.util.List;

/**
 * The result of playing the cases with one null client.
 *
 * @param played the number of cases with a server that were played
 * @param passed ids of the cases that it passed, in the order of the catalogue; should be empty
 */
public record NullClientFinding(NullClient client, int played, List<String> passed) {

    public NullClientFinding {
        passed = List.copyOf(passed);
    }
}

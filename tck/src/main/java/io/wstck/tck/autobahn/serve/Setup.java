package io.wstck.tck.autobahn.serve;

import io.wstck.tck.autobahn.Strictness;
import io.wstck.tck.autobahn.report.OutDir;
import io.wstck.tck.autobahn.spec.Plan;
import java.util.List;

/**
 * What a server serves, and where its reports go.
 *
 * @param protocols subprotocols that are accepted where they are offered
 * @param name how the server calls itself in answers
 */
public record Setup(Plan plan, Strictness strictness, OutDir outDir, List<String> protocols, String name) {
    public Setup {
        protocols = List.copyOf(protocols);
    }
}

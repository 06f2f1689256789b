package io.wstck.tck.fuzz;

import io.wstck.tck.cases.CaseFileTarget;
import io.wstck.tck.implementation.agent.AgentLinesTarget;
import java.util.List;

/** All targets. The seed corpus has a folder for each, with the same name. */
final class FuzzTargets {
    /** In the order in which they are fuzzed. */
    static final List<NamedTarget> ALL = List.of(
            new NamedTarget("client-protocol", ClientProtocolTarget::new, 1024, "io.wstck.client.**"),
            new NamedTarget("server-wire", ServerWireTarget::new, 1024, "io.wstck.server.wire.**"),
            new NamedTarget(
                    "protocol-difference",
                    ProtocolDifferenceTarget::new,
                    1024,
                    "io.wstck.client.**:io.wstck.server.wire.**"),
            new NamedTarget("response-heads", ResponseHeadTarget::new, 1024, "io.wstck.client.**"),
            new NamedTarget("request-heads", RequestHeadTarget::new, 1024, "io.wstck.server.**"),
            new NamedTarget("scenarios", ScenarioTarget::new, 2048, "io.wstck.server.**"),
            new NamedTarget(
                    "agent-lines", AgentLinesTarget::new, 2048, "io.wstck.tck.**:com.fasterxml.jackson.core.**"),
            new NamedTarget("case-files", CaseFileTarget::new, 2048, "io.wstck.**:org.luaj.**"),
            new NamedTarget("known-files", KnownFileTarget::new, 2048, "io.wstck.tck.**:org.yaml.snakeyaml.**"),
            new NamedTarget("rules-files", RulesFileTarget::new, 2048, "io.wstck.tck.**:org.yaml.snakeyaml.**"),
            new NamedTarget("traces", TraceTarget::new, 2048, "io.wstck.server.**:io.wstck.tck.run.**"),
            new NamedTarget("events", EventsTarget::new, 4096, "io.wstck.tck.**"));

    private FuzzTargets() {}

    /**
     * Returns the target with this name.
     *
     * @throws IllegalArgumentException if there is none; the message lists all names
     */
    static NamedTarget named(String name) {
        return ALL.stream()
                .filter(target -> target.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "fuzz target: expected one of " + names() + ", got \"" + name + "\""));
    }

    static List<String> names() {
        return ALL.stream().map(NamedTarget::name).toList();
    }
}

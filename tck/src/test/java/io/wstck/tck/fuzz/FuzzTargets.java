package io.wstck.tck.fuzz;

import java.util.List;

/** All targets; each has a folder of its name with its kept inputs. */
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
            new NamedTarget("request-heads", RequestHeadTarget::new, 1024, "io.wstck.server.**"));

    private FuzzTargets() {}

    /** Returns the target of that name; an unknown one is refused with the list of all. */
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

package io.wstck.tck.prove;

import io.wstck.tck.catalogue.Capability;
import io.wstck.tck.implementation.HostProgram;
import io.wstck.tck.implementation.ImplementationSession;
import io.wstck.tck.implementation.ImplementationSession.Context;
import io.wstck.tck.implementation.PolicyRule;
import io.wstck.tck.prove.relay.Tampering;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** How a fault gets into a client that does not have it. Immutable; used by many sessions at once. */
public sealed interface Mechanism {

    /**
     * A wrapper around the module {@code websocket}.
     *
     * @param script Lua 5.1, the body of {@code function(module, client, kit)}: {@code module} is what scripts require, {@code client}
     *     holds its client's methods, whose {@code self.real} is the client behind it; see {@code proxy.lua} for {@code kit}
     */
    record LuaWrapper(String script) implements Mechanism {}

    /** A relay between the client and every server of the case that is reached without TLS. */
    record WireTampering(Supplier<Tampering> connections) implements Mechanism {}

    /** A host program that judges connects by other rules than it was told. */
    record OtherPolicy(UnaryOperator<List<PolicyRule>> rules) implements Mechanism {}

    /** A host program that sets the bundled client up wrongly. */
    record OtherHost(HostProgram program) implements Mechanism {}

    /** A client whose session in Java goes wrong, where neither a script nor a builder reaches: the session is wrapped. */
    record OtherSession(UnaryOperator<ImplementationSession> session) implements Mechanism {}

    /** A client that claims one more capability. */
    record Claim(Capability capability) implements Mechanism {}

    /** A host program that gets the execution context wrong. */
    record OtherContext(UnaryOperator<Context> context) implements Mechanism {}
}

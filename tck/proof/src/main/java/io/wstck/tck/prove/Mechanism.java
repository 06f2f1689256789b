package io.wstck.tck.prove;

import io.wstck.tck.catalogue.Capability;
import io.wstck.tck.implementation.ClientSetup;
import io.wstck.tck.implementation.ImplementationSession;
import io.wstck.tck.implementation.ImplementationSession.Context;
import io.wstck.tck.implementation.PolicyRule;
import io.wstck.tck.prove.relay.Tampering;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** A change that puts a fault into a correct client. Immutable, and shared by concurrent sessions. */
public sealed interface Mechanism {

    /**
     * A Lua wrapper around the module {@code websocket}.
     *
     * @param script the body of {@code function(module, client, kit)} in Lua 5.1. {@code module} is the module that
     * scripts require. {@code client} has the methods of client values; {@code self.real} is the real client value.
     * {@code proxy.lua} describes {@code kit}
     */
    record LuaWrapper(String script) implements Mechanism {}

    /** A relay between the client and each server of the case whose URL is {@code ws:} and names a port. */
    record WireTampering(Supplier<Tampering> connections) implements Mechanism {}

    /** A client whose connection policy has other rules than the case sets. */
    record ChangedPolicy(UnaryOperator<List<PolicyRule>> rules) implements Mechanism {}

    /** A bundled client whose host program sets it up wrongly. */
    record ChangedClientSetup(ClientSetup program) implements Mechanism {}

    /** A client whose session is wrapped in Java, for faults that scripts and the client setup cannot make. */
    record WrappedSession(UnaryOperator<ImplementationSession> session) implements Mechanism {}

    /** A client that claims one more capability. */
    record ClaimedCapability(Capability capability) implements Mechanism {}

    /** A client that gets a wrong execution context. */
    record ChangedContext(UnaryOperator<Context> context) implements Mechanism {}
}

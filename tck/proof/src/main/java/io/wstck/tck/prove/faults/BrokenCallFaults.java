package io.wstck.tck.prove.faults;

import static io.wstck.tck.prove.faults.FaultFactory.breaks;
import static io.wstck.tck.prove.faults.FaultFactory.connecting;
import static io.wstck.tck.prove.faults.FaultFactory.lua;

import io.wstck.lua.LuaModule;
import io.wstck.tck.implementation.ClientSetup;
import io.wstck.tck.implementation.ImplementationSession;
import io.wstck.tck.implementation.ParallelCall;
import io.wstck.tck.implementation.PolicyRule;
import io.wstck.tck.prove.Fault;
import io.wstck.tck.prove.Mechanism;
import io.wstck.tck.prove.UninterruptibleDelay;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.luaj.vm2.LuaValue;

/**
 * Faults whose calls never return, raise errors of the JVM, or interrupt their thread. They must not block the kit.
 * Stateless.
 */
final class BrokenCallFaults {
    private BrokenCallFaults() {}

    static List<Fault> all() {
        return List.of(
                lua(
                        "close.never-returns",
                        breaks("close.default", "close.code-and-reason"),
                        "close never returns, and no interrupt ends it",
                        "function client:close() kit.hang() end"),
                new Fault(
                        "close.client-never-closes",
                        breaks("close.default"),
                        "the calls work, but closing the client never returns",
                        List.of(new Mechanism.WrappedSession(UnclosableSession::new))),
                lua(
                        "send.loops-for-ever",
                        breaks("send.returns"),
                        "send never returns and keeps a processor busy",
                        "function client:send() while true do end end"),
                lua(
                        "send.raises-jvm-error",
                        breaks("send.returns"),
                        "send raises an error of the JVM",
                        "function client:send() kit.raise(\"the client cannot go on\") end"),
                lua(
                        "connect.interrupts-caller",
                        breaks("connect.returns"),
                        "connect interrupts the thread of its caller",
                        connecting("""
                                local made, err = connect(url, options)
                                kit.interrupt()
                                do return made, err end
                                """)),
                host(
                        "connect.client-raises-jvm-error",
                        "connect.returns",
                        "creating the client raises an error of the JVM",
                        (_, _) -> {
                            throw new AssertionError("the client cannot be made");
                        }),
                host(
                        "connect.good-authority-refused",
                        "connect.schemes",
                        "creating the client fails if an authority file is given",
                        (builder, trusted) -> {
                            if (trusted.isPresent()) {
                                throw new IllegalArgumentException("expected a trust file, got another");
                            }
                            return builder;
                        }));
    }

    private static Fault host(String id, String clause, String statement, ClientSetup program) {
        return new Fault(id, breaks(clause), statement, List.of(new Mechanism.ChangedClientSetup(program)));
    }

    /** A session that works, but whose close never returns. */
    private record UnclosableSession(ImplementationSession real) implements ImplementationSession {
        @Override
        public Map<String, URI> urls() {
            return real.urls();
        }

        @Override
        public LuaModule websocket() {
            return real.websocket();
        }

        @Override
        public List<Optional<String>> parallel(LuaValue client, List<ParallelCall> calls) throws InterruptedException {
            return real.parallel(client, calls);
        }

        @Override
        public void policy(List<PolicyRule> rules) {
            real.policy(rules);
        }

        @Override
        public void context(Context context) {
            real.context(context);
        }

        @Override
        public void close() {
            real.close();
            UninterruptibleDelay.run();
        }
    }
}

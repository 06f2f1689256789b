package io.wstck.tck.prove.kept;

import static io.wstck.tck.prove.kept.Faults.breaks;
import static io.wstck.tck.prove.kept.Faults.connecting;
import static io.wstck.tck.prove.kept.Faults.lua;

import io.wstck.lua.LuaModule;
import io.wstck.tck.implementation.HostProgram;
import io.wstck.tck.implementation.ImplementationSession;
import io.wstck.tck.implementation.ParallelCall;
import io.wstck.tck.implementation.PolicyRule;
import io.wstck.tck.prove.DeafWait;
import io.wstck.tck.prove.Fault;
import io.wstck.tck.prove.Mechanism;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.luaj.vm2.LuaValue;

/** Faults of clients whose calls do not come back as calls do, which must not hold up the kit. Stateless. */
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
                        "the calls are right, but the host program cannot close the client: that never returns",
                        List.of(new Mechanism.OtherSession(NeverClosed::new))),
                lua(
                        "send.loops-for-ever",
                        breaks("send.returns"),
                        "send never returns, and uses a processor meanwhile",
                        "function client:send() while true do end end"),
                lua(
                        "send.raises-jvm-error",
                        breaks("send.returns"),
                        "send raises an error of the JVM",
                        "function client:send() kit.raise(\"the client cannot go on\") end"),
                lua(
                        "connect.interrupts-caller",
                        breaks("connect.returns"),
                        "connect leaves the thread of its caller interrupted",
                        connecting("""
                                local made, err = connect(url, options)
                                kit.interrupt()
                                do return made, err end
                                """)),
                host(
                        "connect.client-raises-jvm-error",
                        "connect.returns",
                        "the client raises an error of the JVM when it is made",
                        (_, _) -> {
                            throw new AssertionError("the client cannot be made");
                        }),
                host(
                        "connect.good-authority-refused",
                        "connect.schemes",
                        "the client is not made when it is told what to trust",
                        (builder, trusted) -> {
                            if (trusted.isPresent()) {
                                throw new IllegalArgumentException("expected a trust file, got another");
                            }
                            return builder;
                        }));
    }

    private static Fault host(String id, String clause, String statement, HostProgram program) {
        return new Fault(id, breaks(clause), statement, List.of(new Mechanism.OtherHost(program)));
    }

    /** A session that nothing is wrong with but its end. */
    private record NeverClosed(ImplementationSession real) implements ImplementationSession {
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
            DeafWait.once();
        }
    }
}

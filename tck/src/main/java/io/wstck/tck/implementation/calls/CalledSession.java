package io.wstck.tck.implementation.calls;

import io.wstck.lua.LuaModule;
import io.wstck.tck.implementation.ClientBehaviour;
import io.wstck.tck.implementation.Hindrance;
import io.wstck.tck.implementation.HostedScripts;
import io.wstck.tck.implementation.ImplementationSession;
import io.wstck.tck.implementation.PolicyRule;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One case of a client that is called. */
public final class CalledSession implements ImplementationSession {
    private final Map<String, URI> urls;
    private final Optional<Path> trust;
    private final ClientCalls calls;
    private final Optional<HostedScripts> scripts;
    private final ClientBehaviour behaviour;
    private final FirstHindrance hindrance = new FirstHindrance();
    private Optional<List<PolicyRule>> policy = Optional.empty();
    private Context context = Context.PRESENT;

    /**
     * A session.
     *
     * @param trust the PEM file that connects are told to trust, if any
     * @param calls closed with this session
     * @param scripts who runs the scripts, if they do not run here
     * @param behaviour of the client, which decides the options that connects get
     */
    public CalledSession(
            Map<String, URI> urls,
            Optional<Path> trust,
            ClientCalls calls,
            Optional<HostedScripts> scripts,
            ClientBehaviour behaviour) {
        this.urls = Map.copyOf(urls);
        this.trust = trust;
        this.calls = calls;
        this.scripts = scripts;
        this.behaviour = behaviour;
    }

    @Override
    public Map<String, URI> urls() {
        return urls;
    }

    @Override
    public LuaModule websocket() {
        return new CalledModule(
                calls,
                (url, options) -> new ConnectCall(url, options.settable(behaviour), policy, context, trust),
                hindrance);
    }

    @Override
    public Optional<HostedScripts> hostedScripts() {
        return scripts;
    }

    @Override
    public void policy(List<PolicyRule> rules) {
        policy = Optional.of(List.copyOf(rules));
    }

    @Override
    public void context(Context value) {
        context = value;
    }

    @Override
    public Optional<Hindrance> hindrance(ScriptEnd end) {
        Optional<Hindrance> first = hindrance.get();
        if (first.isPresent()) {
            return first;
        }
        return switch (end) {
            case ENDED -> calls.hindrance();
            case OVERTIME -> calls.overtime();
        };
    }

    @Override
    public Duration transfer(long begin, long end) throws InterruptedException {
        return calls.transfer(begin, end);
    }

    @Override
    public List<Thread> left() {
        return calls.left();
    }

    @Override
    public void close() {
        hindrance.end();
        calls.close();
    }
}

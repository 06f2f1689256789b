package io.wstck.tck.implementation.calls;

import io.wstck.lua.LuaModule;
import io.wstck.tck.implementation.ClientBehaviour;
import io.wstck.tck.implementation.HostedScriptRunner;
import io.wstck.tck.implementation.ImplementationSession;
import io.wstck.tck.implementation.NotJudgedReason;
import io.wstck.tck.implementation.PolicyRule;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One case of a client whose calls the kit makes, in this JVM or through an agent. */
public final class CalledClientSession implements ImplementationSession {
    private final Map<String, URI> urls;
    private final Optional<Path> trust;
    private final ClientCalls calls;
    private final Optional<HostedScriptRunner> scripts;
    private final ClientBehaviour behaviour;
    private final FirstNotJudgedReason reason = new FirstNotJudgedReason();
    private Optional<List<PolicyRule>> policy = Optional.empty();
    private Context context = Context.PRESENT;

    /**
     * Creates a session.
     *
     * @param trust PEM file with the authority that connects must trust, if any
     * @param calls closed with this session
     * @param scripts runs the scripts in the client's own Lua, if it does
     * @param behaviour of the client; decides which options connects get
     */
    public CalledClientSession(
            Map<String, URI> urls,
            Optional<Path> trust,
            ClientCalls calls,
            Optional<HostedScriptRunner> scripts,
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
                reason);
    }

    @Override
    public Optional<HostedScriptRunner> hostedScripts() {
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
    public Optional<NotJudgedReason> notJudgedReason(ScriptEnd end) {
        Optional<NotJudgedReason> first = reason.get();
        if (first.isPresent()) {
            return first;
        }
        return switch (end) {
            case ENDED -> calls.notJudgedReason();
            case OVERTIME -> calls.overtime();
        };
    }

    @Override
    public Duration transferTime(long begin, long end) throws InterruptedException {
        return calls.transferTime(begin, end);
    }

    @Override
    public List<Thread> remainingThreads() {
        return calls.remainingThreads();
    }

    @Override
    public void close() {
        reason.end();
        calls.close();
    }
}

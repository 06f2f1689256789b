package io.wstck.tck.run;

import io.wstck.lua.LuaModule;
import io.wstck.tck.implementation.ImplementationSession;
import io.wstck.tck.implementation.PolicyRule;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** A session that reports when it is closed. */
record ObservedSession(ImplementationSession real, Runnable closed) implements ImplementationSession {
    @Override
    public Map<String, URI> urls() {
        return real.urls();
    }

    @Override
    public LuaModule websocket() {
        return real.websocket();
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
        closed.run();
        real.close();
    }
}

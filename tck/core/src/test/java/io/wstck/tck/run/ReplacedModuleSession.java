package io.wstck.tck.run;

import io.wstck.lua.LuaModule;
import io.wstck.tck.implementation.ImplementationSession;
import io.wstck.tck.implementation.PolicyRule;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** A session with another module {@code websocket}. */
record ReplacedModuleSession(ImplementationSession real, LuaModule websocket) implements ImplementationSession {
    @Override
    public Map<String, URI> urls() {
        return real.urls();
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
    }
}

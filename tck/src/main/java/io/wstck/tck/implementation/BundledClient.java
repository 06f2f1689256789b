package io.wstck.tck.implementation;

import io.wstck.client.WebSocketClient;
import io.wstck.client.lua.ExecutionContext;
import io.wstck.client.lua.WebSocketModule;
import io.wstck.client.security.Policy;
import io.wstck.lua.LuaModule;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The client of this project, judged in this JVM. */
public final class BundledClient implements Implementation {
    private static final Set<String> CAPABILITIES =
            Set.of("headers", "subprotocols", "ping", "policy", "error-kinds", "lua");

    private final String version;

    /**
     * @param version what the description says
     */
    public BundledClient(String version) {
        this.version = version;
    }

    @Override
    public Description description() {
        return new Description("wstck-client", version, "Java", CAPABILITIES);
    }

    @Override
    public ImplementationSession open(Map<String, URI> urls) {
        return new Session(urls);
    }

    @Override
    public void close() {
        // Each session closes its own clients.
    }
}

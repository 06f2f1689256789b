package io.wstck.tck.prove;

import io.wstck.lua.LuaModule;
import io.wstck.tck.implementation.Implementation;
import io.wstck.tck.implementation.ImplementationSession;
import io.wstck.tck.implementation.ParallelCall;
import io.wstck.tck.implementation.PolicyRule;
import io.wstck.tck.prove.relay.Relay;
import io.wstck.tck.prove.relay.Tampering;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/**
 * Puts a fault into a client's session for one case: changes its calls, policy, context or network traffic, and passes
 * everything else to the real session. Owns the relays and raw sockets of the fault.
 */
final class FaultySession implements ImplementationSession {
    private final ImplementationSession inner;
    private final List<Mechanism> mechanisms;
    private final List<Relay> relays;
    private final ConcurrentMap<String, String> memory;
    private final RawSockets sockets = new RawSockets();

    private FaultySession(
            ImplementationSession inner,
            List<Mechanism> mechanisms,
            List<Relay> relays,
            ConcurrentMap<String, String> memory) {
        this.inner = inner;
        this.memory = memory;
        this.mechanisms = mechanisms;
        this.relays = relays;
    }

    static FaultySession open(
            Implementation client,
            List<Mechanism> mechanisms,
            ConcurrentMap<String, String> memory,
            Map<String, URI> urls) {
        List<Relay> relays = new ArrayList<>();
        try {
            Map<String, URI> reachedUrls = urls;
            for (Mechanism mechanism : mechanisms) {
                if (mechanism instanceof Mechanism.WireTampering(Supplier<Tampering> connections)) {
                    reachedUrls = relayed(reachedUrls, connections, relays);
                }
            }
            return new FaultySession(wrapped(client.open(reachedUrls), mechanisms), mechanisms, relays, memory);
        } catch (RuntimeException e) {
            relays.forEach(Relay::close);
            throw e;
        }
    }

    private static ImplementationSession wrapped(ImplementationSession opened, List<Mechanism> mechanisms) {
        ImplementationSession session = opened;
        for (Mechanism mechanism : mechanisms) {
            if (mechanism instanceof Mechanism.WrappedSession(var other)) {
                session = other.apply(session);
            }
        }
        return session;
    }

    private static Map<String, URI> relayed(
            Map<String, URI> urls, Supplier<Tampering> connections, List<Relay> relays) {
        Map<String, URI> reachedUrls = new LinkedHashMap<>();
        urls.forEach((name, url) -> {
            // A relay cannot listen on the default port.
            if (url.getScheme().equals("ws") && url.getPort() > 0) {
                Relay relay = Relay.open(url, connections);
                relays.add(relay);
                reachedUrls.put(name, relay.url());
            } else {
                reachedUrls.put(name, url);
            }
        });
        return reachedUrls;
    }

    @Override
    public Map<String, URI> urls() {
        return inner.urls();
    }

    @Override
    public LuaModule websocket() {
        LuaModule module = inner.websocket();
        for (Mechanism mechanism : mechanisms.reversed()) {
            if (mechanism instanceof Mechanism.LuaWrapper wrapper) {
                module = new FaultyModule(module, wrapper, sockets, memory);
            }
        }
        return module;
    }

    /** The client value of a fault keeps the real one in {@code real}; see {@code proxy.lua}. */
    @Override
    public List<Optional<String>> parallel(LuaValue client, List<ParallelCall> calls) throws InterruptedException {
        LuaValue real = client;
        while (real instanceof LuaTable table) {
            real = table.get("real");
        }
        return inner.parallel(real, calls);
    }

    @Override
    public void policy(List<PolicyRule> rules) {
        List<PolicyRule> changed = rules;
        for (Mechanism mechanism : mechanisms) {
            if (mechanism instanceof Mechanism.ChangedPolicy(var other)) {
                changed = other.apply(changed);
            }
        }
        inner.policy(changed);
    }

    @Override
    public void context(Context context) {
        Context changed = context;
        for (Mechanism mechanism : mechanisms) {
            if (mechanism instanceof Mechanism.ChangedContext(var other)) {
                changed = other.apply(changed);
            }
        }
        inner.context(changed);
    }

    @Override
    public List<Thread> remainingThreads() {
        return inner.remainingThreads();
    }

    @Override
    public void close() {
        try (inner;
                sockets) {
            relays.forEach(Relay::close);
        } catch (IOException e) {
            throw new UncheckedIOException("a raw socket of a fault could not be closed", e);
        }
    }
}

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

/** One case played by a faulty client: owns the relays and raw sockets of its fault. */
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
            Map<String, URI> reached = urls;
            for (Mechanism mechanism : mechanisms) {
                if (mechanism instanceof Mechanism.WireTampering(Supplier<Tampering> connections)) {
                    reached = relayed(reached, connections, relays);
                }
            }
            return new FaultySession(changed(client.open(reached), mechanisms), mechanisms, relays, memory);
        } catch (RuntimeException e) {
            relays.forEach(Relay::close);
            throw e;
        }
    }

    private static ImplementationSession changed(ImplementationSession opened, List<Mechanism> mechanisms) {
        ImplementationSession session = opened;
        for (Mechanism mechanism : mechanisms) {
            if (mechanism instanceof Mechanism.OtherSession(var other)) {
                session = other.apply(session);
            }
        }
        return session;
    }

    private static Map<String, URI> relayed(
            Map<String, URI> urls, Supplier<Tampering> connections, List<Relay> relays) {
        Map<String, URI> reached = new LinkedHashMap<>();
        urls.forEach((name, url) -> {
            // Where the port is the default one, a relay would have another.
            if (url.getScheme().equals("ws") && url.getPort() > 0) {
                Relay relay = Relay.open(url, connections);
                relays.add(relay);
                reached.put(name, relay.url());
            } else {
                reached.put(name, url);
            }
        });
        return reached;
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
                module = new WrappedModule(module, wrapper, sockets, memory);
            }
        }
        return module;
    }

    /** The fault's client value has the one behind it in {@code real}; see {@code proxy.lua}. */
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
        List<PolicyRule> told = rules;
        for (Mechanism mechanism : mechanisms) {
            if (mechanism instanceof Mechanism.OtherPolicy(var other)) {
                told = other.apply(told);
            }
        }
        inner.policy(told);
    }

    @Override
    public void context(Context context) {
        Context told = context;
        for (Mechanism mechanism : mechanisms) {
            if (mechanism instanceof Mechanism.OtherContext(var other)) {
                told = other.apply(told);
            }
        }
        inner.context(told);
    }

    @Override
    public List<Thread> left() {
        return inner.left();
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

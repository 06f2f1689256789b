package io.wstck.tck.implementation;

import io.wstck.client.Connection;
import io.wstck.client.HostResolver;
import io.wstck.client.WebSocketClient;
import io.wstck.client.WebSocketException;
import io.wstck.client.lua.ExecutionContext;
import io.wstck.client.lua.WebSocketModule;
import io.wstck.client.security.Policy;
import io.wstck.client.security.Rule;
import io.wstck.lua.LuaModule;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.luaj.vm2.LuaValue;

/** The bundled client while it plays one case; policies are the host program's, so each gets a client of its own. */
final class BundledSession implements ImplementationSession {
    private final Map<String, URI> urls;
    /** The hosts of the servers that are names for this machine alone (RFC 6761 §6.2). */
    private final Set<String> names;

    private final Optional<Path> trusted;
    private final HostProgram program;
    private final List<WebSocketClient> clients = new CopyOnWriteArrayList<>();
    private Optional<ExecutionContext> execution;
    private Context context = Context.PRESENT;

    BundledSession(Map<String, URI> urls, Optional<Trust> trust, HostProgram program) {
        this.urls = Map.copyOf(urls);
        this.program = program;
        names = urls.values().stream()
                .map(URI::getHost)
                .filter(host -> host.endsWith(".test"))
                .collect(Collectors.toUnmodifiableSet());
        // The kit's authority comes into being when it is first asked for: most sessions have no server with TLS.
        boolean tls = urls.values().stream().anyMatch(url -> url.getScheme().equals("wss"));
        trusted = trust.filter(_ -> tls).map(Trust::file);
        execution = Optional.of(contextWith(Policy.allowAll()));
    }

    @Override
    public Map<String, URI> urls() {
        return urls;
    }

    @Override
    public LuaModule websocket() {
        return new WebSocketModule(() -> context == Context.PRESENT ? execution : Optional.empty());
    }

    @Override
    public List<Optional<String>> parallel(LuaValue client, List<ParallelCall> calls) throws InterruptedException {
        Connection connection = WebSocketModule.connection(client)
                .orElseThrow(() -> new IllegalArgumentException("expected a client of the module, got another value"));
        return ParallelCalls.run(calls.stream()
                .<Callable<Boolean>>map(call -> () -> {
                    make(connection, call);
                    return true;
                })
                .toList());
    }

    private static void make(Connection connection, ParallelCall call) throws WebSocketException {
        switch (call) {
            case ParallelCall.Send(int type, byte[] data) -> {
                if (type == 2) {
                    connection.sendBinary(data);
                } else {
                    connection.sendText(data);
                }
            }
            case ParallelCall.Ping() -> connection.ping();
            case ParallelCall.Close(OptionalInt code) -> {
                if (code.isPresent()) {
                    connection.close(code.getAsInt(), "");
                } else {
                    connection.close();
                }
            }
        }
    }

    @Override
    public void policy(List<PolicyRule> rules) {
        Policy policy = Policy.allowAll();
        for (PolicyRule rule : rules) {
            policy = policy.with(new Rule(
                    switch (rule.effect()) {
                        case ALLOW -> Rule.Effect.ALLOW;
                        case DENY -> Rule.Effect.DENY;
                    },
                    rule.action(),
                    rule.resource().orElse("*")));
        }
        execution = Optional.of(contextWith(policy));
    }

    @Override
    public void context(Context value) {
        context = value;
    }

    @Override
    public void close() {
        clients.forEach(WebSocketClient::close);
    }

    /** What the client throws when it is made is the client's failure, an error of the JVM too. */
    private WebSocketClient make(WebSocketClient.Builder builder) {
        try {
            trusted.ifPresent(builder::trustFile);
            return program.set(builder.resolver(this::resolve), trusted).build();
        } catch (RuntimeException | Error e) {
            throw new ClientNotMadeException(e);
        }
    }

    /** A server of the case can have a name that only its session knows. */
    private List<InetAddress> resolve(String host) throws UnknownHostException {
        return names.contains(host) ? List.of(InetAddress.getLoopbackAddress()) : HostResolver.SYSTEM.resolve(host);
    }

    private ExecutionContext contextWith(Policy policy) {
        WebSocketClient.Builder builder = WebSocketClient.builder().policy(policy);
        WebSocketClient client = make(builder);
        clients.add(client);
        return new ExecutionContext(client);
    }
}

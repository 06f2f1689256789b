package io.wstck.tck.implementation;

import io.wstck.client.Connection;
import io.wstck.client.HostResolver;
import io.wstck.client.WebSocketClient;
import io.wstck.client.WebSocketException;
import io.wstck.client.lua.ExecutionContext;
import io.wstck.client.lua.WebSocketModule;
import io.wstck.client.security.Policy;
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

/**
 * The bundled client's part of one case: supplies its module {@code websocket} to the script, and closes its clients.
 * The policy belongs to a client, so each new policy gets a new client.
 */
final class BundledClientSession implements ImplementationSession {
    private final Map<String, URI> urls;
    /**
     * Host names that end in {@code .test} (RFC 6761 §6.2). They exist only in this session and resolve to loopback.
     */
    private final Set<String> localNames;

    private final Optional<Path> authority;
    private final ClientSetup setup;
    private final List<WebSocketClient> clients = new CopyOnWriteArrayList<>();
    private Optional<ExecutionContext> execution;
    private Context context = Context.PRESENT;

    BundledClientSession(Map<String, URI> urls, Optional<AuthorityFile> trust, ClientSetup setup) {
        this.urls = Map.copyOf(urls);
        this.setup = setup;
        localNames = urls.values().stream()
                .map(URI::getHost)
                .filter(host -> host.endsWith(".test"))
                .collect(Collectors.toUnmodifiableSet());
        // The kit issues its authority on first use, and most sessions have no TLS server. So ask for it only if one
        // has.
        boolean tls = urls.values().stream().anyMatch(url -> url.getScheme().equals("wss"));
        authority = trust.filter(_ -> tls).map(AuthorityFile::file);
        execution = Optional.of(newContext(Policy.allowAll()));
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
                    perform(connection, call);
                    return true;
                })
                .toList());
    }

    private static void perform(Connection connection, ParallelCall call) throws WebSocketException {
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
        execution = Optional.of(newContext(ClientPolicies.with(Policy.allowAll(), rules)));
    }

    @Override
    public void context(Context value) {
        context = value;
    }

    @Override
    public void close() {
        clients.forEach(WebSocketClient::close);
    }

    /** Builds a client. Anything thrown here, including an {@link Error}, is a failure of the client. */
    private WebSocketClient buildClient(WebSocketClient.Builder builder) {
        try {
            authority.ifPresent(builder::trustFile);
            if (!localNames.isEmpty()) {
                // Only then: for a literal address, the default resolver needs no thread.
                builder.resolver(this::resolve);
            }
            return setup.configure(builder, authority).build();
        } catch (RuntimeException | Error e) {
            throw new ClientCreationException(e);
        }
    }

    /** Resolves the session's own names to loopback, and all other names through the system. */
    private List<InetAddress> resolve(String host) throws UnknownHostException {
        return localNames.contains(host)
                ? List.of(InetAddress.getLoopbackAddress())
                : HostResolver.SYSTEM.resolve(host);
    }

    private ExecutionContext newContext(Policy policy) {
        WebSocketClient.Builder builder = WebSocketClient.builder().policy(policy);
        WebSocketClient client = buildClient(builder);
        clients.add(client);
        return new ExecutionContext(client);
    }
}

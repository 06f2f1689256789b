package io.wstck.tck.implementation.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wstck.client.WebSocketClient;
import io.wstck.client.lua.ExecutionContext;
import io.wstck.client.lua.WebSocketModule;
import io.wstck.client.security.Policy;
import io.wstck.client.security.Rule;
import io.wstck.lua.LuaFailure;
import io.wstck.lua.LuaFunctions;
import io.wstck.lua.LuaScript;
import io.wstck.lua.LuaSession;
import io.wstck.lua.LuaStrings;
import io.wstck.lua.LuaSyntaxException;
import io.wstck.lua.host.LuaHost;
import io.wstck.lua.json.LuaJson;
import io.wstck.tck.implementation.PolicyRule;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/** Runs scripts inside an agent: the operation {@code script}, with the prelude that the kit sends. */
final class LuaScriptRunner implements AutoCloseable {
    /** The first session takes long to create; that counts as the script's time. */
    private final long startNanos = System.nanoTime();

    private final Optional<Path> trust;
    private final List<WebSocketClient> clients = new CopyOnWriteArrayList<>();
    private final LuaSession session;
    private volatile ExecutionContext context;
    private volatile boolean present = true;

    LuaScriptRunner(Optional<Path> trust) {
        this.trust = trust;
        context = context(Policy.allowAll());
        session = LuaHost.builder()
                .module(new WebSocketModule(() -> present ? Optional.of(context) : Optional.empty()))
                .output(System.err::println)
                .build()
                .open();
    }

    /**
     * Loads the classes that the first script would wait for, which takes seconds on a busy machine. Cases of tests
     * have short limits.
     */
    static void warmUp() {
        try (LuaScriptRunner runner = new LuaScriptRunner(Optional.empty())) {
            // No server listens at the port.
            var _ = runner.session.run(
                    LuaScript.compile("warm-up.lua", "require('websocket').connect('ws://127.0.0.1:1/')"));
        } catch (LuaSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The agent's behaviour at a script's time limit. */
    enum LimitBehaviour {
        /** The script goes on, and the kit gets no answer. */
        GOES_ON,
        /** The agent ends the script, and answers with its records and {@code overtime}. */
        ENDED,
        /** The agent ends the script, and answers with its records but without {@code overtime}. */
        ENDED_IN_SILENCE
    }

    /** Runs a script. Its resources stay open until {@link #close}, because their release is not tested. */
    JsonNode play(ObjectNode request, LimitBehaviour atLimit) {
        LuaTable results = new LuaTable();
        LuaTable host = new LuaTable();
        host.rawset(LuaStrings.of("results"), results);
        LuaFunctions.put(host, "clock", _ -> LuaValue.valueOf(System.nanoTime() / 1e6));
        LuaFunctions.put(host, "policy", arguments -> {
            context = context(policy(arguments.checktable(1)));
            return LuaValue.NONE;
        });
        LuaFunctions.put(host, "context", arguments -> {
            present = arguments.checkboolean(1);
            return LuaValue.NONE;
        });
        if (atLimit != LimitBehaviour.GOES_ON) {
            Duration limit =
                    Duration.ofMillis(request.path("host").path("limit_ms").asLong());
            Duration left = limit.minusNanos(System.nanoTime() - startNanos);
            CompletableFuture.delayedExecutor(left.toNanos(), TimeUnit.NANOSECONDS)
                    .execute(() -> session.stop("time is over"));
        }
        try {
            String agent = request.path("prelude").path("agent.lua").asText();
            LuaValue play =
                    session.run(LuaScript.compile("prelude/agent.lua", agent)).arg1();
            return LuaJson.fromLua(session.call(play, LuaValue.varargsOf(LuaJson.toLua(request), host))
                    .arg1());
        } catch (LuaFailure e) {
            if (e.kind() != LuaFailure.Kind.STOPPED) {
                throw new IllegalStateException(e.getMessage(), e);
            }
            if (atLimit == LimitBehaviour.ENDED) {
                results.rawset(LuaStrings.of("overtime"), LuaValue.TRUE);
            }
            return LuaJson.fromLua(results);
        } catch (LuaSyntaxException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        session.close();
        clients.forEach(WebSocketClient::close);
    }

    private static Policy policy(LuaTable rules) {
        Policy policy = Policy.allowAll();
        for (PolicyRule rule : FaultyAgent.rules(LuaJson.fromLua(rules))) {
            policy = policy.with(new Rule(
                    Rule.Effect.valueOf(rule.effect().name()),
                    rule.action(),
                    rule.resource().orElse("*")));
        }
        return policy;
    }

    private ExecutionContext context(Policy policy) {
        WebSocketClient.Builder builder = WebSocketClient.builder().policy(policy);
        trust.ifPresent(builder::trustFile);
        WebSocketClient client = builder.build();
        clients.add(client);
        return new ExecutionContext(client);
    }
}

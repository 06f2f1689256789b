package io.wstck.tck.run;

import io.wstck.lua.LuaFunctions;
import io.wstck.lua.LuaSession;
import io.wstck.lua.LuaStrings;
import io.wstck.server.ServerConfig;
import io.wstck.server.text.NearestNames;
import io.wstck.tck.cases.TestCase;
import io.wstck.tck.catalogue.Capability;
import io.wstck.tck.implementation.Description;
import io.wstck.tck.implementation.ImplementationSession;
import io.wstck.tck.implementation.ParallelCall;
import io.wstck.tck.implementation.ParallelCalls;
import io.wstck.tck.implementation.PolicyRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * Provides the functions and values behind the script's {@code t}: URLs, policy, context, a clock. For the thread that
 * runs the script. The caller closes it.
 */
final class ScriptBindings implements AutoCloseable {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final List<String> RULE_FIELDS = List.of("effect", "action", "resource");

    private final ImplementationSession implementation;
    private final Description description;
    private final ServerConfig serverConfig;
    private final List<Socket> reservedSockets = new ArrayList<>();

    /**
     * Creates the bindings of a session.
     *
     * @param serverConfig has the address at which the client reaches this machine
     */
    ScriptBindings(ImplementationSession implementation, Description description, ServerConfig serverConfig) {
        this.implementation = implementation;
        this.description = description;
        this.serverConfig = serverConfig;
    }

    LuaTable table(TestCase testCase, LuaSession lua, CheckRecorder recorder, String nonce) {
        LuaTable host = new LuaTable();
        recorder.install(host, testCase, lua);
        LuaTable urls = new LuaTable();
        implementation.urls().forEach((name, uri) -> urls.rawset(LuaStrings.of(name), LuaStrings.of(uri.toString())));
        host.rawset(LuaStrings.of("urls"), urls);
        host.rawset(LuaStrings.of("nonce"), LuaStrings.of(nonce));
        host.rawset(
                LuaStrings.of("made_up_errors"),
                LuaValue.valueOf(!description.capabilities().contains(Capability.ERROR_KINDS)));
        LuaFunctions.put(host, "policy", this::policy);
        LuaFunctions.put(host, "context", this::context);
        LuaFunctions.put(host, "refused_url", _ -> LuaStrings.of(refusedUrl()));
        LuaFunctions.put(host, "clock", _ -> LuaValue.valueOf(System.nanoTime() / NANOS_PER_MILLI));
        LuaFunctions.put(
                host,
                "parallel",
                arguments -> lua.blocking(() -> ParallelCalls.toLua(
                        implementation.parallel(arguments.arg1(), ParallelCall.listOf(arguments.arg(2))))));
        LuaFunctions.put(host, "transfer", arguments -> lua.blocking(() -> transfer(arguments)));
        return host;
    }

    /** Returns the transfer time within an interval of the clock, in milliseconds. */
    private LuaValue transfer(Varargs arguments) throws InterruptedException {
        Duration transfer = implementation.transferTime(
                Math.round(arguments.checkdouble(1) * NANOS_PER_MILLI),
                Math.round(arguments.checkdouble(2) * NANOS_PER_MILLI));
        return LuaValue.valueOf(transfer.toNanos() / NANOS_PER_MILLI);
    }

    private Varargs policy(Varargs arguments) {
        LuaTable list = arguments.checktable(1);
        List<PolicyRule> rules = new ArrayList<>();
        for (int index = 1; index <= list.length(); index++) {
            LuaTable rule = list.get(index).checktable();
            requireRuleFields(rule);
            rules.add(new PolicyRule(
                    effect(text(rule, "effect")),
                    text(rule, "action"),
                    rule.get("resource").isnil() ? Optional.empty() : Optional.of(text(rule, "resource"))));
        }
        implementation.policy(rules);
        return LuaValue.NONE;
    }

    private static void requireRuleFields(LuaTable rule) {
        for (Varargs entry = rule.next(LuaValue.NIL); !entry.isnil(1); entry = rule.next(entry.arg1())) {
            if (!(entry.arg1() instanceof LuaString name) || !RULE_FIELDS.contains(LuaStrings.text(name))) {
                throw new LuaError("policy: expected fields out of " + String.join(", ", RULE_FIELDS) + ", got "
                        + (entry.arg1() instanceof LuaString name
                                ? LuaStrings.text(name) + NearestNames.question(LuaStrings.text(name), RULE_FIELDS)
                                : "another"));
            }
        }
    }

    private static PolicyRule.Effect effect(String word) {
        return switch (word) {
            case "allow" -> PolicyRule.Effect.ALLOW;
            case "deny" -> PolicyRule.Effect.DENY;
            default -> throw new LuaError("policy: expected the effect allow or deny, got " + word);
        };
    }

    private Varargs context(Varargs arguments) {
        implementation.context(
                arguments.checkboolean(1)
                        ? ImplementationSession.Context.PRESENT
                        : ImplementationSession.Context.ABSENT);
        return LuaValue.NONE;
    }

    /**
     * Returns the URL of a port that refuses connections. The port is bound but does not listen, so no other program
     * can take it.
     */
    String refusedUrl() {
        try {
            Socket socket = new Socket();
            reservedSockets.add(socket);
            socket.bind(new InetSocketAddress(serverConfig.bind(), 0));
            return "ws://" + serverConfig.host() + ":" + socket.getLocalPort() + "/";
        } catch (IOException e) {
            throw new UncheckedIOException("cannot reserve a port that refuses connections", e);
        }
    }

    @Override
    public void close() {
        for (Socket socket : reservedSockets) {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException("cannot close a reserved port", e);
            }
        }
    }

    private static String text(LuaTable table, String field) {
        return LuaStrings.text(table.get(field).checkstring());
    }
}

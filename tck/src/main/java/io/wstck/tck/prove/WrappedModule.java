package io.wstck.tck.prove;

import io.wstck.lua.LuaArguments;
import io.wstck.lua.LuaFunctions;
import io.wstck.lua.LuaModule;
import io.wstck.lua.LuaScript;
import io.wstck.lua.LuaSession;
import io.wstck.lua.LuaStrings;
import io.wstck.lua.LuaSyntaxException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Predicate;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The module {@code websocket} behind a fault written in Lua. */
final class WrappedModule implements LuaModule {
    private static final String RESOURCE = "/io/wstck/tck/prove/proxy.lua";
    private static final LuaScript PROXY = proxy();

    private final LuaModule inner;
    private final LuaScript fault;
    private final RawSockets sockets;
    private final ConcurrentMap<String, String> memory;

    /**
     * @param memory shared by the sessions of a faulty client
     */
    WrappedModule(
            LuaModule inner, Mechanism.LuaWrapper wrapper, RawSockets sockets, ConcurrentMap<String, String> memory) {
        this.inner = inner;
        this.memory = memory;
        this.sockets = sockets;
        fault = compile("prove/fault.lua", "return function(module, client, kit) " + wrapper.script() + "\nend");
    }

    @Override
    public String name() {
        return inner.name();
    }

    /** Loaded with the session, so that a fault of the companions is there before the script asks for the module. */
    @Override
    public Visibility visibility() {
        return Visibility.GLOBAL_AND_REQUIRE;
    }

    @Override
    public LuaValue load(LuaSession session) {
        LuaTable kit = new LuaTable();
        offer(kit, "dial", sockets::dial);
        offer(kit, "handshake", sockets::handshake);
        offer(kit, "hold", sockets::hold);
        LuaFunctions.put(kit, "remember", this::remember);
        LuaFunctions.put(kit, "remembered", this::remembered);
        LuaFunctions.put(kit, "hang", _ -> hang());
        LuaFunctions.put(kit, "interrupt", _ -> interrupt());
        LuaFunctions.put(kit, "raise", WrappedModule::raise);
        LuaValue make = session.run(PROXY).arg1();
        LuaValue changes = session.run(fault).arg1();
        return session.call(make, LuaValue.varargsOf(inner.load(session), changes, kit))
                .arg1();
    }

    private static LuaValue hang() {
        DeafWait.once();
        return LuaValue.NIL;
    }

    private static LuaValue interrupt() {
        Thread.currentThread().interrupt();
        return LuaValue.NIL;
    }

    /** Raises an error of the JVM, which no {@code pcall} catches. */
    private static LuaValue raise(Varargs arguments) {
        throw new AssertionError(text(arguments, 1, "raise"));
    }

    /** Returns what was remembered before under the name, and keeps it then. */
    private LuaValue remember(Varargs arguments) {
        return value(Optional.ofNullable(
                memory.putIfAbsent(text(arguments, 1, "remember"), text(arguments, 2, "remember"))));
    }

    private LuaValue remembered(Varargs arguments) {
        return value(Optional.ofNullable(memory.get(text(arguments, 1, "remembered"))));
    }

    private static LuaValue value(Optional<String> text) {
        return text.<LuaValue>map(LuaStrings::of).orElse(LuaValue.NIL);
    }

    private static String text(Varargs arguments, int index, String function) {
        return LuaStrings.text(LuaArguments.string(arguments, index, function));
    }

    private static void offer(LuaTable kit, String name, Predicate<String> operation) {
        LuaFunctions.put(kit, name, arguments -> LuaValue.valueOf(operation.test(text(arguments, 1, name))));
    }

    private static LuaScript proxy() {
        try (InputStream in = WrappedModule.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("expected " + RESOURCE + " on the class path, found nothing");
            }
            return compile("prove/proxy.lua", new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + RESOURCE + ": " + e.getMessage(), e);
        }
    }

    private static LuaScript compile(String name, String source) {
        try {
            return LuaScript.compile(name, source);
        } catch (LuaSyntaxException e) {
            throw new IllegalStateException(name + " is no Lua: " + e.getMessage(), e);
        }
    }
}

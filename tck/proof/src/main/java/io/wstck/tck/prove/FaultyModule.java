package io.wstck.tck.prove;

import io.wstck.lua.LuaArguments;
import io.wstck.lua.LuaFunctions;
import io.wstck.lua.LuaModule;
import io.wstck.lua.LuaScript;
import io.wstck.lua.LuaSession;
import io.wstck.lua.LuaStrings;
import io.wstck.lua.LuaSyntaxException;
import io.wstck.server.text.ResourceText;
import java.util.Optional;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Predicate;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The module {@code websocket} with a fault that is written in Lua. */
final class FaultyModule implements LuaModule {
    private static final String RESOURCE = "/io/wstck/tck/prove/proxy.lua";
    private static final LuaScript PROXY = proxy();

    private final LuaModule inner;
    private final LuaScript fault;
    private final RawSockets sockets;
    private final ConcurrentMap<String, String> memory;

    /**
     * @param memory shared by all sessions of a faulty client
     */
    FaultyModule(
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

    /**
     * Loaded at the start of the session, because a fault may change the companion modules before the script requires
     * this one.
     */
    @Override
    public Visibility visibility() {
        return Visibility.GLOBAL_AND_REQUIRE;
    }

    @Override
    public LuaValue load(LuaSession session) {
        LuaTable kit = new LuaTable();
        putPredicate(kit, "dial", sockets::dial);
        putPredicate(kit, "handshake", sockets::handshake);
        putPredicate(kit, "hold", sockets::hold);
        LuaFunctions.put(kit, "remember", this::remember);
        LuaFunctions.put(kit, "remembered", this::remembered);
        LuaFunctions.put(kit, "hang", _ -> hang());
        LuaFunctions.put(kit, "interrupt", _ -> interrupt());
        LuaFunctions.put(kit, "raise", FaultyModule::raise);
        LuaValue make = session.run(PROXY).arg1();
        LuaValue changes = session.run(fault).arg1();
        return session.call(make, LuaValue.varargsOf(inner.load(session), changes, kit))
                .arg1();
    }

    private static LuaValue hang() {
        UninterruptibleDelay.run();
        return LuaValue.NIL;
    }

    private static LuaValue interrupt() {
        Thread.currentThread().interrupt();
        return LuaValue.NIL;
    }

    /** Raises an error of the JVM that {@code pcall} does not catch. */
    private static LuaValue raise(Varargs arguments) {
        throw new AssertionError(text(arguments, 1, "raise"));
    }

    /** Stores a text under a name unless one is stored already. Returns the text stored before, or nil. */
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

    private static void putPredicate(LuaTable kit, String name, Predicate<String> operation) {
        LuaFunctions.put(kit, name, arguments -> LuaValue.valueOf(operation.test(text(arguments, 1, name))));
    }

    private static LuaScript proxy() {
        return compile("prove/proxy.lua", ResourceText.read(FaultyModule.class, RESOURCE));
    }

    private static LuaScript compile(String name, String source) {
        try {
            return LuaScript.compile(name, source);
        } catch (LuaSyntaxException e) {
            throw new IllegalStateException(name + " is no Lua: " + e.getMessage(), e);
        }
    }
}

package io.wstck.lua.channel;

import static io.wstck.lua.LuaFunctions.put;

import io.wstck.lua.LuaArguments;
import io.wstck.lua.LuaModule;
import io.wstck.lua.LuaSession;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The Lua module {@code channel}: {@code channel.new(capacity)} and {@code channel.select{…}}. */
public final class ChannelModule implements LuaModule {
    private static final int MAX_CAPACITY = 1_000_000;

    @Override
    public String name() {
        return "channel";
    }

    @Override
    public Visibility visibility() {
        return Visibility.GLOBAL_AND_REQUIRE;
    }

    @Override
    public LuaValue load(LuaSession session) {
        LuaTable module = new LuaTable();
        ChannelSelect select = new ChannelSelect(session);
        put(module, "new", arguments -> create(session, arguments));
        put(module, "select", select::select);
        return module;
    }

    private static LuaValue create(LuaSession session, Varargs arguments) {
        int capacity = LuaArguments.integer(arguments, 1, "new", 0);
        if (capacity < 0 || capacity > MAX_CAPACITY) {
            throw LuaArguments.badArgument(1, "new", "capacity must be 0 to " + MAX_CAPACITY + ", got " + capacity);
        }
        return LuaChannels.of(session).create(capacity);
    }
}

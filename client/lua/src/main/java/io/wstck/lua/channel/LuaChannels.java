package io.wstck.lua.channel;

import static io.wstck.lua.LuaFunctions.put;

import com.softwaremill.jox.Channel;
import com.softwaremill.jox.Source;
import io.wstck.lua.LuaArguments;
import io.wstck.lua.LuaSession;
import io.wstck.lua.LuaStrings;
import java.util.IdentityHashMap;
import java.util.function.Function;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaUserdata;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * Makes the channel values of one session: new channels for scripts, and values for channels that Java code fills. A
 * Java channel always has the same Lua value. For the thread that runs the session.
 */
public final class LuaChannels {
    private final LuaSession session;
    private final LuaValue metatable;
    private final IdentityHashMap<Source<?>, LuaChannel> wrapped = new IdentityHashMap<>();

    private LuaChannels(LuaSession session) {
        this.session = session;
        metatable = metatable();
    }

    /**
     * Returns a channel that a script can receive from and select on, but not send to or close. The session keeps it
     * until the session ends.
     *
     * @param source a Jox channel, filled from any thread; after {@code done()} the script can still receive queued
     * values
     * @param toLua called on the script's thread with each value that the script receives
     */
    public static <T> LuaValue wrap(LuaSession session, Source<T> source, Function<T, LuaValue> toLua) {
        return wrap(session, source, toLua, ChannelFiller.NONE);
    }

    /** Returns a channel as the other {@code wrap} does, but one that is filled only on demand. */
    public static <T> LuaValue wrap(
            LuaSession session, Source<T> source, Function<T, LuaValue> toLua, ChannelFiller filler) {
        LuaChannels channels = of(session);
        return channels.wrapped.computeIfAbsent(
                source, absent -> LuaChannel.receiveOnly(channels.metatable, source, toLua, filler));
    }

    /**
     * Returns a channel as {@code wrap} does, but the session does not keep it; for example, for a timer. It must be
     * called at most once per source.
     */
    public static <T> LuaValue wrapOnce(LuaSession session, Source<T> source, Function<T, LuaValue> toLua) {
        return LuaChannel.receiveOnly(of(session).metatable, source, toLua, ChannelFiller.NONE);
    }

    static LuaChannels of(LuaSession session) {
        return session.attachment(LuaChannels.class, LuaChannels::new);
    }

    /** Makes a channel for a script; capacity 0 is a rendezvous. */
    LuaValue create(int capacity) {
        Channel<LuaValue> channel =
                capacity == 0 ? Channel.newRendezvousChannel() : Channel.newBufferedChannel(capacity);
        return LuaChannel.of(metatable, channel);
    }

    private LuaValue metatable() {
        LuaTable methods = new LuaTable();
        put(
                methods,
                "receive",
                arguments -> LuaChannel.self(arguments, "receive").receive(session));
        put(methods, "send", arguments -> LuaChannel.self(arguments, "send").send(session, arguments.arg(2)));
        put(methods, "close", arguments -> LuaChannel.self(arguments, "close").close());
        put(methods, "case_receive", LuaChannels::caseReceive);
        put(methods, "case_send", LuaChannels::caseSend);
        LuaTable table = new LuaTable();
        table.rawset(LuaValue.INDEX, methods);
        table.rawset(LuaStrings.of("__metatable"), LuaValue.FALSE);
        return table;
    }

    private static LuaValue caseReceive(Varargs arguments) {
        return new LuaUserdata(new ChannelCase.Receive(LuaChannel.self(arguments, "case_receive")));
    }

    private static LuaValue caseSend(Varargs arguments) {
        LuaValue value = LuaArguments.any(arguments, 2, "case_send");
        return new LuaUserdata(new ChannelCase.Send(LuaChannel.self(arguments, "case_send"), value));
    }
}

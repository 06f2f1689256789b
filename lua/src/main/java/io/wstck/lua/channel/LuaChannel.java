package io.wstck.lua.channel;

import com.softwaremill.jox.Channel;
import com.softwaremill.jox.ChannelClosed;
import com.softwaremill.jox.SelectClause;
import com.softwaremill.jox.Sink;
import com.softwaremill.jox.Source;
import io.wstck.lua.LuaArguments;
import io.wstck.lua.LuaSession;
import io.wstck.lua.errors.ErrorKind;
import io.wstck.lua.errors.LuaErrors;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaUserdata;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** A Jox channel as a Lua value: one of the script's own, or one that Java fills and the script only receives from. */
final class LuaChannel extends LuaUserdata {
    private final Source<Object> source;
    private final Optional<Sink<LuaValue>> sink;
    private final Function<Object, LuaValue> toLua;
    private final ChannelDemand demand;

    private LuaChannel(
            LuaValue metatable,
            Source<Object> source,
            Optional<Sink<LuaValue>> sink,
            Function<Object, LuaValue> toLua,
            ChannelDemand demand) {
        super(source, metatable);
        this.source = source;
        this.sink = sink;
        this.toLua = toLua;
        this.demand = demand;
    }

    @SuppressWarnings("unchecked") // What is taken out of the source goes nowhere but into toLua.
    static <T> LuaChannel receiveOnly(
            LuaValue metatable, Source<T> source, Function<T, LuaValue> toLua, ChannelDemand demand) {
        return new LuaChannel(
                metatable, (Source<Object>) source, Optional.empty(), value -> toLua.apply((T) value), demand);
    }

    @SuppressWarnings("unchecked") // A source of Lua values is a source of objects.
    static LuaChannel of(LuaValue metatable, Channel<LuaValue> channel) {
        Source<?> source = channel;
        return new LuaChannel(
                metatable,
                (Source<Object>) source,
                Optional.of(channel),
                value -> (LuaValue) value,
                ChannelDemand.NONE);
    }

    static LuaChannel self(Varargs arguments, String method) {
        if (arguments.arg1() instanceof LuaChannel channel) {
            return channel;
        }
        throw LuaArguments.expected(arguments, 1, method, "channel");
    }

    /** A value and true; nil and false when the channel is closed and drained. */
    Varargs receive(LuaSession session) {
        demand.wanted();
        Object received = session.blocking(source::receiveOrClosed);
        return received instanceof ChannelClosed ? varargsOf(NIL, FALSE) : varargsOf(toLua(received), TRUE);
    }

    /** True; false and an error when the channel is closed. */
    Varargs send(LuaSession session, LuaValue value) {
        Sink<LuaValue> target = writable();
        Object result = session.blocking(() -> target.sendOrClosed(value));
        return result instanceof ChannelClosed
                ? varargsOf(FALSE, LuaErrors.error(ErrorKind.INVALID, "the channel is closed", false))
                : TRUE;
    }

    /** Whether it was open before. What is in the channel can still be received. */
    LuaValue close() {
        return valueOf(!(writable().doneOrClosed() instanceof ChannelClosed));
    }

    /** What fills the channel, if it has to be asked. */
    ChannelDemand demand() {
        return demand;
    }

    SelectClause<ChannelCase.Taken> receiveClause(Function<Object, ChannelCase.Taken> taken) {
        return source.receiveClause(taken);
    }

    SelectClause<ChannelCase.Taken> sendClause(LuaValue value, Supplier<ChannelCase.Taken> taken) {
        return writable().sendClause(value, taken);
    }

    LuaValue toLua(Object received) {
        return toLua.apply(received);
    }

    boolean is(Channel<?> channel) {
        return source == channel;
    }

    @Override
    public String tojstring() {
        return "channel: 0x" + Integer.toHexString(System.identityHashCode(source));
    }

    private Sink<LuaValue> writable() {
        return sink.orElseThrow(() -> new LuaError("this channel can only be received from"));
    }
}

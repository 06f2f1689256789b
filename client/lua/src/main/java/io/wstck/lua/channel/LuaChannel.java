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

/** A Jox channel as a Lua value. The script has made it, or Java fills it and the script only receives from it. */
final class LuaChannel extends LuaUserdata {
    private final Source<Object> source;
    private final Optional<Sink<LuaValue>> sink;
    private final Function<Object, LuaValue> toLua;
    private final ChannelFiller filler;

    private LuaChannel(
            LuaValue metatable,
            Source<Object> source,
            Optional<Sink<LuaValue>> sink,
            Function<Object, LuaValue> toLua,
            ChannelFiller filler) {
        super(source, metatable);
        this.source = source;
        this.sink = sink;
        this.toLua = toLua;
        this.filler = filler;
    }

    @SuppressWarnings("unchecked") // Values of the source are only passed to toLua.
    static <T> LuaChannel receiveOnly(
            LuaValue metatable, Source<T> source, Function<T, LuaValue> toLua, ChannelFiller filler) {
        return new LuaChannel(
                metatable, (Source<Object>) source, Optional.empty(), value -> toLua.apply((T) value), filler);
    }

    @SuppressWarnings("unchecked") // A source of Lua values is a source of objects.
    static LuaChannel of(LuaValue metatable, Channel<LuaValue> channel) {
        Source<?> source = channel;
        return new LuaChannel(
                metatable,
                (Source<Object>) source,
                Optional.of(channel),
                value -> (LuaValue) value,
                ChannelFiller.NONE);
    }

    static LuaChannel self(Varargs arguments, String method) {
        if (arguments.arg1() instanceof LuaChannel channel) {
            return channel;
        }
        throw LuaArguments.typeError(arguments, 1, method, "channel");
    }

    /** Returns a value and true, or nil and false when the channel is closed and empty. */
    Varargs receive(LuaSession session) {
        filler.request();
        Object received = session.blocking(source::receiveOrClosed);
        return received instanceof ChannelClosed ? varargsOf(NIL, FALSE) : varargsOf(toLua(received), TRUE);
    }

    /** Returns true, or false and an error when the channel is closed. */
    Varargs send(LuaSession session, LuaValue value) {
        Sink<LuaValue> target = sinkOrError();
        Object result = session.blocking(() -> target.sendOrClosed(value));
        return result instanceof ChannelClosed
                ? varargsOf(FALSE, LuaErrors.error(ErrorKind.INVALID, "the channel is closed", false))
                : TRUE;
    }

    /** Closes the channel and returns whether it was open. Queued values can still be received. */
    LuaValue close() {
        return valueOf(!(sinkOrError().doneOrClosed() instanceof ChannelClosed));
    }

    /** Returns the filler of the channel. */
    ChannelFiller filler() {
        return filler;
    }

    SelectClause<ChannelCase.SelectedCase> receiveClause(Function<Object, ChannelCase.SelectedCase> toSelected) {
        return source.receiveClause(toSelected);
    }

    SelectClause<ChannelCase.SelectedCase> sendClause(LuaValue value, Supplier<ChannelCase.SelectedCase> toSelected) {
        return sinkOrError().sendClause(value, toSelected);
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

    private Sink<LuaValue> sinkOrError() {
        return sink.orElseThrow(() -> new LuaError("this channel can only be received from"));
    }
}

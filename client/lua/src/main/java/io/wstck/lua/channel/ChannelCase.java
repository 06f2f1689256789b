package io.wstck.lua.channel;

import com.softwaremill.jox.SelectClause;
import org.luaj.vm2.LuaValue;

/** One case of a {@code channel.select}. */
sealed interface ChannelCase {
    /** The case that the select has chosen, and the received value. For a send, {@code received} is the case itself. */
    record SelectedCase(ChannelCase channelCase, Object received) {}

    LuaChannel channel();

    /** Returns the filler that has to be asked before the case can become ready. */
    default ChannelFiller filler() {
        return ChannelFiller.NONE;
    }

    /** Returns the clause for Jox; its result is a {@link SelectedCase}. */
    SelectClause<SelectedCase> clause();

    /** Returns the value for the script. */
    LuaValue value(Object received);

    /** Ready when there is a value, or the channel is closed. */
    record Receive(LuaChannel channel) implements ChannelCase {
        @Override
        public ChannelFiller filler() {
            return channel.filler();
        }

        @Override
        public SelectClause<SelectedCase> clause() {
            return channel.receiveClause(value -> new SelectedCase(this, value));
        }

        @Override
        public LuaValue value(Object received) {
            return channel.toLua(received);
        }
    }

    /** Ready when there is room, or the channel is closed. */
    record Send(LuaChannel channel, LuaValue outgoing) implements ChannelCase {
        @Override
        public SelectClause<SelectedCase> clause() {
            return channel.sendClause(outgoing, () -> new SelectedCase(this, this));
        }

        @Override
        public LuaValue value(Object received) {
            return LuaValue.NIL;
        }
    }
}

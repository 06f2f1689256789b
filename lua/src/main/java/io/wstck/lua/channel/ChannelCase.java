package io.wstck.lua.channel;

import com.softwaremill.jox.SelectClause;
import org.luaj.vm2.LuaValue;

/** One case of a select. */
sealed interface ChannelCase {
    /** What a case that was taken gives: the case, and what it received (the case itself when it sent). */
    record Taken(ChannelCase which, Object received) {}

    LuaChannel channel();

    /** What has to be asked so that the case can become ready. */
    default ChannelDemand demand() {
        return ChannelDemand.NONE;
    }

    /** The clause for Jox; its result is a {@link Taken}. */
    SelectClause<Taken> clause();

    /** The value for the script. */
    LuaValue value(Object received);

    /** Ready when there is a value, or the channel is closed. */
    record Receive(LuaChannel channel) implements ChannelCase {
        @Override
        public ChannelDemand demand() {
            return channel.demand();
        }

        @Override
        public SelectClause<Taken> clause() {
            return channel.receiveClause(value -> new Taken(this, value));
        }

        @Override
        public LuaValue value(Object received) {
            return channel.toLua(received);
        }
    }

    /** Ready when there is room, or the channel is closed. */
    record Send(LuaChannel channel, LuaValue outgoing) implements ChannelCase {
        @Override
        public SelectClause<Taken> clause() {
            return channel.sendClause(outgoing, () -> new Taken(this, this));
        }

        @Override
        public LuaValue value(Object received) {
            return LuaValue.NIL;
        }
    }
}

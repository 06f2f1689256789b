package io.wstck.client.transport;

import com.softwaremill.jox.Channel;
import io.wstck.client.Connection;
import io.wstck.client.Message;

/** Where the reader of a connection puts the received messages. */
sealed interface MessageSink permits ChannelSink, HandlerSink {
    /**
     * Delivers one message, unless delivery has ended. Blocks while the program is not ready for it. Called by the
     * reader.
     */
    void deliver(Connection connection, Message message) throws InterruptedException;

    /** Ends the delivery, and releases a reader that waits for room. Any thread may call it, any number of times. */
    default void end() {
        channel().doneOrClosed();
    }

    /** Returns the channel for the program. It is done after {@link #end}. */
    Channel<Message> channel();

    /**
     * Begins no further call of the program, because TCP was dropped at the close timeout. Returns whether the reader
     * is in such a call, which the end of TCP does not stop. Any thread may call it; it does not block.
     */
    boolean abandon();
}

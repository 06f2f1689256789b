package io.wstck.client.transport;

import com.softwaremill.jox.Channel;
import io.wstck.client.Connection;
import io.wstck.client.Message;

/** Delivers messages through a bounded channel, from which any thread takes them. */
record ChannelSink(Channel<Message> channel) implements MessageSink {
    /** @param capacity the number of messages that wait for the program; then the reader waits */
    ChannelSink(int capacity) {
        this(Channel.newBufferedChannel(capacity));
    }

    @Override
    public void deliver(Connection connection, Message message) throws InterruptedException {
        // Waits while the channel is full; once the channel is done the message is dropped.
        channel.sendOrClosed(message);
    }

    @Override
    public boolean abandon() {
        return false;
    }
}

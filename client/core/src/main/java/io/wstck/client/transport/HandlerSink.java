package io.wstck.client.transport;

import com.softwaremill.jox.Channel;
import io.wstck.client.CloseCode;
import io.wstck.client.Connection;
import io.wstck.client.ConnectionState;
import io.wstck.client.Message;
import io.wstck.client.MessageHandler;
import io.wstck.client.WebSocketException;

/** Delivers messages by calling a handler of the program on the reader's thread. */
final class HandlerSink implements MessageSink {
    private final MessageHandler handler;
    /** Gets no message; its end tells the program that the connection has ended. */
    private final Channel<Message> channel = Channel.newRendezvousChannel();
    /** Set by the reader while it calls the handler. */
    private volatile boolean handling;

    private volatile boolean abandoned;

    HandlerSink(MessageHandler handler) {
        this.handler = handler;
    }

    @Override
    public void deliver(Connection connection, Message message) throws InterruptedException {
        // This sets one field and then reads the other, and abandon() does it the other way round. So one of the two
        // threads notices a call that begins at that moment.
        handling = true;
        try {
            if (!abandoned && connection.state() == ConnectionState.OPEN) {
                handler.onMessage(connection, message);
            }
        } catch (InterruptedException e) {
            throw e;
        } catch (Throwable e) {
            fail(connection, e);
        } finally {
            handling = false;
        }
    }

    /** Begins to close, so that no message is delivered after the one that failed, and reports the failure. */
    private static void fail(Connection connection, Throwable failure) {
        boolean ordinaryEnd = failure instanceof WebSocketException && connection.state() != ConnectionState.OPEN;
        try {
            connection.close(CloseCode.INTERNAL_ERROR.value(), "message handler failed");
        } catch (WebSocketException e) {
            failure.addSuppressed(e);
        }
        if (!ordinaryEnd) {
            Thread reader = Thread.currentThread();
            reader.getUncaughtExceptionHandler().uncaughtException(reader, failure);
        }
    }

    @Override
    public Channel<Message> channel() {
        return channel;
    }

    @Override
    public boolean abandon() {
        abandoned = true;
        return handling;
    }
}

package io.wstck.client;

/**
 * Receives the messages of a connection on the thread that reads its socket. This saves the wake-up of another thread
 * for each message, which takes a large part of the time when messages are short and few are in flight.
 *
 * <p>The calls of one connection are one at a time and in the order of the messages. While a call runs, the client does
 * not read the socket: TCP then tells the server to wait. Pings and the close frame that are behind the message wait
 * too. The read timeout does not count the time of a call.
 *
 * <p>A handler may use all methods of the connection:
 *
 * <ul>
 * <li>A send, or the flush of a batch, blocks while the server does not read. The client does not read either during
 * that time. Set a write timeout if the server may wait for the client at that moment.
 * <li>{@link Connection#close()} begins the closing handshake and returns when the close frame is written. It does not
 * wait for the server, because only the thread of the handler could read the answer.
 * </ul>
 *
 * <p>The handler is not called any more once either side has begun to close. A handler that is running is not
 * interrupted. {@link Connection#close()} on another thread waits until it has returned, at most for the close timeout.
 * {@link WebSocketClient#close()} does so on any thread, so a handler should not call it.
 *
 * <p>One handler may serve several connections. Then several threads may call it at once.
 */
@FunctionalInterface
public interface MessageHandler {
    /**
     * Handles one message. The first call may come before {@link WebSocketClient#connect} has returned.
     *
     * @param connection the connection that has received the message
     * @param message the message; the receiver owns its bytes
     * @throws Exception if the message cannot be handled. The client then closes the connection with 1011, unless it is
     * closing already. The uncaught exception handler of the reading thread gets the exception. A
     * {@link WebSocketException} on a connection that has begun to close is dropped, because that is the ordinary end
     * of a handler that sends. An {@link InterruptedException} ends TCP at once, without a close frame
     */
    void onMessage(Connection connection, Message message) throws Exception;
}

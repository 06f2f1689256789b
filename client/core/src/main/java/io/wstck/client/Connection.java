package io.wstck.client;

import com.softwaremill.jox.Source;
import java.util.Optional;

/**
 * An open WebSocket connection to a server: sends messages and pings, receives messages, and closes. Received messages
 * go through a channel, or to a {@link MessageHandler}. Any thread may call any method, several at once. Frames of
 * different senders are never mixed. If a thread is interrupted while it writes, the connection is lost.
 *
 * <p>When the connection ends, {@link #messages} is done: it delivers the messages that had arrived, then reports
 * closed. Sending on a connection that is closed, or that either side has begun to close, fails with
 * {@link ErrorKind#INTERNAL}, not retryable (clauses send.after-close, send.after-remote-close).
 */
public interface Connection extends AutoCloseable {
    /**
     * Sends one text message, and returns when its bytes are handed to the operating system.
     *
     * @param text the message
     * @throws WebSocketException INVALID if the string has an unpaired surrogate: nothing is sent. INTERNAL if the
     * connection is closed or lost, or the write timeout has passed. The connection cannot be used after a write
     * timeout
     */
    void send(String text) throws WebSocketException;

    /**
     * Sends one text message given as UTF-8; otherwise as {@link #send(String)}. The array must not change until it
     * returns.
     *
     * @param utf8 the message, as UTF-8
     * @throws WebSocketException INVALID if the bytes are not valid UTF-8 (RFC 6455 §5.6): nothing is sent; INTERNAL as
     * above
     */
    void sendText(byte[] utf8) throws WebSocketException;

    /**
     * Sends one binary message; otherwise as {@link #send(String)}. The array must not change until it returns.
     *
     * @param data the message
     * @throws WebSocketException INTERNAL as above
     */
    void sendBinary(byte[] data) throws WebSocketException;

    /**
     * {@return an empty batch, whose messages are written together} With many small messages, a batch is several times
     * faster than a call for each of them. Any number of batches may be used at once.
     */
    MessageBatch batch();

    /**
     * Sends one ping frame without a payload and does not wait for the pong.
     *
     * @throws WebSocketException INTERNAL as for {@link #send(String)}
     */
    void ping() throws WebSocketException;

    /**
     * Sends one ping frame and does not wait for the pong.
     *
     * @param payload at most 125 bytes (RFC 6455 §5.5)
     * @throws WebSocketException INVALID if the payload is longer: nothing is sent; INTERNAL as for
     * {@link #send(String)}
     */
    void ping(byte[] payload) throws WebSocketException;

    /**
     * Closes with 1000 and no reason, as {@link #close(int, String)} does.
     *
     * @throws WebSocketException INTERNAL if the thread is interrupted while it waits; the connection is dropped at
     * once
     */
    @Override
    void close() throws WebSocketException;

    /**
     * Performs the closing handshake (RFC 6455 §7.1.2). It marks {@link #messages} done, sends the close frame, and
     * waits for the peer's close frame and the end of TCP. It waits at most the client's close timeout, then drops TCP.
     * If another thread is writing a message, the time starts again with each part of it that the peer takes.
     * If either side has already closed the connection, it sends nothing and returns once TCP has ended. In a
     * {@link MessageHandler} of this connection it returns as soon as the close frame is sent.
     *
     * @param code 1000-1003, 1007-1014 or 3000-4999
     * @param reason at most 123 bytes of UTF-8
     * @throws WebSocketException INVALID if an argument is not as above: nothing is sent and the connection stays as it
     * was. INTERNAL if the thread is interrupted while it waits: the connection is dropped at once
     */
    void close(int code, String reason) throws WebSocketException;

    /**
     * {@return the bounded channel of received messages, always the same object} While it is full, the client does not
     * read the socket. It gets no message if the connection has a {@link MessageHandler}.
     */
    Source<Message> messages();

    /** {@return the subprotocol that the server has chosen among those offered (RFC 6455 §4.2.2)} */
    Optional<String> subprotocol();

    /** {@return the state of the connection} Sending fails in every state but {@link ConnectionState#OPEN}. */
    ConnectionState state();

    /** {@return the code and the reason of the peer's close frame, or empty before it arrives} */
    Optional<CloseStatus> remoteClose();
}

package io.wstck.client;

/**
 * Collects messages of one connection and writes them together, with as few system calls as possible. A message is
 * written by {@link #flush}, by {@link #close}, or when {@value #MAX_MESSAGES} messages or {@value #MAX_BYTES} bytes
 * have been collected. The messages keep their order. Messages that other threads send may come between them.
 *
 * <p>For one thread at a time. The program makes a batch for each group of messages, or keeps one:
 *
 * <pre>{@code
 * try (MessageBatch batch = connection.batch()) {
 *     for (String line : lines) {
 *         batch.send(line);
 *     }
 * }
 * }</pre>
 */
public interface MessageBatch extends AutoCloseable {
    /** The number of messages that are collected before they are written. */
    int MAX_MESSAGES = 256;

    /** The number of payload bytes that are collected before they are written. */
    int MAX_BYTES = 64 * 1024;

    /**
     * Adds one text message.
     *
     * @param text the message
     * @throws WebSocketException INVALID if the string has an unpaired surrogate: it is not added. INTERNAL if the
     * connection is closed or lost, or the write timeout has passed: messages that were collected may not have been
     * sent
     */
    void send(String text) throws WebSocketException;

    /**
     * Adds one text message given as UTF-8; otherwise as {@link #send(String)}. The array must not change until the
     * message is written.
     *
     * @param utf8 the message, as UTF-8
     * @throws WebSocketException INVALID if the bytes are not valid UTF-8 (RFC 6455 §5.6): they are not added; INTERNAL
     * as above
     */
    void sendText(byte[] utf8) throws WebSocketException;

    /**
     * Adds one binary message; otherwise as {@link #send(String)}. The array must not change until the message is
     * written.
     *
     * @param data the message
     * @throws WebSocketException INTERNAL as above
     */
    void sendBinary(byte[] data) throws WebSocketException;

    /**
     * Writes the collected messages, and returns when their bytes are handed to the operating system. The batch is then
     * empty, and can be used again.
     *
     * @throws WebSocketException INTERNAL if one of them was not written whole
     */
    void flush() throws WebSocketException;

    /**
     * Flushes, as {@link #flush} does. The connection stays open.
     *
     * @throws WebSocketException INTERNAL as for {@link #flush}
     */
    @Override
    void close() throws WebSocketException;
}

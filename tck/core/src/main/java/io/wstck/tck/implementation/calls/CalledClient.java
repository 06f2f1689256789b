package io.wstck.tck.implementation.calls;

import io.wstck.tck.implementation.Description;

/**
 * A WebSocket client on the JVM, as the kit calls it. Implement it to test a client. Any thread, many calls at a time.
 *
 * <p>Write it as a user of the client would, with the client's own defaults. Leave out the capabilities that the client
 * lacks. A call that needs one nevertheless throws {@link NotJudgedException#unsupported}. Any other unchecked
 * exception counts as trouble of the adapter, never as a finding.
 */
public interface CalledClient extends AutoCloseable {

    /** The client's name and capabilities. Always the same. */
    Description description();

    /**
     * Connects, and blocks until the opening handshake has succeeded or failed (clauses connect.*).
     *
     * @throws CallFailedException if the client could not connect
     * @throws InterruptedException if the script's time has run out; no connection may stay open
     */
    CalledConnection connect(ConnectCall call) throws CallFailedException, InterruptedException;

    /** Closes what all connections share. */
    @Override
    default void close() {}
}

package io.wstck.tck.implementation.calls;

import io.wstck.tck.implementation.Description;

/**
 * A WebSocket client that the kit judges call by call: what to implement for a client on the JVM. Any thread, many at a time.
 *
 * <p>Write it as a user of the client would, with the client's own defaults. What the client does not have is left out of the
 * capabilities; a call that asks for it nevertheless throws {@link HinderedException#unsupported}. Any other unchecked
 * exception is counted as trouble of the adapter, never as a finding.
 */
public interface CalledClient extends AutoCloseable {

    /** What the client is, and what it has. Always the same. */
    Description description();

    /**
     * Connects, and blocks until the opening handshake is done or has failed (clauses connect.*).
     *
     * @throws CallFailedException when there is no connection
     * @throws InterruptedException when the script's time is over; no connection may be left behind
     */
    CalledConnection connect(ConnectCall call) throws CallFailedException, InterruptedException;

    /** Lets go of what all connections share. */
    @Override
    default void close() {}
}

package io.wstck.benchmarks.peer;

import java.io.IOException;
import java.time.Duration;

/** A client with one connection to an echo server. For one thread, which calls {@link #connect} first. */
public interface EchoPeer extends AutoCloseable {
    /**
     * The result of one turn.
     *
     * @param messages received echoes
     * @param nanos from the first message sent to the last one received
     */
    record Turn(long messages, long nanos) {}

    /** {@return the version of the library} */
    String version();

    /** Opens the connection. */
    void connect(PeerTarget target) throws Exception;

    /** Echoes for that time: sends what is in flight, and a message for each that it receives until the time is up. */
    Turn run(Duration time) throws Exception;

    /** Drops the connection. */
    @Override
    void close() throws IOException;
}

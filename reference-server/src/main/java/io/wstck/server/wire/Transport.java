package io.wstck.server.wire;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * One connection, as sequential code wants it: reads and writes do not block, {@link #await} does. One thread (any, a
 * virtual one too) reads, writes and waits; {@link #wake} and {@link #abort} may be called by all.
 */
public interface Transport {
    /** What to wait for, besides being woken. */
    enum Interest {
        NOTHING,
        READING,
        WRITING,
        BOTH;

        /** This, and writing. */
        public Interest orWriting() {
            return reads() ? BOTH : WRITING;
        }

        /** Whether a read is waited for. */
        public boolean reads() {
            return this == READING || this == BOTH;
        }

        /** Whether a write is waited for. */
        public boolean writes() {
            return this == WRITING || this == BOTH;
        }
    }

    /**
     * Reads what is there.
     *
     * @return the number of bytes, 0 when none is there now, -1 when the client has ended its side
     * @throws IOException when the client has reset the connection
     */
    int read(ByteBuffer into) throws IOException;

    /**
     * Writes what the connection takes now, which may be nothing.
     *
     * @throws IOException when the connection has been reset or shut down
     */
    int write(ByteBuffer from) throws IOException;

    /**
     * Hands on what was written and is still held back.
     *
     * @return whether TCP has all of it
     * @throws IOException when the connection has been reset or shut down
     */
    boolean flush() throws IOException;

    /**
     * Waits until a read or write may succeed, somebody calls {@link #wake}, or the deadline passes. A caller that waits for a read
     * reads afterwards until nothing is there: otherwise this returns at once, again and again.
     */
    void await(Interest interest, Deadline deadline) throws InterruptedException;

    /** Lets the thread that waits look around. */
    void wake();

    /**
     * Has the system take in little more than it has: it is not read for a while, and a client is to notice. Without that it may take tens of
     * MiB.
     */
    void narrow() throws IOException;

    /** Sends FIN; reading goes on. */
    void shutdownWrites() throws IOException;

    /** Ends the connection with RST. A connection that is gone already stays gone. */
    void abort();

    /** Releases the connection, after both sides have ended it. */
    void close() throws IOException;
}

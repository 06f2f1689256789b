package io.wstck.server.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;

/**
 * A connection for sequential code: reads and writes never block, {@link #await} does. One thread, which may be
 * virtual, reads, writes and waits. Any thread may call {@link #wake} and {@link #abort}.
 */
public interface Transport {
    /** The operations to wait for. {@link #wake} always ends the wait. */
    enum Interest {
        NOTHING,
        READING,
        WRITING,
        BOTH;

        /** This interest with writing added. */
        public Interest orWriting() {
            return reads() ? BOTH : WRITING;
        }

        /** Whether it includes reading. */
        public boolean reads() {
            return this == READING || this == BOTH;
        }

        /** Whether it includes writing. */
        public boolean writes() {
            return this == WRITING || this == BOTH;
        }
    }

    /**
     * Reads the bytes that are available.
     *
     * @return the number of bytes; 0 when none is available, or none was when the last wait ended; -1 when the client
     *     has ended its side
     * @throws IOException when the client has reset the connection
     */
    int read(ByteBuffer into) throws IOException;

    /**
     * Writes as many bytes as the connection accepts now, possibly none.
     *
     * @throws IOException when the connection has been reset or shut down
     */
    int write(ByteBuffer from) throws IOException;

    /**
     * Passes written bytes that are still buffered to TCP.
     *
     * @return whether TCP has all of them
     * @throws IOException when the connection has been reset or shut down
     */
    boolean flush() throws IOException;

    /**
     * Writes all bytes and passes them to TCP, waiting as long as the deadline allows.
     *
     * @return whether TCP has all of them; false when the deadline passed before
     * @throws IOException when the connection has been reset or shut down
     */
    default boolean writeAll(ByteBuffer bytes, Deadline deadline) throws IOException, InterruptedException {
        while (bytes.hasRemaining() || !flush()) {
            if (deadline.hasPassed()) {
                return false;
            }
            if (write(bytes) == 0) {
                await(Interest.WRITING, deadline);
            }
        }
        return true;
    }

    /**
     * Waits until a read or write may succeed, until a call of {@link #wake}, or until the deadline. After a wait for a
     * read the caller must read until nothing is available. Otherwise the next wait returns at once.
     */
    void await(Interest interest, Deadline deadline) throws InterruptedException;

    /**
     * Waits for bytes as {@link #await} does. Lets an I/O thread do short work meanwhile, so that this thread need not
     * wake up for it. The I/O thread calls {@code work} when bytes have come. The wait does not end before the work, so
     * the work may read, write, and use the objects of this thread. It must not wait. An exception of the work ends the
     * wait. A transport without an I/O thread never calls it.
     *
     * @param work returns whether the wait goes on
     */
    default void awaitBytes(Deadline deadline, BooleanSupplier work) throws InterruptedException {
        await(Interest.READING, deadline);
    }

    /** Ends the current or the next wait. */
    void wake();

    /**
     * Shrinks the receive buffer, so that a client soon notices that the server does not read. Otherwise the system may
     * accept tens of MiB.
     */
    void shrinkReceiveBuffer() throws IOException;

    /** Sends FIN. Reading stays possible. */
    void shutdownWrites() throws IOException;

    /** Ends the connection with RST, unless it has already ended. */
    void abort();

    /** Releases the connection after both sides have ended it. */
    void close() throws IOException;
}

package io.wstck.tck.prove.relay;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * What a relay does to one connection; each method hands on what it was given unless it is overridden. A tampering belongs to one
 * connection and may keep state. What comes from the client is told by one thread, what comes from the server by another: state that
 * both touch must be safe for that.
 */
public interface Tampering extends AutoCloseable {
    /** The client's request. */
    default Head request(Head head) {
        return head;
    }

    /** The client's request has gone to the server. */
    default void requested(Wire wire) throws IOException {
        // Most have nothing to add to it.
    }

    /** The server's answer, a 101 or not; each interim one before it, too. */
    default Head response(Head head) {
        return head;
    }

    /**
     * Where to send the request in place of handing on this answer, the one that {@link #response} has returned; the connection goes on with
     * the other server.
     */
    default Optional<Detour> detour(Head response) {
        return Optional.empty();
    }

    /** Something of the server has arrived, were it a part of a head or of a frame. */
    default void heardFromServer(Wire wire) throws IOException {
        // Most wait for the whole of it.
    }

    /** Frames of the server that came out of one read, in order; after a 101. */
    default void fromServer(List<Frame> frames, Wire wire) throws IOException {
        for (Frame frame : frames) {
            fromServer(frame, wire);
        }
    }

    default void fromServer(Frame frame, Wire wire) throws IOException {
        wire.toClient(frame);
    }

    default void fromClient(Frame frame, Wire wire) throws IOException {
        wire.toServer(frame);
    }

    /** Bytes of the server that are neither a head nor frames. */
    default void bytesFromServer(byte[] bytes, Wire wire) throws IOException {
        wire.bytesToClient(bytes);
    }

    /** The server ended TCP inside a frame: the bytes of it that came. */
    default void cutByServer(byte[] partial, Wire wire) throws IOException {
        wire.bytesToClient(partial);
    }

    /** The server ended TCP, after everything else of it. */
    default void endedByServer(Wire.End how, Wire wire) throws IOException {
        wire.endToClient(how);
    }

    /** The client ended TCP, after everything else of it. */
    default void endedByClient(Wire.End how, Wire wire) throws IOException {
        wire.endToServer(how);
    }

    /** The connection is over, and neither thread will ask again: time to let go of what this holds. */
    @Override
    default void close() {
        // Most hold nothing.
    }
}

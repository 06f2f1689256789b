package io.wstck.tck.prove.relay;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Changes the traffic of one relayed connection. By default each method forwards its argument unchanged. A tampering
 * belongs to one connection and may have state. One thread calls the methods for the client's traffic, another thread
 * those for the server's. State that both use must be thread-safe.
 */
public interface Tampering extends AutoCloseable {
    /** Returns the request that is sent to the server. */
    default HttpHead request(HttpHead head) {
        return head;
    }

    /** Called when the request was sent to the server. */
    default void requestSent(RelayOutput wire) throws IOException {
        // By default there is nothing to add.
    }

    /** Returns the response that is sent to the client. Also called for each interim response. */
    default HttpHead response(HttpHead head) {
        return head;
    }

    /**
     * The redirect to follow instead of forwarding a response. The connection continues with the other server.
     *
     * @param response the result of {@link #response}
     */
    default Optional<FollowedRedirect> redirectToFollow(HttpHead response) {
        return Optional.empty();
    }

    /** Called after each read from the server, even if it ended inside a head or a frame. */
    default void serverDataArrived(RelayOutput wire) throws IOException {
        // By default the tampering waits for whole frames.
    }

    /** Receives the frames of one read from the server, in order, after a 101. */
    default void fromServer(List<RelayedFrame> frames, RelayOutput wire) throws IOException {
        for (RelayedFrame frame : frames) {
            fromServer(frame, wire);
        }
    }

    default void fromServer(RelayedFrame frame, RelayOutput wire) throws IOException {
        wire.toClient(frame);
    }

    default void fromClient(RelayedFrame frame, RelayOutput wire) throws IOException {
        wire.toServer(frame);
    }

    /** Receives bytes of the server that are neither a head nor frames. */
    default void bytesFromServer(byte[] bytes, RelayOutput wire) throws IOException {
        wire.bytesToClient(bytes);
    }

    /**
     * The server ended TCP inside a frame.
     *
     * @param partial the bytes of that frame
     */
    default void partialFrameFromServer(byte[] partial, RelayOutput wire) throws IOException {
        wire.bytesToClient(partial);
    }

    /** The server ended TCP. This is the last call for its traffic. */
    default void endedByServer(RelayOutput.TcpEnding how, RelayOutput wire) throws IOException {
        wire.endToClient(how);
    }

    /** The client ended TCP. This is the last call for its traffic. */
    default void endedByClient(RelayOutput.TcpEnding how, RelayOutput wire) throws IOException {
        wire.endToServer(how);
    }

    /** Releases the resources of the tampering. Called once, after the last call of both threads. */
    @Override
    default void close() {
        // By default there is nothing to release.
    }
}

package io.wstck.server.wire;

/** Gives the frame reader an inflater for the compression that the handshake negotiated (RFC 7692). */
public interface NegotiatedCompression {
    /**
     * Returns a new inflater for the messages of one client.
     *
     * @param limit the largest inflated size of a message, in bytes
     */
    Inflater newInflater(int limit);

    /** Inflates the messages of one client in the order of arrival. One thread. */
    interface Inflater {
        /** Inflates the payload of one message. The caller joins the payloads of its frames. */
        InflateResult inflate(Bytes compressed);
    }
}

package io.wstck.server.wire;

/** How the peer ended its side of TCP. */
public enum PeerEnd {
    FIN,
    RST,
    /** By FIN or RST: the system did not say which. */
    ENDED
}

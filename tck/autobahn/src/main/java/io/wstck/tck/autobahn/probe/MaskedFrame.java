package io.wstck.tck.autobahn.probe;

import io.wstck.server.wire.Bytes;
import io.wstck.tck.autobahn.exchange.OutFrame;

/** Encodes frames for writes that no exchange makes. */
final class MaskedFrame {
    /** A server gets the key with the frame, so that a fixed one does for a test. */
    private static final int KEY = 0x5A17_C0DE;

    private MaskedFrame() {}

    /** The bytes of a client's frame. */
    static Bytes encode(OutFrame frame) {
        return Bytes.owning(frame.header().withMask(KEY).encode(frame.payload().toArray()));
    }
}

package io.wstck.tck.autobahn.probe;

import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.FrameHeader;
import io.wstck.tck.autobahn.exchange.OutFrame;

/** Encodes frames for writes that no exchange makes. */
final class MaskedFrame {
    /** A server gets the key with the frame, so that a fixed one does for a test. */
    private static final int KEY = 0x5A17_C0DE;

    private MaskedFrame() {}

    /** The bytes of a client's frame. */
    static Bytes encode(OutFrame frame) {
        byte[] payload = frame.payload().toArray();
        FrameHeader.applyMask(KEY, payload, payload.length, 0);
        byte[] head = frame.header().withMask(KEY).encode();
        byte[] all = new byte[head.length + payload.length];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(payload, 0, all, head.length, payload.length);
        return Bytes.owning(all);
    }
}

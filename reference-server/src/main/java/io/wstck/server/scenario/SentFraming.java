package io.wstck.server.scenario;

import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.FrameHeader;

/**
 * Where in a frame the bytes stand that the server has sent: between two frames it may send another one, inside a frame that would
 * become a part of it. The player's thread only.
 */
final class SentFraming {
    private static final int LENGTH_16 = 126;
    private static final int LENGTH_64 = 127;
    private static final int MASKED = 0x80;

    /** Bytes of the header that have been sent, and how many it has, as far as that is known. */
    private int headerSent;

    private int headerLength = 2;
    private int shortLength;
    private long length;
    private boolean masked;
    /** Bytes of the payload that are still to be sent, unsigned. */
    private long left;

    /** Whether a frame has begun and is not complete. */
    boolean insideFrame() {
        return headerSent > 0 || left != 0;
    }

    /** A frame was sent, whose header may declare another length than its payload has. */
    void sent(FrameHeader header, int payload) {
        if (insideFrame()) {
            sent(Bytes.owning(header.encode()));
        } else {
            left = header.length();
        }
        left = Long.compareUnsigned(left, payload) > 0 ? left - payload : 0;
    }

    /** Bytes were sent, of which some or none are whole frames. */
    void sent(Bytes bytes) {
        byte[] content = bytes.toArray();
        for (int at = 0; at < content.length; ) {
            if (left != 0) {
                long taken = Long.compareUnsigned(left, content.length - at) < 0 ? left : content.length - at;
                left -= taken;
                at += (int) taken;
            } else {
                header(content[at++] & 0xFF);
            }
        }
    }

    private void header(int value) {
        headerSent++;
        if (headerSent == 2) {
            masked = (value & MASKED) != 0;
            shortLength = value & ~MASKED;
            int extended = shortLength == LENGTH_16 ? 2 : shortLength == LENGTH_64 ? 8 : 0;
            length = extended == 0 ? shortLength : 0;
            headerLength = 2 + extended + (masked ? 4 : 0);
        } else if (headerSent > 2 && headerSent <= headerLength - (masked ? 4 : 0)) {
            length = length << 8 | value;
        }
        if (headerSent >= 2 && headerSent == headerLength) {
            left = length;
            headerSent = 0;
            headerLength = 2;
        }
    }
}

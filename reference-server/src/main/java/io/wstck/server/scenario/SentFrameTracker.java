package io.wstck.server.scenario;

import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.FrameHeader;

/**
 * Tracks whether the bytes that the server has sent end inside a frame. Another frame sent there would become a part of
 * the first. The player's thread only.
 */
final class SentFrameTracker {
    private static final int LENGTH_16 = 126;
    private static final int LENGTH_64 = 127;
    private static final int MASKED = 0x80;

    /** The number of header bytes that were sent. */
    private int headerSent;

    private int headerLength = 2;
    private int shortLength;
    private long length;
    private boolean masked;
    /** The number of payload bytes that the frame still needs, unsigned. */
    private long payloadLeft;

    /** Whether a frame has been sent in part. */
    boolean insideFrame() {
        return headerSent > 0 || payloadLeft != 0;
    }

    /** Records a frame. Its header may declare another length than its payload has. */
    void sent(FrameHeader header, int payload) {
        if (insideFrame()) {
            sent(Bytes.owning(header.encode()));
        } else {
            payloadLeft = header.length();
        }
        payloadLeft = Long.compareUnsigned(payloadLeft, payload) > 0 ? payloadLeft - payload : 0;
    }

    /** Records raw bytes, which may contain whole frames. */
    void sent(Bytes bytes) {
        byte[] content = bytes.toArray();
        for (int at = 0; at < content.length; ) {
            if (payloadLeft != 0) {
                long taken =
                        Long.compareUnsigned(payloadLeft, content.length - at) < 0 ? payloadLeft : content.length - at;
                payloadLeft -= taken;
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
            payloadLeft = length;
            headerSent = 0;
            headerLength = 2;
        }
    }
}

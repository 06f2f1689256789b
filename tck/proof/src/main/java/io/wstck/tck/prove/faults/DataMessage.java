package io.wstck.tck.prove.faults;

import io.wstck.server.wire.FrameHeader;
import io.wstck.tck.prove.relay.RelayedFrame;
import java.io.ByteArrayOutputStream;
import java.util.List;

/**
 * One whole message that crosses the relay, and the frames that a fault can send in its place.
 *
 * @param frames its frames, at least one
 */
record DataMessage(List<RelayedFrame> frames) {
    DataMessage {
        frames = List.copyOf(frames);
    }

    /** Whether RSV1 marks the message as compressed (RFC 7692 §6). */
    boolean compressed() {
        return (frames.getFirst().rsv() & FrameHeader.RSV1) != 0;
    }

    byte[] payload() {
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        frames.forEach(frame -> payload.writeBytes(frame.payload()));
        return payload.toByteArray();
    }

    /** One uncompressed frame with this payload, in place of the message's frames. */
    RelayedFrame plain(byte[] payload) {
        return frames.getFirst()
                .withFin(true)
                .withRsv(frames.getFirst().rsv() & ~FrameHeader.RSV1)
                .withPayload(payload);
    }

    /** One compressed frame with this payload, in place of the message's frames. */
    RelayedFrame compressed(byte[] payload) {
        return plain(payload).withRsv(frames.getFirst().rsv() | FrameHeader.RSV1);
    }

    /** A frame that is marked as compressed but has invalid deflate data. Every client fails the connection. */
    RelayedFrame damaged() {
        return compressed(new byte[] {(byte) 0xff});
    }
}

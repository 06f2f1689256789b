package io.wstck.tck.prove.kept;

import io.wstck.tck.prove.relay.Frame;
import java.io.ByteArrayOutputStream;
import java.util.List;

/**
 * A whole message, as its frames.
 *
 * @param frames at least one
 */
record DataMessage(List<Frame> frames) {
    static final int RSV1 = 4;

    DataMessage {
        frames = List.copyOf(frames);
    }

    /** Whether it is marked as compressed (RFC 7692 §6). */
    boolean compressed() {
        return (frames.getFirst().rsv() & RSV1) != 0;
    }

    byte[] payload() {
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        frames.forEach(frame -> payload.writeBytes(frame.payload()));
        return payload.toByteArray();
    }

    /** One frame in place of all, not compressed. */
    Frame plain(byte[] payload) {
        return frames.getFirst()
                .withFin(true)
                .withRsv(frames.getFirst().rsv() & ~RSV1)
                .withPayload(payload);
    }

    /** One frame in place of all, compressed. */
    Frame compressed(byte[] payload) {
        return plain(payload).withRsv(frames.getFirst().rsv() | RSV1);
    }

    /** One that says it were compressed, and is nothing that inflates: every client fails the connection. */
    Frame damaged() {
        return compressed(new byte[] {(byte) 0xff});
    }
}

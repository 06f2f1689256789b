package io.wstck.client.transport;

import io.wstck.client.protocol.Opcode;
import java.io.IOException;
import java.util.Optional;

/** A message or ping to write, and the result of writing it. The write lock guards the result. */
final class OutgoingFrame {
    final Opcode opcode;
    final byte[] payload;
    /** When the write timeout passes; set when the frame is given to the sender. */
    long deadline;

    boolean waiting = true;
    Optional<IOException> failure = Optional.empty();

    /** @param payload must not change until the frame is written */
    OutgoingFrame(Opcode opcode, byte[] payload) {
        this.opcode = opcode;
        this.payload = payload;
    }

    void fail(IOException cause) {
        waiting = false;
        failure = Optional.of(cause);
    }
}

package io.wstck.client.transport;

import io.wstck.client.protocol.Opcode;
import java.io.IOException;
import java.util.Optional;

/** A frame that waits to be written, and what became of it. All but the constructor under the sender's lock. */
final class Outgoing {
    private enum Fate {
        WAITING,
        WRITTEN,
        FAILED
    }

    private final Opcode opcode;
    private final byte[] payload;
    /** When the write timeout passes, in {@link System#nanoTime()}. */
    private final long deadline;

    private Fate fate = Fate.WAITING;
    private Optional<IOException> failure = Optional.empty();

    Outgoing(Opcode opcode, byte[] payload, long deadline) {
        this.opcode = opcode;
        this.payload = payload;
        this.deadline = deadline;
    }

    Opcode opcode() {
        return opcode;
    }

    byte[] payload() {
        return payload;
    }

    long deadline() {
        return deadline;
    }

    boolean waiting() {
        return fate == Fate.WAITING;
    }

    void written() {
        fate = Fate.WRITTEN;
    }

    void failed(IOException cause) {
        fate = Fate.FAILED;
        failure = Optional.of(cause);
    }

    /** Throws an exception of the caller's own if the frame was not written. */
    void check() throws IOException {
        if (failure.isPresent()) {
            IOException cause = failure.get();
            throw new IOException(cause.getMessage(), cause);
        }
    }
}

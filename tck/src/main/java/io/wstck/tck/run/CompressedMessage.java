package io.wstck.tck.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.wstck.server.wire.Bytes;
import io.wstck.tck.judge.JournalReading;
import java.io.ByteArrayOutputStream;
import java.util.Optional;

/** The frames of one compressed message, as a journal has them. One thread. */
final class CompressedMessage {
    private final ByteArrayOutputStream collected = new ByteArrayOutputStream();
    private JsonNode lastFrame = MissingNode.getInstance();
    private boolean whole = true;
    private boolean open = true;
    private boolean told;

    void add(JsonNode frame) {
        Optional<byte[]> bytes = JournalReading.bytes(frame).or(() -> JournalReading.text(frame));
        bytes.ifPresent(collected::writeBytes);
        whole &= bytes.isPresent();
        open = !frame.path("fin").asBoolean();
        lastFrame = frame;
    }

    /** Whether its last frame is still to come. */
    boolean isOpen() {
        return open;
    }

    /** The journal has an entry with its content. */
    void markTold() {
        told = true;
    }

    boolean isTold() {
        return told;
    }

    JsonNode lastFrame() {
        return lastFrame;
    }

    /** The joined payload of its frames; absent where the journal has only the beginning of one. */
    Optional<Bytes> payload() {
        return whole ? Optional.of(Bytes.owning(collected.toByteArray())) : Optional.empty();
    }
}

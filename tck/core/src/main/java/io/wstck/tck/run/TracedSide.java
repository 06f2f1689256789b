package io.wstck.tck.run;

import io.wstck.server.journal.JournalEntry;
import io.wstck.server.journal.JournalEntry.Direction;
import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.FrameReader;
import io.wstck.server.wire.MemoryBudget;
import io.wstck.server.wire.Message;
import io.wstck.server.wire.MessageCoding;
import io.wstck.server.wire.RecordedPayload;
import io.wstck.server.wire.RecordedPayload.DigestMode;
import io.wstck.server.wire.RequestReader;
import io.wstck.server.wire.WireEvent;
import io.wstck.server.wire.deflate.DeflateParameters;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * One direction of a {@link ConnectionTrace}: the head of an HTTP message, then frames. Used under the lock of the
 * trace.
 */
final class TracedSide {
    /** Messages in memory at the same time, in bytes. */
    private static final long MAX_MESSAGE_BYTES = 2L * FrameReader.MESSAGE_LIMIT;

    private final ConnectionTrace trace;
    private final Direction direction;
    private final MemoryBudget.MemoryReservation memory = new MemoryBudget(MAX_MESSAGE_BYTES).newReservation();
    private Stage stage = Stage.HEAD;
    private RequestReader head = new RequestReader();
    private FrameReader frames = FrameReader.withoutExtensions(DigestMode.COMPUTED, memory);

    /** The kind of the next bytes. */
    private enum Stage {
        HEAD,
        FRAMES,
        /** Neither a head nor frames, such as the body of a response that refuses the handshake. */
        OTHER
    }

    TracedSide(ConnectionTrace trace, Direction direction) {
        this.trace = trace;
        this.direction = direction;
    }

    /** Expects frames after the head. */
    void beginFrames(Optional<DeflateParameters> deflate) {
        stage = Stage.FRAMES;
        deflate.ifPresent(parameters -> frames = FrameReader.withInflater(parameters, DigestMode.COMPUTED, memory));
    }

    /** Expects bytes of any kind after the head. */
    void beginBody() {
        stage = Stage.OTHER;
    }

    void take(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            switch (stage) {
                case HEAD -> takeHead(bytes);
                case FRAMES -> frames.feed(bytes, this::print);
                case OTHER -> {
                    byte[] rest = new byte[bytes.remaining()];
                    bytes.get(rest);
                    printRaw(Bytes.owning(rest));
                }
            }
        }
    }

    /** Prints the bytes that are the beginning of a head or of a frame. */
    void end() {
        switch (stage) {
            case HEAD -> {
                if (head.raw().length() > 0) {
                    printRaw(head.raw());
                }
            }
            case FRAMES ->
                frames.incompleteBytes()
                        .ifPresent(count -> trace.print(arrow() + count + " bytes of an incomplete frame"));
            case OTHER -> {}
        }
    }

    private void takeHead(ByteBuffer bytes) {
        switch (head.feed(bytes)) {
            case MORE_NEEDED -> {}
            case COMPLETE -> {
                RequestReader complete = head;
                head = new RequestReader();
                trace.head(direction, complete.request());
            }
            case TOO_LONG -> {
                stage = Stage.OTHER;
                printRaw(head.raw());
            }
        }
    }

    private void printRaw(Bytes bytes) {
        trace.printWithHeads(
                new JournalEntry.RawBytes(trace.stamp(), direction, RecordedPayload.of(bytes, DigestMode.COMPUTED)));
    }

    private void print(WireEvent event) {
        switch (event) {
            case WireEvent.FrameRead frame ->
                trace.print(
                        new JournalEntry.Frame(trace.stamp(), direction, frame.header(), frame.payload()), List.of());
            case WireEvent.MessageRead read -> {
                printMessage(read.message());
                memory.release(read.message().content().length());
            }
            case WireEvent.MessageCorrupt _ ->
                trace.print(arrow() + "= compressed message that cannot be inflated (RFC 7692 §7.2.2)");
            case WireEvent.MessageDiscarded discarded ->
                trace.print(arrow() + "= not assembled: " + discarded.reason().description());
            // The rules are those for clients. The client tells itself what is wrong with the server's frames.
            case WireEvent.ViolationFound _ -> {}
        }
    }

    /** Prints a message, unless the frame before it is the whole message. */
    private void printMessage(Message message) {
        if (message.fragments() == 1 && message.coding() instanceof MessageCoding.Plain) {
            return;
        }
        trace.print(
                new JournalEntry.DataMessage(
                        trace.stamp(),
                        direction,
                        message.type(),
                        message.fragments(),
                        RecordedPayload.of(message.content(), DigestMode.COMPUTED),
                        message.coding()),
                List.of());
    }

    private String arrow() {
        return direction == Direction.IN ? "→  " : "←  ";
    }
}

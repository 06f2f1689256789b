package io.wstck.server.wire;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * Joins the fragments of a message, inflates a compressed one, and checks that text is UTF-8 (RFC 6455 §5.4, §8.1; RFC
 * 7692 §7.2.2). One thread.
 */
final class MessageAssembler {
    private final long limit;
    private final Optional<NegotiatedCompression.Inflater> inflater;
    private MessageType type = MessageType.BINARY;
    private ContentState contentState = ContentState.BYTES;
    private final MemoryBudget.MemoryReservation memory;
    private ByteCollector collected = new ByteCollector();
    private Utf8Validator utf8 = new Utf8Validator();
    private int fragments;
    private State state = State.IDLE;

    /** Tells how the bytes of the current message are checked. */
    private enum ContentState {
        BYTES,
        UTF8,
        /** The text is not UTF-8, and the violation has been reported. */
        INVALID_UTF8,
        COMPRESSED
    }

    private enum State {
        IDLE,
        ASSEMBLING,
        /** The message exceeded the limit or the memory budget. The rest of it is discarded. */
        DISCARDING
    }

    /** Reserves the content of each reported message in {@code memory}. The receiver of the event releases it. */
    MessageAssembler(
            long limit, Optional<NegotiatedCompression.Inflater> inflater, MemoryBudget.MemoryReservation memory) {
        this.limit = limit;
        this.inflater = inflater;
        this.memory = memory;
    }

    /**
     * Starts a data frame. A continuation frame without a message, already reported as a violation, starts a binary
     * message.
     */
    void beginFrame(FrameHeader header) {
        if (header.opcode() != Opcode.CONTINUATION || state == State.IDLE) {
            type = MessageType.ofOpcode(header.opcode());
            contentState = contentStateOf(header);
            discardCollected();
            utf8 = new Utf8Validator();
            fragments = 0;
            state = State.ASSEMBLING;
        }
        fragments++;
    }

    private ContentState contentStateOf(FrameHeader header) {
        boolean compressed =
                inflater.isPresent() && Opcode.startsMessage(header.opcode()) && (header.rsv() & FrameHeader.RSV1) != 0;
        if (compressed) {
            return ContentState.COMPRESSED;
        }
        // A reserved bit without a meaning leaves the coding of the bytes unknown. It is already reported as a
        // violation.
        return type == MessageType.TEXT && header.rsv() == 0 ? ContentState.UTF8 : ContentState.BYTES;
    }

    void addPayload(byte[] bytes, int count, Consumer<WireEvent> sink) {
        if (contentState == ContentState.UTF8 && !utf8.accept(bytes, count)) {
            reportInvalidUtf8("fragment " + fragments, sink);
        }
        if (state != State.ASSEMBLING) {
            return;
        }
        if (collected.size() + (long) count > limit) {
            discardMessage(DiscardReason.TOO_LONG, sink);
        } else if (memory.tryReserve(count)) {
            collected.add(bytes, count);
        } else {
            discardMessage(DiscardReason.NO_MEMORY, sink);
        }
    }

    private void discardMessage(DiscardReason why, Consumer<WireEvent> sink) {
        state = State.DISCARDING;
        discardCollected();
        sink.accept(new WireEvent.MessageDiscarded(why));
    }

    private void discardCollected() {
        memory.release(collected.size());
        collected = new ByteCollector();
    }

    void endFrame(FrameHeader header, Consumer<WireEvent> sink) {
        if (!header.fin()) {
            return;
        }
        if (contentState == ContentState.UTF8 && !utf8.complete()) {
            reportInvalidUtf8("fragment " + fragments, sink);
        }
        Bytes whole = collected.take();
        if (state == State.ASSEMBLING && contentState == ContentState.COMPRESSED) {
            inflate(whole, sink);
        } else if (state == State.ASSEMBLING) {
            sink.accept(new WireEvent.MessageRead(new Message(type, whole, fragments, new MessageCoding.Plain())));
        }
        state = State.IDLE;
    }

    private void inflate(Bytes compressed, Consumer<WireEvent> sink) {
        InflateResult inflated = inflater.orElseThrow().inflate(compressed);
        memory.release(compressed.length());
        switch (inflated) {
            case InflateResult.InflatedContent whole
            when !memory.tryReserve(whole.content().length()) -> discardMessage(DiscardReason.NO_MEMORY, sink);
            case InflateResult.InflatedContent whole -> {
                whole.violations().forEach(found -> sink.accept(new WireEvent.ViolationFound(found)));
                if (type == MessageType.TEXT && !Utf8Validator.isValid(whole.content())) {
                    reportInvalidUtf8("inflated content", sink);
                }
                MessageCoding coding = new MessageCoding.Deflated(compressed.length(), Optional.of(whole.dependency()));
                sink.accept(new WireEvent.MessageRead(new Message(type, whole.content(), fragments, coding)));
            }
            case InflateResult.InvalidDeflate broken -> {
                broken.violations().forEach(found -> sink.accept(new WireEvent.ViolationFound(found)));
                sink.accept(new WireEvent.MessageCorrupt());
            }
            case InflateResult.TooLong _ -> discardMessage(DiscardReason.TOO_LONG, sink);
        }
    }

    private void reportInvalidUtf8(String where, Consumer<WireEvent> sink) {
        contentState = ContentState.INVALID_UTF8;
        sink.accept(new WireEvent.ViolationFound(
                new Violation(Rule.TEXT_NOT_UTF8, "text message whose " + where + " is no valid UTF-8")));
    }
}

package io.wstck.server.wire;

import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;

/** Puts the fragments of one message together and checks that text is UTF-8 (RFC 6455 §5.4, §8.1). One thread. */
final class MessageAssembler {
    private final long limit;
    private MessageType type = MessageType.BINARY;
    private Content content = Content.BYTES;
    private ByteArrayOutputStream collected = new ByteArrayOutputStream();
    private Utf8Validator utf8 = new Utf8Validator();
    private int fragments;
    private State state = State.IDLE;

    /** What the bytes of the current message are, as far as checking them goes. */
    private enum Content {
        BYTES,
        UTF8,
        /** Already found to be no UTF-8, and told. */
        BROKEN_UTF8
    }

    private enum State {
        IDLE,
        ASSEMBLING,
        /** The message grew beyond the limit: the rest of it is not kept. */
        OVERFLOWN
    }

    MessageAssembler(long limit) {
        this.limit = limit;
    }

    /** A data frame begins. An orphan continuation is taken for a binary message: played on, after it was noted. */
    void begin(FrameHeader header) {
        if (header.opcode() != Opcode.CONTINUATION || state == State.IDLE) {
            type = MessageType.ofOpcode(header.opcode());
            // A compressed message is no UTF-8 before it is inflated (RFC 7692 §6.2).
            content = type == MessageType.TEXT && header.rsv() == 0 ? Content.UTF8 : Content.BYTES;
            collected = new ByteArrayOutputStream();
            utf8 = new Utf8Validator();
            fragments = 0;
            state = State.ASSEMBLING;
        }
        fragments++;
    }

    void add(byte[] bytes, int count, Consumer<WireEvent> sink) {
        if (content == Content.UTF8 && !utf8.accept(bytes, count)) {
            notUtf8(sink);
        }
        if (state != State.ASSEMBLING) {
            return;
        }
        if (collected.size() + (long) count > limit) {
            state = State.OVERFLOWN;
            collected = new ByteArrayOutputStream();
            sink.accept(new WireEvent.MessageTooLong(limit));
            return;
        }
        collected.write(bytes, 0, count);
    }

    void endFrame(FrameHeader header, Consumer<WireEvent> sink) {
        if (!header.fin()) {
            return;
        }
        if (content == Content.UTF8 && !utf8.complete()) {
            notUtf8(sink);
        }
        if (state == State.ASSEMBLING) {
            Bytes whole = Bytes.owning(collected.toByteArray());
            sink.accept(new WireEvent.MessageRead(new Message(type, whole, fragments)));
        }
        collected = new ByteArrayOutputStream();
        state = State.IDLE;
    }

    private void notUtf8(Consumer<WireEvent> sink) {
        content = Content.BROKEN_UTF8;
        sink.accept(new WireEvent.ViolationFound(
                new Violation(Rule.TEXT_NOT_UTF8, "text message whose fragment " + fragments + " is no valid UTF-8")));
    }
}

package io.wstck.server.wire;

import io.wstck.server.wire.deflate.Inflated;
import io.wstck.server.wire.deflate.MessageInflater;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Puts the fragments of one message together, inflates a compressed one, and checks that text is UTF-8 (RFC 6455 §5.4, §8.1;
 * RFC 7692 §7.2.2). One thread.
 */
final class MessageAssembler {
    private final long limit;
    private final Optional<MessageInflater> inflater;
    private MessageType type = MessageType.BINARY;
    private Content content = Content.BYTES;
    private final MemoryBudget.Share memory;
    private Collected collected = new Collected();
    private Utf8Validator utf8 = new Utf8Validator();
    private int fragments;
    private State state = State.IDLE;

    /** What the bytes of the current message are, as far as checking them goes. */
    private enum Content {
        BYTES,
        UTF8,
        /** Already found to be no UTF-8, and told. */
        BROKEN_UTF8,
        COMPRESSED
    }

    private enum State {
        IDLE,
        ASSEMBLING,
        /** The message grew beyond the limit, or beyond the memory there is: the rest of it is not kept. */
        OVERFLOWN
    }

    /** The content of a message that is told belongs to {@code memory} until whoever is told gives it back. */
    MessageAssembler(long limit, Optional<MessageInflater> inflater, MemoryBudget.Share memory) {
        this.limit = limit;
        this.inflater = inflater;
        this.memory = memory;
    }

    /** A data frame begins. An orphan continuation is taken for a binary message: played on, after it was noted. */
    void begin(FrameHeader header) {
        if (header.opcode() != Opcode.CONTINUATION || state == State.IDLE) {
            type = MessageType.ofOpcode(header.opcode());
            content = contentOf(header);
            drop();
            utf8 = new Utf8Validator();
            fragments = 0;
            state = State.ASSEMBLING;
        }
        fragments++;
    }

    private Content contentOf(FrameHeader header) {
        boolean compressed =
                inflater.isPresent() && Opcode.startsMessage(header.opcode()) && (header.rsv() & FrameHeader.RSV1) != 0;
        if (compressed) {
            return Content.COMPRESSED;
        }
        // With a reserved bit that means nothing, who knows what the bytes are: that is noted already.
        return type == MessageType.TEXT && header.rsv() == 0 ? Content.UTF8 : Content.BYTES;
    }

    void add(byte[] bytes, int count, Consumer<WireEvent> sink) {
        if (content == Content.UTF8 && !utf8.accept(bytes, count)) {
            notUtf8("fragment " + fragments, sink);
        }
        if (state != State.ASSEMBLING) {
            return;
        }
        if (collected.size() + (long) count > limit) {
            notTaken(NotTaken.TOO_LONG, sink);
        } else if (memory.take(count)) {
            collected.add(bytes, count);
        } else {
            notTaken(NotTaken.NO_MEMORY, sink);
        }
    }

    private void notTaken(NotTaken why, Consumer<WireEvent> sink) {
        state = State.OVERFLOWN;
        drop();
        sink.accept(new WireEvent.MessageNotTaken(why));
    }

    private void drop() {
        memory.give(collected.size());
        collected = new Collected();
    }

    void endFrame(FrameHeader header, Consumer<WireEvent> sink) {
        if (!header.fin()) {
            return;
        }
        if (content == Content.UTF8 && !utf8.complete()) {
            notUtf8("fragment " + fragments, sink);
        }
        Bytes whole = collected.take();
        if (state == State.ASSEMBLING && content == Content.COMPRESSED) {
            inflate(whole, sink);
        } else if (state == State.ASSEMBLING) {
            sink.accept(new WireEvent.MessageRead(new Message(type, whole, fragments, new Coding.Plain())));
        }
        state = State.IDLE;
    }

    private void inflate(Bytes compressed, Consumer<WireEvent> sink) {
        Inflated inflated = inflater.orElseThrow().inflate(compressed);
        memory.give(compressed.length());
        switch (inflated) {
            case Inflated.Whole whole when !memory.take(whole.content().length()) -> notTaken(NotTaken.NO_MEMORY, sink);
            case Inflated.Whole whole -> {
                whole.violations().forEach(found -> sink.accept(new WireEvent.ViolationFound(found)));
                if (type == MessageType.TEXT && !Utf8Validator.isValid(whole.content())) {
                    notUtf8("inflated content", sink);
                }
                Coding coding = new Coding.Deflated(compressed.length(), Optional.of(whole.reach()));
                sink.accept(new WireEvent.MessageRead(new Message(type, whole.content(), fragments, coding)));
            }
            case Inflated.Broken broken -> {
                broken.violations().forEach(found -> sink.accept(new WireEvent.ViolationFound(found)));
                sink.accept(new WireEvent.MessageBroken());
            }
            case Inflated.TooLong _ -> notTaken(NotTaken.TOO_LONG, sink);
        }
    }

    private void notUtf8(String where, Consumer<WireEvent> sink) {
        content = Content.BROKEN_UTF8;
        sink.accept(new WireEvent.ViolationFound(
                new Violation(Rule.TEXT_NOT_UTF8, "text message whose " + where + " is no valid UTF-8")));
    }
}

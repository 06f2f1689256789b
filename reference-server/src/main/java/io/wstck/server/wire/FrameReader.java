package io.wstck.server.wire;

import io.wstck.server.wire.deflate.DeflateParameters;
import io.wstck.server.wire.deflate.MessageInflater;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Makes frames, messages and violations out of the bytes of a client, whatever they are; broken rules are noted and reading
 * goes on. Holds at most one message of bounded size, taken from the server's memory, and never trusts a declared length. One
 * thread.
 */
public final class FrameReader {
    /** The longest message that is assembled, in bytes; a longer one is told once and passed over. */
    public static final int MESSAGE_LIMIT = 64 << 20;

    private static final int CHUNK = 16 << 10;

    private final FrameRules rules;
    private final MessageAssembler assembler;
    private final ByteBuffer headerBytes = ByteBuffer.allocate(FrameHeader.MAX_BYTES);
    private final byte[] chunk = new byte[CHUNK];
    private final Payload.Digest digest;
    private Optional<FrameHeader> current = Optional.empty();
    private PayloadRecorder payload;

    private FrameReader(
            FrameRules rules, Optional<MessageInflater> inflater, Payload.Digest digest, MemoryBudget.Share memory) {
        this.rules = rules;
        this.digest = digest;
        this.payload = new PayloadRecorder(digest);
        this.assembler = new MessageAssembler(MESSAGE_LIMIT, inflater, memory);
    }

    /** A reader for a connection without extensions: any reserved bit is a violation. */
    public static FrameReader plain(Payload.Digest digest, MemoryBudget.Share memory) {
        return new FrameReader(new FrameRules(0), Optional.empty(), digest, memory);
    }

    /** A reader for a connection that negotiated permessage-deflate: RSV1 marks a compressed message (RFC 7692 §6). */
    public static FrameReader inflating(
            DeflateParameters parameters, Payload.Digest digest, MemoryBudget.Share memory) {
        return new FrameReader(
                new FrameRules(FrameHeader.RSV1),
                Optional.of(new MessageInflater(parameters, MESSAGE_LIMIT)),
                digest,
                memory);
    }

    /** Reads all of {@code in}, and tells {@code sink} what it was. */
    public void feed(ByteBuffer in, Consumer<WireEvent> sink) {
        while (in.hasRemaining() || frameIsComplete()) {
            if (current.isEmpty()) {
                readHeader(in, sink);
            } else {
                readPayload(in, current.get(), sink);
            }
        }
    }

    /** The client has ended its side: tells whether that was inside a frame. */
    public void end(Consumer<WireEvent> sink) {
        if (current.isPresent()) {
            String detail = "the connection ended after %d of %s payload bytes"
                    .formatted(
                            payload.length(),
                            Long.toUnsignedString(current.get().length()));
            sink.accept(new WireEvent.ViolationFound(new Violation(Rule.INCOMPLETE_FRAME, detail)));
        } else if (headerBytes.position() > 0) {
            String detail = "the connection ended after %d bytes of a frame header".formatted(headerBytes.position());
            sink.accept(new WireEvent.ViolationFound(new Violation(Rule.INCOMPLETE_FRAME, detail)));
        }
    }

    /** How many bytes of a frame have come that is not complete, its header included; empty between frames. */
    public OptionalLong incomplete() {
        long bytes =
                current.map(header -> header.encode().length + payload.length()).orElse((long) headerBytes.position());
        return bytes == 0 ? OptionalLong.empty() : OptionalLong.of(bytes);
    }

    private boolean frameIsComplete() {
        return current.isPresent() && current.get().length() == payload.length();
    }

    private void readHeader(ByteBuffer in, Consumer<WireEvent> sink) {
        headerBytes.put(in.get());
        headerBytes.flip();
        current = FrameHeader.decode(headerBytes);
        if (current.isEmpty()) {
            headerBytes.position(headerBytes.limit()).limit(headerBytes.capacity());
            return;
        }
        headerBytes.clear();
        payload = new PayloadRecorder(digest);
        FrameHeader header = current.get();
        rules.check(header).forEach(violation -> sink.accept(new WireEvent.ViolationFound(violation)));
        if (!Opcode.isControl(header.opcode())) {
            assembler.begin(header);
        }
    }

    private void readPayload(ByteBuffer in, FrameHeader header, Consumer<WireEvent> sink) {
        long left = header.length() - payload.length();
        int available = Math.min(in.remaining(), CHUNK);
        // Unsigned: a length with its top bit set is never reached.
        int count = Long.compareUnsigned(left, available) < 0 ? (int) left : available;
        in.get(chunk, 0, count);
        if (header.mask().isPresent()) {
            FrameHeader.applyMask(header.mask().getAsInt(), chunk, count, payload.length());
        }
        payload.add(chunk, count);
        if (!Opcode.isControl(header.opcode())) {
            assembler.add(chunk, count, sink);
        }
        if (frameIsComplete()) {
            endFrame(header, sink);
        }
    }

    private void endFrame(FrameHeader header, Consumer<WireEvent> sink) {
        current = Optional.empty();
        if (header.opcode() == Opcode.CLOSE) {
            FrameRules.checkClose(new CloseStatus(payload.leading()))
                    .ifPresent(violation -> sink.accept(new WireEvent.ViolationFound(violation)));
        }
        sink.accept(new WireEvent.FrameRead(header, payload.finish()));
        if (!Opcode.isControl(header.opcode())) {
            assembler.endFrame(header, sink);
        }
    }
}

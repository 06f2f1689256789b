package io.wstck.server.wire;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Decodes the bytes of one side into frames, messages and violations. It reports a violation and reads on. It holds at
 * most one message of bounded size, which counts against the server's memory budget. It allocates nothing for a
 * declared length. One thread.
 */
public final class FrameReader {
    /** The longest message that is assembled, in bytes. The reader reports a longer one once and discards its bytes. */
    public static final int MESSAGE_LIMIT = 64 << 20;

    private static final int CHUNK = 16 << 10;

    private final FrameRules rules;
    private final MessageAssembler assembler;
    private final ByteBuffer headerBytes = ByteBuffer.allocate(FrameHeader.MAX_BYTES);
    private final byte[] chunk = new byte[CHUNK];
    private final RecordedPayload.DigestMode digest;
    private Optional<FrameHeader> current = Optional.empty();
    private PayloadRecorder payload;

    private FrameReader(
            FrameRules rules,
            Optional<NegotiatedCompression.Inflater> inflater,
            RecordedPayload.DigestMode digest,
            MemoryBudget.MemoryReservation memory) {
        this.rules = rules;
        this.digest = digest;
        this.payload = new PayloadRecorder(digest);
        this.assembler = new MessageAssembler(MESSAGE_LIMIT, inflater, memory);
    }

    /** A reader for a client on a connection without extensions. Any reserved bit is a violation. */
    public static FrameReader withoutExtensions(
            RecordedPayload.DigestMode digest, MemoryBudget.MemoryReservation memory) {
        return of(EndpointRole.CLIENT, Optional.empty(), digest, memory);
    }

    /**
     * A reader for a client on a connection with permessage-deflate. RSV1 marks a compressed message (RFC 7692 §6).
     */
    public static FrameReader withInflater(
            NegotiatedCompression compression,
            RecordedPayload.DigestMode digest,
            MemoryBudget.MemoryReservation memory) {
        return of(EndpointRole.CLIENT, Optional.of(compression), digest, memory);
    }

    /**
     * A reader for the bytes of {@code sender}.
     *
     * @param compression inflates the messages of {@code sender}; empty without an extension
     */
    public static FrameReader of(
            EndpointRole sender,
            Optional<NegotiatedCompression> compression,
            RecordedPayload.DigestMode digest,
            MemoryBudget.MemoryReservation memory) {
        return new FrameReader(
                new FrameRules(sender, compression.isPresent() ? FrameHeader.RSV1 : 0),
                compression.map(negotiated -> negotiated.newInflater(MESSAGE_LIMIT)),
                digest,
                memory);
    }

    /** Reads all of {@code in} and passes the events to {@code sink}. */
    public void feed(ByteBuffer in, Consumer<WireEvent> sink) {
        while (in.hasRemaining() || frameIsComplete()) {
            if (current.isEmpty()) {
                readHeader(in, sink);
            } else {
                readPayload(in, current.get(), sink);
            }
        }
    }

    /** Handles the end of the client's bytes. An end inside a frame is a violation. */
    public void endInput(Consumer<WireEvent> sink) {
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

    /** The number of bytes that have come of an incomplete frame, its header included; empty between frames. */
    public OptionalLong incompleteBytes() {
        long bytes =
                current.map(header -> header.encode().length + payload.length()).orElse((long) headerBytes.position());
        return bytes == 0 ? OptionalLong.empty() : OptionalLong.of(bytes);
    }

    private boolean frameIsComplete() {
        return current.isPresent() && current.get().length() == payload.length();
    }

    private void readHeader(ByteBuffer in, Consumer<WireEvent> sink) {
        boolean atStart = headerBytes.position() == 0;
        current = atStart ? FrameHeader.decode(in) : Optional.empty();
        if (current.isEmpty()) {
            current = readHeaderByte(in);
        }
        if (current.isEmpty()) {
            return;
        }
        payload = new PayloadRecorder(digest);
        FrameHeader header = current.get();
        rules.check(header).forEach(violation -> sink.accept(new WireEvent.ViolationFound(violation)));
        if (!Opcode.isControl(header.opcode())) {
            assembler.beginFrame(header);
        }
    }

    /** Reads one byte of a header that arrives in parts. */
    private Optional<FrameHeader> readHeaderByte(ByteBuffer in) {
        headerBytes.put(in.get());
        headerBytes.flip();
        Optional<FrameHeader> header = FrameHeader.decode(headerBytes);
        if (header.isEmpty()) {
            headerBytes.position(headerBytes.limit()).limit(headerBytes.capacity());
        } else {
            headerBytes.clear();
        }
        return header;
    }

    private void readPayload(ByteBuffer in, FrameHeader header, Consumer<WireEvent> sink) {
        long left = header.length() - payload.length();
        int available = Math.min(in.remaining(), CHUNK);
        // Unsigned comparison: a length with its top bit set is larger than any count of bytes.
        int count = Long.compareUnsigned(left, available) < 0 ? (int) left : available;
        in.get(chunk, 0, count);
        if (header.mask().isPresent()) {
            FrameHeader.applyMask(header.mask().getAsInt(), chunk, count, payload.length());
        }
        payload.add(chunk, count);
        if (!Opcode.isControl(header.opcode())) {
            assembler.addPayload(chunk, count, sink);
        }
        if (frameIsComplete()) {
            endFrame(header, sink);
        }
    }

    private void endFrame(FrameHeader header, Consumer<WireEvent> sink) {
        current = Optional.empty();
        if (header.opcode() == Opcode.CLOSE) {
            FrameRules.checkClose(new CloseStatus(payload.leadingBytes()))
                    .ifPresent(violation -> sink.accept(new WireEvent.ViolationFound(violation)));
        }
        sink.accept(new WireEvent.FrameRead(header, payload.finish()));
        if (!Opcode.isControl(header.opcode())) {
            assembler.endFrame(header, sink);
        }
    }
}

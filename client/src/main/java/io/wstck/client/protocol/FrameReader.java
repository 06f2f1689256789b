package io.wstck.client.protocol;

import io.wstck.client.Message;
import io.wstck.client.protocol.deflate.DeflateParameters;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Turns the bytes of a server into events, whatever their segmentation (RFC 6455 §5). For one thread at a time. After a
 * {@link ProtocolException} or a {@link Event.CloseReceived} it is not to be used again.
 */
public final class FrameReader implements AutoCloseable {
    private enum Expected {
        HEADER,
        DATA,
        CONTROL
    }

    private final FrameHeader header;
    private final MessageAssembler assembler;
    private Expected expected = Expected.HEADER;
    private long missing;
    private ByteBuffer control = ByteBuffer.allocate(0);

    /**
     * @param readLimit the largest message in bytes, inflated
     * @param deflate what was agreed on; empty without compression
     */
    public FrameReader(int readLimit, Optional<DeflateParameters> deflate) {
        this.header = new FrameHeader(deflate.isPresent() ? FrameHeader.Rsv1.COMPRESSED : FrameHeader.Rsv1.RESERVED);
        this.assembler = new MessageAssembler(readLimit, deflate);
    }

    /**
     * Takes bytes until they make an event.
     *
     * @param in backed by an array
     * @return the event, or {@link Event.Starved} when all bytes are taken
     * @throws ProtocolException at the first byte that breaks a rule
     */
    public Event next(ByteBuffer in) throws ProtocolException {
        while (true) {
            if (expected == Expected.HEADER) {
                if (!header.read(in)) {
                    return Event.Starved.STARVED;
                }
                begin();
            }
            int count = (int) Math.min(missing, in.remaining());
            if (count > 0) {
                take(in, count);
            }
            if (missing > 0) {
                return Event.Starved.STARVED;
            }
            Optional<Event> event = end();
            if (event.isPresent()) {
                return event.get();
            }
        }
    }

    private void begin() throws ProtocolException {
        missing = header.length();
        if (header.opcode().isControl()) {
            control = ByteBuffer.allocate((int) missing);
            expected = Expected.CONTROL;
        } else {
            assembler.begin(header);
            expected = Expected.DATA;
        }
    }

    private void take(ByteBuffer in, int count) throws ProtocolException {
        if (expected == Expected.DATA) {
            assembler.append(in, count);
        } else {
            control.put(control.position(), in, in.position(), count).position(control.position() + count);
            in.position(in.position() + count);
        }
        missing -= count;
    }

    private Optional<Event> end() throws ProtocolException {
        Expected ended = expected;
        expected = Expected.HEADER;
        if (ended == Expected.DATA) {
            Optional<Message> message = assembler.end();
            return message.map(Event.MessageReceived::new);
        }
        control.flip();
        return Optional.of(
                switch (header.opcode()) {
                    case PING -> new Event.PingReceived(control);
                    case PONG -> new Event.PongReceived(control);
                    default -> new Event.CloseReceived(ClosePayload.decode(control));
                });
    }

    /** Frees the native memory of the inflater; by the thread that reads, or after it. */
    @Override
    public void close() {
        assembler.close();
    }
}

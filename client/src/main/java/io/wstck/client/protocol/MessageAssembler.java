package io.wstck.client.protocol;

import io.wstck.client.Message;
import io.wstck.client.protocol.deflate.DeflateParameters;
import io.wstck.client.protocol.deflate.MessageInflater;
import io.wstck.client.protocol.deflate.Window;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.DataFormatException;

/** Puts the fragments of a message together and inflates it on the way (RFC 6455 §5.4, RFC 7692 §6.2). */
final class MessageAssembler implements AutoCloseable {
    private enum Assembly {
        NONE,
        PLAIN,
        COMPRESSED
    }

    private final Payload payload;
    private final MessageInflater inflater;
    private Assembly assembly = Assembly.NONE;
    private boolean last;

    MessageAssembler(int limit, Optional<DeflateParameters> deflate) {
        payload = new Payload(limit);
        inflater = new MessageInflater(deflate.map(DeflateParameters::server).orElse(Window.RESET));
    }

    /** Begins a data frame. */
    void begin(FrameHeader header) throws ProtocolException {
        if (header.opcode() == Opcode.CONTINUATION) {
            // §5.4: a continuation belongs to a message that began with FIN clear.
            if (assembly == Assembly.NONE) {
                throw new ProtocolException(Violation.ORPHAN_CONTINUATION, "CONTINUATION frame");
            }
        } else {
            // §5.4: fragments of one message MUST NOT be interleaved between the fragments of another.
            if (assembly != Assembly.NONE) {
                throw new ProtocolException(
                        Violation.NESTED_MESSAGE,
                        header.opcode() + " frame after " + payload.size() + " bytes of another");
            }
            assembly = header.compressed() ? Assembly.COMPRESSED : Assembly.PLAIN;
            payload.begin(header.opcode() == Opcode.TEXT ? Payload.Content.TEXT : Payload.Content.BINARY);
        }
        last = header.fin();
        if (assembly == Assembly.PLAIN) {
            payload.announce(header.length(), last ? Payload.More.NO : Payload.More.YES);
        }
    }

    /** Takes the next bytes of the current frame. */
    void append(ByteBuffer in, int count) throws ProtocolException {
        if (assembly == Assembly.PLAIN) {
            payload.append(in, count);
            return;
        }
        int offset = in.arrayOffset() + in.position();
        in.position(in.position() + count);
        inflater.input(in.array(), offset, count);
        try {
            payload.append(inflater);
        } catch (DataFormatException e) {
            throw notDeflated(e);
        }
    }

    /** Ends the current frame; returns the message if this was its last. */
    Optional<Message> end() throws ProtocolException {
        if (!last) {
            return Optional.empty();
        }
        if (assembly == Assembly.COMPRESSED) {
            try {
                inflater.end();
            } catch (DataFormatException e) {
                throw notDeflated(e);
            }
        }
        assembly = Assembly.NONE;
        return Optional.of(payload.end());
    }

    /** Frees the native memory of the inflater. */
    @Override
    public void close() {
        inflater.close();
    }

    private ProtocolException notDeflated(DataFormatException e) {
        return new ProtocolException(
                Violation.NOT_DEFLATED, e.getMessage() + ", after " + payload.size() + " inflated bytes");
    }
}

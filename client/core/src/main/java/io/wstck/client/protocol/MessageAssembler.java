package io.wstck.client.protocol;

import io.wstck.client.Message;
import io.wstck.client.protocol.deflate.DeflateParameters;
import io.wstck.client.protocol.deflate.MessageInflater;
import io.wstck.client.protocol.deflate.TakeoverMode;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.DataFormatException;

/**
 * Assembles messages from their fragments, and inflates compressed ones (RFC 6455 §5.4, RFC 7692 §6.2). It checks the
 * read limit and the UTF-8 of text while the bytes arrive. For one thread at a time.
 */
final class MessageAssembler implements AutoCloseable {
    private static final byte[] EMPTY = {};
    private static final int FIRST_INFLATED = 512;
    private static final int FIRST_ANNOUNCED = 64 * 1024;
    private static final int ANNOUNCED_GROWTH = 16;

    private enum AssemblyState {
        NONE,
        PLAIN,
        COMPRESSED
    }

    private final int limit;
    private final MessageInflater inflater;
    private final Utf8Validator utf8 = new Utf8Validator();
    /** Receives inflated bytes while the array is full, so that the array grows only if there are more bytes. */
    private final byte[] overflow = new byte[64];

    private AssemblyState assembly = AssemblyState.NONE;
    private boolean isText;
    private boolean lastFrame;
    private byte[] bytes = EMPTY;
    private int size;
    /** The size of the message at the end of the current frame; 0 while that is not known. */
    private int frameEnd;
    /** The largest size that the current message can reach. */
    private int maxSize;

    /**
     * @param limit the largest message in bytes, inflated
     * @param deflate the negotiated compression; empty if there is none
     */
    MessageAssembler(int limit, Optional<DeflateParameters> deflate) {
        this.limit = limit;
        inflater = new MessageInflater(deflate.map(DeflateParameters::server).orElse(TakeoverMode.RESET));
    }

    /** Begins a data frame. */
    void begin(FrameHeader header) throws ProtocolException {
        if (header.opcode() == Opcode.CONTINUATION) {
            // §5.4: a continuation belongs to a message that began with FIN clear.
            if (assembly == AssemblyState.NONE) {
                throw new ProtocolException(Violation.ORPHAN_CONTINUATION, "CONTINUATION frame");
            }
        } else {
            // §5.4: fragments of one message MUST NOT be interleaved between the fragments of another.
            if (assembly != AssemblyState.NONE) {
                throw new ProtocolException(
                        Violation.NESTED_MESSAGE, header.opcode() + " frame after " + size + " bytes of another");
            }
            assembly = header.compressed() ? AssemblyState.COMPRESSED : AssemblyState.PLAIN;
            isText = header.opcode() == Opcode.TEXT;
            maxSize = limit;
            frameEnd = 0;
        }
        lastFrame = header.fin();
        if (assembly == AssemblyState.PLAIN) {
            checkLength(header.length());
        }
    }

    /** Takes the next bytes of the current frame. */
    void append(ByteBuffer in, int count) throws ProtocolException {
        if (assembly == AssemblyState.PLAIN) {
            grow(size + count);
            in.get(bytes, size, count);
            acceptBytes(count);
            return;
        }
        int offset = in.arrayOffset() + in.position();
        in.position(in.position() + count);
        inflater.input(in.array(), offset, count);
        try {
            inflate();
        } catch (DataFormatException e) {
            throw inflateError(e);
        }
    }

    /** Ends the current frame; returns the message if this was its last. */
    Optional<Message> end() throws ProtocolException {
        if (!lastFrame) {
            return Optional.empty();
        }
        if (assembly == AssemblyState.COMPRESSED) {
            try {
                inflater.end();
            } catch (DataFormatException e) {
                throw inflateError(e);
            }
        }
        if (isText && !utf8.isComplete()) {
            throw new ProtocolException(Violation.TEXT_NOT_UTF8, "cut inside a character after " + size + " bytes");
        }
        byte[] whole = bytes.length == size ? bytes : Arrays.copyOf(bytes, size);
        assembly = AssemblyState.NONE;
        bytes = EMPTY;
        size = 0;
        return Optional.of(isText ? new Message.Text(whole) : new Message.Binary(whole));
    }

    /** Frees the native memory of the inflater. */
    @Override
    public void close() {
        inflater.close();
    }

    /** Checks the length of an uncompressed frame before any of its bytes are stored (RFC 6455 §10.4). */
    private void checkLength(long length) throws ProtocolException {
        if (length > limit - size) {
            throw tooBig(length + " announced");
        }
        frameEnd = size + (int) length;
        maxSize = lastFrame ? frameEnd : limit;
    }

    /** Stores inflated bytes until the input is used up, and checks them meanwhile. */
    private void inflate() throws ProtocolException, DataFormatException {
        while (true) {
            boolean full = size == bytes.length;
            int count = full
                    ? inflater.inflate(overflow, 0, overflow.length)
                    : inflater.inflate(bytes, size, bytes.length - size);
            if (count == 0) {
                return;
            }
            if (full) {
                int taken = Math.min(count, limit - size);
                grow(Math.max(size + taken, Math.min(FIRST_INFLATED, limit)));
                System.arraycopy(overflow, 0, bytes, size, taken);
                // UTF-8 first: these bytes come before the byte that exceeds the limit.
                acceptBytes(taken);
                if (taken < count) {
                    throw tooBig("at least " + (count - taken) + " more inflated");
                }
            } else {
                acceptBytes(count);
            }
        }
    }

    private void acceptBytes(int count) throws ProtocolException {
        // §8.1: a text that is not valid UTF-8 fails the connection; here before its frame is complete.
        if (isText && !utf8.accept(bytes, size, count)) {
            throw new ProtocolException(Violation.TEXT_NOT_UTF8, "within the first " + (size + count) + " bytes");
        }
        size += count;
    }

    private void grow(int needed) {
        if (needed > bytes.length) {
            // Doubling keeps copying linear. The bound avoids unused space.
            long doubled = Math.min(maxSize, 2L * bytes.length);
            // An announced length alone must cost little memory. So a long message gets a small array, then a larger
            // one, in proportion to what has arrived. A message of 1 MiB has its whole length after 64 KiB.
            long allowed = needed <= FIRST_ANNOUNCED ? FIRST_ANNOUNCED : (long) ANNOUNCED_GROWTH * needed;
            long announced = Math.min(frameEnd, allowed);
            bytes = Arrays.copyOf(bytes, (int) Math.max(needed, Math.max(doubled, announced)));
        }
    }

    private ProtocolException inflateError(DataFormatException e) {
        return new ProtocolException(Violation.NOT_DEFLATED, e.getMessage() + ", after " + size + " inflated bytes");
    }

    private ProtocolException tooBig(String more) {
        return new ProtocolException(
                Violation.MESSAGE_TOO_BIG, "limit " + limit + " bytes, " + size + " received, " + more);
    }
}

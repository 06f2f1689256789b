package io.wstck.client.protocol;

import io.wstck.client.protocol.deflate.DeflateParameters;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Optional;

/** Reads the header of a server's frame byte by byte, and refuses an illegal header at once (RFC 6455 §5.2). */
final class FrameHeader {
    private static final int FIN = 0x80;
    private static final int RSV = 0x70;
    private static final int RSV1 = 0x40;
    private static final int OPCODE = 0x0F;
    private static final int MASKED = 0x80;
    private static final int LENGTH = 0x7F;
    private static final int LENGTH_16 = 126;
    private static final int LENGTH_64 = 127;
    /** §5.5: the longest payload of a control frame, in bytes. */
    static final int MAX_CONTROL_PAYLOAD = 125;

    /** Whether the first reserved bit says that a message is compressed (RFC 7692 §6). */
    private final boolean compressionAgreed;

    private int position;
    private int headerLength;
    private boolean fin;
    private boolean compressed;
    private Opcode opcode = Opcode.CONTINUATION;
    private long length;

    /** @param deflate the negotiated compression; empty if there is none */
    FrameHeader(Optional<DeflateParameters> deflate) {
        compressionAgreed = deflate.isPresent();
    }

    /** Takes bytes up to the end of the header, and returns whether the header is complete. */
    boolean read(ByteBuffer in) throws ProtocolException {
        while (in.hasRemaining()) {
            int value = in.get() & 0xFF;
            switch (position++) {
                case 0 -> readFirstByte(value);
                case 1 -> readSecondByte(value);
                default -> readLengthByte(value);
            }
            if (position > 1 && position == headerLength) {
                checkShortestForm();
                position = 0;
                return true;
            }
        }
        return false;
    }

    boolean fin() {
        return fin;
    }

    Opcode opcode() {
        return opcode;
    }

    /** Returns whether the frame begins a compressed message. */
    boolean compressed() {
        return compressed;
    }

    long length() {
        return length;
    }

    private void readFirstByte(int value) throws ProtocolException {
        // §5.2: RSV MUST be 0 unless an extension is negotiated that defines meanings for non-zero values.
        compressed = compressionAgreed && (value & RSV1) != 0;
        if ((value & RSV) != (compressed ? RSV1 : 0)) {
            throw new ProtocolException(Violation.RESERVED_BITS, "first byte " + hex(value));
        }
        // §5.2: If an unknown opcode is received, the receiving endpoint MUST fail the connection.
        opcode = Opcode.of(value & OPCODE)
                .orElseThrow(() -> new ProtocolException(Violation.RESERVED_OPCODE, "first byte " + hex(value)));
        fin = (value & FIN) != 0;
        // RFC 7692 §6: MUST NOT be set on control frames and non-first fragments; a receiver MUST fail the connection.
        if (compressed && (opcode.isControl() || opcode == Opcode.CONTINUATION)) {
            throw new ProtocolException(Violation.COMPRESSED_BIT, opcode + " frame with RSV1");
        }
        // §5.5: All control frames MUST NOT be fragmented.
        if (opcode.isControl() && !fin) {
            throw new ProtocolException(Violation.CONTROL_FRAGMENTED, opcode + " frame without FIN");
        }
    }

    private void readSecondByte(int value) throws ProtocolException {
        // §5.1: A client MUST close a connection if it detects a masked frame.
        if ((value & MASKED) != 0) {
            throw new ProtocolException(Violation.MASKED_FRAME, opcode + " frame with the mask bit");
        }
        int lengthForm = value & LENGTH;
        // §5.5: All control frames MUST have a payload length of 125 bytes or less.
        if (opcode.isControl() && lengthForm > MAX_CONTROL_PAYLOAD) {
            throw new ProtocolException(Violation.CONTROL_TOO_LONG, opcode + " frame with length form " + lengthForm);
        }
        headerLength = switch (lengthForm) {
            case LENGTH_16 -> 4;
            case LENGTH_64 -> 10;
            default -> 2;
        };
        length = headerLength == 2 ? lengthForm : 0;
    }

    private void readLengthByte(int value) throws ProtocolException {
        // §5.2: 64-bit unsigned integer (the most significant bit MUST be 0).
        if (headerLength == 10 && position == 3 && value > 0x7F) {
            throw new ProtocolException(Violation.LENGTH_TOO_LARGE, opcode + " frame, first length byte " + hex(value));
        }
        length = length << 8 | value;
    }

    private void checkShortestForm() throws ProtocolException {
        // §5.2: in all cases, the minimal number of bytes MUST be used to encode the length.
        if ((headerLength == 4 && length < LENGTH_16) || (headerLength == 10 && length <= 0xFFFF)) {
            throw new ProtocolException(
                    Violation.LENGTH_NOT_MINIMAL,
                    length + " in " + (headerLength - 2) * 8 + " bits of a " + opcode + " frame");
        }
    }

    private static String hex(int value) {
        return String.format(Locale.ROOT, "0x%02x", value);
    }
}

package io.wstck.tck.prove.relay;

import java.io.ByteArrayOutputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Inflates the messages of one direction in order (RFC 7692 §7.2.2). Invalid data ends a message early. Holds native
 * memory until it is closed. For one thread.
 */
public final class PayloadInflater implements AutoCloseable {
    private static final byte[] TAIL = {0, 0, (byte) 0xff, (byte) 0xff};

    /** The largest message that the reference server sends, in bytes. */
    private static final int MAX_MESSAGE = 64 << 20;

    private final Inflater inflater = new Inflater(true);
    private final byte[] buffer = new byte[16 << 10];

    /** How inflating a message ended. */
    public enum InflateOutcome {
        WHOLE,
        /** At a block with BFINAL. The bytes after it are not inflated. */
        FINAL_BLOCK,
        /** At invalid deflate data, or at a reference outside the window. */
        DAMAGED
    }

    /**
     * An inflated message.
     *
     * @param data the bytes up to the end of the message or up to the invalid data
     */
    @SuppressWarnings("ArrayRecordComponent") // Messages are never compared.
    public record InflatedPayload(byte[] data, InflateOutcome ending) {}

    /** Inflates the payload of one message. It may refer to earlier messages. */
    public InflatedPayload inflate(byte[] payload) {
        ByteArrayOutputStream data = new ByteArrayOutputStream(payload.length * 2);
        for (byte[] part : new byte[][] {payload, TAIL}) {
            InflateOutcome ending = inflate(part, data);
            if (ending != InflateOutcome.WHOLE) {
                resetWindow();
                return new InflatedPayload(data.toByteArray(), ending);
            }
        }
        return new InflatedPayload(data.toByteArray(), InflateOutcome.WHOLE);
    }

    private InflateOutcome inflate(byte[] part, ByteArrayOutputStream data) {
        inflater.setInput(part);
        try {
            for (int count = inflater.inflate(buffer); count > 0; count = inflater.inflate(buffer)) {
                data.write(buffer, 0, count);
                if (data.size() > MAX_MESSAGE) {
                    return InflateOutcome.DAMAGED;
                }
            }
        } catch (DataFormatException e) {
            return InflateOutcome.DAMAGED;
        }
        return inflater.finished() ? InflateOutcome.FINAL_BLOCK : InflateOutcome.WHOLE;
    }

    /** Clears the window, so that the next message refers to no earlier one. */
    public void resetWindow() {
        inflater.reset();
    }

    @Override
    public void close() {
        inflater.end();
    }
}

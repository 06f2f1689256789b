package io.wstck.tck.prove.relay;

import java.io.ByteArrayOutputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Inflates the messages of one direction, one after the other, as far as they can be (RFC 7692 §7.2.2). Holds native memory until it is
 * closed. One thread.
 */
public final class Inflating implements AutoCloseable {
    private static final byte[] TAIL = {0, 0, (byte) 0xff, (byte) 0xff};

    /** As much as the reference server sends. */
    private static final int MAX_MESSAGE = 64 << 20;

    private final Inflater inflater = new Inflater(true);
    private final byte[] buffer = new byte[16 << 10];

    /** How the inflating of a message ended. */
    public enum Ending {
        WHOLE,
        /** At a block with BFINAL: what lies behind it is not inflated. */
        FINAL_BLOCK,
        /** At what is no deflate data, or refers to what is not known. */
        DAMAGED
    }

    /**
     * What a message is.
     *
     * @param data as far as it was inflated
     */
    @SuppressWarnings("ArrayRecordComponent") // Messages are not compared.
    public record Inflated(byte[] data, Ending ending) {}

    /** Inflates the payload of a message, knowing those before it. */
    public Inflated inflate(byte[] payload) {
        ByteArrayOutputStream data = new ByteArrayOutputStream(payload.length * 2);
        for (byte[] part : new byte[][] {payload, TAIL}) {
            Ending ending = inflate(part, data);
            if (ending != Ending.WHOLE) {
                forget();
                return new Inflated(data.toByteArray(), ending);
            }
        }
        return new Inflated(data.toByteArray(), Ending.WHOLE);
    }

    private Ending inflate(byte[] part, ByteArrayOutputStream data) {
        inflater.setInput(part);
        try {
            for (int count = inflater.inflate(buffer); count > 0; count = inflater.inflate(buffer)) {
                data.write(buffer, 0, count);
                if (data.size() > MAX_MESSAGE) {
                    return Ending.DAMAGED;
                }
            }
        } catch (DataFormatException e) {
            return Ending.DAMAGED;
        }
        return inflater.finished() ? Ending.FINAL_BLOCK : Ending.WHOLE;
    }

    /** Forgets the messages so far. */
    public void forget() {
        inflater.reset();
    }

    @Override
    public void close() {
        inflater.end();
    }
}

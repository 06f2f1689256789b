package io.wstck.server.wire;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Records a payload that arrives in parts, in at most {@link RecordedPayload#WHOLE_LIMIT} bytes of memory. One thread.
 */
public final class PayloadRecorder {
    private final RecordedPayload.DigestMode digestMode;
    private static final byte[] NOTHING = {};

    /** The first bytes. The array of a payload that arrives at once has no spare room. */
    private byte[] head = NOTHING;

    private long length;
    private Optional<MessageDigest> digest = Optional.empty();

    public PayloadRecorder(RecordedPayload.DigestMode wanted) {
        this.digestMode = wanted;
    }

    /** Adds the next bytes of the payload. */
    public void add(Bytes bytes) {
        add(bytes.backingArray(), bytes.length());
    }

    /** Adds the first {@code count} of {@code bytes}. */
    public void add(byte[] bytes, int count) {
        if (digestMode == RecordedPayload.DigestMode.COMPUTED
                && digest.isEmpty()
                && length + count > RecordedPayload.WHOLE_LIMIT) {
            MessageDigest started = Bytes.newSha256();
            started.update(head, 0, (int) length);
            digest = Optional.of(started);
        }
        int room = (int) Math.max(0, RecordedPayload.WHOLE_LIMIT - length);
        keep(bytes, Math.min(count, room));
        digest.ifPresent(running -> running.update(bytes, 0, count));
        length += count;
    }

    private void keep(byte[] bytes, int count) {
        if (count == 0) {
            return;
        }
        int used = (int) length;
        if (used + count > head.length) {
            head = Arrays.copyOf(head, Math.max(used + count, Math.min(RecordedPayload.WHOLE_LIMIT, 2 * head.length)));
        }
        System.arraycopy(bytes, 0, head, used, count);
    }

    long length() {
        return length;
    }

    /** The first bytes of the payload, at most {@link RecordedPayload#WHOLE_LIMIT}. */
    Bytes leadingBytes() {
        int kept = (int) Math.min(length, RecordedPayload.WHOLE_LIMIT);
        return Bytes.owning(kept == head.length ? head : Arrays.copyOf(head, kept));
    }

    /** Returns the record of all bytes that were added. */
    public RecordedPayload finish() {
        if (length <= RecordedPayload.WHOLE_LIMIT) {
            return new RecordedPayload(length, leadingBytes(), Optional.empty());
        }
        Optional<String> sha256 = digest.map(running -> HexFormat.of().formatHex(running.digest()));
        return new RecordedPayload(length, Bytes.owning(Arrays.copyOf(head, RecordedPayload.HEAD_BYTES)), sha256);
    }
}

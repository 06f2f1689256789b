package io.wstck.server.wire;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** Gathers the evidence of a payload that streams by, in at most {@link Payload#WHOLE_LIMIT} bytes of memory. One thread. */
public final class PayloadRecorder {
    private final Payload.Digest wanted;
    private byte[] head = new byte[256];
    private long length;
    private Optional<MessageDigest> digest = Optional.empty();

    public PayloadRecorder(Payload.Digest wanted) {
        this.wanted = wanted;
    }

    /** These bytes come next. */
    public void add(Bytes bytes) {
        add(bytes.shared(), bytes.length());
    }

    /** The first {@code count} of {@code bytes} come next. */
    public void add(byte[] bytes, int count) {
        if (wanted == Payload.Digest.MADE && digest.isEmpty() && length + count > Payload.WHOLE_LIMIT) {
            MessageDigest started = Bytes.newSha256();
            started.update(head, 0, (int) length);
            digest = Optional.of(started);
        }
        int room = (int) Math.max(0, Payload.WHOLE_LIMIT - length);
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
            head = Arrays.copyOf(head, Math.max(used + count, Math.min(Payload.WHOLE_LIMIT, 2 * head.length)));
        }
        System.arraycopy(bytes, 0, head, used, count);
    }

    long length() {
        return length;
    }

    /** The first bytes, at most {@link Payload#WHOLE_LIMIT}. */
    Bytes leading() {
        return Bytes.owning(Arrays.copyOf(head, (int) Math.min(length, Payload.WHOLE_LIMIT)));
    }

    /** The evidence of all that came. */
    public Payload finish() {
        if (length <= Payload.WHOLE_LIMIT) {
            return new Payload(length, leading(), Optional.empty());
        }
        Optional<String> sha256 = digest.map(running -> HexFormat.of().formatHex(running.digest()));
        return new Payload(length, Bytes.owning(Arrays.copyOf(head, Payload.HEAD)), sha256);
    }
}

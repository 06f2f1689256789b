package io.wstck.server.wire;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** Gathers the evidence of a payload that streams by, in at most {@link Payload#WHOLE_LIMIT} bytes of memory. One thread. */
final class PayloadRecorder {
    private byte[] head = new byte[256];
    private long length;
    private Optional<MessageDigest> digest = Optional.empty();

    void add(byte[] bytes, int count) {
        if (digest.isEmpty() && length + count > Payload.WHOLE_LIMIT) {
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

    Payload finish() {
        if (digest.isEmpty()) {
            return new Payload(length, leading(), Optional.empty());
        }
        String hex = HexFormat.of().formatHex(digest.get().digest());
        return new Payload(length, Bytes.owning(Arrays.copyOf(head, Payload.HEAD)), Optional.of(hex));
    }
}

package io.wstck.server.scenario;

import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.FrameHeader;
import io.wstck.server.wire.Opcode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Remembers the sent bytes that a pong can answer: pings, legal or not, and raw bytes, which may contain pings. A pong
 * with another payload is unsolicited, which RFC 6455 §5.5.3 allows at any time. The player's thread only.
 */
final class SentPings {
    /** The most pings, and the most raw writes, that are remembered: the latest ones. */
    private static final int MAX_KEPT = 64;

    /** The longest payload of a pong, in bytes (RFC 6455 §5.5). */
    private static final int MAX_PONG_BYTES = 125;

    /** The number of leading bytes that are remembered of a raw write. */
    private static final int RAW_BYTES_KEPT = 1024;

    private final Deque<Bytes> pings = new ArrayDeque<>();
    private final Deque<Bytes> raw = new ArrayDeque<>();

    void sent(FrameHeader header, PayloadRange payload) {
        if (header.opcode() == Opcode.PING && payload.length() <= MAX_PONG_BYTES) {
            keep(pings, payload.whole());
        }
    }

    void sent(Bytes bytes) {
        keep(raw, bytes.slice(0, Math.min(bytes.length(), RAW_BYTES_KEPT)));
    }

    private static void keep(Deque<Bytes> kept, Bytes bytes) {
        if (kept.size() == MAX_KEPT) {
            kept.removeFirst();
        }
        kept.add(bytes);
    }

    /**
     * Whether a pong with this payload may be an answer. An empty one is not counted as an answer, because many clients
     * use it to keep a connection alive.
     */
    boolean mayBeAnsweredBy(Bytes pong) {
        return pong.length() > 0
                && (pings.contains(pong)
                        || raw.stream().anyMatch(bytes -> text(bytes).contains(text(pong))));
    }

    private static String text(Bytes bytes) {
        return new String(bytes.toArray(), StandardCharsets.ISO_8859_1);
    }
}

package io.wstck.server.scenario;

import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.FrameHeader;
import io.wstck.server.wire.Opcode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What the server has sent that a pong can answer: pings, legal or not, and raw bytes, in which pings may be. A pong with another
 * payload is the client's own, which RFC 6455 §5.5.3 allows at any time. The player's thread only.
 */
final class SentPings {
    /** More are not kept, the latest are. */
    private static final int KEPT = 64;

    /** No pong is longer (RFC 6455 §5.5), and of longer raw bytes the beginning is kept. */
    private static final int LONGEST = 125;

    private static final int RAW = 1024;

    private final Deque<Bytes> pings = new ArrayDeque<>();
    private final Deque<Bytes> raw = new ArrayDeque<>();

    void sent(FrameHeader header, Stretch payload) {
        if (header.opcode() == Opcode.PING && payload.length() <= LONGEST) {
            keep(pings, payload.whole());
        }
    }

    void sent(Bytes bytes) {
        keep(raw, bytes.slice(0, Math.min(bytes.length(), RAW)));
    }

    private static void keep(Deque<Bytes> kept, Bytes bytes) {
        if (kept.size() == KEPT) {
            kept.removeFirst();
        }
        kept.add(bytes);
    }

    /** Whether a pong with this payload may be an answer. An empty one tells nothing: many clients keep a connection alive with it. */
    boolean mayBeAnsweredBy(Bytes pong) {
        return pong.length() > 0
                && (pings.contains(pong)
                        || raw.stream().anyMatch(bytes -> text(bytes).contains(text(pong))));
    }

    private static String text(Bytes bytes) {
        return new String(bytes.toArray(), StandardCharsets.ISO_8859_1);
    }
}

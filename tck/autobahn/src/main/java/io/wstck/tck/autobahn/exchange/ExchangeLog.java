package io.wstck.tck.autobahn.exchange;

import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.FrameHeader;
import io.wstck.server.wire.Opcode;
import io.wstck.tck.autobahn.exchange.WireLogEntry.Side;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Records the wire log and the traffic totals of both sides. One thread. */
final class ExchangeLog {
    /** The number of lines that are kept, because a lock-step of a thousand messages repeats itself. */
    private static final int MAX_LINES = 200;

    /** The bytes of a payload that a line keeps. */
    static final int KEPT = 256;

    private final long start = System.nanoTime();
    private final List<WireLogEntry> lines = new ArrayList<>();
    private final TrafficCounter received = new TrafficCounter();
    private final TrafficCounter sent = new TrafficCounter();

    private static final class TrafficCounter {
        private long octets;
        private long messages;
        private long payload;
        private long inflated;
        private final long[] frames = new long[16];
        /** The number of reads or writes by size, which is at most 64 KiB. */
        private final Map<Integer, Long> transfers = new HashMap<>();

        TrafficTotals traffic() {
            Map<Integer, Long> byOpcode = new HashMap<>();
            for (int opcode = 0; opcode < frames.length; opcode++) {
                if (frames[opcode] > 0) {
                    byOpcode.put(opcode, frames[opcode]);
                }
            }
            return new TrafficTotals(octets, transfers, byOpcode, messages, payload, payload + inflated);
        }
    }

    private TrafficCounter counterOf(Side side) {
        return side == Side.PEER ? received : sent;
    }

    /** Counts the bytes of one read or write. Zero bytes do not count. */
    void countTransfer(Side side, int bytes) {
        if (bytes > 0) {
            TrafficCounter count = counterOf(side);
            count.octets += bytes;
            count.transfers.merge(bytes, 1L, Long::sum);
        }
    }

    /** Counts the bytes by which a message was longer before compression. */
    void countInflated(Side side, long bytes) {
        counterOf(side).inflated += bytes;
    }

    /** Records a frame; {@code payload} may be only the beginning of the frame's payload. */
    void frame(Side side, FrameHeader header, Bytes payload) {
        TrafficCounter count = counterOf(side);
        count.frames[header.opcode()]++;
        if (header.opcode() == Opcode.CONTINUATION || Opcode.startsMessage(header.opcode())) {
            count.payload += header.length();
            count.messages += header.fin() ? 1 : 0;
        }
        if (lines.size() < MAX_LINES) {
            addLine(
                    side,
                    FrameText.of(header, payload),
                    Optional.of(new WireLogEntry.FrameExcerpt(header, beginning(payload))));
        }
    }

    private static Bytes beginning(Bytes payload) {
        return payload.slice(0, Math.min(KEPT, payload.length()));
    }

    /** Adds a line that is not about a frame. */
    void note(Side side, String text) {
        if (lines.size() < MAX_LINES) {
            addLine(side, text, Optional.empty());
        }
    }

    private void addLine(Side side, String text, Optional<WireLogEntry.FrameExcerpt> frame) {
        lines.add(
                lines.size() == MAX_LINES - 1
                        ? new WireLogEntry(elapsed(), side, "more, which is left out", Optional.empty())
                        : new WireLogEntry(elapsed(), side, text, frame));
    }

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    TrafficTotals received() {
        return received.traffic();
    }

    TrafficTotals sent() {
        return sent.traffic();
    }

    List<WireLogEntry> lines() {
        return lines;
    }
}

package io.wstck.server.exchange;

import io.wstck.server.exchange.WireLine.Side;
import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.FrameHeader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The log of the wire, and what both sides sent in numbers. One thread. */
final class Minutes {
    /** Lines that are kept; a lock-step of a thousand messages says the same all over. */
    private static final int MAX_LINES = 200;

    private final long began = System.nanoTime();
    private final List<WireLine> lines = new ArrayList<>();
    private final Count received = new Count();
    private final Count sent = new Count();

    private static final class Count {
        private long octets;
        private final long[] frames = new long[16];

        Traffic traffic() {
            Map<Integer, Long> byOpcode = new HashMap<>();
            for (int opcode = 0; opcode < frames.length; opcode++) {
                if (frames[opcode] > 0) {
                    byOpcode.put(opcode, frames[opcode]);
                }
            }
            return new Traffic(octets, byOpcode);
        }
    }

    private Count of(Side side) {
        return side == Side.CLIENT ? received : sent;
    }

    void octets(Side side, long count) {
        of(side).octets += count;
    }

    /** {@code payload}: all of it, or what was kept. */
    void frame(Side side, FrameHeader header, Bytes payload) {
        of(side).frames[header.opcode()]++;
        if (lines.size() < MAX_LINES) {
            add(side, describe(header) + (header.length() == 0 ? "" : " " + payload));
        }
    }

    private static String describe(FrameHeader header) {
        return "frame opcode=%d fin=%d rsv=%d length=%s masked=%s"
                .formatted(
                        header.opcode(),
                        header.fin() ? 1 : 0,
                        header.rsv(),
                        Long.toUnsignedString(header.length()),
                        header.mask().isPresent());
    }

    /** Anything else worth a line. */
    void note(Side side, String text) {
        if (lines.size() < MAX_LINES) {
            add(side, text);
        }
    }

    private void add(Side side, String text) {
        boolean last = lines.size() == MAX_LINES - 1;
        lines.add(new WireLine(elapsed(), side, last ? "more, which is left out" : text));
    }

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    Traffic received() {
        return received.traffic();
    }

    Traffic sent() {
        return sent.traffic();
    }

    List<WireLine> lines() {
        return lines;
    }
}

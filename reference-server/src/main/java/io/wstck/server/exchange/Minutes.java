package io.wstck.server.exchange;

import io.wstck.server.exchange.WireLine.Side;
import io.wstck.server.wire.Bytes;
import io.wstck.server.wire.FrameHeader;
import io.wstck.server.wire.Opcode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The log of the wire, and what both sides sent in numbers. One thread. */
final class Minutes {
    /** Lines that are kept; a lock-step of a thousand messages says the same all over. */
    private static final int MAX_LINES = 200;

    /** Bytes of a payload that a line keeps. */
    static final int KEPT = 256;

    /** Bytes of them that its text shows. */
    private static final int SHOWN = 60;

    private final long began = System.nanoTime();
    private final List<WireLine> lines = new ArrayList<>();
    private final Count received = new Count();
    private final Count sent = new Count();

    private static final class Count {
        private long octets;
        private long messages;
        private long payload;
        private long inflated;
        private final long[] frames = new long[16];
        /** By size: reads and writes are of 64 KiB at most. */
        private final Map<Integer, Long> transfers = new HashMap<>();

        Traffic traffic() {
            Map<Integer, Long> byOpcode = new HashMap<>();
            for (int opcode = 0; opcode < frames.length; opcode++) {
                if (frames[opcode] > 0) {
                    byOpcode.put(opcode, frames[opcode]);
                }
            }
            return new Traffic(octets, transfers, byOpcode, messages, payload, payload + inflated);
        }
    }

    private Count of(Side side) {
        return side == Side.CLIENT ? received : sent;
    }

    /** Bytes of one read or write; none is nothing. */
    void octets(Side side, int bytes) {
        if (bytes > 0) {
            Count count = of(side);
            count.octets += bytes;
            count.transfers.merge(bytes, 1L, Long::sum);
        }
    }

    /** A message was so many bytes longer before it was compressed. */
    void inflated(Side side, long bytes) {
        of(side).inflated += bytes;
    }

    /** {@code payload}: all of it, or its beginning. */
    void frame(Side side, FrameHeader header, Bytes payload) {
        Count count = of(side);
        count.frames[header.opcode()]++;
        if (header.opcode() == Opcode.CONTINUATION || Opcode.startsMessage(header.opcode())) {
            count.payload += header.length();
            count.messages += header.fin() ? 1 : 0;
        }
        if (lines.size() < MAX_LINES) {
            add(
                    side,
                    describe(header) + (header.length() == 0 ? "" : " " + beginning(payload, SHOWN)),
                    Optional.of(new WireLine.Framed(header, beginning(payload, KEPT))));
        }
    }

    private static Bytes beginning(Bytes payload, int most) {
        return payload.slice(0, Math.min(most, payload.length()));
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
            add(side, text, Optional.empty());
        }
    }

    private void add(Side side, String text, Optional<WireLine.Framed> frame) {
        lines.add(
                lines.size() == MAX_LINES - 1
                        ? new WireLine(elapsed(), side, "more, which is left out", Optional.empty())
                        : new WireLine(elapsed(), side, text, frame));
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

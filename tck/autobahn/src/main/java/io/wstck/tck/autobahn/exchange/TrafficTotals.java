package io.wstck.tck.autobahn.exchange;

import java.util.Map;

/**
 * The traffic in one direction after the opening handshake, in numbers.
 *
 * @param octets all bytes, also the headers of frames
 * @param transfers the number of reads or writes, by size
 * @param frames the number of frames, by opcode
 * @param messages the number of data messages
 * @param payload the bytes of these messages on the wire
 * @param content the bytes of these messages without compression
 */
public record TrafficTotals(
        long octets,
        Map<Integer, Long> transfers,
        Map<Integer, Long> frames,
        long messages,
        long payload,
        long content) {
    /** No traffic. */
    static final TrafficTotals NONE = new TrafficTotals(0, Map.of(), Map.of(), 0, 0, 0);

    public TrafficTotals {
        transfers = Map.copyOf(transfers);
        frames = Map.copyOf(frames);
    }
}

package io.wstck.server.exchange;

import java.util.Map;

/**
 * What went over the connection in one direction after the opening handshake.
 *
 * @param octets all bytes, headers of frames included
 * @param transfers how many reads or writes there were of each size
 * @param frames how many frames of each opcode
 * @param messages how many data messages
 * @param payload bytes of these messages as they were carried
 * @param content bytes of these messages, those that were compressed as they were before
 */
public record Traffic(
        long octets,
        Map<Integer, Long> transfers,
        Map<Integer, Long> frames,
        long messages,
        long payload,
        long content) {
    public Traffic {
        transfers = Map.copyOf(transfers);
        frames = Map.copyOf(frames);
    }
}

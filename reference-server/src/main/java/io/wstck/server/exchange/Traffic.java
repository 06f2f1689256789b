package io.wstck.server.exchange;

import java.util.Map;

/**
 * What went over the connection in one direction after the opening handshake.
 *
 * @param octets all bytes, headers of frames included
 * @param frames how many frames of each opcode
 */
public record Traffic(long octets, Map<Integer, Long> frames) {
    public Traffic {
        frames = Map.copyOf(frames);
    }
}

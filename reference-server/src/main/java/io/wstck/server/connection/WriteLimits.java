package io.wstck.server.connection;

import java.time.Duration;

/**
 * The limits of one write of a {@link ServerConnection}: its size, how long TCP may accept nothing, and its deadline.
 *
 * @param maxBytes the most bytes of one write, at least 1
 * @param stallTimeout how long TCP may accept no bytes
 * @param deadline when TCP must have accepted all bytes
 */
public record WriteLimits(int maxBytes, Duration stallTimeout, MovingDeadline deadline) {
    /** Limits that allow writes of any size. */
    public static WriteLimits anySize(Duration stall, MovingDeadline limit) {
        return new WriteLimits(ServerConnection.BUFFER, stall, limit);
    }
}

package io.wstck.server.scenario;

import java.time.Duration;

/**
 * How long a player waits for what a client still owes.
 *
 * @param grace how much longer, once the script has ended, an expectation can be met: an asynchronous close may be on its way
 * @param epilogue for each answer of the epilogue
 * @param end for the client's end of TCP, after the server's
 */
public record Waits(Duration grace, Duration epilogue, Duration end) {
    /** A client that is alive answers well within each of them. */
    public static Waits usual() {
        return all(Duration.ofSeconds(1));
    }

    /** Each of them the same. */
    public static Waits all(Duration time) {
        return new Waits(time, time, time);
    }
}

package io.wstck.server.scenario;

import java.time.Duration;

/**
 * The times that a player waits for outstanding actions of the client.
 *
 * @param grace the time after the end of the script in which a client can still meet an expectation, for example by an
 * asynchronous close
 * @param epilogue the time for each answer in the epilogue
 * @param end the time for the client's end of TCP after the server's
 */
public record GracePeriods(Duration grace, Duration epilogue, Duration end) {
    /** The default: 1 s each. A client that works answers much faster. */
    public static GracePeriods usual() {
        return all(Duration.ofSeconds(1));
    }

    /** The same time for all three. */
    public static GracePeriods all(Duration time) {
        return new GracePeriods(time, time, time);
    }
}

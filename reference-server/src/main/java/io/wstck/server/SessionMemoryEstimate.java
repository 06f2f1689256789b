package io.wstck.server;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.wstck.server.scenario.Behaviour;
import io.wstck.server.scenario.Scenario;
import io.wstck.server.scenario.SessionSpec;
import java.io.IOException;

/**
 * Estimates the memory of a session in bytes, which the server reserves before it opens the session. No session exceeds
 * the estimate; a test compares it with a measured heap.
 *
 * @param values the number of JSON values in the body, without keys
 * @param body the length of the body, in bytes
 */
record SessionMemoryEstimate(int values, long body) {
    /** The most JSON values of a posted session. */
    static final int MAX_VALUES = 100_000;

    private static final long SESSION = 4 << 10;
    private static final long SERVER = 2 << 10;
    private static final long OWN_PORT = 16 << 10;
    private static final long VALUE = 128;

    /** Counts the values of a body, up to one more than {@link #MAX_VALUES}. Closes the parser. */
    static SessionMemoryEstimate count(JsonParser json, long body) throws IOException {
        int values = 0;
        try (json) {
            for (JsonToken token = json.nextToken(); token != null && values <= MAX_VALUES; token = json.nextToken()) {
                if (token.isScalarValue() || token.isStructStart()) {
                    values++;
                }
            }
        }
        return new SessionMemoryEstimate(values, body);
    }

    boolean hasTooManyValues() {
        return values > MAX_VALUES;
    }

    /** The memory of the parsed body, which the session keeps. A character takes at most two bytes. */
    long parsedBodyBytes() {
        return values * VALUE + 2 * body;
    }

    /** The memory of the session's servers and their ports, without its journal and the parsed body. */
    static long serverBytes(SessionSpec spec) {
        long bytes = SESSION;
        for (Behaviour behaviour : spec.servers().values()) {
            boolean own = behaviour instanceof Scenario scenario
                    && scenario.listener().isOwn();
            bytes += SERVER + (own ? OWN_PORT : 0);
        }
        return bytes;
    }
}

package io.wstck.server;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.wstck.server.scenario.Behaviour;
import io.wstck.server.scenario.Scenario;
import io.wstck.server.scenario.SessionSpec;
import java.io.IOException;

/**
 * How much memory a session takes, in bytes: estimates that no session exceeds. A test compares them with a measured heap.
 *
 * @param values JSON values in the body, keys not counted
 * @param body bytes of the body
 */
record SessionBytes(int values, long body) {
    /** How many JSON values a posted session may have. */
    static final int MAX_VALUES = 100_000;

    private static final long SESSION = 4 << 10;
    private static final long SERVER = 2 << 10;
    private static final long OWN_PORT = 16 << 10;
    private static final long VALUE = 128;

    /** Counts the values of a body, at most one more than {@link #MAX_VALUES}; closes the parser. */
    static SessionBytes count(JsonParser json, long body) throws IOException {
        int values = 0;
        try (json) {
            for (JsonToken token = json.nextToken(); token != null && values <= MAX_VALUES; token = json.nextToken()) {
                if (token.isScalarValue() || token.isStructStart()) {
                    values++;
                }
            }
        }
        return new SessionBytes(values, body);
    }

    boolean tooMany() {
        return values > MAX_VALUES;
    }

    /** What the parsed body takes for as long as the session exists. A character takes two bytes at most. */
    long kept() {
        return values * VALUE + 2 * body;
    }

    /** What a session takes beside its journal and the parsed body: its servers and their ports. */
    static long ofServers(SessionSpec spec) {
        long bytes = SESSION;
        for (Behaviour behaviour : spec.servers().values()) {
            boolean own = behaviour instanceof Scenario scenario
                    && scenario.listener().isOwn();
            bytes += SERVER + (own ? OWN_PORT : 0);
        }
        return bytes;
    }
}

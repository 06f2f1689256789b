package io.wstck.client.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.wstck.client.protocol.ProtocolEvent.ConnectionFailed;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/** Passes bytes of a server, written in hex, to a new connection, and checks its events. */
final class ProtocolAssertions {
    static final int LIMIT = 1024 * 1024;

    private ProtocolAssertions() {}

    static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    static String hexOf(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Returns the events of a new connection without compression that gets all bytes at once. Asserts that there is no
     * violation.
     */
    static List<ProtocolEvent> events(String hex) {
        return events(ProtocolHarness.plain(), hex);
    }

    /** Returns the events of a connection that gets all bytes at once, and closes it. */
    static List<ProtocolEvent> events(ProtocolHarness harness, String hex) {
        try (harness) {
            List<ProtocolEvent> events = harness.receive(hex);
            assertThat(events).noneMatch(ConnectionFailed.class::isInstance);
            return events;
        }
    }

    static void assertViolates(Violation expected, String hex) {
        assertViolates(expected, ProtocolHarness.plain(), hex(hex));
    }

    static void assertViolates(Violation expected, int limit, String hex) {
        assertViolates(expected, ProtocolHarness.withLimit(limit), hex(hex));
    }

    /** Asserts that exactly the last byte violates the rule. */
    static void assertViolates(Violation expected, ProtocolHarness harness, byte[] bytes) {
        try (harness) {
            ByteBuffer in = ByteBuffer.wrap(bytes);
            ProtocolEvent event = harness.protocol.receive(in);
            while (!(event instanceof ConnectionFailed)) {
                assertThat(event).as("an event before the failure").isNotEqualTo(ProtocolEvent.NeedData.NEED_DATA);
                event = harness.protocol.receive(in);
            }
            assertThat(in.remaining()).isZero();
            assertThat(event).isInstanceOfSatisfying(ConnectionFailed.class, failed -> {
                assertThat(failed.violation()).isEqualTo(expected);
                assertThat(failed.detail()).contains(expected.section());
            });
        }
    }
}

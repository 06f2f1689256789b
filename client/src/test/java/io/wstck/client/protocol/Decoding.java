package io.wstck.client.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wstck.client.protocol.Event.Starved;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Bytes of a server, written in hex, and what a fresh frame reader makes of them. */
final class Decoding {
    static final int LIMIT = 1024 * 1024;

    private Decoding() {}

    /** A reader without compression. */
    static FrameReader reader(int limit) {
        return new FrameReader(limit, Optional.empty());
    }

    static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    static String hexOf(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Reads all bytes at once, until starved. */
    static List<Event> events(String hex) throws ProtocolException {
        return events(reader(LIMIT), ByteBuffer.wrap(hex(hex)));
    }

    static List<Event> events(FrameReader reader, ByteBuffer in) throws ProtocolException {
        List<Event> events = new ArrayList<>();
        Event event = reader.next(in);
        while (event != Starved.STARVED) {
            events.add(event);
            event = reader.next(in);
        }
        assertThat(in.hasRemaining()).isFalse();
        return events;
    }

    static void assertViolates(Violation expected, String hex) {
        assertViolates(expected, LIMIT, hex);
    }

    static void assertViolates(Violation expected, int limit, String hex) {
        FrameReader reader = reader(limit);
        ByteBuffer in = ByteBuffer.wrap(hex(hex));
        assertThatThrownBy(() -> events(reader, in))
                .isInstanceOfSatisfying(
                        ProtocolException.class, e -> assertThat(e.violation()).isEqualTo(expected))
                .hasMessageContaining(expected.section());
        // The last byte is the one that broke the rule: nothing before it was refused, nothing after it was needed.
        assertThat(in.remaining()).isZero();
    }
}

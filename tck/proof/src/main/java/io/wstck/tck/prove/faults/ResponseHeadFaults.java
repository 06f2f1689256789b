package io.wstck.tck.prove.faults;

import static io.wstck.tck.prove.faults.FaultFactory.breaks;
import static io.wstck.tck.prove.faults.FaultFactory.wire;

import io.wstck.tck.prove.Fault;
import io.wstck.tck.prove.relay.HttpHead;
import io.wstck.tck.prove.relay.RelayOutput;
import io.wstck.tck.prove.relay.RelayedFrame;
import io.wstck.tck.prove.relay.Tampering;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Faults in reading the head of the server's response: interim responses, header lines and the end of the head (RFC
 * 9110, RFC 9112). Stateless.
 */
final class ResponseHeadFaults {
    private ResponseHeadFaults() {}

    static List<Fault> all() {
        return List.of(
                wire(
                        "handshake.interim-final",
                        breaks("rfc6455.handshake.interim"),
                        "an interim response is treated as the final one",
                        () -> new InterimLimit(0)),
                wire(
                        "handshake.interim-once",
                        breaks("rfc6455.handshake.interim"),
                        "one interim response is accepted, and the second is treated as the final one",
                        () -> new InterimLimit(1)),
                wire(
                        "handshake.interim-headers-kept",
                        breaks("rfc6455.handshake.interim"),
                        "the headers of interim responses are treated as headers of the 101",
                        InterimHeaders::new),
                wire(
                        "handshake.body-read",
                        breaks("rfc6455.handshake.body"),
                        "a 101 with Content-Length is treated as if it had a body",
                        BodyConsumedAsFrames::new),
                wire(
                        "handshake.folded-line-as-header",
                        breaks("rfc6455.handshake.folded"),
                        "the second line of a folded header is read as another header",
                        lines(ResponseHeadFaults::unindented)),
                wire(
                        "handshake.folded-line-dropped",
                        breaks("rfc6455.handshake.folded"),
                        "the second line of a folded header is ignored",
                        lines(ResponseHeadFaults::withoutFolded)));
    }

    private static Supplier<Tampering> lines(UnaryOperator<List<String>> change) {
        return HandshakeTamperings.response(head -> new HttpHead(change.apply(head.lines())));
    }

    private static List<String> unindented(List<String> lines) {
        // A continuation line without a colon stays folded, because the client would refuse it as a header.
        return lines.stream()
                .map(line -> isFolded(line) && line.contains(":") ? line.strip() : line)
                .toList();
    }

    private static List<String> withoutFolded(List<String> lines) {
        return lines.stream().filter(line -> !isFolded(line)).toList();
    }

    private static boolean isFolded(String line) {
        return line.startsWith(" ") || line.startsWith("\t");
    }

    /** Counts a limited number of interim responses. The next one counts as the final response. */
    private static final class InterimLimit implements Tampering {
        private int left;

        InterimLimit(int passedOver) {
            left = passedOver;
        }

        @Override
        public HttpHead response(HttpHead head) {
            if (!head.isInterim() || left-- > 0) {
                return head;
            }
            return new HttpHead(List.of("HTTP/1.1 500 An interim answer"));
        }
    }

    private static final class InterimHeaders implements Tampering {
        private final List<String> headers = new ArrayList<>();

        @Override
        public HttpHead response(HttpHead head) {
            List<String> lines = new ArrayList<>(head.lines());
            if (head.isInterim()) {
                headers.addAll(lines.subList(1, lines.size()));
            } else {
                lines.addAll(headers);
            }
            return new HttpHead(lines);
        }
    }

    /**
     * The client waits for the body before it reads frames. A frame with a short unmasked header has two bytes in
     * addition to its payload.
     */
    private static final class BodyConsumedAsFrames implements Tampering {
        private int left;

        @Override
        public HttpHead response(HttpHead head) {
            left = head.value("Content-Length").map(Integer::parseInt).orElse(0);
            return head.without("Content-Length");
        }

        @Override
        public void fromServer(RelayedFrame frame, RelayOutput wire) throws IOException {
            if (left <= 0) {
                wire.toClient(frame);
            }
            left -= 2 + frame.payload().length;
        }
    }
}

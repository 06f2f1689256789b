package io.wstck.tck.prove.kept;

import static io.wstck.tck.prove.kept.Faults.breaks;
import static io.wstck.tck.prove.kept.Faults.wire;

import io.wstck.tck.prove.Fault;
import io.wstck.tck.prove.relay.Frame;
import io.wstck.tck.prove.relay.Head;
import io.wstck.tck.prove.relay.Tampering;
import io.wstck.tck.prove.relay.Wire;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Faults of reading the head of the server's answer: what comes before it, its lines, and where it ends (RFC 9110, RFC 9112). Stateless. */
final class AnswerHeadFaults {
    private AnswerHeadFaults() {}

    static List<Fault> all() {
        return List.of(
                wire(
                        "handshake.interim-final",
                        breaks("rfc6455.handshake.interim"),
                        "an interim answer is taken for the final one",
                        () -> new InterimLimit(0)),
                wire(
                        "handshake.interim-once",
                        breaks("rfc6455.handshake.interim"),
                        "one interim answer is passed over, and the second taken for the final one",
                        () -> new InterimLimit(1)),
                wire(
                        "handshake.interim-headers-kept",
                        breaks("rfc6455.handshake.interim"),
                        "the headers of interim answers are taken for headers of the 101",
                        InterimHeaders::new),
                wire(
                        "handshake.body-read",
                        breaks("rfc6455.handshake.body"),
                        "as many bytes as Content-Length says are taken for the body of a 101",
                        SwallowedBody::new),
                wire(
                        "handshake.folded-line-as-header",
                        breaks("rfc6455.handshake.folded"),
                        "the second line of a folded header is read as a header of its own",
                        lines(AnswerHeadFaults::unindented)),
                wire(
                        "handshake.folded-line-dropped",
                        breaks("rfc6455.handshake.folded"),
                        "the second line of a folded header is passed over",
                        lines(AnswerHeadFaults::withoutFolded)));
    }

    private static Supplier<Tampering> lines(UnaryOperator<List<String>> change) {
        return HandshakeChanges.response(head -> new Head(change.apply(head.lines())));
    }

    private static List<String> unindented(List<String> lines) {
        // A line that would be no header stays folded, so that the client does not refuse it.
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

    /** After so many interim answers the next one counts as final. */
    private static final class InterimLimit implements Tampering {
        private int left;

        InterimLimit(int passedOver) {
            left = passedOver;
        }

        @Override
        public Head response(Head head) {
            if (!head.isInterim() || left-- > 0) {
                return head;
            }
            return new Head(List.of("HTTP/1.1 500 An interim answer"));
        }
    }

    private static final class InterimHeaders implements Tampering {
        private final List<String> headers = new ArrayList<>();

        @Override
        public Head response(Head head) {
            List<String> lines = new ArrayList<>(head.lines());
            if (head.isInterim()) {
                headers.addAll(lines.subList(1, lines.size()));
            } else {
                lines.addAll(headers);
            }
            return new Head(lines);
        }
    }

    /** Frames of the server do not arrive before the body is complete: a frame with a short unmasked header has two bytes beside its payload. */
    private static final class SwallowedBody implements Tampering {
        private int left;

        @Override
        public Head response(Head head) {
            left = head.value("Content-Length").map(Integer::parseInt).orElse(0);
            return head.without("Content-Length");
        }

        @Override
        public void fromServer(Frame frame, Wire wire) throws IOException {
            if (left <= 0) {
                wire.toClient(frame);
            }
            left -= 2 + frame.payload().length;
        }
    }
}

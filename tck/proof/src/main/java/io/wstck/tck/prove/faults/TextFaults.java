package io.wstck.tck.prove.faults;

import static io.wstck.tck.prove.faults.FaultFactory.breaks;
import static io.wstck.tck.prove.faults.FaultFactory.wire;
import static io.wstck.tck.prove.faults.FrameTamperings.received;
import static io.wstck.tck.prove.faults.FrameTamperings.where;

import io.wstck.tck.prove.Fault;
import io.wstck.tck.prove.relay.RelayOutput;
import io.wstck.tck.prove.relay.RelayedFrame;
import io.wstck.tck.prove.relay.Tampering;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** Faults of UTF-8 in received messages (RFC 6455 §8.1). Stateless. */
final class TextFaults {
    /** UTF-16 surrogates encoded as UTF-8, decoded as ISO 8859-1. */
    private static final Pattern SURROGATE = Pattern.compile("\u00ed[\u00a0-\u00bf][\u0080-\u00bf]");

    private static final Pattern OVERLONG = Pattern.compile("[\u00c0\u00c1][\u0080-\u00bf]");

    private static final Pattern NON_CHARACTER =
            Pattern.compile("\u00ef\u00bf[\u00be\u00bf]|\u00ef\u00b7[\u0090-\u00af]");

    private TextFaults() {}

    static List<Fault> all() {
        return List.of(
                wire(
                        "utf8.invalid-replaced",
                        breaks("rfc6455.utf8.invalid"),
                        "invalid UTF-8 is delivered as U+FFFD",
                        received(where(
                                TextFaults::text,
                                frame -> frame.withPayload(new String(frame.payload(), StandardCharsets.UTF_8)
                                        .getBytes(StandardCharsets.UTF_8))))),
                wire(
                        "utf8.surrogates-accepted",
                        breaks("rfc6455.utf8.invalid"),
                        "surrogates are accepted",
                        received(where(RelayedFrame::isData, frame -> replace(frame, SURROGATE)))),
                wire(
                        "utf8.overlong-accepted",
                        breaks("rfc6455.utf8.invalid"),
                        "overlong forms of two bytes are accepted",
                        received(where(RelayedFrame::isData, frame -> replace(frame, OVERLONG)))),
                wire(
                        "utf8.non-characters-refused",
                        breaks("rfc6455.utf8.valid"),
                        "noncharacters fail the connection",
                        received(where(
                                frame -> frame.is(RelayedFrame.TEXT)
                                        && NON_CHARACTER.matcher(latin1(frame)).find(),
                                frame -> frame.withPayload(new byte[] {(byte) 0xff})))),
                wire(
                        "utf8.each-fragment-checked-alone",
                        breaks("rfc6455.utf8.valid"),
                        "a character whose bytes are in two fragments fails the connection",
                        received(where(
                                frame -> frame.is(RelayedFrame.TEXT) && !frame.fin() && splits(frame),
                                frame -> frame.withPayload(new byte[] {(byte) 0xff})))),
                wire(
                        "utf8.checked-when-complete",
                        breaks("rfc6455.utf8.fail-fast"),
                        "text is checked when the message is complete",
                        BufferedFragments::new));
    }

    private static boolean text(RelayedFrame frame) {
        return frame.is(RelayedFrame.TEXT) || frame.is(RelayedFrame.CONTINUATION);
    }

    private static String latin1(RelayedFrame frame) {
        return new String(frame.payload(), StandardCharsets.ISO_8859_1);
    }

    private static RelayedFrame replace(RelayedFrame frame, Pattern pattern) {
        String text = latin1(frame);
        return pattern.matcher(text).find()
                ? frame.withPayload(pattern.matcher(text).replaceAll("?").getBytes(StandardCharsets.ISO_8859_1))
                : frame;
    }

    private static boolean splits(RelayedFrame frame) {
        byte[] bytes = frame.payload();
        return !Arrays.equals(new String(bytes, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8), bytes);
    }

    /**
     * Forwards fragments to the client only when the last one has arrived. Used only by the thread that reads from the
     * server.
     */
    private static final class BufferedFragments implements Tampering {
        private final List<RelayedFrame> held = new ArrayList<>();

        @Override
        public void fromServer(RelayedFrame frame, RelayOutput wire) throws IOException {
            if (!frame.isData()) {
                wire.toClient(frame);
                return;
            }
            held.add(frame);
            if (frame.fin()) {
                for (RelayedFrame fragment : held) {
                    wire.toClient(fragment);
                }
                held.clear();
            }
        }
    }
}

package io.wstck.tck.prove;

import io.wstck.server.wire.handshake.AcceptKey;
import io.wstck.tck.prove.relay.HttpHead;
import io.wstck.tck.prove.relay.PayloadInflater;
import io.wstck.tck.prove.relay.RelayOutput;
import io.wstck.tck.prove.relay.RelayedFrame;
import io.wstck.tck.prove.relay.Tampering;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Clients with permitted behaviour that the bundled client does not have. Stateless. */
final class PermittedClients {
    private static final String EXTENSIONS = "Sec-WebSocket-Extensions";
    private static final String PROTOCOL = "Sec-WebSocket-Protocol";

    private PermittedClients() {}

    /** All clients by name. */
    static Map<String, List<Mechanism>> all() {
        return Map.ofEntries(
                wire("answers the latest ping alone", LatestPing::new),
                wire("asks for server_no_context_takeover", NoContextTakeoverRequired::new),
                wire("offers client_max_window_bits, and sends plain messages", ClientWindowOffer::new),
                wire("fragments what it sends", FragmentedSends::new),
                wire("makes the nonce of hexadecimal digits", HexadecimalNonce::new),
                wire("refuses client_no_context_takeover unless it has offered it", UnofferedParameterRefused::new),
                wire("fails a handshake after it has said that it connected", LateHandshakeFailure::new),
                wire("writes a target in an equivalent form", EquivalentTarget::new),
                wire("takes U+FEFF for a signature", ByteOrderMarkStripped::new),
                wire("sends each ping twice", DoublePing::new),
                Map.entry("pings once", List.of(new Mechanism.LuaWrapper("""
                        function client:ping()
                          if self.pinged then return true end
                          self.pinged = true
                          return self.real:ping()
                        end
                        """))),
                Map.entry(
                        "closes without a code where the code is reserved",
                        List.of(new Mechanism.LuaWrapper("""
                        function client:close(code, reason)
                          local reserved = code == 1004 or code == 1005 or code == 1006 or code == 1015
                          return self.real:close(reserved and 4444 or code, reason)
                        end
                        """), new Mechanism.WireTampering(EmptyClose::new))));
    }

    private static Map.Entry<String, List<Mechanism>> wire(String name, Supplier<Tampering> connections) {
        return Map.entry(name, List.of(new Mechanism.WireTampering(connections)));
    }

    /** Hides all pings of one read from the client except the last (RFC 6455 §5.5.3). */
    private static final class LatestPing implements Tampering {
        @Override
        public void fromServer(List<RelayedFrame> frames, RelayOutput wire) throws IOException {
            int latest = IntStream.range(0, frames.size())
                    .filter(index -> frames.get(index).is(RelayedFrame.PING))
                    .max()
                    .orElse(-1);
            for (int index = 0; index < frames.size(); index++) {
                if (!frames.get(index).is(RelayedFrame.PING) || index == latest) {
                    wire.toClient(frames.get(index));
                }
            }
        }
    }

    /** Refuses a response without the parameters that the offer asks for (RFC 7692 §7.1.1.1). */
    private static final class NoContextTakeoverRequired implements Tampering {
        private static final String ASKED = "server_no_context_takeover";

        @Override
        public HttpHead request(HttpHead head) {
            return head.withChanged(EXTENSIONS, offer -> offer.contains(ASKED) ? offer : offer + "; " + ASKED);
        }

        @Override
        public HttpHead response(HttpHead head) {
            String answer = head.value(EXTENSIONS).orElse(ASKED);
            return answer.contains(ASKED) ? head : head.with(EXTENSIONS, "x-not-offered");
        }
    }

    /** The sender may choose which messages it compresses, whatever its window is (RFC 7692 §6). */
    private static final class ClientWindowOffer implements Tampering {
        private static final String PARAMETER = "; client_max_window_bits";

        private final PayloadInflater inflating = new PayloadInflater();

        /** Used only by the thread that reads from the client. */
        private final ByteArrayOutputStream payload = new ByteArrayOutputStream();

        private Optional<RelayedFrame> first = Optional.empty();

        @Override
        public HttpHead request(HttpHead head) {
            return head.withChanged(EXTENSIONS, offer -> offer + PARAMETER);
        }

        @Override
        public HttpHead response(HttpHead head) {
            return head.withChanged(EXTENSIONS, answer -> answer.replaceAll(PARAMETER + "=\\d+", ""));
        }

        @Override
        public void fromClient(RelayedFrame frame, RelayOutput wire) throws IOException {
            if (!frame.isData()) {
                wire.toServer(frame);
                return;
            }
            first = first.or(() -> Optional.of(frame));
            payload.writeBytes(frame.payload());
            if (frame.fin()) {
                RelayedFrame message = first.orElseThrow().withFin(true).withRsv(0);
                byte[] data = first.orElseThrow().rsv() == 0
                        ? payload.toByteArray()
                        : inflating.inflate(payload.toByteArray()).data();
                first = Optional.empty();
                payload.reset();
                wire.toServer(message.withPayload(data));
            }
        }

        @Override
        public void close() {
            inflating.close();
        }
    }

    /** Each fragment has its own masking key (RFC 6455 §5.3, §5.4). */
    private static final class FragmentedSends implements Tampering {
        private static final int LENGTH = 1000;

        @Override
        public void fromClient(RelayedFrame frame, RelayOutput wire) throws IOException {
            byte[] payload = frame.payload();
            if (!frame.isData() || payload.length <= LENGTH) {
                wire.toServer(frame);
                return;
            }
            for (int from = 0; from < payload.length; from += LENGTH) {
                int to = Math.min(payload.length, from + LENGTH);
                RelayedFrame fragment = from == 0
                        ? frame
                        : frame.withOpcode(RelayedFrame.CONTINUATION).withRsv(0);
                wire.toServer(fragment.withPayload(Arrays.copyOfRange(payload, from, to))
                        .withFin(frame.fin() && to == payload.length)
                        .withKey(ThreadLocalRandom.current().nextInt()));
            }
        }
    }

    /** Eight random bytes as sixteen hexadecimal digits: fewer than recommended, but unpredictable. */
    private static final class HexadecimalNonce implements Tampering {
        private static final String KEY = "Sec-WebSocket-Key";
        private static final String ACCEPT = "Sec-WebSocket-Accept";

        private volatile String sent = "";
        private volatile String replaced = "";

        @Override
        public HttpHead request(HttpHead head) {
            String letters = "%016x".formatted(ThreadLocalRandom.current().nextLong());
            sent = head.value(KEY).orElse("");
            replaced = Base64.getEncoder().encodeToString(letters.getBytes(StandardCharsets.US_ASCII));
            return head.with(KEY, replaced);
        }

        @Override
        public HttpHead response(HttpHead head) {
            return head.value(ACCEPT).equals(Optional.of(AcceptKey.answer(replaced)))
                    ? head.with(ACCEPT, AcceptKey.answer(sent))
                    : head;
        }
    }

    /** Fails a response with a parameter that the client did not offer and does not support (RFC 7692 §7). */
    private static final class UnofferedParameterRefused implements Tampering {
        private static final String PARAMETER = "client_no_context_takeover";

        private volatile boolean offered;

        @Override
        public HttpHead request(HttpHead head) {
            offered = head.value(EXTENSIONS).orElse("").contains(PARAMETER);
            return head;
        }

        @Override
        public HttpHead response(HttpHead head) {
            boolean given = head.value(EXTENSIONS).orElse("").contains(PARAMETER);
            return given && !offered ? head.with(EXTENSIONS, "x-not-offered") : head;
        }
    }

    /**
     * Opens a connection although the response has an extension or a subprotocol that was not offered. Then closes it
     * with 1010 in place of the first frame (RFC 6455 §7.1.7: a client MAY report the problem).
     */
    private static final class LateHandshakeFailure implements Tampering {
        private static final byte[] MANDATORY_EXTENSION = {3, (byte) 0xf2};

        private volatile boolean extensionsOffered;
        private volatile boolean protocolsOffered;
        private volatile boolean failed;
        private boolean closed;

        @Override
        public HttpHead request(HttpHead head) {
            extensionsOffered = head.value(EXTENSIONS).isPresent();
            protocolsOffered = head.value(PROTOCOL).isPresent();
            return head;
        }

        @Override
        public HttpHead response(HttpHead head) {
            failed = (!extensionsOffered && head.value(EXTENSIONS).isPresent())
                    || (!protocolsOffered && head.value(PROTOCOL).isPresent());
            return failed ? head.without(EXTENSIONS).without(PROTOCOL) : head;
        }

        @Override
        public void fromClient(RelayedFrame frame, RelayOutput wire) throws IOException {
            if (!failed) {
                wire.toServer(frame);
            } else if (!closed) {
                closed = true;
                wire.toServer(RelayedFrame.toServer(RelayedFrame.CLOSE, MANDATORY_EXTENSION));
            }
        }
    }

    /** Escapes an unreserved character and writes hexadecimal digits in lower case (RFC 3986 §6.2.2). */
    private static final class EquivalentTarget implements Tampering {
        @Override
        public HttpHead request(HttpHead head) {
            return head.withStartLine(head.startLine().replace("~", "%7E").replace("%C3%A9", "%c3%a9"));
        }
    }

    /** Drops U+FEFF at the beginning of a text (RFC 3629 §6). */
    private static final class ByteOrderMarkStripped implements Tampering {
        private static final byte[] SIGNATURE = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

        @Override
        public void fromServer(RelayedFrame frame, RelayOutput wire) throws IOException {
            byte[] payload = frame.payload();
            boolean signed = frame.is(RelayedFrame.TEXT) && Arrays.mismatch(payload, SIGNATURE) == SIGNATURE.length;
            wire.toClient(
                    signed ? frame.withPayload(Arrays.copyOfRange(payload, SIGNATURE.length, payload.length)) : frame);
        }
    }

    /** The RFC does not limit the number of a client's pings. */
    private static final class DoublePing implements Tampering {
        @Override
        public void fromClient(RelayedFrame frame, RelayOutput wire) throws IOException {
            wire.toServer(frame);
            if (frame.is(RelayedFrame.PING)) {
                wire.toServer(frame.withKey(Integer.reverse(frame.key().orElseThrow())));
            }
        }
    }

    /** A close frame may be empty (RFC 6455 §5.5.1). */
    private static final class EmptyClose implements Tampering {
        private static final int REPLACED = 4444;

        @Override
        public void fromClient(RelayedFrame frame, RelayOutput wire) throws IOException {
            boolean replaced = frame.is(RelayedFrame.CLOSE) && frame.closeCode().orElse(0) == REPLACED;
            wire.toServer(replaced ? frame.withPayload(new byte[0]) : frame);
        }
    }
}

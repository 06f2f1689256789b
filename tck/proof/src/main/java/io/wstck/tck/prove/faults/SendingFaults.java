package io.wstck.tck.prove.faults;

import static io.wstck.tck.prove.faults.FaultFactory.breaks;
import static io.wstck.tck.prove.faults.FaultFactory.lua;
import static io.wstck.tck.prove.faults.FaultFactory.luaAndWire;
import static io.wstck.tck.prove.faults.FaultFactory.wire;
import static io.wstck.tck.prove.faults.FrameTamperings.sent;
import static io.wstck.tck.prove.faults.FrameTamperings.where;

import io.wstck.tck.prove.Fault;
import io.wstck.tck.prove.relay.RelayOutput;
import io.wstck.tck.prove.relay.RelayedFrame;
import io.wstck.tck.prove.relay.Tampering;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Faults of client:send, in the script and in the frames. Stateless. */
final class SendingFaults {
    private static final int SOME_KEY = 0x01020304;

    private SendingFaults() {}

    static List<Fault> all() {
        return List.of(
                lua(
                        "send.text-as-binary",
                        breaks("send.text"),
                        "text is sent as binary",
                        "function client:send(data) return self.real:send(data, 2) end"),
                lua(
                        "send.binary-as-text",
                        breaks("send.binary"),
                        "binary is sent as text",
                        "function client:send(data) return self.real:send(data, 1) end"),
                lua(
                        "send.text-cut-at-nul",
                        breaks("send.text", "rfc6455.utf8.valid"),
                        "text ends at its first NUL",
                        """
                        function client:send(data, kind)
                          return self.real:send(kind ~= 2 and data:match("^%Z*") or data, kind)
                        end
                        """),
                lua(
                        "send.byte-order-mark-dropped",
                        breaks("send.text", "rfc6455.utf8.valid"),
                        "U+FEFF at the beginning of a text is dropped",
                        "function client:send(data, kind) return self.real:send(data:gsub(\"^\\239\\187\\191\", \"\"), kind) end"),
                lua(
                        "send.high-bytes-mangled",
                        breaks("send.binary"),
                        "bytes above 127 become question marks",
                        "function client:send(data, kind) return self.real:send((data:gsub(\"[\\128-\\255]\", \"?\")), kind) end"),
                lua(
                                "send.returns-length",
                                breaks("send.returns"),
                                "a send that succeeds returns the number of bytes",
                                """
                                function client:send(data, kind)
                                  local ok, err = self.real:send(data, kind)
                                  if ok then return #data end
                                  return ok, err
                                end
                                """)
                        .exclusive(),
                lua(
                        "send.empty-dropped",
                        breaks("send.sizes", "rfc6455.framing.mask-key"),
                        "an empty message is not sent",
                        "function client:send(data, kind) if data == \"\" then return true end return self.real:send(data, kind) end"),
                lua(
                        "send.cut-at-64k",
                        breaks("send.sizes", "rfc6455.framing.client-length"),
                        "a message ends after 65535 bytes",
                        "function client:send(data, kind) return self.real:send(data:sub(1, 65535), kind) end"),
                lua(
                        "send.swapped",
                        breaks("send.order", "rfc6455.fragmentation.client-reserved"),
                        "each message is sent after the one that follows it",
                        """
                        function client:send(data, kind)
                          local held = self.held
                          if not held then self.held = { data, kind } return true end
                          self.held = nil
                          self.real:send(data, kind)
                          return self.real:send(held[1], held[2])
                        end
                        """),
                lua(
                        "send.invalid-utf8-replaced",
                        breaks("send.invalid-utf8"),
                        "invalid UTF-8 is sent with its bad bytes replaced",
                        """
                        function client:send(data, kind)
                          local ok, err = self.real:send(data, kind)
                          if ok or kind == 2 then return ok, err end
                          return self.real:send((data:gsub("[\\128-\\255]", "?")), kind)
                        end
                        """),
                luaAndWire(
                        "send.invalid-utf8-as-it-is",
                        breaks("send.invalid-utf8"),
                        "invalid UTF-8 is sent unchanged",
                        """
                        function client:send(data, kind)
                          local ok, err = self.real:send(data, kind)
                          if ok or kind == 2 then return ok, err end
                          return self.real:send("as text" .. data, 2)
                        end
                        """,
                        sent(where(
                                frame -> frame.is(RelayedFrame.BINARY) && startsWith(frame, "as text"),
                                frame -> frame.withOpcode(RelayedFrame.TEXT)
                                        .withPayload(Arrays.copyOfRange(
                                                frame.payload(), "as text".length(), frame.payload().length))))),
                lua(
                        "send.after-close-true",
                        breaks("send.after-close", "send.after-remote-close"),
                        "sending on a closed connection returns true",
                        "function client:send(data, kind) self.real:send(data, kind) return true end"),
                lua(
                        "send.after-close-raises",
                        breaks("send.after-close", "send.after-remote-close"),
                        "sending on a closed connection raises",
                        """
                        function client:send(data, kind)
                          local ok, err = self.real:send(data, kind)
                          if not ok then error(err) end
                          return ok, err
                        end
                        """),
                wire(
                        "frames.not-masked",
                        breaks("send.masked", "rfc6455.framing.mask-key"),
                        "frames are not masked",
                        sent(where(_ -> true, RelayedFrame::unmasked))),
                wire(
                        "frames.control-not-masked",
                        breaks("rfc6455.framing.mask-key"),
                        "control frames are not masked",
                        sent(where(RelayedFrame::isControl, RelayedFrame::unmasked))),
                wire(
                        "frames.key-constant",
                        breaks("send.masked", "rfc6455.framing.mask-key"),
                        "every frame has the same masking key",
                        sent(where(_ -> true, frame -> frame.withKey(SOME_KEY)))),
                wire(
                        "frames.key-counts",
                        breaks("rfc6455.framing.mask-key"),
                        "masking keys count upwards",
                        CountingKey::new),
                wire(
                        "frames.length-not-minimal",
                        breaks("send.sizes", "rfc6455.framing.client-length"),
                        "a payload of 125 bytes has the 16-bit length form",
                        sent(where(frame -> frame.payload().length == 125, frame -> frame.withLengthForm(16)))),
                wire(
                        "frames.interleaved",
                        breaks("rfc6455.fragmentation.client-reserved"),
                        "the second half of a long message starts a new message before the first half is complete",
                        Interleaved::new));
    }

    private static boolean startsWith(RelayedFrame frame, String text) {
        byte[] head = text.getBytes(StandardCharsets.US_ASCII);
        return frame.payload().length >= head.length
                && Arrays.equals(frame.payload(), 0, head.length, head, 0, head.length);
    }

    private static final class CountingKey implements Tampering {
        /** Used only by the thread that reads from the client. */
        private int next = SOME_KEY;

        @Override
        public void fromClient(RelayedFrame frame, RelayOutput wire) throws IOException {
            wire.toServer(frame.withKey(next++));
        }
    }

    private static final class Interleaved implements Tampering {
        private static final int LONG = 1000;

        @Override
        public void fromClient(RelayedFrame frame, RelayOutput wire) throws IOException {
            byte[] payload = frame.payload();
            if (!frame.isData() || payload.length < LONG) {
                wire.toServer(frame);
                return;
            }
            int half = payload.length / 2;
            wire.toServer(frame.withFin(false).withPayload(Arrays.copyOf(payload, half)));
            wire.toServer(frame.withPayload(Arrays.copyOfRange(payload, half, payload.length)));
        }
    }
}

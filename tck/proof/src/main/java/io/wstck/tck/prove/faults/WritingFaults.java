package io.wstck.tck.prove.faults;

import static io.wstck.tck.prove.faults.FaultFactory.breaks;
import static io.wstck.tck.prove.faults.FaultFactory.lua;
import static io.wstck.tck.prove.faults.FaultFactory.wire;

import io.wstck.server.wire.FrameHeader;
import io.wstck.tck.prove.Fault;
import io.wstck.tck.prove.relay.RelayOutput;
import io.wstck.tck.prove.relay.RelayedFrame;
import io.wstck.tck.prove.relay.Tampering;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Faults that appear only while a long message is being written. Stateless. */
final class WritingFaults {
    private WritingFaults() {}

    static List<Fault> all() {
        return List.of(
                wire(
                        "writing.pong-inside-frame",
                        breaks("rfc6455.close.while-writing", "ping.answered"),
                        "the answer to a ping that arrives while a long frame is written goes into that frame",
                        () -> new PiecewiseWriter(RelayedFrame.PING, AnswerPosition.INSIDE_FRAME)),
                wire(
                        "writing.pong-compressed",
                        breaks("rfc6455.close.while-writing"),
                        "a pong between the fragments of a compressed message has RSV1",
                        () -> new PiecewiseWriter(RelayedFrame.PING, AnswerPosition.BETWEEN_FRAMES) {
                            @Override
                            Optional<RelayedFrame> answer(RelayedFrame control) {
                                return super.answer(control)
                                        .map(pong -> compressed() ? pong.withRsv(FrameHeader.RSV1) : pong);
                            }
                        }),
                wire(
                        "writing.pings-lost",
                        breaks("rfc6455.close.while-writing", "ping.answered"),
                        "pings that arrive while a long message is written are not answered",
                        () -> new PiecewiseWriter(RelayedFrame.PING, AnswerPosition.BETWEEN_FRAMES) {
                            @Override
                            Optional<RelayedFrame> answer(RelayedFrame control) {
                                return Optional.empty();
                            }
                        }),
                wire(
                        "writing.close-inside-frame",
                        breaks("rfc6455.close.while-writing"),
                        "the answer to a close that arrives while a long frame is written cuts that frame",
                        () -> new PiecewiseWriter(RelayedFrame.CLOSE, AnswerPosition.INSIDE_FRAME)),
                lua(
                        "send.reset-hangs",
                        breaks("send.after-remote-close"),
                        "a long send that the server's reset ends never returns",
                        failedLongSend("channel.new():receive()")),
                lua(
                        "send.reset-swallowed",
                        breaks("send.after-remote-close"),
                        "a long send that the server's reset ends returns true",
                        failedLongSend("return true")),
                lua(
                        "remote-close.reset-while-sending-not-noticed",
                        breaks("remote-close.abnormal"),
                        "the channel stays open when a reset ends a long send",
                        failedLongSend("self.reset = true return ok, err") + """
                                local real_channel = client.channel
                                function client:channel()
                                  return kit.tap(real_channel(self), function(real)
                                    local message, open = real:receive()
                                    if not open and self.reset then return { type = "text", data = "" }, true end
                                    return message, open
                                  end)
                                end
                                """));
    }

    /** A fault script for a send of 1 MiB or more that failed, but not by its timeout. The argument is its reaction. */
    private static String failedLongSend(String then) {
        return """
                function client:send(data, ...)
                  local ok, err = self.real:send(data, ...)
                  if not ok and #data >= 1048576 and not err:message():find("timeout") then THEN end
                  return ok, err
                end
                """.replace("THEN", then);
    }

    /** Where the fault writes its answers. */
    private enum AnswerPosition {
        INSIDE_FRAME,
        BETWEEN_FRAMES
    }

    /**
     * Writes long messages of the client piece by piece. The client does not see pings or closes that the server sends
     * meanwhile, because the fault answers them.
     */
    private static class PiecewiseWriter implements Tampering {
        private static final int LONG = 32 << 10;
        private static final int PIECE = 16 << 10;

        private final int opcode;
        private final AnswerPosition place;

        /** Control frames that the server sent while a long message was written. */
        private final Queue<RelayedFrame> arrived = new ConcurrentLinkedQueue<>();

        /** Whether a long message is being written. Set by the thread that reads from the client. */
        private volatile boolean writing;

        /**
         * Whether that message is compressed. Used only by the thread that reads from the client, like {@link #over}.
         */
        private boolean compressed;

        /** Whether the connection to the server has ended. */
        private boolean over;

        /**
         * A fault in the answers to some control frames.
         *
         * @param opcode the opcode of the control frames that the fault answers: ping or close
         */
        PiecewiseWriter(int opcode, AnswerPosition place) {
            this.opcode = opcode;
            this.place = place;
        }

        /** Returns the answer to a control frame, or empty for none. A close ends the connection in both cases. */
        Optional<RelayedFrame> answer(RelayedFrame control) {
            return Optional.of(RelayedFrame.toServer(
                    control.is(RelayedFrame.PING) ? RelayedFrame.PONG : RelayedFrame.CLOSE, control.payload()));
        }

        /** Whether the message that is being written is compressed. */
        boolean compressed() {
            return compressed;
        }

        @Override
        public void fromServer(RelayedFrame frame, RelayOutput wire) throws IOException {
            if (writing && frame.is(opcode)) {
                arrived.add(frame);
            } else {
                wire.toClient(frame);
            }
        }

        @Override
        public void fromClient(RelayedFrame frame, RelayOutput wire) throws IOException {
            if (!frame.isData() || (frame.payload().length < LONG && !writing)) {
                if (!over) {
                    wire.toServer(frame);
                }
                return;
            }
            compressed = frame.is(RelayedFrame.CONTINUATION) ? compressed : frame.rsv() == FrameHeader.RSV1;
            writing = true;
            write(frame.bytes(), wire);
            answerArrived(wire);
            if (frame.fin()) {
                writing = false;
                answerArrived(wire);
            }
        }

        private void write(byte[] bytes, RelayOutput wire) throws IOException {
            for (int at = 0; at < bytes.length; at += PIECE) {
                if (at > 0 && place == AnswerPosition.INSIDE_FRAME) {
                    answerArrived(wire);
                }
                if (!over) {
                    wire.bytesToServer(Arrays.copyOfRange(bytes, at, Math.min(at + PIECE, bytes.length)));
                }
            }
        }

        private void answerArrived(RelayOutput wire) throws IOException {
            for (RelayedFrame control = arrived.poll(); control != null && !over; control = arrived.poll()) {
                Optional<RelayedFrame> answer = answer(control);
                if (answer.isPresent()) {
                    wire.toServer(answer.get());
                }
                if (control.is(RelayedFrame.CLOSE)) {
                    over = true;
                    wire.toClient(control);
                    wire.endToServer(RelayOutput.TcpEnding.FIN);
                }
            }
        }
    }
}

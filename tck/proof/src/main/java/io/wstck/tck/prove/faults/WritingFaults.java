package io.wstck.tck.prove.faults;

import static io.wstck.tck.prove.faults.FaultFactory.breaks;
import static io.wstck.tck.prove.faults.FaultFactory.lua;
import static io.wstck.tck.prove.faults.FaultFactory.wire;

import io.wstck.tck.prove.Fault;
import io.wstck.tck.prove.faults.PiecewiseWriter.AnswerPosition;
import io.wstck.tck.prove.relay.RelayedFrame;
import java.util.List;
import java.util.Optional;

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
                                return super.answer(control).map(pong -> compressed() ? pong.withRsv(4) : pong);
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
}

package io.wstck.tck.prove.kept;

import static io.wstck.tck.prove.kept.Faults.breaks;
import static io.wstck.tck.prove.kept.Faults.lua;
import static io.wstck.tck.prove.kept.Faults.wire;

import io.wstck.tck.prove.Fault;
import io.wstck.tck.prove.kept.WhileWriting.Place;
import io.wstck.tck.prove.relay.Frame;
import java.util.List;
import java.util.Optional;

/** Faults that show only while a long message is written. Stateless. */
final class WritingFaults {
    private WritingFaults() {}

    static List<Fault> all() {
        return List.of(
                wire(
                        "writing.pong-inside-frame",
                        breaks("rfc6455.close.while-writing", "ping.answered"),
                        "the answer to a ping that comes while a long frame is written is written into the frame",
                        () -> new WhileWriting(Frame.PING, Place.INSIDE_FRAME)),
                wire(
                        "writing.pong-compressed",
                        breaks("rfc6455.close.while-writing"),
                        "a pong between the fragments of a compressed message has RSV1",
                        () -> new WhileWriting(Frame.PING, Place.BETWEEN_FRAMES) {
                            @Override
                            Optional<Frame> answer(Frame control) {
                                return super.answer(control).map(pong -> compressed() ? pong.withRsv(4) : pong);
                            }
                        }),
                wire(
                        "writing.pings-lost",
                        breaks("rfc6455.close.while-writing", "ping.answered"),
                        "pings that come while a long message is written are not answered",
                        () -> new WhileWriting(Frame.PING, Place.BETWEEN_FRAMES) {
                            @Override
                            Optional<Frame> answer(Frame control) {
                                return Optional.empty();
                            }
                        }),
                wire(
                        "writing.close-inside-frame",
                        breaks("rfc6455.close.while-writing"),
                        "the answer to a close that comes while a long frame is written cuts the frame",
                        () -> new WhileWriting(Frame.CLOSE, Place.INSIDE_FRAME)),
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

    /** What becomes of a send of a megabyte or more that has failed, and not by its timeout. */
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

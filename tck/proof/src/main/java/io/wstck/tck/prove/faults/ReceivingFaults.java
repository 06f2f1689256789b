package io.wstck.tck.prove.faults;

import static io.wstck.tck.prove.faults.FaultFactory.breaks;
import static io.wstck.tck.prove.faults.FaultFactory.lua;
import static io.wstck.tck.prove.faults.FaultFactory.wire;
import static io.wstck.tck.prove.faults.FrameTamperings.received;
import static io.wstck.tck.prove.faults.FrameTamperings.without;

import io.wstck.tck.prove.Fault;
import io.wstck.tck.prove.relay.RelayOutput;
import io.wstck.tck.prove.relay.RelayedFrame;
import io.wstck.tck.prove.relay.Tampering;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Faults of the channel and of its messages. Stateless. */
final class ReceivingFaults {
    private ReceivingFaults() {}

    static List<Fault> all() {
        return List.of(
                lua(
                        "receive.always-text",
                        breaks("receive.message"),
                        "every message is delivered as text",
                        message("msg.type = \"text\"")),
                lua(
                        "receive.type-number",
                        breaks("receive.message"),
                        "msg.type is a number",
                        message("msg.type = msg.type == \"text\" and 1 or 2")),
                lua(
                        "receive.cut-at-nul",
                        breaks("receive.message"),
                        "data ends at its first NUL",
                        message("msg.data = msg.data:match(\"^%Z*\")")),
                wire(
                        "receive.empty-dropped",
                        breaks("receive.message", "rfc6455.framing.length"),
                        "an empty message is not delivered",
                        received(without(frame -> frame.isData() && frame.fin() && frame.payload().length == 0))),
                lua(
                        "receive.closed-says-true",
                        breaks(
                                "receive.closed",
                                "close.channel",
                                "remote-close.channel",
                                "remote-close.abnormal",
                                "rfc6455.close.cut"),
                        "receive on a closed channel returns nil, true",
                        tap("local msg, ok = real:receive() return msg, true")),
                lua(
                        "receive.closed-raises",
                        breaks("receive.closed", "close.channel", "remote-close.channel", "remote-close.abnormal"),
                        "receive on a closed channel raises",
                        tap("local msg, ok = real:receive() if not ok then error(\"closed\") end return msg, ok")),
                lua(
                        "receive.closed-once",
                        breaks("receive.closed", "close.channel"),
                        "receive reports the closed channel once and then blocks forever",
                        tap("""
                                local msg, ok = real:receive()
                                if ok then return msg, ok end
                                if told[real] then return channel.new():receive() end
                                told[real] = true
                                return nil, false
                                """)),
                lua(
                        "receive.closed-drops-queue",
                        breaks("receive.drains"),
                        "messages that were not received before the server's close are lost",
                        tap("""
                                queue[real] = queue[real] or {}
                                if #queue[real] == 0 then
                                  local msg, ok = real:receive()
                                  if not ok then return nil, false end
                                  table.insert(queue[real], msg)
                                end
                                while true do
                                  local r = channel.select { real:case_receive(), default = true }
                                  if r.default then return table.remove(queue[real], 1), true end
                                  if not r.ok then queue[real] = {} return nil, false end
                                  table.insert(queue[real], r.value)
                                end
                                """)),
                lua(
                        "receive.channel-new",
                        breaks("receive.channel-same"),
                        "channel() returns a new channel each time",
                        """
                        function client:channel()
                          local real, ch = self.real:channel(), {}
                          function ch.receive() return real:receive() end
                          function ch.case_receive() return real:case_receive() end
                          return ch
                        end
                        """),
                lua(
                        "receive.before-channel-lost",
                        breaks("receive.before-channel"),
                        "messages that arrive before the first channel() are lost",
                        """
                        function client:channel()
                          local real = self.real:channel()
                          while not self.asked and channel.select({ real:case_receive(), default = true }).value do end
                          self.asked = true
                          return real
                        end
                        """),
                lua(
                        "receive.swapped",
                        breaks("receive.order", "rfc6455.framing.split"),
                        "the second of two waiting messages is delivered first",
                        tap("""
                                local first = queue[real]
                                if first then queue[real] = nil return first, true end
                                local msg, ok = real:receive()
                                if not ok then return nil, false end
                                if msg.data:sub(1, 5) == "alive" then return msg, ok end
                                local second, more = real:receive()
                                if not more then return msg, ok end
                                queue[real] = msg
                                return second, true
                                """)),
                wire(
                        "receive.second-of-two-lost",
                        breaks("receive.order", "rfc6455.framing.split", "rfc6455.handshake.response"),
                        "only the first of the messages that arrive together is delivered",
                        OneAtATime::new));
    }

    /**
     * A fault script whose channel returns the result of {@code receive}. The variables {@code queue} and {@code told}
     * keep state between calls.
     */
    private static String tap(String receive) {
        return """
                local queue, told = {}, {}
                local function receive(real)
                  %s
                end
                function client:channel() return kit.tap(self.real:channel(), receive) end
                """.formatted(receive);
    }

    private static String message(String change) {
        return tap("local msg, ok = real:receive() if ok then " + change + " end return msg, ok");
    }

    private static final class OneAtATime implements Tampering {
        @Override
        public void fromServer(List<RelayedFrame> frames, RelayOutput wire) throws IOException {
            List<RelayedFrame> kept = new ArrayList<>();
            for (RelayedFrame frame : frames) {
                if (!frame.isData() || kept.stream().noneMatch(RelayedFrame::isData)) {
                    kept.add(frame);
                }
            }
            for (RelayedFrame frame : kept) {
                wire.toClient(frame);
            }
        }
    }
}

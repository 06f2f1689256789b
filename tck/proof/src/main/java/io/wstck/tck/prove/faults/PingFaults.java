package io.wstck.tck.prove.faults;

import static io.wstck.tck.prove.faults.FaultFactory.breaks;
import static io.wstck.tck.prove.faults.FaultFactory.lua;
import static io.wstck.tck.prove.faults.FaultFactory.wire;
import static io.wstck.tck.prove.faults.FrameTamperings.received;
import static io.wstck.tck.prove.faults.FrameTamperings.sent;
import static io.wstck.tck.prove.faults.FrameTamperings.where;
import static io.wstck.tck.prove.faults.FrameTamperings.without;

import io.wstck.tck.prove.Fault;
import io.wstck.tck.prove.relay.RelayedFrame;
import java.util.Arrays;
import java.util.List;

/** Faults of pings and pongs. Stateless. */
final class PingFaults {
    private PingFaults() {}

    static List<Fault> all() {
        return List.of(
                lua(
                        "ping.not-sent",
                        breaks("ping.frame", "ping.returns", "examples.price-stream"),
                        "ping returns true and sends nothing",
                        "function client:ping() return true end"),
                lua(
                                "ping.twice",
                                breaks("ping.frame"),
                                "ping sends two pings",
                                "function client:ping() self.real:ping() return self.real:ping() end")
                        .exclusive(),
                lua(
                        "ping.as-text",
                        breaks("ping.frame"),
                        "ping sends a text message",
                        "function client:ping() return self.real:send(\"ping\") end"),
                wire(
                        "ping.126-bytes",
                        breaks("ping.frame"),
                        "the payload of a ping has 126 bytes",
                        sent(where(frame -> frame.is(RelayedFrame.PING), frame -> frame.withPayload(new byte[126])))),
                lua("ping.returns-nothing", breaks("ping.returns"), "a ping that succeeds returns nothing", """
                                function client:ping()
                                  local ok, err = self.real:ping()
                                  if not ok then return ok, err end
                                end
                                """)
                        .exclusive(),
                lua(
                                "ping.after-close-true",
                                breaks("ping.after-close"),
                                "ping on a closed connection returns true",
                                "function client:ping() self.real:ping() return true end")
                        .exclusive(),
                wire(
                        "pong.without-payload",
                        breaks("ping.answered", "rfc6455.control.ping-pong"),
                        "pongs have no payload",
                        sent(where(frame -> frame.is(RelayedFrame.PONG), frame -> frame.withPayload(new byte[0])))),
                wire(
                        "pong.cut",
                        breaks("ping.answered", "rfc6455.control.ping-pong"),
                        "the payload of a pong ends after 124 bytes",
                        sent(where(
                                frame -> frame.is(RelayedFrame.PONG) && frame.payload().length > 124,
                                frame -> frame.withPayload(Arrays.copyOf(frame.payload(), 124))))),
                wire(
                        "pong.never",
                        breaks("ping.answered", "rfc6455.control.ping-pong"),
                        "pings are not answered",
                        sent(without(frame -> frame.is(RelayedFrame.PONG)))),
                wire(
                        "pong.unsolicited-fails",
                        breaks("rfc6455.control.ping-pong"),
                        "an unsolicited pong fails the connection",
                        received(where(frame -> frame.is(RelayedFrame.PONG), frame -> frame.withOpcode(11)))));
    }
}
